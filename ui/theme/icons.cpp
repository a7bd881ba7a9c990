#include "ui/theme/icons.h"

#include "ui/theme/theme.h"

#include <QDir>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

namespace winnow::ui {

namespace {

QPixmap renderedIcon(const QString &name, int pixels, const QColor &color)
{
    const QString key = QStringLiteral("winnow/%1/%2/%3").arg(name).arg(pixels).arg(color.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("Icon '%s' is not in resources/icons.", qPrintable(name));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    if (pixels <= 20)
        svg.replace("stroke-width=\"1.5\"", "stroke-width=\"1.7\"");
    pixmap = QPixmap(pixels, pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    QSvgRenderer(svg).render(&painter, QRectF(0, 0, pixels, pixels));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(const Theme &theme, QString name, Token token)
        : m_theme(theme), m_name(std::move(name)), m_token(token)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(*painter, m_name, rect, m_theme.color(mode == QIcon::Disabled ? Token::Text3 : m_token));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return renderedIcon(m_name, std::min(size.width(), size.height()),
                            m_theme.color(mode == QIcon::Disabled ? Token::Text3 : m_token));
    }
    QIconEngine *clone() const override { return new ThemedIconEngine(m_theme, m_name, m_token); }

private:
    const Theme &m_theme;
    QString m_name;
    Token m_token;
};

} // namespace

QIcon themedIcon(const Theme &theme, const QString &name, Token token)
{
    return QIcon(new ThemedIconEngine(theme, name, token)); // the icon owns its engine
}

void paintIcon(QPainter &painter, const QString &name, const QRectF &rect, const QColor &color)
{
    const double ratio = painter.device()->devicePixelRatioF();
    QPixmap pixmap = renderedIcon(name, static_cast<int>(std::lround(rect.width() * ratio)), color);
    pixmap.setDevicePixelRatio(ratio);
    const QPointF corner(std::round(rect.x() * ratio) / ratio, std::round(rect.y() * ratio) / ratio);
    painter.drawPixmap(corner, pixmap);
}

QStringList iconNames()
{
    QStringList names;
    for (const QString &file : QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}))
        names.push_back(file.chopped(4));
    return names;
}

} // namespace winnow::ui
