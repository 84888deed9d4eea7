/* SPDX-License-Identifier: MIT */
/* Error texts, version and ALPN selection: the functions that need no session. */
#include <nghttp2/nghttp2.h>
#include <string.h>

#include "check.h"

/* The library errors that exist: all from -501 to -537 but one, and five fatal ones. */
static int is_library_error(int code) {
  return code == 0 || (code <= -501 && code >= -537 && code != -520) ||
         (code <= -901 && code >= -905);
}

static void library_errors(void) {
  const char* unknown = "Unknown error code";
  int code;

  for (code = -1000; code <= 10; ++code) {
    const char* text = nghttp2_strerror(code);
    check(text != NULL && *text != '\0', "every number has a text");
    check((strcmp(text, unknown) != 0) == is_library_error(code), "errors have one of their own");
    check((nghttp2_is_fatal(code) != 0) == (code < NGHTTP2_ERR_FATAL), "the fatal ones");
  }
}

static void http2_errors(void) {
  static const char* const names[] = {"NO_ERROR",
                                      "PROTOCOL_ERROR",
                                      "INTERNAL_ERROR",
                                      "FLOW_CONTROL_ERROR",
                                      "SETTINGS_TIMEOUT",
                                      "STREAM_CLOSED",
                                      "FRAME_SIZE_ERROR",
                                      "REFUSED_STREAM",
                                      "CANCEL",
                                      "COMPRESSION_ERROR",
                                      "CONNECT_ERROR",
                                      "ENHANCE_YOUR_CALM",
                                      "INADEQUATE_SECURITY",
                                      "HTTP_1_1_REQUIRED"};
  uint32_t code;

  for (code = 0; code < sizeof(names) / sizeof(names[0]); ++code) {
    check(strcmp(nghttp2_http2_strerror(code), names[code]) == 0, names[code]);
  }
  check(strcmp(nghttp2_http2_strerror(code), "unknown") == 0, "the first unknown code");
  check(strcmp(nghttp2_http2_strerror(0xffffffffU), "unknown") == 0, "the last unknown code");
}

static void version(void) {
  const nghttp2_info* info = nghttp2_version(NGHTTP2_VERSION_NUM);

  check(info != NULL && info->age == NGHTTP2_VERSION_AGE, "the generation of the struct");
  check(info != NULL && info->version_num == NGHTTP2_VERSION_NUM, "the number");
  check(info != NULL && strcmp(info->version_str, NGHTTP2_VERSION) == 0, "the text");
  check(info != NULL && strcmp(info->proto_str, "h2") == 0, "the protocol");
  check(nghttp2_version(0) == info, "any version will do");
  check(nghttp2_version(NGHTTP2_VERSION_NUM + 1) == NULL, "a newer one will not");
}

/* Offers a list and checks what is chosen, and where in the list. */
static void offer(const char* list, size_t length, int expected, int offset) {
  const unsigned char* in = (const unsigned char*)list;
  const unsigned char* out = NULL;
  unsigned char* old_out = NULL;
  unsigned char outlen = 77, old_outlen = 77;
  int chosen = nghttp2_select_alpn(&out, &outlen, in, (unsigned int)length);
  int old_chosen = nghttp2_select_next_protocol(&old_out, &old_outlen, in, (unsigned int)length);

  check(chosen == expected && old_chosen == expected, "the choice");
  check(out == (offset < 0 ? NULL : in + offset) && old_out == out, "where it points");
  check(outlen == (expected < 0    ? 77
                   : expected == 1 ? 2
                                   : 8) &&
            old_outlen == outlen,
        "its length");
}

#define OFFER(list, expected, offset) offer(list, sizeof(list) - 1, expected, offset)

static void protocols(void) {
  OFFER("\002h2", 1, 1);
  OFFER("\010http/1.1", 0, 1);
  OFFER("\010http/1.1\002h2", 1, 10);
  OFFER("\002h2\010http/1.1", 1, 1);
  OFFER("\000\002h2", 1, 2);
  OFFER("\002h2\007", 1, 1);
  OFFER("\010http/1.1\040h2", 0, 1);
  OFFER("", -1, -1);
  OFFER("\002h", -1, -1);
  OFFER("\005h2", -1, -1);
  OFFER("\003h2c\002H2\010http/1.0", -1, -1);
  OFFER("\377http/1.1", -1, -1);
}

int main(void) {
  library_errors();
  http2_errors();
  version();
  protocols();
  return report();
}
