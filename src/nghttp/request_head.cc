// SPDX-License-Identifier: MIT
// The head of a request from the URI, the defaults and what -H says.
#include "nghttp/request_head.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <set>
#include <string>

#include "nghttp/content_decoder.h"

namespace nghttp {

namespace {

// Six of these take more than one frame of the default size, even compressed.
constexpr int kContinuationFields = 6;
constexpr std::size_t kContinuationFieldBytes = 4090;

std::string* pseudo_field(http::Head& head, std::string_view name) {
  if (name == ":method") return &head.method;
  if (name == ":path") return &head.path;
  if (name == ":scheme") return &head.scheme;
  if (name == ":protocol") return &head.protocol;
  // RFC 9113 §8.3.1: host says nothing else than :authority, hence it replaces it.
  if (name == ":authority" || name == "host") return &head.authority;
  return nullptr;
}

// Whether a field is about one request: about what is asked for, under which conditions, or about
// the content that goes with it. What a page refers to is asked for without.
bool is_of_one_request(std::string_view name) {
  constexpr std::string_view kNames[] = {":method", ":path",    ":protocol", "expect",
                                         "range",   "priority", "trailer",   "transfer-encoding"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames) ||
         name.starts_with("content-") || name.starts_with("if-");
}

void apply_given_fields(http::Head& head, const std::vector<http::FieldLine>& fields,
                        bool is_asset) {
  std::set<std::string_view> replaced;
  for (const http::FieldLine& field : fields) {
    if (is_asset && is_of_one_request(field.name)) continue;
    if (std::string* part = pseudo_field(head, field.name)) {
      *part = field.value;
    } else if (replaced.insert(field.name).second) {
      head.fields.set(field.name, field.value);
    } else {
      head.fields.add(field.name, field.value);
    }
  }
}

}  // namespace

http::Head make_request_head(const Config& config, const Request& request,
                             std::optional<std::uint64_t> upload_bytes) {
  http::Head head = http::request_head(upload_bytes ? "POST" : "GET", request.url.scheme,
                                       request.url.authority(), request.url.request_target());
  http::Fields& fields = head.fields;
  fields.add("accept", "*/*");
  fields.add("accept-encoding", accepted_codings(config.decompress));
  fields.add("user-agent", "nghttp2/" NGHTTP2_VERSION);
  if (upload_bytes && !config.no_content_length) {
    fields.add("content-length", std::to_string(*upload_bytes));
  }
  if (upload_bytes && config.expect_continue) fields.add("expect", "100-continue");
  if (!config.trailers.empty() && !request.asset) {
    std::string names;
    for (const http::Field& field : config.trailers) {
      if (!names.empty()) names += ", ";
      names += field.name;
    }
    fields.add("trailer", names);
  }
  if (!request.priority.empty()) fields.add("priority", request.priority);
  if (config.continuation) {
    for (int i = 1; i <= kContinuationFields; ++i) {
      fields.add("continuation-test-" + std::to_string(i),
                 std::string(kContinuationFieldBytes, '-'));
    }
  }
  apply_given_fields(head, config.fields, request.asset.has_value());
  return head;
}

}  // namespace nghttp
