#pragma once

#include "ui/pages/page.h"
#include "ui/support/launch_estimate.h"

class QLineEdit;
class QVBoxLayout;

namespace winnow::ui
{

class TextLabel;

/// Right of the launch form: what the runs will need, what differs from the parent, name and seeds.
class LaunchSide : public Ground
{
    Q_OBJECT
public:
    LaunchSide(const Theme &theme, bool hasParent, QWidget *parent = nullptr);

    /// Below the rest.
    void addPart(QWidget *part);
    QString name() const;
    void setName(const QString &name);
    void setSeeds(const QString &seeds);
    /// Each seed once; empty with a problem when the text is no list of seeds.
    std::vector<std::int64_t> seeds(QString *problem) const;
    void showEstimate(const LaunchEstimate &estimate, const RunOptions &options, std::size_t count);
    /// Number of changes that are shown or counted.
    int showChanges(const RunOptions &base, const RunOptions &options);
    void showSeeds(std::size_t count, const QString &problem);

Q_SIGNALS:
    void edited();

private:
    void heading(const QString &text);
    void rule();
    TextLabel *line(const QString &name, const char *object);

    const Theme &m_theme;
    QVBoxLayout *m_layout;
    TextLabel *m_time;
    TextLabel *m_timeNote;
    TextLabel *m_memory;
    TextLabel *m_memoryNote;
    TextLabel *m_disk;
    QVBoxLayout *m_changes;
    QLineEdit *m_name;
    QLineEdit *m_seeds;
    TextLabel *m_seedsNote;
};

} // namespace winnow::ui
