// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/portactions.h"

#include "app/shared/format.h"
#include "app/widgets/icons.h"
#include "app/window/desktop.h"
#include "core/kernel/ipaddress.h"
#include "core/kernel/netinterface.h"
#include "core/kernel/proccmdline.h"
#include "core/kernel/socketaddress.h"
#include "core/kernel/socketrecord.h"

#include <QAction>
#include <QFile>
#include <QKeySequence>

#include <algorithm>

namespace Quay {

namespace {

constexpr int HttpsPort = 443;
constexpr int OtherHttpsPort = 8443;

bool hasWarning(const Listener &listener, WarningKind kind)
{
    return std::ranges::contains(listener.warnings, kind, &Warning::kind);
}

/// The address to connect to: an address that means "all" is none.
QString reachableAddress(const IpAddress &address)
{
    if (isAny(address)) {
        return address.family == IpFamily::V4 ? QStringLiteral("127.0.0.1") : QStringLiteral("::1");
    }
    return QString::fromStdString(toString(unmapped(address)));
}

/// Whether a URL can lead there, which names no interface: a link-local address is none without its own.
bool hasUrl(const SocketRecord &socket)
{
    const auto &address = socket.localAddress;
    const bool isLocalhost = isAny(address) || isLoopback(address);
    return socket.protocol == Protocol::Tcp && !isLinkLocal(address)
        && (!isLocalhost || takesLoopback(socket.interfaceIndex));
}

} // namespace

QUrl browserUrl(const Listener &listener)
{
    const auto port = listener.socket.localPort;
    QString host = reachableAddress(listener.socket.localAddress);
    const bool isLocalhost = host == QLatin1String("127.0.0.1") || host == QLatin1String("::1");
    if (isLocalhost && !hasWarning(listener, WarningKind::SplitBrain)) {
        host = QStringLiteral("localhost");
    }
    const bool isHttps = port == HttpsPort || port == OtherHttpsPort;
    QUrl url;
    url.setScheme(isHttps ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(host);
    url.setPort(port);
    return url;
}

PortActions::PortActions(Desktop *desktop, QObject *parent)
    : QObject(parent)
    , m_desktop(desktop)
    , m_openInBrowser(addAction(QStringLiteral("openInBrowser"), QStringLiteral("internet-web-browser"),
                                tr("Open in &browser"), &PortActions::openInBrowser))
    , m_openFolder(addAction(QStringLiteral("openFolder"), QStringLiteral("folder-open"), tr("Open &folder"),
                             &PortActions::openFolder))
    , m_openTerminal(addAction(QStringLiteral("openTerminal"), QStringLiteral("utilities-terminal"),
                               tr("Open &terminal there"), &PortActions::openTerminal))
    , m_copyAddress(addAction(QStringLiteral("copyAddress"), QStringLiteral("edit-copy"), tr("Copy &address"),
                              &PortActions::copyAddress))
    , m_copyPid(addAction(QStringLiteral("copyPid"), {}, tr("Copy &pid"), &PortActions::copyPid))
    , m_copyCommand(addAction(QStringLiteral("copyCommand"), {}, tr("Copy co&mmand"), &PortActions::copyCommand))
    , m_copyRow(addAction(QStringLiteral("copyRow"), {}, tr("Copy &row"), &PortActions::copyRow))
{
    m_openInBrowser->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_B));
    m_copyRow->setShortcut(QKeySequence::Copy);
    updateEnabled();
}

QAction *PortActions::addAction(const QString &name, const QString &icon, const QString &text,
                                void (PortActions::*act)())
{
    auto *action = new QAction(text, this);
    action->setObjectName(name);
    if (!icon.isEmpty()) {
        action->setIcon(themedIcon(icon));
    }
    connect(action, &QAction::triggered, this, act);
    return action;
}

void PortActions::setListener(const ListenerPtr &listener, const QString &rowText)
{
    m_listener = listener;
    m_rowText = rowText;
    updateEnabled();
}

void PortActions::updateEnabled()
{
    const bool hasOwner = m_listener && !m_listener->owners.empty();
    m_openInBrowser->setEnabled(m_listener && hasUrl(m_listener->socket));
    m_openFolder->setEnabled(!workingDirectory().isEmpty());
    m_openTerminal->setEnabled(!workingDirectory().isEmpty());
    m_copyAddress->setEnabled(m_listener != nullptr);
    m_copyPid->setEnabled(hasOwner);
    m_copyCommand->setEnabled(hasOwner && !m_listener->owners.front().process->arguments.empty());
    m_copyRow->setEnabled(m_listener != nullptr);
}

QList<QAction *> PortActions::openActions() const
{
    return {m_openInBrowser, m_openFolder, m_openTerminal};
}

QList<QAction *> PortActions::copyActions() const
{
    return {m_copyAddress, m_copyPid, m_copyCommand, m_copyRow};
}

QString PortActions::workingDirectory() const
{
    if (!m_listener || m_listener->owners.empty()) {
        return {};
    }
    const auto &profile = *m_listener->owners.front().profile;
    const auto &directory = profile.workingDirectory;
    return directory && !directory->isDeleted && !profile.isDirectoryElsewhere
        ? QFile::decodeName(directory->path.c_str())
        : QString();
}

void PortActions::openInBrowser()
{
    const auto url = browserUrl(*m_listener);
    if (!m_desktop->openUrl(url)) {
        Q_EMIT failed(tr("No browser could be opened for %1.").arg(url.toString()));
    }
}

void PortActions::openFolder()
{
    if (!m_desktop->openUrl(QUrl::fromLocalFile(workingDirectory()))) {
        Q_EMIT failed(tr("No file manager could be opened for %1.")
                          .arg(shownText(QFile::encodeName(workingDirectory()).toStdString())));
    }
}

void PortActions::openTerminal()
{
    const auto command = terminalCommand(workingDirectory(), qEnvironmentVariable("TERMINAL"),
                                         [this](const QString &name) { return m_desktop->findProgram(name); });
    if (!command) {
        Q_EMIT failed(tr("No terminal was found. Set the variable TERMINAL to the one you use."));
    } else if (!m_desktop->start(*command)) {
        Q_EMIT failed(tr("The terminal %1 could not be started.").arg(command->program));
    }
}

void PortActions::copyAddress()
{
    const auto &socket = m_listener->socket;
    const auto interface = isLinkLocal(socket.localAddress) ? m_listener->interfaceName : std::string();
    m_desktop->copyText(shownText(endpointText(socket.localAddress, socket.localPort, interface)));
}

void PortActions::copyPid()
{
    m_desktop->copyText(QString::number(m_listener->owners.front().process->id.pid));
}

void PortActions::copyCommand()
{
    // Made safe as for the eyes: pasted into a terminal, a line break in it would run what precedes it.
    m_desktop->copyText(shownText(joinArguments(m_listener->owners.front().process->arguments)));
}

void PortActions::copyRow()
{
    m_desktop->copyText(m_rowText);
}

} // namespace Quay
