// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/powersupply.h"

#include "core/base/readfile.h"

#include <filesystem>
#include <string_view>
#include <system_error>

namespace Quay {

namespace {

/// The text of an attribute without its newline. Empty where there is none: a supply may vanish while it is read.
std::string attribute(const std::filesystem::path &supply, const char *name)
{
    auto text = readFile((supply / name).string()).value_or(std::string());
    while (text.ends_with('\n')) {
        text.pop_back();
    }
    return text;
}

bool isMains(std::string_view type)
{
    return type == "Mains" || type == "USB" || type == "Wireless";
}

} // namespace

Result<bool> isOnBattery(const std::string &directory)
{
    std::error_code error;
    bool discharges = false;
    bool knowsAnything = false;
    const std::filesystem::directory_iterator end;
    for (std::filesystem::directory_iterator entry(directory, error); !error && entry != end; entry.increment(error)) {
        const auto &supply = entry->path();
        const auto type = attribute(supply, "type");
        if (attribute(supply, "scope") == "Device") {
            continue;
        }
        if (isMains(type)) {
            if (attribute(supply, "online") == "1") {
                return false;
            }
            knowsAnything = true;
        } else if (type == "Battery") {
            discharges = discharges || attribute(supply, "status") == "Discharging";
            knowsAnything = true;
        }
    }
    if (!knowsAnything) {
        return fail(ErrorCode::Unsupported, directory, error.value());
    }
    return discharges;
}

} // namespace Quay
