// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/kernel/procfs.h"
#include "core/kernel/selfcost.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <optional>

namespace Quay {

/// What this program costs, and whether it costs battery.
struct SelfReport
{
    std::optional<SelfCostSample> cost; ///< Unknown without a readable /proc.
    bool isOnBattery = false;
};

/**
 * Measures this program's own cost now and then, off the GUI thread.
 *
 * It has no timer: whoever has a reason to be awake calls update(), and most calls do nothing.
 *
 * Threads: GUI.
 */
class SelfWatch : public QObject
{
    Q_OBJECT
public:
    explicit SelfWatch(QObject *parent = nullptr);

    /// Measures, unless it did so a moment ago or is still at it.
    void update();

Q_SIGNALS:
    void measured(const Quay::SelfReport &report);

private:
    struct Meter
    {
        explicit Meter(ProcFs files);
        ProcFs proc;
        SelfCost cost;
    };
    [[nodiscard]] static SelfReport measure(const std::shared_ptr<Meter> &meter);

    std::shared_ptr<Meter> m_meter; ///< Null without /proc. Used by one measurement at a time.
    QElapsedTimer m_last;
    bool m_isMeasuring = false;
};

} // namespace Quay
