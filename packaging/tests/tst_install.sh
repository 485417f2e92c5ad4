#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tst_install.sh CMAKE BUILD: installs what was built into a scratch folder and looks whether a desktop finds it all.
set -euo pipefail

cmake=$1
build=$2
scratch=$(mktemp --directory)
trap 'rm --recursive --force "$scratch"' EXIT
failed=0

# check DESCRIPTION COMMAND...
check() {
    if "${@:2}"; then
        echo "PASS   : $1"
    else
        echo "FAIL   : $1"
        failed=1
    fi
}

# value FILE KEY: of a desktop file.
value() {
    sed -n "s/^$2=//p" "$1"
}

# element FILE NAME: the text of an element of a file in XML.
element() {
    sed -n "s/.*<$2[^>]*>\(.*\)<\/$2>.*/\1/p" "$1"
}

"$cmake" --install "$build" --prefix "$scratch" >/dev/null
bin=$scratch/bin
share=$scratch/share
desktop=$share/applications/org.quaymaster.Quaymaster.desktop
metainfo=$share/metainfo/org.quaymaster.Quaymaster.metainfo.xml

check 'desktop file' test -f "$desktop"
check 'program of the desktop file' test -x "$bin/$(value "$desktop" Exec)"
check 'icon of the desktop file' test -f "$share/icons/hicolor/scalable/apps/$(value "$desktop" Icon).svg"
check 'description for software centres' test -f "$metainfo"
check 'what the description starts' test -f "$share/applications/$(element "$metainfo" launchable)"
for program in $(element "$metainfo" binary); do
    check "program $program" test -x "$bin/$program"
done
check 'program that runs a server' test -x "$bin/quaymaster-supervise"
check 'program that gives it a scope' test -x "$bin/quaymaster-scope"
check 'agent' test -x "$bin/quaymaster-agent"
check 'what starts the agent on the bus' test -f "$share/dbus-1/services/org.quaymaster.Agent.service"
check 'module for web servers' test -n "$(find "$scratch" -path '*/plugins/quaymaster/quay-http.so')"
check 'module for YAML' test -n "$(find "$scratch" -path '*/plugins/quaymaster/quay-yaml.so')"
check 'module for the starts of servers' test -n "$(find "$scratch" -path '*/plugins/quaymaster/quay-startups.so')"
check 'schema of quaymaster.yaml' test -f "$share/quaymaster/schema/quaymaster.schema.json"
check 'manual of quaymaster.yaml' test -f "$share/man/man5/quaymaster.yaml.5"
check 'completions' test -f "$share/bash-completion/completions/quay"
for verb in check import ports startup status wait why; do
    check "manual of $verb" test -f "$share/man/man1/quay-$verb.1"
    check "schema of $verb" test -f "$share/quaymaster/schema/quay-$verb.schema.json"
done
exit "$failed"
