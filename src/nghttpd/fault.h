// SPDX-License-Identifier: MIT
// What --fault asks to go wrong, for people who write clients.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/fields.h"

namespace nghttpd {

enum class Malformed {
  hpack,      // an index that no table has
  uppercase,  // a field name in upper case
  no_status,  // no :status
  order,      // :status after a field
  transfer    // a field that HTTP/2 forbids
};

// A part of each period during which nothing leaves.
struct Stall {
  std::chrono::milliseconds length{0};
  std::chrono::milliseconds period{0};

  // How long the stall still lasts, `elapsed` after the server's start; 0 outside of one.
  std::chrono::milliseconds left(std::chrono::milliseconds elapsed) const;
};

// Octets of content, and the error code to end with after them.
struct ResetAfter {
  std::uint64_t octets = 0;
  std::uint32_t code = 0;
};

// Everything that goes wrong with one response.
struct FaultPlan {
  std::chrono::milliseconds delay{0};
  std::chrono::milliseconds data_delay{0};
  std::optional<std::size_t> data_size;
  std::optional<ResetAfter> reset;
  std::optional<std::uint32_t> refusal;
  bool stall_window = false;
  std::optional<std::uint64_t> truncation;
  std::optional<std::uint64_t> content_length;
  http::Fields trailers;
  std::vector<int> interim;
  std::optional<int> status;
  std::optional<Malformed> malformed;
  std::optional<Stall> stall;
};

// GOAWAY with the so manieth request of a connection that the rule is for.
struct GoawayAfter {
  std::uint64_t requests = 1;
  std::uint32_t code = 0;
};

// One --fault. Rules for the same path add up; of two of one kind the later counts, except that
// trailers and interim responses add up, too.
struct FaultRule {
  std::string glob;
  // One of these two.
  void (*apply)(const FaultRule& rule, FaultPlan& plan) = nullptr;
  std::optional<GoawayAfter> goaway;

  // The argument, as the kind understands it.
  std::chrono::milliseconds duration{0};
  std::chrono::milliseconds period{0};
  std::uint64_t number = 0;
  std::uint32_t code = 0;
  http::FieldLine field;
  Malformed malformed = Malformed::hpack;
};
using FaultRules = std::vector<FaultRule>;

// Reads "GLOB:KIND[=ARG]" and adds the rule; "" or what was expected.
std::string add_fault(FaultRules& rules, std::string_view text);

// What the rules say of a response to a request for `path`, decoded and without query; nullopt if
// none is for it.
std::optional<FaultPlan> plan_faults(const FaultRules& rules, const std::string& path);

}  // namespace nghttpd
