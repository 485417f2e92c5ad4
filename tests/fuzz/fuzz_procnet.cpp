// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/kernel/procnet.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

using Quay::Fuzz::require;

namespace {

void requireSound(const Quay::SocketRecord &record, Quay::Protocol protocol, Quay::IpFamily family)
{
    require(record.protocol == protocol);
    require(record.localAddress.family == family && record.remoteAddress.family == family);
    require(Quay::ipAddressFromText(Quay::toString(record.localAddress)) == record.localAddress);
    require(Quay::ipAddressFromText(Quay::toString(record.remoteAddress)) == record.remoteAddress);
    const bool isListening = record.state == Quay::SocketState::Listening;
    require(!isListening || (record.receiveQueue == 0 && record.sendQueue == 0));
}

void parseAs(std::string_view text, Quay::Protocol protocol, Quay::IpFamily family)
{
    const auto records = Quay::parseProcNet(text, protocol, family);
    if (!records) {
        require(records.error().code == Quay::ErrorCode::Malformed && text.contains(records.error().subject));
        return;
    }
    require(std::cmp_less_equal(records->size(), std::ranges::count(text, '\n')));
    for (const auto &record : *records) {
        requireSound(record, protocol, family);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    parseAs(text, Quay::Protocol::Tcp, Quay::IpFamily::V4);
    parseAs(text, Quay::Protocol::Udp, Quay::IpFamily::V6);
    return 0;
}
