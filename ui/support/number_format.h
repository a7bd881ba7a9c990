#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace winnow::ui {

/// An estimate with its 95 % interval.
struct Interval {
    double value = 0;
    double low = 0;
    double high = 0;
};

// How numbers are written (ui-design section 9). All take plain values; NaN becomes "–".
QString thousands(std::int64_t value);            ///< 1 402 with a thin space
void setThousandsGrouped(bool on);                ///< off: 1402; at first on
QString weightText(double weight);                ///< −0.098
QString percentText(double share);                ///< 85.0%
QString percentInterval(const Interval &value);   ///< 85.0% [81.5, 88.5]
QString pointsText(double difference);            ///< +4.0 pts, of a share
QString rateText(double value, int decimals = 3); ///< .913
QString rateInterval(const Interval &value);      ///< .913 [.899, .926]
QString pValueText(double p);                     ///< .014, < .001
QString lossText(double loss);                    ///< three significant digits
QString durationText(double seconds);             ///< 54.8 s, 4:12, 1 h 20 min
QString estimateText(double seconds);             ///< 55 s, then as durationText: a guess has no tenths
QString clockText(double seconds);                ///< 0:33
QString gigabytes(std::uint64_t bytes);           ///< 3.1 GB
QString megabytes(std::uint64_t bytes);           ///< 12.4 MB, GB from 1000 MB
QString withMinus(QString text);                  ///< true minus instead of a hyphen
QString fixedText(double value, int decimals);    ///< with true minus

} // namespace winnow::ui
