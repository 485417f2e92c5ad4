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
 * What must be said, in place: messages above the page, each shown once and closed by the user.
 *
 * A message has an id; showing it again replaces its text, and brings it back only when the text is another one than
 * the one that was closed.
 */
class MessageBar : public QWidget
{
    Q_OBJECT
public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showMessage(const QString &id, KMessageWidget::MessageType type, const QString &text);
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
