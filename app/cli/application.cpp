// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/application.h"

#include "app/cli/againcommand.h"
#include "app/cli/auditcommand.h"
#include "app/cli/checkcommand.h"
#include "app/cli/freecommand.h"
#include "app/cli/importcommand.h"
#include "app/cli/logscommand.h"
#include "app/cli/portscommand.h"
#include "app/cli/serververbcommand.h"
#include "app/cli/startupcommand.h"
#include "app/cli/statuscommand.h"
#include "app/cli/stopcommand.h"
#include "app/cli/upcommand.h"
#include "app/cli/waitcommand.h"
#include "app/cli/whycommand.h"
#include "app/shared/format.h"
#include "core/base/nearestword.h"

#include <QCoreApplication>

#include <algorithm>
#include <initializer_list>
#include <ranges>
#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace Quay {

namespace {

struct CliText
{
    Q_DECLARE_TR_FUNCTIONS(CliApplication)
};

std::string textOf(const QString &text)
{
    return text.toStdString();
}

constexpr auto HelpVerb = "help";

QString commandsTitle()
{
    return CliText::tr("Commands");
}

QString optionsTitle()
{
    return CliText::tr("Options");
}

std::vector<std::string> optionNames(const CLI::App &parser)
{
    std::vector<std::string> names;
    for (const CLI::Option *const option : parser.get_options()) {
        for (const auto &name : option->get_lnames()) {
            names.push_back("--" + name);
        }
    }
    return names;
}

QString withSuggestion(const QString &text, const std::optional<std::string> &nearest)
{
    return nearest ? QString(text + u' ' + CliText::tr("Did you mean '%1'?").arg(shownText(*nearest))) : text;
}

/// The option that a sentence of the parser is about, empty when it names none. Flags are named without their dashes.
QString optionIn(std::string_view sentence, const std::vector<const CLI::Option *> &options)
{
    const auto begin = sentence.find("--");
    if (begin != std::string_view::npos) {
        const auto option = sentence.substr(begin);
        return shownText(option.substr(0, option.find_first_of(" :,=")));
    }
    const std::string first(sentence.substr(0, sentence.find(' ')));
    return std::ranges::any_of(options, [&first](const CLI::Option *option) { return option->check_lname(first); })
        ? shownText("--" + first)
        : QString();
}

/// The sentences of the parser itself are in English only: of them no more than the option's name is said.
QString sentenceOf(const CLI::ParseError &error, const CLI::App &parser)
{
    const auto verbs = parser.get_subcommands();
    const std::vector<const CLI::Option *> options = (verbs.empty() ? parser : *verbs.front()).get_options();
    const auto code = static_cast<CLI::ExitCodes>(error.get_exit_code());
    const auto isMissing = [](const CLI::Option *option) { return option->get_required() && option->count() == 0; };
    const auto missing = std::ranges::find_if(options, isMissing);
    if (code == CLI::ExitCodes::RequiredError && missing != options.end()) {
        return CliText::tr("An argument is missing: %1.").arg(shownText((*missing)->get_name()));
    }
    const QString name = optionIn(error.what(), options);
    if (name.isEmpty()) {
        return CliText::tr("The command line was not understood.");
    }
    const auto isGivenTwice = [&name](const CLI::Option *option) {
        return option->check_name(name.toStdString()) && option->count() > 1;
    };
    return std::ranges::any_of(options, isGivenTwice)
        ? CliText::tr("'%1' was given more than once.").arg(name)
        : CliText::tr("'%1' needs a value, or was given one that it does not take.").arg(name);
}

/// An option with an empty value, which is a variable of a script that was not set. Null: there is none.
const CLI::Option *optionWithoutValue(const CLI::App &verb)
{
    const auto options = verb.get_options();
    const auto found = std::ranges::find_if(options, [](const CLI::Option *option) {
        return option->nonpositional() && std::ranges::contains(option->results(), std::string());
    });
    return found != options.end() ? *found : nullptr;
}

std::shared_ptr<CLI::Formatter> translatedFormatter()
{
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Positionals", textOf(CliText::tr("Arguments")));
    formatter->label("REQUIRED", "");
    formatter->column_width(24);
    return formatter;
}

} // namespace

CliApplication::CliApplication()
    : m_parser(textOf(CliText::tr("Who holds which port, and why.")), "quay")
{
    m_commands.push_back(std::make_unique<PortsCommand>());
    m_commands.push_back(std::make_unique<WhyCommand>());
    m_commands.push_back(std::make_unique<WaitCommand>());
    m_commands.push_back(std::make_unique<FreeCommand>());
    m_commands.push_back(std::make_unique<StopCommand>());
    m_commands.push_back(std::make_unique<AgainCommand>());
    m_commands.push_back(std::make_unique<AuditCommand>());
    m_commands.push_back(std::make_unique<CheckCommand>());
    m_commands.push_back(std::make_unique<ImportCommand>());
    m_commands.push_back(std::make_unique<UpCommand>());
    m_commands.push_back(std::make_unique<ServerVerbCommand>(AgentVerb::Stop));
    m_commands.push_back(std::make_unique<ServerVerbCommand>(AgentVerb::Start));
    m_commands.push_back(std::make_unique<ServerVerbCommand>(AgentVerb::Restart));
    m_commands.push_back(std::make_unique<StatusCommand>());
    m_commands.push_back(std::make_unique<StartupCommand>());
    m_commands.push_back(std::make_unique<LogsCommand>());

    m_parser.option_defaults()->group(textOf(optionsTitle()))->disable_flag_override();
    m_parser.formatter(translatedFormatter());
    m_parser.set_help_flag("-h,--help", textOf(CliText::tr("Show this help")))->group(textOf(optionsTitle()));
    m_parser.add_flag("--version", m_wantsVersion, textOf(CliText::tr("Show the version")));
    m_parser.usage(textOf(CliText::tr("Usage: %1").arg(QStringLiteral("quay COMMAND [OPTIONS]"))));
    m_parser.footer(textOf(CliText::tr("More about a command: quay help COMMAND")));
    m_parser.allow_extras(); // unknown words get sentences of our own
    m_parser.require_subcommand(0, 1);
}

CliApplication::~CliApplication() = default;

const CLI::App &CliApplication::parserOfAll()
{
    if (m_help == nullptr) {
        for (const auto &command : m_commands) {
            command->setup(declare(*command));
        }
        declareHelp();
    }
    return m_parser;
}

/// Those that the words may mean, for to declare them all takes as long as many a verb does its work. Whoever names
/// none, or asks for help, is to hear of each.
void CliApplication::declareVerbs(const std::vector<std::string> &words)
{
    const auto isSaid = [&words](std::string_view word) { // the parser takes help.free for two words
        return std::ranges::any_of(words, [word](const std::string &said) { return said.contains(word); });
    };
    const auto isSaidVerb = [&isSaid](const auto &command) { return isSaid(command->name()); };
    const bool areAllMeant = std::ranges::none_of(m_commands, isSaidVerb)
        || std::ranges::any_of(std::initializer_list<std::string_view>{HelpVerb, "-h", "--help"}, isSaid);
    for (const auto &command : m_commands) {
        if (isSaidVerb(command)) {
            command->setup(declare(*command));
        } else if (areAllMeant) {
            declare(*command);
        }
    }
    if (areAllMeant) {
        declareHelp();
    }
}

CLI::App &CliApplication::declare(const Command &command)
{
    CLI::App *const verb = m_parser.add_subcommand(std::string(command.name()), textOf(command.description()));
    const QString synopsis = QStringLiteral("quay %1 %2 [OPTIONS]").arg(shownText(command.name()), command.arguments());
    verb->usage(textOf(CliText::tr("Usage: %1").arg(synopsis)));
    verb->footer("");
    verb->group(textOf(commandsTitle()));
    verb->get_help_ptr()->group(textOf(optionsTitle())); // inherited, but not the group
    return *verb;
}

void CliApplication::declareHelp()
{
    m_help = m_parser.add_subcommand(HelpVerb, textOf(CliText::tr("Show how a command is used")));
    m_help->usage(textOf(CliText::tr("Usage: %1").arg(QStringLiteral("quay help [COMMAND]"))));
    m_help->footer("");
    m_help->group(textOf(commandsTitle()));
    m_help->get_help_ptr()->group(textOf(optionsTitle()));
    m_help->add_option("COMMAND", m_helpVerb, textOf(CliText::tr("The command")))->option_text(" ");
}

ExitCode CliApplication::run(const std::vector<std::string> &words, CommandContext &context)
{
    declareVerbs(words);
    try {
        m_parser.parse(std::vector<std::string>(words.rbegin(), words.rend())); // it takes them from the back
    } catch (const CLI::CallForHelp &) {
        std::ignore = context.out.write(m_parser.help());
        return ExitCode::Done;
    } catch (const CLI::ParseError &error) {
        complain(context, sentenceOf(error, m_parser));
        return ExitCode::Usage;
    }
    const ExitCode code = dispatch(context);
    const Result<> &written = context.out.state();
    if (!written && written.error().code != ErrorCode::Gone) { // a reader that has seen enough is no failure
        return complainAbout(context, written.error());
    }
    return code;
}

ExitCode CliApplication::dispatch(CommandContext &context)
{
    if (m_wantsVersion) {
        std::ignore = context.out.writeLine(QStringLiteral("quay " QUAY_VERSION));
        return ExitCode::Done;
    }
    const auto chosen = m_parser.get_subcommands();
    const auto leftovers = m_parser.remaining();
    if (!leftovers.empty()) {
        return leftovers.front().starts_with('-') ? refuseLeftovers(m_parser, context)
                                                  : refuseVerb(leftovers.front(), context);
    }
    if (chosen.empty()) {
        std::ignore = context.err.write(m_parser.help());
        return ExitCode::Usage;
    }
    if (chosen.front()->remaining_size() > 0) {
        return refuseLeftovers(*chosen.front(), context);
    }
    if (chosen.front() == m_help) {
        return help(context);
    }
    if (const auto *const option = optionWithoutValue(*chosen.front())) {
        complain(context, CliText::tr("'%1' needs a value.").arg(shownText(option->get_name())));
        return ExitCode::Usage;
    }
    const auto command = std::ranges::find(m_commands, chosen.front()->get_name(), &Command::name);
    return (*command)->execute(context);
}

ExitCode CliApplication::help(CommandContext &context) const
{
    if (m_helpVerb.empty()) {
        // Its own help(): App::help() gives that of the verb that was parsed, and that is `help`.
        const auto formatter = m_parser.get_formatter();
        std::ignore =
            context.out.write(formatter->make_help(&m_parser, m_parser.get_name(), CLI::AppFormatMode::Normal));
        return ExitCode::Done;
    }
    const auto verbs =
        m_parser.get_subcommands([this](const CLI::App *verb) { return verb->get_name() == m_helpVerb; });
    if (verbs.empty()) {
        return refuseVerb(m_helpVerb, context);
    }
    std::ignore = context.out.write(verbs.front()->help());
    return ExitCode::Done;
}

ExitCode CliApplication::refuseVerb(const std::string &word, CommandContext &context) const
{
    const QString sentence = CliText::tr("'%1' is not a command.").arg(shownText(word));
    complain(context, withSuggestion(sentence, nearestWord(word, verbNames())));
    std::ignore = context.err.writeLine(CliText::tr("All commands: quay --help"));
    return ExitCode::Usage;
}

ExitCode CliApplication::refuseLeftovers(const CLI::App &verb, CommandContext &context) const
{
    const std::string word = verb.remaining().front();
    const QString sentence = word.starts_with("--") ? CliText::tr("'%1' is not an option here.").arg(shownText(word))
                                                    : CliText::tr("'%1' is not expected here.").arg(shownText(word));
    complain(context, withSuggestion(sentence, nearestWord(word, optionNames(verb))));
    return ExitCode::Usage;
}

std::vector<std::string> CliApplication::verbNames() const
{
    auto names = m_commands | std::views::transform([](const auto &command) { return std::string(command->name()); });
    std::vector<std::string> all(names.begin(), names.end());
    all.emplace_back(HelpVerb);
    return all;
}

} // namespace Quay
