// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/models/portcolumns.h"
#include "app/window/windowstate.h"
#include "core/base/error.h"
#include "core/ports/portsnapshot.h"
#include "core/ports/toldholders.h"
#include "core/processes/environment.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <optional>

class QAction;
class QMenu;
class QStackedWidget;

namespace Quay {

class BackgroundUserNames;
class Desktop;
class DetailsSplitter;
class EndingActions;
class Endings;
class EndingStrip;
class HiddenOwnersNote;
class MessageBar;
class NoPorts;
class OwnerInspection;
class PortActions;
class PortDetails;
class PortFilterBar;
class PortModel;
class PortView;
class PrivilegedClient;
class SelectedPort;

/// The page of ports: what narrows the list down, the list, and everything about the selected row.
class PortsPage : public QWidget
{
    Q_OBJECT
public:
    /// @p desktop and @p client outlive it. A null @p client: nothing is offered that needs more rights than ours.
    explicit PortsPage(Desktop *desktop, PrivilegedClient *client = nullptr, QWidget *parent = nullptr);
    ~PortsPage() override;

    void setSnapshot(const PortSnapshotPtr &snapshot);
    /// A look is over, whether or not anything changed: time went by, and what failed before works again.
    void noteLook();
    /// The ports could not be read at all.
    void setFailure(const Error &error);
    void setEnvironment(ProcessId process, const Result<std::vector<EnvironmentVariable>> &environment);

    [[nodiscard]] PortsPageState state() const;
    void restore(const PortsPageState &state);

    void focusSearch();
    void setDetailsShown(bool shown);
    void setDetailsBeside(bool beside);

    [[nodiscard]] PortView *view() const { return m_view; }
    [[nodiscard]] PortFilterBar *filterBar() const { return m_filterBar; }
    [[nodiscard]] MessageBar *messages() const { return m_messages; }
    /// For the menu bar, and the same as in the menu of a row.
    [[nodiscard]] QList<QAction *> rowActions() const;
    /// Stop and the like, for the same places.
    [[nodiscard]] QList<QAction *> endingActions() const;
    [[nodiscard]] QAction *authenticateAction() const;

Q_SIGNALS:
    void countsChanged(int shown, int total);
    void lookRequested();
    void demoRequested();
    /// The owners of the port whose details are open are not known for sure.
    void ownersWanted();
    void environmentWanted(Quay::ProcessId process);
    /// The helper has named owners that are hidden from us.
    void ownersTold(const std::vector<Quay::ToldHolder> &holders);
    void detailsShownChanged(bool shown);
    void stateEdited();

private:
    void setupView();
    void setupEndings(Desktop *desktop);
    void setupInspection();
    void setupDetails();
    void setupEmptyState();
    void setupLayout();
    void applyFilter();
    /// A column that is shown or hidden is one more or one less to search in.
    void noteLayoutEdit();
    void openDetails();
    void goToList();
    void showRowMenu(const QPoint &position);
    void showWhatFits();
    void showNotes();

    PortSnapshotPtr m_snapshot;
    std::optional<Error> m_failure;
    ColumnMask m_searchedColumns = AllColumns;
    bool m_hidesServices = false;
    std::shared_ptr<BackgroundUserNames> m_users;
    PortModel *m_model;
    PortView *m_view;
    PortFilterBar *m_filterBar;
    PortActions *m_actions;
    Endings *m_endings;
    EndingActions *m_endingActions;
    EndingStrip *m_endingStrip;
    PortDetails *m_details = nullptr;
    std::unique_ptr<SelectedPort> m_selected; ///< Gone before what it shows.
    OwnerInspection *m_inspection;
    MessageBar *m_messages;
    NoPorts *m_empty;
    HiddenOwnersNote *m_note;
    QStackedWidget *m_stack;
    DetailsSplitter *m_splitter = nullptr; ///< Between the list and the details.
};

} // namespace Quay
