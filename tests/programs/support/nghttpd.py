# SPDX-License-Identifier: MIT
"""nghttpd as a process under test."""
import itertools
import pathlib

from . import ports, process, programs

_serial = itertools.count()


class Nghttpd:
    """A running nghttpd on a free loopback port."""

    def __init__(self, directory, root, *options, pair=None, address=ports.LOOPBACK, env=None):
        self.tls = pair is not None
        self.pair = pair
        log = pathlib.Path(directory) / f"nghttpd-{next(_serial)}.log"
        arguments = ["-d", root, *options]
        if address:
            arguments += ["-a", address]

        def launch(port):
            security = [port[0], pair.key, pair.cert] if pair else ["--no-tls", port[0]]
            return process.Background([programs.under_test("nghttpd"), *arguments, *security], log,
                                      env=env)

        self.process, (self.port,) = ports.start(launch, 1, address or ports.LOOPBACK)

    @property
    def base(self):
        return f"{'https' if self.tls else 'http'}://localhost:{self.port}"

    def uri(self, path):
        return self.base + path

    def log(self):
        return self.process.log()

    def check_alive(self):
        self.process.check_alive()

    def stop(self):
        self.process.stop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
