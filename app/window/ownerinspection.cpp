// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/ownerinspection.h"

#include "app/shared/privilegedtext.h"
#include "app/widgets/icons.h"
#include "core/control/privilegedclient.h"
#include "core/control/privilegedcontract.h"

#include <QAction>

#include <algorithm>
#include <iterator>
#include <ranges>

namespace Quay {

namespace {

bool isHiddenSocket(const ListenerPtr &listener)
{
    const bool isHidden =
        listener->knowledge == OwnerKnowledge::Hidden || listener->knowledge == OwnerKnowledge::InferredFromUnit;
    return isHidden && listener->socket.inode != 0;
}

} // namespace

OwnerInspection::OwnerInspection(PrivilegedClient *client, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_action(new QAction(themedIcon(QStringLiteral("dialog-password")), tr("A&uthenticate"), this))
{
    m_action->setObjectName(QStringLiteral("authenticate"));
    m_action->setToolTip(tr("Has an administrator's password asked for, and then names the hidden owners"));
    m_action->setVisible(m_client != nullptr);
    connect(m_action, &QAction::triggered, this, &OwnerInspection::ask);
    updateAction();
}

OwnerInspection::~OwnerInspection()
{
    if (m_request) {
        m_client->cancel(*m_request);
    }
}

void OwnerInspection::setSnapshot(const PortSnapshotPtr &snapshot)
{
    m_hidden.clear();
    auto inodes = snapshot->listeners | std::views::filter(isHiddenSocket)
        | std::views::transform([](const ListenerPtr &listener) { return listener->socket.inode; })
        | std::views::take(MostInspectedSockets);
    std::ranges::copy(inodes, std::back_inserter(m_hidden));
    updateAction();
}

void OwnerInspection::updateAction()
{
    m_action->setEnabled(m_client != nullptr && !m_hidden.empty() && !m_request);
}

void OwnerInspection::ask()
{
    m_request = m_client->request(InspectSocketsAction, toArguments(InspectRequest{.inodes = m_hidden}),
                                  [this](const Result<QVariantMap> &reply) { take(reply); });
    updateAction();
}

void OwnerInspection::take(const Result<QVariantMap> &reply)
{
    m_request.reset();
    updateAction();
    const auto holders = reply.and_then(inspectAnswerFrom);
    if (!holders) {
        Q_EMIT failed(tr("The hidden owners cannot be named. %1").arg(privilegedErrorText(holders.error())));
    } else if (holders->empty()) {
        Q_EMIT failed(tr("No process was found that holds these ports: they belong to the kernel, or to a container."));
    } else {
        Q_EMIT told(*holders);
    }
}

} // namespace Quay
