// SPDX-License-Identifier: MIT
// The syntax of fields and of priorities. An item is an octet of text.
#include <string_view>

#include "http/field_syntax.h"
#include "http/priority.h"
#include "layer_cases.h"
#include "options.h"

namespace bench {

namespace {

using namespace nghttp2;

constexpr std::string_view kUserAgent =
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
    "Safari/537.36";

void add_syntax_case(const char* name, std::string_view text, bool (*is_valid)(Bytes)) {
  add_case(name, [=](benchmark::State& state) {
    const Bytes bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    bool valid = true;
    measure(state, double(text.size()), [&] {
      valid = valid && is_valid(bytes);
      benchmark::DoNotOptimize(valid);
    });
    if (!valid) fail("text is not valid");
  });
}

bool is_priority(Bytes value) {
  Extpri priority = {};
  return http::parse_priority(value, priority);
}

}  // namespace

void add_http_cases() {
  add_syntax_case("http/field_name", "strict-transport-security", http::is_field_name);
  add_syntax_case("http/field_value", kUserAgent, http::is_trimmed_field_value);
  add_syntax_case("http/path", "/static/js/chunk-01eef.9e3779b1.js?v=3&lang=en", http::is_path);
  add_syntax_case("http/authority", "www.example.com:8443", http::is_host_and_port);
  add_syntax_case("http/priority", "u=2, i", is_priority);
}

}  // namespace bench
