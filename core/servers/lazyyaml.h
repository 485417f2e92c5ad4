// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/control/moduleloader.h"
#include "core/servers/yamlnode.h"

#include <memory>

namespace Quay {

/// Loads the module `quay-yaml` with the first text. Without it that text has the mistake NotReadable, with the
/// loader's reason.
class LazyYaml : public YamlParser
{
public:
    LazyYaml();
    ~LazyYaml() override;

    [[nodiscard]] YamlDocument parse(std::string_view text) override;

private:
    ModuleLoader m_loader;
    std::unique_ptr<YamlParser> m_parser; ///< Goes before the module does.
};

} // namespace Quay
