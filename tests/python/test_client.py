# SPDX-License-Identifier: MIT
"""HTTP2Client with nginx as its server, and with HTTP2Server where nginx cannot do it."""
import asyncio
import socket
import subprocess

import pytest

import nghttp2
from conftest import peer_environment, wait_for_port

CONFIGURATION = """
daemon off; master_process off; pid {place}/pid; error_log stderr;
events {{ worker_connections 128; }}
http {{
  access_log off; client_max_body_size 64m; root {place};
  client_body_temp_path {place}/b; proxy_temp_path {place}/p; fastcgi_temp_path {place}/f;
  uwsgi_temp_path {place}/u; scgi_temp_path {place}/s;
  ssl_certificate {certificate[0]}; ssl_certificate_key {certificate[1]};
  server {{ listen 127.0.0.1:{plain} http2; {locations} }}
  server {{ listen 127.0.0.1:{tls} ssl http2; {locations} }}
  server {{ listen 127.0.0.1:{back}; location / {{
    return 200 "$request_method $content_length $http_x_a $args"; }} }}
}}
"""
LOCATIONS = """
  location = /show { return 200 "$request_method|$scheme|$http_host|$http_x_a|$args"; }
  location = /moved { return 302 /show; }
  location /echo { proxy_pass http://127.0.0.1:%d; }
"""


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, certificate):
    """Base URIs (cleartext, TLS) of an nginx with a large file."""
    place = tmp_path_factory.mktemp("nginx")
    (place / "big").write_bytes(BIG)
    ports = []
    for _ in range(3):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    (place / "conf").write_text(CONFIGURATION.format(
        place=place, certificate=certificate, plain=ports[0], tls=ports[1], back=ports[2],
        locations=LOCATIONS % ports[2]))
    process = subprocess.Popen(["/usr/sbin/nginx", "-p", place, "-c", place / "conf", "-g",
                                "user root;"], env=peer_environment())
    wait_for_port("127.0.0.1", ports[0])
    yield ports
    process.terminate()
    process.wait(10)


BIG = bytes(range(251)) * 20000


def run(nginx, work, ssl=None):
    async def main():
        address = ("127.0.0.1", nginx[1 if ssl else 0])
        async with nghttp2.HTTP2Client(address, ssl=ssl) as client:
            return await asyncio.wait_for(work(client), 30)
    return asyncio.run(main())


def test_get(nginx):
    response = run(nginx, lambda client: client.request("GET", "/show?q=1", headers={"X-A": "b"}))
    assert response.status == 200
    assert response.text() == f"GET|http|127.0.0.1:{nginx[0]}|b|q=1"
    assert response.header("server").startswith("nginx")
    assert all(isinstance(value, bytes) for field in response.headers for value in field)


def test_get_over_tls_by_an_absolute_url(nginx, client_context):
    response = run(nginx, lambda client: client.request("GET", f"https://127.0.0.1:{nginx[1]}/show"),
                   client_context)
    assert response.text() == f"GET|https|127.0.0.1:{nginx[1]}||"


@pytest.mark.parametrize("body", [
    lambda: b"x" * 200000, lambda: (b"x" * 1000 for _ in range(200)), lambda: chunks()],
    ids=["bytes", "iterator", "async"])
def test_upload(nginx, body):
    response = run(nginx, lambda client: client.request("POST", "/echo", body=body()))
    assert response.text().startswith("POST 200000")


async def chunks():
    for _ in range(200):
        yield b"x" * 1000


def test_head_and_redirect(nginx):
    response = run(nginx, lambda client: client.request("HEAD", "/big"))
    assert (response.status, response.body) == (200, b"")
    assert response.header("content-length") == str(len(BIG))
    assert run(nginx, lambda client: client.request("GET", "/moved")).status == 302


def test_requests_share_the_connection(nginx):
    async def work(client):
        responses = await asyncio.gather(*(client.request("GET", f"/show?{i}") for i in range(300)))
        return ([response.text().rpartition("|")[2] for response in responses],
                {response.stream_id for response in responses})

    texts, streams = run(nginx, work)
    assert texts == [str(i) for i in range(300)]
    assert len(streams) == 300


def test_a_large_body_in_pieces(nginx):
    async def work(client):
        async with client.stream("GET", "/big") as response:
            pieces = [piece async for piece in response]
        return pieces

    pieces = run(nginx, work)
    assert len(pieces) > 10 and b"".join(pieces) == BIG


def test_bodies_that_nobody_reads_do_not_block_others(nginx):
    async def work(client):
        for _ in range(30):
            async with client.stream("GET", "/big") as response:
                assert response.status == 200
        return await client.request("GET", "/big")

    assert run(nginx, work).body == BIG


def test_a_body_beyond_the_limit_is_an_error(nginx):
    with pytest.raises(nghttp2.Error, match="more than 1000 bytes"):
        run(nginx, lambda client: client.request("GET", "/big", limit=1000))


class Collector(nghttp2.BaseResponseHandler):
    def __init__(self, log, done):
        self.log, self.done, self.content = log, done, b""

    def on_headers(self):
        self.log.append(("headers", self.path, self.status))

    def on_data(self, data):
        self.content += data

    def on_response_done(self):
        self.log.append(("done", self.path, self.content))

    def on_close(self, error_code):
        self.log.append(("close", self.path, error_code))
        self.done.set()


def test_handlers(nginx):
    async def main():
        log, done = [], asyncio.Event()
        client = nghttp2.HTTP2Client(("127.0.0.1", nginx[0]))
        client.send_request(url="/show", handler=Collector(log, done))
        await asyncio.wait_for(done.wait(), 10)
        client.close()
        await client.wait_closed()
        return log

    assert asyncio.run(main()) == [
        ("headers", b"/show", 200),
        ("done", b"/show", f"GET|http|127.0.0.1:{nginx[0]}||".encode()),
        ("close", b"/show", 0)]


def test_handlers_with_a_loop_that_runs_later(nginx):
    loop = asyncio.new_event_loop()
    log, done = [], asyncio.Event()
    client = nghttp2.HTTP2Client(("127.0.0.1", nginx[0]), loop=loop)
    assert client.get_event_loop() is loop
    client.send_request(url="/show", handler=Collector(log, done))
    loop.run_until_complete(asyncio.wait_for(done.wait(), 10))
    client.close()
    loop.run_until_complete(client.wait_closed())
    loop.close()
    assert log[-1] == ("close", b"/show", 0)


def test_handlers_hear_that_there_is_no_server():
    async def main():
        log, done = [], asyncio.Event()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = taken.getsockname()
        nghttp2.HTTP2Client(address).send_request(handler=Collector(log, done))
        await asyncio.wait_for(done.wait(), 10)
        return log

    assert asyncio.run(main()) == [("close", None, nghttp2.CONNECT_ERROR)]


def test_pushes(serve_handler):
    class Pusher(nghttp2.BaseRequestHandler):
        def on_headers(self):
            self.push("/a", request_headers=[("x", "1")], body=b"pushed")
            self.push("/b", body=b"unwanted")
            self.send_response(body=b"main")

    class Receiver(Collector):
        def on_push_promise(self, promise):
            self.log.append(("promise", promise.path, promise.headers))
            if promise.path == b"/a":
                self.accept_push(promise, Collector(self.log, pushed))

    served = serve_handler(Pusher)
    pushed, done, log = asyncio.Event(), asyncio.Event(), []

    async def main():
        async with nghttp2.HTTP2Client((served.host, served.port)) as client:
            client.send_request(handler=Receiver(log, done))
            await asyncio.wait_for(asyncio.gather(done.wait(), pushed.wait()), 10)

    asyncio.run(main())
    assert ("promise", b"/a", [(b"x", b"1")]) in log and ("promise", b"/b", []) in log
    assert ("done", b"/a", b"pushed") in log and ("done", b"/", b"main") in log
    assert not [entry for entry in log if entry[:2] == ("done", b"/b")]


def test_a_server_that_leaves_is_an_error_and_the_next_request_connects_again(serve_handler):
    class Aborts(nghttp2.BaseRequestHandler):
        def on_headers(self):
            if self.path == b"/abort":
                asyncio.get_running_loop().call_soon(
                    lambda: [each.abort() for each in served.server.connections])
            else:
                self.send_response(body=b"here")

    served = serve_handler(Aborts)

    async def main():
        async with nghttp2.HTTP2Client((served.host, served.port)) as client:
            with pytest.raises(nghttp2.StreamClosedError):
                await client.request("GET", "/abort")
            return (await client.request("GET", "/")).body

    assert asyncio.run(main()) == b"here"


@pytest.mark.parametrize("given", [dict(method="A B\n"), dict(url="/a\nb"),
                                   dict(headers=[(":path", "/")]), dict(headers=[("a", "b\r\n")])])
def test_requests_that_cannot_be_sent(nginx, given):
    request = {"method": "GET", "url": "/show", **given}
    with pytest.raises(ValueError):
        run(nginx, lambda client: client.request(**request))
