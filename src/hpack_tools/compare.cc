// SPDX-License-Identifier: MIT
// How well the same fields are compressed with dynamic tables of different sizes.
#include "hpack_tools/compare.h"

#include <cstdio>

namespace hpack_tools {

namespace {

std::string line(const std::string& name, std::size_t input, std::span<const std::size_t> outputs) {
  char text[64];
  std::snprintf(text, sizeof(text), "%7s %9zu", name.c_str(), input);
  std::string columns = text;
  for (const std::size_t output : outputs) {
    std::snprintf(text, sizeof(text), " %7.2f", percentage(output, input));
    columns += text;
  }
  return columns + "\n";
}

}  // namespace

Comparison::Comparison() {
  for (const std::uint32_t size : kTableSizes)
    encoders_.emplace_back(size, size);
}

std::string Comparison::heading() const {
  std::string text =
      "Output in percent of the input, by size of the dynamic table\n   case     input";
  char column[16];
  for (const std::uint32_t size : kTableSizes) {
    std::snprintf(column, sizeof(column), " %7u", static_cast<unsigned>(size));
    text += column;
  }
  return text + "\n";
}

std::string Comparison::add(std::span<const Field> fields) {
  const std::size_t input = octets_in(fields);
  Octets outputs = {};
  for (std::size_t i = 0; i < encoders_.size(); ++i) {
    outputs[i] = encoders_[i].encode(fields).size();
    output_[i] += outputs[i];
  }
  input_ += input;
  return line(std::to_string(cases_++), input, outputs);
}

std::string Comparison::total() const {
  return line("overall", input_, output_);
}

}  // namespace hpack_tools
