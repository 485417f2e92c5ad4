// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/costline.h"

#include "app/shared/format.h"
#include "app/widgets/tabularfigures.h"

#include <QLocale>
#include <QStringList>

namespace Quay {

namespace {

QString millisecondsText(std::chrono::nanoseconds time)
{
    const auto milliseconds = std::chrono::duration<double, std::milli>(time).count();
    return CostLine::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', 1));
}

} // namespace

CostLine::CostLine(QWidget *parent)
    : QLabel(parent)
{
    setObjectName(QStringLiteral("costLine"));
    setAccessibleName(tr("Status"));
    setTextFormat(Qt::PlainText);
    useTabularFigures(this);
    setToolTip(tr("What is open on this machine, how long the last look took, and what Quaymaster itself uses"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred); // long in some languages; must not widen the window
}

void CostLine::setSnapshot(const PortSnapshot &snapshot)
{
    m_listeners = static_cast<int>(snapshot.listeners.size());
    m_processes = static_cast<int>(snapshot.processCount);
    m_source = snapshot.source;
    m_isInterrupted = snapshot.isInterrupted;
    showText();
}

void CostLine::setLook(const LookCost &cost)
{
    m_look = cost;
    showText();
}

void CostLine::setSelf(const SelfCostSample &self)
{
    m_self = self;
    showText();
}

void CostLine::showText()
{
    QString counts = tr("%Ln listener(s)", nullptr, m_listeners);
    if (m_processes > 0) {
        counts = tr("%1, %2", "listeners, processes").arg(counts, tr("%Ln process(es)", nullptr, m_processes));
    }
    QStringList parts{counts};
    if (m_look) {
        parts << tr("last look %1").arg(millisecondsText(m_look->wallTime));
    }
    if (m_self && m_self->cpuShare) {
        parts << tr("Quaymaster %1 CPU, %2").arg(percentText(*m_self->cpuShare), bytesText(m_self->residentBytes));
    } else if (m_self) {
        parts << tr("Quaymaster %1").arg(bytesText(m_self->residentBytes));
    }
    if (m_source == SocketSource::ProcNet) {
        parts << tr("read from /proc/net");
    }
    if (m_isInterrupted) {
        parts << tr("a row may be missing: the kernel's table changed while it was read");
    }
    setText(parts.join(QStringLiteral("  ·  ")));
}

} // namespace Quay
