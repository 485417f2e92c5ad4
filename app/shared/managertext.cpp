// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/managertext.h"

#include "app/shared/format.h"
#include "app/shared/listenertext.h"

#include <QCoreApplication>
#include <QStringList>

#include <cerrno>
#include <cstddef>
#include <ranges>

namespace Quay {

namespace {

struct ManagerTexts
{
    Q_DECLARE_TR_FUNCTIONS(ManagerText)
};

bool isUnit(const ManagedService &service)
{
    return service.kind == ReviverKind::Unit;
}

/// The units that are stopped besides the one it is about.
QString othersText(const ManagedService &service)
{
    QStringList others;
    for (const auto &part : service.parts) {
        if (isUnit(service) && part != service.name) {
            others << shownText(part);
        }
    }
    return others.join(QStringLiteral(", "));
}

} // namespace

QString serviceText(const ManagedService &service)
{
    const QString name = shownText(service.name);
    return isUnit(service) ? ManagerTexts::tr("the unit %1").arg(name) : ManagerTexts::tr("the container %1").arg(name);
}

QString servicesText(const std::vector<ManagedService> &services)
{
    QString text;
    for (const auto &service : services) {
        text = text.isEmpty() ? serviceText(service) : ManagerTexts::tr("%1 and %2").arg(text, serviceText(service));
    }
    return text;
}

QString serviceFactsText(const ManagedService &service)
{
    const QString name = shownText(service.name);
    QStringList sentences;
    if (!isUnit(service)) {
        sentences << (service.image.empty() ? ManagerTexts::tr("It runs in the container %1.").arg(name)
                                            : ManagerTexts::tr("It runs in the container %1, made from %2.")
                                                  .arg(name, shownText(service.image)));
    }
    if (!service.restart.empty() && service.restart != "no") {
        sentences << ManagerTexts::tr(
                         "%1 is started again by itself (%2), but not once it has been stopped as a whole.")
                         .arg(name, shownText(service.restart));
    }
    if (const QString others = othersText(service); !others.isEmpty()) {
        sentences << ManagerTexts::tr("systemd holds the port for %1, so that is stopped as well.").arg(others);
    }
    return sentences.join(u' ');
}

namespace {

QString serviceStoppedText(const ManagedService &service)
{
    const QString name = shownText(service.name);
    const QString others = othersText(service);
    if (!others.isEmpty()) {
        return ManagerTexts::tr("The unit %1 was stopped, and %2 with it.").arg(name, others);
    }
    return isUnit(service) ? ManagerTexts::tr("The unit %1 was stopped.").arg(name)
                           : ManagerTexts::tr("The container %1 was stopped.").arg(name);
}

QString serviceFailureText(const ManagedService &service, const Error &error)
{
    const QString name = shownText(service.name);
    return (isUnit(service) ? ManagerTexts::tr("The unit %1 could not be stopped. %2")
                            : ManagerTexts::tr("The container %1 could not be stopped. %2"))
        .arg(name, managerErrorText(error));
}

} // namespace

std::vector<ServiceStopLine> serviceStopLines(const std::vector<ManagedService> &services, const ServiceStops &stops)
{
    std::vector<ServiceStopLine> lines;
    for (const auto &service : services | std::views::take(stops.stopped)) {
        lines.push_back({.text = serviceStoppedText(service), .isGood = true});
    }
    if (!stops.error) {
        return lines;
    }
    const std::vector left(services.begin() + static_cast<std::ptrdiff_t>(lines.size()), services.end());
    if (left.empty()) {
        lines.push_back({.text = managerErrorText(*stops.error), .isGood = false});
    } else if (stops.wasAsked) {
        lines.push_back({.text = serviceFailureText(left.front(), *stops.error), .isGood = false});
    } else {
        lines.push_back(
            {.text = ManagerTexts::tr("You did not wait. Nobody was asked to stop %1.", "the unit x.service")
                         .arg(servicesText(left)),
             .isGood = false});
    }
    return lines;
}

QString offerText(const Reviver &reviver)
{
    const QString name = shownText(reviver.name).replace(u'&', QStringLiteral("&&"));
    switch (reviver.kind) {
    case ReviverKind::Unit:
        return ManagerTexts::tr("Stop the &unit %1").arg(name);
    case ReviverKind::Container:
        return name.isEmpty() ? ManagerTexts::tr("Stop its &container")
                              : ManagerTexts::tr("Stop the &container %1").arg(name);
    case ReviverKind::ProcessManager:
        break;
    }
    return ManagerTexts::tr("&End %1 (%2) and what it runs", "nodemon, its number")
        .arg(name, QString::number(reviver.process != nullptr ? reviver.process->id.pid : 0));
}

QString managerErrorText(const Error &error)
{
    const QString subject = shownText(error.subject);
    switch (error.code) {
    case ErrorCode::Gone:
        return ManagerTexts::tr("Neither systemd nor Docker nor Podman runs this: %1.").arg(subject);
    case ErrorCode::Denied:
        return ManagerTexts::tr("You are not permitted to: %1.").arg(subject);
    case ErrorCode::Malformed:
        return ManagerTexts::tr("The answer was not understood: %1.").arg(subject);
    case ErrorCode::Unsupported:
        return ManagerTexts::tr("Who runs it cannot be reached: %1.").arg(subject);
    case ErrorCode::Io:
        if (error.sysErrno == ETIMEDOUT) {
            return ManagerTexts::tr("There was no answer in time: %1.").arg(subject);
        }
        if (error.sysErrno == ECANCELED) {
            return ManagerTexts::tr("You did not wait for it. It may stop all the same.");
        }
        return error.sysErrno != 0 ? errorText(error) : ManagerTexts::tr("It was refused: %1.").arg(subject);
    case ErrorCode::Invalid:
        break;
    }
    return errorText(error);
}

} // namespace Quay
