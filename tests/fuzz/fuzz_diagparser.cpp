// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/diagparser.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

using Quay::Fuzz::require;

namespace {

constexpr std::uint32_t Sequence = 1; // of the recorded answers
constexpr std::size_t SmallestRecordBytes = 88; // netlink header and inet_diag_msg

void requireSound(const Quay::SocketRecord &record)
{
    const auto isZero = [](std::uint8_t byte) { return byte == 0; };
    const bool isV4 = record.localAddress.family == Quay::IpFamily::V4;
    require(record.remoteAddress.family == record.localAddress.family);
    require(!isV4 || std::ranges::all_of(std::span(record.localAddress.bytes).subspan(4), isZero));
    require(Quay::ipAddressFromText(Quay::toString(record.remoteAddress)) == record.remoteAddress);
}

void requireSound(const Quay::Result<bool> &answer)
{
    require(answer || (!answer.error().subject.empty() && answer.error().sysErrno >= 0));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto bytes = std::as_bytes(std::span(data, size));
    Quay::DiagParser parser(Quay::Protocol::Tcp, Sequence);
    // In two datagrams, the way a long answer comes.
    const auto half = size / 2;
    const auto isComplete = parser.feed(bytes.first(half));
    requireSound(isComplete);
    if (isComplete && !*isComplete) {
        requireSound(parser.feed(bytes.subspan(half)));
    }
    Quay::DiagParser whole(Quay::Protocol::Tcp, Sequence);
    requireSound(whole.feed(bytes));

    const auto records = whole.takeRecords();
    require(records.size() <= size / SmallestRecordBytes);
    for (const auto &record : records) {
        requireSound(record);
    }
    return 0;
}
