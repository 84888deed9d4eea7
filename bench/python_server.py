#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bench/python_server.py [H2LOAD ARGUMENT...]: requests per second of nghttp2.asgi, HTTP2Server and
hypercorn, in one run.

All serve the same trivial answer over cleartext HTTP/2, the first and the last the same ASGI
application, each in one process. h2load measures them in turns. Prints JSON.
"""
import asyncio
import json
import re
import socket
import subprocess
import sys
import time

ARGUMENTS = ["-n50000", "-c10", "-m20"]
ROUNDS = 2


async def app(scope, receive, send):
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200,
                "headers": [(b"content-type", b"text/plain"), (b"content-length", b"13")]})
    await send({"type": "http.response.body", "body": b"Hello, world!"})


def serve_asgi(port):
    from nghttp2.asgi import Server
    Server(app, ("127.0.0.1", port), lifespan="off").run()


def serve_handlers(port):
    import nghttp2

    class Handler(nghttp2.BaseRequestHandler):
        def on_headers(self):
            self.send_response(200, [("content-type", "text/plain"), ("content-length", "13")],
                               b"Hello, world!")

    nghttp2.HTTP2Server(("127.0.0.1", port), Handler).serve_forever()


def serve_hypercorn(port):
    from hypercorn.asyncio import serve
    from hypercorn.config import Config
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.accesslog = None
    config.h2_max_concurrent_streams = 100
    asyncio.run(serve(app, config))


SERVERS = {"nghttp2.asgi": serve_asgi, "HTTP2Server": serve_handlers, "hypercorn": serve_hypercorn}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measure(name, arguments):
    port = free_port()
    server = subprocess.Popen([sys.executable, __file__, "--serve", name, str(port)])
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        output = subprocess.run(["h2load", *arguments, f"http://127.0.0.1:{port}/"], check=True,
                                capture_output=True, text=True).stdout
    finally:
        server.terminate()
        server.wait()
    rate = float(re.search(r"([\d.]+) req/s", output)[1])
    succeeded, failed = map(int, re.search(r"(\d+) succeeded, (\d+) failed", output).groups())
    if failed or not succeeded:
        sys.exit(f"{name}: {failed} requests failed, {succeeded} succeeded\n{output}")
    return rate


def main():
    arguments = sys.argv[1:] or ARGUMENTS
    rates = dict.fromkeys(SERVERS, 0.0)
    for _ in range(ROUNDS):
        for name in SERVERS:
            rates[name] = max(rates[name], measure(name, arguments))
    for name, rate in rates.items():
        print(json.dumps({"benchmark": f"python_server/{name}", "requests_per_second": round(rate),
                          "ratio_to_hypercorn": round(rate / rates["hypercorn"], 1)}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        SERVERS[sys.argv[2]](int(sys.argv[3]))
    else:
        main()
