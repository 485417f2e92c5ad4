// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <unordered_map>
#include <utility>

#include <sys/types.h>

namespace Quay {

/**
 * Names of users by their number, each looked up once.
 *
 * A look-up may ask a directory server, so only ask for users that are shown.
 *
 * Source:  getpwuid_r(3).
 * Threads: not shared.
 */
class UserNames
{
public:
    UserNames() = default;
    /// Knows some names beforehand: a test's own.
    explicit UserNames(std::unordered_map<uid_t, QString> known)
        : m_names(std::move(known))
    {
    }

    /// The name; the number as text when nobody is called so.
    [[nodiscard]] QString name(uid_t uid);

private:
    std::unordered_map<uid_t, QString> m_names;
};

} // namespace Quay
