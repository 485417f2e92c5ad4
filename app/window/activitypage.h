// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/again/startingagain.h"
#include "core/base/result.h"
#include "core/history/audithistory.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace Quay {

class ActivityModel;
class ActivityReader;
class BackgroundUserNames;
class EmptyState;
class ManagerService;
class ServiceManagers;

/// The page of what was ended: by whom, when, and what came of it. Reads the log only while somebody sees it.
class ActivityPage : public QWidget
{
    Q_OBJECT
public:
    explicit ActivityPage(QWidget *parent = nullptr);
    ~ActivityPage() override;

    void setHistory(const Result<AuditHistory> &history);
    /// The attempts whose processes and services can be started again.
    void setKept(std::vector<std::string> attempts);
    /// Who is asked to start services; those of this machine, unless a test has others.
    void setManagers(std::unique_ptr<ServiceManagers> managers);
    void focusSearch();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void setupList();
    void setupLayout();
    void applyFilter();
    /// Where the list has lost its current row: that of @p attempt, else the first.
    void selectAgain(const QString &attempt);
    void showSelection();
    void startAgain();
    /// That is over, and @p text says how it went.
    void noteAnswer(const QString &text);
    [[nodiscard]] std::string selectedAttempt() const;
    void showNote();
    void showWhatFits();

    std::shared_ptr<BackgroundUserNames> m_users;
    ActivityReader *m_reader;
    std::optional<Error> m_failure;
    QTimer m_typing;
    ActivityModel *m_model;
    QLineEdit *m_search;
    QToolButton *m_onlyAttention;
    QToolButton *m_again;
    std::vector<std::string> m_kept;
    std::unique_ptr<ManagerService> m_managers; ///< Made when it is first needed.
    QString m_startedText; ///< What came of starting again.
    std::string m_asked; ///< The attempt that is being started again; empty: none is.
    QPointer<QWidget> m_standIn; ///< Has the keyboard focus while the button cannot be pressed.
    std::string m_taken; ///< The one whose ports somebody else was found to have.
    std::uint64_t m_skippedLines = 0;
    QTreeView *m_view;
    QPlainTextEdit *m_details;
    QLabel *m_note;
    EmptyState *m_empty;
    QStackedWidget *m_stack;
};

} // namespace Quay
