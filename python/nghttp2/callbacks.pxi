# SPDX-License-Identifier: MIT
# What the library calls. An exception never passes through it: one of a handler ends its stream,
# one that is to end the program is kept until the library has returned.


cdef inline Stream stream_of(nghttp2_session *session, int32_t stream_id):
    cdef void *found = nghttp2_session_get_stream_user_data(session, stream_id)
    return None if found == NULL else <Stream>found


cdef int guard(Connection connection, Stream stream, error) except -1:
    """What a callback returns after ``error``."""
    if not isinstance(error, Exception):
        connection.interrupt = error
        return NGHTTP2_ERR_CALLBACK_FAILURE
    if stream is None:
        logger.error("%r failed", connection, exc_info=error)
    else:
        stream.fail(error)
    return 0


cdef int on_begin_headers(nghttp2_session *session, const nghttp2_frame *frame,
                          void *user_data) noexcept:
    cdef Connection connection = <Connection>user_data
    cdef int32_t stream_id = frame.hd.stream_id
    cdef Stream stream = None
    try:
        if frame.hd.type == NGHTTP2_PUSH_PROMISE:
            stream_id = frame.push_promise.promised_stream_id
        elif frame.headers.cat != NGHTTP2_HCAT_REQUEST:
            return 0
        stream = connection.make_stream()
        stream.promised = frame.hd.type == NGHTTP2_PUSH_PROMISE
        stream.bind(connection, stream_id)
        nghttp2_session_set_stream_user_data(session, stream_id, <void *>stream)
        return 0
    except BaseException as error:
        nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, stream_id, NGHTTP2_INTERNAL_ERROR)
        return guard(connection, None, error)


cdef int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                   size_t namelen, const uint8_t *value, size_t valuelen, uint8_t flags,
                   void *user_data) noexcept:
    cdef Stream stream
    cdef int32_t stream_id = frame.hd.stream_id
    cdef bytes name_bytes
    try:
        if frame.hd.type == NGHTTP2_PUSH_PROMISE:
            stream_id = frame.push_promise.promised_stream_id
        stream = stream_of(session, stream_id)
        if stream is None or stream.failed:
            return 0
        name_bytes = PyBytes_FromStringAndSize(<const char *>name, namelen)
        if stream.message_begun:
            stream.trailers.append((name_bytes,
                                    PyBytes_FromStringAndSize(<const char *>value, valuelen)))
        else:
            stream.take_field(name_bytes,
                              PyBytes_FromStringAndSize(<const char *>value, valuelen),
                              namelen > 0 and name[0] == b':')
        return 0
    except BaseException as error:
        return guard(<Connection>user_data, stream, error)


cdef int on_data_chunk(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                       const uint8_t *data, size_t length, void *user_data) noexcept:
    cdef Stream stream = stream_of(session, stream_id)
    try:
        if stream is None or stream.failed:
            nghttp2_session_consume(session, stream_id, length)
            return 0
        stream.unconsumed += length
        stream.on_data(PyBytes_FromStringAndSize(<const char *>data, length))
        if not stream.keeps_data:
            stream.consume()
        return 0
    except BaseException as error:
        return guard(<Connection>user_data, stream, error)


cdef int on_headers_done(Stream stream) except -1:
    if stream.message_begun:
        return 0
    if stream.status is not None and stream.status < 200:
        stream.status = None
        stream.headers.clear()
        stream.cookies.clear()
        return 0
    stream.message_begun = True
    stream.on_headers()
    return 0


cdef int on_frame_received(nghttp2_session *session, const nghttp2_frame *frame,
                           void *user_data) noexcept:
    cdef Connection connection = <Connection>user_data
    cdef Stream stream = None, pushed
    try:
        if frame.hd.type == NGHTTP2_SETTINGS:
            connection.on_settings(frame.hd.flags & NGHTTP2_FLAG_ACK)
            return 0
        if frame.hd.type == NGHTTP2_GOAWAY:
            connection.going_away = True
            connection.on_goaway(frame.goaway.error_code)
            return 0
        if frame.hd.type == NGHTTP2_PUSH_PROMISE:
            stream = stream_of(session, frame.hd.stream_id)
            pushed = stream_of(session, frame.push_promise.promised_stream_id)
            if pushed is None:
                return 0
            if stream is None or stream.failed:
                pushed.reset(NGHTTP2_CANCEL)
            else:
                stream.on_push_promise(connection.describe_push(pushed))
            return 0
        if frame.hd.type != NGHTTP2_HEADERS and frame.hd.type != NGHTTP2_DATA:
            return 0
        stream = stream_of(session, frame.hd.stream_id)
        if stream is None:
            return 0
        if frame.hd.type == NGHTTP2_HEADERS and not stream.failed:
            on_headers_done(stream)
        if frame.hd.flags & NGHTTP2_FLAG_END_STREAM:
            stream.complete = True
            if not stream.failed:
                stream.on_message_done()
        return 0
    except BaseException as error:
        return guard(connection, stream, error)


cdef int on_stream_closed(nghttp2_session *session, int32_t stream_id, uint32_t error_code,
                          void *user_data) noexcept:
    cdef Connection connection = <Connection>user_data
    cdef Stream stream = stream_of(session, stream_id)
    if stream is None:
        return 0
    try:
        nghttp2_session_set_stream_user_data(session, stream_id, NULL)
        connection.streams.pop(stream_id, None)
        stream.end(error_code)
        return 0
    except BaseException as error:
        return guard(connection, stream, error)


cdef nghttp2_ssize read_body(nghttp2_session *session, int32_t stream_id, uint8_t *buffer,
                             size_t length, uint32_t *flags, nghttp2_data_source *source,
                             void *user_data) noexcept:
    cdef Stream stream = stream_of(session, stream_id)
    try:
        if stream is None or stream.failed or stream.body is None:
            return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE
        return stream.body.read(buffer, length, flags)
    except BaseException as error:
        if guard(<Connection>user_data, stream, error) != 0:
            return NGHTTP2_ERR_CALLBACK_FAILURE
        return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE
