// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/lazyyaml.h"

#include "core/servers/yamlmodule.h"

#include <QString>

namespace Quay {

LazyYaml::LazyYaml()
    : m_loader(QStringLiteral("quay-yaml"))
{
}

LazyYaml::~LazyYaml() = default;

YamlDocument LazyYaml::parse(std::string_view text)
{
    if (m_parser == nullptr) {
        const auto module = m_loader.load<YamlModule>();
        if (!module) {
            YamlDocument unread;
            unread.mistakes.push_back({.code = MistakeCode::NotReadable, .found = module.error().subject});
            return unread;
        }
        m_parser = (*module)->createParser();
    }
    return m_parser->parse(text);
}

} // namespace Quay
