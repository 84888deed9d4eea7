/* SPDX-License-Identifier: MIT */
/* What an application must not do from inside a callback is refused without harm: moving bytes of
 * the same session. Deleting the session there is put off until the call is over. */
#include <nghttp2/nghttp2.h>
#include <string.h>

#include "check.h"

struct state {
  int delete_it;    /* delete the session in the next callback */
  int refusals;     /* calls that were refused as they should be */
  int calls;        /* callbacks that came */
  int after_delete; /* callbacks that came after the session was deleted */
  int deleted;
};

static long blocks;

static void* my_malloc(size_t size, void* data) {
  void* ptr = malloc(size);
  (void)data;
  blocks += ptr != NULL;
  return ptr;
}

static void* my_calloc(size_t count, size_t size, void* data) {
  void* ptr = calloc(count, size);
  (void)data;
  blocks += ptr != NULL;
  return ptr;
}

static void my_free(void* ptr, void* data) {
  (void)data;
  blocks -= ptr != NULL;
  free(ptr);
}

static void* my_realloc(void* ptr, size_t size, void* data) {
  return ptr == NULL ? my_malloc(size, data) : realloc(ptr, size);
}

/* Tries all that is forbidden. */
static void misuse(nghttp2_session* session, struct state* state) {
  static const uint8_t byte = 0;
  const uint8_t* data = &byte;

  state->after_delete += state->deleted;
  ++state->calls;
  state->refusals += nghttp2_session_mem_send2(session, &data) == NGHTTP2_ERR_INVALID_STATE;
  state->refusals += nghttp2_session_mem_recv2(session, &byte, 1) == NGHTTP2_ERR_INVALID_STATE;
  state->refusals += nghttp2_session_send(session) == NGHTTP2_ERR_INVALID_STATE;
  state->refusals += nghttp2_session_recv(session) == NGHTTP2_ERR_INVALID_STATE;
  if (state->delete_it && !state->deleted) {
    nghttp2_session_del(session);
    state->deleted = 1;
  }
}

static int on_begin_frame(nghttp2_session* session, const nghttp2_frame_hd* hd, void* user_data) {
  (void)hd;
  misuse(session, user_data);
  return 0;
}

static int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  (void)frame;
  misuse(session, user_data);
  return 0;
}

static nghttp2_session* make(struct state* state, int is_server) {
  nghttp2_mem memory = {NULL, my_malloc, my_free, my_calloc, my_realloc};
  nghttp2_session_callbacks* callbacks;
  nghttp2_session* session = NULL;
  int error;

  check(nghttp2_session_callbacks_new(&callbacks) == 0, "a callback set");
  nghttp2_session_callbacks_set_on_begin_frame_callback(callbacks, on_begin_frame);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_before_frame_send_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame);
  error = is_server ? nghttp2_session_server_new3(&session, callbacks, state, NULL, &memory)
                    : nghttp2_session_client_new3(&session, callbacks, state, NULL, &memory);
  nghttp2_session_callbacks_del(callbacks);
  check(error == 0, "a session");
  check(nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, NULL, 0) == 0, "settings");
  return session;
}

/* Collects what a session sends. */
static size_t collect(nghttp2_session* session, uint8_t* buffer, size_t size) {
  size_t length = 0;

  for (;;) {
    const uint8_t* data;
    nghttp2_ssize count = nghttp2_session_mem_send2(session, &data);
    if (count <= 0 || (size_t)count > size - length) return length;
    memcpy(buffer + length, data, (size_t)count);
    length += (size_t)count;
  }
}

static void refused(void) {
  struct state near, far;
  nghttp2_session *client, *server;
  uint8_t bytes[256];
  size_t length;

  memset(&near, 0, sizeof(near));
  memset(&far, 0, sizeof(far));
  client = make(&near, 0);
  server = make(&far, 1);
  length = collect(client, bytes, sizeof(bytes));
  check(length == NGHTTP2_CLIENT_MAGIC_LEN + 9, "preface and SETTINGS");
  check(nghttp2_session_mem_recv2(server, bytes, length) == (nghttp2_ssize)length, "receiving");
  length = collect(server, bytes, sizeof(bytes));
  check(length == 18, "SETTINGS and an acknowledgement");
  check(nghttp2_session_mem_recv2(client, bytes, length) == (nghttp2_ssize)length, "receiving");
  check(near.calls > 0 && near.refusals == 4 * near.calls, "the client refused");
  check(far.calls > 0 && far.refusals == 4 * far.calls, "the server refused");
  check(nghttp2_session_want_read(client) && nghttp2_session_want_read(server), "both live on");
  nghttp2_session_del(client);
  nghttp2_session_del(server);
}

static void deleted_while_sending(void) {
  struct state state;
  nghttp2_session* session;
  const uint8_t* data;
  nghttp2_ssize length;

  memset(&state, 0, sizeof(state));
  session = make(&state, 1);
  state.delete_it = 1;
  length = nghttp2_session_mem_send2(session, &data);
  check(length == NGHTTP2_ERR_CALLBACK_FAILURE, "the call fails, for its bytes are gone");
  check(state.deleted && state.after_delete == 0, "no callback after that");
}

static void deleted_while_receiving(void) {
  static const uint8_t settings_and_ping[] = {0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 6,
                                              0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
  struct state state;
  nghttp2_session* session;

  memset(&state, 0, sizeof(state));
  session = make(&state, 0);
  state.delete_it = 1;
  check(nghttp2_session_mem_recv2(session, settings_and_ping, sizeof(settings_and_ping)) ==
            NGHTTP2_ERR_CALLBACK_FAILURE,
        "the call fails");
  check(state.deleted && state.after_delete == 0, "no callback after that");
}

int main(void) {
  refused();
  deleted_while_sending();
  deleted_while_receiving();
  check(blocks == 0, "all memory was given back");
  return report();
}
