// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/control/containerhost.h"

#include <QObject>
#include <QTest>

#include <string>

using Quay::ContainerHost;

class tst_ContainerHost : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void cgroupTellsTheHost_data();
    void cgroupTellsTheHost();
};

void tst_ContainerHost::cgroupTellsTheHost_data()
{
    QTest::addColumn<std::string>("path");
    QTest::addColumn<ContainerHost>("host");
    QTest::addColumn<std::string>("command");
    const std::string id(64, '4');
    const std::string shortId(12, '4');
    const auto row = [](const char *name, const std::string &path, ContainerHost host, const std::string &command) {
        QTest::newRow(name) << path << host << command;
    };
    row("Docker", "/system.slice/docker-" + id + ".scope", ContainerHost::Engine, "");
    row("Podman", "/machine.slice/libpod-" + id + ".scope/container", ContainerHost::Engine, "");
    row("nobody says", "/somewhere/" + id, ContainerHost::Unknown, "");
    row("pod, systemd driver",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0a1b2c3d_4e5f.slice/cri-containerd-" + id
            + ".scope",
        ContainerHost::Kubernetes, "");
    row("pod, cgroupfs driver", "/kubepods/besteffort/pod0a1b2c3d-4e5f/" + id, ContainerHost::Kubernetes, "");
    row("pod, run by Docker", "/kubepods.slice/kubepods-pod0a1b.slice/docker-" + id + ".scope",
        ContainerHost::Kubernetes, "");
    row("pod of a node in a container",
        "/docker/" + std::string(64, 'a') + "/kubelet.slice/kubelet-kubepods.slice/crio-" + id + ".scope",
        ContainerHost::Kubernetes, "");
    row("CRI-O", "/system.slice/crio-" + id + ".scope", ContainerHost::Kubernetes, "");
    row("nerdctl", "/system.slice/nerdctl-" + id + ".scope", ContainerHost::Containerd, "nerdctl stop " + shortId);
    row("LXC", "/lxc.payload.web/system.slice/nginx.service", ContainerHost::Lxc, "lxc-stop --name web");
    row("nspawn, a unit", "/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service",
        ContainerHost::Nspawn, "machinectl poweroff web");
    row("nspawn, a scope", "/machine.slice/machine-web\\x2d1.scope/payload", ContainerHost::Nspawn,
        "machinectl poweroff web-1");
}

void tst_ContainerHost::cgroupTellsTheHost()
{
    QFETCH(const std::string, path);
    QFETCH(const ContainerHost, host);
    QFETCH(const std::string, command);

    const auto unit = Quay::unitFromCgroupPath(path);

    QCOMPARE(unit.kind, Quay::UnitKind::Container);
    QCOMPARE(containerHostOf(unit), host);
    QCOMPARE(stopCommandOf(unit), command);
    QCOMPARE(canBeAsked(host), host == ContainerHost::Engine || host == ContainerHost::Unknown);
}

QTEST_GUILESS_MAIN(tst_ContainerHost)
#include "tst_containerhost.moc"
