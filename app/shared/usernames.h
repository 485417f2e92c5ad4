// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <unordered_map>
#include <utility>

#include <sys/types.h>
#include <unistd.h>

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
    UserNames(const UserNames &) = delete;
    UserNames &operator=(const UserNames &) = delete;
    virtual ~UserNames() = default;
    /// Knows some names, and who looks, beforehand: a test's own.
    explicit UserNames(std::unordered_map<uid_t, QString> known, uid_t viewer = ::geteuid())
        : m_names(std::move(known))
        , m_viewer(viewer)
    {
    }

    /// The name; the number as text when nobody is called so.
    [[nodiscard]] QString name(uid_t uid);
    /// Who looks: what is hidden, and why, is told to him.
    [[nodiscard]] uid_t viewer() const { return m_viewer; }

protected:
    /// Asked once for each user. What it returns is kept, until learn() knows better.
    [[nodiscard]] virtual QString find(uid_t uid);
    void learn(uid_t uid, const QString &name) { m_names.insert_or_assign(uid, name); }

private:
    std::unordered_map<uid_t, QString> m_names;
    uid_t m_viewer = ::geteuid();
};

/**
 * Asks the system for the name of a user, which may take as long as a directory server does. The number as text when
 * nobody is called so.
 *
 * Threads: any.
 */
[[nodiscard]] QString lookUpUserName(uid_t uid);

} // namespace Quay
