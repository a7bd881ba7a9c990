#pragma once

#include "ui/theme/theme.h"

#include <QStringList>
#include <QWidget>

#include <optional>
#include <string>
#include <vector>

namespace winnow::ui {

class Button;
class SamplePicture;
class TextLabel;
class Thumbnails;

/// Paths as Qt has them.
QStringList pathList(const std::vector<std::string> &paths);

/// The pictures of a row, one at a time; with more than one a line under it leafs through them, as do the arrow keys
/// while the picture has the focus. Lives on the GUI thread.
class SamplePictures : public QWidget {
    Q_OBJECT
public:
    SamplePictures(const Theme &theme, Thumbnails &thumbnails, QWidget *parent = nullptr);

    /// The same pictures again stay where they are; others start at the first. `whenNone` stands for no picture.
    void setPictures(const QStringList &paths, const QString &whenNone);
    /// No row, or one that is still being read.
    void setMessage(const QString &message);
    void setPictureWidth(int width);

    const QStringList &paths() const { return m_paths; }
    int current() const { return m_current; } ///< of paths(), from 0
    /// Opens the window in which they are looked at; `tileSize` as PictureWindow wants it.
    void zoom(const QString &title, int maxTiles, std::optional<int> tileSize);

Q_SIGNALS:
    void clicked();
    /// A picture was loaded, or could not be.
    void shown(bool readable);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void step(int by);
    void showPicture(int picture);

    const Theme &m_theme;
    Thumbnails &m_thumbnails;
    QStringList m_paths;
    int m_current = 0;
    int m_request = 0; ///< an answer to an earlier one is too late
    SamplePicture *m_picture = nullptr;
    QWidget *m_line = nullptr;
    Button *m_previous = nullptr;
    TextLabel *m_place = nullptr;
    Button *m_next = nullptr;
};

} // namespace winnow::ui
