# SPDX-License-Identifier: MIT
"""Debian's Chromium without a window, to open what is made for browsers."""
import pathlib

from . import process, programs


def _run(directory, *arguments):
    profile = pathlib.Path(directory) / "chromium"
    return process.run(
        [programs.peer("chromium", "chromium"), "--headless", "--no-sandbox", "--disable-gpu",
         "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
         f"--user-data-dir={profile}", *arguments],
        env={"HOME": str(directory)}, seconds=120).check_ok()


def dump_dom(directory, path):
    """The document as the browser has understood it."""
    return _run(directory, "--dump-dom", pathlib.Path(path).as_uri()).text


def dump_dom_and_console(directory, path):
    """The document, and what the browser has had to say about it: errors of scripts and policies."""
    run = _run(directory, "--dump-dom", "--enable-logging=stderr", pathlib.Path(path).as_uri())
    return run.text, [line for line in run.stderr.splitlines() if ":CONSOLE" in line]


def screenshot(directory, path, picture):
    """A PNG of the document."""
    _run(directory, f"--screenshot={picture}", "--window-size=1280,800",
         pathlib.Path(path).as_uri())
    return pathlib.Path(picture).read_bytes()
