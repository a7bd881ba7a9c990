#include "ui/pages/sample_picture.h"

#include "core/image/dynamic_tiling.h"
#include "ui/models/thumbnails.h"
#include "ui/support/number_format.h"
#include "ui/widgets/painting.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace winnow::ui {

namespace {
constexpr int largestSide = 8192;
constexpr int footHeight = 30;
}

PictureWindow::PictureWindow(const Theme &theme, Thumbnails &thumbnails, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_thumbnails(thumbnails)
{
    setObjectName(QStringLiteral("picture"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    resize(theme.scaled(760), theme.scaled(560));
}

void PictureWindow::showPictures(const QString &title, const QStringList &paths, int current, int maxTiles,
                                 std::optional<int> tileSize)
{
    m_title = title;
    m_paths = paths;
    m_maxTiles = shareOfTiles(std::max(1, maxTiles), static_cast<std::size_t>(std::max<qsizetype>(1, paths.size())));
    m_tileSize = tileSize;
    showPicture(current);
}

void PictureWindow::showPicture(int picture)
{
    m_current = std::clamp(picture, 0, std::max(0, static_cast<int>(m_paths.size()) - 1));
    setWindowTitle(m_paths.size() > 1 ? tr("%1, picture %2 of %3").arg(m_title).arg(m_current + 1).arg(m_paths.size())
                                      : m_title);
    m_image = {};
    m_loaded = false;
    m_thumbnails.loadLater(this, path(), largestSide, [this, wanted = m_current](const QImage &image) {
        if (wanted != m_current)
            return;
        m_image = image;
        m_loaded = true;
        fit();
    });
    update();
}

void PictureWindow::setTilesVisible(bool on)
{
    m_tiles = on;
    update();
}

QRectF PictureWindow::area() const
{
    return QRectF(rect()).adjusted(0, 0, 0, -m_theme.scaled(footHeight));
}

QRectF PictureWindow::pictureRect() const
{
    const QSizeF size = QSizeF(m_image.size()) * m_zoom;
    return {area().center() - m_center * m_zoom, size};
}

void PictureWindow::fit()
{
    m_fitted = true;
    if (m_image.isNull())
        return update();
    m_zoom = std::min((area().width() - 32) / m_image.width(), (area().height() - 32) / m_image.height());
    if (m_zoom > 1)
        m_zoom = std::floor(m_zoom); // whole factors keep pixels square
    m_center = QPointF(m_image.width(), m_image.height()) / 2;
    update();
}

void PictureWindow::zoomBy(double factor, QPointF at)
{
    if (m_image.isNull())
        return;
    const QPointF under = m_center + (at - area().center()) / m_zoom;
    m_zoom = std::clamp(m_zoom * factor, 0.02, 64.0);
    m_center = under - (at - area().center()) / m_zoom;
    m_fitted = false;
    update();
}

QString PictureWindow::tileText() const
{
    if (m_image.isNull())
        return {};
    if (!m_tileSize)
        return tr("Tiles unknown: config.json of the run's checkpoint cannot be read");
    const TileGrid grid = chooseGrid(m_image.width(), m_image.height(), m_maxTiles, *m_tileSize);
    const int count = grid.columns * grid.rows;
    return count > 1 ? tr("%1 × %2 tiles of %3 px and the whole picture").arg(grid.columns).arg(grid.rows).arg(*m_tileSize)
                     : tr("1 tile of %1 px").arg(*m_tileSize);
}

void PictureWindow::paintTiles(QPainter &painter, const QRectF &picture) const
{
    if (!m_tileSize)
        return;
    const TileGrid grid = chooseGrid(m_image.width(), m_image.height(), m_maxTiles, *m_tileSize);
    painter.setBrush(Qt::NoBrush);
    for (const auto &[color, width] : {std::pair{m_theme.color(Token::Surface), 4.0}, std::pair{m_theme.color(Token::SelLine), 1.5}}) {
        painter.setPen(QPen(color, width));
        for (int c = 0; c <= grid.columns; ++c) {
            const double x = picture.left() + picture.width() * c / grid.columns;
            painter.drawLine(QPointF(x, picture.top()), QPointF(x, picture.bottom()));
        }
        for (int r = 0; r <= grid.rows; ++r) {
            const double y = picture.top() + picture.height() * r / grid.rows;
            painter.drawLine(QPointF(picture.left(), y), QPointF(picture.right(), y));
        }
    }
}

void PictureWindow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Token::Sunken));
    const QFont font = m_theme.font(TextRole::Panel);
    if (m_image.isNull()) {
        paintText(painter, area(), m_loaded ? tr("The picture cannot be read: %1").arg(path()) : tr("Loading…"), font,
                  m_theme.color(Token::Text2), Qt::AlignHCenter, Qt::ElideMiddle);
    } else {
        painter.save();
        painter.setClipRect(area());
        const QRectF picture = pictureRect();
        painter.setRenderHint(QPainter::SmoothPixmapTransform, m_zoom < 2);
        painter.fillRect(picture, Qt::white);
        painter.drawImage(picture, m_image);
        if (m_tiles)
            paintTiles(painter, picture);
        painter.restore();
    }
    const QRectF foot(0, area().bottom(), width(), height() - area().height());
    painter.fillRect(foot, m_theme.color(Token::Surface));
    painter.fillRect(QRectF(foot.left(), foot.top(), foot.width(), 1), m_theme.color(Token::Border));
    const QString left = m_image.isNull() ? QString()
                                          : tr("%1 × %2 px · %3 · %4").arg(m_image.width()).arg(m_image.height())
                                                .arg(percentText(m_zoom), tileText());
    const QString keys = m_paths.size() > 1 ? tr("PgUp PgDn pictures · + − 0 zoom · T tiles · Esc close")
                                            : tr("+ − 0 zoom · T tiles · Esc close");
    const double keysWidth = textWidth(font, keys);
    paintText(painter, foot.adjusted(12, 0, -keysWidth - 24, 0), left, font, m_theme.color(Token::Text2));
    paintText(painter, foot.adjusted(0, 0, -12, 0), keys, font, m_theme.color(Token::Text3), Qt::AlignRight);
}

void PictureWindow::wheelEvent(QWheelEvent *event)
{
    zoomBy(std::pow(1.2, event->angleDelta().y() / 120.0), event->position());
}

void PictureWindow::keyPressEvent(QKeyEvent *event)
{
    const double step = 40 / m_zoom;
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(1.25, area().center()); break;
    case Qt::Key_Minus: zoomBy(0.8, area().center()); break;
    case Qt::Key_0: fit(); break;
    case Qt::Key_T: setTilesVisible(!m_tiles); break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown: {
        const int wanted = m_current + (event->key() == Qt::Key_PageUp ? -1 : 1);
        if (wanted >= 0 && wanted < m_paths.size())
            showPicture(wanted);
        break;
    }
    case Qt::Key_Left: m_center.rx() -= step; update(); break;
    case Qt::Key_Right: m_center.rx() += step; update(); break;
    case Qt::Key_Up: m_center.ry() -= step; update(); break;
    case Qt::Key_Down: m_center.ry() += step; update(); break;
    default: QDialog::keyPressEvent(event);
    }
}

void PictureWindow::mousePressEvent(QMouseEvent *event)
{
    m_dragFrom = event->position();
}

void PictureWindow::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_center -= (event->position() - m_dragFrom) / m_zoom;
    m_dragFrom = event->position();
    m_fitted = false;
    update();
}

void PictureWindow::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    if (m_fitted)
        fit();
}

} // namespace winnow::ui
