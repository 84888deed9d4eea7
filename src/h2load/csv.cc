// SPDX-License-Identifier: MIT
// A result as comma separated values, for spreadsheets: --csv.
#include "h2load/csv.h"

#include <chrono>
#include <type_traits>

#include "h2load/result_fields.h"
#include "h2load/units.h"

namespace h2load {

namespace {

std::string milliseconds(double nanoseconds) {
  return decimal_text(nanoseconds / 1e6, 6);
}

std::string cell(const char* name, std::uint64_t value) {
  const bool is_time = std::string_view(name).ends_with("_ns");
  return is_time ? milliseconds(static_cast<double>(value)) : std::to_string(value);
}

std::string cell(const char*, std::chrono::nanoseconds value) {
  return milliseconds(static_cast<double>(value.count()));
}

std::string column(std::string name) {
  if (name.ends_with("_ns")) name.replace(name.size() - 2, 2, "ms");
  return name;
}

}  // namespace

std::string write_csv(const Result& result) {
  std::string out;
  const Second names;
  for_each_field(names, [&](const char* name, const auto&) {
    out += (out.empty() ? "" : ",") + column(name);
  });
  out += "\r\n";
  for (const Second& second : result.seconds) {
    std::string line;
    for_each_field(second, [&](const char* name, const auto& part) {
      line += (line.empty() ? "" : ",") + cell(name, part);
    });
    out += line + "\r\n";
  }
  return out;
}

}  // namespace h2load
