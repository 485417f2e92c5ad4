// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"

#include <QDBusConnection>
#include <QElapsedTimer>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

class QDBusError;
class QDBusPendingCallWatcher;
class QString;

namespace Quay {

/// How long a HelperClient waits.
struct HelperPatience
{
    std::chrono::milliseconds busy = std::chrono::minutes(1); ///< For a helper that works for somebody else.
    /// For an answer, prompt included. The helper ends of its own accord a little earlier.
    std::chrono::milliseconds answer = PromptLimit + std::chrono::seconds(20);
};

/**
 * Asks the KAuth helper over the system bus, one request after the other.
 *
 * It speaks the helper's bus interface by itself: KAuth::ExecuteJob starts the helper with a blocking call, and takes
 * whatever answer the helper gives next, to whomever, for its own (they are broadcast), so that one program's process
 * could be reported under another one's request.
 *
 * A helper that is busy with somebody else's request, whose password prompt may be open, is asked again until it is
 * free, for as long as HelperPatience says. When a request is cancelled, or has taken too long, the helper is told to
 * stop: it ends, polkit closes the prompt, and nothing is done whatever is typed there by then.
 *
 * The helper cannot tell whose stop it gets. When it gave up a request of ours for another one's, before anything was
 * done, it is asked once more.
 *
 * An action that polkit does not know is not asked for: a KAuth helper never answers then, nor anybody else any more.
 *
 * Threads: owner's, which has an event loop.
 */
class HelperClient : public QObject, public PrivilegedClient
{
    Q_OBJECT
public:
    /// Connects to the system bus once something is asked for.
    explicit HelperClient(QObject *parent = nullptr);
    explicit HelperClient(const QDBusConnection &bus, HelperPatience patience = {}, QObject *parent = nullptr);
    ~HelperClient() override;

    std::uint64_t request(QLatin1StringView action, const QVariantMap &arguments, Answer answer) override;
    void cancel(std::uint64_t request) override;

private Q_SLOTS:
    void noteThatNothingWasDone() { m_hasGivenUp = true; }

private:
    struct Request
    {
        std::uint64_t id = 0;
        QLatin1StringView action;
        QVariantMap arguments;
        Answer answer; ///< Empty once it was cancelled.
        bool isSent = false;
        bool isRetried = false;
        QElapsedTimer busy; ///< Since the helper said so first.
        QElapsedTimer sent;
        int strikes = 0; ///< How often a helper that was just starting did not know what is asked for.
    };

    void sendNext();
    /// Sends the request, unless polkit does not know its action.
    void begin();
    void askWhetherKnown();
    void send();
    void takeError(const QDBusError &error);
    [[nodiscard]] bool mayBeRetried();
    void waitWhileBusy();
    void stop(const Request &request);
    void take(const QDBusPendingCallWatcher &call);
    void takeReply(const QByteArray &bytes);
    /// Refused by polkit, or for want of it.
    void explainRefusal();
    void conclude(const Result<QVariantMap> &reply);

    [[nodiscard]] QDBusConnection &bus();

    std::optional<QDBusConnection> m_bus;
    bool m_takesDescriptors = true; ///< The method's last argument is a map of them, as from KAuth 6.13 on.
    QSet<QString> m_known; ///< Actions that polkit knows.
    bool m_listens = false; ///< To what the helper says of its own accord.
    bool m_hasGivenUp = false; ///< What was sent last, and by its own word.
    HelperPatience m_patience;
    QTimer m_again; ///< While the helper is busy.
    std::deque<Request> m_requests; ///< The first one is under way.
    std::uint64_t m_lastId = 0;
};

} // namespace Quay
