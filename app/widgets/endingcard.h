// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QFrame>
#include <QString>

#include <cstdint>
#include <optional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace Quay {

class EndingChoices;
class WrappedText;

/**
 * What happens to something that is to end, in place: the question, the time that is left, and how it went.
 *
 * It comes and changes by itself, maybe below a pointer that is about to click something else: for as long as a double
 * click takes, its buttons take no click then.
 */
class EndingCard : public QFrame
{
    Q_OBJECT
public:
    enum class State : std::uint8_t
    {
        Question,
        UnderWay,
        Done,
        Failed,
    };
    struct Content
    {
        State state = State::UnderWay;
        QString title;
        QString text; ///< One line for each process and port.
        QString agreeButton; ///< Of a question; empty: there is only the offer.
        QString offerButton; ///< What can be done instead. Empty: nothing.
        bool hasChoices = false; ///< Of a question: how they are to be asked.
        QString againButton; ///< To have it back. Empty: that cannot be.
        bool hasLog = false; ///< Of what was started again.
        bool canForce = false; ///< While it is under way.
        std::optional<double> share; ///< Of the time that it is given, 0 to 1; nothing: none is.

        bool operator==(const Content &) const = default;
    };

    explicit EndingCard(QWidget *parent = nullptr);

    void setContent(const Content &content);
    /// What was chosen, as long as the question stands.
    [[nodiscard]] const EndingChoices &choices() const { return *m_choices; }
    /// Whether it has stood still for long enough.
    [[nodiscard]] bool takesClicks() const;

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void agreed();
    void offerTaken();
    void startAgainRequested();
    void logRequested();
    void forceRequested();
    void leaveRequested();
    void dismissed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    Content m_content;
    QElapsedTimer m_still; ///< Since it came, moved or changed.
    QLabel *m_icon;
    QLabel *m_title;
    WrappedText *m_text;
    EndingChoices *m_choices;
    QProgressBar *m_progress;
    QPushButton *m_agree;
    QPushButton *m_offer;
    QPushButton *m_force;
    QPushButton *m_leave;
    QPushButton *m_cancel;
    QPushButton *m_again;
    QPushButton *m_log;
    QToolButton *m_close;
};

} // namespace Quay
