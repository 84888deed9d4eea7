# SPDX-License-Identifier: MIT
"""Manual pages and completion say what --help says, and the parser agrees with all of them."""
import os
import pathlib
import re
import shlex
import shutil
import subprocess

import pytest

from support import process, programs

PROGRAMS = ("nghttp", "nghttpd", "h2load", "deflatehd", "inflatehd")
OPTION = re.compile(r"(?:-(?P<short>\w), )?--(?P<long>[a-z0-9-]+)"
                    r"(?:=(?P<argument><.*)|\[=(?P<optional><.*)\])?")


def document(name, kind):
    return process.run([programs.under_test(name), f"--documentation={kind}"]).check_ok().text


def built(name, *place):
    """What make has made of a document."""
    program = pathlib.Path(programs.under_test(name))
    top = next(folder for folder in program.parents if (folder / "config.status").exists())
    return top.joinpath("doc", *place).read_text()


def one_line(text):
    return " ".join(text.split())


def help_entries(name):
    """{heading: {name: prose}} of what --help lists, and the prose at its end."""
    text, _, epilogue = process.run([programs.under_test(name), "--help"]).check_ok().text.partition("\n--\n")
    sections, section = {"": {}}, ""
    for line in text.splitlines()[2:]:
        if re.match(r"\S.*:$", line):
            section = line[:-1]
            sections[section] = {}
        elif entry := re.match(r"  (\S.*?)(?:$| {2,}(.*)| (?<=^.{13} )(.*))$", line):
            last = entry[1]
            sections[section][last] = entry[2] or entry[3] or ""
        elif line.strip():
            sections[section][last] += " " + line.strip()
    return {heading: {key: one_line(prose) for key, prose in entries.items()}
            for heading, entries in sections.items()}, one_line(epilogue)


def plain(roff):
    """A line of the manual page without its fonts and escapes."""
    text = re.sub(r"\\f[BIR]", "", roff)
    for escape, character in (("\\-", "-"), ("\\(aq", "'"), ("\\(ga", "`"), ("\\(ha", "^"),
                              ("\\(ti", "~"), ("\\&", ""), ("\\:", ""), ("\\e", "\\")):
        text = text.replace(escape, character)
    return text


def manual_entries(name):
    """The same of the manual page, and the prose of the sections that list nothing."""
    sections, prose, section, lines = {}, {}, None, iter(document(name, "manual").splitlines())
    tag = None
    for line in lines:
        if line.startswith((".SH ", ".SS ")):
            section, tag = plain(line[4:]), None
            sections[section], prose[section] = {}, ""
        elif line == ".TP":
            tag = plain(next(lines))
            sections[section][tag] = ""
        elif line.startswith("."):
            continue
        elif tag is None:
            if section:
                prose[section] += " " + plain(line)
        else:
            sections[section][tag] += " " + plain(line)
    clean = {heading: {tag: one_line(text) for tag, text in entries.items()}
             for heading, entries in sections.items()}
    return clean, {heading: one_line(text) for heading, text in prose.items()}


def examples_of(name):
    """The commands in the manual page's examples."""
    _, _, text = document(name, "manual").partition(".SH EXAMPLES\n")
    blocks = re.findall(r"(?m)^\.nf\n(.*?)\n\.fi$", text, re.S)
    return [plain(line) for block in blocks for line in block.splitlines()]


def options_of(name):
    found = [OPTION.fullmatch(entry) for entries in help_entries(name)[0].values()
             for entry in entries if entry.startswith("-")]
    assert all(found) and len(found) >= 4
    return found


@pytest.mark.parametrize("name", PROGRAMS)
def test_manual_lists_what_help_lists(name):
    shown, epilogue = help_entries(name)
    manual, prose = manual_entries(name)
    headings = {"": "DESCRIPTION", "Exit status": "EXIT STATUS", "Files": "FILES",
                "Environment": "ENVIRONMENT"}
    assert any("--help" in entries for section in shown.values() for entries in section)
    for heading, entries in shown.items():
        assert manual.pop(headings.get(heading, heading), {}) == entries, heading
    assert not any(manual.values()), "the manual page lists more"
    assert prose["NOTES"] == epilogue
    usage = process.run([programs.under_test(name), "--help"]).text.splitlines()[:2]
    assert prose["SYNOPSIS"] == usage[0].removeprefix("Usage: ")
    assert prose["NAME"] == f"{name} - {usage[1]}"


@pytest.mark.parametrize("name", PROGRAMS)
def test_parser_takes_what_is_listed(name):
    program = programs.under_test(name)
    for option in options_of(name):
        words = [f"--{option['long']}"] + ([f"-{option['short']}"] if option["short"] else [])
        for word in words:
            if option["argument"]:
                process.run([program, word]).check_failed(
                    f"option --{option['long']} needs an argument {re.escape(option['argument'])}")
            else:
                shown = process.run([program, word, "--help"]).check_ok().text
                assert "Usage:" in shown or option["long"] == "version"
        if option["optional"]:
            assert "Usage:" in process.run([program, words[0] + "=x", "--help"]).check_ok().text
        elif not option["argument"]:
            process.run([program, words[0] + "=x"]).check_failed("takes no argument")


def test_options_in_examples_exist():
    examples = examples_of("nghttp")
    assert len(examples) >= 5
    for example in examples:
        name, *words = shlex.split(example)
        process.run([programs.under_test(name), *words, "--help"]).check_ok()


@pytest.mark.parametrize("name", ["deflatehd", "inflatehd"])
def test_examples_run(name):
    """Each with both programs at hand, and to a good end."""
    places = {str(pathlib.Path(programs.under_test(each)).parent) for each in PROGRAMS}
    path = ":".join([*places, os.environ["PATH"]])
    examples = examples_of(name)
    assert len(examples) >= 3
    for example in examples:
        run = process.run(["bash", "-o", "pipefail", "-c", example], env={"PATH": path}).check_ok()
        assert run.stdout and "error" not in run.stderr


@pytest.mark.parametrize("name", ["nghttp", "deflatehd", "inflatehd"])
@pytest.mark.parametrize("section", ["DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO"])
def test_manual_has_all_sections(name, section):
    assert f".SH {section}\n" in document(name, "manual")


@pytest.mark.parametrize("name", PROGRAMS)
def test_make_has_written_the_documents(name):
    assert built(name, "man", f"{name}.1") == document(name, "manual")
    assert built(name, "completions", name) == document(name, "completion")


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed")
def test_manual_page_renders(name):
    page = document(name, "manual").encode()
    shown = process.run(["groff", "-man", "-ww", "-Tutf8", "-P-cbou"], data=page).check_ok()
    assert shown.stderr == ""
    assert f"{name.upper()}(1)" in shown.text
    for option in options_of(name):
        assert f"--{option['long']}" in shown.text


def complete(name, directory, *words):
    """What bash offers for the last word."""
    script = document(name, "completion") + """
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_nghttp2_%s
printf '%%s\\n' "${COMPREPLY[@]}"
""" % name
    done = subprocess.run(["bash", "-c", script, "bash", name, *words], cwd=directory, check=True,
                          capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize("name", PROGRAMS)
def test_completion_offers_what_help_lists(name, directory):
    expected = [f"--{option['long']}" + ("=" if option["argument"] else "")
                for option in options_of(name)]
    assert sorted(complete(name, directory, "--")) == sorted(expected)
    assert complete(name, directory, "--versi") == ["--version"]


def test_completion_of_arguments_and_operands(directory):
    (directory / "key.pem").touch()
    assert complete("nghttp", directory, "--data", "=", "ke") == ["key.pem"]
    assert complete("nghttp", directory, "--data", "=") == ["key.pem"]
    assert complete("nghttp", directory, "-d", "ke") == ["key.pem"]
    assert complete("nghttp", directory, "--timeout", "=", "ke") == []
    assert complete("nghttp", directory, "--json", "=", "ke") == ["key.pem"]
    assert complete("nghttp", directory, "--json", "--versi") == ["--version"]
    assert complete("nghttp", directory, "ke") == []
    assert complete("nghttpd", directory, "8080", "ke") == ["key.pem"]


def test_other_documents_are_refused():
    nghttp = programs.under_test("nghttp")
    process.run([nghttp, "--documentation=x"]).check_failed("expected one of manual completion")
    process.run([nghttp, "--documentation"]).check_failed("unknown option")
