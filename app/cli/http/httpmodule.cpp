// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/http/answerbox.h"
#include "app/cli/http/httpworker.h"
#include "core/probes/httprequester.h"

#include <QMetaObject>
#include <QObject>
#include <QThread>

namespace Quay {

namespace {

/// Runs a worker on a thread of its own and gives its answers to a caller without an event loop.
class ThreadedRequester : public HttpRequester
{
public:
    ThreadedRequester()
        : m_worker(new HttpWorker(m_answers)) // owned by m_thread, see deleteLater below
    {
        m_worker->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread.setObjectName(QStringLiteral("http"));
        m_thread.start();
    }

    ~ThreadedRequester() override
    {
        ThreadedRequester::abort();
        m_thread.quit();
        m_thread.wait();
    }

    void start(const HttpRequest &request, std::chrono::milliseconds limit) override
    {
        QMetaObject::invokeMethod(
            m_worker,
            [worker = m_worker, number = m_answers->expectNext(), request, limit] {
                worker->start(number, request, limit);
            },
            Qt::QueuedConnection);
    }

    void abort() override
    {
        (void)m_answers->expectNext(); // the worker may be putting an answer in at this instant
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->abort(); }, Qt::QueuedConnection);
    }

    [[nodiscard]] int descriptor() const override { return m_answers->descriptor(); }
    [[nodiscard]] std::optional<HttpAnswer> take() override { return m_answers->take(); }

private:
    std::shared_ptr<AnswerBox> m_answers = std::make_shared<AnswerBox>();
    QThread m_thread;
    HttpWorker *m_worker;
};

} // namespace

class HttpModulePlugin : public QObject, public HttpModule
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QUAY_HTTP_MODULE_IID)
    Q_INTERFACES(Quay::HttpModule)
public:
    [[nodiscard]] std::unique_ptr<HttpRequester> createRequester() override
    {
        return std::make_unique<ThreadedRequester>();
    }
};

} // namespace Quay

#include "httpmodule.moc"
