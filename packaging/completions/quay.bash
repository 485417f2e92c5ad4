# SPDX-FileCopyrightText: 2026 The Quaymaster authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of quay(1) for bash.

_quay_files()
{
    compopt -o filenames # readline adds a slash to directories, and escapes what has to be
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_quay()
{
    local word=${COMP_WORDS[COMP_CWORD]}
    local previous=${COMP_WORDS[COMP_CWORD - 1]}
    local verb=${COMP_WORDS[1]}
    local words=

    if ((COMP_CWORD == 1)); then
        words='ports why wait free stop again audit up down start restart status startup logs check import help --help --version'
    else
        case $verb in
        ports) words='--tcp --udp --all --json --watch --help' ;;
        why) words='--json --help' ;;
        wait)
            if [[ $previous == --timeout ]]; then
                words='10s 60s 2m 10m'
            else
                words='--timeout --json --help free: server: tcp: http:// https://'
            fi
            ;;
        free | stop)
            case $previous in
            --grace) words='500ms 2s 5s 30s' ;;
            --scope) words='process tree session' ;;
            --drain) words='5s 30s 2m' ;;
            --signal) words='TERM INT QUIT HUP' ;;
            *) words='--force --grace --scope --drain --signal --stop-manager --dry-run --yes --no-ask-password --json --help'
                [[ $verb != stop ]] || words+=' --file --timeout'
                ;;
            esac
            ;;
        again) words='--dry-run --anyway --json --help' ;;
        audit)
            if [[ $previous == --since ]]; then
                words='30m 12h 2d 7d'
            else
                words='--since --limit --json --help'
            fi
            ;;
        up | down | start | restart | status)
            case $previous in
            -f | --file)
                _quay_files "$word"
                return
                ;;
            --timeout) words='10s 60s 2m 10m' ;;
            *)
                case $verb in
                up) words='--foreground --file --wait --timeout --json --help' ;;
                down) words='--file --force --timeout --json --help' ;;
                status) words='--file --watch --json --help' ;;
                *) words='--file --wait --timeout --json --help' ;;
                esac
                ;;
            esac
            ;;
        startup)
            if [[ $previous == -f || $previous == --file ]]; then
                _quay_files "$word"
                return
            fi
            words='--file --run --list --json --help'
            ;;
        logs)
            case $previous in
            --since) words='10m 2h 1d' ;;
            --run) words='1 2 3' ;;
            -n | --lines) words='20 100 1000' ;;
            --file)
                _quay_files "$word"
                return
                ;;
            *) words='--follow --since --grep --run --lines --timestamps --alerts --probes --json --file --help' ;;
            esac
            ;;
        check)
            if [[ $previous == -f || $previous == --file ]]; then
                _quay_files "$word"
                return
            fi
            words='--file --json --help'
            ;;
        import)
            if [[ $previous == --from ]]; then
                words='procfile process-compose compose supervisord package.json'
            elif [[ $word == -* ]]; then
                words='--output --from --json --help'
            else
                _quay_files "$word"
                return
            fi
            ;;
        help) words='ports why wait free stop again audit up down start restart status startup logs check import --help' ;;
        esac
    fi
    # A word with a colon is several to readline, which then wants only what stands behind it.
    local line=${COMP_LINE:0:COMP_POINT}
    local typed=${line##*[[:space:]]}
    local before=
    if [[ $typed == *:* && $COMP_WORDBREAKS == *:* ]]; then
        before=${typed%"${typed##*:}"}
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$typed")
    COMPREPLY=("${COMPREPLY[@]#"$before"}")
    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *[:/] ]]; then
        compopt -o nospace # the word goes on
    fi
}

complete -o nosort -F _quay quay
