// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/control/servicemanagers.h"
#include "core/control/servicestops.h"

#include <QString>

#include <vector>

namespace Quay {

// What is said about whoever runs what is to be ended, in the window and on the command line. Fit to be shown.

/// `the unit app.service`, `the container web`
[[nodiscard]] QString serviceText(const ManagedService &service);
/// `the unit app.service and the container web`
[[nodiscard]] QString servicesText(const std::vector<ManagedService> &services);

/// What there is to know before it is stopped, as a sentence: `app.service restarts by itself (on-failure), and
/// app.socket starts it when somebody connects: both are stopped.`
[[nodiscard]] QString serviceFactsText(const ManagedService &service);

/// What came of stopping one.
struct ServiceStopLine
{
    QString text; ///< `The unit app.service was stopped.`
    bool isGood = false;
};

/// Of each of @p services that was stopped, and, where that is not all, why the next one was not.
[[nodiscard]] std::vector<ServiceStopLine> serviceStopLines(const std::vector<ManagedService> &services,
                                                            const ServiceStops &stops);

/// What is offered about @p reviver, on a button: `Stop the &unit app.service`
[[nodiscard]] QString offerText(const Reviver &reviver);

/// Why a manager does not do, or does not tell, what it was asked, as a sentence.
[[nodiscard]] QString managerErrorText(const Error &error);

} // namespace Quay
