// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/usernames.h"

#include <QFutureWatcher>
#include <QObject>
#include <QString>

#include <functional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace Quay {

/**
 * Names of users for a window: nobody waits for them. Until a name is there, the number stands for it.
 *
 * getpwuid_r() cannot be interrupted and takes as long as a directory server does. It runs on a thread of its own that
 * is left behind when nobody is interested any more; all that it touches is shared with it.
 *
 * Threads: GUI.
 */
class BackgroundUserNames : public QObject, public UserNames
{
    Q_OBJECT
public:
    using LookUp = std::function<QString(uid_t)>;
    /// @p lookUp runs on another thread, also after this object has gone.
    explicit BackgroundUserNames(LookUp lookUp = lookUpUserName);

Q_SIGNALS:
    /// A user reads differently from now on.
    void learned();

protected:
    [[nodiscard]] QString find(uid_t uid) override;

private:
    using Answer = std::pair<uid_t, QString>;
    void ask();
    void take(const Answer &answer);

    LookUp m_lookUp;
    std::vector<uid_t> m_wanted; ///< Not asked for yet.
    QFutureWatcher<Answer> m_answers;
};

} // namespace Quay
