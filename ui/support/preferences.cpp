#include "ui/support/preferences.h"

#include <QSettings>

#include <algorithm>

namespace winnow::ui {

Preferences::Preferences(const QString &file, QObject *parent)
    : QObject(parent), m_file(file.isEmpty() ? nullptr : std::make_unique<QSettings>(file, QSettings::IniFormat))
{
}

Preferences::~Preferences() = default;

QVariant Preferences::value(const QString &key, const QVariant &standard) const
{
    return m_file ? m_file->value(key, standard) : m_memory.value(key, standard);
}

bool Preferences::contains(const QString &key) const
{
    return m_file ? m_file->contains(key) : m_memory.contains(key);
}

void Preferences::set(const QString &key, const QVariant &value)
{
    if (contains(key) && this->value(key, {}) == value)
        return;
    keep(key, value);
    Q_EMIT changed();
}

void Preferences::keep(const QString &key, const QVariant &value)
{
    if (m_file)
        m_file->setValue(key, value);
    else
        m_memory.insert(key, value);
}

int Preferences::rowHeight() const
{
    const int pixels = value(QStringLiteral("appearance/row"), 32).toInt();
    return pixels <= 28 ? 28 : pixels >= 40 ? 40 : 32; // the file may be edited by hand
}

int Preferences::thumbnailMegabytes() const
{
    return std::clamp(value(QStringLiteral("thumbnails/megabytes"), 64).toInt(), 8, 4096);
}

int Preferences::threads() const
{
    return std::clamp(value(QStringLiteral("devices/threads"), 0).toInt(), 0, 1024);
}

QList<QKeySequence> Preferences::shortcuts(const QString &action) const
{
    QList<QKeySequence> keys;
    for (const QString &text : value(QStringLiteral("shortcuts/") + action, {}).toStringList())
        if (!text.isEmpty())
            keys << QKeySequence::fromString(text, QKeySequence::PortableText);
    return keys;
}

void Preferences::setShortcuts(const QString &action, const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::PortableText);
    if (texts.isEmpty())
        texts << QString(); // an action without a key, which is not the same as one that was never changed
    set(QStringLiteral("shortcuts/") + action, texts);
}

void Preferences::resetShortcuts(const QString &action)
{
    if (m_file)
        m_file->remove(QStringLiteral("shortcuts/") + action);
    else
        m_memory.remove(QStringLiteral("shortcuts/") + action);
    Q_EMIT changed();
}

void Preferences::setLayout(const QString &name, const QByteArray &state)
{
    keep(QStringLiteral("layout/") + name, state);
}

namespace {

QString tokenizerKey(Preferences::TokenizerFrom from, const QString &sha256)
{
    return QStringLiteral("tokenizers/%1/%2").arg(
        from == Preferences::TokenizerFrom::Import ? QStringLiteral("imported") : QStringLiteral("chosen"), sha256);
}

} // namespace

QString Preferences::rowTokenizer(TokenizerFrom from, const QString &sha256) const
{
    return value(tokenizerKey(from, sha256), {}).toString();
}

void Preferences::setRowTokenizer(TokenizerFrom from, const QString &sha256, const QString &folder)
{
    keep(tokenizerKey(from, sha256), folder);
}

} // namespace winnow::ui
