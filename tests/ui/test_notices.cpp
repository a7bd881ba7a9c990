#include "core/store/event_store.h"
#include "core/store/run_store.h"
#include "ui/bridge/run_notices.h"
#include "ui/bridge/store_session.h"
#include "ui/support/stall_watch.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <gtest/gtest.h>

namespace winnow::ui {
namespace {

QString busAddress; // of the bus that main() started for these tests

/// Stands for the desktop: keeps what it is asked to show.
class FakeDesktop : public QDBusVirtualObject {
public:
    std::vector<QVariantList> shown;

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        if (message.member() != QLatin1String("Notify"))
            return false;
        shown.push_back(message.arguments());
        bus.send(message.createReply(uint(shown.size())));
        return true;
    }
};

class Behaviour20 : public testing::Test {
protected:
    void SetUp() override
    {
        ASSERT_TRUE(session.open(folder.filePath(QStringLiteral("a.db"))).ok());
        ASSERT_TRUE(session.writer().execute([&](Database &db) -> Status {
            NewRun created;
            created.name = "<b>net</b>";
            created.configJson = std::string("{}"); // assigned as a literal, GCC 12 warns falsely at -O3
            WINNOW_ASSIGN(run, RunStore(db).create(created));
            return EventStore(db).append({{0, run, 1, "warning", "alert", "from before", 0}});
        }).ok());
    }
    void raise(const std::string &level, const std::string &kind, const std::string &text)
    {
        ASSERT_TRUE(session.writer().execute([&](Database &db) {
            return EventStore(db).append({{0, run, 5, level, kind, text, 0}});
        }).ok());
    }
    void settle()
    {
        EXPECT_TRUE(QTest::qWaitFor([&] { return session.pending() == 0; }, 60000));
    }

    QTemporaryDir folder;
    StoreSession session;
    RunId run;
};

TEST_F(Behaviour20, eachAlertIsToldOnceAndOldOnesNever)
{
    RunNotices notices(session);
    QSignalSpy spy(&notices, &RunNotices::noticed);
    settle();
    raise("warning", "alert", "weights");
    raise("info", "checkpoint", "not for the desktop");
    raise("info", "ended", "Finished.");
    ASSERT_TRUE(QTest::qWaitFor([&] { return spy.size() == 2; }, 60000));
    for (int i = 0; i < 3; ++i) {
        QSignalSpy changed(&session, &StoreSession::changed);
        session.notifyChanged();
        ASSERT_TRUE(changed.wait(60000));
        settle();
    }
    ASSERT_EQ(spy.size(), 2);
    EXPECT_EQ(spy[0][1].toString(), QStringLiteral("<b>net</b>"));
    EXPECT_EQ(spy[0][2].toString(), QStringLiteral("weights"));
    EXPECT_FALSE(spy[0][3].toBool());
    EXPECT_TRUE(spy[1][3].toBool());
}

TEST_F(Behaviour20, theDesktopIsAskedToShowItAsPlainText)
{
    ASSERT_FALSE(busAddress.isEmpty()) << "dbus-daemon could not be started; installer/setup installs it";
    QDBusConnection desktop = QDBusConnection::connectToBus(busAddress, QStringLiteral("desktop"));
    FakeDesktop fake;
    ASSERT_TRUE(desktop.registerVirtualObject(QStringLiteral("/org/freedesktop/Notifications"), &fake));
    ASSERT_TRUE(desktop.registerService(QStringLiteral("org.freedesktop.Notifications")));
    showDesktopNotice(QStringLiteral("net"), QStringLiteral("<img src='x'> & more"), true);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !fake.shown.empty(); }, 60000));
    EXPECT_EQ(fake.shown[0][3].toString(), QStringLiteral("net"));
    EXPECT_EQ(fake.shown[0][4].toString(), QStringLiteral("&lt;img src='x'&gt; &amp; more"));
    desktop.unregisterService(QStringLiteral("org.freedesktop.Notifications"));
}

TEST(StallWatch, namesWhatHeldTheWindowUp)
{
    StallWatch watch;
    watch.setCommand(QStringLiteral("Sort"));
    QSignalSpy spy(&watch, &StallWatch::stalled);
    QTimer slow;
    slow.setObjectName(QStringLiteral("slow one"));
    slow.setSingleShot(true);
    QObject::connect(&slow, &QTimer::timeout, &slow, [] { QThread::msleep(2 * StallWatch::stallMs); });
    slow.start(1);
    ASSERT_TRUE(spy.wait(60000));
    // Other handlers may be slow too on a busy machine; this one must be among them.
    ASSERT_TRUE(QTest::qWaitFor([&] {
        return std::any_of(spy.begin(), spy.end(), [](const QList<QVariant> &told) {
            return told[0].toString().contains(QLatin1String("\"slow one\"")) && told[1].toLongLong() >= 2 * StallWatch::stallMs - 1;
        });
    }, 60000));
    EXPECT_TRUE(spy.last()[0].toString().contains(QLatin1String("\"Sort\"")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return watch.beats().n > 5; }, 60000));
    EXPECT_GE(watch.beats().max, watch.beats().p50);
}

} // namespace
} // namespace winnow::ui

int main(int argc, char **argv)
{
    // Before anything connects to a bus: these tests have one of their own.
    QProcess bus;
    bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1")});
    if (bus.waitForReadyRead(60000)) {
        winnow::ui::busAddress = QString::fromUtf8(bus.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", winnow::ui::busAddress.toUtf8());
    }
    int status = 0;
    {
        QApplication application(argc, argv);
        testing::InitGoogleTest(&argc, argv);
        status = RUN_ALL_TESTS();
    }
    bus.kill();
    bus.waitForFinished();
    return status;
}
