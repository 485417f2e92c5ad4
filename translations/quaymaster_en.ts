<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AgainCommand</name>
    <message numerus="yes">
        <source>What was ended last cannot be started again: %1. How it was started is not known, its directory or its program is gone, it was not your own, Quaymaster itself runs it (quay start), nobody waited for its end, or it was more than %n processes.</source>
        <comment>processes</comment>
        <translation>
            <numerusform>What was ended last cannot be started again: %1. How it was started is not known, its directory or its program is gone, it was not your own, Quaymaster itself runs it (quay start), nobody waited for its end, or it was more than %n processes.</numerusform>
            <numerusform>What was ended last cannot be started again: %1. How it was started is not known, its directory or its program is gone, it was not your own, Quaymaster itself runs it (quay start), nobody waited for its end, or it was more than %n processes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AgainText</name>
    <message numerus="yes">
        <source>Nobody listens on port(s) %1 yet.</source>
        <comment>numbers</comment>
        <translation>
            <numerusform>Nobody listens on port %1 yet.</numerusform>
            <numerusform>Nobody listens on ports %1 yet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Port(s) %1 are held now, but neither by what was started again nor by its children.</source>
        <comment>numbers</comment>
        <translation>
            <numerusform>Port %1 is held now, but neither by what was started again nor by its children.</numerusform>
            <numerusform>Ports %1 are held now, but neither by what was started again nor by their children.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingLoop</name>
    <message numerus="yes">
        <source>%1, and %n more</source>
        <comment>process: what happens to it, and others</comment>
        <translation>
            <numerusform>%1, and %n more</numerusform>
            <numerusform>%1, and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingRunner</name>
    <message numerus="yes">
        <source>End %n process(es)?</source>
        <translation>
            <numerusform>End %n process?</numerusform>
            <numerusform>End %n processes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>End its parent %1 instead?</source>
        <translation>
            <numerusform>End its parent %1 instead?</numerusform>
            <numerusform>End their parents %1 instead?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To end it all the same: %1</source>
        <translation>
            <numerusform>To end it all the same: %1</numerusform>
            <numerusform>To end them all the same: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>To end its parent: %1</source>
        <translation>
            <numerusform>To end its parent: %1</numerusform>
            <numerusform>To end their parents: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EndingText</name>
    <message numerus="yes">
        <source>%n connection(s) had not ended after %1, and are cut.</source>
        <translation>
            <numerusform>%n connection had not ended after %1, and is cut.</numerusform>
            <numerusform>%n connections had not ended after %1, and are cut.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GroupText</name>
    <message numerus="yes">
        <source>%1: %n port(s)</source>
        <extracomment>Head of a group: its name and how many ports there are in it</extracomment>
        <translation>
            <numerusform>%1: %n port</numerusform>
            <numerusform>%1: %n ports</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <extracomment>Read aloud behind the head of a group</extracomment>
        <translation>
            <numerusform>%n warning</numerusform>
            <numerusform>%n warnings</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListenerText</name>
    <message numerus="yes">
        <source>The processes behind %n port(s) are hidden even from root. Outside of this container or sandbox, Quaymaster can see them.</source>
        <translation>
            <numerusform>The process behind %n port is hidden even from root. Outside of this container or sandbox, Quaymaster can see it.</numerusform>
            <numerusform>The processes behind %n ports are hidden even from root. Outside of this container or sandbox, Quaymaster can see them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n port(s) belong to other users, whose processes are hidden from you.</source>
        <translation>
            <numerusform>%n port belongs to another user, whose processes are hidden from you.</numerusform>
            <numerusform>%n ports belong to other users, whose processes are hidden from you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n port(s) belong to you, but to processes that nobody except root may look into.</source>
        <translation>
            <numerusform>%n port belongs to you, but to a process that nobody except root may look into.</numerusform>
            <numerusform>%n ports belong to you, but to processes that nobody except root may look into.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OwnerFacts</name>
    <message numerus="yes">
        <source>%n established</source>
        <translation>
            <numerusform>%n established</numerusform>
            <numerusform>%n established</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established, shared with other sockets at this address</source>
        <translation>
            <numerusform>%n established, shared with other sockets at this address</numerusform>
            <numerusform>%n established, shared with other sockets at this address</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be accepted (backlog %1)</source>
        <translation>
            <numerusform>%n waiting to be accepted (backlog %1)</numerusform>
            <numerusform>%n waiting to be accepted (backlog %1)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform>
            <numerusform>%n threads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlanText</name>
    <message numerus="yes">
        <source>... and %n more process(es)</source>
        <translation>
            <numerusform>... and %n more process</numerusform>
            <numerusform>... and %n more processes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established connection(s) will be cut.</source>
        <translation>
            <numerusform>%n established connection will be cut.</numerusform>
            <numerusform>%n established connections will be cut.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Waits at most %1 for %n connection(s) to end before the signal goes.</source>
        <translation>
            <numerusform>Waits at most %1 for %n connection to end before the signal goes.</numerusform>
            <numerusform>Waits at most %1 for %n connections to end before the signal goes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established connection(s) will be cut, unless a child that goes on has them too.</source>
        <translation>
            <numerusform>%n established connection will be cut, unless a child that goes on has it too.</numerusform>
            <numerusform>%n established connections will be cut, unless a child that goes on has them too.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Permission will be asked for, to end %n process(es) of somebody else.</source>
        <translation>
            <numerusform>Permission will be asked for, to end %n process of somebody else.</numerusform>
            <numerusform>Permission will be asked for, to end %n processes of somebody else.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortNotes</name>
    <message numerus="yes">
        <source>%n more of other users and system services: quay ports --all</source>
        <translation>
            <numerusform>%n more of other users and system services: quay ports --all</numerusform>
            <numerusform>%n more of other users and system services: quay ports --all</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortOutcomeText</name>
    <message numerus="yes">
        <source>%n connection(s) that somebody else holds open</source>
        <translation>
            <numerusform>%n connection that somebody else holds open</numerusform>
            <numerusform>%n connections that somebody else holds open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n closed connection(s) that the kernel keeps for a minute (TIME_WAIT)</source>
        <translation>
            <numerusform>%n closed connection that the kernel keeps for a minute (TIME_WAIT)</numerusform>
            <numerusform>%n closed connections that the kernel keeps for a minute (TIME_WAIT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that the peer has closed and nobody here (CLOSE_WAIT)</source>
        <translation>
            <numerusform>%n connection that the peer has closed and nobody here (CLOSE_WAIT)</numerusform>
            <numerusform>%n connections that the peer has closed and nobody here (CLOSE_WAIT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that the peer has not closed yet (FIN_WAIT)</source>
        <translation>
            <numerusform>%n connection that the peer has not closed yet (FIN_WAIT)</numerusform>
            <numerusform>%n connections that the peer has not closed yet (FIN_WAIT)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) that are being closed</source>
        <translation>
            <numerusform>%n connection that is being closed</numerusform>
            <numerusform>%n connections that are being closed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n socket(s) that were bound and do not listen</source>
        <translation>
            <numerusform>%n socket that was bound and does not listen</numerusform>
            <numerusform>%n sockets that were bound and do not listen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connected UDP socket(s) that somebody else holds open</source>
        <translation>
            <numerusform>%n connected UDP socket that somebody else holds open</numerusform>
            <numerusform>%n connected UDP sockets that somebody else holds open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortToolTip</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established, shared with other sockets at this address: the system does not tell which of them took which.</source>
        <translation>
            <numerusform>%n established, shared with other sockets at this address: the system does not tell which of them took which.</numerusform>
            <numerusform>%n established, shared with other sockets at this address: the system does not tell which of them took which.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be accepted</source>
        <translation>
            <numerusform>%n waiting to be accepted</numerusform>
            <numerusform>%n waiting to be accepted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quay::ActivityPage</name>
    <message numerus="yes">
        <source>The search and the filter leave nothing of %n ending(s).</source>
        <translation>
            <numerusform>The search and the filter leave nothing of %n ending.</numerusform>
            <numerusform>The search and the filter leave nothing of %n endings.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quay::CostLine</name>
    <message numerus="yes">
        <source>%Ln listener(s)</source>
        <translation>
            <numerusform>%Ln listener</numerusform>
            <numerusform>%Ln listeners</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln process(es)</source>
        <translation>
            <numerusform>%Ln process</numerusform>
            <numerusform>%Ln processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quay::EndingStrip</name>
    <message numerus="yes">
        <source>Kill %n process(es)?</source>
        <translation>
            <numerusform>Kill %n process?</numerusform>
            <numerusform>Kill %n processes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stop %n process(es)?</source>
        <translation>
            <numerusform>Stop %n process?</numerusform>
            <numerusform>Stop %n processes?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Kill %n</source>
        <translation>
            <numerusform>&amp;Kill %n</numerusform>
            <numerusform>&amp;Kill %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Stop %n</source>
        <translation>
            <numerusform>&amp;Stop %n</numerusform>
            <numerusform>&amp;Stop %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopping %1 and %n more</source>
        <translation>
            <numerusform>Stopping %1 and %n more</numerusform>
            <numerusform>Stopping %1 and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more have ended</source>
        <translation>
            <numerusform>%1 and %n more have ended</numerusform>
            <numerusform>%1 and %n more have ended</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more were started again</source>
        <translation>
            <numerusform>%1 and %n more were started again</numerusform>
            <numerusform>%1 and %n more were started again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quay::Endings</name>
    <message numerus="yes">
        <source>... and %n more process(es)</source>
        <translation>
            <numerusform>... and %n more process</numerusform>
            <numerusform>... and %n more processes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quay::NoPorts</name>
    <message numerus="yes">
        <source>%Ln port(s) are open, but the search and the filters leave none of them.</source>
        <translation>
            <numerusform>%Ln port is open, but the search and the filters leave it out.</numerusform>
            <numerusform>%Ln ports are open, but the search and the filters leave none of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Quay::PortFacts</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StartupCommand</name>
    <message numerus="yes">
        <source>nobody listened at %1 (%n attempt(s))</source>
        <translation>
            <numerusform>nobody listened at %1 (%n attempt)</numerusform>
            <numerusform>nobody listened at %1 (%n attempts)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of %1, no more than %n start(s) were kept.</source>
        <translation>
            <numerusform>Of %1, no more than one start was kept.</numerusform>
            <numerusform>Of %1, no more than %n starts were kept.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>UpText</name>
    <message numerus="yes">
        <source>has ended too often (%n time(s)) and is given up: %1</source>
        <translation>
            <numerusform>has ended too often (%n time) and is given up: %1</numerusform>
            <numerusform>has ended too often (%n times) and is given up: %1</numerusform>
        </translation>
    </message>
</context>
</TS>
