// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/probes/httpprobe.h"

#include "core/control/moduleloader.h"

#include <utility>

namespace Quay {

namespace {

constexpr int FirstBadStatus = 400;

Attempt attemptFrom(const HttpAnswer &answer)
{
    switch (answer.kind) {
    case HttpAnswer::Kind::Status:
        return {.isMet = answer.status < FirstBadStatus,
                .seen = {.what = Observation::What::HttpStatus, .detail = {}, .number = answer.status}};
    case HttpAnswer::Kind::Refused:
        return {.isMet = false, .seen = {.what = Observation::What::Refused, .detail = {}}};
    case HttpAnswer::Kind::TimedOut:
        return {.isMet = false, .seen = {.what = Observation::What::TimedOut, .detail = {}}};
    case HttpAnswer::Kind::TlsFailed:
        return {.isMet = false, .seen = {.what = Observation::What::TlsFailed, .detail = answer.detail}};
    case HttpAnswer::Kind::Failed:
        return {.isMet = false, .seen = {.what = Observation::What::HttpFailed, .detail = answer.detail}};
    }
    return {};
}

} // namespace

Result<std::unique_ptr<HttpRequester>> createHttpRequester(ModuleLoader &loader)
{
    return loader.load<HttpModule>().transform([](HttpModule *module) { return module->createRequester(); });
}

bool canRequestHttp(ModuleLoader &loader)
{
    return loader.load<HttpModule>().has_value();
}

HttpProbe::HttpProbe(HttpTarget target, std::unique_ptr<HttpRequester> requester)
    : m_target(std::move(target))
    , m_requester(std::move(requester))
{
}

std::optional<Attempt> HttpProbe::begin(std::chrono::milliseconds limit)
{
    m_limit = limit;
    if (m_resolver == nullptr) { // else the look-up of the attempt before is still under way
        m_resolver = std::make_unique<HostResolver>(m_target.host, m_target.port);
    }
    return {};
}

pollfd HttpProbe::awaited() const
{
    return {.fd = m_resolver != nullptr ? m_resolver->descriptor() : m_requester->descriptor(),
            .events = POLLIN,
            .revents = 0};
}

std::optional<Attempt> HttpProbe::proceed()
{
    if (m_resolver != nullptr) {
        return takeHost();
    }
    auto answer = m_requester->take();
    if (!answer) {
        return {};
    }
    m_answer = *std::move(answer);
    return attemptFrom(m_answer);
}

Attempt HttpProbe::giveUp()
{
    m_requester->abort();
    return {.isMet = false, .seen = {.what = Observation::What::TimedOut, .detail = {}}};
}

std::optional<Attempt> HttpProbe::takeHost()
{
    const auto resolved = m_resolver->take();
    if (!resolved) {
        return {};
    }
    m_resolver.reset();
    if (!*resolved) {
        return Attempt{.isMet = false, .seen = {.what = Observation::What::HostUnknown, .detail = resolved->error()}};
    }
    m_requester->start(m_target.request, m_limit);
    return {};
}

} // namespace Quay
