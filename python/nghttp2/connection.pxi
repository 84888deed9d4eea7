# SPDX-License-Identifier: MIT
# A connection as a protocol of asyncio: bytes to the library, its output to the transport.

cdef nghttp2_session_callbacks *session_callbacks = NULL

cdef enum:
    WRITE_SIZE = 65536  # what is joined into one write


cdef int make_callbacks() except -1:
    global session_callbacks
    if session_callbacks == NULL:
        if nghttp2_session_callbacks_new(&session_callbacks) != 0:
            raise MemoryError()
        nghttp2_session_callbacks_set_on_begin_headers_callback(session_callbacks,
                                                                on_begin_headers)
        nghttp2_session_callbacks_set_on_header_callback(session_callbacks, on_header)
        nghttp2_session_callbacks_set_on_frame_recv_callback(session_callbacks,
                                                             on_frame_received)
        nghttp2_session_callbacks_set_on_data_chunk_recv_callback(session_callbacks,
                                                                  on_data_chunk)
        nghttp2_session_callbacks_set_on_stream_close_callback(session_callbacks,
                                                               on_stream_closed)
    return 0


cdef class Connection:
    """One connection of a server or a client; asyncio calls it as a protocol.

    ``make_stream`` is called without arguments for each stream that the peer opens or promises.
    """
    cdef object __weakref__
    cdef nghttp2_session *session
    cdef uint8_t *output
    cdef dict streams
    cdef object interrupt, timer
    cdef readonly object loop, transport, peer_address, limits
    cdef public object make_stream
    cdef readonly bint going_away
    cdef bint is_server, in_library, flush_scheduled, writing_paused
    cdef bint settings_received, settings_acknowledged
    cdef double last_input, started

    def __init__(self, bint is_server, make_stream, limits):
        make_callbacks()
        self.is_server = is_server
        self.make_stream = make_stream
        self.limits = limits
        self.streams = {}

    def __dealloc__(self):
        if self.session != NULL:
            nghttp2_session_del(self.session)
        PyMem_Free(self.output)

    def __repr__(self):
        return f"<{type(self).__name__} with {self.peer_address}, {len(self.streams)} streams>"

    @property
    def stream_count(self):
        """How many streams are open."""
        return len(self.streams)

    @property
    def is_open(self):
        return self.session != NULL

    def peer_certificate(self):
        """The peer's verified certificate, or None."""
        return None if self.transport is None else self.transport.get_extra_info("peercert")

    # What subclasses hear of.

    def on_goaway(self, error_code):
        """The peer will process no more requests."""

    def on_ready(self):
        """The peer's first SETTINGS have come."""

    def on_lost(self, error):
        """The connection is gone."""

    def describe_push(self, stream):
        return stream

    # What asyncio calls.

    def connection_made(self, transport):
        self.loop = get_running_loop()
        self.transport = transport
        self.peer_address = transport.get_extra_info("peername")
        self.started = self.last_input = self.loop.time()
        tls = transport.get_extra_info("ssl_object")
        if tls is not None and tls.selected_alpn_protocol() != "h2":
            logger.info("%r: TLS did not settle on h2", self)
            transport.abort()
            return
        self.open_session()
        self.timer = self.loop.call_later(self.limits.settings_timeout, self.check_time)
        self.flush()

    cdef int open_session(self) except -1:
        cdef nghttp2_option *option = NULL
        cdef nghttp2_settings_entry settings[4]
        cdef int code, count = 3
        if nghttp2_option_new(&option) != 0:
            raise MemoryError()
        nghttp2_option_set_no_auto_window_update(option, 1)
        nghttp2_option_set_strict_stream_states(option, 1)
        nghttp2_option_set_max_header_list_size(option, self.limits.max_header_list_size)
        nghttp2_option_set_max_reserved_remote_streams(option, self.limits.max_concurrent_streams)
        self.output = <uint8_t *>PyMem_Malloc(WRITE_SIZE)
        if self.output == NULL:
            code = NGHTTP2_ERR_NOMEM
        elif self.is_server:
            code = nghttp2_session_server_new2(&self.session, session_callbacks, <void *>self,
                                               option)
        else:
            code = nghttp2_session_client_new2(&self.session, session_callbacks, <void *>self,
                                               option)
        nghttp2_option_del(option)
        if code != 0:
            raise library_error(code, "connection")
        settings[0].settings_id = NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS
        settings[0].value = self.limits.max_concurrent_streams
        settings[1].settings_id = NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE
        settings[1].value = self.limits.window_size
        settings[2].settings_id = NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE
        settings[2].value = self.limits.max_header_list_size
        if self.is_server:
            settings[3].settings_id = NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES
            settings[3].value = 1
            count = 4
        nghttp2_submit_settings(self.session, NGHTTP2_FLAG_NONE, settings, count)
        nghttp2_session_set_local_window_size(self.session, NGHTTP2_FLAG_NONE, 0,
                                              self.limits.connection_window_size)
        return 0

    def data_received(self, data):
        cdef nghttp2_ssize used
        cdef bytes received
        if self.session == NULL:
            return
        received = data if type(data) is bytes else bytes(data)
        self.last_input = self.loop.time()
        self.in_library = True
        used = nghttp2_session_mem_recv2(
            self.session, <const uint8_t *>PyBytes_AS_STRING(received),
            PyBytes_GET_SIZE(received))
        self.in_library = False
        if self.interrupt is not None:
            self.raise_interrupt()
        if used < 0:
            logger.info("%r: %s", self, nghttp2_strerror(<int>used).decode())
            self.flush()
            self.drop()
            return
        self.flush()

    def eof_received(self):
        return False

    def connection_lost(self, error):
        streams, self.streams = self.streams, {}
        if self.timer is not None:
            self.timer.cancel()
        self.timer = self.transport = None
        if self.session != NULL:
            nghttp2_session_del(self.session)
            self.session = NULL
        for stream in streams.values():
            try:
                (<Stream>stream).end(NGHTTP2_CANCEL)
            except Exception as failure:
                (<Stream>stream).fail(failure)
        self.on_lost(error)

    def pause_writing(self):
        self.writing_paused = True

    def resume_writing(self):
        self.writing_paused = False
        self.flush()

    # Output.

    cdef void schedule_flush(self) except *:
        if not self.flush_scheduled and not self.in_library and self.transport is not None:
            self.flush_scheduled = True
            self.loop.call_soon(self.flush)

    def flush(self):
        """Writes what there is to send, until the transport has enough of it."""
        cdef const uint8_t *piece
        cdef nghttp2_ssize length
        cdef size_t filled
        self.flush_scheduled = False
        if self.in_library:
            return
        while not self.writing_paused and self.session != NULL:
            filled = 0
            self.in_library = True
            while True:
                length = nghttp2_session_mem_send2(self.session, &piece)
                if length <= 0:
                    break
                if filled + <size_t>length > WRITE_SIZE:
                    self.transport.write(PyBytes_FromStringAndSize(<char *>self.output, filled))
                    filled = 0
                    if length > WRITE_SIZE:
                        self.transport.write(PyBytes_FromStringAndSize(<char *>piece, length))
                        continue
                memcpy(self.output + filled, piece, length)
                filled += length
                if filled + 16384 + 9 > WRITE_SIZE:
                    break
            self.in_library = False
            if filled:
                self.transport.write(PyBytes_FromStringAndSize(<char *>self.output, filled))
            if self.interrupt is not None:
                self.raise_interrupt()
            if length < 0:
                logger.error("%r: %s", self, nghttp2_strerror(<int>length).decode())
                self.drop()
                return
            if length == 0:
                break
        if (self.session != NULL and not nghttp2_session_want_read(self.session)
                and not nghttp2_session_want_write(self.session)):
            self.drop()

    cdef void drop(self) except *:
        """Closes the transport after what was written."""
        if self.transport is not None:
            self.transport.close()

    cdef void raise_interrupt(self) except *:
        error, self.interrupt = self.interrupt, None
        self.abort()
        raise error

    def abort(self):
        """Closes the connection at once."""
        if self.transport is not None:
            self.transport.abort()

    def terminate(self, error_code=NGHTTP2_NO_ERROR):
        """Ends the connection with GOAWAY; open streams are cut short."""
        if self.session != NULL:
            nghttp2_session_terminate_session(self.session, error_code)
            self.schedule_flush()

    def shut_down(self):
        """Announces the end with GOAWAY; the connection ends when its streams have ended."""
        if self.session == NULL:
            return
        if self.is_server:
            nghttp2_submit_shutdown_notice(self.session)
            self.schedule_flush()
            # Requests that crossed the notice are still served.
            self.loop.call_later(self.limits.shutdown_delay, self.refuse_streams)
        else:
            self.refuse_streams()

    def refuse_streams(self):
        """Says with GOAWAY which streams will still be served: those that there are."""
        if self.session != NULL:
            nghttp2_submit_goaway(self.session, NGHTTP2_FLAG_NONE,
                                  nghttp2_session_get_last_proc_stream_id(self.session),
                                  NGHTTP2_NO_ERROR, NULL, 0)
            self.schedule_flush()

    # Time.

    cdef void on_settings(self, bint acknowledgement) except *:
        if acknowledgement:
            self.settings_acknowledged = True
        elif not self.settings_received:
            self.settings_received = True
            self.on_ready()

    def check_time(self):
        """Ends a connection whose peer is late; asks again later."""
        cdef double now = self.loop.time(), silence = now - self.last_input
        self.timer = None
        if self.session == NULL:
            return
        if not (self.settings_received and self.settings_acknowledged):
            logger.info("%r: no SETTINGS in time", self)
            self.give_up(NGHTTP2_SETTINGS_TIMEOUT)
        elif not self.streams and silence >= self.limits.idle_timeout:
            self.give_up(NGHTTP2_NO_ERROR)
        elif silence >= self.limits.stall_timeout and self.is_stalled():
            logger.info("%r: no progress for %d seconds", self, silence)
            self.give_up(NGHTTP2_NO_ERROR)
        else:
            self.timer = self.loop.call_later(
                max(0.05, min(self.limits.idle_timeout, self.limits.stall_timeout) / 4),
                self.check_time)

    cdef void give_up(self, uint32_t error_code) except *:
        """Says goodbye, but does not wait for the peer to read it."""
        self.terminate(error_code)
        self.flush()
        self.timer = self.loop.call_later(1, self.abort)

    cdef bint is_stalled(self):
        """Whether a stream waits for the peer, to send or to take content."""
        cdef Stream stream
        if self.writing_paused:
            return True
        for stream in self.streams.values():
            if stream.body is not None and not stream.body.deferred:
                return True
            if not stream.complete and stream.unconsumed == 0:
                return self.is_server
        return False

    # Requests of a client.

    @property
    def takes_requests(self):
        """Whether a request may be submitted: the connection is up, and GOAWAY was neither sent nor
        received."""
        return self.session != NULL and nghttp2_session_check_request_allowed(self.session) != 0

    def submit_request(self, Stream stream, method, scheme, authority, path, headers, body):
        """Queues a request whose response goes to ``stream``."""
        cdef FieldArray fields = FieldArray()
        cdef nghttp2_data_provider2 provider
        cdef int stream_id
        if not self.takes_requests:
            raise ConnectionError("the connection takes no more requests")
        if stream.connection is not None:
            raise ValueError(f"{type(stream).__name__} has a stream already")
        for name, value in ((b":method", method), (b":scheme", scheme), (b":authority", authority),
                            (b":path", path)):
            value = check_value(to_bytes(value, name.decode()), name.decode())
            fields.add(name, value, NGHTTP2_NV_FLAG_NONE)
            stream.take_field(name, value, True)
        fields.extend_checked(headers)
        stream.connection = self
        try:
            stream.body = make_body(body, stream)
            provider.source.ptr = <void *>stream.body
            provider.read_callback = read_body
            stream_id = nghttp2_submit_request2(self.session, NULL, fields.at, fields.length,
                                                NULL if stream.body is None else &provider,
                                                <void *>stream)
            if stream_id < 0:
                raise library_error(stream_id, "request")
        finally:
            stream.connection = None
        stream.bind(self, stream_id)
        self.schedule_flush()
