// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/listener.h"

#include <QString>

#include <vector>

#include <sys/types.h>

namespace Quay {

/// What the user typed and clicked to narrow the list down. A plain value.
struct PortFilter
{
    QString text; ///< `:3000`, `:3000-3010`, `pid:4711`, `user:root`, `unit:docker`, words: all must match.
    bool tcp = true;
    bool udp = true;
    bool onlyMine = false;
    bool onlyNetwork = false; ///< Exclusive with onlyThisMachine.
    bool onlyThisMachine = false;
    bool hideSystemServices = false;
    uid_t myUid = 0;

    bool operator==(const PortFilter &) const = default;
};

/// A PortFilter made ready: texts folded, terms parsed.
class PortMatcher
{
public:
    explicit PortMatcher(const PortFilter &filter);

    [[nodiscard]] bool matches(const Listener &listener) const;

private:
    struct Term
    {
        enum class Field
        {
            Anything,
            Port,
            Pid,
            User,
            Unit,
            Project,
            Kind,
            Address,
        };
        Field field = Field::Anything;
        QString text;
        int first = 0;
        int last = 0;
    };
    PortFilter m_filter;
    std::vector<Term> m_terms;
};

} // namespace Quay
