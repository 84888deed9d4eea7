/* SPDX-License-Identifier: MIT */
/* A C program that is linked without the C++ runtime: a client and a server session talk to each
 * other in memory, fields are encoded and decoded, and all memory is given back. */
#include <nghttp2/nghttp2.h>
#include <string.h>

#include "check.h"

#define FIELD(name, value) \
  { (uint8_t*)(name), (uint8_t*)(value), sizeof(name) - 1, sizeof(value) - 1, 0 }

static const char kBody[] = "ping";

struct endpoint {
  const char* body;       /* what the data source still has to send */
  int settings;           /* SETTINGS of the peer */
  int settings_acks;      /* acknowledged SETTINGS */
  int fields;             /* received fields */
  int trailers;           /* received trailers */
  int chunks;             /* received bytes of bodies */
  int messages;           /* messages received to their end */
  int closed;             /* closed streams */
  int unsent;             /* frames that could not be sent */
  uint32_t close_code;    /* reason of the last closed stream */
  char status[4];         /* the response's status */
  void* stream_user_data; /* as seen when the stream closed */
};

struct memory {
  long blocks;
};

static void* counted(void* ptr, struct memory* memory) {
  memory->blocks += ptr != NULL;
  return ptr;
}

static void* my_malloc(size_t size, void* memory) {
  return counted(malloc(size), memory);
}

static void* my_calloc(size_t count, size_t size, void* memory) {
  return counted(calloc(count, size), memory);
}

static void my_free(void* ptr, void* memory) {
  ((struct memory*)memory)->blocks -= ptr != NULL;
  free(ptr);
}

static void* my_realloc(void* ptr, size_t size, void* memory) {
  return ptr == NULL ? my_malloc(size, memory) : realloc(ptr, size);
}

static nghttp2_ssize read_body(nghttp2_session* session, int32_t stream_id, uint8_t* buf,
                               size_t length, uint32_t* data_flags, nghttp2_data_source* source,
                               void* user_data) {
  struct endpoint* self = source->ptr;
  size_t rest = strlen(self->body);
  size_t count = rest < length ? rest : length;

  (void)user_data;
  memcpy(buf, self->body, count);
  self->body += count;
  if (count == rest) {
    *data_flags |= NGHTTP2_DATA_FLAG_EOF;
    if (nghttp2_session_check_server_session(session)) {
      nghttp2_nv trailer = FIELD("x-checksum", "42");
      *data_flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      if (nghttp2_submit_trailer(session, stream_id, &trailer, 1) != 0) {
        return NGHTTP2_ERR_CALLBACK_FAILURE;
      }
    }
  }
  return (nghttp2_ssize)count;
}

static int answer(nghttp2_session* session, struct endpoint* self, int32_t stream_id) {
  nghttp2_nv head[] = {FIELD(":status", "200"), FIELD("content-length", "4")};
  nghttp2_data_provider2 body;

  self->body = kBody;
  body.source.ptr = self;
  body.read_callback = read_body;
  return nghttp2_submit_response2(session, stream_id, head, 2, &body);
}

static int on_frame_recv(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  struct endpoint* self = user_data;

  if (frame->hd.type == NGHTTP2_SETTINGS) {
    self->settings += (frame->hd.flags & NGHTTP2_FLAG_ACK) == 0;
    self->settings_acks += (frame->hd.flags & NGHTTP2_FLAG_ACK) != 0;
    return 0;
  }
  if ((frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) ||
      (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) == 0) {
    return 0;
  }
  ++self->messages;
  return nghttp2_session_check_server_session(session) ? answer(session, self, frame->hd.stream_id)
                                                       : 0;
}

static int on_header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                     size_t namelen, const uint8_t* value, size_t valuelen, uint8_t flags,
                     void* user_data) {
  struct endpoint* self = user_data;

  (void)session;
  (void)flags;
  if (frame->headers.cat == NGHTTP2_HCAT_HEADERS) {
    ++self->trailers;
    return 0;
  }
  ++self->fields;
  if (namelen == 7 && memcmp(name, ":status", 7) == 0 && valuelen == 3) {
    memcpy(self->status, value, 4); /* with the NUL the library provides */
  }
  return 0;
}

static int on_data(nghttp2_session* session, uint8_t flags, int32_t stream_id, const uint8_t* data,
                   size_t len, void* user_data) {
  struct endpoint* self = user_data;

  (void)session;
  (void)flags;
  (void)stream_id;
  if (len > sizeof(kBody) - 1 || memcmp(data, kBody, len) != 0) return NGHTTP2_ERR_CALLBACK_FAILURE;
  self->chunks += (int)len;
  return 0;
}

static int on_stream_close(nghttp2_session* session, int32_t stream_id, uint32_t error_code,
                           void* user_data) {
  struct endpoint* self = user_data;

  ++self->closed;
  self->close_code = error_code;
  self->stream_user_data = nghttp2_session_get_stream_user_data(session, stream_id);
  return 0;
}

static int on_frame_not_send(nghttp2_session* session, const nghttp2_frame* frame,
                             int lib_error_code, void* user_data) {
  (void)session;
  (void)frame;
  (void)lib_error_code;
  ++((struct endpoint*)user_data)->unsent;
  return 0;
}

/* Hands everything `from` has to say to `to`. */
static void deliver(nghttp2_session* from, nghttp2_session* to) {
  for (;;) {
    const uint8_t* data;
    nghttp2_ssize length = nghttp2_session_mem_send2(from, &data);
    check(length >= 0, "sending");
    if (length <= 0) return;
    check(nghttp2_session_mem_recv2(to, data, (size_t)length) == length, "receiving");
  }
}

static void converse(nghttp2_session* client, nghttp2_session* server) {
  while (nghttp2_session_want_write(client) || nghttp2_session_want_write(server)) {
    deliver(client, server);
    deliver(server, client);
  }
}

static void exchange(nghttp2_session* client, nghttp2_session* server, struct endpoint* near,
                     struct endpoint* far) {
  const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 7},
                                             {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, 1000}};
  nghttp2_nv head[] = {FIELD(":method", "POST"), FIELD(":scheme", "https"),
                       FIELD(":authority", "example.org"), FIELD(":path", "/echo")};
  nghttp2_data_provider2 body;
  int32_t stream_id;

  check(nghttp2_submit_settings(client, NGHTTP2_FLAG_NONE, NULL, 0) == 0, "client settings");
  check(nghttp2_submit_settings(server, NGHTTP2_FLAG_NONE, settings, 2) == 0, "server settings");
  converse(client, server);
  check(near->settings == 1 && far->settings == 1, "SETTINGS arrived");
  check(near->settings_acks == 1 && far->settings_acks == 1, "SETTINGS were acknowledged");
  check(nghttp2_session_get_remote_settings(client, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS) == 7,
        "a remote setting");
  check(nghttp2_session_get_local_settings(server, NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE) == 1000,
        "a local setting");

  near->body = kBody;
  body.source.ptr = near;
  body.read_callback = read_body;
  stream_id = nghttp2_submit_request2(client, NULL, head, 4, &body, near);
  check(stream_id == 1, "the first stream");
  converse(client, server);
  check(far->fields == 4 && far->chunks == 4 && far->messages == 1, "the request arrived");
  check(strcmp(near->status, "200") == 0 && near->fields == 2, "the response arrived");
  check(near->chunks == 4 && near->trailers == 1 && near->messages == 1, "its body and trailers");
  check(near->closed == 1 && near->close_code == NGHTTP2_NO_ERROR, "the client's stream ended");
  check(far->closed == 1 && far->close_code == NGHTTP2_NO_ERROR, "the server's stream ended");
  check(near->stream_user_data == near, "user data stays until the end");
  check(near->unsent == 0 && far->unsent == 0, "every frame was sent");
  check(nghttp2_session_get_last_proc_stream_id(server) == 1, "the last processed stream");
}

static void sessions(void) {
  struct endpoint near, far;
  struct memory memory = {0};
  nghttp2_mem allocator = {NULL, my_malloc, my_free, my_calloc, my_realloc};
  nghttp2_session_callbacks* callbacks = NULL;
  nghttp2_session *client = NULL, *server = NULL;

  memset(&near, 0, sizeof(near));
  memset(&far, 0, sizeof(far));
  allocator.mem_user_data = &memory;
  check(nghttp2_session_callbacks_new(&callbacks) == 0, "a callback set");
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, on_frame_not_send);
  check(nghttp2_session_client_new3(&client, callbacks, &near, NULL, &allocator) == 0, "a client");
  check(nghttp2_session_server_new3(&server, callbacks, &far, NULL, &allocator) == 0, "a server");
  nghttp2_session_callbacks_del(callbacks);
  if (client == NULL || server == NULL) return;

  exchange(client, server, &near, &far);

  check(nghttp2_session_terminate_session(client, NGHTTP2_NO_ERROR) == 0, "the end");
  converse(client, server);
  check(!nghttp2_session_want_read(client), "the client is done");
  check(!nghttp2_session_want_read(server), "the server is done");
  check(memory.blocks > 0, "memory came from the given allocator");
  nghttp2_session_del(client);
  nghttp2_session_del(server);
  check(memory.blocks == 0, "memory was given back");
}

/* Decodes a block byte by byte and compares it with the fields it was made of. */
static void decode(nghttp2_hd_inflater* inflater, const uint8_t* block, size_t length,
                   const nghttp2_nv* expected, size_t count) {
  size_t offset = 0, fields = 0;
  int flags = 0;

  while (!(flags & NGHTTP2_HD_INFLATE_FINAL)) {
    nghttp2_nv field;
    size_t piece = offset < length ? 1 : 0;
    nghttp2_ssize used = nghttp2_hd_inflate_hd3(inflater, &field, &flags, block + offset, piece,
                                                offset + piece == length);
    check(used >= 0, "a step of decoding");
    if (used < 0) return;
    offset += (size_t)used;
    if (flags & NGHTTP2_HD_INFLATE_EMIT) {
      check(fields < count && nghttp2_nv_compare_name(&field, &expected[fields]) == 0, "a name");
      check(fields < count && field.valuelen == expected[fields].valuelen &&
                memcmp(field.value, expected[fields].value, field.valuelen) == 0,
            "a value");
      ++fields;
    }
  }
  check(fields == count && offset == length, "all fields");
  check(nghttp2_hd_inflate_end_headers(inflater) == 0, "the end of a block");
}

static void header_blocks(void) {
  nghttp2_nv fields[] = {FIELD(":status", "200"), FIELD("x-greeting", "hello"),
                         FIELD("set-cookie", "secret=1")};
  nghttp2_hd_deflater* deflater = NULL;
  nghttp2_hd_inflater* inflater = NULL;
  uint8_t block[256];
  nghttp2_ssize first, second;

  fields[2].flags = NGHTTP2_NV_FLAG_NO_INDEX;
  check(nghttp2_hd_deflate_new(&deflater, 4096) == 0, "an encoder");
  check(nghttp2_hd_inflate_new(&inflater) == 0, "a decoder");
  check(nghttp2_hd_deflate_bound(deflater, fields, 3) <= sizeof(block), "a bound");
  first = nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), fields, 3);
  check(first > 0, "a block");
  if (first > 0) decode(inflater, block, (size_t)first, fields, 3);
  second = nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), fields, 3);
  check(second > 0 && second < first, "the second block is shorter");
  if (second > 0) decode(inflater, block, (size_t)second, fields, 3);
  check(nghttp2_hd_inflate_get_num_table_entries(inflater) ==
            nghttp2_hd_deflate_get_num_table_entries(deflater),
        "both tables agree");
  check(nghttp2_hd_inflate_get_table_entry(inflater, 62) != NULL, "the newest entry");
  check(nghttp2_hd_inflate_get_table_entry(inflater, 0) == NULL, "no entry 0");
  nghttp2_hd_deflate_del(deflater);
  nghttp2_hd_inflate_del(inflater);
}

int main(void) {
  sessions();
  header_blocks();
  return report();
}
