// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/privileged/helperclient.h"

#include "core/control/privilegedcontract.h"

#include <QDBusArgument>
#include <QDBusConnectionInterface>
#include <QDBusError>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusUnixFileDescriptor>
#include <QDataStream>
#include <QIODevice>
#include <QList>
#include <QMap>
#include <QMetaObject>
#include <QMetaType>
#include <QStringList>

#include <KAuth/ActionReply>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <string>
#include <utility>

namespace Quay {

namespace {

using namespace std::chrono_literals;

using Descriptors = QMap<QString, QDBusUnixFileDescriptor>;

constexpr auto BusyInterval = 200ms;
constexpr auto StartInterval = 20ms;
constexpr int MostStrikes = 50;
constexpr QLatin1StringView PolkitName("org.freedesktop.PolicyKit1");
constexpr QLatin1StringView PolkitErrors("org.freedesktop.PolicyKit1.Error.");

/// polkit's structure (sa{sv}).
struct BusSubject
{
    QString kind;
    QVariantMap details;
};

QDBusArgument &operator<<(QDBusArgument &argument, const BusSubject &subject)
{
    argument.beginStructure();
    argument << subject.kind << subject.details;
    argument.endStructure();
    return argument;
}

/// polkit only gives such structures.
const QDBusArgument &operator>>(const QDBusArgument &argument, BusSubject &subject)
{
    argument.beginStructure();
    argument >> subject.kind >> subject.details;
    argument.endStructure();
    return argument; // NOLINT(bugprone-return-const-ref-from-parameter): as all of these operators
}

/// What the bus says when there is nothing to start, or only half of it.
const QStringList NotInstalledErrors{
    QStringLiteral("org.freedesktop.DBus.Error.Spawn.ServiceNotFound"),
    QStringLiteral("org.freedesktop.DBus.Error.Spawn.FileInvalid"),
    QStringLiteral("org.freedesktop.DBus.Error.Spawn.ExecFailed"),
};

const QList<QDBusError::ErrorType> StartingErrors{QDBusError::UnknownMethod, QDBusError::UnknownInterface,
                                                  QDBusError::UnknownObject};

QDBusMessage callOf(const QString &method)
{
    return QDBusMessage::createMethodCall(QString(HelperId), QStringLiteral("/"), QStringLiteral("org.kde.kf6auth"),
                                          method);
}

QDBusMessage callToBus(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.DBus"),
                                          QStringLiteral("/org/freedesktop/DBus"),
                                          QStringLiteral("org.freedesktop.DBus"), method);
}

QByteArray packed(const QVariantMap &arguments)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << arguments;
    return bytes;
}

Error errorFrom(const QDBusError &error)
{
    const std::string helper(HelperSubject);
    if (NotInstalledErrors.contains(error.name())) {
        return {.code = ErrorCode::Unsupported, .subject = helper};
    }
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
        return {.code = ErrorCode::Unsupported, .subject = helper};
    case QDBusError::InvalidArgs:
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownInterface:
    case QDBusError::UnknownObject:
        return {.code = ErrorCode::Malformed, .subject = helper};
    case QDBusError::AccessDenied:
        return {.code = ErrorCode::Denied, .subject = helper};
    case QDBusError::Disconnected:
        return {.code = ErrorCode::Unsupported, .subject = std::string(SystemBusSubject)};
    default:
        return {.code = ErrorCode::Io, .subject = helper};
    }
}

} // namespace

HelperClient::HelperClient(QObject *parent)
    : QObject(parent)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &HelperClient::send);
    qDBusRegisterMetaType<Descriptors>();
    qDBusRegisterMetaType<BusSubject>();
    qDBusRegisterMetaType<QMap<QString, QString>>();
}

HelperClient::HelperClient(const QDBusConnection &bus, HelperPatience patience, QObject *parent)
    : HelperClient(parent)
{
    m_bus = bus;
    m_patience = patience;
}

HelperClient::~HelperClient()
{
    if (!m_requests.empty()) {
        HelperClient::cancel(m_requests.front().id);
    }
}

QDBusConnection &HelperClient::bus()
{
    if (!m_bus) {
        m_bus = QDBusConnection::systemBus();
    }
    if (!m_listens) {
        m_listens = m_bus->connect(QString(HelperId), QStringLiteral("/"), QString(HelperId), QString(GaveUpSignal),
                                   this, SLOT(noteThatNothingWasDone()));
    }
    return *m_bus;
}

std::uint64_t HelperClient::request(QLatin1StringView action, const QVariantMap &arguments, Answer answer)
{
    m_requests.push_back({.id = ++m_lastId, .action = action, .arguments = arguments, .answer = std::move(answer)});
    if (m_requests.size() == 1) {
        sendNext();
    }
    return m_lastId;
}

void HelperClient::cancel(std::uint64_t request)
{
    const auto found = std::ranges::find(m_requests, request, &Request::id);
    if (found == m_requests.end()) {
        return;
    }
    if (!found->isSent && found != m_requests.begin()) {
        m_requests.erase(found);
        return;
    }
    found->answer = nullptr; // what was sent is waited for: until then the helper is busy
    if (found->isSent) {
        stop(*found);
    }
}

void HelperClient::stop(const Request &request)
{
    QDBusMessage call = callOf(QStringLiteral("stopAction"));
    call << QString(request.action);
    bus().send(call);
}

void HelperClient::sendNext()
{
    // Not from within request(): nobody expects an answer from there.
    QMetaObject::invokeMethod(this, &HelperClient::begin, Qt::QueuedConnection);
}

void HelperClient::begin()
{
    if (!bus().isConnected()) {
        conclude(fail(ErrorCode::Unsupported, std::string(SystemBusSubject)));
    } else if (m_known.contains(QString(m_requests.front().action))) {
        send();
    } else {
        askWhetherKnown();
    }
}

/// By what would become of it without a question: of an action that it does not know polkit says so whoever is meant.
void HelperClient::askWhetherKnown()
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        QString(PolkitName), QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
        QStringLiteral("org.freedesktop.PolicyKit1.Authority"), QStringLiteral("CheckAuthorization"));
    const BusSubject ourselves{.kind = QStringLiteral("system-bus-name"),
                               .details = {{QStringLiteral("name"), bus().baseService()}}};
    const QString action(m_requests.front().action);
    question << QVariant::fromValue(ourselves) << action << QVariant::fromValue(QMap<QString, QString>()) << uint{0}
             << QString();
    auto *const watcher = new QDBusPendingCallWatcher(bus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, action](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        if (finished->isError() && finished->error().name().startsWith(PolkitErrors)) {
            conclude(fail(ErrorCode::Unsupported, std::string(HelperSubject)));
            return;
        }
        if (!finished->isError()) { // else there is no polkit: what the helper says then is explained
            m_known.insert(action);
        }
        send();
    });
}

void HelperClient::send()
{
    auto &request = m_requests.front();
    if (!request.answer) {
        conclude(fail(ErrorCode::Denied, std::string(AuthorizationSubject)));
        return;
    }
    QDBusMessage call = callOf(QStringLiteral("performAction"));
    call << QString(request.action) << bus().baseService().toUtf8() << QVariantMap() << packed(request.arguments);
    if (m_takesDescriptors) {
        call << QVariant::fromValue(Descriptors());
    }
    m_hasGivenUp = false;
    request.isSent = true;
    request.sent.start();
    auto *const watcher =
        new QDBusPendingCallWatcher(bus().asyncCall(call, static_cast<int>(m_patience.answer.count())), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        m_requests.front().isSent = false;
        take(*finished);
    });
}

void HelperClient::take(const QDBusPendingCallWatcher &call)
{
    const QDBusPendingReply<QByteArray> reply(call);
    // A KAuth helper is called when it has taken its name, and has its object a moment later.
    const bool isStarting = reply.isError() && StartingErrors.contains(reply.error().type());
    if (isStarting && ++m_requests.front().strikes < MostStrikes) {
        m_takesDescriptors = m_takesDescriptors != (reply.error().type() == QDBusError::UnknownMethod);
        m_again.start(StartInterval);
        return;
    }
    if (reply.isError()) {
        takeError(reply.error());
        return;
    }
    takeReply(reply.value());
}

/// Somebody's stop that came too late for his own request hits the next one, whoever's that is. Once is bad luck.
bool HelperClient::mayBeRetried()
{
    return m_requests.front().answer && !std::exchange(m_requests.front().isRetried, true);
}

/// That nobody answered in time looks like a helper that ended, on the bus.
void HelperClient::takeError(const QDBusError &error)
{
    const auto waited = m_requests.front().sent.durationElapsed();
    const auto limit = std::min<std::chrono::nanoseconds>(PromptLimit, m_patience.answer) * 9 / 10; // timers come early
    if (error.type() != QDBusError::NoReply || waited < limit) {
        if (m_hasGivenUp && mayBeRetried()) {
            send();
            return;
        }
        conclude(std::unexpected(errorFrom(error)));
        return;
    }
    stop(m_requests.front());
    conclude(fail(ErrorCode::Io, std::string(HelperSubject), ETIMEDOUT));
}

void HelperClient::waitWhileBusy()
{
    auto &busy = m_requests.front().busy;
    if (!busy.isValid()) {
        busy.start();
    }
    if (busy.durationElapsed() >= m_patience.busy) {
        conclude(fail(ErrorCode::Io, std::string(HelperSubject), EBUSY));
    } else {
        m_again.start(BusyInterval);
    }
}

void HelperClient::takeReply(const QByteArray &bytes)
{
    const auto reply = KAuth::ActionReply::deserialize(bytes);
    if (reply.succeeded()) {
        conclude(reply.data());
        return;
    }
    if (reply.type() == KAuth::ActionReply::HelperErrorType) {
        conclude(std::unexpected(errorFromReply(reply.data())));
        return;
    }
    switch (reply.errorCode()) {
    case KAuth::ActionReply::HelperBusyError:
        waitWhileBusy();
        return;
    case KAuth::ActionReply::UserCancelledError:
        if (mayBeRetried()) {
            send();
            return;
        }
        conclude(fail(ErrorCode::Denied, std::string(AuthorizationSubject)));
        return;
    case KAuth::ActionReply::AuthorizationDeniedError:
        explainRefusal();
        return;
    default:
        conclude(fail(ErrorCode::Malformed, std::string(HelperSubject)));
        return;
    }
}

void HelperClient::explainRefusal()
{
    QDBusMessage question = callToBus(QStringLiteral("NameHasOwner"));
    question << QString(PolkitName);
    auto *const watcher = new QDBusPendingCallWatcher(bus().asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher *finished) {
        finished->deleteLater();
        const QDBusPendingReply<bool> isThere(*finished);
        const bool isMissing = !isThere.isError() && !isThere.value();
        conclude(isMissing ? fail(ErrorCode::Unsupported, std::string(PolkitSubject))
                           : fail(ErrorCode::Denied, std::string(AuthorizationSubject)));
    });
}

void HelperClient::conclude(const Result<QVariantMap> &reply)
{
    const Request request = std::move(m_requests.front());
    m_requests.pop_front();
    if (!m_requests.empty()) {
        sendNext();
    }
    if (request.answer) {
        request.answer(reply);
    }
}

} // namespace Quay
