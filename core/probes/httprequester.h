// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtPlugin>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace Quay {

/// What a web server is asked for, with GET.
struct HttpRequest
{
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers; ///< Not sent on to another server by a redirect.
    std::size_t bodyBytes = 0; ///< How much of the answer's body is wanted, at most; 0: it is not waited for.

    bool operator==(const HttpRequest &) const = default;
};

/// How a web server answered.
struct HttpAnswer
{
    enum class Kind
    {
        Failed, ///< detail: what went wrong
        Refused,
        TimedOut,
        TlsFailed, ///< detail: why
        Status,
    };
    Kind kind = Kind::Failed;
    int status = 0;
    std::string detail;
    std::vector<std::pair<std::string, std::string>> headers; ///< With Status. Raw bytes.
    std::string body; ///< Its beginning, if it was wanted. Raw bytes.
};

/// Asks one web server at a time. Never blocks. Threads: not shared.
class HttpRequester
{
public:
    HttpRequester() = default;
    HttpRequester(const HttpRequester &) = delete;
    HttpRequester &operator=(const HttpRequester &) = delete;
    virtual ~HttpRequester() = default;

    /// Asks and follows redirects. A request still under way is dropped.
    virtual void start(const HttpRequest &request, std::chrono::milliseconds limit) = 0;
    /// Drops the request under way: no answer comes for it.
    virtual void abort() = 0;
    /// Readable once an answer is there.
    [[nodiscard]] virtual int descriptor() const = 0;
    /// The answer, once.
    [[nodiscard]] virtual std::optional<HttpAnswer> take() = 0;
};

/// The module that brings HTTP and TLS along, loaded only when somebody waits for a web server.
class HttpModule
{
public:
    HttpModule() = default;
    HttpModule(const HttpModule &) = delete;
    HttpModule &operator=(const HttpModule &) = delete;
    virtual ~HttpModule() = default;

    [[nodiscard]] virtual std::unique_ptr<HttpRequester> createRequester() = 0;
};

} // namespace Quay

#define QUAY_HTTP_MODULE_IID "org.quaymaster.HttpModule/3"
Q_DECLARE_INTERFACE(Quay::HttpModule, QUAY_HTTP_MODULE_IID)
