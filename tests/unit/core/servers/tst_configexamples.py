#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Quaymaster authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates the example files with the published JSON Schema of quaymaster.yaml, as an editor would.

Good files are valid, bad ones are not. What is wrong beyond what a schema can say (`wrong/`) is for tst_configschema.cpp,
which has the reader read the same files.
"""

import json
import pathlib
import sys

try:
    import jsonschema
    import yaml
except ImportError:
    print("python3-jsonschema or python3-yaml is not installed")
    sys.exit(77)


def main():
    schema = json.loads(pathlib.Path(sys.argv[1]).read_text())
    examples = pathlib.Path(sys.argv[2])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    failures = 0
    counts = {}
    for kind in ("good", "bad"):
        for path in sorted((examples / kind).glob("*.yaml")):
            errors = list(validator.iter_errors(yaml.safe_load(path.read_text())))
            is_expected = bool(errors) == (kind == "bad")
            print("ok  " if is_expected else "FAIL", path.name)
            if not is_expected:
                for error in errors:
                    print("     ", error.json_path, error.message[:300])
            failures += not is_expected
            counts[kind] = counts.get(kind, 0) + 1
    if counts.get("good", 0) < 2 or counts.get("bad", 0) < 30:
        print("FAIL examples are missing:", counts)
        failures += 1
    sys.exit(failures > 0)


main()
