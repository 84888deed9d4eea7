# SPDX-License-Identifier: MIT
# What the module uses of <nghttp2/nghttp2.h>.
from libc.stddef cimport ptrdiff_t
from libc.stdint cimport int32_t, uint8_t, uint32_t

cdef extern from "nghttp2/nghttp2.h":
    ctypedef ptrdiff_t nghttp2_ssize

    ctypedef struct nghttp2_session:
        pass
    ctypedef struct nghttp2_session_callbacks:
        pass
    ctypedef struct nghttp2_option:
        pass
    ctypedef struct nghttp2_hd_deflater:
        pass
    ctypedef struct nghttp2_hd_inflater:
        pass

    ctypedef struct nghttp2_info:
        int version_num
        const char *version_str

    ctypedef struct nghttp2_nv:
        uint8_t *name
        uint8_t *value
        size_t namelen
        size_t valuelen
        uint8_t flags

    ctypedef struct nghttp2_frame_hd:
        size_t length
        int32_t stream_id
        uint8_t type
        uint8_t flags

    ctypedef struct nghttp2_headers:
        int cat

    ctypedef struct nghttp2_push_promise:
        int32_t promised_stream_id

    ctypedef struct nghttp2_goaway:
        int32_t last_stream_id
        uint32_t error_code

    ctypedef union nghttp2_frame:
        nghttp2_frame_hd hd
        nghttp2_headers headers
        nghttp2_push_promise push_promise
        nghttp2_goaway goaway

    ctypedef struct nghttp2_settings_entry:
        int32_t settings_id
        uint32_t value

    ctypedef union nghttp2_data_source:
        void *ptr

    ctypedef nghttp2_ssize (*nghttp2_data_source_read_callback2)(
        nghttp2_session *, int32_t, uint8_t *, size_t, uint32_t *, nghttp2_data_source *, void *)
    ctypedef struct nghttp2_data_provider2:
        nghttp2_data_source source
        nghttp2_data_source_read_callback2 read_callback

    int NGHTTP2_VERSION_NUM

    enum:
        NGHTTP2_NV_FLAG_NONE
        NGHTTP2_NV_FLAG_NO_INDEX
        NGHTTP2_FLAG_NONE
        NGHTTP2_FLAG_END_STREAM
        NGHTTP2_FLAG_ACK
        NGHTTP2_DATA
        NGHTTP2_HEADERS
        NGHTTP2_SETTINGS
        NGHTTP2_PUSH_PROMISE
        NGHTTP2_GOAWAY
        NGHTTP2_HCAT_REQUEST
        NGHTTP2_SETTINGS_ENABLE_PUSH
        NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS
        NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE
        NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE
        NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES
        NGHTTP2_DATA_FLAG_EOF
        NGHTTP2_HD_INFLATE_FINAL
        NGHTTP2_HD_INFLATE_EMIT
        NGHTTP2_NO_ERROR
        NGHTTP2_INTERNAL_ERROR
        NGHTTP2_SETTINGS_TIMEOUT
        NGHTTP2_CANCEL
        NGHTTP2_ERR_INVALID_ARGUMENT
        NGHTTP2_ERR_STREAM_CLOSED
        NGHTTP2_ERR_DEFERRED
        NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE
        NGHTTP2_ERR_CALLBACK_FAILURE
        NGHTTP2_ERR_NOMEM
        NGHTTP2_ERR_HEADER_COMP

    nghttp2_info *nghttp2_version(int least_version)
    const char *nghttp2_strerror(int lib_error_code)
    const char *nghttp2_http2_strerror(uint32_t error_code)
    int nghttp2_check_header_name(const uint8_t *name, size_t length)
    int nghttp2_check_header_value_rfc9113(const uint8_t *value, size_t length)

    int nghttp2_hd_deflate_new(nghttp2_hd_deflater **deflater, size_t max_table_size)
    void nghttp2_hd_deflate_del(nghttp2_hd_deflater *deflater)
    int nghttp2_hd_deflate_change_table_size(nghttp2_hd_deflater *deflater, size_t size)
    size_t nghttp2_hd_deflate_bound(nghttp2_hd_deflater *deflater, const nghttp2_nv *nva,
                                    size_t nvlen)
    nghttp2_ssize nghttp2_hd_deflate_hd2(nghttp2_hd_deflater *deflater, uint8_t *buf,
                                         size_t buflen, const nghttp2_nv *nva, size_t nvlen)
    size_t nghttp2_hd_deflate_get_num_table_entries(nghttp2_hd_deflater *deflater)
    const nghttp2_nv *nghttp2_hd_deflate_get_table_entry(nghttp2_hd_deflater *deflater,
                                                         size_t index)
    int nghttp2_hd_inflate_new(nghttp2_hd_inflater **inflater)
    void nghttp2_hd_inflate_del(nghttp2_hd_inflater *inflater)
    int nghttp2_hd_inflate_change_table_size(nghttp2_hd_inflater *inflater, size_t size)
    nghttp2_ssize nghttp2_hd_inflate_hd3(nghttp2_hd_inflater *inflater, nghttp2_nv *nv_out,
                                         int *inflate_flags, const uint8_t *data, size_t length,
                                         int in_final)
    int nghttp2_hd_inflate_end_headers(nghttp2_hd_inflater *inflater)
    size_t nghttp2_hd_inflate_get_num_table_entries(nghttp2_hd_inflater *inflater)
    const nghttp2_nv *nghttp2_hd_inflate_get_table_entry(nghttp2_hd_inflater *inflater,
                                                         size_t index)

    int nghttp2_option_new(nghttp2_option **option)
    void nghttp2_option_del(nghttp2_option *option)
    void nghttp2_option_set_no_auto_window_update(nghttp2_option *option, int val)
    void nghttp2_option_set_strict_stream_states(nghttp2_option *option, int val)
    void nghttp2_option_set_max_header_list_size(nghttp2_option *option, size_t val)
    void nghttp2_option_set_max_reserved_remote_streams(nghttp2_option *option, uint32_t val)

    int nghttp2_session_callbacks_new(nghttp2_session_callbacks **callbacks)
    void nghttp2_session_callbacks_del(nghttp2_session_callbacks *callbacks)
    void nghttp2_session_callbacks_set_on_begin_headers_callback(
        nghttp2_session_callbacks *callbacks,
        int (*)(nghttp2_session *, const nghttp2_frame *, void *))
    void nghttp2_session_callbacks_set_on_header_callback(
        nghttp2_session_callbacks *callbacks,
        int (*)(nghttp2_session *, const nghttp2_frame *, const uint8_t *, size_t,
                const uint8_t *, size_t, uint8_t, void *))
    void nghttp2_session_callbacks_set_on_frame_recv_callback(
        nghttp2_session_callbacks *callbacks,
        int (*)(nghttp2_session *, const nghttp2_frame *, void *))
    void nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
        nghttp2_session_callbacks *callbacks,
        int (*)(nghttp2_session *, uint8_t, int32_t, const uint8_t *, size_t, void *))
    void nghttp2_session_callbacks_set_on_stream_close_callback(
        nghttp2_session_callbacks *callbacks,
        int (*)(nghttp2_session *, int32_t, uint32_t, void *))

    int nghttp2_session_server_new2(nghttp2_session **session,
                                    const nghttp2_session_callbacks *callbacks, void *user_data,
                                    const nghttp2_option *option)
    int nghttp2_session_client_new2(nghttp2_session **session,
                                    const nghttp2_session_callbacks *callbacks, void *user_data,
                                    const nghttp2_option *option)
    void nghttp2_session_del(nghttp2_session *session)
    nghttp2_ssize nghttp2_session_mem_recv2(nghttp2_session *session, const uint8_t *data,
                                            size_t length)
    nghttp2_ssize nghttp2_session_mem_send2(nghttp2_session *session, const uint8_t **data)
    int nghttp2_session_want_read(nghttp2_session *session)
    int nghttp2_session_want_write(nghttp2_session *session)
    int nghttp2_session_consume(nghttp2_session *session, int32_t stream_id, size_t size)
    int nghttp2_session_consume_connection(nghttp2_session *session, size_t size)
    int nghttp2_session_resume_data(nghttp2_session *session, int32_t stream_id)
    int nghttp2_session_terminate_session(nghttp2_session *session, uint32_t error_code)
    int nghttp2_session_set_local_window_size(nghttp2_session *session, uint8_t flags,
                                              int32_t stream_id, int32_t window_size)
    int nghttp2_session_set_stream_user_data(nghttp2_session *session, int32_t stream_id,
                                             void *user_data)
    void *nghttp2_session_get_stream_user_data(nghttp2_session *session, int32_t stream_id)
    int32_t nghttp2_session_get_last_proc_stream_id(nghttp2_session *session)
    uint32_t nghttp2_session_get_remote_settings(nghttp2_session *session, int settings_id)
    int nghttp2_session_check_request_allowed(nghttp2_session *session)

    int nghttp2_submit_settings(nghttp2_session *session, uint8_t flags,
                                const nghttp2_settings_entry *iv, size_t niv)
    int32_t nghttp2_submit_request2(nghttp2_session *session, const void *pri_spec,
                                    const nghttp2_nv *nva, size_t nvlen,
                                    const nghttp2_data_provider2 *data_prd, void *user_data)
    int nghttp2_submit_response2(nghttp2_session *session, int32_t stream_id,
                                 const nghttp2_nv *nva, size_t nvlen,
                                 const nghttp2_data_provider2 *data_prd)
    int32_t nghttp2_submit_headers(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                                   const void *pri_spec, const nghttp2_nv *nva, size_t nvlen,
                                   void *user_data)
    int32_t nghttp2_submit_push_promise(nghttp2_session *session, uint8_t flags,
                                        int32_t stream_id, const nghttp2_nv *nva, size_t nvlen,
                                        void *promised_user_data)
    int nghttp2_submit_rst_stream(nghttp2_session *session, uint8_t flags, int32_t stream_id,
                                  uint32_t error_code)
    int nghttp2_submit_goaway(nghttp2_session *session, uint8_t flags, int32_t last_stream_id,
                              uint32_t error_code, const uint8_t *data, size_t length)
    int nghttp2_submit_shutdown_notice(nghttp2_session *session)
