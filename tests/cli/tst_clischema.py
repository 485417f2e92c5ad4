#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Quaymaster authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates what `quay --json` prints, and the golden files, against the published JSON Schemas.

A key that a schema does not know is an error here, though readers must accept it: so none stays undocumented.
"""

import json
import os
import pathlib
import signal
import socket
import struct
import subprocess
import sys
import tempfile

try:
    import jsonschema
    from referencing import Registry, Resource
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

TIMEOUT_SECONDS = 30

SERVER = """
import signal, socket
with socket.create_server(("127.0.0.1", 0)) as listening:
    print(listening.getsockname()[1], flush=True)
    signal.pause()
"""


def strict(schema):
    """The same schema, with every object closed."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    if "properties" in closed and "type" in closed:
        closed["additionalProperties"] = False
    return closed


def load_validators(directory):
    schemas = {path.name: strict(json.loads(path.read_text())) for path in directory.glob("*.schema.json")}
    registry = Registry().with_resources(
        [(name, Resource.from_contents(schema)) for name, schema in schemas.items()])
    validators = {}
    for name, schema in schemas.items():
        jsonschema.Draft202012Validator.check_schema(schema)
        validators[name] = jsonschema.Draft202012Validator(schema, registry=registry)
    return validators


class Checker:
    def __init__(self, quay, validators):
        self.quay = quay
        self.validators = validators
        self.failures = 0

    def check(self, what, schema, text):
        errors = list(self.validators[schema].iter_errors(json.loads(text)))
        print("FAIL" if errors else "ok  ", what)
        for error in errors:
            print("     ", error.json_path, error.message[:300])
        self.failures += bool(errors)

    def check_run(self, words, schema, exit_code):
        result = subprocess.run([self.quay, *words], capture_output=True, timeout=TIMEOUT_SECONDS, check=False)
        if result.returncode != exit_code:
            print("FAIL", words, "ended with", result.returncode, result.stderr.decode())
            self.failures += 1
            return
        self.check(" ".join(words), schema, result.stdout)

    def check_watch(self, port):
        with subprocess.Popen([self.quay, "ports", str(port), "--watch", "--json"], stdout=subprocess.PIPE) as watch:
            line = watch.stdout.readline()
            watch.send_signal(signal.SIGINT)
        self.check("ports --watch", "quay-ports-watch.schema.json", line)


    def check_ending(self):
        """Whoever is ended here is a child of ours."""
        with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE) as server:
            port = server.stdout.readline().decode().strip()
            for words in (["free", port, "--dry-run"], ["free", port, "--scope", "tree", "--yes"], ["free", port]):
                self.check_run([*words, "--json"], "quay-ending.schema.json", 0)
        with subprocess.Popen(["sleep", "1h"]) as sleeper, subprocess.Popen(["sleep", "1h"]) as another:
            both = [str(sleeper.pid), str(another.pid)]
            self.check_run(["stop", *both, "--json"], "quay-ending.schema.json", 2) # nobody is there to agree
            self.check_run(["stop", *both, "--force", "--yes", "--json"], "quay-ending.schema.json", 0)
        self.check_run(["again", "--dry-run", "--json"], "quay-again.schema.json", 0)
        self.check_run(["audit", "--json"], "quay-audit.schema.json", 0)


    def check_logs(self, directory):
        """Of a server that has written a line to each output."""
        (directory / "quaymaster.yaml").write_text(
            "servers: {api: {command: 'echo one; echo two >&2', alerts: [{pattern: one}, {pattern: three}]}, db: {command: run}}\n")
        file = str(directory / "quaymaster.yaml")
        subprocess.run([self.quay, "up", "--foreground", "api", "--file", file], capture_output=True,
                       timeout=TIMEOUT_SECONDS, check=True)
        result = subprocess.run([self.quay, "logs", "api", "--file", file, "--json"], capture_output=True,
                                timeout=TIMEOUT_SECONDS, check=True)
        lines = result.stdout.splitlines()
        self.failures += len(lines) != 2
        for line in lines:
            self.check("logs", "quay-logs.schema.json", line)
        self.check_run(["logs", "--file", file, "--alerts", "--json"], "quay-alerts.schema.json", 0)
        self.check_run(["logs", "db", "--file", file, "--alerts", "--json"], "quay-alerts.schema.json", 4)
        self.check_run(["logs", "db", "--file", file, "--probes", "--json"], "quay-probes.schema.json", 4)
        (directory / "quaymaster.yaml").write_text("servers: {api: {command: 'echo up; sleep 1', ready: [{log: up}]}}\n")
        subprocess.run([self.quay, "up", "--foreground", "api", "--file", file], capture_output=True,
                       timeout=TIMEOUT_SECONDS, check=True)
        self.check_run(["logs", "--file", file, "--probes", "--json"], "quay-probes.schema.json", 0)


    def check_servers(self, directory):
        """A project with something of each kind in it."""
        (directory / "quaymaster.yaml").write_text(
            "servers:\n  api:\n    command: run\n    ports: [65000]\n    preflight:\n"
            "      - {variable: QUAY_NOBODY_SETS_THIS, name: key}\n      - {command: 'echo no; exit 3', severity: warning}\n"
            "      - {disk: 1B}\n      - {version: python3 >= 2}\n      - {tcp: '127.0.0.1:9'}\n")
        (directory / "wrong.yaml").write_text("server: {}\nservers: {a: {comandd: x, ports: [0], needs: [b]}}\n")
        (directory / "Procfile").write_text("_web: run\n")
        self.check_run(["check", "--file", str(directory / "quaymaster.yaml"), "--json"], "quay-check.schema.json", 1)
        self.check_run(["check", "--file", str(directory / "wrong.yaml"), "--json"], "quay-check.schema.json", 2)
        self.check_run(["import", str(directory / "Procfile"), "--json"], "quay-import.schema.json", 0)
        self.check_starts(str(directory / "started.yaml"))

    def check_agent(self, directory):
        """The agent is ours, and ends with the test: its socket says which process it is."""
        project = directory / "managed.yaml"
        project.write_text("servers:\n  api: {command: sleep 600}\n  bad: {command: exit 3}\n"
                           "  deaf: {command: 'echo startup complete; sleep 600', ports: [64999], "
                           "ready: [{listening: 64999, deadline: 50ms}]}\n")
        about = ["--file", str(project), "--json"]
        self.check_run(["status", "--json"], "quay-status.schema.json", 4)
        self.check_run(["up", "--wait", *about], "quay-status.schema.json", 1)
        try:
            self.check_run(["wait", "server:nobody", "--timeout", "10ms", "--json"], "quay-wait.schema.json", 1)
            self.check_run(["status", "--json"], "quay-status.schema.json", 0)
            self.check_run(["restart", "api", "--wait", *about], "quay-status.schema.json", 0)
            with subprocess.Popen([self.quay, "status", "--watch", "--json"], stdout=subprocess.PIPE) as watch:
                line = watch.stdout.readline()
                watch.send_signal(signal.SIGINT)
            self.check("status --watch", "quay-status-watch.schema.json", line)
            self.check_run(["down", *about], "quay-status.schema.json", 0)
        finally:
            with socket.socket(socket.AF_UNIX) as agent:
                agent.connect(str(directory / "quaymaster" / "agent" / "socket"))
                pid = struct.unpack("3i", agent.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]
                signal.pidfd_send_signal(os.pidfd_open(pid), signal.SIGTERM)

    def check_starts(self, file):
        pathlib.Path(file).write_text("servers: {job: {command: 'echo up', phases: [{name: up, pattern: up}]}}\n")
        subprocess.run([self.quay, "up", "--foreground", "--file", file], stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS, check=True)
        self.check_run(["startup", "job", "--file", file, "--json"], "quay-startup.schema.json", 0)
        self.check_run(["startup", "job", "--file", file, "--list", "--json"], "quay-startup-list.schema.json", 0)


def main():
    quay, schemas, goldens = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    checker = Checker(quay, load_validators(schemas))

    for path in sorted(goldens.glob("*.json*")):
        lines = path.read_text().splitlines() if path.suffix == ".jsonl" else [path.read_text()]
        for line in lines:
            checker.check(path.name, path.stem + ".schema.json", line)

    with tempfile.TemporaryDirectory() as state:
        for variable in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
            os.environ[variable] = state
        checker.check_run(["audit", "--json"], "quay-audit.schema.json", 4)
        checker.check_ending()
        checker.check_servers(pathlib.Path(state))
        checker.check_agent(pathlib.Path(state))
        checker.check_logs(pathlib.Path(state))

    with socket.socket() as listening, socket.socket(socket.AF_INET6) as listening6, socket.socket() as bound, \
            socket.socket(type=socket.SOCK_DGRAM) as datagrams:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        listening6.bind(("::1", 0))
        listening6.listen()
        bound.bind(("127.0.0.1", 0))
        datagrams.bind(("127.0.0.1", 0))
        port = str(listening.getsockname()[1])
        port6 = str(listening6.getsockname()[1])
        free = str(bound.getsockname()[1])
        udp = str(datagrams.getsockname()[1])

        checker.check_run(["ports", "--all", "--json"], "quay-ports.schema.json", 0)
        checker.check_run(["ports", port, port6, "--json"], "quay-ports.schema.json", 0)
        checker.check_run(["ports", udp, "--udp", "--json"], "quay-ports.schema.json", 0)
        checker.check_run(["ports", free, "--tcp", "--json"], "quay-ports.schema.json", 4)
        checker.check_watch(port)
        checker.check_run(["why", port, "--json"], "quay-why.schema.json", 0)
        checker.check_run(["why", f"pid:{os.getpid()}", "--json"], "quay-why.schema.json", 0)
        checker.check_run(["why", f":{free}", "--json"], "quay-why.schema.json", 4)
        checker.check_run(["wait", port, f"tcp:[::1]:{port6}", "--json"], "quay-wait.schema.json", 0)
        checker.check_run(["wait", free, f"free:{port}", f"tcp:127.0.0.1:{free}", f"http://127.0.0.1:{free}/",
                           "--timeout", "100ms", "--json"], "quay-wait.schema.json", 1)

    sys.exit(checker.failures > 0)


main()
