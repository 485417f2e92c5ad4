// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/managers/socketclient.h"

#include <cerrno>
#include <memory>
#include <optional>
#include <utility>

#include <curl/curl.h>

namespace Quay {

namespace {

/// How often whoever waits is asked whether to go on.
constexpr int TickMs = 100;

struct EasyRelease
{
    void operator()(CURL *easy) const noexcept { curl_easy_cleanup(easy); }
};
using Easy = std::unique_ptr<CURL, EasyRelease>;

struct MultiRelease
{
    void operator()(CURLM *multi) const noexcept { curl_multi_cleanup(multi); }
};

/// Takes a transfer out of the loop again, before either goes.
class Membership
{
public:
    Membership(CURLM *multi, CURL *easy)
        : m_multi(multi)
        , m_easy(easy)
        , m_isIn(curl_multi_add_handle(multi, easy) == CURLM_OK)
    {
    }
    Membership(const Membership &) = delete;
    Membership &operator=(const Membership &) = delete;
    ~Membership() { curl_multi_remove_handle(m_multi, m_easy); }

    [[nodiscard]] bool isIn() const noexcept { return m_isIn; }

private:
    CURLM *m_multi;
    CURL *m_easy;
    bool m_isIn;
};

/// Zero, which ends the transfer, when there is more than is allowed.
std::size_t keep(char *bytes, std::size_t size, std::size_t count, void *data)
{
    auto &body = *static_cast<std::string *>(data);
    const std::size_t length = size * count;
    if (body.size() + length > MostReplyBytes) {
        return 0;
    }
    body.append(bytes, length);
    return length;
}

void describe(CURL *easy, const std::string &socket, const HttpQuestion &question, std::string &body)
{
    curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
    curl_easy_setopt(easy, CURLOPT_URL, ("http://localhost" + question.path).c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*"); // whatever the environment says
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(question.limit.count()));
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &keep);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &body);
    if (question.isPost) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, 0L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
    }
}

Error errorFrom(CURLcode code, CURL *easy, const std::string &socket)
{
    long sysErrno = 0;
    curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &sysErrno);
    switch (code) {
    case CURLE_COULDNT_CONNECT:
        return {.code = sysErrno == EACCES || sysErrno == EPERM ? ErrorCode::Denied : ErrorCode::Unsupported,
                .subject = socket,
                .sysErrno = static_cast<int>(sysErrno)};
    case CURLE_OPERATION_TIMEDOUT:
        return {.code = ErrorCode::Io, .subject = socket, .sysErrno = ETIMEDOUT};
    case CURLE_WRITE_ERROR: // only keep() makes one
        return {.code = ErrorCode::Io, .subject = socket, .sysErrno = EFBIG};
    case CURLE_OUT_OF_MEMORY:
        return {.code = ErrorCode::Io, .subject = socket, .sysErrno = ENOMEM};
    default:
        return {.code = ErrorCode::Malformed, .subject = socket};
    }
}

/// How the only transfer of @p multi ended, once it has.
std::optional<CURLcode> resultOf(CURLM *multi)
{
    int left = 0;
    const CURLMsg *const message = curl_multi_info_read(multi, &left);
    return message != nullptr && message->msg == CURLMSG_DONE ? std::optional(message->data.result) : std::nullopt;
}

} // namespace

Result<HttpReply> askSocket(const std::string &socket, const HttpQuestion &question, const GoesOn &goesOn)
{
    const Easy easy(curl_easy_init());
    const std::unique_ptr<CURLM, MultiRelease> multi(curl_multi_init());
    if (!easy || !multi) {
        return fail(ErrorCode::Io, socket, ENOMEM);
    }
    HttpReply reply;
    describe(easy.get(), socket, question, reply.body);
    const Membership membership(multi.get(), easy.get());
    int running = membership.isIn() ? 1 : 0;
    while (running > 0) {
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) {
            return fail(ErrorCode::Io, socket);
        }
        if (running > 0 && !goesOn()) {
            return fail(ErrorCode::Io, socket, ECANCELED);
        }
        if (running > 0) {
            curl_multi_poll(multi.get(), nullptr, 0, TickMs, nullptr);
        }
    }
    const auto result = resultOf(multi.get());
    if (!result) {
        return fail(ErrorCode::Io, socket);
    }
    if (*result != CURLE_OK) {
        return std::unexpected(errorFrom(*result, easy.get(), socket));
    }
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &reply.status);
    return reply;
}

} // namespace Quay
