// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/processes/environment.h"

#include <QWidget>

#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace Quay {

/// The environment of a process, on demand. What looks like a secret stays masked until its own Show is pressed.
class EnvironmentView : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentView(QWidget *parent = nullptr);

    /// Forgets what is shown when it is another process. Nothing: there is none that may be read; @p reason says why.
    void setProcess(std::optional<ProcessId> process, const QString &reason);
    /// The answer to wanted(). Dropped when another process was set meanwhile.
    void setEnvironment(ProcessId process, const Result<std::vector<EnvironmentVariable>> &environment);

Q_SIGNALS:
    void wanted(Quay::ProcessId process);

private:
    void addVariable(const EnvironmentVariable &variable);
    void mask(QTreeWidgetItem *item, const QString &name, const QString &value);
    void fitHeight();

    std::optional<ProcessId> m_process;
    QPushButton *m_button;
    QLabel *m_note;
    QTreeWidget *m_list;
};

} // namespace Quay
