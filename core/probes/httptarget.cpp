// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/httptarget.h"

#include <QString>
#include <QUrl>

namespace Quay {

namespace {

constexpr std::uint16_t HttpPort = 80;
constexpr std::uint16_t HttpsPort = 443;

} // namespace

std::optional<HttpTarget> httpTargetFromUrl(const std::string &url)
{
    if (!url.starts_with("http://") && !url.starts_with("https://")) {
        return std::nullopt;
    }
    const QUrl parts(QString::fromStdString(url), QUrl::StrictMode);
    const int port = parts.port(parts.scheme() == QStringLiteral("https") ? HttpsPort : HttpPort);
    if (!parts.isValid() || parts.host().isEmpty() || port == 0) {
        return std::nullopt;
    }
    return HttpTarget{.request = {.url = url, .headers = {}},
                      .host = parts.host(QUrl::FullyEncoded).toStdString(),
                      .port = static_cast<std::uint16_t>(port)};
}

} // namespace Quay
