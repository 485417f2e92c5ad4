// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/servers/yamlnode.h"

#include <QtPlugin>

#include <memory>

namespace Quay {

/// The module that brings the YAML library along, loaded only when a file of servers is read.
class YamlModule
{
public:
    YamlModule() = default;
    YamlModule(const YamlModule &) = delete;
    YamlModule &operator=(const YamlModule &) = delete;
    virtual ~YamlModule() = default;

    [[nodiscard]] virtual std::unique_ptr<YamlParser> createParser() = 0;
};

} // namespace Quay

#define QUAY_YAML_MODULE_IID "org.quaymaster.YamlModule/1"
Q_DECLARE_INTERFACE(Quay::YamlModule, QUAY_YAML_MODULE_IID)
