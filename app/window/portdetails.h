// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/usernames.h"
#include "core/base/result.h"
#include "core/ports/portsnapshot.h"
#include "core/processes/environment.h"

#include <QList>
#include <QWidget>

#include <cstdint>
#include <memory>
#include <vector>

#include <sys/types.h>

class QAction;
class QBoxLayout;
class QLabel;
class QScrollArea;
class QStackedWidget;
class QVBoxLayout;

namespace Quay {

class AncestryTree;
class EnvironmentView;
class PortFacts;
class WarningWidget;
class WrappedText;

/// What is to be known about all that the details show.
enum class DetailsNote : std::uint8_t
{
    None,
    Gone, ///< It is no longer so.
    Filtered, ///< It is not in the list.
};

/// Everything about the selected port: warnings, facts, why it runs, what else the process holds, its environment.
class PortDetails : public QWidget
{
    Q_OBJECT
public:
    /// @p actions: buttons on top; they belong to whoever made them. @p viewer: who looks, for what they may read.
    PortDetails(const QList<QAction *> &actions, uid_t viewer, QWidget *parent = nullptr,
                std::shared_ptr<UserNames> users = std::make_shared<UserNames>());

    /// Shows a listener of @p snapshot. Null: nothing is selected.
    void setListener(const ListenerPtr &listener, const PortSnapshotPtr &snapshot,
                     DetailsNote note = DetailsNote::None);
    /// Keeps what is shown.
    void setNote(DetailsNote note);

    [[nodiscard]] const ListenerPtr &listener() const { return m_listener; }
    void setEnvironment(ProcessId process, const Result<std::vector<EnvironmentVariable>> &environment);

Q_SIGNALS:
    void environmentWanted(Quay::ProcessId process);
    void backRequested();
    void processMenuRequested(const Quay::ProcessInfoPtr &process, const QPoint &position);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *setupHeader(const QList<QAction *> &actions);
    [[nodiscard]] QWidget *setupContent();
    [[nodiscard]] QWidget *setupWhy();
    void showTitle(const Listener &listener);
    void showWarnings(const std::vector<Warning> &warnings);
    void showOwners(const Listener &listener);
    void showSockets(const Listener &listener, const PortSnapshot &snapshot);
    void offerEnvironment(const Listener &listener);

    uid_t m_viewer;
    ListenerPtr m_listener;
    std::shared_ptr<UserNames> m_users; ///< never null
    QStackedWidget *m_stack = nullptr;
    QScrollArea *m_scroll = nullptr;
    QLabel *m_title = nullptr;
    QLabel *m_subtitle = nullptr;
    QLabel *m_note = nullptr;
    QVBoxLayout *m_warningLayout = nullptr;
    std::vector<WarningWidget *> m_warnings;
    QBoxLayout *m_columns = nullptr;
    PortFacts *m_facts = nullptr;
    QLabel *m_whyTitle = nullptr;
    AncestryTree *m_why = nullptr;
    QLabel *m_whyNote = nullptr;
    QLabel *m_ownersTitle = nullptr;
    WrappedText *m_owners = nullptr;
    QLabel *m_ownersNote = nullptr;
    QLabel *m_socketsTitle = nullptr;
    WrappedText *m_sockets = nullptr;
    EnvironmentView *m_environment = nullptr;
};

} // namespace Quay
