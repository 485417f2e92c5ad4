# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What .ci/run looks at besides the tests. Each check_... is run from the checkout and says by its exit code whether
# all is well; what it prints is shown when it is not.

checks_fuzz_seconds=60

# checks_run NAME FUNCTION: runs one check, says how it ended and how long it took, and adds it to the summary.
# The check is a process of its own, so that the first command in it that fails ends it.
checks_run() {
    local log="$say_logs/check-$1.log" begin=$SECONDS status=0
    say "Check: $1 ..."
    (
        set +e
        (set -euo pipefail && "$2") >"$log" 2>&1 </dev/null
    ) || status=$?
    if ((status == 0)); then
        say "       $1 passed in $((SECONDS - begin)) s"
        summary_add 1 0 0
    else
        tail -n 60 "$log" | sed 's/^/    /' >&2
        say "       $1 FAILED in $((SECONDS - begin)) s; output: $log"
        summary_add 0 1 0
    fi
}

# checks_files PATTERN...: the files of the checkout that git knows, one a line.
checks_files() {
    git ls-files -- "$@"
}
