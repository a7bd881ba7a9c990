#include "ui/support/number_format.h"

#include "core/base/decimal_text.h"

#include <QCoreApplication>

#include <atomic>
#include <cmath>

namespace winnow::ui {

namespace {
const QString absent = QStringLiteral("–");
std::atomic<bool> grouped{true}; ///< thousands; read on any thread

QString withoutZero(QString text)
{
    if (text.startsWith(QLatin1String("0.")))
        return text.mid(1);
    if (text.startsWith(QStringLiteral("−0.")))
        return QStringLiteral("−") + text.mid(2);
    return text;
}
} // namespace

QString withMinus(QString text)
{
    return text.replace(QLatin1Char('-'), QChar(0x2212));
}

QString fixedText(double value, int decimals)
{
    if (!std::isfinite(value))
        return absent;
    return withMinus(QString::fromStdString(decimalText(value, decimals)));
}

void setThousandsGrouped(bool on)
{
    grouped.store(on, std::memory_order_relaxed);
}

QString thousands(std::int64_t value)
{
    QString text = QString::number(std::abs(value));
    for (qsizetype at = text.size() - 3; at > 0 && grouped.load(std::memory_order_relaxed); at -= 3)
        text.insert(at, QChar(0x2009));
    return value < 0 ? QChar(0x2212) + text : text;
}

QString weightText(double weight)
{
    return fixedText(weight, 3);
}

QString percentText(double share)
{
    return std::isfinite(share) ? fixedText(share * 100, 1) + QLatin1Char('%') : absent;
}

QString percentInterval(const Interval &value)
{
    return QStringLiteral("%1 [%2, %3]").arg(percentText(value.value), fixedText(value.low * 100, 1),
                                             fixedText(value.high * 100, 1));
}

QString pointsText(double difference)
{
    const QString number = fixedText(difference * 100, 1);
    return (number.startsWith(QChar(0x2212)) ? number : QLatin1Char('+') + number) + QLatin1Char(' ') + QCoreApplication::translate("Numbers", "pts");
}

QString rateText(double value, int decimals)
{
    return withoutZero(fixedText(value, decimals));
}

QString rateInterval(const Interval &value)
{
    return QStringLiteral("%1 [%2, %3]").arg(rateText(value.value), rateText(value.low), rateText(value.high));
}

QString pValueText(double p)
{
    if (!std::isfinite(p))
        return absent;
    return p < 0.001 ? QStringLiteral("< .001") : rateText(p);
}

QString lossText(double loss)
{
    if (!std::isfinite(loss))
        return absent;
    const double size = std::abs(loss);
    if (size >= 100 || (size > 0 && size < 1e-4))
        return withMinus(QString::number(loss, 'g', 3));
    return fixedText(loss, size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

QString clockText(double seconds)
{
    if (!std::isfinite(seconds))
        return absent;
    const auto whole = static_cast<std::int64_t>(std::llround(seconds));
    return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QString durationText(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0)
        return absent;
    if (seconds < 60)
        return QCoreApplication::translate("Numbers", "%1 s").arg(fixedText(seconds, 1));
    if (seconds < 3600)
        return clockText(seconds);
    const auto minutes = static_cast<std::int64_t>(std::llround(seconds / 60));
    return QCoreApplication::translate("Numbers", "%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString estimateText(double seconds)
{
    if (std::isfinite(seconds) && seconds >= 0 && seconds < 60)
        return QCoreApplication::translate("Numbers", "%1 s").arg(std::llround(std::ceil(seconds)));
    return durationText(seconds);
}

QString gigabytes(std::uint64_t bytes)
{
    return fixedText(static_cast<double>(bytes) / 1e9, 1) + QStringLiteral(" GB");
}

QString megabytes(std::uint64_t bytes)
{
    return bytes >= 1000000000ULL ? gigabytes(bytes)
                                  : fixedText(static_cast<double>(bytes) / 1e6, 1) + QStringLiteral(" MB");
}

} // namespace winnow::ui
