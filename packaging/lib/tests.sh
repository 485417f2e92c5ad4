# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Running the suite of a built preset.

# NAME=VALUE for the tests, in addition to the session's.
tests_environment=()

# Of each test that passed; ctest would keep the first 1024 bytes.
tests_output_bytes=16777216

# tests_run PRESET [CTEST ARGUMENT...]: runs the tests and adds them to the summary. A ctest that failed without
# naming a failed test counts as one that failed. All of their output is kept, because it says what they skipped.
tests_run() {
    local preset=$1 results="$checkout/build/$1/tests.xml" failed status=0
    shift
    rm --force "$results"
    failed=$summary_failed
    platform_run "$packaging/lib/session.sh" env "${tests_environment[@]}" \
        ctest --preset "$preset" --output-junit "$results" --test-output-size-passed "$tests_output_bytes" "$@" </dev/null || status=$?
    [[ ! -f $results ]] || summary_add_junit "$results"
    if ((status != 0 && summary_failed == failed)); then
        summary_add 0 1 0
    fi
}
