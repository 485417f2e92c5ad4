# SPDX-FileCopyrightText: 2026 The Quaymaster authors
# SPDX-License-Identifier: GPL-3.0-or-later
# Completion of quay(1) for fish.

complete -c quay -f

complete -c quay -n __fish_use_subcommand -a ports -d 'Show who listens on which port'
complete -c quay -n __fish_use_subcommand -a why -d 'Show who holds a port, and why it runs'
complete -c quay -n __fish_use_subcommand -a wait -d 'Wait until servers are ready or ports are free'
complete -c quay -n __fish_use_subcommand -a free -d 'End whoever holds a port, and prove that it is free'
complete -c quay -n __fish_use_subcommand -a stop -d 'End processes, and prove that their ports are free'
complete -c quay -n __fish_use_subcommand -a again -d 'Start again what was ended'
complete -c quay -n __fish_use_subcommand -a audit -d 'Show which processes were ended, and what came of it'
complete -c quay -n __fish_use_subcommand -a up -d 'Start servers, with whatever they need'
complete -c quay -n __fish_use_subcommand -a check -d 'Check whether servers can be started'
complete -c quay -n __fish_use_subcommand -a import -d 'Make quaymaster.yaml of another tool\'s file'
complete -c quay -n __fish_use_subcommand -a help -d 'Show how a command is used'
complete -c quay -n __fish_use_subcommand -l version -d 'Show the version'
complete -c quay -s h -l help -d 'Show this help'

complete -c quay -n '__fish_seen_subcommand_from ports' -l tcp -d 'Only TCP'
complete -c quay -n '__fish_seen_subcommand_from ports' -l udp -d 'Only UDP'
complete -c quay -n '__fish_seen_subcommand_from ports' -l all -d 'Also system services and hidden owners'
complete -c quay -n '__fish_seen_subcommand_from ports' -l watch -d 'Go on and print what changes'
complete -c quay -n '__fish_seen_subcommand_from ports why wait free stop again audit check import' -l json -d 'Print JSON'

complete -c quay -n '__fish_seen_subcommand_from wait' -l timeout -x -a '10s 60s 2m 10m' -d 'How long at most'
complete -c quay -n '__fish_seen_subcommand_from wait' -a 'free: tcp: http:// https://'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l force -d 'Kill at once instead of asking first'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l grace -x -a '500ms 2s 5s 30s' -d 'How long to wait after asking before killing'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l scope -x -a 'process tree session' -d 'What goes with it'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l drain -x -a '5s 30s 2m' -d 'Wait so long for its connections to end first'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l signal -x -a 'TERM INT QUIT HUP' -d 'Ask with this signal'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l stop-manager -d 'Stop the unit or container it runs in, or what would start it again'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l dry-run -d 'Only show what would be done'
complete -c quay -n '__fish_seen_subcommand_from again' -l dry-run -d 'Only show what would be started'
complete -c quay -n '__fish_seen_subcommand_from again' -l anyway -d 'Start it even where somebody else has its port by now'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l yes -d 'Do not ask'
complete -c quay -n '__fish_seen_subcommand_from free stop' -l no-ask-password -d 'Do not ask for a password'
complete -c quay -n '__fish_seen_subcommand_from audit' -l since -x -a '30m 12h 2d 7d' -d 'Only since then'
complete -c quay -n '__fish_seen_subcommand_from audit' -l limit -x -d 'Only the last so many'
complete -c quay -n '__fish_seen_subcommand_from up' -s f -l file -r -F -d 'The file that describes them'
complete -c quay -n '__fish_seen_subcommand_from up' -l foreground -d 'Show their output here'
complete -c quay -n '__fish_seen_subcommand_from check' -s f -l file -r -F -d 'The file that describes them'
complete -c quay -n '__fish_seen_subcommand_from import' -F
complete -c quay -n '__fish_seen_subcommand_from import' -l output -r -F -d 'Write to this file'
complete -c quay -n '__fish_seen_subcommand_from import' -l from -x -a 'procfile process-compose compose supervisord package.json' -d 'Whose file it is'
complete -c quay -n '__fish_seen_subcommand_from help' -a 'ports why wait free stop again audit up check import'
