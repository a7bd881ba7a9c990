#pragma once

#include "ui/theme/theme.h"

#include <QDialog>
#include <QImage>
#include <QStringList>

#include <optional>

namespace winnow::ui {

class TextLabel;
class Thumbnails;

/// A sample's picture in a window of its own: wheel and + - zoom, dragging and arrows move, 0 fits, T shows how it is cut
/// into tiles for the model.
class PictureWindow : public QDialog {
    Q_OBJECT
public:
    PictureWindow(const Theme &theme, Thumbnails &thumbnails, QWidget *parent);

    /// Shows one of a row's pictures, which share `maxTiles`; page up and page down show the others. `tileSize`: of the
    /// run's model; nothing when it is not known.
    void showPictures(const QString &title, const QStringList &paths, int current, int maxTiles,
                      std::optional<int> tileSize);
    void setTilesVisible(bool on);
    double zoom() const { return m_zoom; }
    QString tileText() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void showPicture(int picture);
    QString path() const { return m_paths.value(m_current); }
    void zoomBy(double factor, QPointF at);
    void fit();
    QRectF area() const;
    QRectF pictureRect() const;
    void paintTiles(QPainter &painter, const QRectF &picture) const;

    const Theme &m_theme;
    Thumbnails &m_thumbnails;
    QString m_title;
    QStringList m_paths;
    int m_current = 0;
    QImage m_image;
    bool m_loaded = false;
    bool m_tiles = false;
    int m_maxTiles = 6;
    std::optional<int> m_tileSize;
    double m_zoom = 1;
    bool m_fitted = true;
    QPointF m_center; ///< of the view, in picture pixels
    QPointF m_dragFrom;
};

} // namespace winnow::ui
