// SPDX-License-Identifier: MIT
// What becomes of the fields that an application submits: copied, names in lower case.
#include <nghttp2/nghttp2.h>

#include <string>

#include "support/check.h"

namespace {

// The name of the last field of the HEADERS frame that was sent last.
int remember_name(nghttp2_session*, const nghttp2_frame* frame, void* user_data) {
  if (frame->hd.type != NGHTTP2_HEADERS) return 0;
  const nghttp2_nv& field = frame->headers.nva[frame->headers.nvlen - 1];
  *static_cast<std::string*>(user_data) =
      std::string(reinterpret_cast<const char*>(field.name), field.namelen);
  return 0;
}

std::string sent_name(std::string name) {
  std::string sent;
  nghttp2_session_callbacks* callbacks;
  nghttp2_session* session;
  nghttp2_session_callbacks_new(&callbacks);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, remember_name);
  nghttp2_session_client_new(&session, callbacks, &sent);
  nghttp2_session_callbacks_del(callbacks);
  nghttp2_nv field = {};
  field.name = reinterpret_cast<uint8_t*>(name.data());
  field.namelen = name.size();
  field.value = field.name;
  nghttp2_submit_request2(session, nullptr, &field, 1, nullptr, nullptr);
  const uint8_t* data;
  while (nghttp2_session_mem_send2(session, &data) > 0) {
  }
  nghttp2_session_del(session);
  return sent;
}

}  // namespace

TEST(field_copy, names_of_any_length_are_lower_cased) {
  for (size_t size = 1; size <= 40; ++size) {
    std::string name;
    std::string expected;
    for (size_t i = 0; i < size; ++i) {
      name += char('A' + i % 26);
      expected += char('a' + i % 26);
    }
    CHECK_STR(sent_name(name), expected);
  }
}

TEST(field_copy, only_letters_change) {
  for (int c = 1; c < 256; ++c) {
    const char expected = c >= 'A' && c <= 'Z' ? char(c + 32) : char(c);
    CHECK_STR(sent_name(std::string(3, char(c))), std::string(3, expected));
    CHECK_STR(sent_name(std::string(5, char(c))), std::string(5, expected));
    CHECK_STR(sent_name(std::string(11, char(c))), std::string(11, expected));
  }
}
