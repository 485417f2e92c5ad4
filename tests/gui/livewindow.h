// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portmodelroles.h"
#include "app/window/aboutdialog.h"
#include "app/window/mainwindow.h"
#include "app/window/portspage.h"
#include "app/window/portview.h"
#include "core/ports/portscanner.h"
#include "tests/gui/fakedesktop.h"
#include "tests/support/testserver.h"

#include <QFile>
#include <QGuiApplication>
#include <QModelIndex>
#include <QString>
#include <QTemporaryDir>
#include <QTest>

#include <KAboutData>

#include <cstdint>
#include <memory>

namespace Quay::Test {

constexpr int LookTimeoutMs = 30'000; // two sanitized programs may share each core

/// The window as the program opens it, on a real display, with its scanner and with settings and records of its own.
class LiveWindow
{
public:
    static constexpr const char *NoDisplay = "no X display: set DISPLAY, for example with xvfb-run and openbox";
    static constexpr const char *NotActive = "is there a window manager on this display?";

    [[nodiscard]] static bool hasDisplay() { return QGuiApplication::platformName() == QLatin1String("xcb"); }

    /// Whether it is there and has the keyboard. @p client: see MainWindow.
    [[nodiscard]] bool open(PrivilegedClient *client = nullptr)
    {
        KAboutData::setApplicationData(aboutData());
        m_directory = std::make_unique<QTemporaryDir>();
        qputenv("XDG_STATE_HOME", QFile::encodeName(m_directory->path()));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(m_directory->path()));
        m_scanner = std::make_unique<PortScanner>();
        m_window =
            std::make_unique<MainWindow>(m_scanner.get(), &m_desktop, path(QStringLiteral("window.json")), client);
        m_window->show();
        return QTest::qWaitForWindowActive(m_window.get());
    }
    void close()
    {
        m_window.reset();
        m_scanner.reset();
    }

    [[nodiscard]] MainWindow *window() const { return m_window.get(); }
    [[nodiscard]] PortView *view() const { return m_window->portsPage()->view(); }
    [[nodiscard]] FakeDesktop &desktop() { return m_desktop; }
    /// Of a file where the window keeps what is its own.
    [[nodiscard]] QString path(const QString &name) const { return m_directory->filePath(name); }

    /// Where a server is in the list; invalid while it is not.
    [[nodiscard]] QModelIndex row(const TestServer &server, int column = PortModelColumn::Port) const
    {
        return row(server.port(), column);
    }
    /// The same, of whoever holds that port.
    [[nodiscard]] QModelIndex row(std::uint16_t port, int column = PortModelColumn::Port) const
    {
        const auto *model = view()->model();
        for (int i = 0; i < model->rowCount(); ++i) {
            const auto index = model->index(i, PortModelColumn::Port);
            if (index.data().toInt() == port) {
                return index.siblingAtColumn(column);
            }
        }
        return {};
    }

private:
    std::unique_ptr<QTemporaryDir> m_directory;
    FakeDesktop m_desktop;
    std::unique_ptr<PortScanner> m_scanner;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace Quay::Test
