# SPDX-License-Identifier: MIT
"""HTTP2Client, by handlers and by coroutines."""
import asyncio
import collections
import contextlib
import urllib.parse

from ._session import Connection, Stream, logger
from .errors import Error, ErrorCode, StreamClosedError
from .limits import Limits


class PushPromise:
    """A request that the server made in the client's place: ``stream_id``, and as bytes ``scheme``,
    ``method``, ``host`` and ``path``; ``headers`` and ``cookies`` are lists."""

    def __init__(self, stream):
        self.stream = stream
        self.stream_id = stream.stream_id
        self.scheme, self.method = stream.scheme, stream.method
        self.host, self.path = stream.host, stream.path
        self.headers, self.cookies = list(stream.headers), list(stream.cookies)


class BaseResponseHandler(Stream):
    """One response. Subclasses override the ``on_`` methods; an instance goes to send_request().

    Attributes: ``status``, an int; ``headers``, ``cookies`` and ``trailers`` as lists;
    ``stream_id``; ``scheme``, ``method``, ``host`` and ``path`` of the request.
    """

    def on_headers(self):
        """The header fields of the final response are complete."""

    def on_data(self, data):
        """``data``, bytes, is the next piece of the response's content."""

    def on_response_done(self):
        """The response is complete."""

    def on_message_done(self):
        self.on_response_done()

    def on_close(self, error_code):
        """The stream is closed, or could not be opened. ``error_code`` is 0 unless it was cut
        short."""

    def on_push_promise(self, push_promise):
        """The server promises another response: accept_push() or reject_push(), which it is if this
        method is not overridden."""
        self.reject_push(push_promise)

    def accept_push(self, push_promise, handler=None):
        """Lets ``handler``, or a new one of this class, have the promised response."""
        promised = push_promise.stream
        promised.delegate(handler if handler is not None else type(self)())

    def reject_push(self, push_promise):
        """Tells the server to keep the promised response to itself."""
        push_promise.stream.reset(ErrorCode.CANCEL)


class PromisedStream(Stream):
    """Stands for a promised response, whose handler accept_push() gives."""

    def __init__(self):
        self.handler = None

    def delegate(self, handler):
        self.handler = handler

    def on_headers(self):
        if self.handler is None:
            self.reset(ErrorCode.CANCEL)
        else:
            self.handler.take_over(self)
            self.handler.on_headers()

    def on_data(self, data):
        if self.handler is not None:
            self.handler.on_data(data)

    def on_message_done(self):
        if self.handler is not None:
            self.handler.on_message_done()

    def on_close(self, error_code):
        handler, self.handler = self.handler, None
        if handler is not None:
            handler.take_over(self)
            handler.on_close(error_code)


class Response(Stream):
    """A response to HTTP2Client.request() or stream(): ``status``, ``headers``, ``trailers``, and
    ``body``, the content, after request() or read()."""

    def __init__(self):
        self.keep_data()
        self.body = None
        self._chunks = collections.deque()
        self._begun = asyncio.get_running_loop().create_future()
        self._more = None
        self._error = None

    def on_headers(self):
        if not self._begun.done():
            self._begun.set_result(None)

    def on_data(self, data):
        self._chunks.append(data)
        self._wake()

    def on_message_done(self):
        self._wake()

    def on_close(self, error_code):
        if not self.complete:
            self._error = StreamClosedError(
                f"the response was cut short with error code {name_of(error_code)}", error_code)
            if not self._begun.done():
                self._begun.set_exception(self._error)
                self._begun.exception()  # whoever waits gets it; nobody may
        self._wake()

    def on_push_promise(self, push_promise):
        push_promise.stream.reset(ErrorCode.CANCEL)

    def header(self, name, default=None):
        """The value of the first header field ``name``, as str."""
        wanted = name.lower().encode() if isinstance(name, str) else name.lower()
        for each, value in self.headers:
            if each == wanted:
                return value.decode("utf-8", "surrogateescape")
        return default

    async def __aiter__(self):
        """The pieces of the content. The server may send more as they are taken."""
        while True:
            while self._chunks:
                chunk = self._chunks.popleft()
                self.consume(len(chunk))
                yield chunk
            if self.complete:
                return
            if self._error is not None:
                raise self._error
            self._more = asyncio.get_running_loop().create_future()
            await self._more

    async def read(self, limit=67108864):
        """All of the content that is left; Error if it has more than ``limit`` bytes."""
        chunks, length = [], 0
        async for chunk in self:
            length += len(chunk)
            if length > limit:
                self.reset(ErrorCode.CANCEL)
                raise Error(f"the response has more than {limit} bytes")
            chunks.append(chunk)
        self.body = b"".join(chunks)
        return self.body

    def text(self, encoding="utf-8"):
        """The content as str."""
        return (self.body or b"").decode(encoding)

    def leave(self):
        """Nobody will read on."""
        if not self.complete:
            self.reset(ErrorCode.CANCEL)
        self._chunks.clear()
        self.consume()

    def _wake(self):
        more, self._more = self._more, None
        if more is not None and not more.done():
            more.set_result(None)


def name_of(error_code):
    try:
        return ErrorCode(error_code).name
    except ValueError:
        return f"{error_code:#x}"


class ClientConnection(Connection, asyncio.Protocol):
    """The connection of a client."""

    def __init__(self, limits, ready):
        super().__init__(False, PromisedStream, limits)
        self.ready = ready
        self.lost = asyncio.get_running_loop().create_future()

    def on_ready(self):
        if not self.ready.done():
            self.ready.set_result(None)

    def on_lost(self, error):
        if not self.ready.done():
            self.ready.set_exception(error or ConnectionError("the server does not speak HTTP/2"))
        if not self.lost.done():
            self.lost.set_result(None)

    def describe_push(self, stream):
        return PushPromise(stream)


class HTTP2Client:
    """Sends requests over one connection, which is opened with the first, and again when it is gone.

    ``address`` is (host, port) or the path of a Unix socket. ``loop`` is where send_request()
    works if it is called outside of a running event loop. ``ssl`` is an ssl.SSLContext, on which
    ALPN is set to h2; None is cleartext with prior knowledge. ``limits`` bounds what the server may
    cost, ``server_hostname`` is for the certificate if the host of the address is not.
    """

    def __init__(self, address, loop=None, ssl=None, *, limits=None, server_hostname=None):
        if ssl is not None:
            ssl.set_alpn_protocols(["h2"])
        self.address = address
        self.limits = limits or Limits()
        self._loop = loop
        self._ssl = ssl
        self._hostname = server_hostname
        self._connection = self._connecting = None
        self._waiting = []  # of send_request(), until there is a connection
        self._closed = False

    def get_event_loop(self):
        """The event loop that the client works in."""
        if self._loop is None:
            try:
                self._loop = asyncio.get_running_loop()
            except RuntimeError:
                self._loop = asyncio.new_event_loop()
                asyncio.set_event_loop(self._loop)
        return self._loop

    # By handlers.

    def send_request(self, method="GET", url="/", headers=None, body=None, handler=None):
        """Sends a request whose response goes to ``handler``, a BaseResponseHandler.

        ``url`` is a path, or absolute. ``headers`` and ``body`` are as for send_response() of a
        server. If the connection fails first, on_close(CONNECT_ERROR) of the handler is called.
        """
        if handler is None:
            raise ValueError("send_request needs a handler")
        if self._closed:
            raise ConnectionError("the client is closed")
        request = (handler, method, *self._split(url), headers, body)
        if self._connection is not None and self._connection.takes_requests:
            self._connection.submit_request(*request)
            return
        self._waiting.append(request)
        if len(self._waiting) == 1:
            self._sender = self.get_event_loop().create_task(self._send_waiting())

    async def _send_waiting(self):
        failure = None
        try:
            connection = await self._connect()
        except Exception as error:
            failure = error
            logger.error("no connection with %s: %s", self.address, error)
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            if failure is None:
                try:
                    connection.submit_request(*request)
                    continue
                except Exception as error:
                    logger.error("the request was not sent: %s", error, exc_info=error)
            try:
                request[0].on_close(ErrorCode.CONNECT_ERROR)
            except Exception as error:
                logger.error("%s failed", type(request[0]).__name__, exc_info=error)

    # By coroutines.

    async def request(self, method, url="/", *, headers=None, body=None, limit=67108864):
        """Sends a request and returns the whole Response, of at most ``limit`` bytes.

        Requests that are made at the same time share the connection.
        """
        async with self.stream(method, url, headers=headers, body=body) as response:
            await response.read(limit)
        return response

    @contextlib.asynccontextmanager
    async def stream(self, method, url="/", *, headers=None, body=None):
        """``async with`` a Response whose content is yet to come: iterate over it, or read().
        What is left of it at the end is cancelled."""
        if self._closed:
            raise ConnectionError("the client is closed")
        connection = await self._connect()
        response = Response()
        connection.submit_request(response, method, *self._split(url), headers, body)
        try:
            await response._begun
            yield response
        finally:
            response.leave()

    async def _connect(self):
        if self._connection is not None and self._connection.takes_requests:
            return self._connection
        if self._connecting is None:
            self._connecting = asyncio.ensure_future(self._open())
            self._connecting.add_done_callback(self._connected)
        return await asyncio.shield(self._connecting)

    def _connected(self, task):
        self._connecting = None
        if not task.cancelled():
            task.exception()  # those who wait have it

    async def _open(self):
        loop = asyncio.get_running_loop()
        ready = loop.create_future()
        hostname = self._hostname if self._ssl is not None else None
        if isinstance(self.address, tuple):
            _, connection = await loop.create_connection(
                lambda: ClientConnection(self.limits, ready), *self.address[:2], ssl=self._ssl,
                server_hostname=hostname)
        else:
            _, connection = await loop.create_unix_connection(
                lambda: ClientConnection(self.limits, ready), self.address, ssl=self._ssl,
                server_hostname=hostname)
        try:
            await ready
        except BaseException:
            connection.abort()
            raise
        self._connection = connection
        return connection

    def _split(self, url):
        """Scheme, authority and path of a request."""
        scheme = "https" if self._ssl is not None else "http"
        if isinstance(url, bytes):
            url = url.decode()
        if not url.startswith(("http://", "https://")):
            return scheme, self._authority(), url
        parts = urllib.parse.urlsplit(url)
        path = urllib.parse.urlunsplit(("", "", parts.path or "/", parts.query, ""))
        return parts.scheme, parts.netloc.rpartition("@")[2], path

    def _authority(self):
        if not isinstance(self.address, tuple):
            return self._hostname or "localhost"
        host, port = self.address[:2]
        host = self._hostname or host
        if ":" in host:
            host = f"[{host}]"
        return host if port == (443 if self._ssl is not None else 80) else f"{host}:{port}"

    def close(self):
        """Ends the connection; streams that are open are cut short."""
        self._closed = True
        if self._connecting is not None:
            self._connecting.cancel()
        if self._connection is not None:
            self._connection.terminate()

    async def wait_closed(self):
        """Waits until the connection has ended after close()."""
        if self._connection is not None:
            await self._connection.lost

    async def __aenter__(self):
        await self._connect()
        return self

    async def __aexit__(self, *exception):
        self.close()
        await self.wait_closed()
