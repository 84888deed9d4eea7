# SPDX-License-Identifier: MIT
"""The guide's programs, the examples and the benchmarks run; pip installs without a network."""
import ast
import os
import re
import shutil
import socket
import subprocess
import sys
import textwrap

import pytest

import nghttp2
from conftest import ROOT, curl, module_environment, wait_for_port

GUIDE = (ROOT / "doc/python.rst").read_text()
PROGRAMS = [textwrap.dedent(block) for block in
            re.findall(r"\.\. code-block:: python\n\n((?:    .*\n|\n)+)", GUIDE)]


def run(*arguments, **options):
    return subprocess.run([sys.executable, *map(str, arguments)], env=module_environment(),
                          capture_output=True, text=True, timeout=60, **options)


@pytest.mark.parametrize("number", range(len(PROGRAMS)))
def test_programs_of_the_guide(number):
    done = run("-W", "error", "-c", PROGRAMS[number])
    assert (done.returncode, done.stderr) == (0, "")


def test_example_of_header_blocks():
    done = run(ROOT / "examples/python/hpack.py")
    assert done.stdout == ("[(b'foo', b'bar'), (b'baz', b'buz')]\n"
                           "[1] (s=38) baz: buz\n[2] (s=38) foo: bar\n"), done.stderr


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
def test_example_of_server_and_client(certificate, tls):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen([sys.executable, ROOT / "examples/python/server.py", str(port),
                           *(certificate if tls else ())], env=module_environment()) as server:
        try:
            wait_for_port("127.0.0.1", port)
            if tls:
                page = curl("--cacert", certificate[0], f"https://localhost:{port}/")
                assert b"HTTP/2" in page
            else:
                done = run(ROOT / "examples/python/client.py", "127.0.0.1", port, "/", "/none")
                assert done.stdout == "200 / 49 bytes\n404 /none 10 bytes\n", done.stderr
        finally:
            server.terminate()


def test_benchmark_of_header_blocks():
    done = run(ROOT / "bench/python_hpack.py", ROOT / "tests/hpack/corpus/raw-data")
    assert done.stdout.count('"ratio"') == 2, done.stderr


def test_every_public_name_is_documented_and_has_a_stub():
    stub = ast.parse((ROOT / "python/nghttp2/__init__.pyi").read_text())
    stubbed = {alias.asname or alias.name for node in stub.body if isinstance(node, ast.ImportFrom)
               for alias in node.names} | {node.target.id for node in stub.body
                                           if isinstance(node, ast.AnnAssign)}
    assert set(nghttp2.__all__) <= stubbed
    for name in nghttp2.__all__:
        if callable(getattr(nghttp2, name)):
            assert getattr(nghttp2, name).__doc__, name
    for kind in (nghttp2.HDDeflater, nghttp2.HDInflater, nghttp2.BaseRequestHandler,
                 nghttp2.BaseResponseHandler):
        for name in (name for name in vars(kind) if not name.startswith("_")):
            if callable(getattr(kind, name)) and name != "on_message_done":
                assert getattr(kind, name).__doc__, f"{kind.__name__}.{name}"


@pytest.mark.skipif("NGHTTP2_BUILD_DIR" not in os.environ, reason="needs a build folder")
@pytest.mark.parametrize("options", [[], ["--no-build-isolation", "--no-deps"]],
                         ids=["isolated", "not isolated"])
def test_pip_installs_without_a_network(tmp_path, options):
    build = os.path.abspath(os.environ["NGHTTP2_BUILD_DIR"])
    shutil.copytree(ROOT / "python", tmp_path / "python", ignore=shutil.ignore_patterns(
        "build", "*.egg-info", "__pycache__"))
    (tmp_path / "libnghttp2.pc").write_text(
        f"Name: libnghttp2\nDescription: HTTP/2\nVersion: {nghttp2.__version__}\n"
        f"Libs: -L{build}/lib/.libs -lnghttp2\n"
        f"Cflags: -I{ROOT}/lib/includes -I{build}/lib/includes\n")
    venv = tmp_path / "venv"
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--system-site-packages", venv], check=True)
    environment = {name: value for name, value in module_environment().items()
                   if name != "PYTHONPATH"}
    environment.update(PKG_CONFIG_PATH=str(tmp_path), PIP_NO_INDEX="1",
                       PIP_DISABLE_PIP_VERSION_CHECK="1", HOME=str(tmp_path))
    done = subprocess.run([venv / "bin/pip", "install", *options, tmp_path / "python"],
                          env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    done = subprocess.run([venv / "bin/python", "-c", "import nghttp2; print(nghttp2.__file__, "
                           "nghttp2.HDInflater().inflate(b'\\x82'))"], env=environment, cwd=tmp_path,
                          capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith(str(venv)) and "(b':method', b'GET')" in done.stdout, done.stderr
