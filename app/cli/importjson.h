// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/imports/importfile.h"

#include <QJsonObject>

#include <string>

namespace Quay {

/// The JSON of `quay import`, see resources/schema/quay-import.schema.json.
[[nodiscard]] QJsonObject importJson(ImportKind kind, const ImportedServers &imported, const std::string &text);

} // namespace Quay
