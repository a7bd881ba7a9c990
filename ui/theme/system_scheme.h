#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

namespace winnow::ui {

/// Says whether the desktop prefers dark. Source: org.freedesktop.portal.Settings over D-Bus (asked asynchronously, so
/// that no window waits for the bus), else the lightness of the palette the desktop gave the application.
class SystemScheme : public QObject {
    Q_OBJECT
public:
    explicit SystemScheme(QObject *parent = nullptr);

    bool dark() const { return m_dark; }
    void ignorePaletteChanges(bool ignore) { m_ignorePalette = ignore; }

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private Q_SLOTS:
    void settingChanged(const QString &space, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void readScheme(uint scheme);
    void setDark(bool dark);

    bool m_dark = false;
    bool m_fromPortal = false;
    bool m_ignorePalette = false;
};

} // namespace winnow::ui
