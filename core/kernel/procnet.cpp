// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/procnet.h"

#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/readfile.h"
#include "core/base/result.h"
#include "core/base/textcursor.h"
#include "core/kernel/procfs.h"
#include "core/kernel/socketrecord.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr std::size_t TableLimitBytes = std::size_t{64} << 20U; // 150 bytes a socket: 400 000 of them
constexpr int Hexadecimal = 16;

struct Endpoint
{
    IpAddress address;
    std::uint16_t port = 0;
};

/// `0100007F:0277`: the address in words of 32 bits, each printed as a number of the machine's byte order.
std::optional<Endpoint> parseEndpoint(std::string_view field, IpFamily family)
{
    constexpr std::size_t WordDigits = 8;
    const std::size_t words = family == IpFamily::V4 ? 1 : 4;
    TextCursor cursor(field);
    auto digits = cursor.takeUntil(':');
    const auto port = numberFromText<std::uint16_t>(cursor.rest(), Hexadecimal);
    if (!port || digits.size() != words * WordDigits) {
        return std::nullopt;
    }
    Endpoint endpoint{.address = {.family = family}, .port = *port};
    for (auto out = endpoint.address.bytes.begin(); !digits.empty(); digits.remove_prefix(WordDigits)) {
        const auto word = numberFromText<std::uint32_t>(digits.substr(0, WordDigits), Hexadecimal);
        if (!word) {
            return std::nullopt;
        }
        out = std::ranges::copy(std::bit_cast<std::array<std::uint8_t, sizeof *word>>(*word), out).out;
    }
    return endpoint;
}

std::optional<SocketRecord> parseLine(std::string_view line, Protocol protocol, IpFamily family)
{
    TextCursor cursor(line);
    cursor.takeField(); // number of the line
    const auto local = parseEndpoint(cursor.takeField(), family);
    const auto remote = parseEndpoint(cursor.takeField(), family);
    const auto state = numberFromText<std::uint8_t>(cursor.takeField(), Hexadecimal);
    TextCursor queues(cursor.takeField());
    const auto sendQueue = numberFromText<std::uint32_t>(queues.takeUntil(':'), Hexadecimal);
    const auto receiveQueue = numberFromText<std::uint32_t>(queues.rest(), Hexadecimal);
    cursor.takeField(); // timer
    cursor.takeField(); // retransmissions
    const auto uid = numberFromText<std::uint32_t>(cursor.takeField());
    cursor.takeField(); // probes without an answer
    const auto inode = numberFromText<std::uint64_t>(cursor.takeField());
    if (!local || !remote || !state || !sendQueue || !receiveQueue || !uid || !inode) {
        return std::nullopt;
    }
    SocketRecord record{
        .inode = *inode,
        .uid = *uid,
        .protocol = protocol,
        .state = socketStateFromKernel(*state),
        .localPort = local->port,
        .remotePort = remote->port,
        .localAddress = local->address,
        .remoteAddress = remote->address,
    };
    if (record.state != SocketState::Listening) {
        record.receiveQueue = *receiveQueue;
        record.sendQueue = *sendQueue;
    }
    return record;
}

struct Table
{
    const char *name;
    Protocol protocol;
    IpFamily family;
    SocketState state; ///< The sockets that are asked for.
};

constexpr std::array<Table, 2> UdpTables{{
    {.name = "net/udp", .protocol = Protocol::Udp, .family = IpFamily::V4, .state = SocketState::Closed},
    {.name = "net/udp6", .protocol = Protocol::Udp, .family = IpFamily::V6, .state = SocketState::Closed},
}};

Result<std::vector<SocketRecord>> readTable(const ProcFs &proc, const Table &table)
{
    auto text = readFileAt(proc.directory(), table.name, TableLimitBytes);
    if (!text) {
        const bool isOptional = table.family == IpFamily::V6 && text.error().code == ErrorCode::Gone;
        return isOptional ? Result<std::vector<SocketRecord>>() : std::unexpected(std::move(text).error());
    }
    auto records = parseProcNet(*text, table.protocol, table.family);
    if (records) {
        std::erase_if(*records, [&table](const SocketRecord &record) { return record.state != table.state; });
    }
    return records;
}

/// Puts what it finds behind @p all.
Result<std::vector<SocketRecord>> readTables(const ProcFs &proc, std::span<const Table> tables,
                                             std::vector<SocketRecord> all = {})
{
    for (const auto &table : tables) {
        auto records = readTable(proc, table);
        if (!records) {
            return records;
        }
        all.insert(all.end(), std::make_move_iterator(records->begin()), std::make_move_iterator(records->end()));
    }
    return all;
}

} // namespace

Result<std::vector<SocketRecord>> parseProcNet(std::string_view text, Protocol protocol, IpFamily family)
{
    std::vector<SocketRecord> records;
    TextCursor cursor(text);
    cursor.takeLine(); // header
    while (!cursor.atEnd()) {
        const auto line = cursor.takeLine();
        const auto record = parseLine(line, protocol, family);
        if (!record) {
            return fail(ErrorCode::Malformed, std::string(line));
        }
        records.push_back(*record);
    }
    return records;
}

Result<std::vector<SocketRecord>> readProcNetListeners(const ProcFs &proc)
{
    constexpr std::array<Table, 2> TcpTables{{
        {.name = "net/tcp", .protocol = Protocol::Tcp, .family = IpFamily::V4, .state = SocketState::Listening},
        {.name = "net/tcp6", .protocol = Protocol::Tcp, .family = IpFamily::V6, .state = SocketState::Listening},
    }};
    return readTables(proc, TcpTables).and_then([&proc](std::vector<SocketRecord> tcp) {
        return readTables(proc, UdpTables, std::move(tcp));
    });
}

Result<std::vector<SocketRecord>> readProcNetUdpBound(const ProcFs &proc)
{
    return readTables(proc, UdpTables);
}

Result<std::vector<SocketRecord>> readProcNetConnections(const ProcFs &proc)
{
    constexpr std::array<Table, 2> Tables{{
        {.name = "net/tcp", .protocol = Protocol::Tcp, .family = IpFamily::V4, .state = SocketState::Established},
        {.name = "net/tcp6", .protocol = Protocol::Tcp, .family = IpFamily::V6, .state = SocketState::Established},
    }};
    return readTables(proc, Tables);
}

} // namespace Quay
