// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/http/httpworker.h"

#include "app/cli/http/answerbox.h"

#include <QByteArray>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QStringList>
#include <QThread>
#include <QUrl>

#include <algorithm>
#include <array>
#include <utility>

namespace Quay {

namespace {

HttpAnswer statusFrom(const QNetworkReply &reply)
{
    HttpAnswer answer{.kind = HttpAnswer::Kind::Status,
                      .status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                      .detail = {}};
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        answer.headers.emplace_back(name.toStdString(), value.toStdString());
    }
    return answer;
}

/// Whether the last answer sent the client somewhere else, where the page is looked for: RFC 9110, section 15.4.
bool isRedirect(const QNetworkReply &reply)
{
    constexpr std::array Followed{301, 302, 303, 307, 308};
    return std::ranges::contains(Followed, reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt());
}

/// Whether the last server that was asked answered: of a redirect that led nowhere, the status is left behind.
bool hasAnswered(const QNetworkReply &reply)
{
    const bool isConfined = reply.request().attribute(QNetworkRequest::RedirectPolicyAttribute)
        == QNetworkRequest::SameOriginRedirectPolicy;
    if (isConfined && reply.error() == QNetworkReply::InsecureRedirectError) {
        return true; // it sends us to another server, where its headers may not go: that is its answer
    }
    const bool leadsNowhere = reply.error() == QNetworkReply::ProtocolUnknownError && !reply.hasRawHeader("Location");
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid()
        && (!isRedirect(reply) || leadsNowhere || reply.error() == QNetworkReply::NoError);
}

HttpAnswer answerFrom(const QNetworkReply &reply, const QString &tlsProblem)
{
    if (!tlsProblem.isEmpty()) {
        return {.kind = HttpAnswer::Kind::TlsFailed, .status = 0, .detail = tlsProblem.toStdString()};
    }
    if (hasAnswered(reply)) {
        return statusFrom(reply);
    }
    if (reply.url() != reply.request().url()) { // it is not the server that was asked for
        return {.kind = HttpAnswer::Kind::Failed,
                .status = 0,
                .detail = QString(reply.errorString() + QStringLiteral(" (") + reply.url().toDisplayString() + u')')
                              .toStdString()};
    }
    const std::string detail = reply.errorString().toStdString();
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
        return {.kind = HttpAnswer::Kind::Refused, .status = 0, .detail = detail};
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // how setTransferTimeout() ends a request
        return {.kind = HttpAnswer::Kind::TimedOut, .status = 0, .detail = detail};
    case QNetworkReply::SslHandshakeFailedError:
        return {.kind = HttpAnswer::Kind::TlsFailed, .status = 0, .detail = detail};
    default: // a dozen more, which Qt names well
        return {.kind = HttpAnswer::Kind::Failed, .status = 0, .detail = detail};
    }
}

} // namespace

HttpWorker::HttpWorker(std::shared_ptr<AnswerBox> answers)
    : m_answers(std::move(answers))
{
}

HttpWorker::~HttpWorker() = default;

void HttpWorker::start(std::uint64_t number, const HttpRequest &request, std::chrono::milliseconds limit)
{
    Q_ASSERT(QThread::currentThread() == thread());
    abort();
    if (m_manager == nullptr) {
        m_manager = new QNetworkAccessManager(this);
        m_manager->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
        m_manager->setAutoDeleteReplies(true);
    }
    m_manager->clearConnectionCache(); // each attempt tells about the server as it is now
    m_request = number;
    m_bodyBytes = static_cast<qint64>(request.bodyBytes);
    m_tlsProblem.clear();

    QNetworkRequest get(QUrl(QString::fromStdString(request.url)));
    for (const auto &[name, value] : request.headers) {
        get.setRawHeader(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    }
    if (!request.headers.empty()) { // they may hold a key that is for this server alone
        get.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::SameOriginRedirectPolicy);
    }
    get.setTransferTimeout(limit);
    get.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    m_reply = m_manager->get(get);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &HttpWorker::answerOnceEnough);
    connect(m_reply, &QNetworkReply::readyRead, this, &HttpWorker::answerOnceEnough);
    connect(m_reply, &QNetworkReply::finished, this, &HttpWorker::finished);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
        QStringList problems;
        for (const auto &error : errors) {
            problems << error.errorString();
        }
        m_tlsProblem = problems.join(QStringLiteral("; "));
    });
}

void HttpWorker::abort()
{
    if (auto *const reply = std::exchange(m_reply, nullptr); reply != nullptr) {
        reply->disconnect(this);
        reply->abort();
    }
}

/// A page that never ends (server-sent events) has answered once its headers are there, and as much as is wanted of it.
void HttpWorker::answerOnceEnough()
{
    Q_ASSERT(QThread::currentThread() == thread());
    const bool hasStatus = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isValid();
    if (hasStatus && !isRedirect(*m_reply) && m_reply->bytesAvailable() >= m_bodyBytes) {
        answer(withBody(statusFrom(*m_reply)));
        abort();
    }
}

void HttpWorker::finished()
{
    Q_ASSERT(QThread::currentThread() == thread());
    answer(withBody(answerFrom(*m_reply, m_tlsProblem)));
    m_reply = nullptr;
}

HttpAnswer HttpWorker::withBody(HttpAnswer answer)
{
    if (answer.kind == HttpAnswer::Kind::Status) {
        answer.body = m_reply->read(m_bodyBytes).toStdString();
    }
    return answer;
}

void HttpWorker::answer(HttpAnswer answer)
{
    m_answers->put(m_request, std::move(answer));
}

} // namespace Quay
