// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/usernames.h"

#include "app/shared/format.h"

#include <cerrno>
#include <cstddef>
#include <vector>

#include <pwd.h>

namespace Quay {

namespace {

constexpr std::size_t FirstBufferBytes = 1024;
constexpr std::size_t BufferLimitBytes = std::size_t{1} << 20U;

} // namespace

QString lookUpUserName(uid_t uid)
{
    for (std::vector<char> buffer(FirstBufferBytes); buffer.size() <= BufferLimitBytes;
         buffer.resize(buffer.size() * 2)) {
        passwd entry{};
        passwd *found = nullptr;
        const int failure = ::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found);
        if (failure != ERANGE) {
            return found != nullptr ? shownText(found->pw_name) : QString::number(uid);
        }
    }
    return QString::number(uid);
}

QString UserNames::name(uid_t uid)
{
    const auto known = m_names.find(uid);
    return known != m_names.end() ? known->second : m_names.emplace(uid, find(uid)).first->second;
}

QString UserNames::find(uid_t uid)
{
    return lookUpUserName(uid);
}

} // namespace Quay
