// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/helper/helper.h"

#include "app/helper/promptwatch.h"
#include "core/base/safetext.h"
#include "core/control/privilegedcontract.h"
#include "core/control/privilegedwork.h"
#include "core/kernel/procfs.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDynamicPropertyChangeEvent>
#include <QEvent>
#include <QTimer>

#include <KAuth/HelperSupport>

#include <cstddef>
#include <cstdlib>
#include <string>
#include <tuple>

#include <syslog.h>

namespace Quay {

namespace {

constexpr int HelperError = 1; // what it was is in the data of the reply

/// For the administrator: who had us do what.
void note(const std::string &text)
{
    ::syslog(LOG_AUTHPRIV | LOG_NOTICE, "uid %d: %s", KAuth::HelperSupport::callerUid(), safeText(text).c_str());
}

std::string described(const Error &error)
{
    return std::string(error.subject) + (error.sysErrno != 0 ? ", errno " + std::to_string(error.sysErrno) : "");
}

/// Whether the one whose request this is has left the bus. KAuth then tells the user 0 (a reply without a value), whom
/// polkit never lets wait.
bool isCallerGone()
{
    return KAuth::HelperSupport::callerUid() == 0;
}

/// Whoever still waits may ask again.
void tellThatNothingWasDone()
{
    auto bus = QDBusConnection::systemBus();
    bus.send(QDBusMessage::createSignal(QStringLiteral("/"), QString(HelperId), QString(GaveUpSignal)));
    std::ignore = bus.interface()->isServiceRegistered(QString(HelperId)); // once that is answered, it has left us
}

/// KAuth takes what it has for polkit's answer when only its event loop ends, and that may be a yes.
[[noreturn]] void endAtOnce(const std::string &why)
{
    note(why);
    tellThatNothingWasDone();
    std::_Exit(EXIT_FAILURE);
}

KAuth::ActionReply refuse(const char *action, const Error &error)
{
    note(std::string(action) + " refused: " + described(error));
    auto reply = KAuth::ActionReply::HelperErrorReply(HelperError);
    reply.setData(toReply(error));
    return reply;
}

KAuth::ActionReply answer(const QVariantMap &data)
{
    auto reply = KAuth::ActionReply::SuccessReply();
    reply.setData(data);
    return reply;
}

} // namespace

bool Helper::event(QEvent *event)
{
    // By this property KAuth hands over the timer that ends an idle helper, once there is an event loop to be.
    const char *const name = "__KAuth_Helper_Shutdown_Timer";
    if (event->type() == QEvent::DynamicPropertyChange
        && static_cast<QDynamicPropertyChangeEvent *>(event)->propertyName() == name) {
        auto *const watch = new PromptWatch(
            property(name).value<QTimer *>(), PromptLimit,
            {.isStopped = [] { return KAuth::HelperSupport::isStopped(); }, .isCallerGone = isCallerGone}, this);
        connect(watch, &PromptWatch::overdue, this, [] { endAtOnce("no answer from polkit, ending"); });
        connect(watch, &PromptWatch::orphaned, this, [] { endAtOnce("who asked has gone, ending"); });
        connect(watch, &PromptWatch::abandoned, this, [] { endAtOnce("stopped before polkit had answered, ending"); });
    }
    return QObject::event(event);
}

KAuth::ActionReply Helper::signalprocess(const QVariantMap &arguments)
{
    if (KAuth::HelperSupport::isStopped()) { // while the password was being asked for
        return KAuth::ActionReply::UserCancelledReply();
    }
    const auto request = signalRequestFrom(arguments);
    if (!request) {
        return refuse("signal", request.error());
    }
    const auto proc = ProcFs::open();
    if (!proc) {
        return refuse("signal", proc.error());
    }
    const auto results = signalProcesses(*request, *proc);
    for (std::size_t i = 0; i < results.size(); ++i) {
        note("signal " + std::to_string(request->signal) + " to pid " + std::to_string(request->targets[i].process.pid)
             + (results[i] ? " sent" : " not sent: " + described(results[i].error())));
    }
    return answer(toReply(results));
}

KAuth::ActionReply Helper::inspectsockets(const QVariantMap &arguments)
{
    if (KAuth::HelperSupport::isStopped()) {
        return KAuth::ActionReply::UserCancelledReply();
    }
    const auto request = inspectRequestFrom(arguments);
    if (!request) {
        return refuse("inspection", request.error());
    }
    const auto proc = ProcFs::open();
    const auto found = proc ? inspectSockets(*request, *proc) : Result<InspectAnswer>(std::unexpected(proc.error()));
    if (!found) {
        return refuse("inspection", found.error());
    }
    note("looked who holds " + std::to_string(request->inodes.size()) + " sockets");
    return answer(toReply(*found));
}

} // namespace Quay
