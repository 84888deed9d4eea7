# SPDX-License-Identifier: MIT
import asyncio
import logging
from collections.abc import AsyncIterable, Callable, Iterable
from typing import IO, Any, Optional, Union

from ._hpack import Fields, Text
from .limits import Limits

DATA_OK: int
DATA_EOF: int
DATA_DEFERRED: int
logger: logging.Logger

Body = Union[
    str,
    bytes,
    bytearray,
    memoryview,
    IO[bytes],
    Iterable[bytes],
    AsyncIterable[bytes],
    Callable[[int], tuple[Optional[bytes], int]],
]

class Stream:
    stream_id: int
    scheme: Optional[bytes]
    method: Optional[bytes]
    host: Optional[bytes]
    path: Optional[bytes]
    status: Optional[int]
    headers: list[tuple[bytes, bytes]]
    cookies: list[bytes]
    trailers: list[tuple[bytes, bytes]]
    closed: bool
    complete: bool
    responded: bool
    @property
    def client_address(self) -> Any: ...
    @property
    def client_certificate(self) -> Optional[dict[str, Any]]: ...
    def on_headers(self) -> None: ...
    def on_data(self, data: bytes) -> None: ...
    def on_message_done(self) -> None: ...
    def on_close(self, error_code: int) -> None: ...
    def respond(self, status: int, headers: Optional[Fields], body: Optional[Body]) -> None: ...
    def respond_queue(self, status: int, headers: Optional[Fields]) -> None: ...
    def promise(
        self, pushed: Stream, path: Text, method: Text, request_headers: Optional[Fields]
    ) -> bool: ...
    def write(self, data: bytes) -> bool: ...
    def finish(self) -> None: ...
    async def drain(self) -> None: ...
    def resume(self) -> None: ...
    def reset(self, error_code: int = 8) -> None: ...
    def consume(self, length: int = -1) -> None: ...
    def keep_data(self) -> None: ...
    def take_over(self, other: Stream) -> None: ...
    def fail(self, error: BaseException) -> None: ...

class Connection:
    loop: asyncio.AbstractEventLoop
    transport: Optional[asyncio.Transport]
    peer_address: Any
    limits: Limits
    make_stream: Callable[[], Stream]
    going_away: bool
    def __init__(
        self, is_server: bool, make_stream: Callable[[], Stream], limits: Limits
    ) -> None: ...
    @property
    def stream_count(self) -> int: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def takes_requests(self) -> bool: ...
    def abort(self) -> None: ...
    def terminate(self, error_code: int = 0) -> None: ...
    def shut_down(self) -> None: ...
    def submit_request(
        self,
        stream: Stream,
        method: Text,
        scheme: Text,
        authority: Text,
        path: Text,
        headers: Optional[Fields],
        body: Optional[Body],
    ) -> None: ...
