#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Tests of the packaging scripts that need neither network nor root. Each test_... is run in a process and a scratch
# folder of its own; what it prints is shown when it fails.
# shellcheck disable=SC2317 # tests and stand-ins are called by name
set -euo pipefail

packaging=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

# same WANTED GOT
same() {
    if [[ $1 != "$2" ]]; then
        printf 'wanted: %s\ngot:    %s\n' "$1" "$2"
        exit 1
    fi
}

# refuses PATTERN COMMAND...: COMMAND fails and says something that matches.
refuses() {
    local pattern=$1 said
    shift
    if said=$("$@" 2>&1); then
        printf 'did not fail: %s\n' "$*"
        exit 1
    fi
    if [[ ! $said =~ $pattern ]]; then
        printf 'wanted something like: %s\ngot: %s\n' "$pattern" "$said"
        exit 1
    fi
}

# Stands in for mmdebstrap and for what needs root.
fake_roots() {
    root_privileged() { "${@:2}"; }
    root_bootstrap() { mkdir "$1" && echo made >>"$root_cache/made"; }
    root_cure() { true; }
}

test_lists_are_names_without_comments_and_repetition() {
    printf 'b a # c d\n\n#e\n\ta\n' >one
    printf 'z\n' >two

    same $'a\nb\nz' "$(lists_read one two)"
}

test_a_root_is_named_after_its_packages_only() {
    echo 'a b' >list
    printf '# why\nb\na\n' >same
    echo 'a b c' >longer

    same "$(root_path list)" "$(root_path same)"
    [[ $(root_path list) != "$(root_path longer)" ]]
    [[ $(root_path list) =~ ^"$XDG_CACHE_HOME"/quaymaster/root-[0-9a-f]{12}$ ]]
}

test_every_family_has_its_lists() {
    local family
    for family in debian fedora suse arch; do
        [[ -n $(lists_read "$packaging/packages/$family-run.txt") ]]
        [[ -n $(lists_read "$packaging/packages/$family-test.txt") ]]
    done
}

test_versions_are_compared_as_numbers() {
    platform_recent 6.8.2 6.8
    platform_recent 6.13 6.9
    refuses '^$' platform_recent 6.4.2+dfsg-10 6.8
    refuses '^$' platform_recent 6.9 6.13
    refuses '^$' platform_recent '' 6.8
    same 6.13.0-1 "$(echo 4:6.13.0-1 | packages_without_epoch)"
}

# platform_chosen INSTALLED OFFERED: what is chosen on a distribution with these versions of Qt and KF.
platform_chosen() {
    local installed=$1 offered=$2
    packages_family() { echo debian; }
    packages_installed() { echo "$installed"; }
    packages_candidate() { echo "$offered"; }
    platform_set_up_here() { echo here; }
    platform_set_up_root() { echo root; }
    platform_set_up run
}

test_the_platform_is_this_system_where_its_versions_suffice() {
    same here "$(platform_chosen 6.13 6.13)"
    same here "$(platform_chosen '' 6.14)"
    same root "$(platform_chosen '' 6.4)"
    same root "$(platform_chosen 6.10 6.10)"
}

test_a_root_that_is_there_is_taken_without_asking_the_package_manager() {
    mkdir -p "$(platform_root_of run)"

    same root "$(platform_chosen '' 6.14)"
}

test_a_root_is_made_once() {
    fake_roots
    echo a >list

    root_make "$(root_path list)" list 2>/dev/null
    root_make "$(root_path list)" list

    same made "$(<"$root_cache/made")"
    [[ -d $(root_path list) ]]
}

test_an_interrupted_root_does_not_count() {
    fake_roots
    say_begin "$PWD/log"
    echo a >list
    mkdir -p "$(root_path list).partial/left-over"
    root_cure() { false; }
    refuses 'what to do' root_make "$(root_path list)" list
    [[ ! -d $(root_path list) ]]
    root_cure() { true; }

    root_make "$(root_path list)" list 2>/dev/null

    [[ -d $(root_path list) && ! -e $(root_path list)/left-over && ! -e $(root_path list).partial ]]
}

test_only_roots_that_nobody_needs_are_removed() {
    fake_roots
    mkdir -p "$root_cache"/root-{new,mine,gone,other}
    echo "$checkout" >"$root_cache/root-mine/checkouts"
    echo "$PWD/gone" >"$root_cache/root-gone/checkouts"
    printf '%s\n' "$PWD/gone" "$PWD" >"$root_cache/root-other/checkouts"

    root_drop_unused "$root_cache/root-new" 2>said

    same 'root-new root-other' "$(cd "$root_cache" && echo root-*)"
    same 2 "$(grep --count removing said)"
}

test_a_failure_names_step_command_and_advice() {
    say_begin "$PWD/log"
    say_step 2 'making it' 2>/dev/null
    fails() {
        echo 'the reason'
        return 3
    }

    refuses 'the reason.*Failed: step 2/5, making it.*command: *fails now.*what to do: *try again' \
        say_attempt making 'try again' fails now
}

test_a_build_with_nothing_to_do_says_nothing() {
    same '' "$(printf 'ninja: no work to do.\n[0/1] Install the project...\n' | say_progress 4 building 2>&1)"
    same '[4/5] building, 7 steps ...' "$(printf '[1/7] cc a\n[2/7] cc b\n' | say_progress 4 building 2>&1)"
}

test_links_to_a_root_in_a_path_with_a_space() {
    mkdir -p 'the root/lib64' 'the root/usr/lib/x86_64-linux-gnu' prefix/bin
    touch 'the root/lib64/ld-linux-x86-64.so.2'
    install /dev/null prefix/bin/program

    same "-DCMAKE_EXE_LINKER_FLAGS=-Wl,--disable-new-dtags '-Wl,--dynamic-linker,the root/lib64/ld-linux-x86-64.so.2' \
'-Wl,-rpath,the root/usr/lib/x86_64-linux-gnu'" "$(native_link_options 'the root' | tail -n 1)"
    native_write_qtconf 'the root' prefix
    same 'Prefix="the root/usr"' "$(grep Prefix prefix/bin/qt.conf)"
    same 'Plugins=lib/x86_64-linux-gnu/qt6/plugins' "$(grep Plugins prefix/bin/qt.conf)"
}

test_the_summary_counts_what_ctest_wrote() {
    cat >results.xml <<'EOF'
<testsuite name="x" tests="5" failures="1" disabled="1" skipped="2">
	<testcase name="a" classname="a" time="0.1" status="run">
	</testcase>
	<testcase name="b" classname="b" time="0.1" status="fail">
		<failure message=""/>
	</testcase>
	<testcase name="c" classname="c" time="0.1" status="notrun">
		<skipped message="SKIP_RETURN_CODE=4"/>
	</testcase>
	<testcase name="d" classname="d" time="0.1" status="notrun">
		<skipped message="Unable to find executable"/>
	</testcase>
	<testcase name="e" classname="e" time="0.1" status="disabled">
		<skipped message="Disabled"/>
	</testcase>
</testsuite>
EOF
    summary_add_junit results.xml

    refuses '^1 passed, 2 failed, 2 skipped$' summary_close
}

test_the_summary_counts_single_functions_that_were_skipped() {
    cat >results.xml <<'EOF'
<testsuite name="x" tests="4" failures="1" disabled="0" skipped="1">
	<testcase name="a" classname="a" time="0.1" status="run">
		<system-out>********* Start testing of a *********
PASS   : a::initTestCase()
SKIP   : a::needsRoot(tcp) only root can
   Loc: [a.cpp(7)]
SKIP   : a::needsNode() there is no node
</system-out>
	</testcase>
	<testcase name="b" classname="b" time="0.1" status="run">
		<system-out>SKIP   : b::first() at once
PASS   : b::says(SKIP   : nothing)
</system-out>
	</testcase>
	<testcase name="c" classname="c" time="0.1" status="fail">
		<failure message=""/>
		<system-out>FAIL!  : c::breaks()
SKIP   : c::waits() no display
</system-out>
	</testcase>
	<testcase name="d" classname="d" time="0.1" status="notrun">
		<skipped message="SKIP_REGULAR_EXPRESSION_MATCHED"/>
		<system-out>SKIP   : d::initTestCase() no display
</system-out>
	</testcase>
</testsuite>
EOF
    summary_add_junit results.xml

    refuses '^2 passed, 1 failed, 5 skipped$' summary_close
}

test_what_is_skipped_late_in_a_long_output_counts() {
    mkdir -p build/ci
    platform_run() { "${@:2}"; } # without a session
    checkout=$PWD
    cat >CMakePresets.json <<'EOF'
{"version": 6,
 "configurePresets": [{"name": "ci", "binaryDir": "${sourceDir}/build/ci"}],
 "testPresets": [{"name": "ci", "configurePreset": "ci", "output": {"quiet": true}}]}
EOF
    cat >long.sh <<'EOF'
for ((row = 0; row < 200; row++)); do echo "PASS   : long::row($row)"; done
echo 'SKIP   : long::last() why'
EOF
    echo "add_test(long \"$BASH\" \"$PWD/long.sh\")" >build/ci/CTestTestfile.cmake

    tests_run ci

    same '1 passed, 0 failed, 1 skipped' "$(summary_close)"
}

test_interrupted_configuring_is_done_again() {
    checkout=$PWD
    platform_root=
    mkdir -p build/ci
    echo '{}' >CMakePresets.json
    platform_run() {
        [[ $1 == cmake ]] || return 0
        touch build/ci/build.ninja
        echo configured >>ran
    }

    build_configure ci
    build_configure ci
    same 1 "$(grep --count configured ran)"
    rm build/ci/build.ninja
    build_configure ci

    same 2 "$(grep --count configured ran)"
}

test_without_a_display_the_way_to_the_window_is_said() {
    local said
    said=$(say_no_display /a/quay '/a checkout/run.sh' --demo 'a b' 2>&1)

    [[ $said == *DISPLAY*WAYLAND_DISPLAY*'ssh -X'* ]]
    grep --quiet --line-regexp --fixed-strings '    /a\ checkout/run.sh --demo a\ b' <<<"$said"
    grep --quiet --line-regexp 'All of quay works without a display: /a/quay help' <<<"$said"
    [[ $said != *xvfb* ]]
}

# Stands in for a checkout whose programs are built.
built_checkout() {
    mkdir -p checkout/packaging/lib checkout/build/release/prefix/bin
    cp "$packaging/run.sh" checkout/packaging/
    cp "$packaging/lib/"*.sh checkout/packaging/lib/
    cat >>checkout/packaging/lib/all.sh <<'EOF'
platform_set_up() { true; }
build_preset() { true; }
EOF
    printf '#!/bin/sh\necho "table $*"\n' >checkout/build/release/prefix/bin/quay
    chmod +x checkout/build/release/prefix/bin/quay
}

test_run_without_a_display_keeps_the_arguments() {
    local said
    built_checkout

    said=$(env --unset=DISPLAY --unset=WAYLAND_DISPLAY --unset=QT_QPA_PLATFORM --unset=QUAY_PRESET \
        checkout/packaging/run.sh --demo 2>&1)

    [[ $said == 'table ports'* ]]
    grep --quiet --line-regexp --fixed-strings "    $(printf '%q' "$PWD")/checkout/packaging/run.sh --demo" <<<"$said"
}

test_nothing_run_is_a_failure() {
    refuses '^0 passed, 0 failed, 0 skipped$' summary_close
    summary_add 1 0 3
    same '1 passed, 0 failed, 3 skipped' "$(summary_close)"
}

test_runs_from_any_directory_and_in_a_path_with_a_space() {
    local tool
    mkdir -p 'a checkout' bin
    cp -r "$packaging" 'a checkout/packaging'
    for tool in bash dirname mkdir; do
        ln -s "$(command -v "$tool")" bin/
    done
    tool="$PWD/a checkout/packaging/run.sh"
    PATH=$PWD/bin
    cd /

    refuses 'Failed: .*apt-get, dnf, zypper or pacman.*what to do: ' "$tool"
}

# run_test NAME SCRATCH: one test, in a process of its own, where the first command that fails ends it.
run_test() {
    set -euo pipefail
    mkdir "$2/here"
    cd "$2/here"
    export XDG_CACHE_HOME="$2/cache"
    source "$packaging/lib/all.sh"
    say_begin "$2/log"
    "$1"
}

tests_failed=0
for test_name in $(declare -F | sed -n 's/^declare -f \(test_.*\)/\1/p'); do
    scratch=$(mktemp --directory)
    # Not "if (run_test ...)": what a condition runs is not ended by "set -e".
    set +e
    (run_test "$test_name" "$scratch") >"$scratch/output" 2>&1
    status=$?
    set -e
    if ((status == 0)); then
        echo "PASS   : $test_name"
    else
        echo "FAIL   : $test_name"
        sed 's/^/         /' "$scratch/output"
        tests_failed=$((tests_failed + 1))
    fi
    rm --recursive --force "$scratch"
done
((tests_failed == 0))
