#include "core/data/row_survey.h"

#include "core/data/json_rows.h"
#include "core/data/question_text.h"
#include "core/data/row_fields.h"
#include "core/image/picture_size.h"

#include <algorithm>
#include <unordered_map>
#include <vector>

namespace winnow
{

namespace
{

constexpr std::int64_t surveyedBetweenLooks = 256;

class Survey
{
public:
    Survey(const std::string &path, RowKind kind, const RowSurveyHooks &hooks)
        : m_path(path), m_kind(kind), m_hooks(hooks)
    {
    }

    Result<RowSurvey> carryOut()
    {
        bool stopped = false;
        WINNOW_TRY(
            forEachJsonRow(m_path, m_result.report, [&](std::int64_t number, const simdjson::dom::object &object) {
                if (number % surveyedBetweenLooks == 0) {
                    stopped = m_hooks.stop && m_hooks.stop->stopRequested();
                    if (m_hooks.progress)
                        m_hooks.progress(number);
                }
                if (const Status taken = take(number, object); !taken.ok())
                    m_result.report.drop(taken.error().message, number);
                return !stopped;
            }));
        if (stopped)
            return Error{m_path + ": the check was stopped."};
        m_result.report.rowsKept = static_cast<std::int64_t>(m_ids.size());
        if (m_ids.empty())
            return noRowLeft(m_path, m_result.report);
        static_cast<void>(uniqueKeys(m_ids, m_path, m_kind == RowKind::Train, m_result.report)); // for what it notes
        m_result.form = !m_minus ? MetaForm::AnswerLevel : m_wrong ? MetaForm::Mixed : MetaForm::StepLevel;
        return std::move(m_result);
    }

private:
    /// The Error is the reason for which a run drops the row.
    Status take(std::int64_t number, const simdjson::dom::object &object)
    {
        if (m_kind == RowKind::Test) {
            WINNOW_ASSIGN(const QuestionRow row, readQuestionRow(object, m_path));
            keep(number, row.key, row.question, row.picturePath, row.furtherPictures);
            return {};
        }
        WINNOW_ASSIGN(const ConversationRow row, readConversationRow(object, m_path, m_kind));
        m_wrong = m_wrong || !row.trueFalse.value_or(true);
        m_minus = m_minus || std::any_of(row.turns.begin(), row.turns.end(), [](const Turn &turn) {
                      return turn.role == Turn::Role::Assistant && turn.text == "-";
                  });
        keep(number, row.unitKey, questionOf(row.turns), row.picturePath, row.furtherPictures);
        return {};
    }

    void keep(std::int64_t number, const std::string &id, std::string_view question,
              const std::string &picture, const std::vector<std::string> &further)
    {
        m_ids.push_back({id, number});
        if (!picture.empty()) {
            ++m_result.withPicture;
            const std::string *missing = opens(picture) ? nullptr : &picture;
            for (std::size_t i = 0; i < further.size() && !missing; ++i)
                missing = opens(further[i]) ? nullptr : &further[i];
            if (missing && m_result.picturesMissing++ == 0) {
                m_result.firstMissing = *missing;
                m_result.firstMissingRow = number;
            }
        }
        if (m_hooks.row)
            m_hooks.row(number, id, question, picture, further);
    }

    bool opens(const std::string &picture)
    {
        const auto [place, fresh] = m_opens.try_emplace(picture, false);
        if (fresh)
            place->second = pictureSizeOfFile(picture).ok();
        return place->second;
    }

    const std::string &m_path;
    RowKind m_kind;
    const RowSurveyHooks &m_hooks;
    RowSurvey m_result;
    std::vector<KeyedRow> m_ids;
    std::unordered_map<std::string, bool> m_opens; ///< by the picture's path
    bool m_minus = false;
    bool m_wrong = false;
};

} // namespace

Result<RowSurvey> surveyRows(const std::string &path, RowKind kind, const RowSurveyHooks &hooks)
{
    return Survey(path, kind, hooks).carryOut();
}

} // namespace winnow
