# SPDX-License-Identifier: MIT
"""Nothing outlives its connection, and traffic leaves no memory behind."""
import asyncio
import gc
import weakref

import nghttp2
from nghttp2.asgi import Server


class Handler(nghttp2.BaseRequestHandler):
    def on_headers(self):
        async def body():
            yield b"hello"
        self.send_response(body=body() if self.path == b"/async" else b"hello")


def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


async def app(scope, receive, send):
    await receive()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})


def test_no_cycle_keeps_a_connection():
    async def main():
        async with nghttp2.HTTP2Server(("127.0.0.1", 0), Handler) as server:
            client = nghttp2.HTTP2Client(server.addresses[0])
            for path in ("/", "/async"):
                assert (await client.request("GET", path)).body == b"hello"
            ends = [weakref.ref(each) for each in server.connections]
            ends.append(weakref.ref(client._connection))
            client.close()
            await client.wait_closed()
            del client
            for _ in range(50):
                await asyncio.sleep(0.01)
            return [end() for end in ends]

    gc.collect()
    gc.disable()
    try:
        assert asyncio.run(main()) == [None, None]
    finally:
        gc.enable()


def test_a_connection_that_is_cut_off_takes_its_streams_along():
    class Waits(nghttp2.BaseRequestHandler):
        alive = weakref.WeakSet()

        def on_headers(self):
            self.alive.add(self)
            self.send_response(body=lambda n: (None, nghttp2.DATA_DEFERRED))

    async def main():
        async with nghttp2.HTTP2Server(("127.0.0.1", 0), Waits) as server:
            client = nghttp2.HTTP2Client(server.addresses[0])
            async with client.stream("GET", "/"):
                assert len(Waits.alive) == 1
                client._connection.abort()
                await client.wait_closed()
            await asyncio.sleep(0.1)
            return len(Waits.alive), len(server.connections)

    gc.disable()
    try:
        assert asyncio.run(main()) == (0, 0)
    finally:
        gc.enable()


async def requests(client, number):
    for _ in range(number // 100):
        responses = await asyncio.gather(*(client.request("GET", "/") for _ in range(100)))
        assert all(response.body == b"hello" for response in responses)


def growth(start):
    async def main():
        async with start() as address:
            async with nghttp2.HTTP2Client(address) as client:
                await requests(client, 5000)
                gc.collect()
                objects, memory = len(gc.get_objects()), resident()
                await requests(client, 100000)
                gc.collect()
                return len(gc.get_objects()) - objects, resident() - memory

    objects, memory = asyncio.run(main())
    assert objects < 1000
    assert memory < 2 * 1048576


class Running:
    """A server, as the address it has while it runs."""

    def __init__(self, server):
        self.server = server

    async def __aenter__(self):
        self.task = asyncio.ensure_future(self.server.serve())
        return self.server.addresses[0]

    async def __aexit__(self, *exception):
        self.server.stop()
        await self.task


def test_100000_requests_leave_memory_flat():
    growth(lambda: Running(nghttp2.HTTP2Server(("127.0.0.1", 0), Handler)))


def test_100000_requests_of_asgi_leave_memory_flat():
    growth(lambda: Running(Server(app, ("127.0.0.1", 0), lifespan="off")))
