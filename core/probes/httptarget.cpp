// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/httptarget.h"

#include <QString>
#include <QUrl>

#include <algorithm>

namespace Quay {

namespace {

constexpr std::uint16_t HttpPort = 80;
constexpr std::uint16_t HttpsPort = 443;

/// Schemes are written in any case, see RFC 3986, 3.1. @p scheme is in small letters.
bool startsWithScheme(std::string_view url, std::string_view scheme)
{
    const auto isSame = [](char small, char given) {
        return small == given || (given >= 'A' && given <= 'Z' && small == given - 'A' + 'a');
    };
    return url.size() >= scheme.size() && std::ranges::equal(scheme, url.substr(0, scheme.size()), isSame);
}

} // namespace

bool isHttpUrl(std::string_view url)
{
    return startsWithScheme(url, "http://") || startsWithScheme(url, "https://");
}

std::optional<HttpTarget> httpTargetFromUrl(const std::string &url)
{
    if (!isHttpUrl(url)) {
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
