#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QPointer>
#include <QSet>
#include <QThreadPool>

#include <functional>

namespace winnow::ui {

/// Small pictures of samples, decoded on a worker pool and kept by bytes, least recently used first out. Lives on the
/// GUI thread. Pixel pictures of 64 px or less are scaled by whole factors.
class Thumbnails : public QObject {
    Q_OBJECT
public:
    explicit Thumbnails(QObject *parent = nullptr);
    ~Thumbnails() override;

    /// The picture if it is there, else null and a request; ready() follows.
    QImage get(const QString &path);
    /// Decodes a picture of at most `maxSide` pixels on the pool and hands it over on the GUI thread, unless `context`
    /// is gone; null when it cannot be read.
    void loadLater(QObject *context, const QString &path, int maxSide, std::function<void(const QImage &)> done);
    /// The same, now, on the calling thread.
    static QImage load(const QString &path, int maxSide);
    bool idle() const { return m_wanted.isEmpty() && m_loading == 0; }
    /// Bound of the cache: the setting of Thumbnails.
    void setCacheMegabytes(int megabytes) { m_cache.setMaxCost(static_cast<qsizetype>(megabytes) * 1024); }
    qsizetype cachedKilobytes() const { return m_cache.totalCost(); }

Q_SIGNALS:
    void ready(const QString &path);

private:
    QCache<QString, QImage> m_cache;
    QSet<QString> m_wanted;
    QSet<QString> m_missing;
    QThreadPool m_pool;
    int m_loading = 0;
};

} // namespace winnow::ui
