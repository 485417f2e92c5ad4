// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/noports.h"

#include "app/shared/listenertext.h"

namespace Quay {

NoPorts::NoPorts(QWidget *parent)
    : EmptyState(parent)
{
    connect(this, &EmptyState::buttonPressed, this, [this] { Q_EMIT(this->*m_request)(); });
}

void NoPorts::sayFailed(const Error &error)
{
    m_request = &NoPorts::lookRequested;
    setContent({.iconName = QStringLiteral("dialog-warning"),
                .title = tr("The ports cannot be read"),
                .text = errorText(error),
                .button = tr("&Look again")});
}

void NoPorts::sayFiltered(int total)
{
    m_request = &NoPorts::clearRequested;
    setContent({.iconName = QStringLiteral("edit-find"),
                .title = tr("No port matches"),
                .text = tr("%Ln port(s) are open, but the search and the filters leave none of them.", nullptr, total),
                .button = tr("&Clear the filter")});
}

void NoPorts::sayNoneIsOpen()
{
    m_request = &NoPorts::demoRequested;
    setContent({.iconName = QStringLiteral("org.quaymaster.Quaymaster"),
                .title = tr("No port is open"),
                .text = tr("Here stands every port that a program of this machine listens on, and why it runs. Start a "
                           "server and it appears by itself, or try it out with a few demonstration servers "
                           "(quaymaster --demo)."),
                .button = tr("&Start demonstration servers")});
}

} // namespace Quay
