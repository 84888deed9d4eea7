# SPDX-License-Identifier: MIT
"""nghttp --proxy: by HTTP CONNECT and by SOCKS5, for http and https URIs alike."""
import pytest

from support import frames, ports
from support.options import covers
from support.patience import Deadline
from support.proxies import ConnectProxy, SocksProxy
from support.scripted_server import ScriptedServer

CONNECT = 3
BOTH = pytest.mark.parametrize("kind", [ConnectProxy, SocksProxy])


def port_of(base):
    return int(base.rpartition(":")[2])


def answer_one(wire):
    wire.start()
    wire.respond(wire.read_request().stream)
    wire.read_end()


@covers("nghttp", "--proxy")
@BOTH
@pytest.mark.parametrize("security", ["tls", "clear"])
def test_fetch(nghttp, nginx, documents, kind, security):
    base = getattr(nginx, security)
    with kind() as proxy:
        run = nghttp("--proxy", proxy.url(), base + "/medium.bin").check_ok()
        assert proxy.asked == [("localhost", port_of(base))]
    assert run.stdout == documents.read("medium.bin")


@BOTH
def test_names_are_resolved_by_the_proxy(nghttp, kind):
    """The name exists for the proxy alone; the request still names the URI's host."""
    with ScriptedServer(answer_one) as server, kind(names={"there.invalid": "127.0.0.1"}) as proxy:
        nghttp("--proxy", proxy.url(), f"http://there.invalid:{server.port}/").check_ok()
        assert proxy.asked == [("there.invalid", server.port)]
    request = next(f for f in server.wires[0].seen if f.kind == frames.HEADERS)
    assert request.field(":authority") == f"there.invalid:{server.port}"


@BOTH
@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
def test_addresses(nghttp, kind, host):
    plain = host.strip("[]")
    with ScriptedServer(answer_one) as server, kind(names={plain: "127.0.0.1"}) as proxy:
        nghttp("--proxy", proxy.url(), f"http://{host}:{server.port}/").check_ok()
        assert proxy.asked == [(plain, server.port)]


@BOTH
def test_login(nghttp, kind):
    with ScriptedServer(answer_one) as server, kind(credentials="me@x:p:w d") as proxy:
        nghttp("--proxy", proxy.url("me%40x:p%3Aw%20d"), server.uri()).check_ok()


def test_refused_login_by_connect(nghttp):
    with ConnectProxy(credentials="me:right") as proxy:
        for login in ("", "me:wrong"):
            run = nghttp("--proxy", proxy.url(login), "http://localhost:1/")
            run.check_failed(f"proxy 127.0.0.1:{proxy.port}", "407 Proxy Authentication Required",
                             "Basic realm")
            assert run.returncode == CONNECT
            assert "wrong" not in run.stderr, "a password in a message"


def test_refused_login_by_socks(nghttp):
    with SocksProxy(credentials="me:right") as proxy:
        nghttp("--proxy", proxy.url("me:wrong"), "http://localhost:1/").check_failed(
            "refused the user or the password")
        assert nghttp("--proxy", proxy.url(), "http://localhost:1/").check_failed(
            "login").returncode == CONNECT


@pytest.mark.parametrize("kind, answer", [
    (ConnectProxy, "502 No Way There"), (SocksProxy, "reply 5, connection refused")])
def test_server_that_the_proxy_does_not_reach(nghttp, kind, answer):
    with ports.refused_port() as holder, kind() as proxy:
        run = nghttp("--proxy", proxy.url(), f"https://127.0.0.1:{holder.getsockname()[1]}/")
        assert run.check_failed(answer, "proxy").returncode == CONNECT


@BOTH
def test_what_follows_the_consent_belongs_to_the_server(nghttp, kind):
    """The server's SETTINGS arrive together with the proxy's answer."""
    def script(wire):
        wire.read_preface()
        wire.send(frames.settings_ack())
        wire.respond(wire.read_request().stream)
        wire.read_end()

    with ScriptedServer(script) as server, kind(early=frames.settings().encode()) as proxy:
        nghttp("--proxy", proxy.url(), server.uri()).check_ok()


@pytest.mark.parametrize("bound", [b"\x04" + bytes(18), b"\x03\x04name\0\0", b"\x03\0\0\0"])
def test_forms_of_a_socks_address(nghttp, bound):
    with ScriptedServer(answer_one) as server, SocksProxy() as proxy:
        proxy.bound = bound
        nghttp("--proxy", proxy.url(), server.uri()).check_ok()


def test_proxy_is_reached_by_resolve_and_server_by_connect_to(nghttp):
    with ScriptedServer(answer_one) as server, SocksProxy() as proxy:
        nghttp("--proxy", f"socks5://proxy.test:{proxy.port}",
               "--resolve", f"proxy.test:{proxy.port}:127.0.0.1",
               "--connect-to", f"server.test:{server.port}",
               "--resolve", f"server.test:{server.port}:127.0.0.1", "http://x.test/").check_ok()
        assert proxy.asked == [("127.0.0.1", server.port)]


def test_proxy_that_does_not_answer(nghttp):
    with ports.refused_port() as holder:
        port = holder.getsockname()[1]
        run = nghttp("--proxy", f"http://127.0.0.1:{port}", "http://localhost:1/")
    assert run.check_failed("proxy", f"127.0.0.1:{port}", "refused").returncode == CONNECT

    def silent(wire):
        while wire.socket.recv(4096):
            pass

    for scheme in ("http", "socks5"):
        with ScriptedServer(silent) as server:
            run = nghttp("-t300ms", "--proxy", f"{scheme}://127.0.0.1:{server.port}",
                         "https://localhost:1/")
        assert run.check_failed("proxy", "time").returncode == 7


@pytest.mark.parametrize("scheme, answer", [
    ("http", b""), ("http", b"SSH-2.0-x\r\n"), ("http", b"HTTP/1.1 200"),
    ("http", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200_000), ("http", b"HTTP/1.1 301 Moved\r\n\r\n"),
    ("http", b"HTTP/1.1 100 Continue\r\n\r\n" * 300), ("http", b"HTTP/1.1 200 OK\n\n"),
    ("socks5", b""), ("socks5", b"HTTP/1.1 400 Bad Request\r\n\r\n"), ("socks5", b"\4\0"),
    ("socks5", b"\5\1"), ("socks5", b"\5\2"), ("socks5", b"\5\0\5\0\0\7" + bytes(10)),
    ("socks5", b"\5\0\4\0\0\1" + bytes(10)), ("socks5", b"\5\0\5\0\0\3\xffshort")],
    ids=["http_nothing", "http_ssh", "http_short", "http_large", "http_moved", "http_interim",
         "http_bare_lf", "socks_nothing", "socks_http", "socks_4", "socks_method", "socks_login",
         "socks_address", "socks_version", "socks_short_name"])
def test_bad_answer(nghttp, scheme, answer):
    def script(wire):
        wire.read_bytes(1, Deadline())
        wire.send(answer)

    with ScriptedServer(script) as server:
        run = nghttp("--proxy", f"{scheme}://127.0.0.1:{server.port}", "http://localhost:1/")
    assert run.check_failed(f"proxy 127.0.0.1:{server.port}").returncode == CONNECT
    assert "\x1b" not in run.stderr


@pytest.mark.parametrize("url", [
    "localhost:3128", "https://localhost:1", "ftp://localhost", "http://", "socks5://:1080",
    "http://localhost:99999", "http://localhost/path", "http://localhost?x", "http://a%zz@localhost",
    "socks5://:password@localhost", "socks5://" + "x" * 256 + "@localhost", "http://a%3Ab:c@x"])
def test_bad_url(nghttp, url):
    run = nghttp("--proxy", url, "http://localhost:1/")
    assert run.check_failed("--proxy", "expected").returncode == 1
