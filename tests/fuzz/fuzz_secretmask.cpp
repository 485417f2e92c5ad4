// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/kernel/proccmdline.h"
#include "core/processes/secretmask.h"
#include "core/processes/secrettext.h"
#include "tests/fuzz/require.h"

#include <cstddef>
#include <cstdint>

using Quay::Fuzz::require;

// The input is a command line as the kernel gives it, and a text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto text = Quay::Fuzz::asText(data, size);
    const auto arguments = Quay::splitAtNuls(text);
    const auto masked = Quay::maskedArguments(arguments);
    require(masked.size() == arguments.size());
    for (std::size_t index = 0; index < masked.size(); ++index) {
        require(masked[index] == arguments[index] || masked[index].contains(Quay::SecretMask));
    }

    const auto maskedText = Quay::maskedText(text);
    require(maskedText == text || maskedText.contains(Quay::SecretMask));
    return 0;
}
