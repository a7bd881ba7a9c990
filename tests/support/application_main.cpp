// The main function of tests that need an application.
#include <QApplication>

#include <gtest/gtest.h>

int main(int argc, char **argv)
{
    QApplication application(argc, argv); // on the stack, so that it goes before Qt's own statics do
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
