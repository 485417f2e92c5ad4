// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/configtext.h"

#include "app/shared/format.h"
#include "core/processes/secrettext.h"

#include <QCoreApplication>
#include <QStringList>

namespace Quay {

namespace {

struct ConfigText
{
    Q_DECLARE_TR_FUNCTIONS(ConfigText)
};

/// What stands in the file, without secrets, and not at any length.
QString shownValue(const std::string &value)
{
    constexpr qsizetype Longest = 60;
    const QString text = shownText(maskedText(value));
    return text.size() > Longest ? QString(text.left(Longest) + u'\u2026') : text;
}

QString listText(const std::vector<std::string> &words)
{
    QStringList list;
    for (const auto &word : words) {
        list << shownText(word);
    }
    return list.join(QStringLiteral(", "));
}

QString typeText(const std::string &type)
{
    if (type == "nothing") {
        return ConfigText::tr("nothing");
    }
    if (type == "text") {
        return ConfigText::tr("a text");
    }
    return type == "list" ? ConfigText::tr("a list") : ConfigText::tr("a map");
}

QString typesText(const std::vector<std::string> &types)
{
    QStringList texts;
    for (const auto &type : types) {
        texts << typeText(type);
    }
    return texts.join(ConfigText::tr(" or "));
}

QString lineText(const std::optional<TextPosition> &position)
{
    return QString::number(position ? position->line : 0);
}

QString first(const std::vector<std::string> &words)
{
    return words.empty() ? QString() : shownText(words.front());
}

/// Mistakes in the syntax of YAML that are made again and again.
QString syntaxText(const ConfigMistake &mistake)
{
    const QString found = shownValue(mistake.found);
    switch (mistake.code) {
    case MistakeCode::BadIndentation:
        return ConfigText::tr("'%1' does not continue what stands above it: what belongs together has to begin in the "
                              "same column, and a list and a map cannot be mixed.")
            .arg(found);
    case MistakeCode::TabIndentation:
        return ConfigText::tr("'%1' is indented with a tab. Indent it with blanks.").arg(found);
    case MistakeCode::ColonInValue:
        return ConfigText::tr("The value '%1' has a ':' in it. Put it in quotation marks; when it is a map, begin that "
                              "in the next line, indented further.")
            .arg(found);
    case MistakeCode::UnclosedBracket:
        return found == u'['
            ? ConfigText::tr("A '[' is not closed up to here: a ']' is missing, or a ',' between two items.")
            : ConfigText::tr("A '{' is not closed up to here: a '}' is missing, or a ',' between two entries.");
    case MistakeCode::ReservedCharacter:
        return ConfigText::tr("A value cannot begin with '%1'. Put it in quotation marks.").arg(found);
    default:
        return {};
    }
}

/// Mistakes that concern the file as a whole, or its form.
QString formText(const ConfigMistake &mistake)
{
    const QString found = shownValue(mistake.found);
    switch (mistake.code) {
    case MistakeCode::NotReadable:
        return ConfigText::tr("The file cannot be read: %1").arg(found);
    case MistakeCode::TooLarge:
        return ConfigText::tr("The file is too large: %1 bytes are allowed.").arg(first(mistake.allowed));
    case MistakeCode::NotUtf8:
        return ConfigText::tr("This is not UTF-8.");
    case MistakeCode::NulByte:
        return ConfigText::tr("There is a NUL byte here.");
    case MistakeCode::Syntax:
        return ConfigText::tr("This cannot be parsed: %1").arg(found);
    case MistakeCode::BadIndentation:
    case MistakeCode::TabIndentation:
    case MistakeCode::ColonInValue:
    case MistakeCode::UnclosedBracket:
    case MistakeCode::ReservedCharacter:
        return syntaxText(mistake);
    case MistakeCode::TooDeep:
        return ConfigText::tr("This is nested too deeply: %1 levels are allowed.").arg(first(mistake.allowed));
    case MistakeCode::TooMany:
        return ConfigText::tr("Aliases make too much of this.");
    case MistakeCode::SeveralDocuments:
        return ConfigText::tr("There is more than one document in the file.");
    case MistakeCode::UnknownTag:
        return ConfigText::tr("The tag '%1' is not known.").arg(found);
    case MistakeCode::KeyIsNoText:
        return ConfigText::tr("A key has to be a text.");
    case MistakeCode::DuplicateKey:
        return ConfigText::tr("'%1' stands here a second time; the first is in line %2.")
            .arg(found, lineText(mistake.related));
    case MistakeCode::BadLine:
        return found.isEmpty() ? ConfigText::tr("This line is not understood.")
                               : ConfigText::tr("This line is not understood: %1").arg(found);
    case MistakeCode::UnterminatedQuote:
        return ConfigText::tr("The quotation mark is never closed.");
    case MistakeCode::TextBehindQuote:
        return ConfigText::tr("Behind a closing quotation mark only a comment may follow.");
    case MistakeCode::BadSection:
        return ConfigText::tr("'%1' is not the head of a section.").arg(found);
    case MistakeCode::BadExpansion:
        return ConfigText::tr("'%1' has a placeholder that is not known.").arg(found);
    default:
        return {};
    }
}

/// Mistakes about keys and how they go together.
QString keyText(const ConfigMistake &mistake)
{
    const QString found = shownValue(mistake.found);
    const QString allowed = listText(mistake.allowed);
    switch (mistake.code) {
    case MistakeCode::UnknownKey:
        return mistake.nearest
            ? ConfigText::tr("'%1' is not known here. Did you mean '%2'?").arg(found, shownText(*mistake.nearest))
            : ConfigText::tr("'%1' is not known here. Allowed are: %2.").arg(found, allowed);
    case MistakeCode::MissingKey:
        return mistake.allowed.size() == 1 ? ConfigText::tr("'%1' is missing.").arg(allowed)
                                           : ConfigText::tr("One of these is missing: %1.").arg(allowed);
    case MistakeCode::ExclusiveKeys:
        return ConfigText::tr("'%1' is one too many: only one of these may be there: %2.").arg(found, allowed);
    case MistakeCode::KeyNeedsOther:
        return ConfigText::tr("'%1' means something only beside '%2'.").arg(found, allowed);
    case MistakeCode::WrongType:
        return ConfigText::tr("This is %1; allowed is %2.").arg(typeText(mistake.found), typesText(mistake.allowed));
    case MistakeCode::UnsupportedVersion:
        return ConfigText::tr("Version %1 of the format is not known; allowed is %2.").arg(found, allowed);
    case MistakeCode::DuplicateName:
        return ConfigText::tr("The name '%1' is taken already.").arg(found);
    case MistakeCode::UnknownServer:
        return mistake.nearest
            ? ConfigText::tr("There is no server '%1'. Did you mean '%2'?").arg(found, shownText(*mistake.nearest))
            : ConfigText::tr("There is no server '%1'. There are: %2.").arg(found, allowed);
    case MistakeCode::NeedsItself:
        return ConfigText::tr("'%1' needs itself.").arg(found);
    case MistakeCode::Cycle:
        return ConfigText::tr("These need one another in a circle: %1.").arg(shownText(mistake.found));
    default:
        return {};
    }
}

/// Mistakes about single values.
QString valueText(const ConfigMistake &mistake)
{
    const QString found = shownValue(mistake.found);
    switch (mistake.code) {
    case MistakeCode::UnknownWord:
        return mistake.nearest
            ? ConfigText::tr("'%1' is not allowed. Did you mean '%2'?").arg(found, shownText(*mistake.nearest))
            : ConfigText::tr("'%1' is not allowed. Allowed are: %2.").arg(found, listText(mistake.allowed));
    case MistakeCode::BadNumber:
        return ConfigText::tr("'%1' is not a number from %2 to %3.")
            .arg(found, first(mistake.allowed), shownText(mistake.allowed.back()));
    case MistakeCode::BadDuration:
        return ConfigText::tr("'%1' is not a duration. Allowed are numbers with units up to a day: 500ms, 5s, 1m30s.")
            .arg(found);
    case MistakeCode::BadSize:
        return ConfigText::tr("'%1' is not a size. Allowed are numbers with a unit: 10MB, 64KiB.").arg(found);
    case MistakeCode::BadPattern:
        return ConfigText::tr("'%1' is not a regular expression: %2.").arg(found, first(mistake.allowed));
    case MistakeCode::BadAddress:
        return ConfigText::tr("'%1' is not an IP address.").arg(found);
    case MistakeCode::BadEndpoint:
        return ConfigText::tr("'%1' is not HOST:PORT.").arg(found);
    case MistakeCode::BadUrl:
        return ConfigText::tr("'%1' is not a URL with http:// or https://.").arg(found);
    case MistakeCode::BadName:
        return ConfigText::tr(
                   "'%1' is not a name. Allowed are up to 64 letters, digits, '.', '_' and '-'; the first is "
                   "a letter or a digit.")
            .arg(found);
    case MistakeCode::BadVariableName:
        return found.isEmpty() ? ConfigText::tr("This is not the name of a variable.")
                               : ConfigText::tr("'%1' is not the name of a variable.").arg(found);
    case MistakeCode::BadVersion:
        return ConfigText::tr("'%1' is not a program and a version. Write 'python >= 3.13', or 'from' beside it.")
            .arg(found);
    case MistakeCode::BadSignal:
        return ConfigText::tr("'%1' is not a signal. Allowed are names such as TERM and INT.").arg(found);
    case MistakeCode::BadStatus:
        return ConfigText::tr("'%1' is not a status of HTTP. Allowed are numbers such as 200, and 200-299.").arg(found);
    case MistakeCode::BadHeader:
        return ConfigText::tr("'%1' cannot be a header of HTTP.").arg(found);
    case MistakeCode::Empty:
        return ConfigText::tr("There has to be something here.");
    case MistakeCode::MalformedVariable:
        return ConfigText::tr(
                   "'%1' is not understood. Allowed are ${NAME}, ${NAME:-default}, and $$ for a dollar sign.")
            .arg(found);
    case MistakeCode::UnsetVariable:
        return ConfigText::tr("The variable %1 is not set. ${%1:-default} would do without it.").arg(found);
    default:
        return {};
    }
}

/// `FILE:3:5: `
QString placeText(const std::string &file, TextPosition position)
{
    QString text = shownText(file);
    if (position.line > 0) {
        text += QString(u':' + QString::number(position.line));
    }
    if (position.line > 0 && position.column > 0) {
        text += QString(u':' + QString::number(position.column));
    }
    return QString(text + QStringLiteral(": "));
}

} // namespace

QString mistakeText(const ConfigMistake &mistake)
{
    for (const auto &text : {formText(mistake), keyText(mistake), valueText(mistake)}) {
        if (!text.isEmpty()) {
            return text;
        }
    }
    return {};
}

QString mistakeLine(const ConfigMistake &mistake)
{
    const QString path = mistake.path.empty() ? QString() : QString(shownText(mistake.path) + QStringLiteral(": "));
    return QString(placeText(mistake.file, mistake.position) + path + mistakeText(mistake));
}

QString lossText(const ImportLoss &loss)
{
    const QString detail = shownText(loss.detail);
    switch (loss.reason) {
    case LossReason::NoCounterpart:
        return ConfigText::tr("Quaymaster has nothing like it.");
    case LossReason::Approximated:
        return ConfigText::tr("It was carried over as something near: %1.").arg(detail);
    case LossReason::NotUnderstood:
        return ConfigText::tr("It was not understood.");
    case LossReason::Template:
        return ConfigText::tr("It has placeholders that only the tool itself can fill.");
    case LossReason::Renamed:
        return ConfigText::tr("The name is not allowed here; it became '%1'.").arg(detail);
    case LossReason::NotAServer:
        return ConfigText::tr("It is not a server: it runs and ends.");
    case LossReason::NoHostPort:
        return ConfigText::tr("It has no fixed port on this machine.");
    case LossReason::FileNotRead:
        return ConfigText::tr("The file that it names was not read: %1.")
            .arg(detail.isEmpty() ? shownText(loss.key) : detail);
    }
    return {};
}

QString lossLine(const ImportLoss &loss)
{
    const QString key = loss.key.empty() ? QString() : QString(shownText(loss.key) + QStringLiteral(": "));
    return QString(placeText(loss.file, {.line = loss.line, .column = 0}) + key + lossText(loss));
}

} // namespace Quay
