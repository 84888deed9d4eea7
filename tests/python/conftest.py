# SPDX-License-Identifier: MIT
"""Servers in threads of their own, certificates, and peers that are not of this project.

The module under test is found by PYTHONPATH and its library by LD_LIBRARY_PATH, or both below
NGHTTP2_BUILD_DIR.
"""
import ctypes
import os
import pathlib
import socket
import ssl
import subprocess
import sys
import threading
import time

import pytest

build = os.environ.get("NGHTTP2_BUILD_DIR")
if build:
    LIBRARY_DIR = pathlib.Path(build).resolve() / "lib/.libs"
    MODULE_DIR = pathlib.Path(build).resolve() / "python/build/lib"
    sys.path.insert(0, str(MODULE_DIR))
    # The module finds the library under its name in the process already.
    ctypes.CDLL(str(LIBRARY_DIR / "libnghttp2.so.14"))
    os.environ["PYTHONPATH"] = str(MODULE_DIR)

import nghttp2  # noqa: E402  (needs the path)

ROOT = pathlib.Path(__file__).resolve().parents[2]


def module_environment():
    """For Python programs that import the module."""
    environment = dict(os.environ)
    if build:
        environment["LD_LIBRARY_PATH"] = str(LIBRARY_DIR)
    return environment


def peer_environment():
    """For programs that are not to run on the library under test."""
    return {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}


class Served:
    """An HTTP2Server, or asgi.Server, in a thread."""

    def __init__(self, server, scheme="http"):
        self.server = server
        self.host, self.port = server.addresses[0][:2]
        self.base = f"{scheme}://{self.host}:{self.port}"
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        import asyncio
        asyncio.run(self.server.serve())

    def stop(self):
        self.server.stop()
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def serve():
    """serve(server) runs it until the test ends."""
    running = []

    def start(server, scheme="http"):
        served = Served(server, scheme)
        running.append(served)
        served.thread.start()
        wait_for_port(served.host, served.port)
        return served

    yield start
    for served in running:
        served.stop()


@pytest.fixture
def serve_handler(serve):
    """serve_handler(class, ssl=None, **limits)"""
    def start(handler, ssl=None, **limits):
        return serve(nghttp2.HTTP2Server(("127.0.0.1", 0), handler, ssl=ssl,
                                         limits=nghttp2.Limits(**limits)),
                     "https" if ssl else "http")
    return start


def wait_for_port(host, port):
    deadline = time.monotonic() + 10
    while True:
        try:
            socket.create_connection((host, port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def curl(*arguments):
    """Runs curl and returns what it wrote, as bytes."""
    done = subprocess.run(["curl", "-sS", "--max-time", "20", *arguments], capture_output=True,
                          env=peer_environment(), timeout=30)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A self-signed certificate for localhost: (certificate file, key file)."""
    place = tmp_path_factory.mktemp("certificate")
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", place / "key.pem", "-out", place / "cert.pem"],
                   check=True, capture_output=True)
    return place / "cert.pem", place / "key.pem"


@pytest.fixture
def server_context(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.fixture
def client_context(certificate):
    return ssl.create_default_context(cafile=certificate[0])
