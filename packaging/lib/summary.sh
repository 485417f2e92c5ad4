# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Counting tests: passed, failed, skipped.

summary_passed=0
summary_failed=0
summary_skipped=0

# summary_add PASSED FAILED SKIPPED
summary_add() {
    summary_passed=$((summary_passed + $1))
    summary_failed=$((summary_failed + $2))
    summary_skipped=$((summary_skipped + $3))
}

# summary_add_junit FILE: adds what ctest wrote. A test that could not be started is one that failed; one that is
# disabled, or said by its exit code or output that it was skipped, is skipped. A program that passed or failed may have
# skipped single functions: each of them is one more that was skipped.
summary_add_junit() {
    local counts
    counts=$(awk '
        /<testcase /             { status = $0; sub(/.* status="/, "", status); sub(/".*/, "", status) }
        /<testcase / && status == "run"      { passed++ }
        /<testcase / && status == "fail"     { failed++ }
        /<testcase / && status == "disabled" { skipped++ }
        /<skipped / && status == "notrun"    { if (/SKIP_/) skipped++; else failed++ }
        /^(\t*<system-out>)?SKIP   : / && (status == "run" || status == "fail") { skipped++ }
        END { print passed + 0, failed + 0, skipped + 0 }' "$1")
    # shellcheck disable=SC2086 # three numbers
    summary_add $counts
}

# Says the closing line, and whether it is a good one: something ran and nothing failed.
summary_close() {
    printf '%d passed, %d failed, %d skipped\n' "$summary_passed" "$summary_failed" "$summary_skipped"
    ((summary_failed == 0 && summary_passed > 0))
}
