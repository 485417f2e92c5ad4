// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ports/portscanner.h"

#include <QMainWindow>
#include <QString>
#include <QTimer>

class QStackedWidget;

namespace Quay {

class ActivityPage;
class CostLine;
class DemoServers;
class Desktop;
class PaceKeeper;
class PortsPage;
class PrivilegedClient;
class SelfWatch;
class Sidebar;

/// The window: its pages, menus and status bar. What a page does is the page's business.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// @p scanner: null in tests that hand snapshots to the page. @p stateFile: see windowStateFile().
    /// @p client: as for PortsPage.
    MainWindow(PortScanner *scanner, Desktop *desktop, const QString &stateFile, PrivilegedClient *client = nullptr);
    ~MainWindow() override;

    /// Adds a page; the sidebar shows as soon as there are two.
    void addPage(QWidget *page, const QIcon &icon, const QString &title);
    [[nodiscard]] PortsPage *portsPage() const { return m_portsPage; }

    void showSnapshot(const PortSnapshotPtr &snapshot);
    void startDemo();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;

private:
    void setupPages();
    void setupScanner();
    void setupFileMenu();
    void setupPortMenu();
    void setupViewMenu();
    void setupFilterMenus(QMenu *view);
    void setupHelpMenu();
    void focusSearch();
    void setupState();
    void readEnvironment(ProcessId process);
    void saveState();

    PortScanner *m_scanner;
    QString m_stateFile;
    QTimer m_saveLater;
    Sidebar *m_sidebar;
    QStackedWidget *m_pages;
    PortsPage *m_portsPage;
    ActivityPage *m_activityPage;
    CostLine *m_costLine;
    SelfWatch *m_selfWatch;
    PaceKeeper *m_paceKeeper;
    DemoServers *m_demo;
};

} // namespace Quay
