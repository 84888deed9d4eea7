# SPDX-License-Identifier: MIT
"""Running programs: always with a time limit, never leaving one behind."""
import os
import re
import signal
import subprocess
import sys

from . import patience

_SANITIZER_REPORT = re.compile(r"(ERROR|WARNING|SUMMARY): \w+Sanitizer|runtime error: ")


class Result:
    """What a finished program left: exit status and output."""

    def __init__(self, command, returncode, stdout, stderr):
        self.command = command
        self.returncode = returncode
        self.stdout = stdout
        self.stderr_bytes = stderr

    @property
    def text(self):
        return self.stdout.decode("utf-8", "backslashreplace")

    @property
    def stderr(self):
        return self.stderr_bytes.decode("utf-8", "backslashreplace")

    @property
    def messages(self):
        """Everything the program said, wherever it said it."""
        return self.stderr + self.text

    def check_ok(self):
        assert self.returncode == 0, self.describe()
        return self

    def check_failed(self, *patterns):
        """Non-zero exit status, and each pattern (regular expression) on standard error."""
        assert self.returncode != 0, "exit status 0 although it failed\n" + self.describe()
        for pattern in patterns:
            assert re.search(pattern, self.stderr, re.IGNORECASE), (
                f"standard error does not say {pattern!r}\n" + self.describe())
        return self

    def describe(self):
        return (f"command: {' '.join(map(str, self.command))}\nexit status: {self.returncode}\n"
                f"standard output (end): {self.text[-2000:]}\n"
                f"standard error: {self.stderr[-4000:]}")


def check_no_crash(text, returncode, command):
    """Fail on a sanitizer report or on an end by a signal that nobody sent."""
    report = _SANITIZER_REPORT.search(text)
    assert not report, f"sanitizer report from {' '.join(map(str, command))}:\n{text[-6000:]}"
    assert returncode is None or returncode >= 0, (
        f"{' '.join(map(str, command))} died of signal {-returncode}:\n{text[-4000:]}")


def run(command, data=None, seconds=None, cwd=None, env=None):
    """Run to the end and return a Result; a program that hangs is killed and is a failure."""
    environment = dict(os.environ, **(env or {}))
    process = subprocess.Popen(
        [str(word) for word in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, cwd=cwd, env=environment, start_new_session=True)
    try:
        out, err = process.communicate(data or b"", timeout=seconds or patience.SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        raise AssertionError(
            "did not end in time\n"
            + Result(command, process.returncode, out, err).describe()) from None
    result = Result(command, process.returncode, out, err)
    check_no_crash(result.stderr, result.returncode, command)
    return result


_LAUNCHER = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w") as report:
    report.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(status if status >= 0 else 128 - status)
"""


def run_measured(command, report_path, **named):
    """As run(); returns the Result and the most memory the program ever used, in KiB."""
    result = run([sys.executable, "-c", _LAUNCHER, report_path, *command], **named)
    check_no_crash(result.stderr, -1 if result.returncode > 128 else 0, command)
    with open(report_path, encoding="ascii") as report:
        return result, int(report.read())


class Background:
    """A server process; its output goes to a file that log() reads."""

    def __init__(self, command, log_path, cwd=None, env=None):
        self.command = [str(word) for word in command]
        self.log_path = log_path
        self.stopped_ = False
        with open(log_path, "wb") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                cwd=cwd, env=dict(os.environ, **(env or {})), start_new_session=True)

    @property
    def pid(self):
        return self.process.pid

    def alive(self):
        return self.process.poll() is None

    def log(self):
        with open(self.log_path, "rb") as log:
            return log.read().decode("utf-8", "backslashreplace")

    def check_alive(self):
        assert self.alive(), (
            f"{self.command[0]} ended with status {self.process.returncode}:\n{self.log()[-6000:]}")
        check_no_crash(self.log(), None, self.command)

    def resident_kib(self):
        """Memory in use now (VmRSS)."""
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1])
        raise AssertionError("no VmRSS for " + self.command[0])

    def stop(self):
        """End the process; fail if it had ended by itself or left a sanitizer report."""
        if self.stopped_:
            return
        self.stopped_ = True
        ended_by_itself = not self.alive()
        if not ended_by_itself:
            self.process.terminate()
            try:
                self.process.wait(patience.SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(self.pid, signal.SIGKILL)
                self.process.wait()
                raise AssertionError(f"{self.command[0]} ignored SIGTERM") from None
        check_no_crash(self.log(), None, self.command)
        assert not ended_by_itself, (
            f"{self.command[0]} ended with status {self.process.returncode}:\n{self.log()[-6000:]}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
