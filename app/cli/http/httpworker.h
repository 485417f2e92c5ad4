// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Lives on a thread named "http", which has the event loop that Qt Network needs.
#include "core/probes/httprequester.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>
#include <QSslError>

#include <chrono>
#include <cstdint>
#include <memory>

namespace Quay {

class AnswerBox;

/// Does the requests of one HttpRequester. No proxy is asked: what counts is whether the server itself answers.
class HttpWorker : public QObject
{
    Q_OBJECT
public:
    explicit HttpWorker(std::shared_ptr<AnswerBox> answers);
    ~HttpWorker() override;

    /// @p number: as AnswerBox::expectNext() gave it.
    void start(std::uint64_t number, const HttpRequest &request, std::chrono::milliseconds limit);
    void abort();

private:
    void answerOnceEnough();
    void finished();
    [[nodiscard]] HttpAnswer withBody(HttpAnswer answer);
    void answer(HttpAnswer answer);

    std::shared_ptr<AnswerBox> m_answers;
    QNetworkAccessManager *m_manager = nullptr; ///< A child, made on the worker's thread.
    QNetworkReply *m_reply = nullptr; ///< Null when no request is under way. Deletes itself.
    std::uint64_t m_request = 0;
    qint64 m_bodyBytes = 0; ///< How much of the body is wanted.
    QString m_tlsProblem;
};

} // namespace Quay
