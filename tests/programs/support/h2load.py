# SPDX-License-Identifier: MIT
"""Running h2load, and reading what it prints as scripts do."""
import re

from . import patience, process, programs

_UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "min": 60.0, "h": 3600.0}


def seconds(text):
    """"1.25ms" -> 0.00125."""
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * _UNITS[unit]


class Report:
    """The text that h2load ends with; Debian's and ours."""

    def __init__(self, text):
        self.text = text
        self.finished = self._find(
            r"^finished in ([\d.]+\w+), ([\d.]+) req/s, ([\d.]+[KMG]?B)/s$")
        self.requests = {name: int(count) for count, name in re.findall(
            r"(\d+) (\w+)", self._find(r"^requests: (.*)$")[0])}
        self.statuses = {name: int(count) for count, name in re.findall(
            r"(\d+) (\dxx)", self._find(r"^status codes: (.*)$")[0])}
        traffic = self._find(
            r"^traffic: \S+ \((\d+)\) total, \S+ \((\d+)\) headers "
            r"\(space savings (-?[\d.]+)%\), \S+ \((\d+)\) data$")
        self.total_bytes, self.header_bytes, self.data_bytes = (
            int(traffic[index]) for index in (0, 1, 3))
        self.space_savings = float(traffic[2])
        self._find(r"^ {21}min {9}max {9}mean {9}sd {8}\+/- sd$")
        self.request, self.connect, self.first_byte = (
            tuple(map(seconds, self._find(
                "^" + title + r" +(\S+) +(\S+) +(\S+) +(\S+) +[\d.]+%$")))
            for title in ("time for request:", "time for connect:", "time to 1st byte:"))
        self.client_rates = tuple(map(float, self._find(
            r"^req/s           : +(\S+) +(\S+) +(\S+) +(\S+) +[\d.]+%$")))

    @property
    def rate(self):
        return float(self.finished[1])

    def _find(self, pattern):
        match = re.search(pattern, self.text, re.MULTILINE)
        assert match, f"no line like {pattern!r} in:\n{self.text}"
        return match.groups()

    def line(self, title):
        """What follows "TITLE: " in a line of its own; "" without one."""
        match = re.search(f"^ *{re.escape(title)}: (.*)$", self.text, re.MULTILINE)
        return match[1] if match else ""

    def percentiles(self, title):
        """50, 75, 90, 95, 99, 99.9, 99.99, 100, in seconds."""
        match = re.search(f"^  {re.escape(title)}  +(.*)$", self.text, re.MULTILINE)
        assert match, f"no percentiles of {title!r} in:\n{self.text}"
        return dict(zip((50, 75, 90, 95, 99, 99.9, 99.99, 100), map(seconds, match[1].split())))

    def check_sums(self):
        """Nothing that was to be done is lost."""
        count = self.requests
        assert count["succeeded"] + count["failed"] == count["total"], self.text
        assert count["done"] + count["errored"] == count["total"], self.text
        assert count["timeout"] <= count["errored"] <= count["failed"], self.text
        assert count["done"] <= count["started"] <= count["total"], self.text
        assert sum(self.statuses.values()) == count["done"], self.text
        return self

    def check_all_succeeded(self, number=None):
        self.check_sums()
        assert self.requests["failed"] == 0, self.text
        if number is not None:
            assert self.requests["succeeded"] == number, self.text
        return self


def run(*arguments, env=None, data=None, seconds_allowed=None):
    return process.run([programs.under_test("h2load"), *arguments], env=env, data=data,
                       seconds=seconds_allowed or 2 * patience.SECONDS)


def load(*arguments, **named):
    """Runs it and returns its Report."""
    return Report(run(*arguments, **named).check_ok().text).check_sums()
