#include "ui/pages/first_start.h"

#include "ui/theme/icons.h"
#include "ui/widgets/button.h"
#include "ui/widgets/painting.h"
#include "ui/widgets/text_label.h"

#include <QHBoxLayout>
#include <QPainterPath>
#include <QRandomGenerator>
#include <QVBoxLayout>

#include <cmath>

namespace winnow::ui {

namespace {

/// Grains in a basket and chaff in the wind; the seed is fixed, so that the picture is the same each time.
class BasketPicture : public QWidget {
public:
    explicit BasketPicture(const Theme &theme) : m_theme(theme) { setFixedSize(720, 170); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QRandomGenerator random(4);
        const auto rim = [](double x) { return 112 + 48 * (1 - std::pow((x - 330) / 300, 2)); };
        painter.setPen(QPen(m_theme.color(Token::SelLine), 0.8));
        painter.setBrush(m_theme.color(Token::Sel));
        for (int i = 0; i < 210; ++i) {
            const double side = (random.generateDouble() + random.generateDouble() + random.generateDouble()) / 1.5 - 1;
            const double x = 330 + side * 285;
            const double depth = rim(x) - 8 - 102;
            painter.drawEllipse(QPointF(x, rim(x) - 8 - std::max(2.0, depth) * random.generateDouble()), 2.8, 2.8);
        }
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.withOpacity(m_theme.color(Token::Text3), 0.5));
        for (int i = 0; i < 80; ++i) {
            const double far = std::pow(random.generateDouble(), 1.4);
            const double x = 325 + far * 385;
            painter.drawEllipse(QPointF(x, 92 - far * 78 + (random.generateDouble() - 0.5) * 34), 2, 2);
        }
        QPainterPath basket;
        basket.moveTo(30, 112);
        basket.quadTo(330, 208, 630, 112);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.color(Token::Text), 2.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawPath(basket);
    }

private:
    const Theme &m_theme;
};

class IconView : public QWidget {
public:
    IconView(const Theme &theme, const QString &icon) : m_theme(theme), m_icon(icon) { setFixedSize(20, 20); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintIcon(painter, m_icon, QRectF(0, 0, 20, 20), m_theme.color(Token::Text));
    }

private:
    const Theme &m_theme;
    QString m_icon;
};

class Card : public QWidget {
public:
    Card(const Theme &theme, const QString &icon, const QString &title, const QString &text, Button *button,
         const QString &note)
        : m_theme(theme)
    {
        setFixedSize(296, 200);
        auto *layout = new QVBoxLayout(this);
        layout->setContentsMargins(18, 18, 18, 16);
        layout->setSpacing(8);
        layout->addWidget(new IconView(theme, icon));
        layout->addSpacing(2);
        auto *heading = new TextLabel(theme, title, TextRole::PanelTitle);
        layout->addWidget(heading);
        auto *words = new TextLabel(theme, text, TextRole::Panel, "text2");
        words->setWordWrap(true);
        words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        layout->addWidget(words, 1);
        auto *row = new QHBoxLayout;
        row->setSpacing(10);
        row->addWidget(button);
        row->addWidget(new TextLabel(theme, note, TextRole::Caption, "text3"), 1);
        layout->addLayout(row);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintBox(painter, rect(), 8, m_theme.color(Token::Surface), m_theme.color(Token::Border));
    }

private:
    const Theme &m_theme;
};

} // namespace

FirstStart::FirstStart(const Theme &theme, QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(10);
    layout->addStretch(2);
    layout->addWidget(new BasketPicture(theme), 0, Qt::AlignHCenter);
    layout->addSpacing(12);
    layout->addWidget(new TextLabel(theme, tr("Find the training samples that hurt"), TextRole::FirstStart), 0,
                      Qt::AlignHCenter);
    auto *sentence = new TextLabel(theme,
                                   tr("Winnow trains a process reward model, learns one weight per sample, and shows which\n"
                                      "samples were pushed down. Nothing is in this store yet."),
                                   TextRole::Body, "text2");
    sentence->setAlignment(Qt::AlignHCenter);
    layout->addWidget(sentence);
    layout->addSpacing(18);
    auto *demo = new Button(theme, tr("Run the demo"), Button::Kind::Filled);
    demo->setKeyHint(QStringLiteral("↵"));
    demo->setShortcut(QKeySequence(Qt::Key_Return));
    auto *import = new Button(theme, tr("Import data…"));
    auto *open = new Button(theme, tr("Open store…"));
    auto *cards = new QHBoxLayout;
    cards->setSpacing(14);
    cards->addStretch();
    cards->addWidget(new Card(theme, QStringLiteral("flask"), tr("Run the demo"),
                              tr("Handwritten digits with 20 to 40% of the labels flipped on purpose. Trains four methods "
                                 "and evaluates them, so every page has something to show. A CPU is enough."),
                              demo, tr("about 20 min")));
    cards->addWidget(new Card(theme, QStringLiteral("import"), tr("Import your data"),
                              tr("VisualPRM, MMMU, MMMU-Pro or DreamPRM-1.5 files. Each row is checked; what is dropped "
                                 "is counted, with the reason."),
                              import, tr("JSON, JSONL, Parquet")));
    cards->addWidget(new Card(theme, QStringLiteral("folder"), tr("Open a store"),
                              tr("Look at runs that were made on another machine or from the command line. A store that "
                                 "a newer version wrote is left untouched."),
                              open, tr("or drop a .db file here")));
    cards->addStretch();
    layout->addLayout(cards);
    layout->addSpacing(20);
    layout->addWidget(new TextLabel(theme, tr("Ctrl+K finds every command. F1 explains the page you are on."),
                                    TextRole::Panel, "text3"),
                      0, Qt::AlignHCenter);
    layout->addStretch(3);
    connect(demo, &Button::clicked, this, &FirstStart::demoRequested);
    connect(import, &Button::clicked, this, &FirstStart::importRequested);
    connect(open, &Button::clicked, this, &FirstStart::openStoreRequested);
}

} // namespace winnow::ui
