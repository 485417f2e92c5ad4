// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/models/backgroundusernames.h"

#include "core/base/aside.h"

#include <QPromise>
#include <QString>
#include <QThread>

#include <tuple>
#include <utility>

#include <sys/types.h>

namespace Quay {

BackgroundUserNames::BackgroundUserNames(LookUp lookUp)
    : m_lookUp(std::move(lookUp))
{
    connect(&m_answers, &QFutureWatcherBase::resultReadyAt, this,
            [this](int index) { take(m_answers.resultAt(index)); });
    connect(&m_answers, &QFutureWatcherBase::finished, this, &BackgroundUserNames::ask);
}

QString BackgroundUserNames::find(uid_t uid)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_wanted.push_back(uid);
    if (m_wanted.size() == 1 && m_answers.isFinished()) {
        QMetaObject::invokeMethod(this, &BackgroundUserNames::ask, Qt::QueuedConnection); // all of a look together
    }
    return QString::number(uid);
}

void BackgroundUserNames::ask()
{
    if (m_wanted.empty() || !m_answers.isFinished()) {
        return;
    }
    QPromise<Answer> promise;
    promise.start();
    m_answers.setFuture(promise.future());
    // Without a thread the promise is broken, which ends it: the numbers stay.
    std::ignore =
        runAside([uids = std::exchange(m_wanted, {}), lookUp = m_lookUp, promise = std::move(promise)]() mutable {
            for (const uid_t uid : uids) {
                promise.addResult(Answer(uid, lookUp(uid)));
            }
            promise.finish();
        });
}

void BackgroundUserNames::take(const Answer &answer)
{
    if (answer.second != name(answer.first)) {
        learn(answer.first, answer.second);
        Q_EMIT learned();
    }
}

} // namespace Quay
