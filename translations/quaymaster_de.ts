<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en">
<context>
    <name>Format</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 d</source>
        <comment>days</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GroupText</name>
    <message>
        <source>No project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Process not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1: %n port(s)</source>
        <extracomment>Head of a group: its name and how many ports there are in it</extracomment>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListenerText</name>
    <message>
        <source>address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>waiting connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>most that may wait</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>program file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>process state</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>localhost reaches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over IPv4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>over IPv6</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>listens at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>container</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>scope (address)</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>first process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>service manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>timer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>container runtime</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>desktop session</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>terminal</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>terminal multiplexer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>remote login</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>development environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>coding agent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>shell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>process manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>script runner</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>owner not looked up yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden: belongs to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>hidden: belongs to %1, unit %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no process: held by the kernel or from another container</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there may be other owners: not every process was looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>split localhost</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody accepts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>program file replaced</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>directory deleted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>development server on the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Different processes listen on this port.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A connection to localhost reaches %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It listens, but nobody accepts connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It listens, but nobody accepts connections; waiting: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program file was removed or replaced: it still runs the old one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The directory it works in no longer exists.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The process is stopped and cannot answer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Other machines can reach this development server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>fact: value</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no longer there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 may not be read: permission denied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not understood. Please report this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This system does not offer %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is not a valid value.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2.</source>
        <comment>subject: system error</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortCellText</name>
    <message>
        <source>hidden: %1</source>
        <comment>owner hidden: user</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no process: kernel or another namespace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Port %1, %2, listening on %3</source>
        <extracomment>Read aloud: port number, protocol, from where it can be reached</extracomment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Read aloud: name of the column, value</extracomment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortColumn</name>
    <message>
        <source>Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protocol</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The port number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TCP or UDP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether other machines can reach it, and its address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The program that holds the port, and how many more do</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The number of the process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The source tree it was started in, and the branch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What kind of server it is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The user it runs as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The systemd unit or container it runs in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How many connections are open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long ago the process was started</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Processor time of all its processes; 100 % is one core</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resident memory of all its processes</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PortToolTip</name>
    <message>
        <source>%1 %2</source>
        <comment>pid, about this process</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The directory of this process may not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not in a project.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>UDP has no connections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connections were not counted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be accepted</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>started %1</source>
        <comment>at this time</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not known before the second look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This kind of server is not recognised.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In no unit and no container.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, user number %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::AboutDialog</name>
    <message>
        <source>Who holds which port, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>© 2026 The Quaymaster authors</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Quaymaster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Licence: %1, or any later version</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::AncestryTree</name>
    <message>
        <source>Chain of parents</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::CommandLine</name>
    <message>
        <source>Shows which process holds which port, and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start a few demonstration servers, which end with the window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is nothing to do with “%1”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no display to show a window on. In a terminal, “quay ports” prints the same table.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::CostLine</name>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is open on this machine, how long the last look took, and what Quaymaster itself uses</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n listener(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>listeners, processes</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n process(es)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>last look %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quaymaster %1 CPU, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quaymaster %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read from /proc/net</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a row may be missing: the kernel&apos;s table changed while it was read</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::DemoServers</name>
    <message>
        <source>The demonstration server %1 could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demonstration server %1 ended: no port from 3000 on is free.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::EnvironmentView</name>
    <message>
        <source>Show &amp;environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Environment</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The environment is empty.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>••••••  Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the value of %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::MainWindow</name>
    <message>
        <source>Ports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Start &amp;demonstration servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details &amp;beside the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear the &amp;filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About Quaymaster</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The demonstration servers run on this machine only, and end with this window.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The layout of this window cannot be saved, so the next one will look as before: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortActions</name>
    <message>
        <source>Open in &amp;browser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;terminal there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;pid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy co&amp;mmand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy &amp;row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No browser could be opened for %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No file manager could be opened for %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No terminal was found. Set the variable TERMINAL to the one you use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The terminal %1 could not be started.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortDelegate</name>
    <message>
        <source>new</source>
        <comment>mark of a row that just appeared</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>gone</source>
        <comment>mark of a row that just vanished</comment>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortDetails</name>
    <message>
        <source>%1 %2, descriptor %3, for %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a port to see who holds it, and why.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No longer open. This is the last that was known.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it runs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All processes that hold it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All ports of the process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only its own user can read the environment.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortFacts</name>
    <message>
        <source>%1 (deleted)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n established</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting to be accepted, of at most %1</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Program file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reachable from</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connections</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Running since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Uses</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortFilterBar</name>
    <message>
        <source>&amp;Group by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search the ports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Search: :3000, node, user:root …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Words must all be found. Also: :3000, :3000-3010, pid:4711, user:root, unit:docker</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;TCP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show TCP ports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;UDP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show UDP ports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Mine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only ports of my own processes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This ma&amp;chine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only ports that can be reached from this machine alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only ports that other machines can reach</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Hide system services</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave out what systemd runs for the whole machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>P&amp;rocess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>By %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Group</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortView</name>
    <message>
        <source>Ports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::PortsPage</name>
    <message>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The ports cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Look again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No port matches</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n port(s) are open, but the search and the filters leave none of them.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No port is open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Here stands every port that a program of this machine listens on, and why it runs. Start a server and it appears by itself, or try it out with a few demonstration servers (quaymaster --demo).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Start demonstration servers</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n port(s) are held by processes of other users: who they are is known only as far as their unit or container tells.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <source>The kernel refused the fast way of asking for ports (netlink), so they are read from /proc/net. That is slower, and some columns stay empty. %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::Sidebar</name>
    <message>
        <source>Pages</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Quay::WarningWidget</name>
    <message>
        <source>&amp;Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What led to this warning, so that it can be checked by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Facts behind the warning “%1”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
