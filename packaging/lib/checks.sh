# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What .ci/run looks at besides the tests. Each check_... is run from the checkout and says by its exit code whether
# all is well; what it prints is shown when it is not.

checks_fuzz_seconds=60
checks_lint_seconds=420

# checks_run NAME FUNCTION: runs one check, says how it ended and how long it took, and adds it to the summary.
checks_run() {
    local log="$say_logs/check-$1.log" begin=$SECONDS status
    say "Check: $1 ..."
    # A process of its own, which the first command in it that fails ends. Not in a condition, where "set -e" is off.
    set +e
    (
        set -euo pipefail
        "$2"
    ) >"$log" 2>&1 </dev/null
    status=$?
    set -e
    if ((status == 0)); then
        say "       passed in $((SECONDS - begin)) s"
        summary_add 1 0 0
    else
        tail -n 60 "$log" | sed 's/^/    /' >&2
        say "       FAILED in $((SECONDS - begin)) s; all of its output: $log"
        summary_add 0 1 0
    fi
}

# checks_files PATTERN...: the files of the checkout that git knows, one a line.
checks_files() {
    git ls-files -- "$@"
}

check_format() {
    checks_files '*.cpp' '*.h' | platform_run xargs --delimiter='\n' --no-run-if-empty \
        clang-format-19 --dry-run -Werror
}

check_shell() {
    platform_run shellcheck --check-sourced \
        .ci/run packaging/run.sh packaging/test.sh packaging/lib/{enter,cure,session}.sh packaging/ci/*.sh \
        packaging/tests/*.sh
}

check_spelling() {
    checks_files | platform_run xargs --delimiter='\n' codespell
}

# The product's sources in the order in which they, or their headers, changed last; then whatever is new. Those few that
# include what a build makes of them are left out.
checks_latest_sources() {
    {
        git log --format= --name-only -- 'core/*.cpp' 'app/*.cpp' 'core/*.h' 'app/*.h' | sed 's/\.h$/.cpp/'
        checks_files 'core/*.cpp' 'app/*.cpp'
    } | awk '!seen[$0]++' | while read -r source; do
        if [[ -f $source ]] && ! grep --quiet '\.moc"' "$source"; then
            printf '%s\n' "$source"
        fi
    done
}

# check_lint: what .clang-tidy calls an error, beginning with what changed last, as all of it takes most of an hour on
# two cores. Left out is what takes as long as all others, and what does not follow an optional behind a smart pointer.
# With the commands of the preset dev, since that has no precompiled headers; nothing has to be built for it.
check_lint() {
    build_configure dev
    checks_latest_sources | platform_run packaging/ci/lint.sh "$checks_lint_seconds" \
        '-*,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-unchecked-optional-access,concurrency-*,-concurrency-mt-unsafe,performance-*,-performance-enum-size,-performance-unnecessary-value-param,readability-identifier-naming'
}

# Every fuzz target for its share of the time, beginning with its corpus and leaving that as it is. They are of what the
# tests with sanitizers have built.
check_fuzz() {
    local source name found share
    local -a sources names=()
    mapfile -t sources < <(checks_files 'tests/fuzz/fuzz_*.cpp')
    for source in "${sources[@]}"; do
        names+=("$(basename "$source" .cpp)")
    done
    build_preset dev-asan fuzzers
    share=$((checks_fuzz_seconds / ${#names[@]} + 1))
    for name in "${names[@]}"; do
        found="build/dev-asan/found/$name"
        mkdir -p "$found"
        echo "$name"
        platform_run "build/dev-asan/bin/$name" -max_total_time="$share" -artifact_prefix="build/dev-asan/found/$name-" \
            -print_final_stats=1 "$found" "tests/fuzz/corpus/${name#fuzz_}"
    done
}

# Collecting the texts anew changes nothing, and every text is translated.
check_translations() {
    local kept status=0
    kept=$(mktemp --directory)
    cp translations/*.ts "$kept"
    platform_run cmake --build --preset ci --target update_translations || status=$?
    diff --unified "$kept" translations --exclude=CMakeLists.txt || status=$?
    cp "$kept"/*.ts translations
    rm --recursive "$kept"
    if grep --line-number 'type="unfinished"' translations/*.ts; then
        status=1
    fi
    return "$status"
}

check_desktop_file() {
    platform_run desktop-file-validate packaging/desktop/*.desktop
}

# The project has no home page to name yet.
check_metainfo() {
    platform_run appstreamcli validate --no-net --override=url-homepage-missing=info packaging/desktop/*.metainfo.xml
}

# quick_start PRESET: what somebody without a display sees of it, twice; and in a root, that the program stands alone.
quick_start() {
    local -a surroundings=(--unset=DISPLAY --unset=WAYLAND_DISPLAY --unset=QT_QPA_PLATFORM QUAY_PRESET="$1")
    env "${surroundings[@]}" packaging/run.sh
    env "${surroundings[@]}" packaging/run.sh
    packaging/tests/native.sh "build/$1/prefix/bin/quaymaster"
}

# Of what the tests have built, linked anew: building it once more takes a quarter of an hour on a slow machine.
check_run() {
    quick_start ci
}

# As everybody does it, from the very beginning.
check_first_run() {
    quick_start release
}
