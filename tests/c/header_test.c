/* SPDX-License-Identifier: MIT */
/* The public header as a strict C99 program sees it: one declaration of each kind in use, and
 * nothing that needs ssize_t when that is not wanted. */
#define NGHTTP2_NO_SSIZE_T
#include <nghttp2/nghttp2.h>
/* A second time does no harm. */
#include <nghttp2/nghttp2.h>
#include <string.h>

#include "check.h"

/* These names are free, or this does not compile. */
enum hidden_names {
  nghttp2_send_callback,
  nghttp2_data_source_read_callback,
  nghttp2_data_provider,
  nghttp2_session_mem_send,
  nghttp2_session_mem_recv,
  nghttp2_submit_request,
  nghttp2_hd_inflate_hd2,
  hidden_name_count
};

static nghttp2_ssize read_nothing(nghttp2_session* session, int32_t stream_id, uint8_t* buf,
                                  size_t length, uint32_t* data_flags, nghttp2_data_source* source,
                                  void* user_data) {
  (void)session;
  (void)buf;
  (void)length;
  (void)source;
  (void)user_data;
  *data_flags = NGHTTP2_DATA_FLAG_EOF;
  return stream_id == 1 ? 0 : NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
}

static void* count_malloc(size_t size, void* mem_user_data) {
  ++*(int*)mem_user_data;
  return malloc(size);
}

static void count_free(void* ptr, void* mem_user_data) {
  (void)mem_user_data;
  free(ptr);
}

static void* count_calloc(size_t nmemb, size_t size, void* mem_user_data) {
  ++*(int*)mem_user_data;
  return calloc(nmemb, size);
}

static void* count_realloc(void* ptr, size_t size, void* mem_user_data) {
  ++*(int*)mem_user_data;
  return realloc(ptr, size);
}

static void macros(void) {
  check(strcmp(NGHTTP2_PROTO_VERSION_ID, "h2") == 0, "the name of the protocol");
  check(NGHTTP2_PROTO_ALPN_LEN == 3 && memcmp(NGHTTP2_PROTO_ALPN, "\002h2", 3) == 0,
        "its form in a list");
  check(NGHTTP2_CLIENT_MAGIC_LEN == sizeof(NGHTTP2_CLIENT_MAGIC) - 1, "length of the preface");
  check(NGHTTP2_MAX_WINDOW_SIZE == 2147483647, "the greatest window");
#if NGHTTP2_VERSION_NUM >= 0x014600
  check(strlen(NGHTTP2_VERSION) >= 5, "the version is a text");
#else
#error "the version cannot be compared by the preprocessor"
#endif
}

static void types(void) {
  nghttp2_data_provider2 body;
  nghttp2_frame frame;
  nghttp2_data_source source;
  nghttp2_extpri priority = {NGHTTP2_EXTPRI_DEFAULT_URGENCY, 1};
  uint32_t flags = NGHTTP2_DATA_FLAG_NONE;
  int allocations = 0;
  nghttp2_mem mem;

  memset(&frame, 0, sizeof(frame));
  frame.headers.cat = NGHTTP2_HCAT_PUSH_RESPONSE;
  frame.hd.type = NGHTTP2_HEADERS;
  check(frame.headers.hd.type == NGHTTP2_HEADERS, "all frames share their head");
  source.ptr = &source;
  body.source = source;
  body.read_callback = read_nothing;
  check(body.read_callback(NULL, 1, NULL, 0, &flags, &body.source, NULL) == 0, "a data source");
  check(flags == NGHTTP2_DATA_FLAG_EOF, "its flag");
  check(body.read_callback(NULL, 3, NULL, 0, &flags, &body.source, NULL) < 0, "its failure");
  check(priority.urgency == 3 && priority.inc == 1, "an extensible priority");
  mem.mem_user_data = &allocations;
  mem.malloc = count_malloc;
  mem.free = count_free;
  mem.calloc = count_calloc;
  mem.realloc = count_realloc;
  mem.free(mem.realloc(mem.malloc(1, mem.mem_user_data), 2, mem.mem_user_data), NULL);
  mem.free(mem.calloc(1, 1, mem.mem_user_data), NULL);
  check(allocations == 3, "an allocator");
  check(hidden_name_count == 7, "names of older forms are hidden");
}

/* Through a pointer, so that the declarations are used and the program needs no library. */
static void signatures(void) {
  int32_t (*submit)(nghttp2_session*, const nghttp2_priority_spec*, const nghttp2_nv*, size_t,
                    const nghttp2_data_provider2*, void*) = NULL;
  nghttp2_on_stream_close_callback closed = NULL;
  nghttp2_stream* stream = NULL;
  nghttp2_rcbuf* bytes = NULL;

  check(sizeof(submit) == sizeof(&nghttp2_submit_request2), "a function");
  check(closed == NULL && stream == NULL && bytes == NULL, "opaque types");
  check(sizeof(nghttp2_session_mem_recv2(NULL, NULL, 0)) == sizeof(size_t), "a length");
}

int main(void) {
  macros();
  types();
  signatures();
  return report();
}
