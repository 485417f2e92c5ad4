// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/importcommand.h"

#include "app/cli/importjson.h"
#include "app/cli/listenerjson.h"
#include "app/shared/configtext.h"
#include "app/shared/format.h"
#include "core/base/uniquefd.h"
#include "core/imports/importfile.h"
#include "core/servers/configpath.h"
#include "core/servers/configwriter.h"
#include "core/servers/lazyyaml.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include <CLI/App.hpp>

namespace Quay {

namespace {

struct ImportTexts
{
    Q_DECLARE_TR_FUNCTIONS(ImportCommand)
};

QString kindWords()
{
    QStringList words;
    for (const auto &word : ImportKindWords) {
        words << shownText(word.word);
    }
    return words.join(QStringLiteral(", "));
}

std::string currentDirectory()
{
    std::error_code failure;
    return std::filesystem::current_path(failure).string();
}

} // namespace

QString ImportCommand::description() const
{
    return ImportTexts::tr("Make quaymaster.yaml of another tool's file");
}

QString ImportCommand::arguments() const
{
    return QStringLiteral("FILE");
}

void ImportCommand::setup(CLI::App &parser)
{
    parser
        .add_option("FILE", m_file,
                    ImportTexts::tr("A Procfile, process-compose.yaml, compose.yaml, supervisord.conf or package.json")
                        .toStdString())
        ->option_text(" ")
        ->required();
    parser
        .add_option("--output", m_output,
                    ImportTexts::tr("Write to this file, which must not be there yet; standard output when not given")
                        .toStdString())
        ->option_text("FILE");
    parser
        .add_option("--from", m_from,
                    ImportTexts::tr("Whose file it is, when its name does not tell: %1").arg(kindWords()).toStdString())
        ->option_text(ImportTexts::tr("KIND").toStdString());
    parser.add_flag("--json", m_json, ImportTexts::tr("Print JSON").toStdString());
}

ExitCode ImportCommand::execute(CommandContext &context)
{
    const std::string path = resolvedPath(m_file, currentDirectory(), {});
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
        complain(context, ImportTexts::tr("There is no file '%1'.").arg(shownText(m_file)));
        return ExitCode::NothingThere;
    }
    const auto chosen = kind(context);
    if (!chosen) {
        return ExitCode::Usage;
    }
    LazyYaml yaml;
    const ImportSource source{.path = path, .variables = ownVariables()};
    const ImportedServers imported = importFile(*chosen, source, yaml);
    if (!imported.mistakes.empty()) {
        for (const auto &mistake : imported.mistakes) {
            std::ignore = context.err.writeLine(mistakeLine(mistake));
        }
        return ExitCode::Usage;
    }
    return report(context, *chosen, imported);
}

std::optional<ImportKind> ImportCommand::kind(CommandContext &context) const
{
    if (m_from.empty()) {
        const auto known = importKindOf(m_file);
        if (!known) {
            complain(context,
                     ImportTexts::tr("The name of '%1' does not tell whose file it is. Say it with --from: %2.")
                         .arg(shownText(m_file), kindWords()));
        }
        return known;
    }
    const auto known = valueFor(ImportKindWords, m_from);
    if (!known) {
        complain(context, ImportTexts::tr("'%1' is not a kind. Allowed are: %2.").arg(shownText(m_from), kindWords()));
    }
    return known;
}

/// What goes out first: the file, so that nobody reads of losses when there is none.
ExitCode ImportCommand::report(CommandContext &context, ImportKind kind, const ImportedServers &imported) const
{
    const std::string path = m_output.empty() ? imported.file.path : resolvedPath(m_output, currentDirectory(), {});
    const std::string text = configText(imported.file, directoryOf(path), Dollars::References);
    if (!m_output.empty()) {
        if (const auto saved = save(text); !saved) {
            const bool isThere = saved.error().sysErrno == EEXIST;
            if (isThere) {
                complain(context,
                         ImportTexts::tr("'%1' is there already; it was left as it is.").arg(shownText(m_output)));
            }
            return isThere ? ExitCode::NotAchieved : complainAbout(context, saved.error());
        }
    }
    if (m_json) {
        std::ignore = context.out.write(jsonDocument(importJson(kind, imported, text)));
    } else if (m_output.empty()) {
        std::ignore = context.out.write(text);
    }
    if (!m_json) {
        for (const auto &loss : imported.losses) {
            std::ignore = context.err.writeLine(lossLine(loss));
        }
    }
    if (imported.file.servers.empty()) {
        complain(context, ImportTexts::tr("There are no servers in '%1'.").arg(shownText(m_file)));
        return ExitCode::NothingThere;
    }
    return ExitCode::Done;
}

/// Never over what is there: O_EXCL.
Result<> ImportCommand::save(const std::string &text) const
{
    constexpr mode_t Mode = 0644;
    const UniqueFd fd(::open(m_output.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, Mode));
    if (!fd) {
        return failErrno(errno, m_output);
    }
    FileOutput file(fd.get(), m_output);
    return file.write(text);
}

} // namespace Quay
