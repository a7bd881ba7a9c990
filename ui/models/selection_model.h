#pragma once

#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace winnow::ui {

/// The one selection of a data set: filters, selected samples, the current one, the iteration looked at, and who
/// changed it last (ui-design section 5). Views never talk to each other. Changes are coalesced to one signal a frame.
/// Its undo stack, without limit, is shared with the decisions (Triage). Lives on the GUI thread.
class SelectionModel : public QObject {
    Q_OBJECT
public:
    enum class How { Replace, Add, Remove, Toggle };
    struct Filter {
        QString text;    ///< of the chip
        QString field;   ///< "subject", "label", "decision", "weight", "reviewed", "known", "mask"
        QString value;
        double low = 0;
        double high = 0;
        std::shared_ptr<const std::vector<std::uint8_t>> mask = {}; ///< of field "mask": 1 passes
    };

    explicit SelectionModel(QObject *parent = nullptr);

    void reset(std::size_t samples);
    std::size_t size() const { return m_selected->size(); }
    const std::vector<std::uint8_t> &mask() const { return *m_selected; }
    /// The same; never changed once handed out.
    std::shared_ptr<const std::vector<std::uint8_t>> sharedMask() const { return m_selected; }
    std::size_t count() const { return m_count; }
    std::optional<std::size_t> current() const { return m_current; }
    double iteration() const { return m_iteration; }
    const std::vector<Filter> &filters() const { return m_filters; }
    /// The chip of a selection made by a weight limit; empty when it was made otherwise.
    const QString &selectionText() const { return m_text; }
    std::optional<double> weightLimit() const { return m_limit; }

    void select(const std::vector<std::uint32_t> &indices, How how, QObject *origin, const QString &text = {},
                std::optional<double> weightLimit = {});
    /// The same with one value a sample, which costs less for many.
    void selectMask(std::vector<std::uint8_t> indices, How how, QObject *origin, const QString &text = {},
                    std::optional<double> weightLimit = {});
    void selectMask(std::vector<std::uint8_t> selected, QObject *origin, const QString &text = {},
                    std::optional<double> weightLimit = {});
    void clearSelection(QObject *origin);
    void setCurrent(std::optional<std::size_t> index, QObject *origin);
    void setIteration(double step, QObject *origin);
    void setFilters(std::vector<Filter> filters, QObject *origin);
    QObject *origin() const { return m_origin; }
    /// Goes up with every change of selection, filters or iteration, but not of the current sample.
    std::uint64_t revision() const { return m_revision; }
    QUndoStack &undoStack() { return m_stack; }
    bool undo();
    bool redo();

    static How howOf(Qt::KeyboardModifiers modifiers);

Q_SIGNALS:
    void changed();

private:
    class Change;
    struct State {
        QByteArray selected; ///< packed bits, compressed: undo has no limit
        std::vector<Filter> filters;
        QString text;
        std::optional<double> limit;
    };
    State state() const;
    void restore(const State &state);
    void touch(QObject *origin, bool onlyCurrent = false);
    void setMask(std::vector<std::uint8_t> mask);

    std::shared_ptr<const std::vector<std::uint8_t>> m_selected;
    QByteArray m_packed; ///< the same for the undo stack, made once a change
    std::vector<Filter> m_filters;
    std::size_t m_count = 0;
    std::optional<std::size_t> m_current;
    double m_iteration = 0;
    QString m_text;
    std::optional<double> m_limit;
    QObject *m_origin = nullptr;
    std::uint64_t m_revision = 1;
    QUndoStack m_stack;
    QTimer m_timer;
};

} // namespace winnow::ui
