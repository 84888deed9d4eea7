// SPDX-License-Identifier: MIT
// Tests of copying heads to field arrays and back.
#include "http2/field_copy.h"

#include <memory>
#include <string>

#include "support/check.h"

namespace {

std::string text_of(const http2::FieldArray& array) {
  std::string out;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const nghttp2_nv& field = array.data()[i];
    out.append(reinterpret_cast<const char*>(field.name), field.namelen);
    out += (field.flags & NGHTTP2_NV_FLAG_NO_INDEX) != 0 ? "!" : "=";
    out.append(reinterpret_cast<const char*>(field.value), field.valuelen);
    out += ' ';
  }
  return out;
}

}  // namespace

TEST(src_http2_field_copy, requests) {
  http::Head head = http::request_head("GET", "https", "h", "/p");
  head.fields = {{"a", "b"}, {"authorization", "secret", true}};
  http2::FieldArray array;
  array.assign(head);
  CHECK_STR(text_of(array),
            ":method=GET :path=/p :scheme=https :authority=h a=b "
            "authorization!secret ");
  const http::Head connect = http::request_head("CONNECT", "", "h:1", "");
  array.assign(connect);
  CHECK_STR(text_of(array), ":method=CONNECT :authority=h:1 ");
}

TEST(src_http2_field_copy, responses_and_trailers) {
  http2::FieldArray array;
  const http::Head response = http::response_head(204);
  array.assign(response);
  CHECK_STR(text_of(array), ":status=204 ");
  const http::Fields trailers{{"t", "u"}};
  array.assign(trailers);
  CHECK_STR(text_of(array), "t=u ");
}

TEST(src_http2_field_copy, lent_heads_are_not_copied) {
  http2::FieldArray array;
  auto head = std::make_shared<http::Head>(http::response_head(200));
  head->fields = {{"a", "b"}, {"c", "d", true}};
  const std::weak_ptr<http::Head> watch = head;
  array.lend(head);
  CHECK_STR(text_of(array), ":status=200 a=b c!d ");
  constexpr int kLent = NGHTTP2_NV_FLAG_NO_COPY_NAME | NGHTTP2_NV_FLAG_NO_COPY_VALUE;
  // The text of the status belongs to the array, which will soon be about another head.
  CHECK_EQ(array.data()[0].flags & kLent, int(NGHTTP2_NV_FLAG_NO_COPY_NAME));
  CHECK_EQ(array.data()[1].flags & kLent, kLent);
  CHECK(array.data()[1].value ==
        reinterpret_cast<const std::uint8_t*>(head->fields.begin()->value.data()));
  array.lend(head);
  CHECK_EQ(array.size(), 3u);
  head = nullptr;
  CHECK(!watch.expired());
  array.lend(std::make_shared<http::Head>(http::response_head(404)));
  CHECK_STR(text_of(array), ":status=404 ");
  CHECK(watch.expired());
  array.assign(http::Fields{{"t", "u"}});
  CHECK_EQ(array.data()[0].flags & kLent, 0);
}

TEST(src_http2_field_copy, received_fields) {
  http::Head head;
  http2::add_received_field(head, ":method", "POST", false);
  http2::add_received_field(head, ":path", "/x", false);
  http2::add_received_field(head, ":scheme", "http", false);
  http2::add_received_field(head, ":authority", "h", false);
  http2::add_received_field(head, ":protocol", "websocket", false);
  http2::add_received_field(head, "a", "b", true);
  CHECK_STR(head.method, "POST");
  CHECK_STR(head.path, "/x");
  CHECK_STR(head.scheme, "http");
  CHECK_STR(head.authority, "h");
  CHECK_STR(head.protocol, "websocket");
  REQUIRE(head.fields.size() == 1);
  CHECK(head.fields.find("a")->sensitive);
  http::Head response;
  http2::add_received_field(response, ":status", "404", false);
  CHECK_EQ(response.status, 404);
}
