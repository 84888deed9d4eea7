# SPDX-License-Identifier: MIT
# One request and its response, seen from either end. Handlers are its subclasses.


cdef class Stream:
    """One request and its response."""
    cdef object __weakref__
    cdef Connection connection
    cdef Body body
    cdef object task  # that fills the body
    cdef Py_ssize_t unconsumed
    cdef readonly int stream_id
    cdef readonly bytes scheme, method, host, path
    cdef readonly object status
    cdef readonly list headers, cookies, trailers
    cdef readonly bint closed, complete, responded
    cdef bint failed, promised, message_begun
    cdef bint keeps_data

    def __cinit__(self, *args, **kwargs):
        self.headers = []
        self.cookies = []
        self.trailers = []

    @property
    def client_address(self):
        """The address of the client as asyncio has it, for example (host, port)."""
        return None if self.connection is None else self.connection.peer_address

    @property
    def client_certificate(self):
        """The client's verified certificate as ssl.SSLSocket.getpeercert() has it, or None."""
        return None if self.connection is None else self.connection.peer_certificate()

    # What happens; subclasses override these.

    def on_headers(self):
        """The header fields of the message are complete."""

    def on_data(self, data):
        """``data`` is the next piece of the message's content."""

    def on_message_done(self):
        """The message is complete."""

    def on_close(self, error_code):
        """The stream is closed. ``error_code`` is 0 unless it was cut short."""

    # What to do.

    cdef int bind(self, Connection connection, int stream_id) except -1:
        if self.connection is not None:
            raise ValueError(f"{type(self).__name__} is in use for stream {self.stream_id} already")
        self.connection = connection
        self.stream_id = stream_id
        connection.streams[stream_id] = self
        return 0

    cdef int check_open(self) except -1:
        if self.closed or self.connection is None or self.connection.session == NULL:
            raise StreamClosedError(f"stream {self.stream_id} is closed", NGHTTP2_CANCEL)
        return 0

    cdef void start(self, coroutine):
        self.task = self.connection.loop.create_task(coroutine)

    cdef void take_field(self, bytes name, bytes value, bint pseudo) except *:
        if pseudo:
            if name == b":path":
                self.path = value
            elif name == b":method":
                self.method = value
            elif name == b":scheme":
                self.scheme = value
            elif name == b":authority":
                self.host = value
            elif name == b":status":
                self.status = int(value)
            return
        if name == b"cookie":
            self.cookies.append(value)
        else:
            if name == b"host" and self.host is None:
                self.host = value
            self.headers.append((name, value))

    cdef bint sends_content(self, int status):
        return self.method != b"HEAD" and status != 204 and status != 304

    def respond(self, status, headers, body):
        """Queues a response; with a status below 200 an interim one, which others may follow."""
        cdef FieldArray fields = FieldArray()
        cdef nghttp2_data_provider2 provider
        cdef int code
        self.check_open()
        if self.responded:
            raise RuntimeError(f"stream {self.stream_id} has a response already")
        if not 100 <= status <= 999 or status == 101:
            raise ValueError(f"{status} is not a status of HTTP/2")
        fields.add(b":status", b"%d" % status, NGHTTP2_NV_FLAG_NONE)
        fields.extend_checked(headers)
        if status < 200:
            if body is not None:
                raise ValueError(f"a response with status {status} has no body")
            code = nghttp2_submit_headers(self.connection.session, NGHTTP2_FLAG_NONE,
                                          self.stream_id, NULL, fields.at, fields.length, NULL)
        else:
            self.body = make_body(body, self) if self.sends_content(status) else None
            provider.source.ptr = <void *>self.body
            provider.read_callback = read_body
            code = nghttp2_submit_response2(
                self.connection.session, self.stream_id, fields.at, fields.length,
                NULL if self.body is None else &provider)
            self.responded = True
        if code != 0:
            raise library_error(code, f"response on stream {self.stream_id}")
        self.connection.schedule_flush()

    def respond_queue(self, status, headers):
        """As respond(), with content that write() and finish() give."""
        cdef FieldArray fields = FieldArray()
        cdef nghttp2_data_provider2 provider
        if not self.sends_content(status):
            return self.respond(status, headers, None)
        self.check_open()
        if self.responded:
            raise RuntimeError(f"stream {self.stream_id} has a response already")
        fields.add(b":status", b"%d" % status, NGHTTP2_NV_FLAG_NONE)
        fields.extend_checked(headers)
        self.body = QueueBody()
        provider.source.ptr = <void *>self.body
        provider.read_callback = read_body
        code = nghttp2_submit_response2(self.connection.session, self.stream_id, fields.at,
                                        fields.length, &provider)
        if code != 0:
            raise library_error(code, f"response on stream {self.stream_id}")
        self.responded = True
        self.connection.schedule_flush()

    def promise(self, Stream pushed, path, method, request_headers):
        """Announces ``pushed`` as the answer to a request that the client did not make.

        Returns whether the client allows pushes."""
        cdef FieldArray fields = FieldArray()
        cdef int stream_id
        self.check_open()
        if not nghttp2_session_get_remote_settings(self.connection.session,
                                                   NGHTTP2_SETTINGS_ENABLE_PUSH):
            return False
        pushed.path = to_bytes(path, "path")
        pushed.method = to_bytes(method, "method")
        pushed.scheme = self.scheme
        pushed.host = self.host
        fields.add(b":method", pushed.method, NGHTTP2_NV_FLAG_NONE)
        fields.add(b":scheme", pushed.scheme, NGHTTP2_NV_FLAG_NONE)
        if pushed.host is not None:
            fields.add(b":authority", pushed.host, NGHTTP2_NV_FLAG_NONE)
        fields.add(b":path", check_value(pushed.path, "path"), NGHTTP2_NV_FLAG_NONE)
        fields.extend_checked(request_headers)
        stream_id = nghttp2_submit_push_promise(self.connection.session, NGHTTP2_FLAG_NONE,
                                                self.stream_id, fields.at, fields.length,
                                                <void *>pushed)
        if stream_id < 0:
            raise library_error(stream_id, f"push on stream {self.stream_id}")
        pushed.bind(self.connection, stream_id)
        pushed.promised = pushed.complete = True
        self.connection.schedule_flush()
        return True

    def write(self, bytes data):
        """Queues ``data`` as content; returns whether there is room for more: else drain()."""
        cdef QueueBody queue
        self.check_open()
        if self.body is None:
            return True
        queue = <QueueBody?>self.body
        if queue.finished:
            raise RuntimeError(f"the content of stream {self.stream_id} is finished")
        if data:
            queue.chunks.append(data)
            queue.queued += PyBytes_GET_SIZE(data)
            self.resume()
        return queue.queued <= HIGH_WATER

    def finish(self):
        """Ends the content that write() gave."""
        self.check_open()
        if self.body is not None:
            (<QueueBody?>self.body).finished = True
            self.resume()

    async def drain(self):
        """Waits until the peer has read most of what was written; StreamClosedError if it left."""
        cdef QueueBody queue
        self.check_open()
        if self.body is None:
            return
        queue = <QueueBody?>self.body
        if queue.queued > LOW_WATER:
            if queue.waiter is None:
                queue.waiter = self.connection.loop.create_future()
            # Another waiter's cancellation is not to wake this one.
            await shield(queue.waiter)
            self.check_open()

    def resume(self):
        """Asks the callback of the body again, after it has returned DATA_DEFERRED."""
        cdef Connection connection = self.connection
        if self.closed or connection is None or connection.session == NULL:
            return
        if self.body is not None and self.body.deferred:
            self.body.deferred = False
            nghttp2_session_resume_data(connection.session, self.stream_id)
            connection.schedule_flush()

    def reset(self, error_code=NGHTTP2_CANCEL):
        """Ends the stream at once with ``error_code``; without effect on a closed one."""
        if self.closed or self.connection is None or self.connection.session == NULL:
            return
        nghttp2_submit_rst_stream(self.connection.session, NGHTTP2_FLAG_NONE, self.stream_id,
                                  error_code)
        self.connection.schedule_flush()

    def consume(self, Py_ssize_t length=-1):
        """Lets the peer send ``length`` more bytes, or as many as were received, for streams that
        keep data instead of taking it in on_data()."""
        cdef Connection connection = self.connection
        if length < 0 or length > self.unconsumed:
            length = self.unconsumed
        self.unconsumed -= length
        if length and connection is not None and connection.session != NULL:
            nghttp2_session_consume(connection.session, self.stream_id, length)
            connection.schedule_flush()

    def keep_data(self):
        """on_data() only stores: consume() will say what was taken."""
        self.keeps_data = True

    def take_over(self, Stream other):
        """Has the message of ``other``, a promised stream, from now on."""
        self.connection = other.connection
        self.stream_id = other.stream_id
        self.scheme, self.method, self.host, self.path = (other.scheme, other.method, other.host,
                                                          other.path)
        self.status, self.headers, self.cookies = other.status, other.headers, other.cookies
        self.trailers = other.trailers
        self.closed = other.closed
        self.complete = other.complete

    def fail(self, error):
        """Logs ``error`` with its traceback and resets the stream."""
        logger.error("stream %d: %s failed: %s", self.stream_id, type(self).__name__, error,
                     exc_info=error)
        self.failed = True
        self.reset(NGHTTP2_INTERNAL_ERROR)

    cdef void end(self, uint32_t error_code) except *:
        """The stream is closed; nothing keeps it after this."""
        body, self.body = self.body, None
        task, self.task = self.task, None
        self.closed = True
        if isinstance(body, QueueBody):
            (<QueueBody>body).wake()
        if task is not None:
            task.cancel()
        self.on_close(error_code)
        if not self.keeps_data:
            self.consume()


cdef bytes check_value(bytes value, str what):
    if not PyBytes_GET_SIZE(value) or not nghttp2_check_header_value_rfc9113(
            <const uint8_t *>PyBytes_AS_STRING(value), PyBytes_GET_SIZE(value)):
        raise ValueError(f"{what} has no content, or bytes that it may not have: {value!r}")
    return value
