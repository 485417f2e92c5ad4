// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QVariantMap>

#include <KAuth/ActionReply>

namespace Quay {

/**
 * What polkit lets somebody have done as root. Each slot is an action of org.quaymaster.helper.actions, and is called
 * once polkit has agreed, which may be minutes after it was asked for: nothing is taken to be as it was then.
 *
 * Whatever is done or refused is written to the system's log.
 */
class Helper : public QObject
{
    Q_OBJECT
public:
    [[nodiscard]] bool event(QEvent *event) override;

public Q_SLOTS:
    // KAuth finds them by the ends of the actions' names, which are lower case.
    KAuth::ActionReply signalprocess(const QVariantMap &arguments); // NOLINT(readability-identifier-naming)
    KAuth::ActionReply inspectsockets(const QVariantMap &arguments); // NOLINT(readability-identifier-naming)
};

} // namespace Quay
