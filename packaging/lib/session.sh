#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# session.sh COMMAND...: runs COMMAND with all that tests need and with nothing of the user's: a home and a runtime
# directory of its own, a display with a window manager, a session bus and, in the root, a system bus with polkit.
# Everything ends with COMMAND.
set -euo pipefail

scratch=$(mktemp --directory "${TMPDIR:-/tmp}/quaymaster-test.XXXXXX")
children=()

finish() {
    local pid
    for pid in "${children[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait
    rm --recursive --force "$scratch"
}
trap finish EXIT

# serve COMMAND...: runs a server of this session; it ends with the session, even with one that was killed.
serve() {
    setpriv --pdeathsig TERM "$@" >>"$scratch/servers.log" 2>&1 &
    children+=($!)
}

# serve_ready NAME COMMAND...: the same, and waits until it says on descriptor 3, or on the pipe NAME, that it is ready.
# What it says is $said. The pipe is open here from the beginning: who has written may close his end at once, and what
# nobody has open is lost.
serve_ready() {
    local name=$1 pipe
    shift
    mkfifo "$scratch/$name"
    exec {pipe}<>"$scratch/$name"
    serve "$@" 3>&"$pipe"
    if ! IFS= read -r -t 30 -u "$pipe" said || [[ -z $said ]]; then
        printf 'The test session has no %s:\n' "$name" >&2
        cat "$scratch/servers.log" >&2
        return 1
    fi
    exec {pipe}>&-
}

start_display() {
    serve_ready display Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp -noreset
    export DISPLAY=:$said
    serve_ready window-manager openbox --sm-disable --startup "sh -c 'echo ready >\"\$QUAY_READY\"'"
}

# The machine's own system bus is left alone: in the root /run is private to this session. So are the directories from
# which the bus and polkit read what programs install: a test puts a helper there without leaving it in the root.
start_system_bus() {
    local dir
    for dir in /etc/dbus-1/system.d /usr/local/share/dbus-1; do
        mkdir -p "$dir"
        mount -t tmpfs -o mode=755 tmpfs "$dir"
    done
    mkdir -p /run/dbus /run/polkit-1/actions /run/polkit-1/rules.d /usr/local/share/dbus-1/system-services
    serve_ready system-bus dbus-daemon --system --nofork --nopidfile --print-address=3
    serve /usr/lib/polkit-1/polkitd --no-debug
    gdbus wait --system --timeout 30 org.freedesktop.PolicyKit1
}

mkdir --mode=700 "$scratch/home" "$scratch/runtime"
export HOME="$scratch/home" XDG_RUNTIME_DIR="$scratch/runtime" QUAY_READY="$scratch/window-manager"
unset XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME WAYLAND_DISPLAY
start_display
[[ -z ${QUAY_IN_ROOT:-} ]] || start_system_bus
dbus-run-session -- "$@"
