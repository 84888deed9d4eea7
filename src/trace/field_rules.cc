// SPDX-License-Identifier: MIT
// The rules that the fields of a received section break.
#include "trace/field_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/number.h"
#include "base/text.h"

namespace trace {

namespace {

constexpr std::array<std::string_view, 5> kConnectionFields = {
    "connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"};
// The one of a response, and those of a request.
constexpr std::array<std::string_view, 1> kResponsePseudo = {":status"};
constexpr std::array<std::string_view, 5> kRequestPseudo = {":method", ":scheme", ":authority",
                                                            ":path", ":protocol"};

std::string quoted(std::string_view text) {
  return base::quote(text, 100);
}

bool is_bad_in_name(char c) {
  const auto octet = static_cast<std::uint8_t>(c);
  return octet <= 0x20 || octet >= 0x7f || c == ':';
}

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

// Checks one section, field by field.
class SectionCheck {
 public:
  SectionCheck(SectionKind kind, Breaches& breaches) : kind_(kind), breaches_(breaches) {}

  void add(std::string_view name, std::string_view value) {
    check_name(name);
    check_value(name, value);
    if (name.starts_with(':')) {
      check_pseudo(name, value);
    } else {
      has_regular_ = true;
      check_regular(name, value);
    }
  }

  SectionFacts finish() {
    if (kind_ == SectionKind::response && !has(":status")) breaches_.add(rules::kStatusMissing);
    if (kind_ == SectionKind::promised_request) check_promise();
    return facts_;
  }

 private:
  bool has(std::string_view pseudo) const {
    return std::find(seen_.begin(), seen_.end(), pseudo) != seen_.end();
  }

  void check_name(std::string_view name) {
    const std::string_view rest = name.starts_with(':') ? name.substr(1) : name;
    breaches_.add_if(rest.empty(), rules::kNameEmpty);
    breaches_.add_if(std::any_of(rest.begin(), rest.end(), is_bad_in_name), rules::kNameCharacter,
                     quoted(name));
    breaches_.add_if(
        std::any_of(rest.begin(), rest.end(), [](char c) { return c >= 'A' && c <= 'Z'; }),
        rules::kNameUpperCase, quoted(name));
  }

  void check_value(std::string_view name, std::string_view value) {
    breaches_.add_if(value.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos,
                     rules::kValueCharacter, quoted(name));
    if (value.empty()) return;
    breaches_.add_if(is_space(value.front()) || is_space(value.back()), rules::kValueSpace,
                     quoted(name));
  }

  void check_pseudo(std::string_view name, std::string_view value) {
    breaches_.add_if(has_regular_, rules::kPseudoLate, quoted(name));
    if (kind_ == SectionKind::trailers) {
      breaches_.add(rules::kPseudoInTrailers, quoted(name));
      return;
    }
    const std::span<const std::string_view> allowed =
        kind_ == SectionKind::response ? std::span<const std::string_view>(kResponsePseudo)
                                       : std::span<const std::string_view>(kRequestPseudo);
    const auto known = std::find(allowed.begin(), allowed.end(), name);
    if (known == allowed.end()) {
      breaches_.add(rules::kPseudoInvalid, quoted(name));
      return;
    }
    breaches_.add_if(has(*known), rules::kPseudoRepeated, quoted(name));
    if (!has(*known)) seen_.push_back(*known);
    if (name == ":status") check_status(value);
    if (name == ":method") {
      facts_.is_head = value == "HEAD";
      breaches_.add_if(value != "GET" && value != "HEAD", rules::kPromiseMethod, quoted(value));
    }
    if (value.empty()) has_empty_pseudo_ = true;
  }

  void check_status(std::string_view value) {
    const bool is_valid = value.size() == 3 &&
                          std::all_of(value.begin(), value.end(), base::is_digit) &&
                          value[0] >= '1' && value[0] <= '5';
    if (!is_valid) {
      breaches_.add(rules::kStatusInvalid, quoted(value));
      return;
    }
    facts_.status = (value[0] - '0') * 100 + (value[1] - '0') * 10 + (value[2] - '0');
    breaches_.add_if(facts_.status == 101, rules::kSwitching);
  }

  void check_regular(std::string_view name, std::string_view value) {
    const bool is_of_connection = std::find(kConnectionFields.begin(), kConnectionFields.end(),
                                            name) != kConnectionFields.end();
    breaches_.add_if(is_of_connection, rules::kConnectionField, quoted(name));
    breaches_.add_if(name == "te" && !base::equal_ignoring_case(value, "trailers"), rules::kTe,
                     quoted(value));
    if (name == "content-length" && kind_ != SectionKind::trailers) check_content_length(value);
  }

  void check_content_length(std::string_view value) {
    constexpr std::size_t kMaxDigits = 19;
    const bool is_number = !value.empty() && value.size() <= kMaxDigits &&
                           std::all_of(value.begin(), value.end(), base::is_digit);
    if (!is_number || facts_.has_content_length) {
      breaches_.add(rules::kContentLengthInvalid, quoted(value));
      facts_.content_length.reset();
    } else {
      std::uint64_t length = 0;
      for (const char digit : value)
        length = length * 10 + static_cast<std::uint64_t>(digit - '0');
      facts_.content_length = length;
    }
    facts_.has_content_length = true;
  }

  void check_promise() {
    const bool is_incomplete =
        !has(":method") || !has(":scheme") || !has(":path") || has_empty_pseudo_;
    breaches_.add_if(is_incomplete, rules::kPromisePseudo);
    breaches_.add_if(!has(":authority"), rules::kPromiseAuthority);
    breaches_.add_if(facts_.content_length.value_or(0) > 0, rules::kPromiseContent);
  }

  const SectionKind kind_;
  Breaches& breaches_;
  SectionFacts facts_;
  std::vector<std::string_view> seen_;
  bool has_regular_ = false;
  bool has_empty_pseudo_ = false;
};

}  // namespace

SectionFacts check_fields(std::span<const hpack_explain::Step> steps, SectionKind kind,
                          Breaches& breaches) {
  SectionCheck check(kind, breaches);
  for (const hpack_explain::Step& step : steps) {
    if (step.representation.is_field()) check.add(step.field.name, step.field.value);
  }
  return check.finish();
}

}  // namespace trace
