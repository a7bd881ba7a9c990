#include "ui/models/thumbnails.h"

#include <QImageReader>
#include <QMetaObject>

namespace winnow::ui {

namespace {
constexpr int cacheKilobytes = 64 * 1024;
constexpr int thumbnailSide = 128;
constexpr qint64 largestPixels = 64LL * 1000 * 1000;
} // namespace

Thumbnails::Thumbnails(QObject *parent) : QObject(parent), m_cache(cacheKilobytes)
{
    m_pool.setMaxThreadCount(2);
}

Thumbnails::~Thumbnails()
{
    m_pool.clear();
    m_pool.waitForDone();
}

QImage Thumbnails::load(const QString &path, int maxSide)
{
    QImageReader reader(path);
    reader.setAutoTransform(true);
    const QSize size = reader.size();
    if (!size.isValid() || static_cast<qint64>(size.width()) * size.height() > largestPixels)
        return {}; // untrusted files: no picture bomb is decoded
    QImage image = reader.read();
    if (image.isNull())
        return {};
    const int side = std::max(image.width(), image.height());
    if (std::max(image.height(), 1) <= 64) {
        const int factor = std::max(1, maxSide / side);
        return image.scaled(image.size() * factor, Qt::KeepAspectRatio, Qt::FastTransformation);
    }
    return side > maxSide ? image.scaled(maxSide, maxSide, Qt::KeepAspectRatio, Qt::SmoothTransformation) : image;
}

void Thumbnails::loadLater(QObject *context, const QString &path, int maxSide, std::function<void(const QImage &)> done)
{
    ++m_loading;
    m_pool.start([this, guard = QPointer<QObject>(context), path, maxSide, done = std::move(done)] {
        const QImage image = load(path, maxSide);
        QMetaObject::invokeMethod(
            this,
            [this, guard, image, done] {
                --m_loading;
                if (guard)
                    done(image);
            },
            Qt::QueuedConnection);
    });
}

QImage Thumbnails::get(const QString &path)
{
    if (path.isEmpty() || m_missing.contains(path))
        return {};
    if (const QImage *image = m_cache.object(path))
        return *image;
    if (m_wanted.contains(path))
        return {};
    m_wanted.insert(path);
    m_pool.start([this, path] {
        const QImage image = load(path, thumbnailSide);
        QMetaObject::invokeMethod(
            this,
            [this, path, image] {
                m_wanted.remove(path);
                if (image.isNull())
                    m_missing.insert(path);
                else
                    m_cache.insert(path, new QImage(image), static_cast<int>(image.sizeInBytes() / 1024 + 1));
                Q_EMIT ready(path);
            },
            Qt::QueuedConnection);
    });
    return {};
}

} // namespace winnow::ui
