#pragma once

#include "ui/models/page_data.h"

#include <QObject>

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace winnow::ui
{

class StoreSession;

/// What people do to runs that are there: rename, tag, note, archive, delete, look. Each is one write for all its runs,
/// one step of undo, and is refused as a whole. Purging removes rows and checkpoints for good and is no step of undo.
/// Writes are made one after the other, in the order they were asked for. Lives on the GUI thread.
class RunUpkeep : public QObject
{
    Q_OBJECT
public:
    explicit RunUpkeep(StoreSession &session, QObject *parent = nullptr);

    /// What one run is to be; what is absent stays.
    struct Change {
        RunId run;
        std::optional<std::string> name = {};
        std::optional<std::string> note = {};
        std::optional<std::vector<std::string>> tags = {};
        std::optional<bool> archived = {};
        std::optional<bool> deleted = {};
        std::optional<RunLookRecord> look = {};
    };
    /// The same fields as `change` has, with the values of `row`: what undoes it.
    static Change reverse(const Change &change, const RunRow &row);

    void rename(const std::vector<const RunRow *> &runs, const QString &pattern);
    void setTags(const std::vector<const RunRow *> &runs, const QStringList &add, const QStringList &remove);
    void setNote(const std::vector<const RunRow *> &runs, const QString &note, bool append);
    void setArchived(const std::vector<const RunRow *> &runs, bool archived);
    void setDeleted(const std::vector<const RunRow *> &runs, bool deleted);
    void setLooks(const QString &words, const std::vector<const RunRow *> &runs, std::vector<RunLookRecord> looks);
    /// Looks that the program gave; no step of undo, no message.
    void keepLooks(std::vector<RunLookRecord> looks);
    void purge(const std::vector<const RunRow *> &runs);

    bool canUndo() const { return !m_undo.empty(); }
    void undo();
    void redo();
    void forget(); ///< another store was opened

    /// "{name}", "{seed}" and "{n}" (1, 2, ..) are replaced.
    static QString nameFromPattern(const QString &pattern, const RunRow &row, int n);
    /// Bytes of the files in the folders of the runs. Slow: never on the GUI thread.
    static std::uint64_t folderBytes(const std::vector<RunRecord> &runs);

Q_SIGNALS:
    /// `undoable`: an "Undo" may be offered.
    void done(const QString &words, bool undoable);

private:
    struct Step {
        QString words;
        std::vector<Change> forward;
        std::vector<Change> back;
    };
    void apply(const QString &words, const std::vector<const RunRow *> &runs, std::vector<Change> changes);
    void write(std::vector<Change> changes, std::function<void(const Status &)> then);
    void writeNext();

    struct Waiting {
        std::vector<Change> changes;
        std::function<void(const Status &)> then;
    };
    StoreSession &m_session;
    std::vector<Step> m_undo;
    std::vector<Step> m_redo;
    std::deque<Waiting> m_waiting;
    bool m_writing = false;
};

} // namespace winnow::ui
