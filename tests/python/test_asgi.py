# SPDX-License-Identifier: MIT
"""nghttp2.asgi: Starlette and bare applications behind it, curl in front."""
import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, StreamingResponse
from starlette.routing import Route

import nghttp2
from conftest import curl, module_environment, wait_for_port
from nghttp2.asgi import Server

PRIOR = "--http2-prior-knowledge"
events = []


async def show(request):
    return JSONResponse({"method": request.method, "url": str(request.url), "raw": str(
        request.scope["raw_path"]), "query": dict(request.query_params), "version": request.scope[
        "http_version"], "cookies": request.cookies, "client": request.client.host})


async def upload(request):
    length = 0
    async for chunk in request.stream():
        length += len(chunk)
    return PlainTextResponse(str(length))


async def download(request):
    async def pieces():
        for number in range(300):
            yield b"%05d" % number * 200
    return StreamingResponse(pieces())


async def endless(request):
    async def pieces():
        try:
            while True:
                yield b"x" * 1000
                await asyncio.sleep(0.001)
        finally:
            events.append("cancelled")
    return StreamingResponse(pieces())


async def broken(request):
    raise ValueError("in the application")


starlette = Starlette(routes=[
    Route("/show/{rest:path}", show), Route("/upload", upload, methods=["POST"]),
    Route("/download", download), Route("/endless", endless), Route("/broken", broken)],
    on_startup=[lambda: events.append("startup")], on_shutdown=[lambda: events.append("shutdown")])


def asgi(app, **options):
    return Server(app, ("127.0.0.1", 0), **options)


def test_scope(serve):
    served = serve(asgi(starlette))
    seen = json.loads(curl(PRIOR, "-H", "cookie: a=b", served.base + "/show/%C3%BC%20x?q=1%202"))
    assert seen == {"method": "GET", "url": served.base + "/show/ü x?q=1%202",
                    "raw": "b'/show/%C3%BC%20x'", "query": {"q": "1 2"}, "version": "2",
                    "cookies": {"a": "b"}, "client": "127.0.0.1"}


def test_tls(serve, server_context, certificate):
    served = serve(asgi(starlette, ssl=server_context))
    seen = json.loads(curl("--cacert", certificate[0], f"https://localhost:{served.port}/show/"))
    assert seen["url"] == f"https://localhost:{served.port}/show/" and seen["version"] == "2"


def test_streaming_both_ways(serve, tmp_path):
    (tmp_path / "big").write_bytes(b"x" * 5000000)
    served = serve(asgi(starlette))
    assert curl(PRIOR, "--data-binary", f"@{tmp_path}/big", served.base + "/upload") == b"5000000"
    assert curl(PRIOR, served.base + "/download") == b"".join(
        b"%05d" % number * 200 for number in range(300))


def test_pieces_go_out_and_come_in_before_the_end(serve):
    async def echo(scope, receive, send):
        await send({"type": "http.response.start", "status": 200})
        more = True
        while more:
            message = await receive()
            more = message["more_body"]
            await send({"type": "http.response.body", "body": message["body"], "more_body": more})

    served = serve(asgi(echo, lifespan="off"))

    async def main():
        answers = asyncio.Queue()

        async def body():
            for data in (b"one", b"two"):
                yield data
                assert await asyncio.wait_for(answers.get(), 10) == data

        async with nghttp2.HTTP2Client((served.host, served.port)) as client:
            async with client.stream("POST", "/", body=body()) as response:
                async for piece in response:
                    answers.put_nowait(piece)
                return response.status

    assert asyncio.run(main()) == 200


def test_lifespan(serve):
    events.clear()
    served = serve(asgi(starlette))
    curl(PRIOR, served.base + "/show/")
    assert events == ["startup"]
    served.stop()
    assert events == ["startup", "shutdown"]


def test_lifespan_that_fails():
    async def app(scope, receive, send):
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    with pytest.raises(RuntimeError, match="no database"):
        asyncio.run(asgi(app).serve())


def test_an_application_without_lifespan(serve):
    async def app(scope, receive, send):
        assert scope["type"] == "http"
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    served = serve(asgi(app))
    assert curl(PRIOR, "-w", "%{http_code}", served.base) == b"204"
    with pytest.raises(RuntimeError, match="did not start"):
        asyncio.run(asgi(app, lifespan="on").serve())


def test_disconnect(serve):
    events.clear()
    served = serve(asgi(starlette))
    with subprocess.Popen(["curl", "-sN", PRIOR, served.base + "/endless"],
                          stdout=subprocess.PIPE) as peer:
        peer.stdout.read(5000)
        peer.kill()
    deadline = time.monotonic() + 10
    while "cancelled" not in events:
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_receive_tells_of_a_disconnect(serve):
    seen = []

    async def app(scope, receive, send):
        while True:
            seen.append((await receive())["type"])
            if seen[-1] == "http.disconnect":
                return

    served = serve(asgi(app, lifespan="off"))

    async def main():
        async with nghttp2.HTTP2Client((served.host, served.port)) as client:
            with pytest.raises(asyncio.TimeoutError):
                await asyncio.wait_for(client.request("GET", "/"), 0.2)
            await asyncio.sleep(0.2)

    asyncio.run(main())
    assert seen == ["http.request", "http.disconnect"]


def test_an_application_that_fails(serve, caplog):
    served = serve(asgi(starlette))
    assert curl(PRIOR, "-w", "%{http_code}", served.base + "/broken").endswith(b"500")
    assert [record for record in caplog.records if record.exc_info]
    assert curl(PRIOR, "-w", "%{http_code}", "-o", "/dev/null", served.base + "/show/") == b"200"


def test_an_answer_before_the_end_of_the_request(serve, tmp_path):
    async def app(scope, receive, send):
        await send({"type": "http.response.start", "status": 413, "headers": []})
        await send({"type": "http.response.body", "body": b"too large"})

    (tmp_path / "big").write_bytes(b"x" * 5000000)
    served = serve(asgi(app, lifespan="off"))
    assert curl(PRIOR, "--data-binary", f"@{tmp_path}/big", served.base) == b"too large"


def test_a_date_is_added_once(serve):
    async def app(scope, receive, send):
        headers = [(b"date", b"yesterday")] if scope["path"] == "/own" else []
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body"})

    served = serve(asgi(app, lifespan="off"))
    assert b"date: yesterday" in curl(PRIOR, "-i", served.base + "/own")
    assert curl(PRIOR, "-i", served.base).lower().count(b"date: ") == 1


def test_the_command(tmp_path):
    (tmp_path / "application.py").write_text('''
async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        for step in ("startup", "shutdown"):
            await receive()
            print(step, flush=True)
            await send({"type": f"lifespan.{step}.complete"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"from the command"})
''')
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "nghttp2.asgi", "--app-dir", tmp_path, "--port", str(port),
               "application:app"]
    with subprocess.Popen(command, env=module_environment(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True) as server:
        wait_for_port("127.0.0.1", port)
        assert curl(PRIOR, f"http://127.0.0.1:{port}/") == b"from the command"
        os.kill(server.pid, signal.SIGTERM)
        out, error = server.communicate(timeout=15)
    assert server.returncode == 0, error
    assert out == "startup\nshutdown\n" and "listening" in error


@pytest.mark.parametrize("name, reason", [("os", "not module:application"),
                                          ("no_such_module:app", "No module named"),
                                          ("os:no_such_name", "no_such_name")])
def test_the_command_says_what_is_wrong(name, reason):
    done = subprocess.run([sys.executable, "-m", "nghttp2.asgi", name], env=module_environment(),
                          capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and reason in done.stderr
