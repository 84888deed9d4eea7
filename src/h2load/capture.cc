// SPDX-License-Identifier: MIT
// Values that requests take from a response, for those after it.
#include "h2load/capture.h"

#include <algorithm>

#include "base/text.h"

namespace h2load {

bool is_field_text(std::string_view value) {
  if (value != base::trim(value)) return false;
  return std::ranges::none_of(value, [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\t') || octet == 0x7f;
  });
}

CaptureRun::CaptureRun(const std::vector<Capture>& captures, std::size_t max_content)
    : captures_(captures),
      max_content_(max_content),
      wants_content_(std::ranges::any_of(captures, &Capture::is_of_content)),
      fields_(captures.size()) {}

void CaptureRun::begin() {
  std::ranges::fill(fields_, std::nullopt);
  content_.clear();
  is_too_long_ = false;
}

void CaptureRun::on_field(std::string_view name, std::string_view value) {
  for (std::size_t i = 0; i < captures_.size(); ++i) {
    const auto* const field = std::get_if<Capture::FromField>(&captures_[i].from);
    if (!field || fields_[i] || !base::equal_ignoring_case(field->name, name)) continue;
    fields_[i] = std::string(value.substr(0, kMaxValueBytes + 1));
  }
}

void CaptureRun::on_content(std::string_view piece) {
  if (!wants_content_ || is_too_long_) return;
  is_too_long_ = piece.size() > max_content_ - content_.size();
  if (!is_too_long_) content_ += piece;
}

std::optional<std::string> CaptureRun::value_of(std::size_t index) const {
  const Capture& capture = captures_[index];
  std::optional<std::string> value;
  if (!capture.is_of_content()) {
    value = fields_[index];
  } else if (const auto* const pattern = std::get_if<Pattern>(&capture.from)) {
    if (!is_too_long_) value = pattern->find_in(content_);
  } else if (!is_too_long_) {
    value = std::get<json::Pointer>(capture.from).find_in(content_);
  }
  if (value &&
      (value->size() > kMaxValueBytes || (capture.is_for_fields && !is_field_text(*value))))
    return std::nullopt;
  return value;
}

std::string CaptureRun::reason(const Capture& capture) const {
  const std::string what = "nothing to capture for " + base::quote(capture.name, 64);
  if (!capture.is_of_content() || !is_too_long_) return what;
  return what + ": the content is longer than " + std::to_string(max_content_) + " octets";
}

}  // namespace h2load
