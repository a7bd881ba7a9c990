#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QThreadPool>

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
    /// Full picture, decoded now; for the detail panel. Null when it cannot be read.
    static QImage load(const QString &path, int maxSide);
    bool idle() const { return m_wanted.isEmpty(); }

Q_SIGNALS:
    void ready(const QString &path);

private:
    QCache<QString, QImage> m_cache;
    QSet<QString> m_wanted;
    QSet<QString> m_missing;
    QThreadPool m_pool;
};

} // namespace winnow::ui
