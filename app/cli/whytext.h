// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/ports/listener.h"

#include <QString>

#include <memory>
#include <vector>

namespace Quay {

class UserNames;

/// A process with all the sockets that it was asked about, or sockets whose owner is not known.
struct WhySubject
{
    ProcessInfoPtr process; ///< Null when nobody may or can be named.
    std::shared_ptr<const OwnerProfile> profile; ///< Null when process is, or when it has just ended.
    std::vector<ListenerPtr> listeners; ///< never null
    ProjectPtr project; ///< Of the sockets where those were asked about, else of the process. Null: none.
    const ServerKind *kind = nullptr; ///< Likewise; belongs to the profile or to a listener.
};

/// Listeners by the process that holds them: one server with an IPv4 and an IPv6 socket is one subject.
[[nodiscard]] std::vector<WhySubject> subjectsOf(const std::vector<ListenerPtr> &listeners);

/// All that is known about a subject, over several lines.
[[nodiscard]] QString whyText(const WhySubject &subject, const OutputTraits &traits, UserNames &users,
                              const Clock &clock);

} // namespace Quay
