# SPDX-License-Identifier: MIT
# What a message's content comes from: bytes, a file, an iterator, a callback, or a queue that
# coroutines fill.
from collections import deque

DATA_OK = 0
DATA_EOF = 1
DATA_DEFERRED = 2

cdef enum Fetched:
    FETCHED_NOTHING  # and resume() will say when to ask again
    FETCHED_CHUNK
    FETCHED_END


cdef class Body:
    """Pieces of content on their way into DATA frames."""
    cdef bytes chunk
    cdef Py_ssize_t offset
    cdef bint ended  # self.chunk is the last one
    cdef readonly bint deferred

    cdef Fetched fetch(self, size_t wanted) except *:
        """Puts the next bytes, preferably as many as wanted, into self.chunk."""
        return FETCHED_END

    cdef nghttp2_ssize read(self, uint8_t *buffer, size_t length, uint32_t *flags) except -1:
        cdef size_t filled = 0, left
        cdef Fetched fetched
        self.deferred = False
        while True:
            left = 0 if self.chunk is None else PyBytes_GET_SIZE(self.chunk) - self.offset
            if left > length - filled:
                left = length - filled
            if left:
                memcpy(buffer + filled, PyBytes_AS_STRING(self.chunk) + self.offset, left)
                filled += left
                self.offset += left
            if self.chunk is not None and self.offset < PyBytes_GET_SIZE(self.chunk):
                return filled
            self.chunk = None
            self.offset = 0
            fetched = FETCHED_END
            if not self.ended:
                if filled == length:
                    return filled
                fetched = self.fetch(length - filled)
            if fetched == FETCHED_END:
                self.ended = True
                flags[0] |= NGHTTP2_DATA_FLAG_EOF
                return filled
            if fetched == FETCHED_NOTHING:
                self.deferred = filled == 0
                return filled if filled else NGHTTP2_ERR_DEFERRED


cdef class BytesBody(Body):
    def __init__(self, bytes data):
        self.chunk = data
        self.ended = True


cdef class FileBody(Body):
    cdef object read_file

    def __init__(self, file):
        self.read_file = file.read

    cdef Fetched fetch(self, size_t wanted) except *:
        data = self.read_file(wanted)
        if data is None:
            raise BlockingIOError("the file of a body has nothing to read yet")
        if isinstance(data, str):
            raise TypeError("the file of a body must be opened in binary mode")
        self.chunk = to_bytes(data, "what a file returns")
        return FETCHED_CHUNK if self.chunk else FETCHED_END


cdef class IteratorBody(Body):
    cdef object iterator

    def __init__(self, iterable):
        self.iterator = iter(iterable)

    cdef Fetched fetch(self, size_t wanted) except *:
        for data in self.iterator:
            self.chunk = to_bytes(data, "what the iterator of a body yields")
            return FETCHED_CHUNK
        return FETCHED_END


cdef class CallbackBody(Body):
    cdef object callback

    def __init__(self, callback):
        self.callback = callback

    cdef Fetched fetch(self, size_t wanted) except *:
        data, flag = self.callback(wanted)
        self.chunk = b"" if data is None else to_bytes(data, "what the callback of a body returns")
        if flag == DATA_EOF:
            self.ended = True
            return FETCHED_CHUNK
        if flag == DATA_DEFERRED and not self.chunk:
            return FETCHED_NOTHING
        if flag != DATA_OK and flag != DATA_DEFERRED:
            raise ValueError(f"the callback of a body returned flag {flag!r}")
        if not self.chunk:
            raise ValueError("the callback of a body returned DATA_OK without data")
        return FETCHED_CHUNK


cdef class QueueBody(Body):
    """Filled by Stream.write(); ``waiter`` is done when there is room for more."""
    cdef object chunks, waiter
    cdef Py_ssize_t queued
    cdef bint finished

    def __init__(self):
        self.chunks = deque()

    cdef Fetched fetch(self, size_t wanted) except *:
        if self.chunks:
            self.chunk = self.chunks.popleft()
            self.queued -= PyBytes_GET_SIZE(self.chunk)
            if self.queued <= LOW_WATER:
                self.wake()
            return FETCHED_CHUNK
        return FETCHED_END if self.finished else FETCHED_NOTHING

    cdef void wake(self):
        if self.waiter is not None:
            waiter, self.waiter = self.waiter, None
            if not waiter.done():
                waiter.set_result(None)


cdef Body make_body(object source, Stream stream):
    """The body for what an application gives; None stays None."""
    cdef QueueBody queue
    if source is None:
        return None
    if isinstance(source, (bytes, str, bytearray, memoryview)):
        return BytesBody(to_bytes(source, "a body"))
    if hasattr(source, "read"):
        return FileBody(source)
    if hasattr(source, "__aiter__"):
        queue = QueueBody()
        stream.start(pump(stream, source))
        return queue
    if callable(source):
        return CallbackBody(source)
    if hasattr(source, "__iter__"):
        return IteratorBody(source)
    raise TypeError("a body is str, bytes, a binary file, an iterator, an async iterator or a "
                    f"callback, not {type(source).__name__}")


async def pump(Stream stream, source):
    """Moves what an async iterator yields into the stream, no faster than the peer reads."""
    iterator = source.__aiter__()
    try:
        async for chunk in iterator:
            if not stream.write(to_bytes(chunk, "what the async iterator of a body yields")):
                await stream.drain()
        stream.finish()
    except StreamClosedError:
        pass
    except Exception as error:
        stream.fail(error)
    finally:
        close = getattr(iterator, "aclose", None)
        if close is not None:
            await close()
