# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Messages of the packaging scripts. They go to stderr: stdout belongs to the program that is started in the end.

say_steps=5
say_doing='starting'
say_logs=''

# say_begin DIR: keeps the output of the steps below DIR.
say_begin() {
    say_logs=$1
    mkdir -p "$say_logs"
}

say() {
    printf '%s\n' "$*" >&2
}

# say_no_display QUAY COMMAND...: says why there is no window, how COMMAND has one, and that QUAY needs no display.
say_no_display() {
    local quay command
    quay=$(printf '%q' "$1")
    command=$(printf '%q ' "${@:2}")
    say
    say 'Neither DISPLAY nor WAYLAND_DISPLAY names a display, so there is no window, and this is the table only.'
    say 'For the window run this in a terminal on the desktop, or, from another machine that has one, after ssh -X to here:'
    say "    ${command% }"
    say "All of quay works without a display: $quay help"
}

# say_step NUMBER TEXT: names the step that begins here.
say_step() {
    say_doing="step $1/$say_steps, $2"
    say "[$1/$say_steps] $2 ..."
}

# say_fail COMMAND ADVICE [LOG]: says what failed, with which command, and what to do; ends the script.
say_fail() {
    say
    if [[ -n ${3:-} && -s ${3:-} ]]; then
        tail -n 40 "$3" | sed 's/^/    /' >&2
        say
    fi
    say "Failed: $say_doing"
    say "  command:    $1"
    [[ -z ${3:-} ]] || say "  output:     $3"
    say "  what to do: $2"
    exit 1
}

# say_attempt LOG ADVICE COMMAND...: runs COMMAND with its output in the file LOG; ends the script when it fails.
say_attempt() {
    local log="$say_logs/$1.log" advice=$2
    shift 2
    "$@" >"$log" 2>&1 </dev/null || say_fail "$*" "$advice" "$log"
}

# say_progress NUMBER TEXT: reads ninja's output and names the step once ninja has real work; on a terminal it counts.
# A tree that is up to date prints nothing at all.
say_progress() {
    local line named=''
    while IFS= read -r line; do
        [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*) ]] || continue
        [[ ${BASH_REMATCH[3]} != Install* ]] || continue
        if [[ -z $named ]]; then
            say "[$1/$say_steps] $2, ${BASH_REMATCH[2]} steps ..."
            named=yes
        fi
        [[ ! -t 2 ]] || printf '\r      %s of %s ' "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" >&2
    done
    [[ -z $named || ! -t 2 ]] || printf '\r\033[K' >&2
}
