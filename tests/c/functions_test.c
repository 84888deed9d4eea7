/* SPDX-License-Identifier: MIT */
/* Every function of the interface exists with its recorded type: a differing one does not compile,
 * a missing one does not link. */
#include <nghttp2/nghttp2.h>

#include "check.h"

/* Declared again in full; the compiler compares them with the header. */
void nghttp2_rcbuf_incref(nghttp2_rcbuf* rcbuf);
void nghttp2_rcbuf_decref(nghttp2_rcbuf* rcbuf);
nghttp2_vec nghttp2_rcbuf_get_buf(nghttp2_rcbuf* rcbuf);
int nghttp2_rcbuf_is_static(const nghttp2_rcbuf* rcbuf);
int nghttp2_session_callbacks_new(nghttp2_session_callbacks** callbacks_ptr);
void nghttp2_session_callbacks_del(nghttp2_session_callbacks* callbacks);
void nghttp2_session_callbacks_set_send_callback(nghttp2_session_callbacks* cbs,
                                                 nghttp2_send_callback send_callback);
void nghttp2_session_callbacks_set_send_callback2(nghttp2_session_callbacks* cbs,
                                                  nghttp2_send_callback2 send_callback);
void nghttp2_session_callbacks_set_recv_callback(nghttp2_session_callbacks* cbs,
                                                 nghttp2_recv_callback recv_callback);
void nghttp2_session_callbacks_set_recv_callback2(nghttp2_session_callbacks* cbs,
                                                  nghttp2_recv_callback2 recv_callback);
void nghttp2_session_callbacks_set_on_frame_recv_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_recv_callback on_frame_recv_callback);
void nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_invalid_frame_recv_callback on_invalid_frame_recv_callback);
void nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_data_chunk_recv_callback on_data_chunk_recv_callback);
void nghttp2_session_callbacks_set_before_frame_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_before_frame_send_callback before_frame_send_callback);
void nghttp2_session_callbacks_set_on_frame_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_send_callback on_frame_send_callback);
void nghttp2_session_callbacks_set_on_frame_not_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_not_send_callback on_frame_not_send_callback);
void nghttp2_session_callbacks_set_on_stream_close_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_stream_close_callback on_stream_close_callback);
void nghttp2_session_callbacks_set_on_begin_headers_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_begin_headers_callback on_begin_headers_callback);
void nghttp2_session_callbacks_set_on_header_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_header_callback on_header_callback);
void nghttp2_session_callbacks_set_on_header_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_on_header_callback2 on_header_callback2);
void nghttp2_session_callbacks_set_on_invalid_header_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_invalid_header_callback on_invalid_header_callback);
void nghttp2_session_callbacks_set_on_invalid_header_callback2(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_invalid_header_callback2 on_invalid_header_callback2);
void nghttp2_session_callbacks_set_select_padding_callback(
    nghttp2_session_callbacks* cbs, nghttp2_select_padding_callback select_padding_callback);
void nghttp2_session_callbacks_set_select_padding_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_select_padding_callback2 select_padding_callback);
void nghttp2_session_callbacks_set_data_source_read_length_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_data_source_read_length_callback data_source_read_length_callback);
void nghttp2_session_callbacks_set_data_source_read_length_callback2(
    nghttp2_session_callbacks* cbs,
    nghttp2_data_source_read_length_callback2 data_source_read_length_callback);
void nghttp2_session_callbacks_set_on_begin_frame_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_begin_frame_callback on_begin_frame_callback);
void nghttp2_session_callbacks_set_send_data_callback(
    nghttp2_session_callbacks* cbs, nghttp2_send_data_callback send_data_callback);
void nghttp2_session_callbacks_set_pack_extension_callback(
    nghttp2_session_callbacks* cbs, nghttp2_pack_extension_callback pack_extension_callback);
void nghttp2_session_callbacks_set_pack_extension_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_pack_extension_callback2 pack_extension_callback);
void nghttp2_session_callbacks_set_unpack_extension_callback(
    nghttp2_session_callbacks* cbs, nghttp2_unpack_extension_callback unpack_extension_callback);
void nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_extension_chunk_recv_callback on_extension_chunk_recv_callback);
void nghttp2_session_callbacks_set_error_callback(nghttp2_session_callbacks* cbs,
                                                  nghttp2_error_callback error_callback);
void nghttp2_session_callbacks_set_error_callback2(nghttp2_session_callbacks* cbs,
                                                   nghttp2_error_callback2 error_callback2);
void nghttp2_session_callbacks_set_rand_callback(nghttp2_session_callbacks* cbs,
                                                 nghttp2_rand_callback rand_callback);
int nghttp2_option_new(nghttp2_option** option_ptr);
void nghttp2_option_del(nghttp2_option* option);
void nghttp2_option_set_no_auto_window_update(nghttp2_option* option, int val);
void nghttp2_option_set_peer_max_concurrent_streams(nghttp2_option* option, uint32_t val);
void nghttp2_option_set_no_recv_client_magic(nghttp2_option* option, int val);
void nghttp2_option_set_no_http_messaging(nghttp2_option* option, int val);
void nghttp2_option_set_max_reserved_remote_streams(nghttp2_option* option, uint32_t val);
void nghttp2_option_set_user_recv_extension_type(nghttp2_option* option, uint8_t type);
void nghttp2_option_set_builtin_recv_extension_type(nghttp2_option* option, uint8_t type);
void nghttp2_option_set_no_auto_ping_ack(nghttp2_option* option, int val);
void nghttp2_option_set_max_send_header_block_length(nghttp2_option* option, size_t val);
void nghttp2_option_set_max_deflate_dynamic_table_size(nghttp2_option* option, size_t val);
void nghttp2_option_set_no_closed_streams(nghttp2_option* option, int val);
void nghttp2_option_set_max_outbound_ack(nghttp2_option* option, size_t val);
void nghttp2_option_set_max_settings(nghttp2_option* option, size_t val);
void nghttp2_option_set_server_fallback_rfc7540_priorities(nghttp2_option* option, int val);
void nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(nghttp2_option* option,
                                                                      int val);
void nghttp2_option_set_stream_reset_rate_limit(nghttp2_option* option, uint64_t burst,
                                                uint64_t rate);
void nghttp2_option_set_max_continuations(nghttp2_option* option, size_t val);
void nghttp2_option_set_glitch_rate_limit(nghttp2_option* option, uint64_t burst, uint64_t rate);
int nghttp2_session_client_new(nghttp2_session** session_ptr,
                               const nghttp2_session_callbacks* callbacks, void* user_data);
int nghttp2_session_server_new(nghttp2_session** session_ptr,
                               const nghttp2_session_callbacks* callbacks, void* user_data);
int nghttp2_session_client_new2(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option);
int nghttp2_session_server_new2(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option);
int nghttp2_session_client_new3(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option, nghttp2_mem* mem);
int nghttp2_session_server_new3(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option, nghttp2_mem* mem);
void nghttp2_session_del(nghttp2_session* session);
int nghttp2_session_send(nghttp2_session* session);
ssize_t nghttp2_session_mem_send(nghttp2_session* session, const uint8_t** data_ptr);
nghttp2_ssize nghttp2_session_mem_send2(nghttp2_session* session, const uint8_t** data_ptr);
int nghttp2_session_recv(nghttp2_session* session);
ssize_t nghttp2_session_mem_recv(nghttp2_session* session, const uint8_t* in, size_t inlen);
nghttp2_ssize nghttp2_session_mem_recv2(nghttp2_session* session, const uint8_t* in, size_t inlen);
int nghttp2_session_resume_data(nghttp2_session* session, int32_t stream_id);
int nghttp2_session_want_read(nghttp2_session* session);
int nghttp2_session_want_write(nghttp2_session* session);
void* nghttp2_session_get_stream_user_data(nghttp2_session* session, int32_t stream_id);
int nghttp2_session_set_stream_user_data(nghttp2_session* session, int32_t stream_id,
                                         void* stream_user_data);
void nghttp2_session_set_user_data(nghttp2_session* session, void* user_data);
size_t nghttp2_session_get_outbound_queue_size(nghttp2_session* session);
int32_t nghttp2_session_get_stream_effective_recv_data_length(nghttp2_session* session,
                                                              int32_t stream_id);
int32_t nghttp2_session_get_stream_effective_local_window_size(nghttp2_session* session,
                                                               int32_t stream_id);
int32_t nghttp2_session_get_stream_local_window_size(nghttp2_session* session, int32_t stream_id);
int32_t nghttp2_session_get_effective_recv_data_length(nghttp2_session* session);
int32_t nghttp2_session_get_effective_local_window_size(nghttp2_session* session);
int32_t nghttp2_session_get_local_window_size(nghttp2_session* session);
int32_t nghttp2_session_get_stream_remote_window_size(nghttp2_session* session, int32_t stream_id);
int32_t nghttp2_session_get_remote_window_size(nghttp2_session* session);
int nghttp2_session_get_stream_local_close(nghttp2_session* session, int32_t stream_id);
int nghttp2_session_get_stream_remote_close(nghttp2_session* session, int32_t stream_id);
size_t nghttp2_session_get_hd_inflate_dynamic_table_size(nghttp2_session* session);
size_t nghttp2_session_get_hd_deflate_dynamic_table_size(nghttp2_session* session);
int nghttp2_session_terminate_session(nghttp2_session* session, uint32_t error_code);
int nghttp2_session_terminate_session2(nghttp2_session* session, int32_t last_stream_id,
                                       uint32_t error_code);
int nghttp2_submit_shutdown_notice(nghttp2_session* session);
uint32_t nghttp2_session_get_remote_settings(nghttp2_session* session, nghttp2_settings_id id);
uint32_t nghttp2_session_get_local_settings(nghttp2_session* session, nghttp2_settings_id id);
int nghttp2_session_set_next_stream_id(nghttp2_session* session, int32_t next_stream_id);
uint32_t nghttp2_session_get_next_stream_id(nghttp2_session* session);
int nghttp2_session_consume(nghttp2_session* session, int32_t stream_id, size_t size);
int nghttp2_session_consume_connection(nghttp2_session* session, size_t size);
int nghttp2_session_consume_stream(nghttp2_session* session, int32_t stream_id, size_t size);
int nghttp2_session_change_stream_priority(nghttp2_session* session, int32_t stream_id,
                                           const nghttp2_priority_spec* pri_spec);
int nghttp2_session_create_idle_stream(nghttp2_session* session, int32_t stream_id,
                                       const nghttp2_priority_spec* pri_spec);
int nghttp2_session_upgrade(nghttp2_session* session, const uint8_t* settings_payload,
                            size_t settings_payloadlen, void* stream_user_data);
int nghttp2_session_upgrade2(nghttp2_session* session, const uint8_t* settings_payload,
                             size_t settings_payloadlen, int head_request, void* stream_user_data);
ssize_t nghttp2_pack_settings_payload(uint8_t* buf, size_t buflen, const nghttp2_settings_entry* iv,
                                      size_t niv);
nghttp2_ssize nghttp2_pack_settings_payload2(uint8_t* buf, size_t buflen,
                                             const nghttp2_settings_entry* iv, size_t niv);
const char* nghttp2_strerror(int lib_error_code);
const char* nghttp2_http2_strerror(uint32_t error_code);
void nghttp2_priority_spec_init(nghttp2_priority_spec* pri_spec, int32_t stream_id, int32_t weight,
                                int exclusive);
void nghttp2_priority_spec_default_init(nghttp2_priority_spec* pri_spec);
int nghttp2_priority_spec_check_default(const nghttp2_priority_spec* pri_spec);
int32_t nghttp2_submit_request(nghttp2_session* session, const nghttp2_priority_spec* pri_spec,
                               const nghttp2_nv* nva, size_t nvlen,
                               const nghttp2_data_provider* data_prd, void* stream_user_data);
int32_t nghttp2_submit_request2(nghttp2_session* session, const nghttp2_priority_spec* pri_spec,
                                const nghttp2_nv* nva, size_t nvlen,
                                const nghttp2_data_provider2* data_prd, void* stream_user_data);
int nghttp2_submit_response(nghttp2_session* session, int32_t stream_id, const nghttp2_nv* nva,
                            size_t nvlen, const nghttp2_data_provider* data_prd);
int nghttp2_submit_response2(nghttp2_session* session, int32_t stream_id, const nghttp2_nv* nva,
                             size_t nvlen, const nghttp2_data_provider2* data_prd);
int nghttp2_submit_trailer(nghttp2_session* session, int32_t stream_id, const nghttp2_nv* nva,
                           size_t nvlen);
int32_t nghttp2_submit_headers(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                               const nghttp2_priority_spec* pri_spec, const nghttp2_nv* nva,
                               size_t nvlen, void* stream_user_data);
int nghttp2_submit_data(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                        const nghttp2_data_provider* data_prd);
int nghttp2_submit_data2(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                         const nghttp2_data_provider2* data_prd);
int nghttp2_submit_priority(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                            const nghttp2_priority_spec* pri_spec);
int nghttp2_submit_rst_stream(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                              uint32_t error_code);
int nghttp2_submit_settings(nghttp2_session* session, uint8_t flags,
                            const nghttp2_settings_entry* iv, size_t niv);
int32_t nghttp2_submit_push_promise(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                                    const nghttp2_nv* nva, size_t nvlen,
                                    void* promised_stream_user_data);
int nghttp2_submit_ping(nghttp2_session* session, uint8_t flags, const uint8_t* opaque_data);
int nghttp2_submit_goaway(nghttp2_session* session, uint8_t flags, int32_t last_stream_id,
                          uint32_t error_code, const uint8_t* opaque_data, size_t opaque_data_len);
int32_t nghttp2_session_get_last_proc_stream_id(nghttp2_session* session);
int nghttp2_session_check_request_allowed(nghttp2_session* session);
int nghttp2_session_check_server_session(nghttp2_session* session);
int nghttp2_submit_window_update(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                                 int32_t window_size_increment);
int nghttp2_session_set_local_window_size(nghttp2_session* session, uint8_t flags,
                                          int32_t stream_id, int32_t window_size);
int nghttp2_submit_extension(nghttp2_session* session, uint8_t type, uint8_t flags,
                             int32_t stream_id, void* payload);
int nghttp2_submit_altsvc(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                          const uint8_t* origin, size_t origin_len, const uint8_t* field_value,
                          size_t field_value_len);
int nghttp2_submit_origin(nghttp2_session* session, uint8_t flags, const nghttp2_origin_entry* ov,
                          size_t nov);
int nghttp2_submit_priority_update(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                                   const uint8_t* field_value, size_t field_value_len);
int nghttp2_session_change_extpri_stream_priority(nghttp2_session* session, int32_t stream_id,
                                                  const nghttp2_extpri* extpri,
                                                  int ignore_client_signal);
int nghttp2_session_get_extpri_stream_priority(nghttp2_session* session, nghttp2_extpri* extpri,
                                               int32_t stream_id);
int nghttp2_extpri_parse_priority(nghttp2_extpri* extpri, const uint8_t* value, size_t len);
int nghttp2_nv_compare_name(const nghttp2_nv* lhs, const nghttp2_nv* rhs);
int nghttp2_select_next_protocol(unsigned char** out, unsigned char* outlen,
                                 const unsigned char* in, unsigned int inlen);
int nghttp2_select_alpn(const unsigned char** out, unsigned char* outlen, const unsigned char* in,
                        unsigned int inlen);
nghttp2_info* nghttp2_version(int least_version);
int nghttp2_is_fatal(int lib_error_code);
int nghttp2_check_header_name(const uint8_t* name, size_t len);
int nghttp2_check_header_value(const uint8_t* value, size_t len);
int nghttp2_check_header_value_rfc9113(const uint8_t* value, size_t len);
int nghttp2_check_method(const uint8_t* value, size_t len);
int nghttp2_check_path(const uint8_t* value, size_t len);
int nghttp2_check_authority(const uint8_t* value, size_t len);
int nghttp2_hd_deflate_new(nghttp2_hd_deflater** deflater_ptr,
                           size_t max_deflate_dynamic_table_size);
int nghttp2_hd_deflate_new2(nghttp2_hd_deflater** deflater_ptr,
                            size_t max_deflate_dynamic_table_size, nghttp2_mem* mem);
void nghttp2_hd_deflate_del(nghttp2_hd_deflater* deflater);
int nghttp2_hd_deflate_change_table_size(nghttp2_hd_deflater* deflater,
                                         size_t settings_max_dynamic_table_size);
ssize_t nghttp2_hd_deflate_hd(nghttp2_hd_deflater* deflater, uint8_t* buf, size_t buflen,
                              const nghttp2_nv* nva, size_t nvlen);
nghttp2_ssize nghttp2_hd_deflate_hd2(nghttp2_hd_deflater* deflater, uint8_t* buf, size_t buflen,
                                     const nghttp2_nv* nva, size_t nvlen);
ssize_t nghttp2_hd_deflate_hd_vec(nghttp2_hd_deflater* deflater, const nghttp2_vec* vec,
                                  size_t veclen, const nghttp2_nv* nva, size_t nvlen);
nghttp2_ssize nghttp2_hd_deflate_hd_vec2(nghttp2_hd_deflater* deflater, const nghttp2_vec* vec,
                                         size_t veclen, const nghttp2_nv* nva, size_t nvlen);
size_t nghttp2_hd_deflate_bound(nghttp2_hd_deflater* deflater, const nghttp2_nv* nva, size_t nvlen);
size_t nghttp2_hd_deflate_get_num_table_entries(nghttp2_hd_deflater* deflater);
const nghttp2_nv* nghttp2_hd_deflate_get_table_entry(nghttp2_hd_deflater* deflater, size_t idx);
size_t nghttp2_hd_deflate_get_dynamic_table_size(nghttp2_hd_deflater* deflater);
size_t nghttp2_hd_deflate_get_max_dynamic_table_size(nghttp2_hd_deflater* deflater);
int nghttp2_hd_inflate_new(nghttp2_hd_inflater** inflater_ptr);
int nghttp2_hd_inflate_new2(nghttp2_hd_inflater** inflater_ptr, nghttp2_mem* mem);
void nghttp2_hd_inflate_del(nghttp2_hd_inflater* inflater);
int nghttp2_hd_inflate_change_table_size(nghttp2_hd_inflater* inflater,
                                         size_t settings_max_dynamic_table_size);
ssize_t nghttp2_hd_inflate_hd(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out, int* inflate_flags,
                              uint8_t* in, size_t inlen, int in_final);
ssize_t nghttp2_hd_inflate_hd2(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out,
                               int* inflate_flags, const uint8_t* in, size_t inlen, int in_final);
nghttp2_ssize nghttp2_hd_inflate_hd3(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out,
                                     int* inflate_flags, const uint8_t* in, size_t inlen,
                                     int in_final);
int nghttp2_hd_inflate_end_headers(nghttp2_hd_inflater* inflater);
size_t nghttp2_hd_inflate_get_num_table_entries(nghttp2_hd_inflater* inflater);
const nghttp2_nv* nghttp2_hd_inflate_get_table_entry(nghttp2_hd_inflater* inflater, size_t idx);
size_t nghttp2_hd_inflate_get_dynamic_table_size(nghttp2_hd_inflater* inflater);
size_t nghttp2_hd_inflate_get_max_dynamic_table_size(nghttp2_hd_inflater* inflater);
nghttp2_stream* nghttp2_session_find_stream(nghttp2_session* session, int32_t stream_id);
nghttp2_stream_proto_state nghttp2_stream_get_state(nghttp2_stream* stream);
nghttp2_stream* nghttp2_session_get_root_stream(nghttp2_session* session);
nghttp2_stream* nghttp2_stream_get_parent(nghttp2_stream* stream);
int32_t nghttp2_stream_get_stream_id(nghttp2_stream* stream);
nghttp2_stream* nghttp2_stream_get_next_sibling(nghttp2_stream* stream);
nghttp2_stream* nghttp2_stream_get_previous_sibling(nghttp2_stream* stream);
nghttp2_stream* nghttp2_stream_get_first_child(nghttp2_stream* stream);
int32_t nghttp2_stream_get_weight(nghttp2_stream* stream);
int32_t nghttp2_stream_get_sum_dependency_weight(nghttp2_stream* stream);
void nghttp2_set_debug_vprintf_callback(nghttp2_debug_vprintf_callback debug_vprintf_callback);
void nghttp2_option_set_max_outbound_queue_size(nghttp2_option* option, size_t val);
void nghttp2_option_set_strict_stream_states(nghttp2_option* option, int val);
void nghttp2_option_set_max_header_list_size(nghttp2_option* option, size_t val);
void nghttp2_option_set_max_header_fields(nghttp2_option* option, size_t val);
void nghttp2_option_set_control_frame_rate_limit(nghttp2_option* option, uint64_t burst,
                                                 uint64_t rate);
void nghttp2_option_set_small_data_rate_limit(nghttp2_option* option, uint64_t burst,
                                              uint64_t rate);
void nghttp2_option_set_forced_reset_rate_limit(nghttp2_option* option, uint64_t burst,
                                                uint64_t rate);
nghttp2_ssize nghttp2_session_mem_send_into(nghttp2_session* session, uint8_t* buf, size_t buflen);
nghttp2_ssize nghttp2_session_mem_send_vec(nghttp2_session* session, const nghttp2_vec* vec,
                                           size_t veclen);
void nghttp2_session_release_memory(nghttp2_session* session);

/* The same for callback types: one object declared both ways. */
extern nghttp2_data_source_read_callback a_data_source_read_callback;
extern ssize_t (*a_data_source_read_callback)(nghttp2_session* session, int32_t stream_id,
                                              uint8_t* buf, size_t length, uint32_t* data_flags,
                                              nghttp2_data_source* source, void* user_data);
extern nghttp2_data_source_read_callback2 a_data_source_read_callback2;
extern nghttp2_ssize (*a_data_source_read_callback2)(nghttp2_session* session, int32_t stream_id,
                                                     uint8_t* buf, size_t length,
                                                     uint32_t* data_flags,
                                                     nghttp2_data_source* source, void* user_data);
extern nghttp2_send_callback a_send_callback;
extern ssize_t (*a_send_callback)(nghttp2_session* session, const uint8_t* data, size_t length,
                                  int flags, void* user_data);
extern nghttp2_send_callback2 a_send_callback2;
extern nghttp2_ssize (*a_send_callback2)(nghttp2_session* session, const uint8_t* data,
                                         size_t length, int flags, void* user_data);
extern nghttp2_send_data_callback a_send_data_callback;
extern int (*a_send_data_callback)(nghttp2_session* session, nghttp2_frame* frame,
                                   const uint8_t* framehd, size_t length,
                                   nghttp2_data_source* source, void* user_data);
extern nghttp2_recv_callback a_recv_callback;
extern ssize_t (*a_recv_callback)(nghttp2_session* session, uint8_t* buf, size_t length, int flags,
                                  void* user_data);
extern nghttp2_recv_callback2 a_recv_callback2;
extern nghttp2_ssize (*a_recv_callback2)(nghttp2_session* session, uint8_t* buf, size_t length,
                                         int flags, void* user_data);
extern nghttp2_on_frame_recv_callback a_on_frame_recv_callback;
extern int (*a_on_frame_recv_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                       void* user_data);
extern nghttp2_on_invalid_frame_recv_callback a_on_invalid_frame_recv_callback;
extern int (*a_on_invalid_frame_recv_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                               int lib_error_code, void* user_data);
extern nghttp2_on_data_chunk_recv_callback a_on_data_chunk_recv_callback;
extern int (*a_on_data_chunk_recv_callback)(nghttp2_session* session, uint8_t flags,
                                            int32_t stream_id, const uint8_t* data, size_t len,
                                            void* user_data);
extern nghttp2_before_frame_send_callback a_before_frame_send_callback;
extern int (*a_before_frame_send_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                           void* user_data);
extern nghttp2_on_frame_send_callback a_on_frame_send_callback;
extern int (*a_on_frame_send_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                       void* user_data);
extern nghttp2_on_frame_not_send_callback a_on_frame_not_send_callback;
extern int (*a_on_frame_not_send_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                           int lib_error_code, void* user_data);
extern nghttp2_on_stream_close_callback a_on_stream_close_callback;
extern int (*a_on_stream_close_callback)(nghttp2_session* session, int32_t stream_id,
                                         uint32_t error_code, void* user_data);
extern nghttp2_on_begin_headers_callback a_on_begin_headers_callback;
extern int (*a_on_begin_headers_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                          void* user_data);
extern nghttp2_on_header_callback a_on_header_callback;
extern int (*a_on_header_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                   const uint8_t* name, size_t namelen, const uint8_t* value,
                                   size_t valuelen, uint8_t flags, void* user_data);
extern nghttp2_on_header_callback2 a_on_header_callback2;
extern int (*a_on_header_callback2)(nghttp2_session* session, const nghttp2_frame* frame,
                                    nghttp2_rcbuf* name, nghttp2_rcbuf* value, uint8_t flags,
                                    void* user_data);
extern nghttp2_on_invalid_header_callback a_on_invalid_header_callback;
extern int (*a_on_invalid_header_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                           const uint8_t* name, size_t namelen,
                                           const uint8_t* value, size_t valuelen, uint8_t flags,
                                           void* user_data);
extern nghttp2_on_invalid_header_callback2 a_on_invalid_header_callback2;
extern int (*a_on_invalid_header_callback2)(nghttp2_session* session, const nghttp2_frame* frame,
                                            nghttp2_rcbuf* name, nghttp2_rcbuf* value,
                                            uint8_t flags, void* user_data);
extern nghttp2_select_padding_callback a_select_padding_callback;
extern ssize_t (*a_select_padding_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                            size_t max_payloadlen, void* user_data);
extern nghttp2_select_padding_callback2 a_select_padding_callback2;
extern nghttp2_ssize (*a_select_padding_callback2)(nghttp2_session* session,
                                                   const nghttp2_frame* frame,
                                                   size_t max_payloadlen, void* user_data);
extern nghttp2_data_source_read_length_callback a_data_source_read_length_callback;
extern ssize_t (*a_data_source_read_length_callback)(nghttp2_session* session, uint8_t frame_type,
                                                     int32_t stream_id,
                                                     int32_t session_remote_window_size,
                                                     int32_t stream_remote_window_size,
                                                     uint32_t remote_max_frame_size,
                                                     void* user_data);
extern nghttp2_data_source_read_length_callback2 a_data_source_read_length_callback2;
extern nghttp2_ssize (*a_data_source_read_length_callback2)(nghttp2_session* session,
                                                            uint8_t frame_type, int32_t stream_id,
                                                            int32_t session_remote_window_size,
                                                            int32_t stream_remote_window_size,
                                                            uint32_t remote_max_frame_size,
                                                            void* user_data);
extern nghttp2_on_begin_frame_callback a_on_begin_frame_callback;
extern int (*a_on_begin_frame_callback)(nghttp2_session* session, const nghttp2_frame_hd* hd,
                                        void* user_data);
extern nghttp2_on_extension_chunk_recv_callback a_on_extension_chunk_recv_callback;
extern int (*a_on_extension_chunk_recv_callback)(nghttp2_session* session,
                                                 const nghttp2_frame_hd* hd, const uint8_t* data,
                                                 size_t len, void* user_data);
extern nghttp2_unpack_extension_callback a_unpack_extension_callback;
extern int (*a_unpack_extension_callback)(nghttp2_session* session, void** payload,
                                          const nghttp2_frame_hd* hd, void* user_data);
extern nghttp2_pack_extension_callback a_pack_extension_callback;
extern ssize_t (*a_pack_extension_callback)(nghttp2_session* session, uint8_t* buf, size_t len,
                                            const nghttp2_frame* frame, void* user_data);
extern nghttp2_pack_extension_callback2 a_pack_extension_callback2;
extern nghttp2_ssize (*a_pack_extension_callback2)(nghttp2_session* session, uint8_t* buf,
                                                   size_t len, const nghttp2_frame* frame,
                                                   void* user_data);
extern nghttp2_error_callback a_error_callback;
extern int (*a_error_callback)(nghttp2_session* session, const char* msg, size_t len,
                               void* user_data);
extern nghttp2_error_callback2 a_error_callback2;
extern int (*a_error_callback2)(nghttp2_session* session, int lib_error_code, const char* msg,
                                size_t len, void* user_data);
extern nghttp2_rand_callback a_rand_callback;
extern void (*a_rand_callback)(uint8_t* dest, size_t destlen);
extern nghttp2_malloc a_malloc;
extern void* (*a_malloc)(size_t size, void* mem_user_data);
extern nghttp2_free a_free;
extern void (*a_free)(void* ptr, void* mem_user_data);
extern nghttp2_calloc a_calloc;
extern void* (*a_calloc)(size_t nmemb, size_t size, void* mem_user_data);
extern nghttp2_realloc a_realloc;
extern void* (*a_realloc)(void* ptr, size_t size, void* mem_user_data);
extern nghttp2_debug_vprintf_callback a_debug_vprintf_callback;
extern void (*a_debug_vprintf_callback)(const char* format, va_list args);

typedef void (*any_function)(void);

struct function {
  const char* name;
  any_function address;
};

#define FUNCTION(name) \
  { #name, (any_function)name }

/* clang-format off */
static const struct function functions[] = {
    FUNCTION(nghttp2_rcbuf_incref), FUNCTION(nghttp2_rcbuf_decref), FUNCTION(nghttp2_rcbuf_get_buf),
    FUNCTION(nghttp2_rcbuf_is_static), FUNCTION(nghttp2_session_callbacks_new),
    FUNCTION(nghttp2_session_callbacks_del), FUNCTION(nghttp2_session_callbacks_set_send_callback),
    FUNCTION(nghttp2_session_callbacks_set_send_callback2),
    FUNCTION(nghttp2_session_callbacks_set_recv_callback),
    FUNCTION(nghttp2_session_callbacks_set_recv_callback2),
    FUNCTION(nghttp2_session_callbacks_set_on_frame_recv_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_invalid_frame_recv_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_data_chunk_recv_callback),
    FUNCTION(nghttp2_session_callbacks_set_before_frame_send_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_frame_send_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_frame_not_send_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_stream_close_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_begin_headers_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_header_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_header_callback2),
    FUNCTION(nghttp2_session_callbacks_set_on_invalid_header_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_invalid_header_callback2),
    FUNCTION(nghttp2_session_callbacks_set_select_padding_callback),
    FUNCTION(nghttp2_session_callbacks_set_select_padding_callback2),
    FUNCTION(nghttp2_session_callbacks_set_data_source_read_length_callback),
    FUNCTION(nghttp2_session_callbacks_set_data_source_read_length_callback2),
    FUNCTION(nghttp2_session_callbacks_set_on_begin_frame_callback),
    FUNCTION(nghttp2_session_callbacks_set_send_data_callback),
    FUNCTION(nghttp2_session_callbacks_set_pack_extension_callback),
    FUNCTION(nghttp2_session_callbacks_set_pack_extension_callback2),
    FUNCTION(nghttp2_session_callbacks_set_unpack_extension_callback),
    FUNCTION(nghttp2_session_callbacks_set_on_extension_chunk_recv_callback),
    FUNCTION(nghttp2_session_callbacks_set_error_callback),
    FUNCTION(nghttp2_session_callbacks_set_error_callback2),
    FUNCTION(nghttp2_session_callbacks_set_rand_callback), FUNCTION(nghttp2_option_new),
    FUNCTION(nghttp2_option_del), FUNCTION(nghttp2_option_set_no_auto_window_update),
    FUNCTION(nghttp2_option_set_peer_max_concurrent_streams),
    FUNCTION(nghttp2_option_set_no_recv_client_magic),
    FUNCTION(nghttp2_option_set_no_http_messaging),
    FUNCTION(nghttp2_option_set_max_reserved_remote_streams),
    FUNCTION(nghttp2_option_set_user_recv_extension_type),
    FUNCTION(nghttp2_option_set_builtin_recv_extension_type),
    FUNCTION(nghttp2_option_set_no_auto_ping_ack),
    FUNCTION(nghttp2_option_set_max_send_header_block_length),
    FUNCTION(nghttp2_option_set_max_deflate_dynamic_table_size),
    FUNCTION(nghttp2_option_set_no_closed_streams), FUNCTION(nghttp2_option_set_max_outbound_ack),
    FUNCTION(nghttp2_option_set_max_settings),
    FUNCTION(nghttp2_option_set_server_fallback_rfc7540_priorities),
    FUNCTION(nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation),
    FUNCTION(nghttp2_option_set_stream_reset_rate_limit),
    FUNCTION(nghttp2_option_set_max_continuations), FUNCTION(nghttp2_option_set_glitch_rate_limit),
    FUNCTION(nghttp2_session_client_new), FUNCTION(nghttp2_session_server_new),
    FUNCTION(nghttp2_session_client_new2), FUNCTION(nghttp2_session_server_new2),
    FUNCTION(nghttp2_session_client_new3), FUNCTION(nghttp2_session_server_new3),
    FUNCTION(nghttp2_session_del), FUNCTION(nghttp2_session_send),
    FUNCTION(nghttp2_session_mem_send), FUNCTION(nghttp2_session_mem_send2),
    FUNCTION(nghttp2_session_recv), FUNCTION(nghttp2_session_mem_recv),
    FUNCTION(nghttp2_session_mem_recv2), FUNCTION(nghttp2_session_resume_data),
    FUNCTION(nghttp2_session_want_read), FUNCTION(nghttp2_session_want_write),
    FUNCTION(nghttp2_session_get_stream_user_data), FUNCTION(nghttp2_session_set_stream_user_data),
    FUNCTION(nghttp2_session_set_user_data), FUNCTION(nghttp2_session_get_outbound_queue_size),
    FUNCTION(nghttp2_session_get_stream_effective_recv_data_length),
    FUNCTION(nghttp2_session_get_stream_effective_local_window_size),
    FUNCTION(nghttp2_session_get_stream_local_window_size),
    FUNCTION(nghttp2_session_get_effective_recv_data_length),
    FUNCTION(nghttp2_session_get_effective_local_window_size),
    FUNCTION(nghttp2_session_get_local_window_size),
    FUNCTION(nghttp2_session_get_stream_remote_window_size),
    FUNCTION(nghttp2_session_get_remote_window_size),
    FUNCTION(nghttp2_session_get_stream_local_close),
    FUNCTION(nghttp2_session_get_stream_remote_close),
    FUNCTION(nghttp2_session_get_hd_inflate_dynamic_table_size),
    FUNCTION(nghttp2_session_get_hd_deflate_dynamic_table_size),
    FUNCTION(nghttp2_session_terminate_session), FUNCTION(nghttp2_session_terminate_session2),
    FUNCTION(nghttp2_submit_shutdown_notice), FUNCTION(nghttp2_session_get_remote_settings),
    FUNCTION(nghttp2_session_get_local_settings), FUNCTION(nghttp2_session_set_next_stream_id),
    FUNCTION(nghttp2_session_get_next_stream_id), FUNCTION(nghttp2_session_consume),
    FUNCTION(nghttp2_session_consume_connection), FUNCTION(nghttp2_session_consume_stream),
    FUNCTION(nghttp2_session_change_stream_priority), FUNCTION(nghttp2_session_create_idle_stream),
    FUNCTION(nghttp2_session_upgrade), FUNCTION(nghttp2_session_upgrade2),
    FUNCTION(nghttp2_pack_settings_payload), FUNCTION(nghttp2_pack_settings_payload2),
    FUNCTION(nghttp2_strerror), FUNCTION(nghttp2_http2_strerror),
    FUNCTION(nghttp2_priority_spec_init), FUNCTION(nghttp2_priority_spec_default_init),
    FUNCTION(nghttp2_priority_spec_check_default), FUNCTION(nghttp2_submit_request),
    FUNCTION(nghttp2_submit_request2), FUNCTION(nghttp2_submit_response),
    FUNCTION(nghttp2_submit_response2), FUNCTION(nghttp2_submit_trailer),
    FUNCTION(nghttp2_submit_headers), FUNCTION(nghttp2_submit_data), FUNCTION(nghttp2_submit_data2),
    FUNCTION(nghttp2_submit_priority), FUNCTION(nghttp2_submit_rst_stream),
    FUNCTION(nghttp2_submit_settings), FUNCTION(nghttp2_submit_push_promise),
    FUNCTION(nghttp2_submit_ping), FUNCTION(nghttp2_submit_goaway),
    FUNCTION(nghttp2_session_get_last_proc_stream_id),
    FUNCTION(nghttp2_session_check_request_allowed), FUNCTION(nghttp2_session_check_server_session),
    FUNCTION(nghttp2_submit_window_update), FUNCTION(nghttp2_session_set_local_window_size),
    FUNCTION(nghttp2_submit_extension), FUNCTION(nghttp2_submit_altsvc),
    FUNCTION(nghttp2_submit_origin), FUNCTION(nghttp2_submit_priority_update),
    FUNCTION(nghttp2_session_change_extpri_stream_priority),
    FUNCTION(nghttp2_session_get_extpri_stream_priority), FUNCTION(nghttp2_extpri_parse_priority),
    FUNCTION(nghttp2_nv_compare_name), FUNCTION(nghttp2_select_next_protocol),
    FUNCTION(nghttp2_select_alpn), FUNCTION(nghttp2_version), FUNCTION(nghttp2_is_fatal),
    FUNCTION(nghttp2_check_header_name), FUNCTION(nghttp2_check_header_value),
    FUNCTION(nghttp2_check_header_value_rfc9113), FUNCTION(nghttp2_check_method),
    FUNCTION(nghttp2_check_path), FUNCTION(nghttp2_check_authority),
    FUNCTION(nghttp2_hd_deflate_new), FUNCTION(nghttp2_hd_deflate_new2),
    FUNCTION(nghttp2_hd_deflate_del), FUNCTION(nghttp2_hd_deflate_change_table_size),
    FUNCTION(nghttp2_hd_deflate_hd), FUNCTION(nghttp2_hd_deflate_hd2),
    FUNCTION(nghttp2_hd_deflate_hd_vec), FUNCTION(nghttp2_hd_deflate_hd_vec2),
    FUNCTION(nghttp2_hd_deflate_bound), FUNCTION(nghttp2_hd_deflate_get_num_table_entries),
    FUNCTION(nghttp2_hd_deflate_get_table_entry),
    FUNCTION(nghttp2_hd_deflate_get_dynamic_table_size),
    FUNCTION(nghttp2_hd_deflate_get_max_dynamic_table_size), FUNCTION(nghttp2_hd_inflate_new),
    FUNCTION(nghttp2_hd_inflate_new2), FUNCTION(nghttp2_hd_inflate_del),
    FUNCTION(nghttp2_hd_inflate_change_table_size), FUNCTION(nghttp2_hd_inflate_hd),
    FUNCTION(nghttp2_hd_inflate_hd2), FUNCTION(nghttp2_hd_inflate_hd3),
    FUNCTION(nghttp2_hd_inflate_end_headers), FUNCTION(nghttp2_hd_inflate_get_num_table_entries),
    FUNCTION(nghttp2_hd_inflate_get_table_entry),
    FUNCTION(nghttp2_hd_inflate_get_dynamic_table_size),
    FUNCTION(nghttp2_hd_inflate_get_max_dynamic_table_size), FUNCTION(nghttp2_session_find_stream),
    FUNCTION(nghttp2_stream_get_state), FUNCTION(nghttp2_session_get_root_stream),
    FUNCTION(nghttp2_stream_get_parent), FUNCTION(nghttp2_stream_get_stream_id),
    FUNCTION(nghttp2_stream_get_next_sibling), FUNCTION(nghttp2_stream_get_previous_sibling),
    FUNCTION(nghttp2_stream_get_first_child), FUNCTION(nghttp2_stream_get_weight),
    FUNCTION(nghttp2_stream_get_sum_dependency_weight),
    FUNCTION(nghttp2_set_debug_vprintf_callback),
    FUNCTION(nghttp2_option_set_max_outbound_queue_size),
    FUNCTION(nghttp2_option_set_strict_stream_states),
    FUNCTION(nghttp2_option_set_max_header_list_size),
    FUNCTION(nghttp2_option_set_max_header_fields),
    FUNCTION(nghttp2_option_set_control_frame_rate_limit),
    FUNCTION(nghttp2_option_set_small_data_rate_limit),
    FUNCTION(nghttp2_option_set_forced_reset_rate_limit),
    FUNCTION(nghttp2_session_mem_send_into),
    FUNCTION(nghttp2_session_mem_send_vec),
    FUNCTION(nghttp2_session_release_memory),
};
/* clang-format on */

/* What linking leaves to run time: an address may be missing when symbols are weak. */
int main(void) {
  size_t count = sizeof(functions) / sizeof(functions[0]);
  size_t i;

  for (i = 0; i < count; ++i) {
    check(functions[i].address != NULL, functions[i].name);
  }
  return report();
}
