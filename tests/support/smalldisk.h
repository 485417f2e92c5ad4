// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace Quay::Test {

/// A small file system in the place of a directory, for this process and its children alone. Needs a privilege.
class SmallDisk
{
public:
    /// @p flags, @p options: as mount(2) takes them for a tmpfs: `size=64k`.
    SmallDisk(std::string directory, unsigned long flags, const std::string &options);
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    ~SmallDisk();

    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] bool grow(const std::string &options) const;

private:
    std::string m_directory;
    bool m_isMounted = false;
};

} // namespace Quay::Test
