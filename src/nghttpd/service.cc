// SPDX-License-Identifier: MIT
// What all requests of one worker share: the heads of responses above all.
#include "nghttpd/service.h"

#include <nghttp2/nghttp2.h>

#include "base/date.h"

namespace nghttpd {

std::string trailer_names(const http::Fields& trailers) {
  std::string names;
  for (const http::Field& field : trailers) {
    if (!names.empty()) names += ", ";
    names += field.name;
  }
  return names;
}

const std::string& Service::date(std::time_t now) {
  if (now != date_time_) {
    date_time_ = now;
    date_ = base::format_http_date(now);
  }
  return date_;
}

http::Head Service::make_response(int status) {
  http::Head head = http::response_head(status);
  head.fields.reserve(12, 512);
  head.fields.add("server", "nghttpd nghttp2/" NGHTTP2_VERSION);
  head.fields.add("date", date(std::time(nullptr)));
  return head;
}

http::Head Service::form_response(int status, const Resource& resource, const Form& form) {
  http::Head head = make_response(status);
  head.fields.add("cache-control", "max-age=3600");
  head.fields.add("last-modified", resource.last_modified);
  head.fields.add("etag", form.entity_tag);
  if (resource.forms.size() > 1) head.fields.add("vary", "accept-encoding");
  if (status != 200 && status != 206) return head;
  head.fields.add("accept-ranges", "bytes");
  const std::string_view media_type = media_types_.find(resource.path);
  if (!media_type.empty()) head.fields.add("content-type", media_type);
  const std::string_view coding = coding_name(form.coding);
  if (!coding.empty()) head.fields.add("content-encoding", coding);
  if (!config_.trailers.empty()) head.fields.add("trailer", trailer_names(config_.trailers));
  return head;
}

const http::SharedHead& Service::whole_response(const Resource& resource, Form& form) {
  if (!form.head) prepare(resource, form);
  PreparedHead& prepared = *form.head;
  const std::time_t now = std::time(nullptr);
  if (prepared.date_time != now && prepared.date_index) {
    auto head = std::make_shared<http::Head>(*prepared.head);
    head->fields.set_value(*prepared.date_index, date(now));
    prepared.head = std::move(head);
    prepared.date_time = now;
  }
  return prepared.head;
}

void Service::prepare(const Resource& resource, Form& form) {
  PreparedHead& prepared = form.head.emplace();
  auto head = std::make_shared<http::Head>(form_response(200, resource, form));
  http::Fields& fields = head->fields;
  if (!config_.no_content_length) fields.add("content-length", std::to_string(form.size));
  config_.headers.apply("/" + resource.path, fields);
  // Unless --header has replaced it.
  const http::Field* const field = fields.find("date");
  if (field != nullptr && field->value == date_) {
    prepared.date_index = static_cast<std::size_t>(field - &*fields.begin());
  }
  prepared.head = std::move(head);
}

}  // namespace nghttpd
