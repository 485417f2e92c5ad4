# SPDX-FileCopyrightText: 2026 The Quaymaster authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that says that it is up, and is not: misfit.py HOW PORT [OTHER_PORT]."""

import os
import signal
import socket
import sys
import time

how, port = sys.argv[1], int(sys.argv[2])
other = int(sys.argv[3]) if len(sys.argv) > 3 else 0


def say_up():
    print("Application startup complete.", flush=True)


def listen(address=("127.0.0.1", port), family=socket.AF_INET, backlog=128):
    server = socket.socket(family)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(address)
    server.listen(backlog)
    return server


def serve(server):
    while True:
        connection, _ = server.accept()
        connection.close()


if how == "mute":  # a job blocks the event loop before the port is opened
    say_up()
    signal.pause()
elif how == "deaf":
    socket_of_mine = listen()
    say_up()
    signal.pause()
elif how == "stopped":
    socket_of_mine = listen()
    say_up()
    os.kill(os.getpid(), signal.SIGSTOP)
elif how == "burning":
    socket_of_mine = listen()
    say_up()
    while True:
        pass
elif how == "half":  # one of its two ports is served by a job that hangs
    server, other_server = listen(), listen(("127.0.0.1", other))
    say_up()
    serve(server)
elif how == "single":  # is there for one client and ends with it, as a debugger does
    server = listen(backlog=1)
    say_up()
    server.accept()
elif how == "tiring":  # takes no connections, and after a while a reason shows
    socket_of_mine = listen()
    say_up()
    while not os.path.exists("tired"):
        time.sleep(0.02)
    while True:
        pass
elif how == "ipv6":
    server = listen(("::1", port), socket.AF_INET6)
    say_up()
    serve(server)
elif how == "elsewhere":
    server = listen(("127.0.0.1", other))
    print(f"  Local:   http://localhost:{other}/", flush=True)
    serve(server)
elif how == "breathing":  # says that it is alive, until it hangs
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.connect(os.environ["NOTIFY_SOCKET"].replace("@", "\0", 1))
    notify.send(b"READY=1\nSTATUS=taking orders")
    while not os.path.exists("hang"):
        notify.send(b"WATCHDOG=1")
        time.sleep(float(os.environ["WATCHDOG_USEC"]) / 1e6 / 10)
    os.remove("hang")
    signal.pause()
elif how == "late":  # comes to its port when somebody else has it
    print("about to listen", flush=True)
    while not os.path.exists("go"):
        time.sleep(0.01)
    try:
        server = listen()
    except OSError:
        pass
    say_up()
    signal.pause()
elif how == "waiting":
    while True:
        try:
            socket.create_connection(("127.0.0.1", other)).close()
            break
        except ConnectionRefusedError:
            print(f"Error: connect ECONNREFUSED 127.0.0.1:{other}", flush=True)
            time.sleep(0.2)
    print("connected", flush=True)
    serve(listen())
elif how == "migrating":
    print("migrating", flush=True)
    if os.path.exists("slow"):
        time.sleep(4)  # far beyond what a busy machine does to the starts before
    print("migrated in 120 ms", flush=True)
    server = listen()
    say_up()
    serve(server)
