// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/processes/processid.h"

#include <QDBusArgument>
#include <QDBusContext>
#include <QList>
#include <QMap>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QVariantMap>

#include <functional>

#include <sys/types.h>

namespace Quay::Test {

/// polkit's structure (sa{sv}): a process or a user.
struct PolkitSubject
{
    QString kind;
    QVariantMap details;
};
using PolkitIdentity = PolkitSubject;

QDBusArgument &operator<<(QDBusArgument &argument, const PolkitSubject &subject);
const QDBusArgument &operator>>(const QDBusArgument &argument, PolkitSubject &subject);

/**
 * What a desktop has to ask for passwords: polkit asks it, and it answers as the test says. It may say that the
 * password was right, because it belongs to root.
 */
class PolkitAgent : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.PolicyKit1.AuthenticationAgent")
public:
    enum class Answer
    {
        RightPassword,
        WrongPassword,
        Cancelled,
        Nothing, ///< The prompt stays open.
    };

    PolkitAgent();
    ~PolkitAgent() override;

    /// Whether polkit has read the file that describes it.
    [[nodiscard]] static bool isKnownAction(const QString &action);

    /// Lets polkit know that it is asked for what @p process of @p uid wants. Empty, or what went wrong.
    [[nodiscard]] QString serve(ProcessId process, uid_t uid);

    Answer answer = Answer::RightPassword;
    std::function<void()> beforeAnswer; ///< While the prompt is open.
    QStringList asked; ///< Actions.
    QStringList failures; ///< What polkit said to a right password.

public Q_SLOTS:
    // NOLINTBEGIN(readability-identifier-naming): polkit's names
    void BeginAuthentication(const QString &action, const QString &message, const QString &icon,
                             const QMap<QString, QString> &details, const QString &cookie,
                             const QList<Quay::Test::PolkitIdentity> &identities);
    void CancelAuthentication(const QString &cookie);
    // NOLINTEND(readability-identifier-naming)

private:
    uint m_uid = 0; ///< polkit takes the agent for that of its subject's user.
};

} // namespace Quay::Test

Q_DECLARE_METATYPE(Quay::Test::PolkitSubject)
