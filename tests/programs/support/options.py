# SPDX-License-Identifier: MIT
"""Options and their tests: each option that a program lists in --help needs a test which fails if
the option is ignored, and which says so with @covers."""
import ast
import pathlib
import re

from . import process, programs

_TESTS = pathlib.Path(__file__).resolve().parents[1]
_HELP_LINE = re.compile(r"  (?:-\S, |    )?(--[a-z0-9][a-z0-9-]*)")


def covers(program, *options):
    """Marks a test that fails if `program` ignores one of these options, given by long name."""
    assert program and all(option.startswith("--") for option in options)
    return lambda test: test


def listed(program):
    """The long names of all options in the program's --help."""
    text = process.run([programs.under_test(program), "--help"]).check_ok().text
    names = {match[1] for match in map(_HELP_LINE.match, text.splitlines()) if match}
    assert {"--help", "--version"} <= names, f"this is no list of options:\n{text}"
    return names


def covered(program):
    """Option -> the tests that are marked with it, of all modules beside this folder."""
    found = {}
    for path in sorted(_TESTS.glob("test_*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name.startswith("test_"):
                for option in _marks(function, program):
                    found.setdefault(option, []).append(f"{path.name}::{function.name}")
    return found


def _marks(function, program):
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "covers":
            owner, *options = (ast.literal_eval(argument) for argument in decorator.args)
            if owner == program:
                yield from options


def check_all_covered(program):
    """Every option is covered, and every mark names an option that exists."""
    options, marks = listed(program), covered(program)
    untested = sorted(options - set(marks))
    assert not untested, (
        f"no test says @covers({program!r}, ...) for {', '.join(untested)}")
    stale = {option: tests for option, tests in marks.items() if option not in options}
    assert not stale, f"tests of options that {program} --help does not list: {stale}"
