// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/selfwatch.h"

#include "core/kernel/powersupply.h"

#include <QFuture>
#include <QtConcurrentRun>

#include <chrono>
#include <utility>

namespace Quay {

namespace {

/// Often enough to be true, seldom enough to cost nothing and not to flicker.
constexpr std::chrono::milliseconds MeasureInterval{3000};

} // namespace

SelfWatch::Meter::Meter(ProcFs files)
    : proc(std::move(files))
    , cost(proc)
{
}

SelfWatch::SelfWatch(QObject *parent)
    : QObject(parent)
{
    if (auto proc = ProcFs::open()) {
        m_meter = std::make_shared<Meter>(std::move(*proc));
    }
}

SelfReport SelfWatch::measure(const std::shared_ptr<Meter> &meter)
{
    SelfReport report;
    if (meter) {
        if (const auto sample = meter->cost.sample()) {
            report.cost = *sample;
        }
    }
    report.isOnBattery = isOnBattery().value_or(false);
    return report;
}

void SelfWatch::update()
{
    if (m_isMeasuring || (m_last.isValid() && m_last.durationElapsed() < MeasureInterval)) {
        return;
    }
    m_isMeasuring = true;
    m_last.start();
    QtConcurrent::run(&SelfWatch::measure, m_meter).then(this, [this](const SelfReport &report) {
        m_isMeasuring = false;
        Q_EMIT measured(report);
    });
}

} // namespace Quay
