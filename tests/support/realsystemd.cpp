// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/realsystemd.h"

#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

namespace Quay::Test {

namespace {

constexpr const char *Program = "/usr/lib/systemd/systemd";

// Both are run with the directory as $0. What they print goes into a file there.

/// Pid 1 of its enclosure. It is not to take a chroot for an obstacle, and generators cannot be fenced off in one. It
/// looks for the bus below /run, and we for the same socket in the directory.
constexpr const char *BootMachine = R"(
mkdir -p /run/systemd/system /run/dbus
cp "$0"/units/* /run/systemd/system
mount --bind "$0" /run/dbus
exec env -i container=quaymaster PATH="$PATH" SYSTEMD_IGNORE_CHROOT=1 SYSTEMD_IN_CHROOT=0 \
    SYSTEMD_GENERATOR_PATH=/nonexistent SYSTEMD_ENVIRONMENT_GENERATOR_PATH=/nonexistent \
    /usr/lib/systemd/systemd --system --unit=test.target >"$0/log" 2>&1
)";

/// In the cgroup that the machine's systemd gives it, without which its services look like those of the machine. It
/// wants to see that the machine has one.
constexpr const char *BootUser = R"(
user=$(id --user)
cgroup=/sys/fs/cgroup/user.slice/user-$user.slice/user@$user.service
mkdir -p /run/systemd/system "$cgroup" "$0/systemd"
cp --recursive "$0/units" "$0/systemd/user"
echo $$ >"$cgroup/cgroup.procs"
env -i HOME="$0" PATH="$PATH" XDG_RUNTIME_DIR="$0" \
    /usr/lib/systemd/systemd --user --unit=test.target >"$0/log" 2>&1 &
wait
)";

constexpr std::string_view Alone = "[Unit]\nDefaultDependencies=no\n"; // of all else that a machine starts

void write(const std::filesystem::path &file, std::string_view text)
{
    std::ofstream(file) << text;
}

/// The bus that systemd listens for, and a target that has all units started once it is there.
void writeUnits(const std::filesystem::path &directory, BusKind kind, const std::map<std::string, std::string> &units)
{
    const std::string alone(Alone);
    const std::string socket = kind == BusKind::User ? "%t/bus" : "/run/dbus/system_bus_socket";
    const std::string type = kind == BusKind::User ? "--session" : "--system";
    std::string wanted = "dbus.service";
    for (const auto &[name, text] : units) {
        write(directory / name, alone + text);
        const auto service = name.rfind(".service");
        if (service == std::string::npos || !units.contains(name.substr(0, service) + ".socket")) {
            wanted += ' ' + name;
        }
    }
    write(directory / "dbus.socket", alone + "[Socket]\nListenStream=" + socket + '\n');
    write(directory / "dbus.service",
          alone + "Requires=dbus.socket\n[Service]\nType=notify\nExecStart=/usr/bin/dbus-daemon " + type
              + " --address=systemd: --nofork --nopidfile\n");
    write(directory / "test.target", alone + "Requires=" + wanted + "\nAfter=dbus.service\n");
}

} // namespace

RealSystemd::RealSystemd(Enclosure enclosure, BusKind kind, std::string busAddress)
    : m_enclosure(std::move(enclosure))
    , m_kind(kind)
    , m_busAddress(std::move(busAddress))
{
}

Result<RealSystemd> RealSystemd::start(BusKind kind, const std::string &directory,
                                       const std::map<std::string, std::string> &units)
{
    std::error_code error;
    if (!std::filesystem::exists(Program, error)) {
        return fail(ErrorCode::Unsupported, "systemd");
    }
    const std::filesystem::path unitDirectory = directory + "/units";
    std::filesystem::create_directory(unitDirectory, error);
    writeUnits(unitDirectory, kind, units);
    const bool isUsers = kind == BusKind::User;
    auto enclosure = Enclosure::start({"sh", "-c", isUsers ? BootUser : BootMachine, directory});
    if (!enclosure) {
        return std::unexpected(enclosure.error());
    }
    return RealSystemd(*std::move(enclosure), kind,
                       "unix:path=" + directory + (isUsers ? "/bus" : "/system_bus_socket"));
}

bool RealSystemd::answers() const
{
    const BusObject manager{.destination = "org.freedesktop.systemd1",
                            .path = "/org/freedesktop/systemd1",
                            .interface = "org.freedesktop.systemd1.Manager"};
    auto bus = BusConnection::open(m_kind, m_busAddress);
    return bus && bus->text(manager, "Version", [] { return true; });
}

} // namespace Quay::Test
