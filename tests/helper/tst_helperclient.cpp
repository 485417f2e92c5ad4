// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/privileged/helperclient.h"
#include "core/control/privilegedcontract.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusUnixFileDescriptor>
#include <QDBusVirtualObject>
#include <QDataStream>
#include <QObject>
#include <QTest>

#include <KAuth/ActionReply>

#include <cerrno>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using KAuth::ActionReply;
using Quay::ErrorCode;
using Quay::HelperClient;
using Quay::Result;

namespace {

using namespace std::chrono_literals;
using Descriptors = QMap<QString, QDBusUnixFileDescriptor>;

const auto HelperConnection = QStringLiteral("helper");
const auto PolkitName = QStringLiteral("org.freedesktop.PolicyKit1");

/// What a KAuth helper looks like on the bus. It answers each request with the next of its answers.
class FakeHelper : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.kf6auth")
public:
    struct Request
    {
        QString action;
        QByteArray caller;
        QVariantMap arguments;
        QDBusMessage message;
    };

    std::deque<QByteArray> answers; ///< Empty: nobody is answered.
    std::vector<Request> requests;
    QStringList stops;
    bool takesDescriptors = true; ///< As KAuth's from 6.13 on.

    static void answer(const Request &request, const ActionReply &reply)
    {
        QDBusConnection(HelperConnection).send(request.message.createReply(reply.serialized()));
    }

public Q_SLOTS:
    // NOLINTBEGIN(readability-identifier-naming): KAuth's names
    QByteArray performAction(const QString &action, const QByteArray &caller, const QVariantMap & /*details*/,
                             const QByteArray &arguments)
    {
        if (takesDescriptors) { // as a helper without this overload
            sendErrorReply(QDBusError::UnknownMethod);
            return {};
        }
        return perform(action, caller, arguments);
    }
    QByteArray performAction(const QString &action, const QByteArray &caller, const QVariantMap & /*details*/,
                             const QByteArray &arguments, const Descriptors & /*descriptors*/)
    {
        if (!takesDescriptors) {
            sendErrorReply(QDBusError::UnknownMethod);
            return {};
        }
        return perform(action, caller, arguments);
    }
    void stopAction(const QString &action) { stops << action; }
    // NOLINTEND(readability-identifier-naming)

private:
    QByteArray perform(const QString &action, const QByteArray &caller, const QByteArray &arguments)
    {
        QVariantMap unpacked;
        QDataStream stream(arguments);
        stream >> unpacked;
        requests.push_back({.action = action, .caller = caller, .arguments = unpacked, .message = message()});
        if (answers.empty()) {
            setDelayedReply(true);
            return {};
        }
        const QByteArray next = answers.front();
        answers.pop_front();
        return next;
    }
};

/// Polkit, which knows every action, or none.
class FakePolkit : public QDBusVirtualObject
{
    Q_OBJECT
public:
    bool knowsActions = true;

    [[nodiscard]] QString introspect(const QString & /*path*/) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &bus) override
    {
        return bus.send(knowsActions
                            ? message.createReply(true)
                            : message.createErrorReply(QStringLiteral("org.freedesktop.PolicyKit1.Error.Failed"),
                                                       QStringLiteral("Action x is not registered")));
    }
};

QByteArray successWith(const QVariantMap &data)
{
    auto reply = ActionReply::SuccessReply();
    reply.setData(data);
    return reply.serialized();
}

QByteArray helperErrorWith(const Quay::Error &error)
{
    auto reply = ActionReply::HelperErrorReply(1);
    reply.setData(Quay::toReply(error));
    return reply.serialized();
}

QVariantMap data(int number)
{
    return {{QStringLiteral("number"), number}};
}

} // namespace

/// With a made-up helper on the session bus.
class tst_HelperClient : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void replyArrives();
    void nothingIsAnsweredWithinTheCall();
    void requestsAreAnsweredInTurn();
    void helperThatIsBusyIsAskedAgain();
    void helperThatIsStartingIsAskedAgain();
    void helperOfAnOlderKAuthIsAskedItsWay();
    void helperWithOtherMethodsIsGivenUp();
    void lateStopOfAnotherIsTriedOnceMore();
    void helperThatGaveUpIsAskedOnceMore();
    void refusals_data();
    void refusals();
    void missingPolkitIsSaid();
    void missingHelperIsSaid();
    void helperThatEndsIsSaid();
    void cancelledRequestIsStoppedAndForgotten();
    void waitingRequestIsCancelledUnsent();
    void clientThatGoesStopsItsRequest();
    void missingBusIsSaid();
    void actionThatPolkitDoesNotKnowIsNotAskedFor();
    void helperThatStaysBusyIsSaidToBe();
    void silenceIsSaidAndNothingIsDoneAnyMore();

private:
    [[nodiscard]] std::uint64_t ask(int number = 0);
    /// The answer to the request that was asked number @p index, waited for.
    [[nodiscard]] Result<QVariantMap> answer(std::size_t index = 0);

    std::unique_ptr<FakeHelper> m_helper;
    std::unique_ptr<FakePolkit> m_polkit;
    std::unique_ptr<HelperClient> m_client;
    std::vector<std::pair<int, Result<QVariantMap>>> m_answers; ///< With the number that was asked with.
};

void tst_HelperClient::initTestCase()
{
    qDBusRegisterMetaType<Descriptors>();
    if (!QDBusConnection::sessionBus().isConnected()) {
        QSKIP("needs a session bus: dbus-run-session gives one");
    }
}

void tst_HelperClient::init()
{
    m_answers.clear();
    m_helper = std::make_unique<FakeHelper>();
    auto bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, HelperConnection);
    QVERIFY(bus.registerObject(QStringLiteral("/"), m_helper.get(), QDBusConnection::ExportAllSlots));
    QVERIFY(bus.registerService(QString(Quay::HelperId)));
    m_polkit = std::make_unique<FakePolkit>();
    QVERIFY(bus.registerVirtualObject(QStringLiteral("/org/freedesktop/PolicyKit1"), m_polkit.get(),
                                      QDBusConnection::SubPath));
    QVERIFY(bus.registerService(PolkitName));
    m_client = std::make_unique<HelperClient>(QDBusConnection::sessionBus());
}

void tst_HelperClient::cleanup()
{
    m_client.reset();
    QDBusConnection::disconnectFromBus(HelperConnection);
    QTRY_VERIFY(!QDBusConnection::sessionBus().interface()->isServiceRegistered(QString(Quay::HelperId)));
    m_helper.reset();
}

std::uint64_t tst_HelperClient::ask(int number)
{
    return m_client->request(Quay::SignalProcessAction, data(number), [this, number](const Result<QVariantMap> &reply) {
        m_answers.emplace_back(number, reply);
    });
}

Result<QVariantMap> tst_HelperClient::answer(std::size_t index)
{
    const bool hasCome = QTest::qWaitFor([&] { return m_answers.size() > index; }, 20'000);
    return hasCome ? m_answers[index].second : Quay::fail(ErrorCode::Io, "no answer");
}

void tst_HelperClient::replyArrives()
{
    m_helper->answers = {successWith(data(5))};

    std::ignore = ask(4);

    QCOMPARE(answer().value(), data(5));
    const auto &request = m_helper->requests.front();
    QCOMPARE(request.action, QString(Quay::SignalProcessAction));
    QCOMPARE(request.caller, QDBusConnection::sessionBus().baseService().toUtf8());
    QCOMPARE(request.arguments, data(4));
}

void tst_HelperClient::nothingIsAnsweredWithinTheCall()
{
    QDBusConnection::disconnectFromBus(HelperConnection);

    std::ignore = ask();

    QVERIFY(m_answers.empty());
    QVERIFY(!answer());
}

void tst_HelperClient::requestsAreAnsweredInTurn()
{
    std::ignore = ask(1);
    std::ignore = ask(2);
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{1});
    m_helper->answers = {successWith(data(20))};

    auto first = ActionReply::SuccessReply();
    first.setData(data(10));
    FakeHelper::answer(m_helper->requests.front(), first);

    QCOMPARE(answer(0).value(), data(10));
    QCOMPARE(answer(1).value(), data(20));
    QCOMPARE(m_answers[0].first, 1);
    QCOMPARE(m_answers[1].first, 2);
}

void tst_HelperClient::helperThatIsBusyIsAskedAgain()
{
    const auto busy = ActionReply::HelperBusyReply().serialized();
    m_helper->answers = {busy, busy, successWith(data(5))};

    std::ignore = ask(4);

    QCOMPARE(answer().value(), data(5));
    QCOMPARE(m_helper->requests.size(), std::size_t{3});
    QCOMPARE(m_helper->requests.back().arguments, data(4));
}

void tst_HelperClient::helperThatIsStartingIsAskedAgain()
{
    QDBusConnection(HelperConnection).unregisterObject(QStringLiteral("/"));
    m_helper->answers = {successWith(data(5))};

    std::ignore = ask();
    QCoreApplication::processEvents(); // it is sent
    QVERIFY(QDBusConnection(HelperConnection)
                .registerObject(QStringLiteral("/"), m_helper.get(), QDBusConnection::ExportAllSlots));

    QCOMPARE(answer().value(), data(5));
}

void tst_HelperClient::helperOfAnOlderKAuthIsAskedItsWay()
{
    m_helper->takesDescriptors = false;
    m_helper->answers = {successWith(data(5)), successWith(data(6))};

    std::ignore = ask(4);
    std::ignore = ask(4);

    QCOMPARE(answer(0).value(), data(5));
    QCOMPARE(answer(1).value(), data(6));
    QCOMPARE(m_helper->requests.front().arguments, data(4));
}

void tst_HelperClient::helperWithOtherMethodsIsGivenUp()
{
    QDBusConnection(HelperConnection).unregisterObject(QStringLiteral("/"));

    std::ignore = ask();

    const auto failed = answer();
    QCOMPARE(failed.error().code, ErrorCode::Malformed);
    QCOMPARE(failed.error().subject, std::string(Quay::HelperSubject));
}

void tst_HelperClient::lateStopOfAnotherIsTriedOnceMore()
{
    const auto stopped = ActionReply::UserCancelledReply().serialized();
    m_helper->answers = {stopped, successWith(data(5)), stopped, stopped};

    std::ignore = ask();
    QCOMPARE(answer().value(), data(5));

    std::ignore = ask();
    QCOMPARE(answer(1).error().subject, std::string(Quay::AuthorizationSubject));
}

void tst_HelperClient::helperThatGaveUpIsAskedOnceMore()
{
    const auto giveUp = [](const QDBusMessage &request) {
        QDBusConnection bus(HelperConnection);
        bus.send(QDBusMessage::createSignal(QStringLiteral("/"), QString(Quay::HelperId), QString(Quay::GaveUpSignal)));
        bus.send(request.createErrorReply(QDBusError::NoReply, QStringLiteral("It ended.")));
    };

    std::ignore = ask();
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{1});
    giveUp(m_helper->requests[0].message);
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{2});
    m_helper->answer(m_helper->requests[1], ActionReply::deserialize(successWith(data(5))));
    QCOMPARE(answer().value(), data(5));

    std::ignore = ask();
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{3});
    giveUp(m_helper->requests[2].message);
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{4});
    giveUp(m_helper->requests[3].message);
    QCOMPARE(answer(1).error().code, ErrorCode::Io);
}

void tst_HelperClient::refusals_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<std::string>("subject");
    const std::string helper(Quay::HelperSubject);
    const std::string authorization(Quay::AuthorizationSubject);
    QTest::newRow("denied") << ActionReply::AuthorizationDeniedReply().serialized() << ErrorCode::Denied
                            << authorization;
    QTest::newRow("the helper's own") << helperErrorWith(
        {.code = ErrorCode::Invalid, .subject = "signal", .sysErrno = 0})
                                      << ErrorCode::Invalid << std::string("signal");
    QTest::newRow("helper error without data")
        << ActionReply::HelperErrorReply(7).serialized() << ErrorCode::Malformed << std::string("code");
    QTest::newRow("unknown action") << ActionReply::NoSuchActionReply().serialized() << ErrorCode::Malformed << helper;
    QTest::newRow("nothing") << QByteArray() << ErrorCode::Malformed << helper;
}

void tst_HelperClient::refusals()
{
    QFETCH(const QByteArray, reply);
    QFETCH(const ErrorCode, code);
    QFETCH(const std::string, subject);
    m_helper->answers = {reply};

    std::ignore = ask();

    const auto refused = answer();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, code);
    QCOMPARE(refused.error().subject, subject);
}

void tst_HelperClient::missingPolkitIsSaid()
{
    QVERIFY(QDBusConnection(HelperConnection).unregisterService(PolkitName));
    m_helper->answers = {ActionReply::AuthorizationDeniedReply().serialized()};

    std::ignore = ask();

    const auto refused = answer();
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QCOMPARE(refused.error().subject, std::string(Quay::PolkitSubject));
}

void tst_HelperClient::missingHelperIsSaid()
{
    QVERIFY(QDBusConnection(HelperConnection).unregisterService(QString(Quay::HelperId)));

    std::ignore = ask();

    const auto refused = answer();
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QCOMPARE(refused.error().subject, std::string(Quay::HelperSubject));
}

void tst_HelperClient::helperThatEndsIsSaid()
{
    std::ignore = ask();
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{1});

    QDBusConnection::disconnectFromBus(HelperConnection);

    const auto failed = answer();
    QCOMPARE(failed.error().code, ErrorCode::Io);
    QCOMPARE(failed.error().subject, std::string(Quay::HelperSubject));
}

void tst_HelperClient::cancelledRequestIsStoppedAndForgotten()
{
    const auto first = ask(1);
    std::ignore = ask(2);
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{1});
    m_helper->answers = {successWith(data(20))};

    m_client->cancel(first);

    QTRY_COMPARE(m_helper->stops, QStringList{QString(Quay::SignalProcessAction)});
    QCOMPARE(m_helper->requests.size(), std::size_t{1}); // it is still busy
    FakeHelper::answer(m_helper->requests.front(), ActionReply::UserCancelledReply());
    QCOMPARE(answer(0).value(), data(20));
    QCOMPARE(m_answers.front().first, 2);
    QCOMPARE(m_helper->requests.size(), std::size_t{2}); // it was not tried again
}

void tst_HelperClient::waitingRequestIsCancelledUnsent()
{
    std::ignore = ask(1);
    const auto second = ask(2);
    std::ignore = ask(3);
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{1});
    m_helper->answers = {successWith(data(30))};

    m_client->cancel(second);
    FakeHelper::answer(m_helper->requests.front(), ActionReply::SuccessReply());

    QCOMPARE(answer(1).value(), data(30));
    QCOMPARE(m_answers.back().first, 3);
    QCOMPARE(m_helper->requests.size(), std::size_t{2});
    QVERIFY(m_helper->stops.isEmpty());
}

void tst_HelperClient::clientThatGoesStopsItsRequest()
{
    std::ignore = ask();
    QTRY_COMPARE(m_helper->requests.size(), std::size_t{1});

    m_client.reset();

    QTRY_COMPARE(m_helper->stops, QStringList{QString(Quay::SignalProcessAction)});
    QVERIFY(m_answers.empty());
}

void tst_HelperClient::missingBusIsSaid()
{
    m_client = std::make_unique<HelperClient>(QDBusConnection(QStringLiteral("no such bus")));

    std::ignore = ask();

    const auto failed = answer();
    QCOMPARE(failed.error().code, ErrorCode::Unsupported);
    QCOMPARE(failed.error().subject, std::string(Quay::SystemBusSubject));
}

void tst_HelperClient::actionThatPolkitDoesNotKnowIsNotAskedFor()
{
    m_polkit->knowsActions = false;

    std::ignore = ask();

    const auto refused = answer();
    QCOMPARE(refused.error().code, ErrorCode::Unsupported);
    QCOMPARE(refused.error().subject, std::string(Quay::HelperSubject));
    QVERIFY(m_helper->requests.empty()); // it would never answer again
}

void tst_HelperClient::helperThatStaysBusyIsSaidToBe()
{
    m_client = std::make_unique<HelperClient>(QDBusConnection::sessionBus(), Quay::HelperPatience{.busy = 300ms});
    m_helper->answers = std::deque<QByteArray>(100, ActionReply::HelperBusyReply().serialized());

    std::ignore = ask(1);

    QCOMPARE(answer().error().code, ErrorCode::Io);
    QCOMPARE(answer().error().sysErrno, EBUSY);
    m_helper->answers = {successWith(data(5))};
    std::ignore = ask(2);
    QCOMPARE(answer(1).value(), data(5));
}

void tst_HelperClient::silenceIsSaidAndNothingIsDoneAnyMore()
{
    m_client = std::make_unique<HelperClient>(QDBusConnection::sessionBus(), Quay::HelperPatience{.answer = 300ms});

    std::ignore = ask();

    QCOMPARE(answer().error().code, ErrorCode::Io);
    QCOMPARE(answer().error().sysErrno, ETIMEDOUT);
    QTRY_COMPARE(m_helper->stops, QStringList{QString(Quay::SignalProcessAction)}); // whatever is typed by then
}

QTEST_GUILESS_MAIN(tst_HelperClient)
#include "tst_helperclient.moc"
