# SPDX-License-Identifier: MIT
"""Fixtures: one certificate authority, document root and foreign server for the whole run, and
running nghttpds that every test checks for a crash."""
import os
import pathlib
import tempfile

import pytest

from support import apache, programs, process
from support.certificates import Authority
from support.documents import Documents
from support.nghttpd import Nghttpd
from support.nginx import Nginx


def pytest_sessionstart():
    """Say what is missing at once instead of once per test."""
    try:
        for name in ("nghttp", "nghttpd", "h2load"):
            programs.under_test(name)
        for name, package in (("nginx", "nginx"), ("apache2", "apache2-bin"), ("curl", "curl"),
                              ("openssl", "openssl")):
            programs.peer(name, package)
    except FileNotFoundError as error:
        pytest.exit(str(error), returncode=2)


@pytest.fixture(scope="session")
def workspace():
    """A directory that server processes of any user may enter."""
    with tempfile.TemporaryDirectory(prefix="nghttp2-programs-") as path:
        os.chmod(path, 0o755)
        yield pathlib.Path(path)


@pytest.fixture
def directory(workspace):
    """A fresh directory for one test."""
    with tempfile.TemporaryDirectory(dir=workspace) as path:
        yield pathlib.Path(path)


@pytest.fixture(scope="session")
def authority(workspace):
    place = workspace / "certificates"
    place.mkdir()
    return Authority(place)


@pytest.fixture(scope="session")
def documents(workspace):
    return Documents(workspace)


@pytest.fixture(scope="session")
def nginx(workspace, documents, authority):
    place = workspace / "nginx"
    place.mkdir()
    server = Nginx(place, documents, authority)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def apache_h2c(workspace, documents):
    """Base URI of an httpd that accepts Upgrade: h2c."""
    place = workspace / "apache"
    place.mkdir()
    os.chmod(place, 0o777)
    server, base = apache.start(place, documents)
    yield base
    server.stop()


@pytest.fixture(scope="session")
def nghttp(authority):
    """nghttp(argument...) runs it to its end, trusting the tests' authority."""
    program = programs.under_test("nghttp")
    process.run([program, "--version"]).check_ok()  # a libtool wrapper links itself on first use

    def run(*arguments, data=None, env=None, cwd=None, seconds=None):
        return process.run([program, *arguments], data=data, cwd=cwd, seconds=seconds,
                           env={**authority.trust_environment(), **(env or {})})
    return run


@pytest.fixture(scope="session")
def start_nghttpd(workspace, documents, authority):
    """start_nghttpd(option..., tls=False, root=None) starts one; the caller uses it with `with`."""
    program = programs.under_test("nghttpd")
    process.run([program, "--version"]).check_ok()
    logs = workspace / "logs"
    logs.mkdir()

    def start(*options, tls=False, root=None, **named):
        return Nghttpd(logs, root or documents.root, *options,
                       pair=authority.server if tls else None, **named)
    return start


class _Shared:
    """A server kept for many tests and replaced once a test has broken it."""

    def __init__(self, start):
        self.start_ = start
        self.server_ = None

    def get(self):
        if self.server_ is None:
            self.server_ = self.start_()
        return self.server_

    def check(self):
        try:
            self.server_.check_alive()
        except AssertionError:
            self.server_ = None
            raise

    def stop(self):
        if self.server_ is not None:
            self.server_.stop()


def _shared_server(*options, tls=False):
    @pytest.fixture(scope="session")
    def shared(start_nghttpd):
        holder = _Shared(lambda: start_nghttpd(*options, tls=tls))
        yield holder
        holder.stop()
    return shared


def _checked(shared_name):
    @pytest.fixture
    def server(request):
        holder = request.getfixturevalue(shared_name)
        yield holder.get()
        holder.check()
    return server


clear_shared = _shared_server("--echo-upload")
tls_shared = _shared_server("--echo-upload", "-n2", tls=True)
server = _checked("clear_shared")
tls_server = _checked("tls_shared")


@pytest.fixture(scope="session")
def curl(authority):
    """curl(argument...) runs it to its end, trusting the tests' authority."""
    program = programs.peer("curl", "curl")

    def run(*arguments, data=None, cwd=None):
        return process.run([program, "--silent", "--show-error", "--path-as-is", "--cacert",
                            authority.ca.cert, *arguments], data=data, cwd=cwd)
    return run
