// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/authority.h"

#include "app/cli/privilegedmodule.h"
#include "core/control/privilegedclient.h"

#include <QCoreApplication>

#include <unistd.h>

namespace Quay {

HelperAuthority::HelperAuthority()
    : m_module(QStringLiteral("quay-privileged"))
{
}

HelperAuthority::~HelperAuthority() = default;

Result<PrivilegedClient *> HelperAuthority::client()
{
    if (m_client) {
        return m_client.get();
    }
    const auto module = m_module.load<PrivilegedModule>();
    if (!module) {
        return std::unexpected(module.error());
    }
    if (::isatty(STDIN_FILENO) != 0) {
        m_agent.emplace();
    }
    m_client = (*module)->createClient();
    return m_client.get();
}

void HelperAuthority::process()
{
    QCoreApplication::processEvents();
}

} // namespace Quay
