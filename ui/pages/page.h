#pragma once

#include "ui/models/page_data.h"

#include <QKeySequence>
#include <QVector>
#include <QWidget>

#include <functional>

class QAction;

namespace winnow::ui {

class StoreSession;
class Theme;
class Thumbnails;

enum class PageId { Runs, Live, Samples, Compare, Evaluation, Data, Count };

/// What every page is built with; outlives the pages.
struct PageContext {
    const Theme &theme;
    StoreSession &session;
    Thumbnails &thumbnails;
};

/// A page of the window. Lives on the GUI thread. The window hands it the runs; it asks the session for the rest.
class Page : public QWidget {
    Q_OBJECT
public:
    explicit Page(const PageContext &context, QWidget *parent = nullptr) : QWidget(parent), m_context(context) {}

    virtual QString title() const = 0;
    /// Widgets of the top bar; the window takes them over. May be null.
    virtual QWidget *subject() { return nullptr; }
    virtual QWidget *primary() { return nullptr; }
    /// New runs data; called before the first activate().
    virtual void setRuns(const RunsData &runs) = 0;
    /// The page came to the front.
    virtual void activate() {}
    /// The store changed while the page is in front.
    virtual void refresh() {}
    /// Words for the status bar; empty: nothing selected.
    virtual QString selectionText() const { return {}; }
    /// What keys do on this page, outside text fields: each an action with its shortcuts, in order. Listed on the shortcuts
    /// page and changed there.
    const QVector<QAction *> &keyActions() const { return m_keys; }

Q_SIGNALS:
    void openRequested(winnow::ui::PageId page, winnow::RunId run);
    void compareRequested(const std::vector<winnow::RunId> &runs);
    void newRunRequested(winnow::RunId cloneOf);
    void pauseRequested(winnow::RunId run);
    void resumeRequested(winnow::RunId run);
    void stopRequested(winnow::RunId run);
    void discardRequested(winnow::RunId run); ///< stop, and give up what came since the last checkpoint
    void demoRequested();
    void openStoreRequested();
    void importRequested();
    void evaluateRequested(winnow::RunId run);
    void exportReportRequested(const std::vector<winnow::RunId> &runs);
    void selectionChanged();
    void message(const QString &text);

protected:
    /// `name` stays the same in every language: a changed shortcut is kept under it.
    QAction *addKey(const QString &name, const QString &text, const QList<QKeySequence> &keys, std::function<void()> run);
    void keyPressEvent(QKeyEvent *event) override;

    const Theme &theme() const { return m_context.theme; }
    StoreSession &session() const { return m_context.session; }
    const PageContext &context() const { return m_context; }

private:
    PageContext m_context;
    QVector<QAction *> m_keys;
};

/// A vertical or horizontal line of 1 px in the border colour.
class Rule : public QWidget {
    Q_OBJECT
public:
    Rule(const Theme &theme, Qt::Orientation orientation, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

/// A widget filled with one token's colour.
class Ground : public QWidget {
    Q_OBJECT
public:
    Ground(const Theme &theme, Token token, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    Token m_token;
};

} // namespace winnow::ui
