# SPDX-License-Identifier: MIT
"""Serves ASGI 3 applications over HTTP/2: Server in code, ``python -m nghttp2.asgi`` in a shell."""
import argparse
import asyncio
import collections
import email.utils
import importlib
import logging
import os
import signal
import ssl as tls
import sys
import time
import urllib.parse

from ._session import Stream, logger
from .errors import ErrorCode, StreamClosedError
from .limits import Limits
from .server import HTTP2Server

DISCARD_LIMIT = 67108864  # bytes of a request that nobody wants, before its stream is reset


class Date:
    """The value of the field ``date``, formatted once a second."""

    second = 0
    field = None

    @classmethod
    def now(cls):
        second = int(time.time())
        if second != cls.second:
            cls.second = second
            cls.field = (b"date", email.utils.formatdate(second, usegmt=True).encode())
        return cls.field


class Request(Stream):
    """One request, as the scope, receive and send of an application."""

    def __init__(self, application):
        self.keep_data()
        self.application = application
        self.chunks = collections.deque()
        self.arrival = None  # a future while receive() waits
        self.start = None  # the message http.response.start
        self.answered = self.ended = False
        self.discarded = 0

    def on_headers(self):
        self.application.begin(self)

    def on_data(self, data):
        if self.ended:
            self.discard(len(data))
            return
        self.chunks.append(data)
        self.wake()

    def on_message_done(self):
        self.wake()

    def on_close(self, error_code):
        self.wake()
        self.application = None

    def discard(self, length):
        """Takes what the application did not want: clients like to send all of their request."""
        self.consume()
        self.discarded += length
        if self.discarded > DISCARD_LIMIT:
            self.reset(ErrorCode.NO_ERROR if self.answered else ErrorCode.CANCEL)

    def wake(self):
        arrival, self.arrival = self.arrival, None
        if arrival is not None and not arrival.done():
            arrival.set_result(None)

    def scope(self, state, root_path):
        raw_path, _, query = self.path.partition(b"?")
        path = raw_path.decode("latin-1") if b"%" not in raw_path else (
            urllib.parse.unquote_to_bytes(raw_path).decode("utf-8", "surrogateescape"))
        headers = self.headers
        if self.host is not None and not any(name == b"host" for name, _ in headers):
            headers = [(b"host", self.host), *headers]
        if self.cookies:
            headers = [*headers, (b"cookie", b"; ".join(self.cookies))]
        client = self.client_address
        return {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "2", "method": self.method.decode("ascii"),
            "scheme": self.scheme.decode("ascii"), "path": path, "raw_path": raw_path,
            "query_string": query, "root_path": root_path, "headers": headers,
            "client": client[:2] if isinstance(client, tuple) else None,
            "server": self.application.server_address, "state": state,
        }

    async def run(self, application):
        """Calls the application and sees to it that the stream ends."""
        try:
            await application.app(self.scope(application.state.copy(), application.root_path),
                                  self.receive, self.send)
            if not self.answered and not self.closed:
                raise RuntimeError("the ASGI application returned without a complete response")
        except Exception as error:
            self.fail_application(error)
        finally:
            self.ended = True
            self.chunks.clear()
            self.consume()

    def fail_application(self, error):
        if self.start is not None and not self.answered:
            self.fail(error)
            return
        logger.error("stream %d: the ASGI application failed: %s", self.stream_id, error,
                     exc_info=error)
        if self.start is None and not self.closed:
            self.respond(500, [(b"content-type", b"text/plain"), Date.now()],
                         b"Internal Server Error\n")

    async def receive(self):
        """The next message for the application."""
        while True:
            if self.closed and not (self.complete and self.chunks):
                return {"type": "http.disconnect"}
            if self.chunks:
                chunk = self.chunks.popleft()
                self.consume(len(chunk))
                if self.complete and not self.chunks:
                    self.ended = True
                    return {"type": "http.request", "body": chunk, "more_body": False}
                return {"type": "http.request", "body": chunk, "more_body": True}
            if self.complete and not self.ended:
                self.ended = True
                return {"type": "http.request", "body": b"", "more_body": False}
            if self.arrival is None:
                self.arrival = asyncio.get_running_loop().create_future()
            await asyncio.shield(self.arrival)

    async def send(self, message):
        """Takes a message of the application."""
        kind = message["type"]
        if self.closed:
            # The client has left. An application that does not ask must not starve others.
            self.answered = self.answered or not message.get("more_body", False)
            await asyncio.sleep(0)
        elif kind == "http.response.body" and self.start is not None and not self.answered:
            await self.send_body(message.get("body", b""), message.get("more_body", False))
        elif kind == "http.response.start" and self.start is None:
            self.start = message
        else:
            raise RuntimeError(f"an ASGI application may not send {kind} now")

    async def send_body(self, body, more):
        if not self.responded:
            headers = list(self.start.get("headers", ()))
            if not any(name == b"date" for name, _ in headers):
                headers.append(Date.now())
            if not more:
                self.answered = True
                self.respond(self.start["status"], headers, body if body else None)
                return
            self.respond_queue(self.start["status"], headers)
        try:
            room = self.write(bytes(body))
            if not more:
                self.answered = True
                self.finish()
            elif not room:
                await self.drain()
        except StreamClosedError:
            await asyncio.sleep(0)


class Lifespan:
    """The lifespan of an application: its start and its end."""

    def __init__(self, app, mode):
        self.app, self.mode = app, mode
        self.state = {}
        self.task = None
        self.failure = None
        self.to_app, self.started, self.stopped = asyncio.Queue(), asyncio.Event(), asyncio.Event()

    async def start_up(self):
        if self.mode == "off":
            return
        self.task = asyncio.ensure_future(self.run())
        await self.to_app.put({"type": "lifespan.startup"})
        await self.started.wait()
        if self.failure is not None:
            raise RuntimeError(f"the application did not start: {self.failure}")

    async def shut_down(self):
        if self.task is None or self.task.done():
            return
        await self.to_app.put({"type": "lifespan.shutdown"})
        await self.stopped.wait()
        if self.failure is not None:
            logger.error("the application did not shut down: %s", self.failure)
        await asyncio.wait([self.task], timeout=5)
        self.task.cancel()

    async def run(self):
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"},
                 "state": self.state}
        try:
            await self.app(scope, self.to_app.get, self.send)
        except Exception as error:
            if self.started.is_set():
                logger.error("the lifespan of the application failed", exc_info=error)
            elif self.mode == "on":
                self.failure = self.failure or repr(error)
            else:
                logger.debug("the application has no lifespan: %r", error)
        finally:
            self.started.set()
            self.stopped.set()

    async def send(self, message):
        kind = message["type"]
        if kind.endswith(".failed"):
            self.failure = message.get("message", "") or kind
        if kind.startswith("lifespan.startup."):
            self.started.set()
        elif kind.startswith("lifespan.shutdown."):
            self.stopped.set()
        else:
            raise RuntimeError(f"an ASGI application may not send {kind} in its lifespan")


class Server:
    """Serves ``app`` at ``address``; ``ssl`` and ``limits`` are as for HTTP2Server.

    ``lifespan`` is "auto" (an application that knows none is served nevertheless), "on" or "off".
    ``root_path`` goes to the application.
    """

    def __init__(self, app, address=("127.0.0.1", 8000), ssl=None, *, limits=None, lifespan="auto",
                 root_path=""):
        if lifespan not in ("auto", "on", "off"):
            raise ValueError(f'lifespan is "auto", "on" or "off", not {lifespan!r}')
        self.app = app
        self.root_path = root_path
        self.state = {}
        self.tasks = set()
        self.lifespan_mode = lifespan
        self.http = HTTP2Server(address, lambda: Request(self), ssl, limits=limits)
        self.addresses = self.http.addresses
        first = self.addresses[0]
        self.server_address = first[:2] if isinstance(first, tuple) else (first, None)

    def begin(self, request):
        task = asyncio.get_running_loop().create_task(request.run(self))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def serve(self):
        """Serves until stop(), or until it is cancelled."""
        lifespan = Lifespan(self.app, self.lifespan_mode)
        try:
            await lifespan.start_up()
            self.state = lifespan.state
            await self.http.serve()
        finally:
            for task in list(self.tasks):
                task.cancel()
            await lifespan.shut_down()

    def stop(self):
        """Makes serve() return; may be called by any thread."""
        self.http.stop()

    def run(self):
        """Serves in an event loop of its own, until stop(), SIGINT or SIGTERM."""
        asyncio.run(self._run())

    async def _run(self):
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, self.stop)
        await self.serve()


def load(name):
    """The object that ``module:attribute`` names."""
    module, colon, attribute = name.partition(":")
    if not colon:
        raise ValueError(f"{name!r} is not module:application")
    found = importlib.import_module(module)
    for part in attribute.split("."):
        found = getattr(found, part)
    return found


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(
        prog="python -m nghttp2.asgi", description="Serves an ASGI 3 application over HTTP/2.")
    parser.add_argument("application", metavar="MODULE:APP")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on [%(default)s]")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on [%(default)s]")
    parser.add_argument("--unix", metavar="PATH", help="Unix socket to listen on instead")
    parser.add_argument("--certfile", help="certificate chain for TLS; without it, cleartext")
    parser.add_argument("--keyfile", help="private key for TLS, if not in the certificate's file")
    parser.add_argument("--app-dir", default=".", help="folder to import from [%(default)s]")
    parser.add_argument("--factory", action="store_true", help="APP is called for the application")
    parser.add_argument("--lifespan", choices=("auto", "on", "off"), default="auto")
    parser.add_argument("--root-path", default="")
    parser.add_argument("--max-concurrent-streams", type=int, metavar="N",
                        default=Limits.max_concurrent_streams, help="per connection [%(default)s]")
    parser.add_argument("--log-level", default="info",
                        choices=("debug", "info", "warning", "error"), help="[%(default)s]")
    options = parser.parse_args(arguments)
    if options.keyfile and not options.certfile:
        parser.error("--keyfile needs --certfile")
    return options


def main(arguments=None):
    options = parse_arguments(arguments)
    logging.basicConfig(level=options.log_level.upper(),
                        format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    sys.path.insert(0, os.path.abspath(options.app_dir))
    try:
        app = load(options.application)
        if options.factory:
            app = app()
        context = None
        if options.certfile:
            context = tls.create_default_context(tls.Purpose.CLIENT_AUTH)
            context.load_cert_chain(options.certfile, options.keyfile)
        limits = Limits(max_concurrent_streams=options.max_concurrent_streams)
        server = Server(app, options.unix or (options.host, options.port), context, limits=limits,
                        lifespan=options.lifespan, root_path=options.root_path)
    except (ImportError, AttributeError, ValueError, OSError) as error:
        sys.exit(f"nghttp2.asgi: {error}")
    for address in server.addresses:
        logger.info("listening on %s", address)
    try:
        server.run()
    except RuntimeError as error:
        sys.exit(f"nghttp2.asgi: {error}")


if __name__ == "__main__":
    main()
