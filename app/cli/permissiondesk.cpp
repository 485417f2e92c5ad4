// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/permissiondesk.h"

#include "app/cli/authority.h"
#include "app/cli/command.h"
#include "app/shared/privilegedtext.h"
#include "core/control/ending.h"

#include <algorithm>
#include <expected>
#include <utility>

namespace Quay {

namespace {

bool isRefused(const TargetProgress &target)
{
    return target.stage == TargetStage::NeedsPermission;
}

} // namespace

PermissionDesk::PermissionDesk(CommandContext &context, PermissionRequests::Signalled signalled)
    : m_context(context)
    , m_signalled(std::move(signalled))
{
}

void PermissionDesk::note(const EndingReport &report)
{
    if (!m_requests && !m_hasNobody && std::ranges::any_of(report.targets, isRefused)) {
        open();
    }
    if (m_requests) {
        m_requests->note(report.id, report);
    }
    for (const auto &target : report.targets) {
        if (m_hasNobody && isRefused(target)) {
            m_signalled(report.id, target.process->id, std::unexpected(*target.signals.back().error));
        }
    }
}

void PermissionDesk::process()
{
    if (m_requests) {
        m_context.authority.process();
    }
}

void PermissionDesk::open()
{
    const auto client = m_context.authority.client();
    if (client) {
        m_requests.emplace(**client, m_signalled);
    } else {
        complain(m_context, privilegedErrorText(client.error()));
        m_hasNobody = true;
    }
}

} // namespace Quay
