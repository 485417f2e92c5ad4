// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/supervise/recordwriter.h"

#include "core/base/result.h"
#include "core/base/uniquefd.h"
#include "core/supervise/runevent.h"
#include "core/supervise/runrecord.h"

#include <cerrno>
#include <cstddef>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace Quay {

namespace {

constexpr mode_t FileMode = 0600;

void forgetOldest(const std::string &directory)
{
    const auto runs = listRuns(directory);
    for (std::size_t index = RecordWriter::MostRuns; index < runs.size(); ++index) {
        ::unlink((directory + '/' + runs[index]).c_str());
    }
}

} // namespace

RecordWriter::RecordWriter(std::string path, UniqueFd fd)
    : m_path(std::move(path))
    , m_fd(std::move(fd))
{
}

Result<RecordWriter> RecordWriter::open(std::string path)
{
    UniqueFd fd(::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW, FileMode));
    if (!fd) {
        return failErrno(errno, path);
    }
    forgetOldest(path.substr(0, path.rfind('/')));
    return RecordWriter(std::move(path), std::move(fd));
}

void RecordWriter::write(const RunEvent &event)
{
    if (m_waiting.size() == MostWaiting) {
        m_waiting.pop_front();
    }
    m_waiting.push_back(toLine(event).line() + '\n');
    retry();
}

void RecordWriter::retry()
{
    while (!m_waiting.empty()) {
        const std::string line = (m_isTorn ? "\n" : "") + m_waiting.front();
        ssize_t count = -1;
        do {
            count = ::write(m_fd.get(), line.data(), line.size());
        } while (count < 0 && errno == EINTR);
        if (!std::cmp_equal(count, line.size())) {
            m_sysErrno = count < 0 ? errno : ENOSPC;
            m_isTorn = m_isTorn || count > 0;
            return;
        }
        m_isTorn = false;
        m_sysErrno.reset();
        m_waiting.pop_front();
    }
}

} // namespace Quay
