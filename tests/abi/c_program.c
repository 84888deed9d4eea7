/* SPDX-License-Identifier: MIT */
/* A C99 program against the public header alone; linked once with each kind of library. */
#include <nghttp2/nghttp2.h>
#include <stdio.h>
#include <string.h>

static int passed;
static int failed;

static void check(int holds, const char* what) {
  if (holds) {
    ++passed;
    return;
  }
  ++failed;
  printf("failed: %s\n", what);
}

static nghttp2_nv field(const char* name, const char* value) {
  nghttp2_nv nv;
  nv.name = (uint8_t*)name;
  nv.value = (uint8_t*)value;
  nv.namelen = strlen(name);
  nv.valuelen = strlen(value);
  nv.flags = NGHTTP2_NV_FLAG_NONE;
  return nv;
}

static void version_agrees(void) {
  const nghttp2_info* info = nghttp2_version(0);
  check(info != NULL && info->version_num == NGHTTP2_VERSION_NUM, "the version number");
  check(info != NULL && strcmp(info->version_str, NGHTTP2_VERSION) == 0, "the version text");
  check(nghttp2_version(NGHTTP2_VERSION_NUM + 1) == NULL, "no version from the future");
}

static void header_block_survives(void) {
  nghttp2_hd_deflater* deflater = NULL;
  nghttp2_hd_inflater* inflater = NULL;
  nghttp2_nv sent = field("x-greeting", "hello");
  nghttp2_nv received;
  uint8_t block[64];
  nghttp2_ssize block_len;
  nghttp2_ssize used;
  int flags = 0;

  check(nghttp2_hd_deflate_new(&deflater, 4096) == 0, "a deflater");
  check(nghttp2_hd_inflate_new(&inflater) == 0, "an inflater");
  block_len = nghttp2_hd_deflate_hd2(deflater, block, sizeof(block), &sent, 1);
  check(block_len > 0, "an encoded block");
  used = nghttp2_hd_inflate_hd3(inflater, &received, &flags, block, (size_t)block_len, 1);
  check(used == block_len, "the whole block is read");
  check((flags & NGHTTP2_HD_INFLATE_EMIT) != 0, "a field comes out");
  if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
    check(received.namelen == sent.namelen && memcmp(received.name, sent.name, sent.namelen) == 0,
          "its name");
    check(received.valuelen == sent.valuelen &&
              memcmp(received.value, sent.value, sent.valuelen) == 0,
          "its value");
  }
  nghttp2_hd_inflate_del(inflater);
  nghttp2_hd_deflate_del(deflater);
}

static void client_starts(void) {
  nghttp2_session_callbacks* callbacks = NULL;
  nghttp2_session* session = NULL;
  const uint8_t* data = NULL;
  nghttp2_ssize length;

  check(nghttp2_session_callbacks_new(&callbacks) == 0, "callbacks");
  check(nghttp2_session_client_new(&session, callbacks, NULL) == 0, "a session");
  nghttp2_session_callbacks_del(callbacks);
  check(nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, NULL, 0) == 0, "settings");
  length = nghttp2_session_mem_send2(session, &data);
  check(length == NGHTTP2_CLIENT_MAGIC_LEN &&
            memcmp(data, NGHTTP2_CLIENT_MAGIC, NGHTTP2_CLIENT_MAGIC_LEN) == 0,
        "the connection preface comes first");
  nghttp2_session_del(session);
}

int main(void) {
  version_agrees();
  header_block_survives();
  client_starts();
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
