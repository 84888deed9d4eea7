// SPDX-License-Identifier: MIT
// A result as JSON.
#include <config.h>

#include <type_traits>

#include "h2load/result_fields.h"
#include "h2load/result_json.h"
#include "h2load/text_report.h"
#include "h2load/units.h"
#include "json/value.h"

namespace h2load {

namespace {

json::Value value_of(std::uint64_t number) {
  return json::number(number);
}

json::Value value_of(double number) {
  return json::real(number);
}

json::Value value_of(const std::string& text) {
  return json::text(text);
}

template <class Ratio>
json::Value value_of(std::chrono::duration<std::int64_t, Ratio> duration) {
  return json::checked(json_integer(duration.count()));
}

json::Value value_of(const Histogram& histogram) {
  const Histogram::Moments moments = histogram.moments();
  json::Value out = json::object();
  set(out, "count", moments.count);
  set(out, "min_ns", moments.min);
  set(out, "max_ns", moments.max);
  set(out, "sum_ns", moments.sum);
  set(out, "sum_of_squares", json::real(moments.sum_of_squares));
  // What follows up to the buckets can be computed from them; it is for readers.
  set(out, "mean_ns", json::real(histogram.mean()));
  set(out, "standard_deviation_ns", json::real(histogram.standard_deviation()));
  json::Value percentiles = json::object();
  for (const double percentile : kPercentiles)
    set(percentiles, percentile_name(percentile).c_str(), histogram.percentile(percentile));
  set(out, "percentiles_ns", std::move(percentiles));
  json::Value buckets = json::array();
  for (const Histogram::Bucket& bucket : histogram.buckets()) {
    json::Value pair = json::array();
    append(pair, json::number(bucket.lowest));
    append(pair, json::number(bucket.count));
    append(buckets, std::move(pair));
  }
  set(out, "buckets", std::move(buckets));
  return out;
}

// Texts become elements, not keys: whatever a peer has sent can be one.
json::Value value_of(const Tally& tally) {
  json::Value out = json::array();
  for (const auto& [text, count] : tally.counts()) {
    json::Value row = json::object();
    set(row, "text", text);
    set(row, "count", count);
    append(out, std::move(row));
  }
  return out;
}

template <class T>
json::Value value_of(const std::vector<T>& elements);

json::Value value_of(const Setting::Value& value) {
  return std::visit(
      [](const auto& held) {
        using Held = std::remove_cvref_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool>) {
          return json::boolean(held);
        } else if constexpr (std::is_same_v<Held, std::int64_t>) {
          return json::checked(json_integer(held));
        } else {
          return value_of(held);
        }
      },
      value);
}

json::Value value_of(const std::vector<Setting>& settings) {
  json::Value out = json::object();
  for (const Setting& setting : settings)
    set(out, setting.name.c_str(), value_of(setting.value));
  return out;
}

// A struct with fields.
template <class T>
requires std::is_class_v<T> json::Value value_of(const T& parts) {
  json::Value out = json::object();
  for_each_field(parts,
                 [&](const char* name, const auto& part) { set(out, name, value_of(part)); });
  return out;
}

template <class T>
json::Value value_of(const std::vector<T>& elements) {
  json::Value out = json::array();
  for (const T& element : elements)
    append(out, value_of(element));
  return out;
}

}  // namespace

std::string write_result(const Result& result) {
  json::Value out = json::object();
  set(out, "format", "h2load result");
  set(out, "version", std::size_t{1});
  set(out, "program", "h2load nghttp2/" PACKAGE_VERSION);
  json::Value parts = value_of(result);
  if (json_object_update(out.get(), parts.get()) != 0) throw std::bad_alloc();
  return dump(out, JSON_COMPACT) + "\n";
}

std::string write_second(const Second& second) {
  return dump(value_of(second), JSON_COMPACT) + "\n";
}

}  // namespace h2load
