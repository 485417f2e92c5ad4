// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/endingreader.h"

#include "app/window/endingplan.h"
#include "core/control/protectednames.h"
#include "core/kernel/procfs.h"
#include "core/ports/holdcheck.h"
#include "core/processes/processunit.h"

#include <QtConcurrentRun>

#include <utility>
#include <vector>

namespace Quay {

namespace {

/// Those of whom it is not seen that they have closed its socket, or handed it on.
std::vector<ProcessId> presentOwnersOf(const Listener &listener)
{
    auto owners = ownersOf(listener);
    if (const auto proc = ProcFs::open()) {
        for (const auto &owner : listener.owners) {
            if (hasGivenUp(*proc, owner, listener.socket)) {
                std::erase(owners, owner.process->id);
            }
        }
    }
    return owners;
}

} // namespace

EndingReader::EndingReader(QObject *parent)
    : QObject(parent)
    , m_unitReader([](ProcessId process) {
        return ProcFs::open().and_then([process](const ProcFs &proc) { return readUnit(proc, process); });
    })
{
}

void EndingReader::begin(const ListenerPtr &listener, const EndingWay &way)
{
    const auto read = [listener] { return WindowEnding{.listener = listener, .asked = presentOwnersOf(*listener)}; };
    add({.read = read, .way = way});
}

void EndingReader::begin(const ProcessInfoPtr &process, const EndingWay &way)
{
    const auto read = [process, readUnit = m_unitReader] {
        WindowEnding asked{.process = process, .asked = {process->id}};
        if (const auto unit = readUnit(process->id)) { // else the plan says what has become of it
            asked.units.emplace(process->id, *unit);
        }
        return asked;
    };
    add({.read = read, .way = way});
}

void EndingReader::add(Request request)
{
    m_requests.push_back(std::move(request));
    if (m_requests.size() == 1) {
        readNext();
    }
}

void EndingReader::readNext()
{
    const auto look = [request = m_requests.front()] {
        auto names = ownProtectedNames(); // first: who holds the port is to be as it is now
        return EndingReading{.asked = request.read(), .way = request.way, .protectedNames = std::move(names)};
    };
    QtConcurrent::run(look).then(this, [this](const EndingReading &reading) {
        Q_EMIT done(reading);
        m_requests.pop_front(); // only now: whoever asks meanwhile comes after it
        if (!m_requests.empty()) {
            readNext();
        }
    });
}

} // namespace Quay
