// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <chrono>
#include <optional>

class QCheckBox;
class QComboBox;
class QSpinBox;

namespace Quay {

/// How somebody is to be asked to end: with which signal, how long until it is killed, and whether its connections may
/// end first.
class EndingChoices : public QWidget
{
    Q_OBJECT
public:
    explicit EndingChoices(QWidget *parent = nullptr);

    /// Nothing: with the one that its kind wants.
    [[nodiscard]] std::optional<int> signal() const;
    [[nodiscard]] std::chrono::seconds grace() const;
    /// Nothing: its connections are not waited for.
    [[nodiscard]] std::optional<std::chrono::seconds> drain() const;

    /// Leaves the wheel to what scrolls the choices, unless it turns over the one that has the keyboard.
    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    /// signal() is another one by now.
    void signalChanged();
    /// drain() is another one by now.
    void drainChanged();

private:
    QComboBox *m_signal;
    QSpinBox *m_grace;
    QCheckBox *m_drains;
    QSpinBox *m_drain;
};

} // namespace Quay
