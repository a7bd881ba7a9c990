#include "ui/pages/sample_sets.h"

#include "core/base/json.h"
#include "core/store/derivation_store.h"
#include "ui/bridge/store_session.h"
#include "ui/support/number_format.h"
#include "ui/support/sample_files.h"
#include "ui/support/words.h"
#include "ui/widgets/scrim.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QSaveFile>
#include <QtConcurrent/QtConcurrentRun>

#include <map>

namespace winnow::ui {

namespace {

constexpr std::size_t largestImport = std::size_t{1} << 30;

QString menuText(const std::string &name)
{
    return QString::fromStdString(name).replace(QLatin1Char('&'), QStringLiteral("&&"));
}

QString writeWhole(const QString &path, const std::string &text)
{
    QSaveFile file(path);
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size || !file.commit())
        return SampleSets::tr("%1 was not written: %2. Choose another folder.").arg(path, file.errorString());
    return {};
}

} // namespace

SampleSets::SampleSets(StoreSession &session, SelectionModel &selection, SamplesModel &model, QWidget *window)
    : QObject(window), m_session(session), m_selection(selection), m_model(model), m_window(window)
{
}

void SampleSets::setData(std::shared_ptr<const SamplesData> data)
{
    const bool same = m_data && data && m_data->dataset.sha256 == data->dataset.sha256;
    m_data = std::move(data);
    if (!same)
        reload();
}

void SampleSets::reload()
{
    if (!m_data)
        return;
    m_session.request<std::vector<SelectionRecord>>(
        this, [sha = m_data->dataset.sha256](StoreReader &reader) { return SelectionStore(reader.database()).ofDataset(sha); },
        [this](Result<std::vector<SelectionRecord>> result) {
            if (!result.ok())
                return Q_EMIT message(coreWords(result.error().message));
            m_sets = std::move(result.value());
            Q_EMIT setsChanged();
        });
}

void SampleSets::withMask(SelectionId set, std::function<void(std::vector<std::uint8_t>)> use)
{
    using Mask = std::vector<std::uint8_t>;
    m_session.request<Mask>(
        this,
        [set, data = m_data](StoreReader &reader) -> Result<Mask> {
            WINNOW_ASSIGN(const auto rows, SelectionStore(reader.database()).rows(set, data->dataset.id));
            Mask mask(data->samples.size());
            for (const std::uint32_t row : rows)
                if (row < mask.size())
                    mask[row] = 1;
            return mask;
        },
        [this, use = std::move(use), data = m_data](Result<Mask> mask) {
            if (!mask.ok())
                Q_EMIT message(coreWords(mask.error().message));
            else if (data == m_data)
                use(std::move(mask.value()));
        });
}

void SampleSets::apply(SelectionId set, SetOperation operation, bool replace)
{
    withMask(set, [this, operation, replace](std::vector<std::uint8_t> mask) {
        const auto &now = m_selection.mask();
        for (std::size_t i = 0; !replace && i < mask.size(); ++i) {
            const bool a = now[i] != 0;
            const bool b = mask[i] != 0;
            mask[i] = operation == SetOperation::Union ? a || b : operation == SetOperation::Intersection ? a && b : a && !b;
        }
        m_selection.selectMask(std::move(mask), this);
    });
}

void SampleSets::fillSetsMenu(QMenu *menu)
{
    menu->clear();
    menu->addAction(tr("Save as set…"), this, &SampleSets::askName)->setEnabled(m_data != nullptr);
    menu->addAction(tr("Import set…"), this, [this] {
        chooseFile(false, tr("Import set"), {}, tr("Sets (*.csv *.json)"), &SampleSets::importFrom);
    });
    menu->addSeparator();
    for (const SelectionRecord &set : m_sets) {
        QMenu *one = menu->addMenu(tr("%1 (%2)").arg(menuText(set.name), thousands(set.count)));
        const SelectionId id = set.id;
        one->addAction(tr("Select"), this, [this, id] { apply(id, SetOperation::Union, true); });
        one->addAction(tr("Add to the selection"), this, [this, id] { apply(id, SetOperation::Union); });
        one->addAction(tr("Keep only what is also in the selection"), this, [this, id] { apply(id, SetOperation::Intersection); });
        one->addAction(tr("Take out of the selection"), this, [this, id] { apply(id, SetOperation::Difference); });
        one->addAction(tr("Filter by it"), this, [this, id, name = QString::fromStdString(set.name)] {
            withMask(id, [this, name](std::vector<std::uint8_t> mask) {
                auto filters = m_selection.filters();
                filters.push_back({tr("in set %1").arg(name), QStringLiteral("mask"), name, 0, 0,
                                   std::make_shared<const std::vector<std::uint8_t>>(std::move(mask))});
                m_selection.setFilters(std::move(filters), this);
            });
        });
        one->addSeparator();
        one->addAction(tr("Delete the set"), this, [this, id] {
            m_session.write(this, [id](Database &database) { return SelectionStore(database).remove(id); }, [this](const Status &status) {
                if (!status.ok())
                    Q_EMIT message(coreWords(status.error().message));
                reload();
            });
        });
    }
    if (m_sets.empty())
        menu->addAction(tr("No sets of this data yet"))->setEnabled(false);
}

void SampleSets::fillExportMenu(QMenu *menu)
{
    menu->clear();
    const QString base = m_data ? m_data->run.name() : QString();
    menu->addAction(tr("Rows as CSV…"), this, [this, base] {
        chooseFile(true, tr("Export rows"), base + QStringLiteral("-samples.csv"), tr("CSV (*.csv)"), &SampleSets::exportTo);
    });
    menu->addAction(tr("Rows as JSON…"), this, [this, base] {
        chooseFile(true, tr("Export rows"), base + QStringLiteral("-samples.json"), tr("JSON (*.json)"), &SampleSets::exportTo);
    });
    menu->addSeparator();
    QAction *corrected = menu->addAction(tr("Corrected data set…"), this, [this] {
        const QFileInfo source(QString::fromStdString(m_data->dataset.path));
        chooseFile(true, tr("Export corrected data set"),
                   source.dir().filePath(source.completeBaseName() + QStringLiteral("-corrected.") + source.suffix()),
                   tr("Rows (*.json *.jsonl)"), &SampleSets::correctedTo);
    });
    corrected->setEnabled(m_data && m_model.triage().reviewed() > 0);
}

void SampleSets::chooseFile(bool save, const QString &title, const QString &suggestion, const QString &filter,
                            void (SampleSets::*use)(const QString &))
{
    auto *dialog = new QFileDialog(m_window, title, suggestion, filter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(save ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(save ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    if (save)
        dialog->selectFile(suggestion);
    connect(dialog, &QFileDialog::fileSelected, this, use);
    dialog->open();
}

void SampleSets::askName()
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save as set"));
    const std::size_t count = m_selection.count() > 0 ? m_selection.count() : m_model.order().size();
    dialog->setLabelText(tr("Name of the set of %1 samples. An old set of the same name is replaced.").arg(thousands(static_cast<std::int64_t>(count))));
    dialog->setTextValue(m_selection.selectionText());
    connect(dialog, &QInputDialog::textValueSelected, this, &SampleSets::save);
    openOverScrim(dialog);
}

void SampleSets::save(const QString &name)
{
    if (!m_data)
        return;
    std::vector<std::uint32_t> rows;
    if (m_selection.count() > 0) {
        for (std::uint32_t i = 0; i < m_selection.mask().size(); ++i)
            if (m_selection.mask()[i])
                rows.push_back(i);
    } else {
        rows = m_model.order();
    }
    SelectionRecord record;
    record.datasetSha256 = m_data->dataset.sha256;
    record.name = name.trimmed().toStdString();
    record.rule = m_selection.selectionText().toStdString();
    record.run = m_data->run.id();
    const QString done = tr("Saved set %1: %2 samples").arg(name.trimmed(), thousands(static_cast<std::int64_t>(rows.size())));
    m_session.write(
        this,
        [record, rows = std::move(rows), dataset = m_data->dataset.id](Database &database) -> Status {
            WINNOW_ASSIGN(const auto keys, DatasetStore(database).keys(dataset, rows));
            auto saved = SelectionStore(database).save(record, keys);
            return saved.ok() ? Status() : Status(saved.error());
        },
        [this, done](const Status &status) {
            Q_EMIT message(status.ok() ? done : coreWords(status.error().message));
            reload();
        });
}

void SampleSets::exportTo(const QString &path)
{
    if (!m_data)
        return;
    const ExchangeForm form = path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive) ? ExchangeForm::Json : ExchangeForm::Csv;
    const QString done = tr("Wrote %1 samples to %2").arg(thousands(static_cast<std::int64_t>(m_model.order().size())), path);
    QtConcurrent::run([data = m_data, snapshot = m_model.snapshot(), rows = m_model.order(), triage = TriageState(m_model.triage()),
                       set = m_selection.selectionText(), form, path] {
        const auto exchange = makeExchange(*data, snapshot, rows, triage, set);
        return exchange.ok() ? writeWhole(path, writeSampleExchange(*exchange, form)) : coreWords(exchange.error().message);
    }).then(this, [this, done](const QString &problem) { Q_EMIT message(problem.isEmpty() ? done : problem); });
}

void SampleSets::importFrom(const QString &path)
{
    if (!m_data)
        return;
    using Outcome = std::shared_ptr<Result<ImportPlan>>;
    QtConcurrent::run([path, data = m_data, triage = TriageState(m_model.triage())]() -> Outcome {
        const auto read = [&]() -> Result<ImportPlan> {
            WINNOW_ASSIGN(const std::string text, readTextFile(path.toStdString(), largestImport));
            WINNOW_ASSIGN(const SampleExchange exchange, readSampleExchange(text, QFileInfo(path).fileName().toStdString()));
            return planImport(*data, triage, exchange);
        };
        return std::make_shared<Result<ImportPlan>>(read());
    }).then(this, [this, data = m_data](const Outcome &plan) {
        if (!plan->ok())
            return Q_EMIT message(coreWords(plan->error().message));
        if (m_data && data->dataset.sha256 == m_data->dataset.sha256)
            applyImport(plan->value());
    });
}

void SampleSets::applyImport(const ImportPlan &plan)
{
    m_selection.undoStack().beginMacro(tr("import of %1 samples").arg(thousands(static_cast<std::int64_t>(plan.members.size()))));
    std::map<Decision, std::vector<std::uint32_t>> byDecision;
    for (const auto &[sample, decision] : plan.decisions)
        byDecision[decision].push_back(sample);
    for (auto &[decision, samples] : byDecision)
        m_model.triage().decide(std::move(samples), decision);
    for (const auto &[sample, note] : plan.notes)
        m_model.triage().setNote(sample, note);
    m_selection.select(plan.members, SelectionModel::How::Replace, this, tr("imported"));
    m_selection.undoStack().endMacro();
    QString text = tr("Imported %1 samples, %2 decisions and %3 notes changed")
                       .arg(thousands(static_cast<std::int64_t>(plan.members.size())), thousands(static_cast<std::int64_t>(plan.decisions.size())),
                            thousands(static_cast<std::int64_t>(plan.notes.size())));
    if (plan.unknown > 0)
        text += tr("; %1 keys are not in this data").arg(thousands(plan.unknown));
    Q_EMIT message(text);
}

void SampleSets::correctedTo(const QString &path)
{
    if (!m_data)
        return;
    using Outcome = std::shared_ptr<Result<CorrectionResult>>;
    QtConcurrent::run([data = m_data, decisions = m_model.triage().values(), path]() -> Outcome {
        const auto request = makeCorrection(*data, *decisions, path.toStdString());
        return std::make_shared<Result<CorrectionResult>>(request.ok() ? writeCorrectedRows(*request)
                                                                       : Result<CorrectionResult>(request.error()));
    }).then(this, [this, path, data = m_data](const Outcome &outcome) {
        if (!outcome->ok())
            return Q_EMIT message(coreWords(outcome->error().message));
        const CorrectionResult &made = outcome->value();
        const DerivationRecord record{data->dataset.sha256, made.sha256, QFileInfo(path).absoluteFilePath().toStdString(), data->run.id(),
                                      made.excluded, made.flipped, made.rowsKept, 0};
        m_session.write(this, [record](Database &database) { return DerivationStore(database).put(record); }, [this](const Status &status) {
            if (!status.ok())
                Q_EMIT message(coreWords(status.error().message));
        });
        QString summary = tr("%1 = %2 − %3 excluded, %4 flipped: %5 rows, hash %6")
                              .arg(QFileInfo(path).fileName(), QString::fromStdString(data->dataset.name), thousands(made.excluded),
                                   thousands(made.flipped), thousands(made.rowsKept), QString::fromStdString(made.sha256.substr(0, 6)));
        if (made.noiseMarksRemoved > 0)
            summary += tr(". %1 flipped rows lost their mark of known noise").arg(thousands(made.noiseMarksRemoved));
        if (made.unreadable > 0)
            summary += tr(". %1 unreadable rows were left out").arg(thousands(made.unreadable));
        Q_EMIT correctedWritten(path, summary);
    });
}

} // namespace winnow::ui
