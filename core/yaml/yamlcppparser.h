// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/yamlnode.h"

namespace Quay {

/**
 * YAML as yaml-cpp reads it, with the limits of yamlnode.h.
 *
 * Anchors, aliases and merge keys (`<<`) are resolved; what a map says itself wins over what it merges. Scalars stay
 * texts. A key that stands twice, a second document, a tag that is not one of YAML's own, and text that is not UTF-8
 * are mistakes.
 */
class YamlCppParser : public YamlParser
{
public:
    [[nodiscard]] YamlDocument parse(std::string_view text) override;
};

} // namespace Quay
