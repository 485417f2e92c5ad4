// SPDX-FileCopyrightText: 2026 The Quaymaster authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/servers/versionpin.h"

#include <QObject>
#include <QTest>

#include <string>

class tst_VersionPin : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void pinsAreFound_data();
    void pinsAreFound();
    void pinsAreComparedOrNot_data();
    void pinsAreComparedOrNot();
    void toolsAreAskedInTheirWay();
};

void tst_VersionPin::pinsAreFound_data()
{
    QTest::addColumn<std::string>("file");
    QTest::addColumn<std::string>("tool");
    QTest::addColumn<std::string>("text");
    QTest::addColumn<std::string>("pin");
    const auto row = [](const char *name, const char *file, const char *tool, const char *text, const char *pin) {
        QTest::addRow("%s", name) << std::string(file) << std::string(tool) << std::string(text) << std::string(pin);
    };
    row("nvmrc", ".nvmrc", "node", "v20.11.1\n", "v20.11.1");
    row("comments and blanks", ".nvmrc", "node", "\n# why\n  lts/iron  # LTS\r\n", "lts/iron");
    row("the first of several", ".python-version", "python", "3.13.8\n3.12\n", "3.13.8");
    row("a list of tools", ".tool-versions", "python", "nodejs 20\npython 3.13.8 3.12 # two\n", "3.13.8");
    row("called otherwise", ".tool-versions", "node", "golang 1.22\nnodejs 20.11.1\n", "20.11.1");
    row("not in the list", ".tool-versions", "ruby", "nodejs 20\n", "");
    row("without a version", ".tool-versions", "nodejs", "nodejs\n", "");
    row("nothing", ".nvmrc", "node", "# only this\n", "");
}

void tst_VersionPin::pinsAreFound()
{
    QFETCH(const std::string, file);
    QFETCH(const std::string, tool);
    QFETCH(const std::string, text);
    QFETCH(const std::string, pin);

    QCOMPARE(Quay::pinnedVersion(file, tool, text).value_or(""), pin);
}

void tst_VersionPin::pinsAreComparedOrNot_data()
{
    QTest::addColumn<std::string>("pin");
    QTest::addColumn<std::string>("version");
    QTest::addColumn<int>("isMet");
    const auto row = [](const char *pin, const char *version, int isMet) {
        QTest::addRow("%s, %s", pin, version) << std::string(pin) << std::string(version) << isMet;
    };
    row("20", "v20.11.1", 1);
    row("v20.11.1", "v20.11.2", 0);
    row("3.12", "Python 3.12.9", 1);
    row("ruby-3.3.0", "ruby 3.3.0", 1);
    row("3.14.0-rc1", "Python 3.14.0rc1", 1);
    row("lts/*", "v20.11.1", -1);
    row("lts/iron", "v20.11.1", -1);
    row("system", "1.0", -1);
    row("", "1.0", -1);
    row(">=3", "3.1", -1);
}

void tst_VersionPin::pinsAreComparedOrNot()
{
    QFETCH(const std::string, pin);
    QFETCH(const std::string, version);
    QFETCH(const int, isMet);

    const auto requirement = Quay::requirementFromPin(pin);

    QCOMPARE(requirement ? static_cast<int>(Quay::meets(Quay::versionInText(version).value(), *requirement)) : -1,
             isMet);
}

void tst_VersionPin::toolsAreAskedInTheirWay()
{
    QCOMPARE(Quay::versionCommand("python").arguments.at(1), std::string("--version"));
    QCOMPARE(Quay::versionCommand("/usr/local/go/bin/go").arguments.at(1), std::string("version"));
    QCOMPARE(Quay::versionCommand("java").arguments.at(1), std::string("-version"));
}

QTEST_GUILESS_MAIN(tst_VersionPin)
#include "tst_versionpin.moc"
