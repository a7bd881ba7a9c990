#include "ui/pages/sample_pictures.h"

#include "ui/models/thumbnails.h"
#include "ui/pages/sample_detail_parts.h"
#include "ui/pages/sample_picture.h"
#include "ui/widgets/button.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace winnow::ui {

namespace {
constexpr int shownSide = 480; // sharp on a screen of three pixels a point
}

QStringList pathList(const std::vector<std::string> &paths)
{
    QStringList list;
    for (const std::string &path : paths)
        list << QString::fromStdString(path);
    return list;
}

SamplePictures::SamplePictures(const Theme &theme, Thumbnails &thumbnails, QWidget *parent)
    : QWidget(parent), m_theme(theme), m_thumbnails(thumbnails)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    m_picture = new SamplePicture(theme);
    m_picture->installEventFilter(this);
    connect(m_picture, &SamplePicture::clicked, this, &SamplePictures::clicked);
    layout->addWidget(m_picture);
    m_line = new QWidget;
    m_line->setObjectName(QStringLiteral("picture-line"));
    auto *line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(2);
    const auto button = [&](const char *icon, const QString &name, const QString &tip, int by) {
        auto *made = new Button(theme, {}, Button::Kind::Flat);
        made->setSmall(true);
        made->setIconName(QLatin1String(icon));
        made->setAccessibleName(name);
        made->setToolTip(tip);
        connect(made, &Button::clicked, this, [this, by] { step(by); });
        return made;
    };
    m_previous = button("chevron-left", tr("Previous picture"), tr("Previous picture (Left, on the picture)"), -1);
    m_next = button("chevron-right", tr("Next picture"), tr("Next picture (Right, on the picture)"), 1);
    m_place = new TextLabel(theme, {}, TextRole::Caption, "text2");
    m_place->setAlignment(Qt::AlignCenter);
    line->addWidget(m_previous);
    line->addWidget(m_place, 1);
    line->addWidget(m_next);
    layout->addWidget(m_line);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_line->hide();
}

void SamplePictures::setPictureWidth(int width)
{
    m_picture->setFixedWidth(width);
}

void SamplePictures::setMessage(const QString &message)
{
    ++m_request;
    m_paths.clear();
    m_current = 0;
    m_line->hide();
    m_picture->setToolTip({});
    m_picture->setImage({}, message);
}

void SamplePictures::setPictures(const QStringList &paths, const QString &whenNone)
{
    if (paths.isEmpty())
        return setMessage(whenNone);
    const bool same = paths == m_paths;
    m_paths = paths;
    m_line->setVisible(paths.size() > 1);
    showPicture(same ? m_current : 0);
}

void SamplePictures::showPicture(int picture)
{
    m_current = picture;
    const QString path = m_paths[picture];
    const int count = static_cast<int>(m_paths.size());
    m_place->setText(tr("%1 of %2").arg(picture + 1).arg(count));
    m_previous->setEnabled(picture > 0);
    m_next->setEnabled(picture + 1 < count);
    m_picture->setAccessibleName(count > 1 ? tr("Picture %1 of %2").arg(picture + 1).arg(count) : tr("Picture"));
    const QString keys = count > 1 ? tr("Click to zoom; Left and Right show the other pictures")
                                   : tr("Click to zoom; T in the window shows the tiles");
    m_picture->setToolTip((path + QLatin1Char('\n') + keys).toHtmlEscaped());
    m_picture->setImage(m_thumbnails.get(path), tr("Loading…"));
    m_thumbnails.loadLater(this, path, shownSide, [this, request = ++m_request](const QImage &image) {
        if (request != m_request)
            return;
        m_picture->setImage(image, tr("Picture missing"));
        Q_EMIT shown(!image.isNull());
    });
}

void SamplePictures::step(int by)
{
    const int wanted = std::clamp(m_current + by, 0, std::max(0, static_cast<int>(m_paths.size()) - 1));
    if (wanted == m_current)
        return;
    const bool focused = m_previous->hasFocus() || m_next->hasFocus();
    showPicture(wanted);
    if (focused && !m_previous->hasFocus() && !m_next->hasFocus())
        m_picture->setFocus(); // the button can go no further; on the picture the arrow keys go on
}

bool SamplePictures::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_picture && event->type() == QEvent::KeyPress && m_paths.size() > 1) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::KeypadModifier;
        if (plain && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right)) {
            step(key->key() == Qt::Key_Left ? -1 : 1);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void SamplePictures::zoom(const QString &title, int maxTiles, std::optional<int> tileSize)
{
    if (m_paths.isEmpty())
        return;
    auto *window = new PictureWindow(m_theme, m_thumbnails, this);
    window->showPictures(title, m_paths, m_current, maxTiles, tileSize);
    window->open();
}

} // namespace winnow::ui
