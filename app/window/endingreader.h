// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/endingway.h"
#include "app/window/windowending.h"
#include "core/base/result.h"
#include "core/ports/listener.h"
#include "core/processes/processid.h"
#include "core/processes/processinfo.h"
#include "core/processes/unit.h"

#include <QObject>

#include <deque>
#include <functional>
#include <set>
#include <string>
#include <utility>

namespace Quay {

/// What a plan is made from, besides the snapshot.
struct EndingReading
{
    WindowEnding asked; ///< Without those owners who are seen to have given the port up.
    EndingWay way;
    Result<std::set<std::string>> protectedNames; ///< Of programs to be spared.
};

/**
 * Reads what a plan is made from, of the processes and of the list of programs to be spared.
 *
 * Threads: GUI. It reads on another one, for one request after the other, so that they keep their order.
 */
class EndingReader : public QObject
{
    Q_OBJECT
public:
    explicit EndingReader(QObject *parent);

    /// done() follows.
    void begin(const ListenerPtr &listener, const EndingWay &way);
    void begin(const ProcessInfoPtr &process, const EndingWay &way);

    /// Who says what a process runs in, on any thread: the kernel, unless a test has other answers.
    using UnitReader = std::function<Result<UnitInfo>(ProcessId)>;
    void setUnitReader(UnitReader reader) { m_unitReader = std::move(reader); }

Q_SIGNALS:
    void done(const Quay::EndingReading &reading);

private:
    struct Request
    {
        std::function<WindowEnding()> read; ///< Whom it is about, as they are now. Any thread.
        EndingWay way;
    };

    void add(Request request);
    void readNext();

    UnitReader m_unitReader;
    std::deque<Request> m_requests; ///< The first is being read, the others wait for it.
};

} // namespace Quay
