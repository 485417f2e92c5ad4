// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/unit.h"

#include "core/kernel/proccgroup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <sys/types.h>

namespace Quay {

namespace {

constexpr std::size_t ContainerIdLength = 64; // every runtime of the OCI family uses a SHA-256 in hexadecimal
constexpr std::size_t ShortIdLength = 12; // what `docker ps` and `podman ps` print
constexpr std::string_view DeletedSuffix = " (deleted)"; // cgroup_path_ns() of a cgroup that was removed
constexpr std::string_view ScopeSuffix = ".scope";
constexpr std::string_view ServiceSuffix = ".service";
constexpr std::string_view SocketSuffix = ".socket";
constexpr std::string_view ManagersScope = "init.scope";

/// What stands before the id in the names that a runtime gives its cgroups.
struct RuntimePrefix
{
    std::string_view prefix;
    std::string_view runtime;
};

constexpr std::array RuntimePrefixes{
    RuntimePrefix{.prefix = "docker", .runtime = "docker"},
    RuntimePrefix{.prefix = "libpod", .runtime = "podman"},
    RuntimePrefix{.prefix = "libpod-payload", .runtime = "podman"},
    RuntimePrefix{.prefix = "cri-containerd", .runtime = "containerd"},
    RuntimePrefix{.prefix = "nerdctl", .runtime = "containerd"},
    RuntimePrefix{.prefix = "crio", .runtime = "cri-o"},
};

struct ContainerName
{
    std::string_view runtime;
    std::string name;
    std::string_view id;
};

/// The segments that were passed on the way to the present one.
struct Way
{
    std::string_view parent;
    std::string_view runtimeHint; ///< By a directory above, for segments that are a bare id.
    bool isInUserManager = false;
};

std::optional<unsigned> hexDigit(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return static_cast<unsigned>(digit - '0');
    }
    if (digit >= 'a' && digit <= 'f') {
        return static_cast<unsigned>(digit - 'a') + 10U;
    }
    return std::nullopt;
}

bool isContainerId(std::string_view text)
{
    return text.size() == ContainerIdLength
        && std::ranges::all_of(text, [](char digit) { return hexDigit(digit).has_value(); });
}

std::optional<std::string_view> between(std::string_view text, std::string_view prefix, std::string_view suffix)
{
    if (text.size() <= prefix.size() + suffix.size() || !text.starts_with(prefix) || !text.ends_with(suffix)) {
        return std::nullopt;
    }
    return text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
}

/// Undoes unit_name_escape() of systemd. `\x00` stays: no name can hold a NUL, so somebody made it up.
std::string unescaped(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        if (text.size() >= 4 && text.starts_with("\\x")) {
            const auto high = hexDigit(text[2]);
            const auto low = hexDigit(text[3]);
            if (high && low && (*high != 0 || *low != 0)) {
                result += static_cast<char>((*high << 4U) | *low);
                text.remove_prefix(4);
                continue;
            }
        }
        result += text.front();
        text.remove_prefix(1);
    }
    return result;
}

std::optional<uid_t> userNumber(std::string_view text)
{
    uid_t uid = 0;
    const char *const last = std::to_address(text.end());
    const auto [end, error] = std::from_chars(std::to_address(text.begin()), last, uid);
    if (error != std::errc{} || end != last) {
        return std::nullopt;
    }
    return uid;
}

std::optional<uid_t> userOf(std::string_view segment)
{
    if (const auto number = between(segment, "user-", ".slice")) {
        return userNumber(*number);
    }
    if (const auto number = between(segment, "user@", ServiceSuffix)) {
        return userNumber(*number);
    }
    return std::nullopt;
}

std::string_view runtimeHintOf(std::string_view segment)
{
    if (segment == "docker" || segment == "ecs") {
        return "docker";
    }
    if (segment == "libpod_parent") {
        return "podman";
    }
    // With the cgroupfs driver the path does not say which runtime the kubelet uses.
    return segment.starts_with("kubepods") ? "kubernetes" : std::string_view();
}

std::string_view runtimeOfPrefix(std::string_view prefix)
{
    const auto *const found = std::ranges::find(RuntimePrefixes, prefix, &RuntimePrefix::prefix);
    return found == RuntimePrefixes.end() ? std::string_view() : found->runtime;
}

ContainerName containerWithId(std::string_view runtime, std::string_view id)
{
    return {.runtime = runtime, .name = std::string(id.substr(0, ShortIdLength)), .id = id};
}

/// `docker-ID.scope`, `libpod-ID`, `kubepods-pod1.slice:cri-containerd:ID`, or a bare ID.
std::optional<ContainerName> ociContainer(std::string_view segment, std::string_view runtimeHint)
{
    if (segment.ends_with(ScopeSuffix)) {
        segment.remove_suffix(ScopeSuffix.size());
    }
    if (isContainerId(segment)) {
        return containerWithId(runtimeHint, segment);
    }
    if (segment.size() <= ContainerIdLength + 1) {
        return std::nullopt;
    }
    const auto id = segment.substr(segment.size() - ContainerIdLength);
    const char separator = segment[segment.size() - ContainerIdLength - 1];
    if (!isContainerId(id) || (separator != '-' && separator != ':')) {
        return std::nullopt;
    }
    auto prefix = segment.substr(0, segment.size() - ContainerIdLength - 1);
    if (separator == ':') {
        prefix = prefix.substr(prefix.rfind(':') + 1);
    }
    const auto runtime = runtimeOfPrefix(prefix);
    if (runtime.empty()) {
        return std::nullopt; // libpod-conmon-ID, crio-conmon-ID: what watches over the container, not the container
    }
    return containerWithId(runtime, id);
}

/// `machine-NAME.scope` as systemd-machined names it. Virtual machines have such scopes too.
std::optional<ContainerName> machineContainer(std::string_view escapedName)
{
    const std::string name = unescaped(escapedName);
    if (name.starts_with("qemu-")) {
        return std::nullopt;
    }
    if (const std::string_view libvirt("lxc-"); name.starts_with(libvirt)) {
        const auto dash = std::min(name.find('-', libvirt.size()), name.size() - 1);
        const std::string domain = name.substr(dash + 1);
        return ContainerName{.runtime = "lxc", .name = domain.empty() ? name : domain, .id = {}};
    }
    return ContainerName{.runtime = "nspawn", .name = name, .id = {}};
}

std::optional<ContainerName> containerOf(std::string_view segment, const Way &way)
{
    if (auto container = ociContainer(segment, way.runtimeHint)) {
        return container;
    }
    if (const auto name = between(segment, "lxc.payload.", "")) {
        return ContainerName{.runtime = "lxc", .name = std::string(*name), .id = {}};
    }
    if (way.parent == "lxc" || way.parent == "lxc.payload") {
        return ContainerName{.runtime = "lxc", .name = std::string(segment), .id = {}};
    }
    if (const auto name = between(segment, "systemd-nspawn@", ServiceSuffix)) {
        return ContainerName{.runtime = "nspawn", .name = unescaped(*name), .id = {}};
    }
    if (const auto name = between(segment, "machine-", ScopeSuffix)) {
        return machineContainer(*name);
    }
    return std::nullopt;
}

void noteUser(UnitInfo &unit, std::string_view segment)
{
    if (const auto uid = userOf(segment)) {
        unit.user = uid;
    }
}

void noteUnit(UnitInfo &unit, std::string_view segment, Way &way)
{
    // cg_escape() of systemd puts a `_` before names that the kernel could take for its own.
    if (segment.starts_with('_')) {
        segment.remove_prefix(1);
    }
    const bool isService =
        between(segment, "", ServiceSuffix).has_value() || between(segment, "", SocketSuffix).has_value();
    const bool isScope = between(segment, "", ScopeSuffix).has_value();
    if (!isService && !isScope) {
        return;
    }
    if (way.isInUserManager && segment == ManagersScope) {
        return; // the user's systemd itself: it is user@1000.service
    }
    const auto serviceKind = way.isInUserManager ? UnitKind::UserService : UnitKind::SystemService;
    unit.kind = isService ? serviceKind : UnitKind::Scope;
    unit.name = unescaped(segment);
    way.isInUserManager = way.isInUserManager || between(segment, "user@", ServiceSuffix).has_value();
}

void noteContainer(UnitInfo &unit, const ContainerName &container)
{
    unit.kind = UnitKind::Container;
    unit.name = container.name;
    unit.containerRuntime = std::string(container.runtime);
    unit.containerId = std::string(container.id);
}

} // namespace

UnitInfo unitFromCgroupPath(std::string_view path)
{
    UnitInfo unit;
    unit.path = std::string(path);
    if (path.ends_with(DeletedSuffix)) {
        path.remove_suffix(DeletedSuffix.size());
    }
    Way way;
    while (!path.empty()) {
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
        if (segment.empty() || segment == "..") {
            continue; // `..`: above the root of our cgroup namespace
        }
        if (const auto container = containerOf(segment, way)) {
            noteContainer(unit, *container);
        } else if (unit.kind != UnitKind::Container) { // its own units and users mean nothing outside of it
            noteUser(unit, segment);
            noteUnit(unit, segment, way);
        }
        const auto hint = runtimeHintOf(segment);
        way.runtimeHint = hint.empty() ? way.runtimeHint : hint;
        way.parent = segment;
    }
    return unit;
}

bool isServiceManagersCgroup(std::string_view path)
{
    if (path.ends_with(DeletedSuffix)) {
        path.remove_suffix(DeletedSuffix.size());
    }
    const auto segment = path.substr(path.rfind('/') + 1);
    return segment == ManagersScope || between(segment, "", SocketSuffix).has_value();
}

UnitInfo unitFromCgroup(const ProcCgroup &cgroup)
{
    std::optional<UnitInfo> best;
    for (const auto *const path : {&cgroup.unified, &cgroup.named, &cgroup.controller}) {
        if (!path->has_value()) {
            continue;
        }
        auto unit = unitFromCgroupPath(**path);
        if (unit.kind == UnitKind::Container) {
            return unit;
        }
        if (!best || (best->kind == UnitKind::None && unit.kind != UnitKind::None)) {
            best = std::move(unit);
        }
    }
    return best.value_or(UnitInfo{});
}

} // namespace Quay
