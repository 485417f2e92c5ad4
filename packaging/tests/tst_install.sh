#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# tst_install.sh CMAKE BUILD: installs what was built into a scratch folder and looks whether a desktop finds it all.
set -euo pipefail

cmake=$1
build=$2
source=$(cd "$(dirname "$0")/../.." && pwd)
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

# Whatever the tree has is installed: a list would be short of what comes to it.
for page in "$source"/packaging/man/*.[1-9]; do
    check "manual ${page##*/}" cmp --silent "$page" "$share/man/man${page##*.}/${page##*/}"
done
for schema in "$source"/resources/quaymaster.schema.json "$source"/resources/schema/*.json; do
    check "schema ${schema##*/}" cmp --silent "$schema" "$share/quaymaster/schema/${schema##*/}"
done
for completion in "$source"/packaging/completions/*quay*; do
    case ${completion##*/} in
    *.bash) place=bash-completion/completions/$(basename "$completion" .bash) ;;
    *.fish) place=fish/vendor_completions.d/${completion##*/} ;;
    _*) place=zsh/site-functions/${completion##*/} ;;
    *) place=nowhere ;;
    esac
    check "completion ${completion##*/}" cmp --silent "$completion" "$share/$place"
done
# By the names under which programs load them, which have to be those of what is built.
modules=$({ grep --recursive --no-filename --only-matching --perl-regexp --include='*.cpp' \
    '"\Kquay-[a-z]+(?="\))' "$source/app" "$source/core" || true; } | sort --unique)
check 'modules that programs load' test -n "$modules"
for module in $modules; do
    check "module $module" test -n "$(find "$scratch" -path "*/plugins/quaymaster/$module.so")"
done
for built in "$build"/bin/quay-*.so; do
    check "what was built as ${built##*/}" test -n "$(find "$scratch" -path "*/plugins/quaymaster/${built##*/}")"
done
exit "$failed"
