// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proccgroup.h"
#include "core/processes/unit.h"

#include <QObject>
#include <QTest>

#include <optional>
#include <string>

#include <sys/types.h>

namespace {

const std::string Id = "3f1c0a5be8a14f0d9c2b7a6e5d4c3b2a1908f7e6d5c4b3a29180706f5e4d3c2b";
const std::string ShortId = Id.substr(0, 12);

} // namespace

class tst_Unit : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void unitIsReadFromThePath_data();
    void unitIsReadFromThePath();
    void containerIsReadFromThePath_data();
    void containerIsReadFromThePath();
    void pathThatSaysNothingIsNoUnit_data();
    void pathThatSaysNothingIsNoUnit();
    void userIsReadFromThePath_data();
    void userIsReadFromThePath();
    void serviceManagerOpensSocketsThere_data();
    void serviceManagerOpensSocketsThere();
    void containerInAnyHierarchyWins();
    void firstHierarchyWithAUnitWins();
    void processWithoutHierarchyHasNoUnit();
};

void tst_Unit::unitIsReadFromThePath_data()
{
    using enum Quay::UnitKind;
    QTest::addColumn<std::string>("path");
    QTest::addColumn<Quay::UnitKind>("kind");
    QTest::addColumn<std::string>("name");
    const std::string user = "/user.slice/user-1000.slice/user@1000.service";
    const auto row = [](const char *name, const std::string &path, Quay::UnitKind kind, const char *unit) {
        QTest::addRow("%s", name) << path << kind << std::string(unit);
    };
    row("system service", "/system.slice/postgresql.service", SystemService, "postgresql.service");
    row("template", "/system.slice/system-getty.slice/getty@tty1.service", SystemService, "getty@tty1.service");
    row("escaped", "/system.slice/system-postgresql.slice/postgresql@16\\x2dmain.service", SystemService,
        "postgresql@16-main.service");
    row("below a service", "/system.slice/containerd.service/helper", SystemService, "containerd.service");
    row("removed", "/system.slice/old.service (deleted)", SystemService, "old.service");
    row("above our namespace", "/../../system.slice/ssh.service", SystemService, "ssh.service");
    row("escaped for the kernel", "/system.slice/_cgroup.service", SystemService, "cgroup.service");
    row("socket", "/system.slice/ssh.socket", SystemService, "ssh.socket");
    row("user's socket", user + "/app.slice/podman.socket", UserService, "podman.socket");
    row("pid 1", "/init.scope", Scope, "init.scope");
    row("user's systemd", user + "/init.scope", SystemService, "user@1000.service");
    row("user service", user + "/app.slice/pipewire.service", UserService, "pipewire.service");
    row("user's session slice", user + "/session.slice/plasma-plasmashell.service", UserService,
        "plasma-plasmashell.service");
    row("application", user + "/app.slice/app-gnome-code-4711.scope", Scope, "app-gnome-code-4711.scope");
    row("application, escaped", user + "/app.slice/app-org.kde.konsole\\x2dfoo-1.scope", Scope,
        "app-org.kde.konsole-foo-1.scope");
    row("tmux", user + "/tmux-spawn-12345678-9abc-def0-1234-56789abcdef0.scope", Scope,
        "tmux-spawn-12345678-9abc-def0-1234-56789abcdef0.scope");
    row("login session", "/user.slice/user-1000.slice/session-3.scope", Scope, "session-3.scope");
    row("container's monitor", "/machine.slice/libpod-conmon-" + Id + ".scope", Scope,
        ("libpod-conmon-" + Id + ".scope").c_str());
    row("virtual machine", "/machine.slice/machine-qemu\\x2d1\\x2dwin.scope", Scope, "machine-qemu-1-win.scope");
    row("incomplete escape", "/system.slice/a\\x2.service", SystemService, "a\\x2.service");
    row("escape of a NUL", "/system.slice/a\\x00b.service", SystemService, "a\\x00b.service");
    row("escape of a line break", "/system.slice/a\\x0ab.service", SystemService, "a\nb.service");
    row("bytes that are no text", "/system.slice/\xff\x1b[31m.service", SystemService, "\xff\x1b[31m.service");
    row("v1 named hierarchy", "/user.slice/user-0.slice/session-1.scope", Scope, "session-1.scope");
}

void tst_Unit::unitIsReadFromThePath()
{
    QFETCH(const std::string, path);
    QFETCH(const Quay::UnitKind, kind);
    QFETCH(const std::string, name);

    const auto unit = Quay::unitFromCgroupPath(path);

    QCOMPARE(unit.name, name);
    QCOMPARE(unit.kind, kind);
    QCOMPARE(unit.path, path);
    QVERIFY(unit.containerRuntime.empty());
    QVERIFY(unit.containerId.empty());
}

void tst_Unit::containerIsReadFromThePath_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("runtime");
    QTest::addColumn<std::string>("name");
    QTest::addColumn<std::string>("id");
    const auto row = [](const char *name, const std::string &path, const char *runtime) {
        QTest::addRow("%s", name) << path << std::string(runtime) << ShortId << Id;
    };
    const auto named = [](const char *name, const std::string &path, const char *runtime, const char *container) {
        QTest::addRow("%s", name) << path << std::string(runtime) << std::string(container) << std::string();
    };
    const std::string user = "/user.slice/user-1000.slice/user@1000.service/user.slice";
    row("docker, cgroupfs", "/docker/" + Id, "docker");
    row("docker, systemd", "/system.slice/docker-" + Id + ".scope", "docker");
    row("docker, rootless", user + "/docker-" + Id + ".scope", "docker");
    row("docker, systemd inside", "/docker/" + Id + "/system.slice/nginx.service", "docker");
    row("podman", "/machine.slice/libpod-" + Id + ".scope", "podman");
    row("podman, sub-group", "/machine.slice/libpod-" + Id + ".scope/container", "podman");
    row("podman, rootless", user + "/libpod-" + Id + ".scope", "podman");
    row("podman, cgroupfs", "/libpod_parent/libpod-" + Id, "podman");
    row("podman, bare id", "/libpod_parent/" + Id, "podman");
    row("podman, in a service", "/system.slice/web.service/libpod-payload-" + Id, "podman");
    row("containerd, k8s",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-" + Id + ".scope",
        "containerd");
    row("containerd, colons", "/system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:" + Id,
        "containerd");
    row("cri-o", "/kubepods.slice/kubepods-pod1.slice/crio-" + Id + ".scope", "cri-o");
    row("kubernetes, cgroupfs", "/kubepods/burstable/pod0a1b/" + Id, "kubernetes");
    row("nerdctl", "/system.slice/nerdctl-" + Id + ".scope", "containerd");
    row("unknown runtime", "/somewhere/" + Id, "");
    row("innermost", "/docker/" + std::string(64, 'a') + "/kubelet/kubepods/pod1/cri-containerd-" + Id + ".scope",
        "containerd");
    named("LXC", "/lxc.payload.web", "lxc", "web");
    named("LXC, systemd inside", "/lxc.payload.web/system.slice/nginx.service", "lxc", "web");
    named("LXC, older", "/lxc/101/ns", "lxc", "101");
    named("LXC, older payload", "/lxc.payload/web", "lxc", "web");
    named("libvirt LXC", "/machine.slice/machine-lxc\\x2d4242\\x2dweb.scope", "lxc", "web");
    named("libvirt LXC without a domain", "/machine.slice/machine-lxc\\x2d4242\\x2d.scope", "lxc", "lxc-4242-");
    named("nspawn, machined", "/machine.slice/machine-debian\\x2dsid.scope/payload", "nspawn", "debian-sid");
    named("nspawn, service", "/machine.slice/systemd-nspawn@web\\x2d1.service/payload", "nspawn", "web-1");
}

void tst_Unit::containerIsReadFromThePath()
{
    QFETCH(const std::string, path);
    QFETCH(const std::string, runtime);
    QFETCH(const std::string, name);
    QFETCH(const std::string, id);

    const auto unit = Quay::unitFromCgroupPath(path);

    QCOMPARE(unit.kind, Quay::UnitKind::Container);
    QCOMPARE(unit.containerRuntime, runtime);
    QCOMPARE(unit.name, name);
    QCOMPARE(unit.containerId, id);
}

void tst_Unit::pathThatSaysNothingIsNoUnit_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addRow("root") << std::string("/");
    QTest::addRow("empty") << std::string();
    QTest::addRow("slices only") << std::string("/system.slice");
    QTest::addRow("monitor of LXC") << std::string("/lxc.monitor.web");
    QTest::addRow("suffix alone") << std::string("/.service");
    QTest::addRow("id too short") << "/elsewhere/" + Id.substr(1);
    QTest::addRow("id with a foreign digit") << "/elsewhere/" + Id.substr(1) + "g";
    QTest::addRow("id in capitals") << "/elsewhere/" + std::string(64, 'A');
    QTest::addRow("slashes") << std::string(1000, '/');
    QTest::addRow("very long") << "/" + std::string(100'000, 'x');
}

void tst_Unit::pathThatSaysNothingIsNoUnit()
{
    QFETCH(const std::string, path);

    const auto unit = Quay::unitFromCgroupPath(path);

    QCOMPARE(unit.kind, Quay::UnitKind::None);
    QVERIFY(unit.name.empty());
    QCOMPARE(unit.path, path);
}

void tst_Unit::userIsReadFromThePath_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::optional<uid_t>>("user");
    const auto row = [](const char *name, const std::string &path, std::optional<uid_t> user) {
        QTest::addRow("%s", name) << path << user;
    };
    row("slice", "/user.slice/user-1000.slice", 1000);
    row("service alone", "/user@1001.service/app.slice", 1001);
    row("rootless container", "/user.slice/user-1000.slice/user@1000.service/docker-" + Id + ".scope", 1000);
    row("user of a container", "/docker/" + Id + "/user.slice/user-7.slice/session-1.scope", std::nullopt);
    row("system service", "/system.slice/ssh.service", std::nullopt);
    row("not a number", "/user.slice/user-x.slice", std::nullopt);
    row("too big", "/user.slice/user-4294967296.slice", std::nullopt);
    row("negative", "/user.slice/user--1.slice", std::nullopt);
}

void tst_Unit::userIsReadFromThePath()
{
    QFETCH(const std::string, path);
    QFETCH(const std::optional<uid_t>, user);

    QCOMPARE(Quay::unitFromCgroupPath(path).user, user);
}

void tst_Unit::serviceManagerOpensSocketsThere_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<bool>("expected");
    const auto row = [](const std::string &path, bool expected) {
        QTest::addRow("%s", path.c_str()) << path << expected;
    };
    row("/init.scope", true);
    row("/user.slice/user-1000.slice/user@1000.service/init.scope", true);
    row("/system.slice/ssh.socket", true);
    row("/system.slice/ssh.socket (deleted)", true);
    row("/system.slice/ssh.service", false);
    row("/system.slice/init.scope/below", false);
    row("/my-init.scope", false);
    row("/.socket", false);
    row("/", false);
    row("", false);
}

void tst_Unit::serviceManagerOpensSocketsThere()
{
    QFETCH(const std::string, path);
    QFETCH(const bool, expected);

    QCOMPARE(Quay::isServiceManagersCgroup(path), expected);
}

void tst_Unit::containerInAnyHierarchyWins()
{
    const Quay::ProcCgroup cgroup{
        .unified = "/system.slice/docker.service", .named = "/", .controller = "/docker/" + Id};

    const auto unit = Quay::unitFromCgroup(cgroup);

    QCOMPARE(unit.kind, Quay::UnitKind::Container);
    QCOMPARE(unit.containerId, Id);
}

void tst_Unit::firstHierarchyWithAUnitWins()
{
    const Quay::ProcCgroup cgroup{
        .unified = "/", .named = "/system.slice/ssh.service", .controller = "/system.slice/other.service"};

    const auto unit = Quay::unitFromCgroup(cgroup);

    QCOMPARE(unit.name, std::string("ssh.service"));
}

void tst_Unit::processWithoutHierarchyHasNoUnit()
{
    QVERIFY(Quay::unitFromCgroup(Quay::ProcCgroup{}) == Quay::UnitInfo{});
}

QTEST_GUILESS_MAIN(tst_Unit)
#include "tst_unit.moc"
