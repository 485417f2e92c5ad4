<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AgainCommand</name>
    <message>
        <source>Start again what was ended</source>
        <translation>Wieder starten, was beendet wurde</translation>
    </message>
    <message>
        <source>Only show what would be started</source>
        <translation>Nur zeigen, was gestartet würde</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>Nothing is kept that could be started again. What was your own is kept for as long as your session lasts.</source>
        <translation>Nichts ist aufbewahrt, was wieder gestartet werden könnte. Ihre eigenen Prozesse werden aufbewahrt, solange Ihre Sitzung dauert.</translation>
    </message>
    <message>
        <source>Nothing would be started. With --anyway it is.</source>
        <translation>Es würde nichts gestartet. Mit --anyway geschieht es.</translation>
    </message>
    <message>
        <source>Nothing was started. With --anyway it is.</source>
        <translation>Nichts wurde gestartet. Mit --anyway geschieht es trotzdem.</translation>
    </message>
    <message>
        <source>What was ended before that can: &apos;quay again %1 --dry-run&apos; shows it.</source>
        <comment>an id</comment>
        <translation>Was davor beendet wurde, schon: &apos;quay again %1 --dry-run&apos; zeigt es.</translation>
    </message>
    <message>
        <source>It was started again already, and runs: %1.</source>
        <comment>processes</comment>
        <translation>Es wurde schon erneut gestartet und läuft: %1.</translation>
    </message>
    <message>
        <source>Start it even where somebody else has its port by now, or it runs already</source>
        <translation>Auch starten, wenn inzwischen jemand anderes seinen Port hat oder es schon läuft</translation>
    </message>
    <message>
        <source>Interrupted: whether it stays was not waited for.</source>
        <translation>Abgebrochen: Ob es bleibt, wurde nicht abgewartet.</translation>
    </message>
    <message>
        <source>Which attempt, by its id in &apos;quay audit --json&apos;. The last when not given</source>
        <translation>Welcher Versuch, nach seiner Kennung in „quay audit --json“. Ohne Angabe der letzte</translation>
    </message>
    <message numerus="yes">
        <source>What was ended last cannot be started again: %1. How it was started is not known, its directory or its program is gone, it was not your own, Quaymaster itself runs it (quay start), nobody waited for its end, or it was more than %n processes.</source>
        <comment>processes</comment>
        <translation>
            <numerusform>Was zuletzt beendet wurde, kann nicht wieder gestartet werden: %1. Wie es gestartet wurde, ist nicht bekannt, sein Verzeichnis oder sein Programm ist nicht mehr da, es gehörte nicht Ihnen, Quaymaster selbst betreibt es (quay start), niemand wartete sein Ende ab, oder es war mehr als %n Prozess.</numerusform>
            <numerusform>Was zuletzt beendet wurde, kann nicht wieder gestartet werden: %1. Wie es gestartet wurde, ist nicht bekannt, sein Verzeichnis oder sein Programm ist nicht mehr da, es gehörte nicht Ihnen, Quaymaster selbst betreibt es (quay start), niemand wartete sein Ende ab, oder es waren mehr als %n Prozesse.</numerusform>
        </translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an attempt. Give its id in &apos;quay audit --json&apos;, or leave it out for the last one.</source>
        <translation>„%1“ ist kein Versuch. Geben Sie seine Kennung aus „quay audit --json“ an, oder lassen Sie sie weg, um den letzten zu meinen.</translation>
    </message>
    <message>
        <source>Nothing is kept of the attempt %1. The last one that can be started again is %2: quay again %2</source>
        <comment>ids</comment>
        <translation>Von dem Versuch %1 ist nichts aufbewahrt. Der letzte, der wieder gestartet werden kann, ist %2: quay again %2</translation>
    </message>
    <message>
        <source>Another program of yours is starting it just now.</source>
        <translation>Ein anderes Ihrer Programme startet es gerade.</translation>
    </message>
</context>
<context>
    <name>AgainText</name>
    <message>
        <source>%1 could not be started again. %2</source>
        <comment>name, why</comment>
        <translation>%1 konnte nicht wieder gestartet werden. %2</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <comment>command, in directory</comment>
        <translation>%1, in %2</translation>
    </message>
    <message>
        <source>%1 was started again as process %2. What it writes goes to %3</source>
        <translation>%1 wurde als Prozess %2 wieder gestartet. Was er schreibt, steht in %3</translation>
    </message>
    <message>
        <source>%1 was started again.</source>
        <translation>%1 wurde wieder gestartet.</translation>
    </message>
    <message>
        <source>Port %1, which it held, is held by %2 now.</source>
        <translation>Den früheren Port %1 hält jetzt %2.</translation>
    </message>
    <message>
        <source>%1 was started again, but ended after %2, by %3. What it wrote is in %4</source>
        <comment>process, time, signal, path</comment>
        <translation>%1 wurde wieder gestartet, endete aber nach %2 durch %3. Was es geschrieben hat, steht in %4</translation>
    </message>
    <message>
        <source>%1 was started again, but ended after %2, with exit code %3. What it wrote is in %4</source>
        <comment>process, time, number, path</comment>
        <translation>%1 wurde wieder gestartet, endete aber nach %2 mit Exit-Code %3. Was es geschrieben hat, steht in %4</translation>
    </message>
    <message>
        <source>%1 was started again, but ended after %2. What it wrote is in %3</source>
        <comment>process, time, path</comment>
        <translation>%1 wurde wieder gestartet, endete aber nach %2. Was es geschrieben hat, steht in %3</translation>
    </message>
    <message numerus="yes">
        <source>Nobody listens on port(s) %1 yet.</source>
        <comment>numbers</comment>
        <translation>
            <numerusform>Auf Port %1 lauscht noch niemand.</numerusform>
            <numerusform>Auf den Ports %1 lauscht noch niemand.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 was not started again: another program of yours is starting it, or has started it already.</source>
        <translation>%1 wurde nicht wieder gestartet: Ein anderes Programm von Ihnen startet es gerade oder hat es schon gestartet.</translation>
    </message>
    <message numerus="yes">
        <source>Port(s) %1 are held now, but neither by what was started again nor by its children.</source>
        <comment>numbers</comment>
        <translation>
            <numerusform>Port %1 ist jetzt belegt, aber weder von dem, was wieder gestartet wurde, noch von dessen Kindern.</numerusform>
            <numerusform>Die Ports %1 sind jetzt belegt, aber weder von dem, was wieder gestartet wurde, noch von dessen Kindern.</numerusform>
        </translation>
    </message>
    <message>
        <source>XDG_RUNTIME_DIR names %1, which belongs to somebody else and is not used. Have it name a directory of your own, or start quay as that user.</source>
        <comment>path</comment>
        <translation>XDG_RUNTIME_DIR nennt %1; das gehört jemand anderem und wird nicht verwendet. Setzen Sie es auf ein eigenes Verzeichnis, oder starten Sie quay als dieser Benutzer.</translation>
    </message>
    <message>
        <source>XDG_RUNTIME_DIR names &apos;%1&apos;, which does not begin with a / and is not used. Have it name a directory of your own.</source>
        <comment>path</comment>
        <translation>XDG_RUNTIME_DIR nennt „%1“; das beginnt nicht mit / und wird nicht verwendet. Setzen Sie es auf ein eigenes Verzeichnis.</translation>
    </message>
</context>
<context>
    <name>AlertsText</name>
    <message>
        <source>%1 without</source>
        <comment>a duration</comment>
        <translation>%1 ohne</translation>
    </message>
    <message>
        <source>1 hour without</source>
        <translation>1 Stunde ohne</translation>
    </message>
    <message>
        <source>%1 hours without</source>
        <translation>%1 Stunden ohne</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>an alert, a line of output</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 (%2 times): %3</source>
        <comment>an alert, a number above 1, a line of output</comment>
        <translation>%1 (%2-mal): %3</translation>
    </message>
    <message>
        <source>%1 (%2 more, %3 in all): %4</source>
        <comment>an alert, two numbers, a line of output</comment>
        <translation>%1 (%2 weitere, insgesamt %3): %4</translation>
    </message>
    <message>
        <source>never; there is no log yet</source>
        <translation>nie; es gibt noch kein Protokoll</translation>
    </message>
    <message>
        <source>never, %1 since the log began at %2</source>
        <comment>51 hours without, a time</comment>
        <translation>nie, %1, seit das Protokoll begann: %2</translation>
    </message>
    <message>
        <source>once, %1, %2</source>
        <comment>a time, 51 hours without</comment>
        <translation>einmal, %1, %2</translation>
    </message>
    <message>
        <source>%1 times, first %2, last %3, %4</source>
        <comment>a number above 1, two times, 51 hours without</comment>
        <translation>%1-mal, zuerst %2, zuletzt %3, %4</translation>
    </message>
</context>
<context>
    <name>AskedPorts</name>
    <message>
        <source>&apos;%1&apos; is not a port. Allowed are 1 to 65535 and ranges such as 3000-3010.</source>
        <translation>„%1“ ist kein Port. Erlaubt sind 1 bis 65535 und Bereiche wie 3000-3010.</translation>
    </message>
</context>
<context>
    <name>AuditCommand</name>
    <message>
        <source>WHEN</source>
        <translation>WANN</translation>
    </message>
    <message>
        <source>BY</source>
        <comment>who asked</comment>
        <translation>DURCH</translation>
    </message>
    <message>
        <source>WHAT</source>
        <translation>WAS</translation>
    </message>
    <message>
        <source>SCOPE</source>
        <translation>UMFANG</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>ERGEBNIS</translation>
    </message>
    <message>
        <source>AFTER</source>
        <comment>how long it took</comment>
        <translation>NACH</translation>
    </message>
    <message>
        <source>Show which processes were ended, and what came of it</source>
        <translation>Zeigen, welche Prozesse beendet wurden, und was daraus wurde</translation>
    </message>
    <message>
        <source>Only what fits all of them: 3000 a port or process, :3000 a port, pid:4711 a process, else a part of a name or command line</source>
        <translation>Nur was zu allen passt: 3000 ein Port oder Prozess, :3000 ein Port, pid:4711 ein Prozess, sonst ein Teil eines Namens oder einer Befehlszeile</translation>
    </message>
    <message>
        <source>Only since then: 30m, 12h, 2d, 14:05, 2026-07-14</source>
        <translation>Nur seit dann: 30m, 12h, 2d, 14:05, 2026-07-14</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>ZEIT</translation>
    </message>
    <message>
        <source>Only the last so many</source>
        <translation>Nur so viele der letzten</translation>
    </message>
    <message>
        <source>N</source>
        <comment>a number</comment>
        <translation>N</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a time. Allowed are 30m, 12h, 2d, 14:05, 2026-07-14 and 2026-07-14T14:05.</source>
        <translation>„%1“ ist keine Zeit. Erlaubt sind 30m, 12h, 2d, 14:05, 2026-07-14 und 2026-07-14T14:05.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a number above 0.</source>
        <translation>„%1“ ist keine Zahl über 0.</translation>
    </message>
    <message>
        <source>Lines of the record that could not be read: %1</source>
        <translation>Zeilen des Protokolls, die sich nicht lesen ließen: %1</translation>
    </message>
    <message>
        <source>Nothing in the record fits.</source>
        <translation>Nichts im Protokoll passt.</translation>
    </message>
    <message>
        <source>Nothing is recorded in %1.</source>
        <comment>a file</comment>
        <translation>In %1 ist nichts aufgezeichnet.</translation>
    </message>
    <message>
        <source>Nothing else is recorded in %1.</source>
        <comment>a file</comment>
        <translation>Sonst ist in %1 nichts aufgezeichnet.</translation>
    </message>
</context>
<context>
    <name>AuditDetailsText</name>
    <message>
        <source>%1 was to be started again</source>
        <translation>%1 sollte wieder gestartet werden</translation>
    </message>
    <message>
        <source>%1 was to be stopped</source>
        <translation>%1 sollte gestoppt werden</translation>
    </message>
    <message>
        <source>SIGKILL for whoever was left, at %1</source>
        <translation>SIGKILL für alle, die übrig waren, um %1</translation>
    </message>
    <message>
        <source>The program that did this was ended before it was over. What became of them, and of their ports, is not known.</source>
        <translation>Das Programm, das dies tat, wurde beendet, bevor es so weit war. Was aus ihnen und ihren Ports wurde, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1, planned: %2</source>
        <comment>node 4711, planned: SIGTERM</comment>
        <translation>%1, geplant: %2</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <comment>signal at time</comment>
        <translation>%1 um %2</translation>
    </message>
    <message>
        <source>%1, refused</source>
        <translation>%1, abgelehnt</translation>
    </message>
    <message>
        <source>Port %1 was free, and then taken again.</source>
        <translation>Port %1 war frei und wurde dann wieder belegt.</translation>
    </message>
    <message>
        <source>Port %1 was not free.</source>
        <translation>Port %1 war nicht frei.</translation>
    </message>
    <message>
        <source>Nothing was signalled: it had ended by then, and its number may mean another process.</source>
        <translation>Es wurde nichts signalisiert: Er war inzwischen beendet, und seine Nummer kann einen anderen Prozess meinen.</translation>
    </message>
    <message>
        <source>Nothing was signalled: who holds the port is hidden from you.</source>
        <translation>Es wurde nichts signalisiert: Wer den Port hält, ist vor Ihnen verborgen.</translation>
    </message>
    <message>
        <source>Nothing was signalled: who is protected, a shell, a terminal or the like is ended only when it is named itself.</source>
        <translation>Es wurde nichts signalisiert: Wer geschützt, eine Shell, ein Terminal oder dergleichen ist, wird nur beendet, wenn er selbst genannt wird.</translation>
    </message>
    <message>
        <source>Nothing was signalled: it had ended before, and stays until its parent takes note of it or ends.</source>
        <translation>Es wurde nichts signalisiert: Er war schon beendet und bleibt, bis sein Elternprozess davon Notiz nimmt oder endet.</translation>
    </message>
    <message>
        <source>Nothing was signalled: who runs it was to stop it, and could not be asked.</source>
        <translation>Es wurde nichts signalisiert: Wer ihn ausführt, sollte ihn anhalten und konnte nicht gefragt werden.</translation>
    </message>
    <message>
        <source>Nothing was signalled.</source>
        <translation>Es wurde nichts signalisiert.</translation>
    </message>
    <message>
        <source>%1 It was held by a process of %2.</source>
        <comment>sentence, user</comment>
        <translation>%1 Ein Prozess von %2 hielt ihn.</translation>
    </message>
    <message>
        <source>It was interrupted before it was over, so that this is how it stood then.</source>
        <translation>Es wurde abgebrochen, bevor es vorbei war; so stand es in diesem Augenblick.</translation>
    </message>
    <message>
        <source>Nothing was signalled: the first process of the system, threads of the kernel, Quaymaster itself and what started it are never ended.</source>
        <translation>Nichts wurde signalisiert: Der erste Prozess des Systems, Threads des Kernels, Quaymaster selbst und was es gestartet hat, werden nie beendet.</translation>
    </message>
</context>
<context>
    <name>AuditText</name>
    <message>
        <source>%1 of %2 ended</source>
        <translation>%1 von %2 beendet</translation>
    </message>
    <message>
        <source>ended by force</source>
        <translation>mit Gewalt beendet</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>came back</source>
        <translation>kam wieder</translation>
    </message>
    <message>
        <source>port held by others</source>
        <translation>Port von anderen gehalten</translation>
    </message>
    <message>
        <source>ports held by others</source>
        <translation>Ports von anderen gehalten</translation>
    </message>
    <message>
        <source>port not free yet</source>
        <translation>Port noch nicht frei</translation>
    </message>
    <message>
        <source>ports not free yet</source>
        <translation>Ports noch nicht frei</translation>
    </message>
    <message>
        <source>port not looked at</source>
        <translation>Port nicht geprüft</translation>
    </message>
    <message>
        <source>ports not looked at</source>
        <translation>Ports nicht geprüft</translation>
    </message>
    <message>
        <source>port free</source>
        <translation>Port frei</translation>
    </message>
    <message>
        <source>ports free</source>
        <translation>Ports frei</translation>
    </message>
    <message>
        <source>%1 could not be stopped</source>
        <translation>%1 ließ sich nicht anhalten</translation>
    </message>
    <message>
        <source>%1 was stopped</source>
        <translation>%1 angehalten</translation>
    </message>
    <message>
        <source>unknown</source>
        <comment>who asked</comment>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>command line</source>
        <translation>Befehlszeile</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>tree</source>
        <comment>a process and all below it</comment>
        <translation>Baum</translation>
    </message>
    <message>
        <source>session</source>
        <comment>all that was started together</comment>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>under way</source>
        <translation>läuft noch</translation>
    </message>
    <message>
        <source>port not free</source>
        <translation>Port nicht frei</translation>
    </message>
    <message>
        <source>ports not free</source>
        <translation>Ports nicht frei</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>command line (root)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>node 4711 (3000)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 could not be started again</source>
        <translation>%1 konnte nicht wieder gestartet werden</translation>
    </message>
    <message>
        <source>%1 was started again</source>
        <translation>%1 wurde wieder gestartet</translation>
    </message>
    <message>
        <source>Nothing can be written to %1 (%2). Make that directory one that you may write to, or set XDG_STATE_HOME to another one.</source>
        <translation>Nach %1 kann nicht geschrieben werden (%2). Machen Sie das Verzeichnis für sich beschreibbar, oder setzen Sie XDG_STATE_HOME auf ein anderes.</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>refused: never ended</source>
        <translation>abgelehnt: wird nie beendet</translation>
    </message>
    <message>
        <source>refused: had ended</source>
        <translation>abgelehnt: war schon beendet</translation>
    </message>
    <message>
        <source>refused: holder hidden</source>
        <translation>abgelehnt: Halter verborgen</translation>
    </message>
    <message>
        <source>refused: stays unless named</source>
        <translation>abgelehnt: bleibt, wenn nicht genannt</translation>
    </message>
    <message>
        <source>refused: zombie</source>
        <translation>abgelehnt: Zombie</translation>
    </message>
    <message>
        <source>refused: manager not asked</source>
        <translation>abgelehnt: Verwalter nicht erreicht</translation>
    </message>
    <message>
        <source>port %1</source>
        <comment>port 3000</comment>
        <translation>Port %1</translation>
    </message>
    <message>
        <source>There is no room for %1 (%2). Make some, or set XDG_STATE_HOME to a directory on another disk.</source>
        <translation>Für %1 ist kein Platz (%2). Schaffen Sie welchen, oder setzen Sie XDG_STATE_HOME auf ein Verzeichnis auf einem anderen Datenträger.</translation>
    </message>
    <message>
        <source>%1 is no file that can be written to (%2). Move it out of the way.</source>
        <translation>%1 ist keine Datei, in die geschrieben werden kann (%2). Räumen Sie sie aus dem Weg.</translation>
    </message>
    <message>
        <source>%1 was started again, but ended at once</source>
        <translation>%1 wurde wieder gestartet, endete aber gleich</translation>
    </message>
    <message>
        <source>The one that is set now, %1, is not used: it belongs to somebody else.</source>
        <comment>path</comment>
        <translation>Das jetzt gesetzte, %1, wird nicht verwendet: Es gehört jemand anderem.</translation>
    </message>
    <message>
        <source>The one that is set now, %1, is not used: it does not begin with a /.</source>
        <comment>path</comment>
        <translation>Das jetzt gesetzte, %1, wird nicht verwendet: Es beginnt nicht mit /.</translation>
    </message>
    <message>
        <source>not permitted</source>
        <translation>nicht erlaubt</translation>
    </message>
    <message>
        <source>%1 was started again as process %2, but ended at once</source>
        <translation>%1 wurde als Prozess %2 wieder gestartet, endete aber gleich</translation>
    </message>
    <message>
        <source>%1 was started again as process %2</source>
        <translation>%1 wurde als Prozess %2 wieder gestartet</translation>
    </message>
    <message>
        <source>zombie still listed</source>
        <translation>Zombie noch gelistet</translation>
    </message>
</context>
<context>
    <name>CheckCommand</name>
    <message>
        <source>Check whether servers can be started, without starting them</source>
        <translation>Prüfen, ob Server gestartet werden können, ohne sie zu starten</translation>
    </message>
    <message>
        <source>Servers or groups; all that start by themselves when none is given</source>
        <translation>Server oder Gruppen; ohne Angabe alle, die von selbst starten</translation>
    </message>
    <message>
        <source>The file that describes them: quaymaster.yaml here or above when not given, or one that &apos;quay import&apos; reads</source>
        <translation>Die Datei, die sie beschreibt: ohne Angabe quaymaster.yaml hier oder darüber, oder eine, die „quay import“ liest</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>There are no servers to check.</source>
        <translation>Es gibt keine Server zu prüfen.</translation>
    </message>
</context>
<context>
    <name>CheckReport</name>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>Good: %1, critical: %2, warnings: %3</source>
        <translation>Gut: %1, kritisch: %2, Warnungen: %3</translation>
    </message>
</context>
<context>
    <name>CliApplication</name>
    <message>
        <source>Did you mean &apos;%1&apos;?</source>
        <translation>Gemeint ist vielleicht „%1“.</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>Argumente</translation>
    </message>
    <message>
        <source>Who holds which port, and why.</source>
        <translation>Wer hält welchen Port, und warum.</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Show this help</source>
        <translation>Diese Hilfe zeigen</translation>
    </message>
    <message>
        <source>Show the version</source>
        <translation>Die Version zeigen</translation>
    </message>
    <message>
        <source>Usage: %1</source>
        <translation>Aufruf: %1</translation>
    </message>
    <message>
        <source>More about a command: quay help COMMAND</source>
        <translation>Mehr über einen Befehl: quay help BEFEHL</translation>
    </message>
    <message>
        <source>Show how a command is used</source>
        <translation>Zeigen, wie ein Befehl benutzt wird</translation>
    </message>
    <message>
        <source>The command</source>
        <translation>Der Befehl</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a command.</source>
        <translation>„%1“ ist kein Befehl.</translation>
    </message>
    <message>
        <source>All commands: quay --help</source>
        <translation>Alle Befehle: quay --help</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an option here.</source>
        <translation>„%1“ ist hier keine Option.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not expected here.</source>
        <translation>„%1“ wird hier nicht erwartet.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; needs a value, or was given one that it does not take.</source>
        <translation>„%1“ braucht einen Wert oder bekam einen, den es nicht annimmt.</translation>
    </message>
    <message>
        <source>The command line was not understood.</source>
        <translation>Die Befehlszeile wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>An argument is missing: %1.</source>
        <translation>Es fehlt ein Argument: %1.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; was given more than once.</source>
        <translation>„%1“ wurde mehr als einmal angegeben.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; needs a value.</source>
        <translation>„%1“ braucht einen Wert.</translation>
    </message>
</context>
<context>
    <name>ConfigText</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>eine Zuordnung</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>&apos;%1&apos; does not continue what stands above it: what belongs together has to begin in the same column, and a list and a map cannot be mixed.</source>
        <translation>„%1“ setzt nicht fort, was darüber steht: Was zusammengehört, muss in derselben Spalte beginnen, und eine Liste und eine Zuordnung dürfen nicht gemischt sein.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is indented with a tab. Indent it with blanks.</source>
        <translation>„%1“ ist mit einem Tabulator eingerückt; erlaubt sind Leerzeichen.</translation>
    </message>
    <message>
        <source>The value &apos;%1&apos; has a &apos;:&apos; in it. Put it in quotation marks; when it is a map, begin that in the next line, indented further.</source>
        <translation>Der Wert „%1“ enthält einen „:“. Er gehört in Anführungszeichen; eine Zuordnung beginnt in der nächsten Zeile, weiter eingerückt.</translation>
    </message>
    <message>
        <source>A &apos;[&apos; is not closed up to here: a &apos;]&apos; is missing, or a &apos;,&apos; between two items.</source>
        <translation>Eine „[“ ist bis hier nicht geschlossen: Es fehlt eine „]“ oder ein „,“ zwischen zwei Einträgen.</translation>
    </message>
    <message>
        <source>A &apos;{&apos; is not closed up to here: a &apos;}&apos; is missing, or a &apos;,&apos; between two entries.</source>
        <translation>Eine „{“ ist bis hier nicht geschlossen: Es fehlt eine „}“ oder ein „,“ zwischen zwei Einträgen.</translation>
    </message>
    <message>
        <source>A value cannot begin with &apos;%1&apos;. Put it in quotation marks.</source>
        <translation>Ein Wert kann nicht mit „%1“ beginnen. Er gehört in Anführungszeichen.</translation>
    </message>
    <message>
        <source>The file cannot be read: %1</source>
        <translation>Die Datei kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>The file is too large: %1 bytes are allowed.</source>
        <translation>Die Datei ist zu groß: Erlaubt sind %1 Bytes.</translation>
    </message>
    <message>
        <source>This is not UTF-8.</source>
        <translation>Das ist kein UTF-8.</translation>
    </message>
    <message>
        <source>There is a NUL byte here.</source>
        <translation>Hier steht ein NUL-Byte.</translation>
    </message>
    <message>
        <source>This cannot be parsed: %1</source>
        <translation>Das kann nicht gelesen werden: %1</translation>
    </message>
    <message>
        <source>This is nested too deeply: %1 levels are allowed.</source>
        <translation>Das ist zu tief verschachtelt: Erlaubt sind %1 Ebenen.</translation>
    </message>
    <message>
        <source>Aliases make too much of this.</source>
        <translation>Aliase machen zu viel hieraus.</translation>
    </message>
    <message>
        <source>There is more than one document in the file.</source>
        <translation>In der Datei ist mehr als ein Dokument.</translation>
    </message>
    <message>
        <source>The tag &apos;%1&apos; is not known.</source>
        <translation>Das Tag „%1“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>A key has to be a text.</source>
        <translation>Ein Schlüssel muss ein Text sein.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; stands here a second time; the first is in line %2.</source>
        <translation>„%1“ steht hier zum zweiten Mal; zuerst steht es in Zeile %2.</translation>
    </message>
    <message>
        <source>This line is not understood.</source>
        <translation>Diese Zeile wird nicht verstanden.</translation>
    </message>
    <message>
        <source>This line is not understood: %1</source>
        <translation>Diese Zeile wird nicht verstanden: %1</translation>
    </message>
    <message>
        <source>The quotation mark is never closed.</source>
        <translation>Das Anführungszeichen wird nie geschlossen.</translation>
    </message>
    <message>
        <source>Behind a closing quotation mark only a comment may follow.</source>
        <translation>Hinter einem schließenden Anführungszeichen darf nur ein Kommentar folgen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not the head of a section.</source>
        <translation>„%1“ ist kein Kopf eines Abschnitts.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has a placeholder that is not known.</source>
        <translation>„%1“ hat einen Platzhalter, der nicht bekannt ist.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not known here. Did you mean &apos;%2&apos;?</source>
        <translation>„%1“ ist hier nicht bekannt. Ist „%2“ gemeint?</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not known here. Allowed are: %2.</source>
        <translation>„%1“ ist hier nicht bekannt. Erlaubt sind: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is missing.</source>
        <translation>„%1“ fehlt.</translation>
    </message>
    <message>
        <source>One of these is missing: %1.</source>
        <translation>Eines von diesen fehlt: %1.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is one too many: only one of these may be there: %2.</source>
        <translation>„%1“ ist eines zu viel: Nur eines von diesen darf da sein: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; means something only beside &apos;%2&apos;.</source>
        <translation>„%1“ bedeutet nur neben „%2“ etwas.</translation>
    </message>
    <message>
        <source>This is %1; allowed is %2.</source>
        <translation>Das ist %1; erlaubt ist %2.</translation>
    </message>
    <message>
        <source>Version %1 of the format is not known; allowed is %2.</source>
        <translation>Version %1 des Formats ist nicht bekannt; erlaubt ist %2.</translation>
    </message>
    <message>
        <source>The name &apos;%1&apos; is taken already.</source>
        <translation>Der Name „%1“ ist schon vergeben.</translation>
    </message>
    <message>
        <source>There is no server &apos;%1&apos;. Did you mean &apos;%2&apos;?</source>
        <translation>Es gibt keinen Server „%1“. Ist „%2“ gemeint?</translation>
    </message>
    <message>
        <source>There is no server &apos;%1&apos;. There are: %2.</source>
        <translation>Es gibt keinen Server „%1“. Es gibt: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; needs itself.</source>
        <translation>„%1“ braucht sich selbst.</translation>
    </message>
    <message>
        <source>These need one another in a circle: %1.</source>
        <translation>Diese brauchen einander im Kreis: %1.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not allowed. Did you mean &apos;%2&apos;?</source>
        <translation>„%1“ ist nicht erlaubt. Ist „%2“ gemeint?</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not allowed. Allowed are: %2.</source>
        <translation>„%1“ ist nicht erlaubt. Erlaubt sind: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a number from %2 to %3.</source>
        <translation>„%1“ ist keine Zahl von %2 bis %3.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a duration. Allowed are numbers with units up to a day: 500ms, 5s, 1m30s.</source>
        <translation>„%1“ ist keine Dauer. Erlaubt sind Zahlen mit Einheiten bis zu einem Tag: 500ms, 5s, 1m30s.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a size. Allowed are numbers with a unit: 10MB, 64KiB.</source>
        <translation>„%1“ ist keine Größe. Erlaubt sind Zahlen mit einer Einheit: 10MB, 64KiB.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a regular expression: %2.</source>
        <translation>„%1“ ist kein regulärer Ausdruck: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an IP address.</source>
        <translation>„%1“ ist keine IP-Adresse.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not HOST:PORT.</source>
        <translation>„%1“ ist kein HOST:PORT.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a URL with http:// or https://.</source>
        <translation>„%1“ ist keine URL mit http:// oder https://.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a name. Allowed are up to 64 letters, digits, &apos;.&apos;, &apos;_&apos; and &apos;-&apos;; the first is a letter or a digit.</source>
        <translation>„%1“ ist kein Name. Erlaubt sind bis zu 64 Buchstaben, Ziffern, „.“, „_“ und „-“; das erste Zeichen ist ein Buchstabe oder eine Ziffer.</translation>
    </message>
    <message>
        <source>This is not the name of a variable.</source>
        <translation>Das ist kein Name einer Variablen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not the name of a variable.</source>
        <translation>„%1“ ist kein Name einer Variablen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a program and a version. Write &apos;python &gt;= 3.13&apos;, or &apos;from&apos; beside it.</source>
        <translation>„%1“ ist kein Programm mit Version. Möglich ist „python &gt;= 3.13“, oder „from“ daneben.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a signal. Allowed are names such as TERM and INT.</source>
        <translation>„%1“ ist kein Signal. Erlaubt sind Namen wie TERM und INT.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a status of HTTP. Allowed are numbers such as 200, and 200-299.</source>
        <translation>„%1“ ist kein HTTP-Status. Erlaubt sind Zahlen wie 200, und 200-299.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be a header of HTTP.</source>
        <translation>„%1“ kann kein HTTP-Header sein.</translation>
    </message>
    <message>
        <source>There has to be something here.</source>
        <translation>Hier muss etwas stehen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not understood. Allowed are ${NAME}, ${NAME:-default}, and $$ for a dollar sign.</source>
        <translation>„%1“ wird nicht verstanden. Erlaubt sind ${NAME}, ${NAME:-default} und $$ für ein Dollarzeichen.</translation>
    </message>
    <message>
        <source>The variable %1 is not set. ${%1:-default} would do without it.</source>
        <translation>Die Variable %1 ist nicht gesetzt. ${%1:-default} käme ohne sie aus.</translation>
    </message>
    <message>
        <source>Quaymaster has nothing like it.</source>
        <translation>Quaymaster hat nichts dergleichen.</translation>
    </message>
    <message>
        <source>It was carried over as something near: %1.</source>
        <translation>Es wurde als etwas Ähnliches übernommen: %1.</translation>
    </message>
    <message>
        <source>It was not understood.</source>
        <translation>Es wurde nicht verstanden.</translation>
    </message>
    <message>
        <source>It has placeholders that only the tool itself can fill.</source>
        <translation>Es hat Platzhalter, die nur das Werkzeug selbst füllen kann.</translation>
    </message>
    <message>
        <source>The name is not allowed here; it became &apos;%1&apos;.</source>
        <translation>Der Name ist hier nicht erlaubt; er wurde „%1“.</translation>
    </message>
    <message>
        <source>It is not a server: it runs and ends.</source>
        <translation>Es ist kein Server: Es läuft und endet.</translation>
    </message>
    <message>
        <source>It has no fixed port on this machine.</source>
        <translation>Es hat auf diesem Rechner keinen festen Port.</translation>
    </message>
    <message>
        <source>The file that it names was not read: %1.</source>
        <translation>Die genannte Datei wurde nicht gelesen: %1.</translation>
    </message>
</context>
<context>
    <name>DemoServer</name>
    <message>
        <source>%1, over IPv6</source>
        <comment>demonstration server</comment>
        <translation>%1, über IPv6</translation>
    </message>
    <message>
        <source>%1, over IPv4</source>
        <comment>demonstration server</comment>
        <translation>%1, über IPv4</translation>
    </message>
    <message>
        <source>A demonstration server of Quaymaster, process %1.</source>
        <translation>Ein Vorführ-Server von Quaymaster, Prozess %1.</translation>
    </message>
    <message>
        <source>No port from %1 to %2 is free for the demonstration server %3.</source>
        <translation>Kein Port von %1 bis %2 ist frei für den Vorführ-Server %3.</translation>
    </message>
</context>
<context>
    <name>DurationOption</name>
    <message>
        <source>&apos;%1&apos; is not a duration. Allowed are seconds (5, 0.5) and numbers with a unit (500ms, 2m, 1h), up to a day.</source>
        <translation>„%1“ ist keine Dauer. Erlaubt sind Sekunden (5, 0.5) und Zahlen mit Einheit (500ms, 2m, 1h), bis zu einem Tag.</translation>
    </message>
</context>
<context>
    <name>EndingFlags</name>
    <message>
        <source>DURATION</source>
        <translation>DAUER</translation>
    </message>
    <message>
        <source>Kill at once (SIGKILL) instead of asking first</source>
        <translation>Sofort töten (SIGKILL), statt erst zu bitten</translation>
    </message>
    <message>
        <source>How long to wait after asking before killing. 5s when not given</source>
        <translation>Wie lange nach der Bitte gewartet wird, bevor getötet wird. Ohne Angabe 5s</translation>
    </message>
    <message>
        <source>process: it alone. tree: also all below it. session: all that was started with it</source>
        <translation>process: er allein. tree: auch alle unter ihm. session: alles, was mit ihm gestartet wurde</translation>
    </message>
    <message>
        <source>Wait so long at most for its connections to end first</source>
        <translation>Zuvor höchstens so lange warten, bis seine Verbindungen enden</translation>
    </message>
    <message>
        <source>Ask with this signal. When not given, with the one that this kind of server wants</source>
        <translation>Mit diesem Signal bitten. Ohne Angabe mit dem, das diese Art von Server erwartet</translation>
    </message>
    <message>
        <source>Only show what would be done</source>
        <translation>Nur zeigen, was getan würde</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a scope. Allowed are process, tree and session.</source>
        <translation>„%1“ ist kein Umfang. Erlaubt sind process, tree und session.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a signal. Allowed are names such as TERM, INT and QUIT.</source>
        <translation>„%1“ ist kein Signal. Erlaubt sind Namen wie TERM, INT und QUIT.</translation>
    </message>
    <message>
        <source>--force waits for nobody, so it cannot be combined with --drain %1.</source>
        <translation>--force wartet auf niemanden und passt daher nicht zu --drain %1.</translation>
    </message>
    <message>
        <source>--force kills with SIGKILL, so it cannot be combined with --signal %1.</source>
        <translation>--force tötet mit SIGKILL und passt daher nicht zu --signal %1.</translation>
    </message>
    <message>
        <source>Stop the unit or container it runs in, or end the program that would start it again</source>
        <translation>Die Unit oder den Container stoppen, worin es läuft, oder das Programm beenden, das es wieder starten würde</translation>
    </message>
    <message>
        <source>Do not ask for a password: what belongs to other users is refused</source>
        <translation>Nicht nach einem Passwort fragen: Was anderen Benutzern gehört, wird abgelehnt</translation>
    </message>
    <message>
        <source>Do not ask. Needed without a terminal for more than one process, a unit, a container, or who is only taken to hold the port</source>
        <translation>Nicht fragen. Ohne Terminal nötig für mehr als einen Prozess, eine Unit, einen Container oder für den, der nur als Inhaber des Ports gilt</translation>
    </message>
</context>
<context>
    <name>EndingLoop</name>
    <message>
        <source>Interrupted: nobody waited to see whether a port is taken again.</source>
        <translation>Unterbrochen: Ob ein Port wieder belegt wird, wurde nicht abgewartet.</translation>
    </message>
    <message>
        <source>Interrupted: whoever was asked to end may still do so, and is not killed.</source>
        <translation>Unterbrochen: Wer um sein Ende gebeten wurde, endet womöglich noch, und wird nicht getötet.</translation>
    </message>
    <message>
        <source>Watching whether the ports stay free</source>
        <translation>Beobachten, ob die Ports frei bleiben</translation>
    </message>
    <message>
        <source>Waiting for the ports to be free</source>
        <translation>Warten, bis die Ports frei sind</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>process: what happens to it</comment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <comment>process: what happens to it, and others</comment>
        <translation>
            <numerusform>%1, und %n weiterer</numerusform>
            <numerusform>%1, und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>Interrupted: nobody was asked to end.</source>
        <translation>Unterbrochen: Niemand wurde um sein Ende gebeten.</translation>
    </message>
</context>
<context>
    <name>EndingRunner</name>
    <message>
        <source>There is nobody to end.</source>
        <translation>Es ist nichts zu beenden.</translation>
    </message>
    <message numerus="yes">
        <source>End %n process(es)?</source>
        <translation>
            <numerusform>%n Prozess beenden?</numerusform>
            <numerusform>%n Prozesse beenden?</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>More than one process would be ended, and there is nobody to ask. Add --yes.</source>
        <translation>Mehr als ein Prozess würde beendet, und niemand kann gefragt werden. Fügen Sie --yes hinzu.</translation>
    </message>
    <message>
        <source>End %1 as well, with all below?</source>
        <translation>%1 ebenfalls beenden, mit allem darunter?</translation>
    </message>
    <message>
        <source>Stop %1?</source>
        <comment>the unit x.service</comment>
        <translation>%1 stoppen?</translation>
    </message>
    <message>
        <source>Stop %1, and end who still runs then?</source>
        <comment>the unit x.service</comment>
        <translation>%1 stoppen, und beenden, wer dann noch läuft?</translation>
    </message>
    <message numerus="yes">
        <source>End its parent %1 instead?</source>
        <translation>
            <numerusform>Stattdessen den Elternprozess %1 beenden?</numerusform>
            <numerusform>Stattdessen die Elternprozesse %1 beenden?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To end it all the same: %1</source>
        <translation>
            <numerusform>So wird es trotzdem beendet: %1</numerusform>
            <numerusform>So werden sie trotzdem beendet: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To end its parent: %1</source>
        <translation>
            <numerusform>So wird der Elternprozess beendet: %1</numerusform>
            <numerusform>So werden die Elternprozesse beendet: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Use --scope tree to end the children too.</source>
        <translation>Mit --scope tree enden auch die Kindprozesse.</translation>
    </message>
    <message>
        <source>Nobody is known who would start it again, so nobody else is stopped.</source>
        <translation>Es ist niemand bekannt, der es wieder starten würde, also wird sonst niemand beendet.</translation>
    </message>
    <message>
        <source>Nobody is known who would start it again. What has started it is ended as well, with all below: %1.</source>
        <comment>processes</comment>
        <translation>Es ist niemand bekannt, der es wieder starten würde. Was es gestartet hat, wird auch beendet, mit allem darunter: %1.</translation>
    </message>
    <message>
        <source>That would stop %1 with all that runs in it, and there is nobody to ask. Add --yes.</source>
        <comment>the unit x.service</comment>
        <translation>Das würde %1 stoppen, mit allem, was darin läuft, und niemand kann gefragt werden. Fügen Sie --yes hinzu.</translation>
    </message>
    <message>
        <source>&apos;quay again&apos; starts it again.</source>
        <translation>„quay again“ startet es wieder.</translation>
    </message>
    <message>
        <source>It is not certain that this process holds the port, and there is nobody to ask. Add --yes.</source>
        <translation>Es ist nicht sicher, dass dieser Prozess den Port hält, und niemand kann gefragt werden. Fügen Sie --yes hinzu.</translation>
    </message>
    <message>
        <source>Where nobody can be asked, this takes --yes.</source>
        <translation>Wo niemand gefragt werden kann, ist dafür --yes nötig.</translation>
    </message>
</context>
<context>
    <name>EndingText</name>
    <message>
        <source>%1 had ended before, and stays until its parent (%2) takes note of it or ends.</source>
        <translation>%1 war schon beendet und bleibt, bis sein Elternprozess (%2) davon Kenntnis nimmt oder endet.</translation>
    </message>
    <message>
        <source>%1 ended by itself.</source>
        <translation>%1 endete von selbst.</translation>
    </message>
    <message>
        <source>less than 1 ms</source>
        <comment>after which a process ended</comment>
        <translation>weniger als 1 ms</translation>
    </message>
    <message>
        <source>%1 started it, still runs, and may start it again.</source>
        <translation>%1 hat ihn gestartet, läuft weiter und startet ihn womöglich wieder.</translation>
    </message>
    <message>
        <source>%1 ended %2 after %3, by %4.</source>
        <comment>process, time, signal, signal</comment>
        <translation>%1 endete %2 nach %3, durch %4.</translation>
    </message>
    <message>
        <source>%1 ended %2 after %3, with exit code %4.</source>
        <comment>process, time, signal, number</comment>
        <translation>%1 endete %2 nach %3, mit Exit-Code %4.</translation>
    </message>
    <message>
        <source>%1 ended %2 after %3, once %4 was sent.</source>
        <comment>process, time, signal, signal</comment>
        <translation>%1 endete %2 nach %3, sobald %4 gesendet war.</translation>
    </message>
    <message>
        <source>%1 ended %2 after %3.</source>
        <comment>process, time, signal</comment>
        <translation>%1 endete %2 nach %3.</translation>
    </message>
    <message>
        <source>signal %1</source>
        <translation>Signal %1</translation>
    </message>
    <message>
        <source>the first process of the system</source>
        <translation>der erste Prozess des Systems</translation>
    </message>
    <message>
        <source>a thread of the kernel</source>
        <translation>ein Thread des Kernels</translation>
    </message>
    <message>
        <source>Quaymaster, or what started it</source>
        <translation>Quaymaster, oder was es gestartet hat</translation>
    </message>
    <message>
        <source>shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>development environment</source>
        <translation>Entwicklungsumgebung</translation>
    </message>
    <message>
        <source>desktop session</source>
        <translation>Sitzung des Desktops</translation>
    </message>
    <message>
        <source>service manager</source>
        <translation>Dienstverwaltung</translation>
    </message>
    <message>
        <source>on your list of protected programs</source>
        <translation>auf Ihrer Liste geschützter Programme</translation>
    </message>
    <message>
        <source>holds ports for a container only, which is to be stopped instead</source>
        <translation>hält nur Ports für einen Container, der stattdessen gestoppt werden muss</translation>
    </message>
    <message>
        <source>systemd may start it again: it belongs to %1.</source>
        <translation>systemd startet ihn womöglich wieder: er gehört zu %1.</translation>
    </message>
    <message>
        <source>It runs in the container %1, which may start it again.</source>
        <translation>Er läuft im Container %1, der ihn womöglich wieder startet.</translation>
    </message>
    <message>
        <source>%1 (%2) may start it again.</source>
        <translation>%1 (%2) startet ihn womöglich wieder.</translation>
    </message>
    <message>
        <source>%1 may start it again.</source>
        <translation>%1 startet ihn womöglich wieder.</translation>
    </message>
    <message>
        <source>waiting for its connections to end</source>
        <translation>wartet auf das Ende seiner Verbindungen</translation>
    </message>
    <message>
        <source>asked to stop, %1 left</source>
        <translation>um sein Ende gebeten, noch %1</translation>
    </message>
    <message>
        <source>asked to stop</source>
        <translation>um sein Ende gebeten</translation>
    </message>
    <message>
        <source>killed, but the kernel waits for a device</source>
        <translation>getötet, aber der Kernel wartet auf ein Gerät</translation>
    </message>
    <message>
        <source>killed, ending</source>
        <translation>getötet, endet</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>had ended before</source>
        <translation>war schon beendet</translation>
    </message>
    <message>
        <source>left running</source>
        <translation>läuft weiter</translation>
    </message>
    <message>
        <source>could not be stopped</source>
        <translation>konnte nicht beendet werden</translation>
    </message>
    <message>
        <source>%1 had ended before; its number belongs to another process now, which was not touched.</source>
        <translation>%1 war schon beendet; seine Nummer gehört jetzt einem anderen Prozess, der nicht angerührt wurde.</translation>
    </message>
    <message>
        <source>%1 belongs to another user, and may not be stopped by you.</source>
        <translation>%1 gehört einem anderen Benutzer und darf von Ihnen nicht beendet werden.</translation>
    </message>
    <message>
        <source>%1 was not asked to stop, and still runs.</source>
        <translation>%1 wurde nicht um sein Ende gebeten und läuft noch.</translation>
    </message>
    <message>
        <source>%1 was asked to stop and still runs.</source>
        <translation>%1 wurde um sein Ende gebeten und läuft noch.</translation>
    </message>
    <message>
        <source>%1 could not be stopped: %2</source>
        <translation>%1 konnte nicht beendet werden: %2</translation>
    </message>
    <message>
        <source>%1 could not be stopped.</source>
        <translation>%1 konnte nicht beendet werden.</translation>
    </message>
    <message>
        <source>%1 was killed, but the kernel waits for a device (state D); it will end when that answers.</source>
        <translation>%1 wurde getötet, aber der Kernel wartet auf ein Gerät (Zustand D); er endet, sobald es antwortet.</translation>
    </message>
    <message>
        <source>%1 still runs.</source>
        <translation>%1 läuft noch.</translation>
    </message>
    <message>
        <source>%1 had ended before, and stays until its parent takes note of it or ends.</source>
        <translation>%1 war schon beendet und bleibt, bis sein Elternprozess das zur Kenntnis nimmt oder endet.</translation>
    </message>
    <message>
        <source>%1 ended with what it ran in.</source>
        <translation>%1 endete mit dem, worin es lief.</translation>
    </message>
    <message>
        <source>It runs in a container, which may start it again.</source>
        <translation>Läuft in einem Container, der es wieder starten kann.</translation>
    </message>
    <message>
        <source>waiting for permission</source>
        <translation>wartet auf die Erlaubnis</translation>
    </message>
    <message>
        <source>%1, which had ended before, is gone now.</source>
        <translation>%1 war schon beendet und ist nun verschwunden.</translation>
    </message>
    <message>
        <source>%1 has ended, but nobody has taken note of it yet.</source>
        <translation>%1 ist beendet, aber noch hat es niemand zur Kenntnis genommen.</translation>
    </message>
    <message>
        <source>holds the port for a unit that it starts on demand, which is to be stopped instead</source>
        <translation>hält den Port für eine Unit offen, die er bei Bedarf startet; statt seiner ist sie anzuhalten</translation>
    </message>
    <message>
        <source>Kubernetes runs it in the container %1 and will start it again. Only kubectl can stop that: delete its pod, or what has made the pod.</source>
        <translation>Kubernetes führt ihn im Container %1 aus und startet ihn wieder. Das kann nur kubectl anhalten: seinen Pod löschen, oder was den Pod angelegt hat.</translation>
    </message>
    <message>
        <source>It runs in the container %1, which may start it again. To stop that: %2</source>
        <translation>Er läuft im Container %1, der ihn womöglich wieder startet. Anhalten lässt der sich mit: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) had not ended after %1, and are cut.</source>
        <translation>
            <numerusform>%n Verbindung war nach %1 nicht beendet und wird getrennt.</numerusform>
            <numerusform>%n Verbindungen waren nach %1 nicht beendet und werden getrennt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ForegroundFleet</name>
    <message>
        <source>Killing whoever is still there.</source>
        <translation>Wer noch da ist, wird getötet.</translation>
    </message>
    <message>
        <source>Stopping them all. Once more kills them.</source>
        <translation>Alle werden gestoppt. Noch einmal tötet sie.</translation>
    </message>
    <message>
        <source>quay: %1 took clearly longer to be ready than usual: %2 instead of %3</source>
        <translation>quay: %1 war deutlich später bereit als üblich: nach %2 statt nach %3</translation>
    </message>
    <message>
        <source>%1, most of it in &apos;%2&apos;</source>
        <comment>what took longer, a phase of a start</comment>
        <translation>%1, das meiste davon in „%2“</translation>
    </message>
    <message>
        <source>quay: how servers start cannot be kept: %1 (%2)</source>
        <translation>quay: Wie Server starten, kann nicht festgehalten werden: %1 (%2)</translation>
    </message>
</context>
<context>
    <name>Format</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation>%1 T.</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation>%1 TB</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>FreeCommand</name>
    <message>
        <source>End whoever holds a port, and prove that it is free</source>
        <translation>Beenden, wer einen Port hält, und nachweisen, dass er frei ist</translation>
    </message>
    <message>
        <source>The ports, TCP and UDP, and ranges such as 3000-3010</source>
        <translation>Die Ports, TCP und UDP, und Bereiche wie 3000-3010</translation>
    </message>
    <message>
        <source>Port %1 cannot be freed: %2.</source>
        <comment>port, why</comment>
        <translation>Port %1 kann nicht freigemacht werden: %2.</translation>
    </message>
    <message>
        <source>No more than %1 ports can be freed at once, and these are %2.</source>
        <translation>Es können höchstens %1 Ports auf einmal freigegeben werden, und das sind %2.</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>Es wurde nichts getan.</translation>
    </message>
</context>
<context>
    <name>GroupText</name>
    <message>
        <source>No project</source>
        <translation>Kein Projekt</translation>
    </message>
    <message>
        <source>Process not known</source>
        <translation>Prozess unbekannt</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n port(s)</source>
        <extracomment>Head of a group: its name and how many ports there are in it</extracomment>
        <translation>
            <numerusform>%1: %n Port</numerusform>
            <numerusform>%1: %n Ports</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Read aloud: name of the column, value</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <extracomment>Read aloud behind the head of a group</extracomment>
        <translation>
            <numerusform>%n Warnung</numerusform>
            <numerusform>%n Warnungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HttpText</name>
    <message>
        <source>cannot be asked: quay-http, which speaks HTTP, cannot be loaded (%1); install Qt Network (libqt6network6, libQt6Network6, qt6-qtbase or qt6-base), or Quaymaster anew</source>
        <translation>kann nicht gefragt werden: quay-http, das HTTP spricht, kann nicht geladen werden (%1); installieren Sie Qt Network (libqt6network6, libQt6Network6, qt6-qtbase oder qt6-base) oder Quaymaster neu</translation>
    </message>
</context>
<context>
    <name>ImportCommand</name>
    <message>
        <source>Make quaymaster.yaml of another tool&apos;s file</source>
        <translation>Aus der Datei eines anderen Werkzeugs quaymaster.yaml machen</translation>
    </message>
    <message>
        <source>A Procfile, process-compose.yaml, compose.yaml, supervisord.conf or package.json</source>
        <translation>Ein Procfile, process-compose.yaml, compose.yaml, supervisord.conf oder package.json</translation>
    </message>
    <message>
        <source>Write to this file, which must not be there yet; standard output when not given</source>
        <translation>In diese Datei schreiben, die es noch nicht geben darf; ohne Angabe auf die Standardausgabe</translation>
    </message>
    <message>
        <source>Whose file it is, when its name does not tell: %1</source>
        <translation>Wessen Datei es ist, wenn der Name es nicht sagt: %1</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>There is no file &apos;%1&apos;.</source>
        <translation>Die Datei „%1“ gibt es nicht.</translation>
    </message>
    <message>
        <source>The name of &apos;%1&apos; does not tell whose file it is. Say it with --from: %2.</source>
        <translation>Der Name „%1“ sagt nicht, wessen Datei es ist. --from sagt es: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a kind. Allowed are: %2.</source>
        <translation>„%1“ ist keine Art. Erlaubt sind: %2.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is there already; it was left as it is.</source>
        <translation>„%1“ gibt es schon; es blieb, wie es ist.</translation>
    </message>
    <message>
        <source>There are no servers in &apos;%1&apos;.</source>
        <translation>In „%1“ sind keine Server.</translation>
    </message>
</context>
<context>
    <name>LastLines</name>
    <message>
        <source>quay: its last lines:</source>
        <translation>quay: seine letzten Zeilen:</translation>
    </message>
</context>
<context>
    <name>LinkText</name>
    <message>
        <source>hidden: may not be read</source>
        <translation>verborgen: darf nicht gelesen werden</translation>
    </message>
    <message>
        <source>%1 (deleted)</source>
        <comment>a file or directory</comment>
        <translation>%1 (gelöscht)</translation>
    </message>
    <message>
        <source>%1 (its file system does not answer)</source>
        <comment>a directory</comment>
        <translation>%1 (sein Dateisystem antwortet nicht)</translation>
    </message>
</context>
<context>
    <name>ListenerText</name>
    <message>
        <source>address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>pid</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>waiting connections</source>
        <translation>wartende Verbindungen</translation>
    </message>
    <message>
        <source>most that may wait</source>
        <translation>höchstens dürfen warten</translation>
    </message>
    <message>
        <source>directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>program file</source>
        <translation>Programmdatei</translation>
    </message>
    <message>
        <source>process state</source>
        <translation>Zustand des Prozesses</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>localhost reaches</source>
        <translation>localhost erreicht</translation>
    </message>
    <message>
        <source>over IPv4</source>
        <translation>über IPv4</translation>
    </message>
    <message>
        <source>over IPv6</source>
        <translation>über IPv6</translation>
    </message>
    <message>
        <source>listens at</source>
        <translation>lauscht auf</translation>
    </message>
    <message>
        <source>container</source>
        <translation>Container</translation>
    </message>
    <message>
        <source>this machine</source>
        <translation>lokal</translation>
    </message>
    <message>
        <source>network</source>
        <translation>Netzwerk</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>scope (address)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>first process</source>
        <translation>erster Prozess</translation>
    </message>
    <message>
        <source>service manager</source>
        <translation>Dienstverwaltung</translation>
    </message>
    <message>
        <source>timer</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>container runtime</source>
        <translation>Container-Laufzeit</translation>
    </message>
    <message>
        <source>desktop session</source>
        <translation>Sitzung der Arbeitsfläche</translation>
    </message>
    <message>
        <source>terminal</source>
        <translation>Terminal</translation>
    </message>
    <message>
        <source>terminal multiplexer</source>
        <translation>Terminal-Multiplexer</translation>
    </message>
    <message>
        <source>remote login</source>
        <translation>Anmeldung aus der Ferne</translation>
    </message>
    <message>
        <source>development environment</source>
        <translation>Entwicklungsumgebung</translation>
    </message>
    <message>
        <source>coding agent</source>
        <translation>Programmier-Agent</translation>
    </message>
    <message>
        <source>shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>process manager</source>
        <translation>Prozessverwaltung</translation>
    </message>
    <message>
        <source>script runner</source>
        <translation>Skript-Starter</translation>
    </message>
    <message>
        <source>owner not looked up yet</source>
        <translation>Besitzer noch nicht ermittelt</translation>
    </message>
    <message>
        <source>hidden: belongs to %1</source>
        <translation>verborgen: gehört %1</translation>
    </message>
    <message>
        <source>hidden: belongs to %1, unit %2</source>
        <translation>verborgen: gehört %1, Unit %2</translation>
    </message>
    <message>
        <source>no process: held by the kernel or from another container</source>
        <translation>kein Prozess: gehört dem Kernel oder einem anderen Container</translation>
    </message>
    <message>
        <source>there may be other owners: not every process was looked at</source>
        <translation>es kann weitere Besitzer geben: nicht alle Prozesse wurden durchsucht</translation>
    </message>
    <message>
        <source>split localhost</source>
        <translation>geteiltes localhost</translation>
    </message>
    <message>
        <source>nobody accepts</source>
        <translation>niemand nimmt an</translation>
    </message>
    <message>
        <source>program file replaced</source>
        <translation>Programmdatei ersetzt</translation>
    </message>
    <message>
        <source>directory deleted</source>
        <translation>Verzeichnis gelöscht</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>development server on the network</source>
        <translation>Entwicklungsserver im Netzwerk</translation>
    </message>
    <message>
        <source>Different processes listen on this port.</source>
        <translation>Auf diesem Port lauschen verschiedene Prozesse.</translation>
    </message>
    <message>
        <source>A connection to localhost reaches %1.</source>
        <translation>Eine Verbindung zu localhost erreicht %1.</translation>
    </message>
    <message>
        <source>It listens, but nobody accepts connections.</source>
        <translation>Er lauscht, aber niemand nimmt Verbindungen an.</translation>
    </message>
    <message>
        <source>It listens, but nobody accepts connections; waiting: %1.</source>
        <translation>Er lauscht, aber niemand nimmt Verbindungen an; es warten: %1.</translation>
    </message>
    <message>
        <source>The program file was removed or replaced: it still runs the old one.</source>
        <translation>Die Programmdatei wurde entfernt oder ersetzt: Es läuft noch die alte.</translation>
    </message>
    <message>
        <source>The directory it works in no longer exists.</source>
        <translation>Das Verzeichnis, in dem er arbeitet, gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The process is stopped and cannot answer.</source>
        <translation>Der Prozess ist angehalten und kann nicht antworten.</translation>
    </message>
    <message>
        <source>Other machines can reach this development server.</source>
        <translation>Andere Rechner können diesen Entwicklungsserver erreichen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>fact: value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation>%1 gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>%1 may not be read: permission denied.</source>
        <translation>%1 darf nicht gelesen werden: Zugriff verweigert.</translation>
    </message>
    <message>
        <source>%1 was not understood. Please report this.</source>
        <translation>%1 wurde nicht verstanden. Bitte melden.</translation>
    </message>
    <message>
        <source>There is no home directory that is yours: HOME is not set, or names somebody else&apos;s. Set HOME, or XDG_STATE_HOME and XDG_CONFIG_HOME.</source>
        <translation>Es gibt kein Home-Verzeichnis, das Ihnen gehört: HOME ist nicht gesetzt oder nennt das eines anderen. Setzen Sie HOME, oder XDG_STATE_HOME und XDG_CONFIG_HOME.</translation>
    </message>
    <message>
        <source>This system does not offer %1.</source>
        <translation>Dieses System bietet %1 nicht an.</translation>
    </message>
    <message>
        <source>%1 is not a valid value.</source>
        <translation>%1 ist kein gültiger Wert.</translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>subject: system error</comment>
        <translation>%1: %2.</translation>
    </message>
    <message>
        <source>inferred: the only process of its unit; its sockets belong to %1 and are hidden</source>
        <translation>erschlossen: der einzige Prozess seiner Unit; seine Sockets gehören %1 und sind verborgen</translation>
    </message>
    <message>
        <source>further listeners</source>
        <translation>weitere, die lauschen</translation>
    </message>
    <message>
        <source>user number</source>
        <translation>Benutzernummer</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>waiting for</source>
        <comment>followed by a duration</comment>
        <translation>warten seit</translation>
    </message>
    <message>
        <source>%1 (stopped)</source>
        <comment>process state</comment>
        <translation>%1 (angehalten)</translation>
    </message>
    <message>
        <source>%1 (held by a debugger)</source>
        <comment>process state</comment>
        <translation>%1 (von einem Debugger angehalten)</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message numerus="yes">
        <source>The processes behind %n port(s) are hidden even from root. Outside of this container or sandbox, Quaymaster can see them.</source>
        <translation>
            <numerusform>Der Prozess hinter %n Port ist selbst vor root verborgen. Außerhalb dieses Containers oder dieser Sandbox kann Quaymaster ihn sehen.</numerusform>
            <numerusform>Die Prozesse hinter %n Ports sind selbst vor root verborgen. Außerhalb dieses Containers oder dieser Sandbox kann Quaymaster sie sehen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n port(s) belong to other users, whose processes are hidden from you.</source>
        <translation>
            <numerusform>%n Port gehört einem anderen Benutzer, dessen Prozesse für Sie nicht sichtbar sind.</numerusform>
            <numerusform>%n Ports gehören anderen Benutzern, deren Prozesse für Sie nicht sichtbar sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n port(s) belong to you, but to processes that nobody except root may look into.</source>
        <translation>
            <numerusform>%n Port gehört Ihnen, aber einem Prozess, in den niemand außer root sehen darf.</numerusform>
            <numerusform>%n Ports gehören Ihnen, aber Prozessen, in die niemand außer root sehen darf.</numerusform>
        </translation>
    </message>
    <message>
        <source>hidden: the system does not let its open files be read</source>
        <translation>verborgen: das System lässt seine offenen Dateien nicht lesen</translation>
    </message>
    <message>
        <source>hidden: the system does not let its open files be read, unit %1</source>
        <translation>verborgen: das System lässt seine offenen Dateien nicht lesen, Unit %1</translation>
    </message>
    <message>
        <source>There is no usable /proc here, and without it nothing is known about processes. It is missing, or shows those of another system or container: mount -t proc proc /proc</source>
        <translation>Hier gibt es kein brauchbares /proc, und ohne es ist über Prozesse nichts bekannt. Es fehlt, oder es zeigt die eines anderen Systems oder Containers: mount -t proc proc /proc</translation>
    </message>
    <message>
        <source>there may be other owners by now: these were seen when you authenticated</source>
        <translation>es kann inzwischen weitere Besitzer geben: diese wurden gesehen, als Sie sich angemeldet haben</translation>
    </message>
</context>
<context>
    <name>LogSession</name>
    <message>
        <source>No line fits.</source>
        <translation>Keine Zeile passt.</translation>
    </message>
    <message>
        <source>Lines of %1 are missing here: its log was put aside and removed, or emptied, before they were read.</source>
        <translation>Hier fehlen Zeilen von %1: Sein Protokoll wurde weggelegt und entfernt oder geleert, ehe sie gelesen wurden.</translation>
    </message>
    <message>
        <source>Lines that are left out, since the pattern is too costly on them: %1</source>
        <translation>Ausgelassene Zeilen, für die das Muster zu aufwendig ist: %1</translation>
    </message>
</context>
<context>
    <name>LogsCommand</name>
    <message>
        <source>%1 has no log: it was not started yet. &apos;quay up --foreground %1&apos; starts it.</source>
        <translation>%1 hat kein Protokoll: Er wurde noch nicht gestartet. „quay up --foreground %1“ startet ihn.</translation>
    </message>
    <message>
        <source>There is no run %1 of %2. Runs that are recorded: %3</source>
        <translation>Es gibt keinen Lauf %1 von %2. Aufgezeichnete Läufe: %3</translation>
    </message>
    <message>
        <source>When run %2 of %1 was cannot be read from its record.</source>
        <translation>Wann der Lauf %2 von %1 war, lässt sich aus seiner Aufzeichnung nicht lesen.</translation>
    </message>
    <message>
        <source>Show what servers have written</source>
        <translation>Zeigen, was Server geschrieben haben</translation>
    </message>
    <message>
        <source>N</source>
        <comment>a number</comment>
        <translation>N</translation>
    </message>
    <message>
        <source>Servers or groups; all when none is given</source>
        <translation>Server oder Gruppen; ohne Angabe alle</translation>
    </message>
    <message>
        <source>Go on with what they write, after the last 10 lines</source>
        <translation>Nach den letzten 10 Zeilen weiter zeigen, was sie schreiben</translation>
    </message>
    <message>
        <source>Only since then: 30m, 12h, 2d, 14:05, 2026-07-14</source>
        <translation>Nur seitdem: 30m, 12h, 2d, 14:05, 2026-07-14</translation>
    </message>
    <message>
        <source>TIME</source>
        <translation>ZEIT</translation>
    </message>
    <message>
        <source>Only lines in which this regular expression (PCRE2) is found; (?i) at its begin ignores case</source>
        <translation>Nur Zeilen, in denen dieser reguläre Ausdruck (PCRE2) vorkommt; (?i) an seinem Anfang unterscheidet Groß- und Kleinschreibung nicht</translation>
    </message>
    <message>
        <source>PATTERN</source>
        <translation>MUSTER</translation>
    </message>
    <message>
        <source>Only of one run: 1 is the last, 2 the one before it</source>
        <translation>Nur von einem Lauf: 1 ist der letzte, 2 der davor</translation>
    </message>
    <message>
        <source>Only the last so many lines of each server</source>
        <translation>Nur so viele letzte Zeilen jedes Servers</translation>
    </message>
    <message>
        <source>Show when each line came</source>
        <translation>Zeigen, wann jede Zeile kam</translation>
    </message>
    <message>
        <source>Show how often the alerts of the file were found instead, and when last</source>
        <translation>Stattdessen zeigen, wie oft und wann zuletzt gefunden wurde, worauf die Datei unter alerts achtet</translation>
    </message>
    <message>
        <source>Print JSON, an object a line</source>
        <translation>JSON ausgeben, ein Objekt je Zeile</translation>
    </message>
    <message>
        <source>The file that describes the servers: quaymaster.yaml here or above when not given, or one that &apos;quay import&apos; reads</source>
        <translation>Die Datei, die die Server beschreibt: ohne Angabe quaymaster.yaml hier oder darüber, oder eine, die „quay import“ liest</translation>
    </message>
    <message>
        <source>--follow goes on with every run, and --run shows one: leave out one of them.</source>
        <translation>--follow zeigt jeden weiteren Lauf, --run nur einen: Lassen Sie eines davon weg.</translation>
    </message>
    <message>
        <source>--alerts counts in the whole log: it goes with --json and --file alone.</source>
        <translation>--alerts zählt im ganzen Protokoll: Dazu passen nur --json und --file.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a time. Allowed are 30m, 12h, 2d, 14:05, 2026-07-14 and 2026-07-14T14:05.</source>
        <translation>„%1“ ist keine Zeit. Erlaubt sind 30m, 12h, 2d, 14:05, 2026-07-14 und 2026-07-14T14:05.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a regular expression: %2</source>
        <comment>a pattern; where and what is wrong</comment>
        <translation>„%1“ ist kein regulärer Ausdruck: %2</translation>
    </message>
    <message>
        <source>There are no servers in the file.</source>
        <translation>In der Datei stehen keine Server.</translation>
    </message>
    <message>
        <source>No alerts are described: &apos;alerts&apos; of a server in quaymaster.yaml does that.</source>
        <translation>Es ist nicht beschrieben, worauf zu achten ist: Das steht unter „alerts“ eines Servers in quaymaster.yaml.</translation>
    </message>
    <message>
        <source>Show how each attempt of their probes ended instead</source>
        <translation>Stattdessen zeigen, wie jeder Versuch ihrer Prüfungen ausging</translation>
    </message>
    <message>
        <source>--probes goes with --lines, --json and --file alone.</source>
        <translation>Zu --probes passen nur --lines, --json und --file.</translation>
    </message>
    <message>
        <source>No probe was asked yet.</source>
        <translation>Noch wurde keine Prüfung gefragt.</translation>
    </message>
</context>
<context>
    <name>LogsCommandTexts</name>
    <message>
        <source>&apos;%1&apos; is not a number above 0.</source>
        <translation>„%1“ ist keine Zahl über 0.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a number.</source>
        <translation>„%1“ ist keine Zahl.</translation>
    </message>
</context>
<context>
    <name>ManagerStop</name>
    <message>
        <source>Asking who runs it</source>
        <translation>Quaymaster fragt, wer es betreibt</translation>
    </message>
    <message>
        <source>First stops %1.</source>
        <comment>the unit x.service</comment>
        <translation>Stoppt zuerst %1.</translation>
    </message>
    <message>
        <source>Stopping %1</source>
        <comment>the unit x.service</comment>
        <translation>Quaymaster stoppt %1</translation>
    </message>
    <message>
        <source>Waiting for connections to end</source>
        <translation>Warten, bis Verbindungen enden</translation>
    </message>
</context>
<context>
    <name>ManagerText</name>
    <message>
        <source>the unit %1</source>
        <translation>die Unit %1</translation>
    </message>
    <message>
        <source>the container %1</source>
        <translation>den Container %1</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>It runs in the container %1.</source>
        <translation>Läuft im Container %1.</translation>
    </message>
    <message>
        <source>It runs in the container %1, made from %2.</source>
        <translation>Läuft im Container %1 aus dem Abbild %2.</translation>
    </message>
    <message>
        <source>%1 is started again by itself (%2), but not once it has been stopped as a whole.</source>
        <translation>%1 wird von selbst wieder gestartet (%2), aber nicht, wenn es als Ganzes gestoppt wurde.</translation>
    </message>
    <message>
        <source>systemd holds the port for %1, so that is stopped as well.</source>
        <translation>systemd hält den Port für %1, deshalb wird das ebenfalls gestoppt.</translation>
    </message>
    <message>
        <source>The unit %1 was stopped, and %2 with it.</source>
        <translation>Die Unit %1 wurde gestoppt, und %2 mit ihr.</translation>
    </message>
    <message>
        <source>The unit %1 was stopped.</source>
        <translation>Die Unit %1 wurde gestoppt.</translation>
    </message>
    <message>
        <source>The container %1 was stopped.</source>
        <translation>Der Container %1 wurde gestoppt.</translation>
    </message>
    <message>
        <source>The unit %1 could not be stopped. %2</source>
        <translation>Die Unit %1 konnte nicht gestoppt werden. %2</translation>
    </message>
    <message>
        <source>The container %1 could not be stopped. %2</source>
        <translation>Der Container %1 konnte nicht gestoppt werden. %2</translation>
    </message>
    <message>
        <source>You are not permitted to: %1.</source>
        <translation>Dazu fehlt Ihnen die Berechtigung: %1.</translation>
    </message>
    <message>
        <source>The answer was not understood: %1.</source>
        <translation>Die Antwort war nicht zu verstehen: %1.</translation>
    </message>
    <message>
        <source>Who runs it cannot be reached: %1.</source>
        <translation>Wer es betreibt, ist nicht zu erreichen: %1.</translation>
    </message>
    <message>
        <source>There was no answer in time: %1.</source>
        <translation>Es kam rechtzeitig keine Antwort: %1.</translation>
    </message>
    <message>
        <source>You did not wait for it. It may stop all the same.</source>
        <translation>Sie haben nicht darauf gewartet. Es kann trotzdem noch stoppen.</translation>
    </message>
    <message>
        <source>It was refused: %1.</source>
        <translation>Es wurde abgelehnt: %1.</translation>
    </message>
    <message>
        <source>Stop the &amp;unit %1</source>
        <translation>&amp;Unit %1 stoppen</translation>
    </message>
    <message>
        <source>Stop its &amp;container</source>
        <translation>Seinen &amp;Container stoppen</translation>
    </message>
    <message>
        <source>Stop the &amp;container %1</source>
        <translation>&amp;Container %1 stoppen</translation>
    </message>
    <message>
        <source>&amp;End %1 (%2) and what it runs</source>
        <comment>nodemon, its number</comment>
        <translation>%1 (%2) und was es betreibt b&amp;eenden</translation>
    </message>
    <message>
        <source>You did not wait. Nobody was asked to stop %1.</source>
        <comment>the unit x.service</comment>
        <translation>Sie haben nicht gewartet. Niemand wurde gebeten, %1 zu stoppen.</translation>
    </message>
    <message>
        <source>Neither systemd nor Docker nor Podman runs this: %1.</source>
        <translation>Weder systemd noch Docker noch Podman führt das aus: %1.</translation>
    </message>
</context>
<context>
    <name>OwnerFacts</name>
    <message>
        <source>%1 CPU time</source>
        <translation>%1 CPU-Zeit</translation>
    </message>
    <message>
        <source>%1 CPU time (%2 of a core on average)</source>
        <translation>%1 CPU-Zeit (im Mittel %2 eines Kerns)</translation>
    </message>
    <message>
        <source>this machine only</source>
        <translation>nur von diesem Rechner</translation>
    </message>
    <message>
        <source>other machines too, if no firewall forbids it</source>
        <translation>auch von anderen Rechnern, wenn keine Firewall es verbietet</translation>
    </message>
    <message numerus="yes">
        <source>%n established</source>
        <translation>
            <numerusform>%n bestehende</numerusform>
            <numerusform>%n bestehende</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established, shared with other sockets at this address</source>
        <translation>
            <numerusform>%n bestehende, mit anderen Sockets an dieser Adresse geteilt</numerusform>
            <numerusform>%n bestehende, mit anderen Sockets an dieser Adresse geteilt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be accepted (backlog %1)</source>
        <translation>
            <numerusform>%n wartet auf Annahme (Backlog %1)</numerusform>
            <numerusform>%n warten auf Annahme (Backlog %1)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1; the socket was opened by %2: the process has changed its user since, or the socket was handed to it</source>
        <translation>%1; den Socket hat %2 geöffnet: Der Prozess hat seither den Benutzer gewechselt, oder der Socket wurde ihm übergeben</translation>
    </message>
    <message>
        <source>%1; sockets were opened by %2: the process has changed its user since, or the sockets were handed to it</source>
        <translation>%1; Sockets wurden von %2 geöffnet: Der Prozess hat seither den Benutzer gewechselt, oder die Sockets wurden ihm übergeben</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>time of day (duration)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>project in directory</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 memory</source>
        <translation>%1 Speicher</translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n Thread</numerusform>
            <numerusform>%n Threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanText</name>
    <message>
        <source>%1 stays: %2</source>
        <comment>process stays: why</comment>
        <translation>%1 bleibt: %2</translation>
    </message>
    <message>
        <source>Other processes hold the same socket, so it stays open: %1</source>
        <translation>Andere Prozesse halten denselben Socket, daher bleibt er offen: %1</translation>
    </message>
    <message numerus="yes">
        <source>... and %n more process(es)</source>
        <translation>
            <numerusform>… und %n weiterer Prozess</numerusform>
            <numerusform>… und %n weitere Prozesse</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established connection(s) will be cut.</source>
        <translation>
            <numerusform>%n bestehende Verbindung wird getrennt.</numerusform>
            <numerusform>%n bestehende Verbindungen werden getrennt.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has ended in the meantime. Nothing was done.</source>
        <translation>%1 ist inzwischen beendet. Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>%1 to %2 of %3: %4</source>
        <comment>signal to process of user: command</comment>
        <translation>%1 an %2 von %3: %4</translation>
    </message>
    <message>
        <source>%1 (holds %2)</source>
        <comment>signal to process (holds sockets)</comment>
        <translation>%1 (hält %2)</translation>
    </message>
    <message>
        <source>%1 has ended already, so it cannot be ended. It stays until its parent takes note of it, which cannot be seen from here.</source>
        <translation>%1 ist schon beendet und lässt sich nicht mehr beenden. Der Eintrag bleibt, bis sein Elternprozess es zur Kenntnis nimmt; der ist von hier aus nicht zu sehen.</translation>
    </message>
    <message>
        <source>%1 has ended already, and goes with its parent %2.</source>
        <translation>%1 ist schon beendet und verschwindet mit seinem Elternprozess %2.</translation>
    </message>
    <message>
        <source>%1 has ended already, so it cannot be ended. It stays until its parent %2 takes note of it, or ends.</source>
        <translation>%1 ist schon beendet und lässt sich nicht mehr beenden. Der Eintrag bleibt, bis sein Elternprozess %2 es zur Kenntnis nimmt oder endet.</translation>
    </message>
    <message>
        <source>%1 That one is not offered to be ended: %2.</source>
        <comment>sentence, why</comment>
        <translation>%1 Ihn zu beenden wird nicht angeboten: %2.</translation>
    </message>
    <message numerus="yes">
        <source>Waits at most %1 for %n connection(s) to end before the signal goes.</source>
        <translation>
            <numerusform>Wartet vor dem Signal höchstens %1 auf das Ende von %n Verbindung.</numerusform>
            <numerusform>Wartet vor dem Signal höchstens %1 auf das Ende von %n Verbindungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Waits at most %1 for connections to end before the signal goes, if there are any by then.</source>
        <translation>Wartet vor dem Signal höchstens %1 auf das Ende von Verbindungen, falls es dann welche gibt.</translation>
    </message>
    <message numerus="yes">
        <source>%n established connection(s) will be cut, unless a child that goes on has them too.</source>
        <translation>
            <numerusform>%n bestehende Verbindung wird getrennt, es sei denn, ein Kindprozess, der weiterläuft, hat sie auch.</numerusform>
            <numerusform>%n bestehende Verbindungen werden getrennt, es sei denn, ein Kindprozess, der weiterläuft, hat sie auch.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its children go on: %1.</source>
        <translation>Kindprozesse laufen weiter: %1.</translation>
    </message>
    <message>
        <source>Closes as well: %1</source>
        <translation>Schließt ebenfalls: %1</translation>
    </message>
    <message>
        <source>%1 would stay if it were not named: %2</source>
        <comment>process: why</comment>
        <translation>%1 bliebe, wenn es nicht genannt wäre: %2</translation>
    </message>
    <message>
        <source>%1 is never ended: it is the first process of the system.</source>
        <translation>%1 wird nie beendet: Es ist der erste Prozess des Systems.</translation>
    </message>
    <message>
        <source>%1 is never ended: it is a thread of the kernel.</source>
        <translation>%1 wird nie beendet: Es ist ein Thread des Kernels.</translation>
    </message>
    <message>
        <source>%1 is never ended: it is Quaymaster itself.</source>
        <translation>%1 wird nie beendet: Es ist Quaymaster selbst.</translation>
    </message>
    <message>
        <source>%1 is never ended: Quaymaster was started from it.</source>
        <translation>%1 wird nie beendet: Von dort aus wurde Quaymaster gestartet.</translation>
    </message>
    <message>
        <source>%1 is taken to hold %2, as the only process of its unit. More rights are needed to see who does.</source>
        <comment>process, sockets</comment>
        <translation>%1 gilt als der, der %2 hält, denn es ist der einzige Prozess seiner Unit. Um zu sehen, wer es ist, braucht es mehr Rechte.</translation>
    </message>
    <message numerus="yes">
        <source>Permission will be asked for, to end %n process(es) of somebody else.</source>
        <translation>
            <numerusform>Nach einer Berechtigung wird gefragt, um %n Prozess eines anderen zu beenden.</numerusform>
            <numerusform>Nach einer Berechtigung wird gefragt, um %n Prozesse anderer zu beenden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortCellText</name>
    <message>
        <source>hidden: %1</source>
        <comment>owner hidden: user</comment>
        <translation>verborgen: %1</translation>
    </message>
    <message>
        <source>Port %1, %2, listening on %3</source>
        <extracomment>Read aloud: port number, protocol, from where it can be reached</extracomment>
        <translation>Port %1, %2, lauscht auf: %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Read aloud: name of the column, value</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>no process: kernel or another container</source>
        <translation>kein Prozess: Kernel oder ein anderer Container</translation>
    </message>
    <message>
        <source>warning: %1</source>
        <extracomment>Read aloud behind a port</extracomment>
        <translation>Warnung: %1</translation>
    </message>
    <message>
        <source>%1; new</source>
        <extracomment>Read aloud: what a row is about, and that it just came</extracomment>
        <translation>%1; neu</translation>
    </message>
    <message>
        <source>%1; gone</source>
        <extracomment>Read aloud: what a row is about, and that it just went</extracomment>
        <translation>%1; weg</translation>
    </message>
</context>
<context>
    <name>PortColumn</name>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>Erreichbar von</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>The port number</source>
        <translation>Die Nummer des Ports</translation>
    </message>
    <message>
        <source>TCP or UDP</source>
        <translation>TCP oder UDP</translation>
    </message>
    <message>
        <source>Whether other machines can reach it, and its address</source>
        <translation>Ob andere Rechner ihn erreichen können, und seine Adresse</translation>
    </message>
    <message>
        <source>The program that holds the port, and how many more do</source>
        <translation>Das Programm, das den Port hält, und wie viele weitere es tun</translation>
    </message>
    <message>
        <source>The number of the process</source>
        <translation>Die Nummer des Prozesses</translation>
    </message>
    <message>
        <source>The source tree it was started in, and the branch</source>
        <translation>Das Projekt, in dem er gestartet wurde, und dessen Zweig</translation>
    </message>
    <message>
        <source>What kind of server it is</source>
        <translation>Was für ein Server es ist</translation>
    </message>
    <message>
        <source>The user it runs as</source>
        <translation>Der Benutzer, unter dem er läuft</translation>
    </message>
    <message>
        <source>The systemd unit or container it runs in</source>
        <translation>Die systemd-Unit oder der Container, worin er läuft</translation>
    </message>
    <message>
        <source>How many connections are open</source>
        <translation>Wie viele Verbindungen offen sind</translation>
    </message>
    <message>
        <source>How long ago the process was started</source>
        <translation>Vor wie langer Zeit der Prozess gestartet wurde</translation>
    </message>
    <message>
        <source>Processor time of all its processes; 100 % is one core</source>
        <translation>Prozessorzeit aller seiner Prozesse; 100 % sind ein Kern</translation>
    </message>
    <message>
        <source>Resident memory of all its processes</source>
        <translation>Arbeitsspeicher aller seiner Prozesse</translation>
    </message>
</context>
<context>
    <name>PortHolder</name>
    <message>
        <source>the kernel or another container</source>
        <translation>dem Kernel oder einem anderen Container</translation>
    </message>
    <message>
        <source>a hidden process of %1</source>
        <translation>einem verborgenen Prozess von %1</translation>
    </message>
    <message>
        <source>a hidden process of %1, unit %2</source>
        <translation>einem verborgenen Prozess von %1, Unit %2</translation>
    </message>
</context>
<context>
    <name>PortNotes</name>
    <message>
        <source>Nothing listens on TCP port %1.</source>
        <translation>Auf TCP-Port %1 lauscht nichts.</translation>
    </message>
    <message>
        <source>Nothing listens on %1.</source>
        <translation>Auf %1 lauscht nichts.</translation>
    </message>
    <message>
        <source>No UDP socket is bound to %1.</source>
        <translation>An %1 ist kein UDP-Socket gebunden.</translation>
    </message>
    <message>
        <source>Nothing listens on any TCP port.</source>
        <translation>Auf keinem TCP-Port lauscht etwas.</translation>
    </message>
    <message>
        <source>Nothing listens on any port.</source>
        <translation>Auf keinem Port lauscht etwas.</translation>
    </message>
    <message>
        <source>No UDP socket is bound to any port.</source>
        <translation>An keinen Port ist ein UDP-Socket gebunden.</translation>
    </message>
    <message>
        <source>The kernel&apos;s socket interface is refused here. Reading /proc/net instead: units of other users and waiting connections are not known.</source>
        <translation>Die Socket-Schnittstelle des Kernels wird hier verweigert. Stattdessen wird /proc/net gelesen: Units anderer Benutzer und wartende Verbindungen sind nicht bekannt.</translation>
    </message>
    <message>
        <source>The ports changed while they were read: a row may be missing.</source>
        <translation>Die Ports änderten sich beim Lesen: Eine Zeile kann fehlen.</translation>
    </message>
    <message numerus="yes">
        <source>%n more of other users and system services: quay ports --all</source>
        <translation>
            <numerusform>%n weiterer von anderen Benutzern und Systemdiensten: quay ports --all</numerusform>
            <numerusform>%n weitere von anderen Benutzern und Systemdiensten: quay ports --all</numerusform>
        </translation>
    </message>
    <message>
        <source>! deserves a look: quay why PORT</source>
        <translation>! verdient einen Blick: quay why PORT</translation>
    </message>
    <message>
        <source>The kernel&apos;s socket interface has no UDP here (udp_diag). Reading /proc/net instead: units of other users are not known.</source>
        <translation>Die Socket-Schnittstelle des Kernels kennt hier kein UDP (udp_diag). Stattdessen wird /proc/net gelesen: Units anderer Benutzer sind nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>PortOutcomeText</name>
    <message numerus="yes">
        <source>%n connection(s) that somebody else holds open</source>
        <translation>
            <numerusform>%n Verbindung, die jemand anderes offen hält</numerusform>
            <numerusform>%n Verbindungen, die jemand anderes offen hält</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed connection(s) that the kernel keeps for a minute (TIME_WAIT)</source>
        <translation>
            <numerusform>%n geschlossene Verbindung, die der Kernel eine Minute behält (TIME_WAIT)</numerusform>
            <numerusform>%n geschlossene Verbindungen, die der Kernel eine Minute behält (TIME_WAIT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that the peer has closed and nobody here (CLOSE_WAIT)</source>
        <translation>
            <numerusform>%n Verbindung, die die Gegenseite geschlossen hat und hier niemand (CLOSE_WAIT)</numerusform>
            <numerusform>%n Verbindungen, die die Gegenseite geschlossen hat und hier niemand (CLOSE_WAIT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that the peer has not closed yet (FIN_WAIT)</source>
        <translation>
            <numerusform>%n Verbindung, die die Gegenseite noch nicht geschlossen hat (FIN_WAIT)</numerusform>
            <numerusform>%n Verbindungen, die die Gegenseite noch nicht geschlossen hat (FIN_WAIT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that are being closed</source>
        <translation>
            <numerusform>%n Verbindung, die gerade geschlossen wird</numerusform>
            <numerusform>%n Verbindungen, die gerade geschlossen werden</numerusform>
        </translation>
    </message>
    <message>
        <source>a process that is hidden from you</source>
        <translation>einem Prozess, der vor Ihnen verborgen ist</translation>
    </message>
    <message>
        <source>Port %1 was free and came back: %2 took it, started by %3.</source>
        <translation>Port %1 war frei und ist wieder belegt: von %2, gestartet von %3.</translation>
    </message>
    <message>
        <source>Port %1 was free and came back: %2 took it.</source>
        <translation>Port %1 war frei und ist wieder belegt: von %2.</translation>
    </message>
    <message>
        <source>Nobody listens on port %1, but it cannot be bound yet.</source>
        <translation>Niemand lauscht auf Port %1, aber er kann noch nicht belegt werden.</translation>
    </message>
    <message>
        <source>Nobody listens on port %1, but it cannot be bound yet: %2.</source>
        <translation>Niemand lauscht auf Port %1, aber er kann noch nicht belegt werden: %2.</translation>
    </message>
    <message>
        <source>Port %1 is free.</source>
        <translation>Port %1 ist frei.</translation>
    </message>
    <message>
        <source>Nobody listens on port %1 any more.</source>
        <translation>Niemand lauscht mehr auf Port %1.</translation>
    </message>
    <message>
        <source>Port %1 is held by %2.</source>
        <translation>Port %1 wird von %2 gehalten.</translation>
    </message>
    <message>
        <source>Whether port %1 is free could not be found out: %2</source>
        <translation>Ob Port %1 frei ist, ließ sich nicht feststellen: %2</translation>
    </message>
    <message>
        <source>Whether port %1 is free could not be found out.</source>
        <translation>Ob Port %1 frei ist, ließ sich nicht feststellen.</translation>
    </message>
    <message>
        <source>Port %1 was free and came back: %2 took it, started by %3 for the unit %4.</source>
        <translation>Port %1 war frei und ist wieder belegt: von %2, für die Unit %4 gestartet von %3.</translation>
    </message>
    <message>
        <source>Port %1 was free and came back: %2 took it, started by %3 in the container %4.</source>
        <translation>Port %1 war frei und ist wieder belegt: von %2, im Container %4 gestartet von %3.</translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) that were bound and do not listen</source>
        <translation>
            <numerusform>%n Socket, der gebunden ist und nicht lauscht</numerusform>
            <numerusform>%n Sockets, die gebunden sind und nicht lauschen</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, of %2</source>
        <comment>connections, of node 4711</comment>
        <translation>%1, von %2</translation>
    </message>
    <message>
        <source>%1 A program without SO_REUSEADDR has to wait for what remains: %2.</source>
        <comment>a sentence, connections</comment>
        <translation>%1 Ein Programm ohne SO_REUSEADDR muss auf das warten, was bleibt: %2.</translation>
    </message>
    <message>
        <source>Nobody listens on port %1.</source>
        <translation>Auf Port %1 lauscht niemand.</translation>
    </message>
    <message>
        <source>Port %1 is free at %2; somebody else listens at %3.</source>
        <comment>port, addresses</comment>
        <translation>Port %1 ist frei an %2; an %3 lauscht jemand anderes.</translation>
    </message>
    <message>
        <source>%1 It does not go away by itself: &apos;quay stop %2&apos; ends who has it.</source>
        <comment>a sentence, pids</comment>
        <translation>%1 Von selbst vergeht das nicht: &apos;quay stop %2&apos; beendet, wer ihn hat.</translation>
    </message>
    <message>
        <source>Ports %1 to %2 are free.</source>
        <translation>Die Ports %1 bis %2 sind frei.</translation>
    </message>
    <message numerus="yes">
        <source>%n connected UDP socket(s) that somebody else holds open</source>
        <translation>
            <numerusform>%n verbundener UDP-Socket, den jemand anderes offen hält</numerusform>
            <numerusform>%n verbundene UDP-Sockets, die jemand anderes offen hält</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortRoles</name>
    <message>
        <source>%1 (%2)</source>
        <comment>what happens to it (process)</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>PortToolTip</name>
    <message>
        <source>%1 %2</source>
        <comment>pid, about this process</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>The directory of this process may not be read.</source>
        <translation>Das Verzeichnis dieses Prozesses darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Not in a project.</source>
        <translation>In keinem Projekt.</translation>
    </message>
    <message numerus="yes">
        <source>%n established, shared with other sockets at this address: the system does not tell which of them took which.</source>
        <translation>
            <numerusform>%n bestehende, mit anderen Sockets an dieser Adresse geteilt: Das System verrät nicht, welcher davon welche angenommen hat.</numerusform>
            <numerusform>%n bestehende, mit anderen Sockets an dieser Adresse geteilt: Das System verrät nicht, welcher davon welche angenommen hat.</numerusform>
        </translation>
    </message>
    <message>
        <source>UDP has no connections.</source>
        <translation>UDP kennt keine Verbindungen.</translation>
    </message>
    <message>
        <source>The connections were not counted.</source>
        <translation>Die Verbindungen wurden nicht gezählt.</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be accepted</source>
        <translation>
            <numerusform>%n wartet auf Annahme</numerusform>
            <numerusform>%n warten auf Annahme</numerusform>
        </translation>
    </message>
    <message>
        <source>started %1</source>
        <comment>at this time</comment>
        <translation>gestartet %1</translation>
    </message>
    <message>
        <source>not known before the second look</source>
        <translation>vor dem zweiten Blick nicht bekannt</translation>
    </message>
    <message>
        <source>This kind of server is not recognised.</source>
        <translation>Diese Art von Server ist nicht bekannt.</translation>
    </message>
    <message>
        <source>In no unit and no container.</source>
        <translation>In keiner Unit und keinem Container.</translation>
    </message>
    <message>
        <source>%1, user number %2</source>
        <translation>%1, Benutzernummer %2</translation>
    </message>
    <message>
        <source>How many wait to be accepted is not known.</source>
        <translation>Wie viele auf Annahme warten, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>It is not known in which unit or container it runs.</source>
        <translation>In welcher Unit oder welchem Container es läuft, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Unknown: the file system of this directory does not answer.</source>
        <translation>Unbekannt: Das Dateisystem dieses Verzeichnisses antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>PortsCommand</name>
    <message>
        <source>Show who listens on which port</source>
        <translation>Zeigen, wer auf welchem Port lauscht</translation>
    </message>
    <message>
        <source>Ports or ranges such as 3000-3010; all when none is given</source>
        <translation>Ports oder Bereiche wie 3000-3010; ohne Angabe alle</translation>
    </message>
    <message>
        <source>Only TCP</source>
        <translation>Nur TCP</translation>
    </message>
    <message>
        <source>Only UDP</source>
        <translation>Nur UDP</translation>
    </message>
    <message>
        <source>Also system services and ports of other users whose owner is hidden</source>
        <translation>Auch Systemdienste und Ports anderer Benutzer, deren Besitzer verborgen ist</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>Go on and print what changes, until interrupted</source>
        <translation>Fortfahren und ausgeben, was sich ändert, bis zum Abbruch</translation>
    </message>
</context>
<context>
    <name>PortsTable</name>
    <message>
        <source>(hidden)</source>
        <translation>(verborgen)</translation>
    </message>
    <message>
        <source>(not looked up)</source>
        <translation>(nicht ermittelt)</translation>
    </message>
    <message>
        <source>(no process)</source>
        <translation>(kein Prozess)</translation>
    </message>
    <message>
        <source>PORT</source>
        <translation>PORT</translation>
    </message>
    <message>
        <source>PROTO</source>
        <translation>PROTO</translation>
    </message>
    <message>
        <source>ADDRESS</source>
        <translation>ADRESSE</translation>
    </message>
    <message>
        <source>PROCESS</source>
        <translation>PROZESS</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>PROJECT</source>
        <translation>PROJEKT</translation>
    </message>
    <message>
        <source>KIND</source>
        <translation>ART</translation>
    </message>
    <message>
        <source>USER</source>
        <translation>BENUTZER</translation>
    </message>
    <message>
        <source>UNIT</source>
        <translation>UNIT</translation>
    </message>
    <message>
        <source>CONN</source>
        <comment>connections</comment>
        <translation>VERB</translation>
    </message>
    <message>
        <source>SINCE</source>
        <translation>SEIT</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>address (reach)</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>PortsWatch</name>
    <message>
        <source>who holds it</source>
        <comment>what changed</comment>
        <translation>wer ihn hält</translation>
    </message>
    <message>
        <source>whether that can be told</source>
        <comment>what changed: who holds it is named beside</comment>
        <translation>ob sich das sagen lässt</translation>
    </message>
    <message>
        <source>unit or container</source>
        <comment>what changed</comment>
        <translation>Unit oder Container</translation>
    </message>
    <message>
        <source>warnings</source>
        <comment>what changed</comment>
        <translation>Warnungen</translation>
    </message>
    <message>
        <source>  changed: %1</source>
        <comment>below a line of a table</comment>
        <translation>  geändert: %1</translation>
    </message>
</context>
<context>
    <name>PreflightText</name>
    <message>
        <source>UDP port %1</source>
        <translation>UDP-Port %1</translation>
    </message>
    <message>
        <source>port %1</source>
        <translation>Port %1</translation>
    </message>
    <message>
        <source>variable %1</source>
        <translation>Variable %1</translation>
    </message>
    <message>
        <source>file %1</source>
        <translation>Datei %1</translation>
    </message>
    <message>
        <source>directory %1</source>
        <translation>Verzeichnis %1</translation>
    </message>
    <message>
        <source>program %1</source>
        <translation>Programm %1</translation>
    </message>
    <message>
        <source>%1 as in %2</source>
        <comment>a program, a file</comment>
        <translation>%1 wie in %2</translation>
    </message>
    <message>
        <source>command %1</source>
        <translation>Befehl %1</translation>
    </message>
    <message>
        <source>%1 of room in %2</source>
        <translation>%1 Platz in %2</translation>
    </message>
    <message>
        <source>is %1, wanted is %2</source>
        <translation>ist %1, gewünscht ist %2</translation>
    </message>
    <message>
        <source>is %1</source>
        <comment>a version</comment>
        <translation>ist %1</translation>
    </message>
    <message>
        <source>does not tell its version</source>
        <translation>nennt keine Version</translation>
    </message>
    <message>
        <source>the file says nothing about it</source>
        <translation>die Datei sagt nichts darüber</translation>
    </message>
    <message>
        <source>the file says &apos;%1&apos;, which cannot be compared</source>
        <translation>die Datei sagt „%1“, was nicht verglichen werden kann</translation>
    </message>
    <message>
        <source>the host is not found</source>
        <translation>der Rechner wird nicht gefunden</translation>
    </message>
    <message>
        <source>refuses connections</source>
        <translation>weist Verbindungen ab</translation>
    </message>
    <message>
        <source>cannot be reached</source>
        <translation>ist nicht erreichbar</translation>
    </message>
    <message>
        <source>answers %1: the key is refused</source>
        <translation>antwortet %1: Der Schlüssel wird abgelehnt</translation>
    </message>
    <message>
        <source>answers %1: too many requests</source>
        <translation>antwortet %1: zu viele Anfragen</translation>
    </message>
    <message>
        <source>answers %1</source>
        <translation>antwortet %1</translation>
    </message>
    <message>
        <source>TLS failed</source>
        <translation>TLS ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>HTTP failed</source>
        <translation>HTTP ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>(%1 free)</source>
        <translation>(%1 frei)</translation>
    </message>
    <message>
        <source>is free</source>
        <translation>ist frei</translation>
    </message>
    <message>
        <source>is not found</source>
        <translation>wird nicht gefunden</translation>
    </message>
    <message>
        <source>%1 is not found</source>
        <translation>%1 wird nicht gefunden</translation>
    </message>
    <message>
        <source>may not be executed</source>
        <translation>darf nicht ausgeführt werden</translation>
    </message>
    <message>
        <source>%1 may not be executed</source>
        <translation>%1 darf nicht ausgeführt werden</translation>
    </message>
    <message>
        <source>ended with %1</source>
        <comment>an exit code</comment>
        <translation>endete mit %1</translation>
    </message>
    <message>
        <source>ended on %1</source>
        <comment>a signal</comment>
        <translation>endete durch %1</translation>
    </message>
    <message>
        <source>no answer within %1</source>
        <translation>keine Antwort innerhalb von %1</translation>
    </message>
    <message>
        <source>is not set</source>
        <translation>ist nicht gesetzt</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>ist leer</translation>
    </message>
    <message>
        <source>does not match the pattern</source>
        <translation>passt nicht zum Muster</translation>
    </message>
    <message>
        <source>is not there</source>
        <translation>ist nicht da</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>is not a file</source>
        <translation>ist keine Datei</translation>
    </message>
    <message>
        <source>is not a directory</source>
        <translation>ist kein Verzeichnis</translation>
    </message>
    <message>
        <source>is in use</source>
        <translation>ist belegt</translation>
    </message>
    <message>
        <source>is held by %1</source>
        <translation>wird von %1 gehalten</translation>
    </message>
    <message>
        <source>held by %1 itself, which runs</source>
        <comment>the name of a server</comment>
        <translation>gehalten von %1 selbst, der läuft</translation>
    </message>
    <message>
        <source>cannot be bound yet: connections of its last server are still ending</source>
        <translation>kann noch nicht gebunden werden: Verbindungen des letzten Servers enden noch</translation>
    </message>
    <message>
        <source>nothing can be found out about it</source>
        <translation>darüber lässt sich nichts herausfinden</translation>
    </message>
    <message>
        <source>only %1 are free</source>
        <translation>nur %1 sind frei</translation>
    </message>
    <message>
        <source>It will take %1.</source>
        <translation>Er wird %1 nehmen.</translation>
    </message>
    <message>
        <source>Free it with &apos;quay free %1&apos;, or use the server that is there.</source>
        <translation>„quay free %1“ macht ihn frei; oder der Server, der da ist, tut es auch.</translation>
    </message>
    <message>
        <source>Port %1 is free: &apos;take_next: true&apos; lets it have that.</source>
        <translation>Port %1 ist frei: Mit „take_next: true“ bekommt er den.</translation>
    </message>
    <message>
        <source>Set it in the environment, in an env file or under &apos;environment&apos;.</source>
        <translation>In der Umgebung, in einer Env-Datei oder unter „environment“ kann sie gesetzt werden.</translation>
    </message>
    <message>
        <source>Install it, or add its directory to PATH.</source>
        <translation>Es fehlt, oder sein Verzeichnis fehlt in PATH.</translation>
    </message>
    <message>
        <source>&apos;chmod +x&apos; makes it executable.</source>
        <translation>„chmod +x“ macht es ausführbar.</translation>
    </message>
    <message>
        <source>Install or choose that version.</source>
        <translation>Diese Version muss installiert oder gewählt werden.</translation>
    </message>
    <message>
        <source>It will be free within a minute or two.</source>
        <translation>In ein, zwei Minuten ist er frei.</translation>
    </message>
    <message>
        <source>Start what is to listen there.</source>
        <translation>Was dort lauschen soll, muss gestartet werden.</translation>
    </message>
    <message>
        <source>Check the key in its headers.</source>
        <translation>Der Schlüssel in den Headern ist zu prüfen.</translation>
    </message>
    <message>
        <source>Wait, or ask for less.</source>
        <translation>Warten, oder weniger anfragen.</translation>
    </message>
    <message>
        <source>Remove what is not needed there.</source>
        <translation>Was dort nicht gebraucht wird, kann weg.</translation>
    </message>
    <message>
        <source>&apos;timeout&apos; gives it more time.</source>
        <translation>„timeout“ gibt mehr Zeit.</translation>
    </message>
    <message>
        <source>cannot be bound: somebody has a connected UDP socket there</source>
        <translation>kann nicht gebunden werden: Jemand hat dort einen verbundenen UDP-Socket</translation>
    </message>
    <message>
        <source>&apos;quay free %1 --dry-run&apos; says who has it.</source>
        <translation>„quay free %1 --dry-run“ sagt, wer ihn hat.</translation>
    </message>
</context>
<context>
    <name>PrivilegedText</name>
    <message>
        <source>Quaymaster&apos;s helper is not installed. Install Quaymaster for the whole system, or use “sudo quay” in a terminal.</source>
        <translation>Das Hilfsprogramm von Quaymaster ist nicht installiert. Installieren Sie Quaymaster für das ganze System, oder verwenden Sie „sudo quay“ in einem Terminal.</translation>
    </message>
    <message>
        <source>Quaymaster&apos;s helper is of another version. Install both from the same package.</source>
        <translation>Das Hilfsprogramm von Quaymaster hat eine andere Version. Installieren Sie beide aus demselben Paket.</translation>
    </message>
    <message>
        <source>The system bus does not let you speak to Quaymaster&apos;s helper.</source>
        <translation>Der Systembus lässt Sie nicht mit dem Hilfsprogramm von Quaymaster sprechen.</translation>
    </message>
    <message>
        <source>Quaymaster&apos;s helper ended before it had answered. Whether it did what was asked is not known; try again.</source>
        <translation>Das Hilfsprogramm von Quaymaster endete, bevor es geantwortet hatte. Ob es getan hat, worum es gebeten wurde, ist nicht bekannt; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>polkit does not run, so nobody can be asked for permission. Install polkit (package polkitd or polkit), or use “sudo quay” in a terminal.</source>
        <translation>polkit läuft nicht, daher kann niemand um Erlaubnis gefragt werden. Installieren Sie polkit (Paket polkitd oder polkit), oder verwenden Sie „sudo quay“ in einem Terminal.</translation>
    </message>
    <message>
        <source>There is no system bus, so Quaymaster&apos;s helper cannot be asked. Start D-Bus, or use “sudo quay” in a terminal.</source>
        <translation>Es gibt keinen Systembus, daher kann das Hilfsprogramm von Quaymaster nicht gefragt werden. Starten Sie D-Bus, oder verwenden Sie „sudo quay“ in einem Terminal.</translation>
    </message>
    <message>
        <source>You were not given the permission: the authentication was refused or cancelled.</source>
        <translation>Sie haben die Erlaubnis nicht bekommen: Die Anmeldung wurde abgelehnt oder abgebrochen.</translation>
    </message>
    <message>
        <source>Quaymaster&apos;s helper waits for a password that another program has asked for. Try again when that prompt is closed; it gives up by itself after some minutes.</source>
        <translation>Das Hilfsprogramm von Quaymaster wartet auf ein Passwort, um das ein anderes Programm gebeten hat. Versuchen Sie es noch einmal, wenn jene Abfrage geschlossen ist; nach einigen Minuten gibt sie von selbst auf.</translation>
    </message>
    <message>
        <source>Nobody answered the question for a password in time. Nothing was done.</source>
        <translation>Die Frage nach dem Passwort wurde nicht rechtzeitig beantwortet. Nichts ist geschehen.</translation>
    </message>
</context>
<context>
    <name>ProbesText</name>
    <message>
        <source>met</source>
        <comment>a probe</comment>
        <translation>erfüllt</translation>
    </message>
    <message>
        <source>not met</source>
        <comment>a probe</comment>
        <translation>nicht erfüllt</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>the name of a probe, whether it is met</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>the name of a probe, whether it is met, what it saw</comment>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>%1 (%2 times, until %3)</source>
        <comment>how attempts ended, a number above 1, a time</comment>
        <translation>%1 (%2-mal, bis %3)</translation>
    </message>
</context>
<context>
    <name>ProcessMenu</name>
    <message>
        <source>&amp;Stop %1 ...</source>
        <translation>%1 &amp;stoppen ...</translation>
    </message>
    <message>
        <source>Stop it with all bel&amp;ow it ...</source>
        <translation>Mit allem dar&amp;unter stoppen ...</translation>
    </message>
    <message>
        <source>Force &amp;kill it ...</source>
        <translation>&amp;Hart beenden ...</translation>
    </message>
    <message>
        <source>Force kill it with a&amp;ll below it ...</source>
        <translation>Mit a&amp;llem darunter hart beenden ...</translation>
    </message>
</context>
<context>
    <name>Prompter</name>
    <message>
        <source>%1 [y/N] </source>
        <comment>question, and the letters to answer it with</comment>
        <translation>%1 [j/N] </translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
</context>
<context>
    <name>Quay::AboutDialog</name>
    <message>
        <source>Who holds which port, and why</source>
        <translation>Wer hält welchen Port, und warum</translation>
    </message>
    <message>
        <source>© 2026 The Quaymaster authors</source>
        <translation>© 2026 Die Autoren von Quaymaster</translation>
    </message>
    <message>
        <source>About Quaymaster</source>
        <translation>Über Quaymaster</translation>
    </message>
    <message>
        <source>Licence: %1, or any later version</source>
        <translation>Lizenz: %1 oder eine spätere Fassung</translation>
    </message>
</context>
<context>
    <name>Quay::ActivityModel</name>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>By</source>
        <comment>who asked</comment>
        <translation>Von</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>After</source>
        <comment>how long it took</comment>
        <translation>Nach</translation>
    </message>
</context>
<context>
    <name>Quay::ActivityPage</name>
    <message>
        <source>Search: :3000, node, pid:4711 ...</source>
        <translation>Suche: :3000, node, pid:4711 ...</translation>
    </message>
    <message>
        <source>Search in what was ended</source>
        <translation>In den Beendigungen suchen</translation>
    </message>
    <message>
        <source>&amp;What went wrong</source>
        <translation>&amp;Was misslang</translation>
    </message>
    <message>
        <source>Show only what did not end, or whose port is not free</source>
        <translation>Nur zeigen, was nicht endete oder wessen Port nicht frei ist</translation>
    </message>
    <message>
        <source>What was ended</source>
        <translation>Was beendet wurde</translation>
    </message>
    <message>
        <source>Lines of the record that could not be read: %1</source>
        <translation>Zeilen des Protokolls, die sich nicht lesen ließen: %1</translation>
    </message>
    <message>
        <source>The record cannot be read</source>
        <translation>Das Protokoll lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>Nothing in the record fits</source>
        <translation>Nichts im Protokoll passt</translation>
    </message>
    <message numerus="yes">
        <source>The search and the filter leave nothing of %n ending(s).</source>
        <translation>
            <numerusform>Suche und Filter lassen von %n Beendigung nichts übrig.</numerusform>
            <numerusform>Suche und Filter lassen von %n Beendigungen nichts übrig.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Clear the filter</source>
        <translation>Filter &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Start &amp;again</source>
        <translation>&amp;Wieder starten</translation>
    </message>
    <message>
        <source>Starts the selected one as it was: with its command, directory and environment</source>
        <translation>Startet das Gewählte, wie es war: mit Befehl, Verzeichnis und Umgebung</translation>
    </message>
    <message>
        <source>Start it &amp;all the same</source>
        <translation>&amp;Trotzdem starten</translation>
    </message>
    <message>
        <source>It is being started again ...</source>
        <translation>Es wird wieder gestartet …</translation>
    </message>
    <message>
        <source>Nothing is on record yet</source>
        <translation>Noch ist nichts verzeichnet</translation>
    </message>
    <message>
        <source>Here stands what Quaymaster has ended or started again, in this window, by quay or by its agent: when, by whom, with which signals, and whether its port is free.</source>
        <translation>Hier steht, was Quaymaster beendet oder wieder gestartet hat, in diesem Fenster, mit quay oder durch seinen Agenten: wann, von wem, mit welchen Signalen und ob der Port frei ist.</translation>
    </message>
</context>
<context>
    <name>Quay::AncestryTree</name>
    <message>
        <source>Chain of parents</source>
        <translation>Kette der Eltern</translation>
    </message>
</context>
<context>
    <name>Quay::ColumnLayout</name>
    <message>
        <source>&amp;Reset columns</source>
        <translation>Spalten &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Quay::CommandLine</name>
    <message>
        <source>Shows which process holds which port, and why.</source>
        <translation>Zeigt, welcher Prozess welchen Port hält, und warum.</translation>
    </message>
    <message>
        <source>Start a few demonstration servers, which end with the window.</source>
        <translation>Einige Vorführ-Server starten, die mit dem Fenster enden.</translation>
    </message>
    <message>
        <source>There is nothing to do with “%1”.</source>
        <translation>Mit „%1“ ist nichts anzufangen.</translation>
    </message>
    <message>
        <source>In a terminal, “quay ports” prints the same table.</source>
        <translation>Im Terminal zeigt „quay ports“ dieselbe Tabelle.</translation>
    </message>
    <message>
        <source>There is no display to show a window on.</source>
        <translation>Es gibt keinen Bildschirm für ein Fenster.</translation>
    </message>
    <message>
        <source>No window can be shown on this display.</source>
        <translation>Auf diesem Bildschirm lässt sich kein Fenster öffnen.</translation>
    </message>
</context>
<context>
    <name>Quay::CostLine</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>What is open on this machine, how long the last look took, and what Quaymaster itself uses</source>
        <translation>Was auf diesem Rechner offen ist, wie lange der letzte Blick dauerte und was Quaymaster selbst verbraucht</translation>
    </message>
    <message numerus="yes">
        <source>%Ln listener(s)</source>
        <translation>
            <numerusform>%Ln offener Port</numerusform>
            <numerusform>%Ln offene Ports</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>listeners, processes</comment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln process(es)</source>
        <translation>
            <numerusform>%Ln Prozess</numerusform>
            <numerusform>%Ln Prozesse</numerusform>
        </translation>
    </message>
    <message>
        <source>last look %1</source>
        <translation>letzter Blick %1</translation>
    </message>
    <message>
        <source>Quaymaster %1 CPU, %2</source>
        <translation>Quaymaster %1 CPU, %2</translation>
    </message>
    <message>
        <source>Quaymaster %1</source>
        <translation>Quaymaster %1</translation>
    </message>
    <message>
        <source>read from /proc/net</source>
        <translation>aus /proc/net gelesen</translation>
    </message>
    <message>
        <source>a row may be missing: the kernel&apos;s table changed while it was read</source>
        <translation>eine Zeile kann fehlen: Die Tabelle des Kernels änderte sich beim Lesen</translation>
    </message>
</context>
<context>
    <name>Quay::DemoServers</name>
    <message>
        <source>The demonstration server %1 could not be started.</source>
        <translation>Der Vorführ-Server %1 ließ sich nicht starten.</translation>
    </message>
    <message>
        <source>The demonstration server %1 ended: no port from 3000 on is free.</source>
        <translation>Der Vorführ-Server %1 endete: Ab 3000 ist kein Port frei.</translation>
    </message>
</context>
<context>
    <name>Quay::EndingActions</name>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stoppen</translation>
    </message>
    <message>
        <source>Force &amp;kill</source>
        <translation>Hart be&amp;enden</translation>
    </message>
    <message>
        <source>Stop with all bel&amp;ow it</source>
        <translation>Mit allem dar&amp;unter stoppen</translation>
    </message>
    <message>
        <source>Stop all that was started &amp;with it</source>
        <translation>Alles stoppen, was m&amp;it ihm gestartet wurde</translation>
    </message>
    <message>
        <source>Asks it to end, and kills it when it has not after five seconds</source>
        <translation>Bittet ihn, sich zu beenden, und beendet ihn hart, wenn er nach fünf Sekunden noch läuft</translation>
    </message>
    <message>
        <source>Ends it at once: what it has not saved is lost</source>
        <translation>Beendet ihn sofort: was er nicht gespeichert hat, ist verloren</translation>
    </message>
    <message>
        <source>With another signal, more time, or once its connections have ended</source>
        <translation>Mit einem anderen Signal, mit mehr Zeit oder erst nach dem Ende der Verbindungen</translation>
    </message>
    <message>
        <source>Stop oth&amp;erwise ...</source>
        <translation>&amp;Anders stoppen ...</translation>
    </message>
    <message>
        <source>Force kill with a&amp;ll below it</source>
        <translation>Mit a&amp;llem darunter hart beenden</translation>
    </message>
    <message>
        <source>Force kill all that was started with &amp;it</source>
        <translation>Alles &amp;hart beenden, was mit ihm gestartet wurde</translation>
    </message>
</context>
<context>
    <name>Quay::EndingCard</name>
    <message>
        <source>&amp;Force now</source>
        <translation>&amp;Jetzt hart beenden</translation>
    </message>
    <message>
        <source>&amp;Leave it</source>
        <translation>&amp;Laufen lassen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>Time until it is killed</source>
        <translation>Zeit bis zum harten Beenden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>&amp;Open its log</source>
        <translation>Pr&amp;otokoll öffnen</translation>
    </message>
</context>
<context>
    <name>Quay::EndingChoices</name>
    <message>
        <source> s</source>
        <comment>seconds</comment>
        <translation> s</translation>
    </message>
    <message>
        <source>the signal that its kind wants</source>
        <translation>dem Signal, das zu seiner Art passt</translation>
    </message>
    <message>
        <source>First let its connections end, for at most</source>
        <translation>Zuerst die Verbindungen enden lassen, höchstens</translation>
    </message>
    <message>
        <source>Ask with</source>
        <translation>Bitten mit</translation>
    </message>
    <message>
        <source>kill after</source>
        <translation>töten nach</translation>
    </message>
</context>
<context>
    <name>Quay::EndingStrip</name>
    <message>
        <source>What is being stopped</source>
        <translation>Was gestoppt wird</translation>
    </message>
    <message numerus="yes">
        <source>Kill %n process(es)?</source>
        <translation>
            <numerusform>%n Prozess hart beenden?</numerusform>
            <numerusform>%n Prozesse hart beenden?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n process(es)?</source>
        <translation>
            <numerusform>%n Prozess stoppen?</numerusform>
            <numerusform>%n Prozesse stoppen?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Kill %n</source>
        <translation>
            <numerusform>%n hart b&amp;eenden</numerusform>
            <numerusform>%n hart b&amp;eenden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Stop %n</source>
        <translation>
            <numerusform>%n &amp;stoppen</numerusform>
            <numerusform>%n &amp;stoppen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping %1 and %n more</source>
        <translation>
            <numerusform>%1 und %n weiterer werden gestoppt</numerusform>
            <numerusform>%1 und %n weitere werden gestoppt</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopping %1</source>
        <translation>%1 wird gestoppt</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more have ended</source>
        <translation>
            <numerusform>%1 und %n weiterer sind beendet</numerusform>
            <numerusform>%1 und %n weitere sind beendet</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has ended</source>
        <translation>%1 ist beendet</translation>
    </message>
    <message>
        <source>Not all went as it should</source>
        <translation>Nicht alles ging, wie es sollte</translation>
    </message>
    <message>
        <source>what holds port %1</source>
        <translation>was Port %1 hält</translation>
    </message>
    <message>
        <source>Port %1 is free</source>
        <translation>Port %1 ist frei</translation>
    </message>
    <message>
        <source>Stop what holds port %1?</source>
        <translation>Stoppen, was Port %1 belegt?</translation>
    </message>
    <message>
        <source>Start &amp;again</source>
        <translation>&amp;Wieder starten</translation>
    </message>
    <message>
        <source>Start it &amp;all the same</source>
        <translation>&amp;Trotzdem starten</translation>
    </message>
    <message>
        <source>%1 has ended already</source>
        <translation>%1 ist schon beendet</translation>
    </message>
    <message>
        <source>Stop what runs %1?</source>
        <translation>Beenden, was %1 ausführt?</translation>
    </message>
    <message>
        <source>%1 was started again</source>
        <translation>%1 wurde wieder gestartet</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more were started again</source>
        <translation>
            <numerusform>%1 und %n weiterer wurden wieder gestartet</numerusform>
            <numerusform>%1 und %n weitere wurden wieder gestartet</numerusform>
        </translation>
    </message>
    <message>
        <source>Starting it again</source>
        <translation>Wird wieder gestartet</translation>
    </message>
</context>
<context>
    <name>Quay::Endings</name>
    <message>
        <source>Nothing was stopped, for whom to spare is not known: %1</source>
        <translation>Es wurde nichts gestoppt, denn wer zu verschonen ist, ist nicht bekannt: %1</translation>
    </message>
    <message>
        <source>Nobody was stopped: %1</source>
        <translation>Niemand wurde gestoppt: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>process: what happens to it</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>This is not in the record of what was ended: %1</source>
        <translation>Das steht nicht im Protokoll der Beendigungen: %1</translation>
    </message>
    <message numerus="yes">
        <source>... and %n more process(es)</source>
        <translation>
            <numerusform>... und %n weiterer Prozess</numerusform>
            <numerusform>... und %n weitere Prozesse</numerusform>
        </translation>
    </message>
    <message>
        <source>Stop what &amp;would start it again</source>
        <translation>Stoppen, was es &amp;wieder starten würde</translation>
    </message>
    <message>
        <source>what it runs in is being stopped</source>
        <translation>worin es läuft, wird gestoppt</translation>
    </message>
    <message>
        <source>Asked who runs it to stop it. You may be asked for a password.</source>
        <translation>Wer es betreibt, wurde gebeten, es zu stoppen. Vielleicht werden Sie nach einem Passwort gefragt.</translation>
    </message>
    <message>
        <source>&amp;End its parent %1 instead</source>
        <translation>Stattdessen Elternprozess %1 be&amp;enden</translation>
    </message>
    <message>
        <source>&amp;End their parents instead</source>
        <translation>Stattdessen die Elternprozesse be&amp;enden</translation>
    </message>
    <message>
        <source>&amp;End its parent instead ...</source>
        <translation>Stattdessen den Elternprozess be&amp;enden ...</translation>
    </message>
    <message>
        <source>&amp;Stop %1, which started it again ...</source>
        <translation>%1 &amp;beenden, das es wieder gestartet hat ...</translation>
    </message>
    <message>
        <source>stopping, %1</source>
        <comment>the time until it is killed</comment>
        <translation>stoppt, %1</translation>
    </message>
    <message>
        <source>It is being started again ...</source>
        <translation>Es wird wieder gestartet …</translation>
    </message>
    <message>
        <source>Who runs it is ending it, and decides how long that takes. Nothing was killed: leave it first, and force it then.</source>
        <translation>Wer es betreibt, beendet es und entscheidet, wie lange das dauert. Nichts wurde getötet: Lassen Sie es erst laufen, und beenden Sie es dann hart.</translation>
    </message>
    <message>
        <source>Its connections are waited for, and nobody was asked to stop it yet. Nothing was killed: leave it first, and force it then.</source>
        <translation>Auf seine Verbindungen wird gewartet, und noch wurde niemand gebeten, es zu stoppen. Nichts wurde getötet: Lassen Sie es erst laufen, und beenden Sie es dann hart.</translation>
    </message>
    <message>
        <source>looking for others that hold it</source>
        <translation>sucht, wer ihn sonst noch hält</translation>
    </message>
    <message>
        <source>Nobody was signalled: %1</source>
        <translation>Niemand hat ein Signal bekommen: %1</translation>
    </message>
    <message>
        <source>Waiting for its connections to end, for %1 at most. Then who runs it is asked to stop it.</source>
        <translation>Wartet, bis seine Verbindungen enden, höchstens %1. Dann wird gebeten, es zu stoppen, wer es betreibt.</translation>
    </message>
    <message>
        <source>Port %1 was given up meanwhile. Nothing was done.</source>
        <translation>Port %1 wurde inzwischen aufgegeben. Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>Who held port %1 has given it up meanwhile. Nothing was done.</source>
        <translation>Wer Port %1 hielt, hat ihn inzwischen aufgegeben. Es wurde nichts getan.</translation>
    </message>
</context>
<context>
    <name>Quay::EnvironmentView</name>
    <message>
        <source>Show &amp;environment</source>
        <translation>&amp;Umgebung anzeigen</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>The environment is empty.</source>
        <translation>Die Umgebung ist leer.</translation>
    </message>
    <message>
        <source>••••••  Show</source>
        <translation>••••••  Anzeigen</translation>
    </message>
    <message>
        <source>Show the value of %1</source>
        <translation>Den Wert von %1 anzeigen</translation>
    </message>
</context>
<context>
    <name>Quay::HeaderMenus</name>
    <message>
        <source>&amp;Ascending</source>
        <translation>&amp;Aufsteigend</translation>
    </message>
    <message>
        <source>&amp;Descending</source>
        <translation>A&amp;bsteigend</translation>
    </message>
    <message>
        <source>To the &amp;left</source>
        <translation>Nach &amp;links</translation>
    </message>
    <message>
        <source>To the &amp;right</source>
        <translation>Nach &amp;rechts</translation>
    </message>
    <message>
        <source>To the &amp;beginning</source>
        <translation>An den &amp;Anfang</translation>
    </message>
    <message>
        <source>To the &amp;end</source>
        <translation>Ans &amp;Ende</translation>
    </message>
</context>
<context>
    <name>Quay::MainWindow</name>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Start &amp;demonstration servers</source>
        <translation>&amp;Vorführ-Server starten</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Neu nachsehen</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Einzelheiten</translation>
    </message>
    <message>
        <source>Details &amp;beside the list</source>
        <translation>Einzelheiten neben der &amp;Liste</translation>
    </message>
    <message>
        <source>&amp;Filters</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>Clear the &amp;filter</source>
        <translation>Filter &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;About Quaymaster</source>
        <translation>&amp;Über Quaymaster</translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation>Über &amp;Qt</translation>
    </message>
    <message>
        <source>The demonstration servers run on this machine only, and end with this window.</source>
        <translation>Die Vorführ-Server sind nur auf diesem Rechner erreichbar und enden mit diesem Fenster.</translation>
    </message>
    <message>
        <source>The layout of this window cannot be saved, so the next one will look as before: %1</source>
        <translation>Die Anordnung dieses Fensters lässt sich nicht speichern, das nächste sieht daher wieder aus wie zuvor: %1</translation>
    </message>
    <message>
        <source>&amp;Move column</source>
        <translation>Spalte &amp;verschieben</translation>
    </message>
    <message>
        <source>S&amp;ort by</source>
        <translation>S&amp;ortieren nach</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
</context>
<context>
    <name>Quay::NoPorts</name>
    <message>
        <source>The ports cannot be read</source>
        <translation>Die Ports lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation>&amp;Neu nachsehen</translation>
    </message>
    <message>
        <source>No port matches</source>
        <translation>Kein Port passt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln port(s) are open, but the search and the filters leave none of them.</source>
        <translation>
            <numerusform>%Ln Port ist offen, aber Suche und Filter lassen ihn nicht übrig.</numerusform>
            <numerusform>%Ln Ports sind offen, aber Suche und Filter lassen keinen davon übrig.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Clear the filter</source>
        <translation>Filter &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>No port is open</source>
        <translation>Kein Port ist offen</translation>
    </message>
    <message>
        <source>Here stands every port that a program of this machine listens on, and why it runs. Start a server and it appears by itself, or try it out with a few demonstration servers (quaymaster --demo).</source>
        <translation>Hier steht jeder Port, auf dem ein Programm dieses Rechners lauscht, und warum es läuft. Ein neu gestarteter Server erscheint von selbst; zum Ausprobieren gibt es einige Vorführ-Server (quaymaster --demo).</translation>
    </message>
    <message>
        <source>&amp;Start demonstration servers</source>
        <translation>&amp;Vorführ-Server starten</translation>
    </message>
</context>
<context>
    <name>Quay::OwnerInspection</name>
    <message>
        <source>A&amp;uthenticate</source>
        <translation>An&amp;melden</translation>
    </message>
    <message>
        <source>Has an administrator&apos;s password asked for, and then names the hidden owners</source>
        <translation>Lässt nach dem Passwort eines Administrators fragen und nennt dann die verborgenen Besitzer</translation>
    </message>
    <message>
        <source>The hidden owners cannot be named. %1</source>
        <translation>Die verborgenen Besitzer können nicht genannt werden. %1</translation>
    </message>
    <message>
        <source>No process was found that holds these ports: they belong to the kernel, or to a container.</source>
        <translation>Es wurde kein Prozess gefunden, der diese Ports belegt: Sie gehören dem Kernel oder einem Container.</translation>
    </message>
</context>
<context>
    <name>Quay::PortActions</name>
    <message>
        <source>Open in &amp;browser</source>
        <translation>Im &amp;Browser öffnen</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>&amp;Ordner öffnen</translation>
    </message>
    <message>
        <source>Open &amp;terminal there</source>
        <translation>&amp;Terminal dort öffnen</translation>
    </message>
    <message>
        <source>Copy &amp;address</source>
        <translation>&amp;Adresse kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;pid</source>
        <translation>&amp;PID kopieren</translation>
    </message>
    <message>
        <source>Copy co&amp;mmand</source>
        <translation>&amp;Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;row</source>
        <translation>&amp;Zeile kopieren</translation>
    </message>
    <message>
        <source>No browser could be opened for %1.</source>
        <translation>Für %1 ließ sich kein Browser öffnen.</translation>
    </message>
    <message>
        <source>No file manager could be opened for %1.</source>
        <translation>Für %1 ließ sich keine Dateiverwaltung öffnen.</translation>
    </message>
    <message>
        <source>No terminal was found. Set the variable TERMINAL to the one you use.</source>
        <translation>Es wurde kein Terminal gefunden. Die Variable TERMINAL kann das gewünschte nennen.</translation>
    </message>
    <message>
        <source>The terminal %1 could not be started.</source>
        <translation>Das Terminal %1 ließ sich nicht starten.</translation>
    </message>
</context>
<context>
    <name>Quay::PortDelegate</name>
    <message>
        <source>new</source>
        <comment>mark of a row that just appeared</comment>
        <translation>neu</translation>
    </message>
    <message>
        <source>gone</source>
        <comment>mark of a row that just vanished</comment>
        <translation>weg</translation>
    </message>
</context>
<context>
    <name>Quay::PortDetails</name>
    <message>
        <source>%1 %2, descriptor %3, for %4</source>
        <translation>%1 %2, Deskriptor %3, seit %4</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Select a port to see who holds it, and why.</source>
        <translation>Einen Port auswählen, um zu sehen, wer ihn hält, und warum.</translation>
    </message>
    <message>
        <source>No longer open. This is the last that was known.</source>
        <translation>Nicht mehr offen. Das war zuletzt bekannt.</translation>
    </message>
    <message>
        <source>Not in the list: the search or a filter hides it.</source>
        <translation>Nicht in der Liste: Die Suche oder ein Filter blendet den Port aus.</translation>
    </message>
    <message>
        <source>Why it runs</source>
        <translation>Warum er läuft</translation>
    </message>
    <message>
        <source>All processes that hold it</source>
        <translation>Alle Prozesse, die ihn halten</translation>
    </message>
    <message>
        <source>All ports of the process</source>
        <translation>Alle Ports des Prozesses</translation>
    </message>
    <message>
        <source>Only its own user can read the environment.</source>
        <translation>Nur der eigene Benutzer kann die Umgebung lesen.</translation>
    </message>
    <message>
        <source>The process that started it has ended.</source>
        <translation>Der Prozess, der ihn startete, ist beendet.</translation>
    </message>
</context>
<context>
    <name>Quay::PortFacts</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weiterer</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Program file</source>
        <translation>Programmdatei</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Running since</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Verbraucht</translation>
    </message>
</context>
<context>
    <name>Quay::PortFilterBar</name>
    <message>
        <source>&amp;Group by</source>
        <translation>&amp;Gruppieren nach</translation>
    </message>
    <message>
        <source>Search the ports</source>
        <translation>Ports durchsuchen</translation>
    </message>
    <message>
        <source>Search: :3000, node, user:root …</source>
        <translation>Suche: :3000, node, user:root …</translation>
    </message>
    <message>
        <source>Words must all be found. Also: :3000, :3000-3010, port:80, pid:4711, user:root, unit:docker</source>
        <translation>Alle Wörter müssen vorkommen. Auch: :3000, :3000-3010, port:80, pid:4711, user:root, unit:docker</translation>
    </message>
    <message>
        <source>&amp;TCP</source>
        <translation>&amp;TCP</translation>
    </message>
    <message>
        <source>Show TCP ports</source>
        <translation>TCP-Ports zeigen</translation>
    </message>
    <message>
        <source>&amp;UDP</source>
        <translation>&amp;UDP</translation>
    </message>
    <message>
        <source>Show UDP ports</source>
        <translation>UDP-Ports zeigen</translation>
    </message>
    <message>
        <source>&amp;Mine</source>
        <translation>&amp;Eigene</translation>
    </message>
    <message>
        <source>Show only ports of my own processes</source>
        <translation>Nur Ports meiner eigenen Prozesse zeigen</translation>
    </message>
    <message>
        <source>This ma&amp;chine</source>
        <translation>Dieser &amp;Rechner</translation>
    </message>
    <message>
        <source>Show only ports that can be reached from this machine alone</source>
        <translation>Nur Ports zeigen, die allein von diesem Rechner aus erreichbar sind</translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation>&amp;Netzwerk</translation>
    </message>
    <message>
        <source>Show only ports that other machines can reach</source>
        <translation>Nur Ports zeigen, die andere Rechner erreichen können</translation>
    </message>
    <message>
        <source>&amp;Hide system services</source>
        <translation>&amp;Ohne Systemdienste</translation>
    </message>
    <message>
        <source>Leave out what systemd runs for the whole machine</source>
        <translation>Weglassen, was systemd für den ganzen Rechner laufen lässt</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation>&amp;Nichts</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>&amp;Projekt</translation>
    </message>
    <message>
        <source>P&amp;rocess</source>
        <translation>P&amp;rozess</translation>
    </message>
    <message>
        <source>By %1</source>
        <translation>Nach %1</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
</context>
<context>
    <name>Quay::PortView</name>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
</context>
<context>
    <name>Quay::PortsPage</name>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>There is no program here that opens %1.</source>
        <translation>Hier gibt es kein Programm, das %1 öffnet.</translation>
    </message>
    <message>
        <source>its module %1 is not there</source>
        <translation>sein Modul %1 fehlt</translation>
    </message>
    <message>
        <source>The kernel cannot be asked for ports the fast way (netlink: %1), so they are read from /proc/net. That is slower, and some columns stay empty.</source>
        <translation>Nach Ports lässt sich der Kernel nicht auf dem schnellen Weg fragen (Netlink: %1). Sie werden aus /proc/net gelesen. Das ist langsamer, und einige Spalten bleiben leer.</translation>
    </message>
    <message>
        <source>Mostly a sandbox forbids it: start Quaymaster outside of it, or allow netlink sockets (AF_NETLINK) in it.</source>
        <translation>Meist verbietet es eine Sandbox: Starten Sie Quaymaster außerhalb von ihr, oder erlauben Sie darin Netlink-Sockets (AF_NETLINK).</translation>
    </message>
    <message>
        <source>The kernel cannot be asked for UDP ports the fast way (netlink: %1), so these are read from /proc/net, and some columns stay empty.</source>
        <translation>Nach UDP-Ports lässt sich der Kernel nicht auf dem schnellen Weg fragen (Netlink: %1). Sie werden aus /proc/net gelesen, und einige Spalten bleiben leer.</translation>
    </message>
</context>
<context>
    <name>Quay::Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
</context>
<context>
    <name>Quay::WarningWidget</name>
    <message>
        <source>What led to this warning, so that it can be checked by hand</source>
        <translation>Was zu dieser Warnung führte, zum Nachprüfen von Hand</translation>
    </message>
    <message>
        <source>Facts behind the warning “%1”</source>
        <translation>Fakten zur Warnung „%1“</translation>
    </message>
    <message>
        <source>Fac&amp;ts</source>
        <translation>Fak&amp;ten</translation>
    </message>
</context>
<context>
    <name>Refusal</name>
    <message>
        <source>This was not recorded for &apos;quay audit&apos;. %1</source>
        <translation>Dies wurde nicht für „quay audit“ festgehalten. %1</translation>
    </message>
</context>
<context>
    <name>ServerAction</name>
    <message>
        <source>The file that describes them: quaymaster.yaml here or above when not given, or one that &apos;quay import&apos; reads</source>
        <translation>Die Datei, die sie beschreibt: ohne Angabe quaymaster.yaml hier oder darüber, oder eine, die „quay import“ liest</translation>
    </message>
    <message>
        <source>Wait until they are ready, not only until they are started</source>
        <translation>Warten, bis sie bereit sind, nicht nur, bis sie gestartet sind</translation>
    </message>
    <message>
        <source>Kill them at once (SIGKILL)</source>
        <translation>Sofort abbrechen (SIGKILL)</translation>
    </message>
    <message>
        <source>DURATION</source>
        <translation>DAUER</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>%1 has no servers for that.</source>
        <translation>%1 hat dafür keine Server.</translation>
    </message>
    <message>
        <source>The agent does not answer. %1 may say why.</source>
        <translation>Der Agent antwortet nicht. Warum, steht vielleicht in %1.</translation>
    </message>
    <message>
        <source>%1 has mistakes. &apos;quay check&apos; names them.</source>
        <translation>%1 enthält Fehler. „quay check“ nennt sie.</translation>
    </message>
    <message>
        <source>The agent knows no %1.</source>
        <comment>a server or file</comment>
        <translation>Der Agent kennt %1 nicht.</translation>
    </message>
    <message>
        <source>None of them runs.</source>
        <translation>Keiner davon läuft.</translation>
    </message>
    <message>
        <source>The configuration of %1 has changed. &apos;quay restart %1&apos; applies it.</source>
        <translation>Die Konfiguration von %1 hat sich geändert. „quay restart %1“ wendet sie an.</translation>
    </message>
    <message>
        <source>The time is up.</source>
        <translation>Die Zeit ist um.</translation>
    </message>
    <message>
        <source>Not waiting any longer. What was asked for goes on.</source>
        <translation>Es wird nicht länger gewartet. Was verlangt wurde, geht weiter.</translation>
    </message>
    <message>
        <source>%1 waits for %2 to stop</source>
        <translation>%1 wartet, bis %2 gestoppt ist</translation>
    </message>
    <message>
        <source>%1 was started again meanwhile</source>
        <translation>%1 wurde inzwischen wieder gestartet</translation>
    </message>
    <message>
        <source>%1 is not stopped yet</source>
        <translation>%1 ist noch nicht gestoppt</translation>
    </message>
    <message>
        <source>%1 is not ready yet</source>
        <translation>%1 ist noch nicht bereit</translation>
    </message>
    <message>
        <source>Left over of it: %1. &apos;quay stop %2&apos; ends them.</source>
        <translation>Übrig davon: %1. „quay stop %2“ beendet sie.</translation>
    </message>
    <message>
        <source>How long to wait at most: 60 (seconds), 500ms, 2m. No limit when not given</source>
        <translation>Wie lange höchstens gewartet wird: 60 (Sekunden), 500ms, 2m. Ohne Angabe unbegrenzt</translation>
    </message>
</context>
<context>
    <name>ServerFile</name>
    <message>
        <source>There is no quaymaster.yaml here or above. &apos;quay import FILE&apos; makes one of a Procfile, compose.yaml and the like; -f names another file.</source>
        <translation>Hier und darüber gibt es keine quaymaster.yaml. „quay import DATEI“ macht eine aus Procfile, compose.yaml und dergleichen; -f nennt eine andere Datei.</translation>
    </message>
    <message>
        <source>There is no server &apos;%1&apos;. Did you mean &apos;%2&apos;?</source>
        <translation>Es gibt keinen Server „%1“. Ist „%2“ gemeint?</translation>
    </message>
    <message>
        <source>There is no server &apos;%1&apos;.</source>
        <translation>Es gibt keinen Server „%1“.</translation>
    </message>
</context>
<context>
    <name>ServerLines</name>
    <message>
        <source>[the rest of this line is left out]</source>
        <translation>[der Rest dieser Zeile ist ausgelassen]</translation>
    </message>
</context>
<context>
    <name>ServerVerbCommand</name>
    <message>
        <source>Stop all servers of a project, those first that need others</source>
        <translation>Alle Server eines Projekts stoppen, zuerst die, die andere brauchen</translation>
    </message>
    <message>
        <source>Start single servers, with whatever they need</source>
        <translation>Einzelne Server starten, mit allem, was sie brauchen</translation>
    </message>
    <message>
        <source>Stop servers and start them again, as their file says by now</source>
        <translation>Server stoppen und neu starten, so wie ihre Datei es inzwischen sagt</translation>
    </message>
    <message>
        <source>Servers or groups</source>
        <translation>Server oder Gruppen</translation>
    </message>
    <message>
        <source>Servers or groups; all that start by themselves when none is given</source>
        <translation>Server oder Gruppen; ohne Angabe alle, die von selbst starten</translation>
    </message>
</context>
<context>
    <name>StartText</name>
    <message>
        <source>waiting for others</source>
        <comment>phase of a start</comment>
        <translation>wartet auf andere</translation>
    </message>
    <message>
        <source>checks</source>
        <comment>phase of a start</comment>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>started</source>
        <comment>phase of a start</comment>
        <translation>gestartet</translation>
    </message>
    <message>
        <source>first output</source>
        <comment>phase of a start</comment>
        <translation>erste Ausgabe</translation>
    </message>
    <message>
        <source>listening</source>
        <comment>phase of a start</comment>
        <translation>lauscht</translation>
    </message>
    <message>
        <source>accepting</source>
        <comment>phase of a start</comment>
        <translation>nimmt an</translation>
    </message>
    <message>
        <source>healthy</source>
        <comment>phase of a start</comment>
        <translation>gesund</translation>
    </message>
    <message>
        <source>ready</source>
        <comment>phase of a start</comment>
        <translation>bereit</translation>
    </message>
    <message>
        <source>waits for %1, nothing listens there</source>
        <translation>wartet auf %1, dort lauscht niemand</translation>
    </message>
    <message>
        <source>waits for %1, which does not answer</source>
        <translation>wartet auf %1, von wo keine Antwort kommt</translation>
    </message>
    <message>
        <source>%1 (process %2)</source>
        <translation>%1 (Prozess %2)</translation>
    </message>
    <message>
        <source>somebody of whom no more can be seen</source>
        <translation>jemandem, von dem nicht mehr zu sehen ist</translation>
    </message>
    <message>
        <source>says that it is up, but has not opened port %1 nor any other</source>
        <translation>sagt, dass er läuft, hat aber weder Port %1 noch einen anderen geöffnet</translation>
    </message>
    <message>
        <source>says that it is up, but has opened no port</source>
        <translation>sagt, dass er läuft, hat aber keinen Port geöffnet</translation>
    </message>
    <message>
        <source>says that it is up, but listens at %1: port %2 is held by %3</source>
        <translation>sagt, dass er läuft, lauscht aber auf %1: Port %2 hält %3</translation>
    </message>
    <message>
        <source>says that it is up, but listens at %1 and not on port %2</source>
        <translation>sagt, dass er läuft, lauscht aber auf %1 und nicht auf Port %2</translation>
    </message>
    <message>
        <source>says that it is up, but port %1 is held by %2</source>
        <translation>sagt, dass er läuft, aber Port %1 hält %2</translation>
    </message>
    <message>
        <source>listens at %1 only, and is asked at %2</source>
        <translation>lauscht nur auf %1, gefragt wird er aber auf %2</translation>
    </message>
    <message>
        <source>listens at %1, but takes no connections, and no more can wait there</source>
        <translation>lauscht auf %1, nimmt aber keine Verbindungen an, und mehr können dort nicht warten</translation>
    </message>
    <message>
        <source>listens at %1, but takes no connections: one has been waiting for %2</source>
        <translation>lauscht auf %1, nimmt aber keine Verbindungen an: Eine wartet seit %2</translation>
    </message>
    <message>
        <source>listens at %1, but does not answer as it should</source>
        <translation>lauscht auf %1, antwortet aber nicht, wie er soll</translation>
    </message>
    <message>
        <source>%1 is stopped by a signal or debugger</source>
        <comment>a process</comment>
        <translation>%1 ist durch ein Signal oder einen Debugger angehalten</translation>
    </message>
    <message>
        <source>%1 waits for a disk or a network file system</source>
        <comment>a process</comment>
        <translation>%1 wartet auf eine Platte oder ein Netzwerkdateisystem</translation>
    </message>
    <message>
        <source>%1 computes without a pause</source>
        <comment>a process</comment>
        <translation>%1 rechnet ohne Pause</translation>
    </message>
    <message>
        <source>%1 has been stopped for %2 by a signal or debugger</source>
        <comment>a process, a time</comment>
        <translation>%1 ist seit %2 durch ein Signal oder einen Debugger angehalten</translation>
    </message>
    <message>
        <source>%1 has been waiting for a disk or a network file system for %2</source>
        <comment>a process, a time</comment>
        <translation>%1 wartet seit %2 auf einen Datenträger oder ein Netzwerk-Dateisystem</translation>
    </message>
    <message>
        <source>%1 has been computing without a pause for %2</source>
        <comment>a process, a time</comment>
        <translation>%1 rechnet seit %2 ohne Pause</translation>
    </message>
    <message>
        <source>not over either: %1</source>
        <comment>phases of a start</comment>
        <translation>ebenfalls nicht vorbei: %1</translation>
    </message>
    <message>
        <source>has not got through its phase &apos;%1&apos; within %2</source>
        <translation>ist mit seiner Phase „%1“ nach %2 nicht fertig</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what is wrong: details</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1; %2</source>
        <comment>what is wrong; why</comment>
        <translation>%1; %2</translation>
    </message>
</context>
<context>
    <name>StartupCommand</name>
    <message>
        <source>not over</source>
        <translation>nicht beendet</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>slower, usually %1</source>
        <translation>langsamer, sonst %1</translation>
    </message>
    <message>
        <source>%1: failed after %2</source>
        <translation>%1: nach %2 gescheitert</translation>
    </message>
    <message>
        <source>%1: stopped after %2, before it was ready</source>
        <translation>%1: nach %2 gestoppt, bevor er bereit war</translation>
    </message>
    <message>
        <source>%1: ready after %2</source>
        <translation>%1: bereit nach %2</translation>
    </message>
    <message>
        <source>%1: ready after %2, clearly slower than usual (%3)</source>
        <translation>%1: bereit nach %2, deutlich langsamer als sonst (%3)</translation>
    </message>
    <message>
        <source>%1: ready after %2, usually %3</source>
        <translation>%1: bereit nach %2, sonst %3</translation>
    </message>
    <message numerus="yes">
        <source>nobody listened at %1 (%n attempt(s))</source>
        <translation>
            <numerusform>niemand lauschte auf %1 (%n Versuch)</numerusform>
            <numerusform>niemand lauschte auf %1 (%n Versuche)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of processor time, waiting for %2 of the time</source>
        <translation>%1 Prozessorzeit, %2 der Zeit gewartet</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>phase of a start: what it did</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>outcome of a start</comment>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>stopped</source>
        <comment>outcome of a start</comment>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>ready</source>
        <comment>outcome of a start</comment>
        <translation>bereit</translation>
    </message>
    <message>
        <source>Show where the start of a server spends its time</source>
        <translation>Zeigen, womit der Start eines Servers seine Zeit verbringt</translation>
    </message>
    <message>
        <source>The server</source>
        <translation>Der Server</translation>
    </message>
    <message>
        <source>The file that describes it: quaymaster.yaml here or above when not given, or one that &apos;quay import&apos; reads</source>
        <translation>Die Datei, die ihn beschreibt: ohne Angabe quaymaster.yaml hier oder darüber, sonst eine, die „quay import“ liest</translation>
    </message>
    <message>
        <source>Not the last start, but an earlier one: 2 is the one before, as --list has them</source>
        <translation>Nicht den letzten Start, sondern einen früheren: 2 ist der davor, wie --list sie aufzählt</translation>
    </message>
    <message>
        <source>N</source>
        <comment>a number</comment>
        <translation>N</translation>
    </message>
    <message>
        <source>List the starts that were kept</source>
        <translation>Die festgehaltenen Starts aufzählen</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a number above 0.</source>
        <translation>„%1“ ist keine Zahl über 0.</translation>
    </message>
    <message>
        <source>The record of starts was damaged and is now at %1.</source>
        <translation>Die Aufzeichnung der Starts war beschädigt und liegt jetzt unter %1.</translation>
    </message>
    <message numerus="yes">
        <source>Of %1, no more than %n start(s) were kept.</source>
        <translation>
            <numerusform>Von %1 ist nicht mehr als %n Start festgehalten.</numerusform>
            <numerusform>Von %1 sind nicht mehr als %n Starts festgehalten.</numerusform>
        </translation>
    </message>
    <message>
        <source>No start of %1 was kept yet.</source>
        <translation>Von %1 ist noch kein Start festgehalten.</translation>
    </message>
    <message>
        <source>RUN</source>
        <comment>its number</comment>
        <translation>NR.</translation>
    </message>
    <message>
        <source>WHEN</source>
        <translation>WANN</translation>
    </message>
    <message>
        <source>OUTCOME</source>
        <translation>ERGEBNIS</translation>
    </message>
    <message>
        <source>READY AFTER</source>
        <translation>BEREIT NACH</translation>
    </message>
    <message>
        <source>--list and --run do not go together.</source>
        <translation>--list und --run gehen nicht zusammen.</translation>
    </message>
    <message>
        <source>%1: in the way was %2</source>
        <comment>phase of a start: what stopped it</comment>
        <translation>%1: im Weg stand %2</translation>
    </message>
</context>
<context>
    <name>StatusCommand</name>
    <message>
        <source>Show how managed servers stand</source>
        <translation>Zeigen, wie es um verwaltete Server steht</translation>
    </message>
    <message>
        <source>Only these servers; else those of all projects</source>
        <translation>Nur diese Server; sonst die aller Projekte</translation>
    </message>
    <message>
        <source>Only the servers of this file</source>
        <translation>Nur die Server dieser Datei</translation>
    </message>
    <message>
        <source>Go on, and print each change as it happens</source>
        <translation>Weiterlaufen und jede Änderung ausgeben, wenn sie geschieht</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>No server is managed yet. &apos;quay up&apos; starts those of a quaymaster.yaml.</source>
        <translation>Noch wird kein Server verwaltet. „quay up“ startet die einer quaymaster.yaml.</translation>
    </message>
    <message>
        <source>No server &apos;%1&apos; is managed.</source>
        <translation>Es wird kein Server „%1“ verwaltet.</translation>
    </message>
    <message>
        <source>No server of it is managed. &apos;quay up&apos; starts them.</source>
        <translation>Davon wird kein Server verwaltet. „quay up“ startet sie.</translation>
    </message>
</context>
<context>
    <name>StatusText</name>
    <message>
        <source>waits for %1 to stop</source>
        <translation>wartet, bis %1 gestoppt ist</translation>
    </message>
    <message>
        <source>not in its file any more</source>
        <translation>steht nicht mehr in seiner Datei</translation>
    </message>
    <message>
        <source>its configuration has changed: &apos;quay restart&apos; applies it</source>
        <translation>seine Konfiguration hat sich geändert: „quay restart“ wendet sie an</translation>
    </message>
    <message>
        <source>failed</source>
        <comment>state of a server</comment>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>crash loop</source>
        <comment>state of a server</comment>
        <translation>Absturzschleife</translation>
    </message>
    <message>
        <source>left over</source>
        <comment>state of a server</comment>
        <translation>übrig geblieben</translation>
    </message>
    <message>
        <source>stopped</source>
        <comment>state of a server</comment>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>waiting</source>
        <comment>state of a server</comment>
        <translation>wartet</translation>
    </message>
    <message>
        <source>checking</source>
        <comment>state of a server</comment>
        <translation>wird geprüft</translation>
    </message>
    <message>
        <source>starting</source>
        <comment>state of a server</comment>
        <translation>startet</translation>
    </message>
    <message>
        <source>ready</source>
        <comment>state of a server</comment>
        <translation>bereit</translation>
    </message>
    <message>
        <source>unhealthy</source>
        <comment>state of a server</comment>
        <translation>nicht wohlauf</translation>
    </message>
    <message>
        <source>stopping</source>
        <comment>state of a server</comment>
        <translation>stoppt</translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>SERVER</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>ZUSTAND</translation>
    </message>
    <message>
        <source>FOR</source>
        <comment>for so long</comment>
        <translation>SEIT</translation>
    </message>
    <message>
        <source>PORTS</source>
        <translation>PORTS</translation>
    </message>
    <message>
        <source>PID</source>
        <translation>PID</translation>
    </message>
    <message>
        <source>READY AFTER</source>
        <translation>BEREIT NACH</translation>
    </message>
    <message>
        <source>NOTE</source>
        <translation>HINWEIS</translation>
    </message>
    <message>
        <source>PROJECT</source>
        <translation>PROJEKT</translation>
    </message>
    <message>
        <source>says: %1</source>
        <comment>what a server tells of itself</comment>
        <translation>sagt: %1</translation>
    </message>
    <message>
        <source>elsewhere</source>
        <comment>state of a server</comment>
        <translation>anderswo</translation>
    </message>
</context>
<context>
    <name>StopCommand</name>
    <message>
        <source>Stop servers, or end processes and prove that their ports are free</source>
        <translation>Server stoppen, oder Prozesse beenden und beweisen, dass ihre Ports frei sind</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not the number of a process.</source>
        <translation>„%1“ ist nicht die Nummer eines Prozesses.</translation>
    </message>
    <message>
        <source>Servers and processes cannot be stopped at once: name the ones or the others.</source>
        <translation>Server und Prozesse gehen nicht zugleich: bitte nur die einen oder die anderen nennen.</translation>
    </message>
    <message>
        <source>%1 is for processes. How a server is stopped is written in its file.</source>
        <translation>%1 ist für Prozesse. Wie ein Server gestoppt wird, steht in seiner Datei.</translation>
    </message>
    <message>
        <source>%1 is for servers, which have names.</source>
        <translation>%1 ist für Server, und die haben Namen.</translation>
    </message>
    <message>
        <source>There is no process %1. Nothing was done.</source>
        <translation>Es gibt keinen Prozess %1. Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>Process %1 is there, but the system hides it from you. Nothing was done.</source>
        <translation>Den Prozess %1 gibt es, aber das System verbirgt ihn vor Ihnen. Es wurde nichts getan.</translation>
    </message>
    <message>
        <source>Servers or groups of quaymaster.yaml, or processes: 4711 or pid:4711</source>
        <translation>Server oder Gruppen von quaymaster.yaml, oder Prozesse: 4711 oder pid:4711</translation>
    </message>
    <message>
        <source>Port %1 is open. To end who holds it: quay free %1</source>
        <translation>Port %1 ist offen. So wird beendet, wer ihn hält: quay free %1</translation>
    </message>
</context>
<context>
    <name>UpCommand</name>
    <message>
        <source>Start servers, with whatever they need</source>
        <translation>Server starten, mit allem, was sie brauchen</translation>
    </message>
    <message>
        <source>Servers or groups; all that start by themselves when none is given</source>
        <translation>Server oder Gruppen; ohne Angabe alle, die von selbst starten</translation>
    </message>
    <message>
        <source>Without an agent: show their output here, and stop them all on Ctrl-C</source>
        <translation>Ohne Agent: ihre Ausgaben hier zeigen, und alle bei Strg-C stoppen</translation>
    </message>
    <message>
        <source>--foreground shows what happens until all have ended: --wait, --timeout and --json do not go with it.</source>
        <translation>--foreground zeigt, was geschieht, bis alle beendet sind: --wait, --timeout und --json passen nicht dazu.</translation>
    </message>
</context>
<context>
    <name>UpText</name>
    <message>
        <source>runs already</source>
        <translation>läuft bereits</translation>
    </message>
    <message>
        <source>runs already since %1, supervised by process %2</source>
        <translation>läuft bereits seit %1, beaufsichtigt von Prozess %2</translation>
    </message>
    <message>
        <source>runs already, supervised by process %1</source>
        <translation>läuft bereits, beaufsichtigt von Prozess %1</translation>
    </message>
    <message>
        <source>%1: &apos;quay stop %2&apos; stops it, or Ctrl-C where &apos;quay up --foreground&apos; runs it</source>
        <comment>what is so: the way out</comment>
        <translation>%1: „quay stop %2“ beendet ihn, oder Strg-C dort, wo „quay up --foreground“ läuft</translation>
    </message>
    <message>
        <source>room has to be made there</source>
        <translation>dort fehlt es an Platz</translation>
    </message>
    <message>
        <source>XDG_STATE_HOME and XDG_RUNTIME_DIR can name another place</source>
        <translation>XDG_STATE_HOME und XDG_RUNTIME_DIR können einen anderen Ort nennen</translation>
    </message>
    <message>
        <source>its directory has to be there and writable for you, or XDG_STATE_HOME and XDG_RUNTIME_DIR name another place</source>
        <translation>sein Verzeichnis muss da und beschreibbar sein, oder XDG_STATE_HOME und XDG_RUNTIME_DIR nennen einen anderen Ort</translation>
    </message>
    <message>
        <source>is not started: processes of an earlier run are left</source>
        <translation>wird nicht gestartet: Prozesse eines früheren Laufs sind noch da</translation>
    </message>
    <message>
        <source>is not started: %1 cannot be written (%2); %3</source>
        <comment>a path, the system&apos;s reason, the way out</comment>
        <translation>wird nicht gestartet: %1 kann nicht geschrieben werden (%2); %3</translation>
    </message>
    <message>
        <source>is not started: the directory %1 cannot be entered (%2)</source>
        <translation>wird nicht gestartet: In das Verzeichnis %1 kann nicht gewechselt werden (%2)</translation>
    </message>
    <message>
        <source>is not started: %1 cannot be run (%2)</source>
        <translation>wird nicht gestartet: %1 kann nicht ausgeführt werden (%2)</translation>
    </message>
    <message>
        <source>is not started: its supervisor ended without a word</source>
        <translation>wird nicht gestartet: Sein Aufseher endete ohne ein Wort</translation>
    </message>
    <message>
        <source>is not started. %1</source>
        <translation>wird nicht gestartet. %1</translation>
    </message>
    <message>
        <source>is not started, for it needs %1</source>
        <translation>wird nicht gestartet, denn es braucht %1</translation>
    </message>
    <message>
        <source>is not started: a check was not passed</source>
        <translation>wird nicht gestartet: Eine Prüfung wurde nicht bestanden</translation>
    </message>
    <message>
        <source>has ended: %1</source>
        <translation>hat geendet: %1</translation>
    </message>
    <message>
        <source>has ended: its supervisor was killed</source>
        <translation>hat geendet: Sein Aufseher wurde getötet</translation>
    </message>
    <message>
        <source>has failed</source>
        <translation>ist gescheitert</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>wartet auf %1</translation>
    </message>
    <message>
        <source>has ended (%1) and is started again in %2</source>
        <translation>hat geendet (%1) und wird in %2 wieder gestartet</translation>
    </message>
    <message>
        <source>is started again in %1</source>
        <translation>wird in %1 wieder gestartet</translation>
    </message>
    <message>
        <source>is stopped</source>
        <translation>ist gestoppt</translation>
    </message>
    <message>
        <source>exit code %1</source>
        <translation>Exit-Code %1</translation>
    </message>
    <message>
        <source>%1, core dumped</source>
        <comment>a signal</comment>
        <translation>%1, Speicherabbild geschrieben</translation>
    </message>
    <message numerus="yes">
        <source>has ended too often (%n time(s)) and is given up: %1</source>
        <translation>
            <numerusform>hat zu oft geendet (%n-mal) und wird aufgegeben: %1</numerusform>
            <numerusform>hat zu oft geendet (%n-mal) und wird aufgegeben: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>is left over: its supervisor is gone, processes of it are not</source>
        <translation>ist übrig geblieben: Sein Aufseher ist weg, Prozesse von ihm sind es nicht</translation>
    </message>
    <message>
        <source>is ready after %1</source>
        <translation>ist nach %1 bereit</translation>
    </message>
    <message>
        <source>is ready</source>
        <translation>ist bereit</translation>
    </message>
    <message>
        <source>is being stopped</source>
        <translation>wird gestoppt</translation>
    </message>
    <message>
        <source>is started again, for %1 has changed</source>
        <translation>wird wieder gestartet, denn %1 hat sich geändert</translation>
    </message>
    <message>
        <source>%1 cannot be watched for changes: %2</source>
        <translation>%1 kann nicht auf Änderungen beobachtet werden: %2</translation>
    </message>
    <message>
        <source>%1 is to be watched and is not there yet.</source>
        <translation>%1 soll beobachtet werden und ist noch nicht da.</translation>
    </message>
    <message>
        <source>Not all of %1 is watched: it has more than %2 directories. Name fewer under watch.paths, or leave some out with watch.exclude.</source>
        <translation>Nicht alles in %1 wird beobachtet: Es hat mehr als %2 Verzeichnisse. Nennen Sie unter watch.paths weniger, oder lassen Sie mit watch.exclude einige aus.</translation>
    </message>
    <message>
        <source>Not all of %1 is watched: the kernel&apos;s limit fs.inotify.max_user_watches is reached, which sysctl(8) raises.</source>
        <translation>Nicht alles in %1 wird beobachtet: Die Grenze fs.inotify.max_user_watches des Kernels ist erreicht; sysctl(8) hebt sie an.</translation>
    </message>
    <message>
        <source>%1 is not watched: the kernel&apos;s limit fs.inotify.max_user_instances is reached, which sysctl(8) raises.</source>
        <translation>%1 wird nicht beobachtet: Die Grenze fs.inotify.max_user_instances des Kernels ist erreicht; sysctl(8) hebt sie an.</translation>
    </message>
    <message>
        <source>is not restarted for changed files any more: %1 has changed right after each start, which would go on for ever. When the server writes it, name it under watch.exclude.</source>
        <translation>wird bei geänderten Dateien nicht mehr neu gestartet: %1 hat sich nach jedem Start gleich wieder geändert, das ginge endlos so weiter. Schreibt der Server selbst hinein, gehört sie unter watch.exclude.</translation>
    </message>
    <message>
        <source>%1, for the kernel had no memory left for it</source>
        <comment>how a server ended</comment>
        <translation>%1, denn der Kernel hatte keinen Speicher mehr dafür</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>the name of a probe, what it saw</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>was not well (%1) and is started again in %2</source>
        <translation>war nicht wohlauf (%1) und wird in %2 wieder gestartet</translation>
    </message>
    <message>
        <source>%1: Ctrl-C where &apos;quay up --foreground&apos; runs it stops it</source>
        <comment>what is so: the way out</comment>
        <translation>%1: Strg-C, wo &apos;quay up --foreground&apos; läuft, stoppt ihn</translation>
    </message>
    <message>
        <source>did not end in time, and its process %1 cannot be killed (%2): %3</source>
        <translation>hat nicht rechtzeitig geendet, und sein Prozess %1 lässt sich nicht töten (%2): %3</translation>
    </message>
    <message>
        <source>did not end in time: its process %1 was killed: %2</source>
        <translation>hat nicht rechtzeitig geendet: Sein Prozess %1 wurde getötet: %2</translation>
    </message>
    <message>
        <source>used %1 of CPU time and at most %2 of memory</source>
        <translation>hat %1 CPU-Zeit und höchstens %2 Speicher gebraucht</translation>
    </message>
    <message>
        <source>is not well: %1</source>
        <translation>ist nicht wohlauf: %1</translation>
    </message>
    <message>
        <source>is not started, for it needs %1 to be healthy, and that %2</source>
        <comment>a server, what its probe saw: &apos;cannot be asked: ...&apos;</comment>
        <translation>wird nicht gestartet, denn dafür muss %1 wohlauf sein, und das %2</translation>
    </message>
</context>
<context>
    <name>WaitCommand</name>
    <message>
        <source>Wait until servers are ready or ports are free</source>
        <translation>Warten, bis Server bereit oder Ports frei sind</translation>
    </message>
    <message>
        <source>DURATION</source>
        <translation>DAUER</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>Web servers cannot be asked here: %1</source>
        <translation>Webserver lassen sich hier nicht fragen: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>what was seen: details</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>not tried yet</source>
        <translation>noch nicht versucht</translation>
    </message>
    <message>
        <source>nobody listens at port %1</source>
        <translation>niemand lauscht an Port %1</translation>
    </message>
    <message>
        <source>nobody listens</source>
        <translation>niemand lauscht</translation>
    </message>
    <message>
        <source>listens at %1</source>
        <translation>lauscht auf %1</translation>
    </message>
    <message>
        <source>can be bound</source>
        <translation>lässt sich belegen</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>belegt</translation>
    </message>
    <message>
        <source>held by %1</source>
        <translation>gehalten von %1</translation>
    </message>
    <message>
        <source>host not found</source>
        <translation>Rechner nicht gefunden</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>Verbindung abgelehnt</translation>
    </message>
    <message>
        <source>connection refused, listens at %1 only</source>
        <translation>Verbindung abgelehnt, lauscht nur auf %1</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>accepts connections</source>
        <translation>nimmt Verbindungen an</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>TLS failed</source>
        <translation>TLS fehlgeschlagen</translation>
    </message>
    <message>
        <source>HTTP failed</source>
        <translation>HTTP fehlgeschlagen</translation>
    </message>
    <message>
        <source>the kernel&apos;s table of ports cannot be read</source>
        <translation>die Porttabelle des Kernels lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>%1: %2, after %3</source>
        <comment>target: what was seen, after a duration</comment>
        <translation>%1: %2, nach %3</translation>
    </message>
    <message>
        <source>Waiting for %1 of %2: %3 (%4)</source>
        <comment>missing of all: target (what was seen)</comment>
        <translation>Warten auf %1 von %2: %3 (%4)</translation>
    </message>
    <message>
        <source>%1: gave up after %3: %2</source>
        <comment>target: gave up after a duration: what was seen last</comment>
        <translation>%1: nach %3 aufgegeben: %2</translation>
    </message>
    <message>
        <source>HTTP %1, header %2 missing or other</source>
        <translation>HTTP %1, Kopfzeile %2 fehlt oder ist anders</translation>
    </message>
    <message>
        <source>HTTP %1, page without what was looked for</source>
        <translation>HTTP %1, auf der Seite steht nicht, was gesucht wurde</translation>
    </message>
    <message>
        <source>the command ended on signal %1</source>
        <translation>der Befehl endete durch Signal %1</translation>
    </message>
    <message>
        <source>the command ended with %1</source>
        <translation>der Befehl endete mit %1</translation>
    </message>
    <message>
        <source>the command could not be run</source>
        <translation>der Befehl konnte nicht ausgeführt werden</translation>
    </message>
    <message>
        <source>PORT listens, free:PORT can be bound, server:NAME is ready, tcp:HOST:PORT accepts connections, http://... or https://... answers below 400. All must be met</source>
        <translation>PORT lauscht, free:PORT kann belegt werden, server:NAME ist bereit, tcp:HOST:PORT nimmt Verbindungen an, http://... oder https://... antwortet unter 400. Alle müssen erfüllt sein</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be waited for. Allowed are a port from 1 to 65535, free:PORT, server:NAME, tcp:HOST:PORT, http://... and https://...</source>
        <translation>Auf „%1“ kann nicht gewartet werden. Erlaubt sind ein Port von 1 bis 65535, free:PORT, server:NAME, tcp:HOST:PORT, http://... und https://...</translation>
    </message>
    <message>
        <source>not started by Quaymaster</source>
        <translation>nicht von Quaymaster gestartet</translation>
    </message>
    <message>
        <source>it has not said so</source>
        <translation>er hat es nicht gesagt</translation>
    </message>
    <message>
        <source>it has not said for %1 that it is alive</source>
        <translation>er hat seit %1 nicht gesagt, dass er lebt</translation>
    </message>
    <message>
        <source>listens at %1, but has not accepted a connection</source>
        <translation>lauscht auf %1, hat aber keine Verbindung angenommen</translation>
    </message>
    <message>
        <source>nobody listens (only root may bind it)</source>
        <translation>niemand lauscht (nur root darf ihn binden)</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an address: a % that no two hexadecimal digits follow is written %25.</source>
        <translation>„%1“ ist keine Adresse: Ein %, auf das keine zwei hexadezimalen Ziffern folgen, schreibt man %25.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not an address that can be asked: it needs a host, may have a port from 1 to 65535, and has no blanks in it.</source>
        <translation>„%1“ ist keine Adresse, die man fragen kann: Sie braucht einen Host, kann einen Port von 1 bis 65535 haben und enthält keine Leerzeichen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; cannot be waited for. Did you mean &apos;tcp:%1&apos;?</source>
        <translation>Auf „%1“ kann man nicht warten. Meinten Sie „tcp:%1“?</translation>
    </message>
    <message>
        <source>How long at most: 60 (seconds), 500ms, 2m. 60s when not given</source>
        <translation>Wie lange höchstens: 60 (Sekunden), 500ms, 2m. Ohne Angabe 60s</translation>
    </message>
</context>
<context>
    <name>WayOut</name>
    <message>
        <source>To stop what would start it again: %1</source>
        <comment>a command</comment>
        <translation>Um anzuhalten, was ihn wieder starten würde: %1</translation>
    </message>
    <message>
        <source>With %1, what would start it again is stopped as well.</source>
        <comment>an option</comment>
        <translation>Mit %1 wird auch angehalten, was ihn wieder starten würde.</translation>
    </message>
    <message>
        <source>With %1, what it runs in is stopped.</source>
        <comment>options</comment>
        <translation>Mit %1 wird gestoppt, worin er läuft.</translation>
    </message>
    <message>
        <source>A loop runs in %1. To end it: Ctrl-C where it was typed, or, which ends that shell too, &apos;%2&apos;</source>
        <comment>a shell, a command</comment>
        <translation>In %1 läuft eine Schleife. So endet sie: Strg+C, wo sie eingegeben wurde, oder, was auch diese Shell beendet, „%2“</translation>
    </message>
</context>
<context>
    <name>WhyCommand</name>
    <message>
        <source>Nobody listens on port %1.</source>
        <translation>Auf Port %1 lauscht niemand.</translation>
    </message>
    <message>
        <source>There is no process %1.</source>
        <translation>Es gibt keinen Prozess %1.</translation>
    </message>
    <message>
        <source>Nobody listens on port %1, and there is no process %1.</source>
        <translation>Auf Port %1 lauscht niemand, und es gibt keinen Prozess %1.</translation>
    </message>
    <message>
        <source>Show who holds a port, and why it runs</source>
        <translation>Zeigen, wer einen Port hält, und warum er läuft</translation>
    </message>
    <message>
        <source>A port when somebody listens there, else a process. :3000 is always a port, pid:4711 always a process</source>
        <translation>Ein Port, wenn dort jemand lauscht, sonst ein Prozess. :3000 ist immer ein Port, pid:4711 immer ein Prozess</translation>
    </message>
    <message>
        <source>Print JSON</source>
        <translation>JSON ausgeben</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is neither a port nor a process. Allowed are numbers, :3000 for a port from 1 to 65535, and pid:4711 for a process.</source>
        <translation>„%1“ ist weder ein Port noch ein Prozess. Erlaubt sind Zahlen, :3000 für einen Port von 1 bis 65535 und pid:4711 für einen Prozess.</translation>
    </message>
    <message>
        <source>The process is hidden: the system does not let its open files be read.</source>
        <translation>Der Prozess ist verborgen: Das System lässt seine offenen Dateien nicht lesen.</translation>
    </message>
    <message>
        <source>The process is hidden: it belongs to %1. Run quay as that user or as root to see it.</source>
        <translation>Der Prozess ist verborgen: Er gehört %1. Als dieser Benutzer oder als root zeigt quay ihn.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>endpoints: who listens there</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>property of endpoint</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Erreichbar</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Directory</source>
        <translation>Verzeichnis</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Unit</translation>
    </message>
    <message>
        <source>The process that started it has ended.</source>
        <translation>Der Prozess, der ihn startete, ist beendet.</translation>
    </message>
    <message>
        <source>Also held by</source>
        <translation>Auch gehalten von</translation>
    </message>
    <message>
        <source>Owners</source>
        <translation>Besitzer</translation>
    </message>
    <message>
        <source>Why it runs</source>
        <translation>Warum er läuft</translation>
    </message>
    <message>
        <source>Process %1 is there, but the system hides it from you. Run quay as root to see it.</source>
        <translation>Den Prozess %1 gibt es, aber das System verbirgt ihn vor Ihnen. Als root zeigt ihn quay.</translation>
    </message>
    <message>
        <source>%1 of each</source>
        <comment>property of every endpoint</comment>
        <translation>%1 je Socket</translation>
    </message>
    <message>
        <source>Uses</source>
        <translation>Verbraucht</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Gestartet</translation>
    </message>
    <message>
        <source>none: a thread of the kernel</source>
        <translation>keines: ein Thread des Kernels</translation>
    </message>
    <message>
        <source>It has ended, and stays until its parent takes note of it, or ends.</source>
        <translation>Er ist beendet und bleibt, bis sein Elternprozess es zur Kenntnis nimmt oder endet.</translation>
    </message>
    <message>
        <source>It has ended, and stays until its parent %1 takes note of it, or ends.</source>
        <comment>a process</comment>
        <translation>Er ist beendet und bleibt, bis sein Elternprozess %1 es zur Kenntnis nimmt oder endet.</translation>
    </message>
    <message>
        <source>Why it ran</source>
        <translation>Warum er lief</translation>
    </message>
</context>
</TS>
