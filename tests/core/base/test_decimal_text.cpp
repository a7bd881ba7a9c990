#include "core/base/decimal_text.h"

#include <gtest/gtest.h>

namespace winnow {
namespace {

TEST(DecimalText, halvesGoAwayFromZero)
{
    EXPECT_EQ(decimalText(1.25, 1), "1.3");
    EXPECT_EQ(decimalText(-1.25, 1), "-1.3");
    EXPECT_EQ(decimalText(0.5, 0), "1");
    EXPECT_EQ(decimalText(2.5, 0), "3");
    EXPECT_EQ(decimalText(0.05, 1), "0.1");
    EXPECT_EQ(decimalText(9.95, 1), "10.0");
    EXPECT_EQ(decimalText(1.24999, 1), "1.2");
}

TEST(DecimalText, aHalfIsAHalfAsItIsWritten)
{
    EXPECT_EQ(decimalText(1.15, 1), "1.2");         // 1.149999999999999911
    EXPECT_EQ(decimalText(100 * 0.0285, 1), "2.9"); // 2.8500000000000001
    EXPECT_EQ(decimalText(100 * 0.2875, 1), "28.8"); // 28.749999999999996
    EXPECT_EQ(decimalText(0.0125 * 100, 1), decimalText(1.25, 1));
}

TEST(DecimalText, keepsPlacesAndDropsTheSignOfZero)
{
    EXPECT_EQ(decimalText(0, 0), "0");
    EXPECT_EQ(decimalText(0, 3), "0.000");
    EXPECT_EQ(decimalText(-0.04, 1), "0.0");
    EXPECT_EQ(decimalText(0.004, 1), "0.0");
    EXPECT_EQ(decimalText(0.0996, 3), "0.100");
    EXPECT_EQ(decimalText(-0.098, 3), "-0.098");
    EXPECT_EQ(decimalText(1402, 2), "1402.00");
    EXPECT_EQ(decimalText(5e-324, 2), "0.00");
}

TEST(DecimalText, writesWhatHasMoreDigitsThanADoubleKeeps)
{
    EXPECT_EQ(decimalText(123456789012345678.0, 1), "123456789012345680.0");
    EXPECT_EQ(decimalText(0.1, 20), "0.10000000000000000555");
    EXPECT_EQ(decimalText(-1e22, 0), "-10000000000000000000000");
}

} // namespace
} // namespace winnow
