#pragma once

#include <QHash>
#include <QKeySequence>
#include <QObject>
#include <QString>
#include <QVariant>

#include <memory>

class QSettings;

namespace winnow::ui {

/// What a person chose for the program on this machine, and how the window was left: one small file in the configuration
/// folder, beside no store. Without a file it lasts as long as the object. Lives on the GUI thread.
class Preferences : public QObject {
    Q_OBJECT
public:
    /// `file`: empty for none.
    explicit Preferences(const QString &file, QObject *parent = nullptr);
    ~Preferences() override;

    /// "system", "light" or "dark".
    QString appearance() const { return value(QStringLiteral("appearance/mode"), QStringLiteral("system")).toString(); }
    void setAppearance(const QString &mode) { set(QStringLiteral("appearance/mode"), mode); }
    /// Height of a table row in pixels of the design: 28, 32 or 40.
    int rowHeight() const;
    void setRowHeight(int pixels) { set(QStringLiteral("appearance/row"), pixels); }
    /// 1 402 with a thin space, or 1402.
    bool grouped() const { return value(QStringLiteral("appearance/grouped"), true).toBool(); }
    void setGrouped(bool on) { set(QStringLiteral("appearance/grouped"), on); }
    /// "system", "en" or "zh_CN"; read when the program starts.
    QString language() const { return value(QStringLiteral("language"), QStringLiteral("system")).toString(); }
    void setLanguage(const QString &language) { set(QStringLiteral("language"), language); }
    int thumbnailMegabytes() const;
    void setThumbnailMegabytes(int megabytes) { set(QStringLiteral("thumbnails/megabytes"), megabytes); }
    /// Desktop notices at the end of a run, and on alerts.
    bool noticeEnds() const { return value(QStringLiteral("alerts/ends"), true).toBool(); }
    void setNoticeEnds(bool on) { set(QStringLiteral("alerts/ends"), on); }
    bool noticeAlerts() const { return value(QStringLiteral("alerts/alerts"), true).toBool(); }
    void setNoticeAlerts(bool on) { set(QStringLiteral("alerts/alerts"), on); }
    /// Threads of new runs; 0: all cores but one.
    int threads() const;
    void setThreads(int threads) { set(QStringLiteral("devices/threads"), threads); }
    bool tourSeen() const { return value(QStringLiteral("tour/seen"), false).toBool(); }
    void setTourSeen() { set(QStringLiteral("tour/seen"), true); }
    /// The shortcuts of an action by its name; nothing when they are those it came with.
    bool hasShortcuts(const QString &action) const { return contains(QStringLiteral("shortcuts/") + action); }
    QList<QKeySequence> shortcuts(const QString &action) const;
    void setShortcuts(const QString &action, const QList<QKeySequence> &keys);
    void resetShortcuts(const QString &action);

    /// Folder of the tokenizer that the rows of a file are counted with, by the file's hash; empty: none is known. What a
    /// person chose for the file is kept apart from what it was imported with.
    enum class TokenizerFrom { Import, Person };
    QString rowTokenizer(TokenizerFrom from, const QString &sha256) const;
    void setRowTokenizer(TokenizerFrom from, const QString &sha256, const QString &folder);

    /// Places of splitters, columns and the window, as the widgets write them.
    QByteArray layout(const QString &name) const { return value(QStringLiteral("layout/") + name, {}).toByteArray(); }
    void setLayout(const QString &name, const QByteArray &state);

Q_SIGNALS:
    /// Not for layouts.
    void changed();

private:
    QVariant value(const QString &key, const QVariant &standard) const;
    bool contains(const QString &key) const;
    void set(const QString &key, const QVariant &value);
    void keep(const QString &key, const QVariant &value); ///< and nobody has to follow

    std::unique_ptr<QSettings> m_file;
    QHash<QString, QVariant> m_memory; ///< without a file
};

} // namespace winnow::ui
