// SPDX-License-Identifier: MIT
// Values that requests take from a response, for those after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "h2load/pattern.h"
#include "h2load/text_template.h"
#include "json/pointer.h"

namespace h2load {

struct Capture {
  // A field of the head, by its name in lower case.
  struct FromField {
    std::string name;
  };

  std::string name;
  VariableId variable = 0;
  // A pattern and a pointer look at the content.
  std::variant<FromField, json::Pointer, Pattern> from;
  // Whether a response without it has failed.
  bool is_required = true;
  // The value goes into fields or paths: other octets than those of fields are not wanted.
  bool is_for_fields = false;

  bool is_of_content() const { return !std::holds_alternative<FromField>(from); }
};

// What the captures of one request find in one response.
class CaptureRun {
 public:
  static constexpr std::size_t kMaxValueBytes = 64 * 1024;

  // `captures` outlives the object; more than `max_content` octets are not looked at.
  CaptureRun(const std::vector<Capture>& captures, std::size_t max_content);

  bool wants_content() const { return wants_content_; }
  // For another response.
  void begin();
  void on_field(std::string_view name, std::string_view value);
  void on_content(std::string_view piece);
  // After the response: hands over what was found. "" or what is missing and why.
  template <class Assign>
  std::string end(Assign assign) {
    std::string problem;
    for (std::size_t i = 0; i < captures_.size(); ++i) {
      std::optional<std::string> value = value_of(i);
      if (value) {
        assign(captures_[i].variable, *std::move(value));
      } else if (problem.empty() && captures_[i].is_required) {
        problem = reason(captures_[i]);
      }
    }
    return problem;
  }

 private:
  std::optional<std::string> value_of(std::size_t index) const;
  std::string reason(const Capture& capture) const;

  const std::vector<Capture>& captures_;
  const std::size_t max_content_;
  bool wants_content_ = false;
  std::vector<std::optional<std::string>> fields_;  // one for each capture
  std::string content_;
  bool is_too_long_ = false;
};

// Whether a field can have this value (RFC 9110 §5.5).
bool is_field_text(std::string_view value);

}  // namespace h2load
