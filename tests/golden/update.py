#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what the library does into the `events` blocks of scenario files.

usage: update.py [--empty-only] SCENARIOS FILE.md...

SCENARIOS is the `scenarios` program. Review every line of the resulting change: the files say what
the library must do, not what it happens to do.
"""
import subprocess
import sys


def record(program, path):
    """The events of every scenario of a file, by title."""
    text = subprocess.run([program, "print", path], check=True, stdout=subprocess.PIPE).stdout
    logs = {}
    title = None
    for line in text.decode().splitlines():
        if line.startswith("=== "):
            title = line.split(": ", 1)[1]
            logs[title] = []
        else:
            logs[title].append(line)
    return logs


def rewrite(path, logs, empty_only):
    """Replaces the lines of the `events` blocks; with empty_only, of those without lines."""
    with open(path, encoding="utf-8") as source:
        lines = source.read().splitlines()
    result = []
    title = None
    block = None
    for line in lines:
        if block is not None:
            if line.strip() == "```":
                result += block if block and empty_only else logs[title]
                result.append(line)
                block = None
            else:
                block.append(line)
            continue
        if line.startswith("## "):
            title = line[3:].strip()
        result.append(line)
        if line.strip() == "```events":
            block = []
    text = ("\n".join(result) + "\n").encode()
    with open(path, "wb") as target:
        target.write(text)


def main():
    arguments = sys.argv[1:]
    empty_only = "--empty-only" in arguments
    arguments = [argument for argument in arguments if argument != "--empty-only"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    for path in arguments[1:]:
        rewrite(path, record(arguments[0], path), empty_only)


main()
