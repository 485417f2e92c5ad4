// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/processes/kindrules.h"

#include "core/base/result.h"
#include "core/base/words.h"
#include "core/processes/commandview.h"
#include "core/processes/jsonreader.h"
#include "core/processes/ruleindex.h"
#include "core/resources.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <csignal>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace Quay {

namespace {

constexpr int SchemaVersion = 1;

constexpr std::array RuleKeys{
    Word{.word = "tool", .value = RuleKey::Tool},       Word{.word = "program", .value = RuleKey::Program},
    Word{.word = "script", .value = RuleKey::Script},   Word{.word = "module", .value = RuleKey::Module},
    Word{.word = "package", .value = RuleKey::Package}, Word{.word = "title", .value = RuleKey::Title},
    Word{.word = "path", .value = RuleKey::Path},
};

constexpr std::array LauncherKinds{
    Word{.word = "init", .value = LauncherKind::Init},
    Word{.word = "serviceManager", .value = LauncherKind::ServiceManager},
    Word{.word = "timer", .value = LauncherKind::Timer},
    Word{.word = "containerRuntime", .value = LauncherKind::ContainerRuntime},
    Word{.word = "desktopSession", .value = LauncherKind::DesktopSession},
    Word{.word = "terminal", .value = LauncherKind::Terminal},
    Word{.word = "multiplexer", .value = LauncherKind::Multiplexer},
    Word{.word = "ssh", .value = LauncherKind::Ssh},
    Word{.word = "ide", .value = LauncherKind::Ide},
    Word{.word = "codingAgent", .value = LauncherKind::CodingAgent},
    Word{.word = "shell", .value = LauncherKind::Shell},
    Word{.word = "processManager", .value = LauncherKind::ProcessManager},
    Word{.word = "packageScript", .value = LauncherKind::PackageScript},
};

/// Those that a program may take as a request to end.
constexpr std::array StopSignals{
    Word{.word = "HUP", .value = SIGHUP},     Word{.word = "INT", .value = SIGINT},
    Word{.word = "QUIT", .value = SIGQUIT},   Word{.word = "TERM", .value = SIGTERM},
    Word{.word = "USR1", .value = SIGUSR1},   Word{.word = "USR2", .value = SIGUSR2},
    Word{.word = "WINCH", .value = SIGWINCH},
};

/// What a rule says about the processes that it finds. The texts point into Data::json.
struct KindRule
{
    std::string_view id;
    std::string_view name;
    bool speaksHttp = false;
    bool isDevelopment = false;
    bool isContainerProxy = false;
    std::optional<int> stopSignal;
};

struct LauncherRule
{
    std::string_view name;
    LauncherKind kind = LauncherKind::None;
};

} // namespace

struct KindRules::Data
{
    std::string json; ///< All other texts point into it.
    Interpreters interpreters;
    std::vector<KindRule> kinds;
    RuleIndex kindIndex;
    std::vector<LauncherRule> launchers;
    RuleIndex launcherIndex;

    [[nodiscard]] const LauncherRule *launcher(const ProcessFacts &facts) const
    {
        const auto rule = launcherIndex.find(commandView(facts, interpreters), facts);
        return rule ? &launchers[*rule] : nullptr;
    }
};

/// Fills Data from its own text. See kinds.schema.json.
class KindRules::Loader
{
public:
    explicit Loader(Data &data)
        : m_data(data)
        , m_reader(data.json)
    {
    }

    [[nodiscard]] Result<> load()
    {
        m_reader.beginObject();
        while (const auto key = m_reader.nextMember()) {
            readPart(*key);
        }
        m_reader.finish();
        if (m_data.kinds.empty() || m_data.launchers.empty() || m_data.interpreters.empty()) {
            m_reader.fail("interpreters, kinds and launchers expected");
        }
        if (const auto &error = m_reader.error()) {
            return std::unexpected(*error);
        }
        m_data.kindIndex.finish();
        m_data.launcherIndex.finish();
        return {};
    }

private:
    void readPart(std::string_view key)
    {
        if (key == "schema") {
            if (m_reader.number() != SchemaVersion) {
                m_reader.fail("schema must be 1");
            }
        } else if (key == "$schema") {
            std::ignore = m_reader.text();
        } else if (key == "interpreters") {
            readItems(&Loader::readInterpreter);
        } else if (key == "kinds") {
            readItems(&Loader::readKind);
        } else if (key == "launchers") {
            readItems(&Loader::readLauncher);
        } else {
            failUnknown(key);
        }
    }

    void readItems(void (Loader::*readItem)())
    {
        m_reader.beginArray();
        while (m_reader.nextItem()) {
            m_reader.beginObject();
            (this->*readItem)();
        }
    }

    void readInterpreter()
    {
        std::vector<std::string_view> names;
        Interpreter interpreter;
        while (const auto key = m_reader.nextMember()) {
            if (*key == "names") {
                names = m_reader.texts();
            } else if (*key == "valueOptions") {
                interpreter.valueOptions = m_reader.texts();
            } else if (*key == "inlineOptions") {
                interpreter.inlineOptions = m_reader.texts();
            } else if (*key == "moduleOptions") {
                interpreter.moduleOptions = m_reader.texts();
            } else if (*key == "scriptOptions") {
                interpreter.scriptOptions = m_reader.texts();
            } else if (*key == "subcommands") {
                interpreter.subcommands = m_reader.texts();
            } else if (*key == "optionPrefixes") {
                interpreter.optionPrefixes = m_reader.texts();
            } else {
                failUnknown(*key);
            }
        }
        if (names.empty()) {
            m_reader.fail("names expected");
        }
        interpreter.names = std::move(names);
        m_data.interpreters.push_back(std::move(interpreter));
    }

    void readKind()
    {
        KindRule kind;
        bool hasMatch = false;
        while (const auto key = m_reader.nextMember()) {
            if (*key == "id") {
                kind.id = m_reader.text();
            } else if (*key == "name") {
                kind.name = m_reader.text();
            } else if (*key == "http") {
                kind.speaksHttp = m_reader.flag();
            } else if (*key == "development") {
                kind.isDevelopment = m_reader.flag();
            } else if (*key == "containerProxy") {
                kind.isContainerProxy = m_reader.flag();
            } else if (*key == "stopSignal") {
                kind.stopSignal = stopSignal();
            } else if (*key == "match") {
                hasMatch = readMatches(m_data.kindIndex, m_data.kinds.size());
            } else {
                failUnknown(*key);
            }
        }
        if (kind.id.empty() || kind.name.empty() || !hasMatch) {
            m_reader.fail("id, name and match expected");
        }
        m_data.kinds.push_back(kind);
    }

    [[nodiscard]] std::optional<int> stopSignal()
    {
        const auto signal = valueFor(StopSignals, m_reader.text());
        if (!signal) {
            m_reader.fail("stopSignal must be one of HUP, INT, QUIT, TERM, USR1, USR2, WINCH");
        }
        return signal;
    }

    void readLauncher()
    {
        LauncherRule launcher;
        bool hasMatch = false;
        while (const auto key = m_reader.nextMember()) {
            if (*key == "name") {
                launcher.name = m_reader.text();
            } else if (*key == "kind") {
                launcher.kind = valueFor(LauncherKinds, m_reader.text()).value_or(LauncherKind::None);
            } else if (*key == "match") {
                hasMatch = readMatches(m_data.launcherIndex, m_data.launchers.size());
            } else {
                failUnknown(*key);
            }
        }
        if (launcher.name.empty() || launcher.kind == LauncherKind::None || !hasMatch) {
            m_reader.fail("name, a known kind and match expected");
        }
        m_data.launchers.push_back(launcher);
    }

    [[nodiscard]] bool readMatches(RuleIndex &index, std::size_t rule)
    {
        bool hasMatch = false;
        m_reader.beginArray();
        while (m_reader.nextItem()) {
            m_reader.beginObject();
            readMatch(index, rule);
            hasMatch = true;
        }
        return hasMatch;
    }

    void readMatch(RuleIndex &index, std::size_t rule)
    {
        RuleConditions conditions;
        std::optional<RuleKey> ruleKey;
        std::vector<std::string_view> texts;
        while (const auto key = m_reader.nextMember()) {
            if (const auto meant = valueFor(RuleKeys, *key)) {
                if (ruleKey) {
                    m_reader.fail("one of tool, program, script, module, package, title, path expected, not two");
                }
                ruleKey = meant;
                texts = m_reader.texts();
            } else if (*key == "all") {
                conditions.all = patterns();
            } else if (*key == "any") {
                conditions.any = patterns();
            } else if (*key == "none") {
                conditions.none = patterns();
            } else if (*key == "first") {
                conditions.first = m_reader.texts();
            } else if (*key == "notFirst") {
                conditions.notFirst = m_reader.texts();
            } else {
                failUnknown(*key);
            }
        }
        if (!ruleKey) {
            m_reader.fail("one of tool, program, script, module, package, title, path expected");
            return;
        }
        index.add(rule, *ruleKey, texts, std::move(conditions));
    }

    [[nodiscard]] std::vector<TextPattern> patterns()
    {
        const auto texts = m_reader.texts();
        return {texts.begin(), texts.end()};
    }

    void failUnknown(std::string_view key) { m_reader.fail("unknown key " + std::string(key)); }

    Data &m_data;
    JsonReader m_reader;
};

KindRules::KindRules(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{
}

Result<KindRules> KindRules::fromJson(std::string_view json)
{
    const auto data = std::make_shared<Data>();
    data->json = std::string(json);
    return Loader(*data).load().transform([&data] { return KindRules(data); });
}

const KindRules &KindRules::builtIn()
{
    static const KindRules rules = [] {
        auto loaded = fromJson(kindsJson());
        assert(loaded); // a test reads them
        return loaded ? std::move(*loaded) : KindRules(std::make_shared<const Data>());
    }();
    return rules;
}

std::optional<ServerKind> KindRules::serverKind(const ProcessFacts &facts) const
{
    const auto rule = m_data->kindIndex.find(commandView(facts, m_data->interpreters), facts);
    if (!rule) {
        return std::nullopt;
    }
    const auto &kind = m_data->kinds[*rule];
    return ServerKind{.id = std::string(kind.id),
                      .name = std::string(kind.name),
                      .speaksHttp = kind.speaksHttp,
                      .isDevelopment = kind.isDevelopment,
                      .isContainerProxy = kind.isContainerProxy,
                      .stopSignal = kind.stopSignal};
}

LauncherKind KindRules::launcherKind(const ProcessFacts &facts) const
{
    const auto *const found = m_data->launcher(facts);
    return found != nullptr ? found->kind : LauncherKind::None;
}

std::string KindRules::launcherName(const ProcessFacts &facts) const
{
    const auto *const found = m_data->launcher(facts);
    return found != nullptr ? std::string(found->name) : std::string();
}

} // namespace Quay
