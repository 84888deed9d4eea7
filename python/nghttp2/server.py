# SPDX-License-Identifier: MIT
"""HTTP2Server and the handlers of its requests."""
import asyncio
import os
import socket

from ._session import Connection, Stream, logger
from .limits import Limits


class BaseRequestHandler(Stream):
    """One request. Subclasses override the ``on_`` methods and call send_response().

    Attributes: ``client_address``, ``client_certificate``, ``stream_id``; and, as bytes, ``scheme``,
    ``method``, ``host`` and ``path``. ``headers`` is a list of (name, value) without pseudo-header
    fields and cookies, ``cookies`` a list of the values of ``cookie`` fields.

    An exception in a handler, or in the body it gave, is logged and resets the stream with
    INTERNAL_ERROR. Other streams do not notice.
    """

    def on_headers(self):
        """The header fields of the request are complete."""

    def on_data(self, data):
        """``data``, bytes, is the next piece of the request's content.

        The client may send more when this returns.
        """

    def on_request_done(self):
        """The request is complete. ``trailers`` has the fields behind its content."""

    def on_message_done(self):
        self.on_request_done()

    def on_close(self, error_code):
        """The stream is closed. ``error_code`` is 0 unless it was cut short."""

    def send_response(self, status=200, headers=None, body=None):
        """Sends the response.

        ``headers`` is an iterable of (name, value), or a mapping. ``body`` is str, bytes, a binary
        file, an iterator or async iterator of bytes, or a callback. The callback is given a number
        of bytes and returns (data, flag): at most that many bytes, and DATA_OK, DATA_EOF for the
        last ones, or DATA_DEFERRED for none until resume() is called. A status from 100 to 199 is
        interim: another response follows. Content of a response to HEAD, or with a status that
        allows none, is not sent.
        """
        self.respond(status, headers, body)

    def push(self, path, method="GET", request_headers=None, status=200, headers=None, body=None):
        """Sends a response to a request that the client has yet to make.

        To be called before what refers to it is sent. Returns the handler of the pushed stream,
        whose on_close() will be called; None if the client wants no pushes.
        """
        handler = type(self)()
        if not self.promise(handler, path, method, request_headers):
            return None
        handler.send_response(status, headers, body)
        return handler


class ServerConnection(Connection, asyncio.Protocol):
    """A client's connection, known to its server while it lasts."""

    def __init__(self, server, make_stream):
        super().__init__(True, make_stream, server.limits)
        self.server = server

    def connection_made(self, transport):
        if len(self.server.connections) >= self.limits.max_connections:
            logger.warning("more than %d connections", self.limits.max_connections)
            transport.abort()
            return
        self.server.connections.add(self)
        super().connection_made(transport)
        if self.server.closing:
            self.shut_down()

    def on_lost(self, error):
        self.server.connections.discard(self)
        self.server.notice_lost()
        self.make_stream = None


class HTTP2Server:
    """Serves HTTP/2.

    ``address`` is (host, port), or the path of a Unix socket, and is bound at once; port 0 lets the
    system choose, see ``addresses``. ``RequestHandlerClass`` makes a handler for each request.
    ``ssl`` is an ssl.SSLContext, on which ALPN is set to h2; None is cleartext with prior knowledge.
    ``limits`` bounds what clients may cost.
    """

    def __init__(self, address, RequestHandlerClass, ssl=None, *, limits=None):
        if ssl is not None:
            ssl.set_alpn_protocols(["h2"])
        self.handler_class = RequestHandlerClass
        self.limits = limits or Limits()
        self.connections = set()
        self.closing = False
        self._ssl = ssl
        self._servers = []
        self._loop = self._stopped = self._lost = None
        self._sockets = bind(address)
        #: Where it listens, for each socket.
        self.addresses = [each.getsockname() for each in self._sockets]

    async def start(self):
        """Accepts connections from now on."""
        self._loop = asyncio.get_running_loop()
        self._stopped = asyncio.Event()
        for each in self._sockets:
            self._servers.append(await self._loop.create_server(
                lambda: ServerConnection(self, self.handler_class), sock=each, ssl=self._ssl,
                backlog=1024))

    async def serve(self):
        """The coroutine form of serve_forever(): returns after stop(). When cancelled it closes."""
        if self._loop is None:
            await self.start()
        try:
            await self._stopped.wait()
        finally:
            await self.close()

    def serve_forever(self):
        """Serves in an event loop of its own, until stop() or KeyboardInterrupt."""
        asyncio.run(self.serve())

    def stop(self):
        """Makes serve() return; may be called by any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stopped.set)

    async def close(self, grace=5.0):
        """Stops listening, lets open streams end for ``grace`` seconds, then cuts the rest short."""
        if not self.closing:
            self.closing = True
            for server in self._servers:
                server.close()
            for each in self._sockets:
                each.close()
            for connection in list(self.connections):
                connection.shut_down()
        self._lost = asyncio.Event()
        self.notice_lost()
        try:
            await asyncio.wait_for(self._lost.wait(), grace)
        except asyncio.TimeoutError:
            logger.info("%d connections did not end in time", len(self.connections))
        finally:
            for connection in list(self.connections):
                connection.abort()

    def notice_lost(self):
        if self._lost is not None and not self.connections:
            self._lost.set()

    async def __aenter__(self):
        await self.start()
        return self

    async def __aexit__(self, *exception):
        await self.close()


def bind(address):
    """Listening sockets: one for each address that the host has."""
    if isinstance(address, (str, bytes, os.PathLike)):
        unix = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            unix.bind(os.fspath(address))
        except OSError:
            unix.close()
            raise
        return [unix]
    host, port = address[:2]
    sockets = []
    try:
        for family, kind, protocol, _, place in dict.fromkeys(socket.getaddrinfo(
                host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)):
            each = socket.socket(family, kind, protocol)
            sockets.append(each)
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                each.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            if port == 0 and len(sockets) > 1:  # the same one for all
                place = (place[0], sockets[0].getsockname()[1], *place[2:])
            each.bind(place)
    except OSError:
        for each in sockets:
            each.close()
        raise
    return sockets
