// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

#include <KMessageWidget>

#include <map>

class QVBoxLayout;

namespace Quay {

/**
 * What must be said, in place: messages above the page, closed by the user.
 *
 * A message has an id; showing it again replaces its text.
 */
class MessageBar : public QWidget
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    /// What came of something that the user did: said each time, whether or not it was closed before.
    void showAnswer(const QString &id, KMessageWidget::MessageType type, const QString &text);
    /// How things are: once closed it comes back only with another text.
    void showState(const QString &id, KMessageWidget::MessageType type, const QString &text);
    void dismiss(const QString &id);

    /// The text of a message that is shown, empty otherwise.
    [[nodiscard]] QString messageText(const QString &id) const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QVBoxLayout *m_layout;
    std::map<QString, KMessageWidget *> m_messages;
};

} // namespace Quay
