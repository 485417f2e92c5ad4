// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/imports/foreignmap.h"

#include "core/base/number.h"

#include <algorithm>
#include <utility>

namespace Quay {

LossList::LossList(std::string file)
    : m_file(std::move(file))
{
}

void LossList::add(LossReason reason, int line, std::string key, std::string detail)
{
    m_losses.push_back(
        {.reason = reason, .file = m_file, .line = line, .key = std::move(key), .detail = std::move(detail)});
}

std::vector<ImportLoss> LossList::take()
{
    std::ranges::stable_sort(m_losses, {}, &ImportLoss::line);
    return std::move(m_losses);
}

ForeignMap::ForeignMap(const YamlNode *node, std::string path, LossList &losses)
    : m_node(node != nullptr && node->type == YamlType::Map ? node : nullptr)
    , m_path(std::move(path))
    , m_losses(losses)
{
    if (node != nullptr && m_node == nullptr && node->type != YamlType::Nothing) {
        m_losses.add(LossReason::NotUnderstood, node->position.line, m_path);
    }
}

std::string ForeignMap::pathOf(std::string_view key) const
{
    return (m_path.empty() ? std::string() : m_path + '.') + std::string(key);
}

int ForeignMap::lineOf(std::string_view key) const
{
    for (const auto &entry : entries()) {
        if (entry.key == key) {
            return entry.position.line;
        }
    }
    return 0;
}

const std::vector<YamlEntry> &ForeignMap::entries() const
{
    static const std::vector<YamlEntry> none;
    return m_node != nullptr ? m_node->entries : none;
}

const YamlNode *ForeignMap::take(std::string_view key)
{
    m_taken.emplace(key);
    const YamlNode *const value = m_node != nullptr ? m_node->find(key) : nullptr;
    return value != nullptr && value->type != YamlType::Nothing ? value : nullptr;
}

std::optional<std::string> ForeignMap::text(std::string_view key)
{
    const YamlNode *const value = take(key);
    if (value != nullptr && value->type != YamlType::Text) {
        lose(LossReason::NotUnderstood, key);
    }
    return value != nullptr && value->type == YamlType::Text ? std::optional(value->text) : std::nullopt;
}

std::optional<int> ForeignMap::number(std::string_view key)
{
    const auto found = text(key);
    const auto value = found ? numberFromText<int>(*found) : std::nullopt;
    if (found && !value) {
        lose(LossReason::NotUnderstood, key);
    }
    return value;
}

std::optional<bool> ForeignMap::flag(std::string_view key)
{
    const auto found = text(key);
    if (!found || *found == "true" || *found == "false") {
        return found.transform([](const std::string &word) { return word == "true"; });
    }
    lose(LossReason::NotUnderstood, key);
    return std::nullopt;
}

std::vector<std::string> ForeignMap::texts(std::string_view key)
{
    const YamlNode *const value = take(key);
    std::vector<std::string> found;
    if (value == nullptr) {
        return found;
    }
    if (value->type == YamlType::Text) {
        found.push_back(value->text);
        return found;
    }
    const bool areTexts = value->type == YamlType::List
        && std::ranges::all_of(value->items, [](const YamlNode &item) { return item.type == YamlType::Text; });
    if (!areTexts) {
        lose(LossReason::NotUnderstood, key);
        return found;
    }
    for (const auto &item : value->items) {
        found.push_back(item.text);
    }
    return found;
}

VariableMap ForeignMap::variables(std::string_view key)
{
    const YamlNode *const value = take(key);
    VariableMap found;
    if (value == nullptr) {
        return found;
    }
    for (const auto &item : value->items) {
        const auto sign = item.text.find('=');
        if (sign != std::string::npos && isVariableName(item.text.substr(0, sign))) {
            found.insert_or_assign(item.text.substr(0, sign), item.text.substr(sign + 1));
        } else if (sign != std::string::npos || item.type != YamlType::Text) {
            lose(LossReason::NotUnderstood, key);
        }
    }
    for (const auto &entry : value->entries) {
        if (!isVariableName(entry.key)
            || (entry.value.type != YamlType::Text && entry.value.type != YamlType::Nothing)) {
            lose(LossReason::NotUnderstood, key);
        } else if (entry.value.type == YamlType::Text) {
            found.insert_or_assign(entry.key, entry.value.text);
        }
    }
    if (value->type == YamlType::Text) {
        lose(LossReason::NotUnderstood, key);
    }
    return found;
}

ForeignMap ForeignMap::map(std::string_view key)
{
    return {take(key), pathOf(key), m_losses};
}

void ForeignMap::lose(LossReason reason, std::string_view key, std::string detail)
{
    m_losses.add(reason, lineOf(key), pathOf(key), std::move(detail));
}

void ForeignMap::tellRest()
{
    for (const auto &entry : entries()) {
        if (!m_taken.contains(entry.key) && !entry.key.starts_with("x-")) {
            m_losses.add(LossReason::NoCounterpart, entry.position.line, pathOf(entry.key));
        }
    }
}

} // namespace Quay
