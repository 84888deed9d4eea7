// SPDX-License-Identifier: MIT
// A result out of JSON.
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

#include "h2load/result_fields.h"
#include "h2load/result_json.h"
#include "json/document.h"

namespace h2load {

namespace {

using json::Node;

void read(const Node& node, std::uint64_t& number) {
  number = node.unsigned_integer();
}

void read(const Node& node, double& number) {
  number = node.number(0);
}

void read(const Node& node, std::string& text) {
  text = node.text();
}

template <class Ratio>
void read(const Node& node, std::chrono::duration<std::int64_t, Ratio>& duration) {
  using Duration = std::remove_reference_t<decltype(duration)>;
  duration = Duration(static_cast<std::int64_t>(node.unsigned_integer()));
}

void read(const Node& node, Histogram& histogram) {
  Histogram::Moments moments;
  read(node.member("count"), moments.count);
  read(node.member("min_ns"), moments.min);
  read(node.member("max_ns"), moments.max);
  read(node.member("sum_ns"), moments.sum);
  read(node.member("sum_of_squares"), moments.sum_of_squares);
  std::vector<Histogram::Bucket> buckets;
  const Node list = node.member("buckets");
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Node pair = list.element(i);
    if (pair.size() != 2) return pair.fail("expected the lowest value of a bucket and its count");
    buckets.push_back({pair.element(0).unsigned_integer(), pair.element(1).unsigned_integer()});
  }
  if (auto restored = Histogram::restore(moments, buckets)) {
    histogram = *std::move(restored);
  } else {
    node.fail("the buckets are not those of a histogram with this count, minimum, maximum and sum");
  }
}

void read(const Node& node, Tally& tally) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    const Node row = node.element(i);
    tally.add(row.member("text").text(), row.member("count").unsigned_integer());
  }
}

std::optional<Setting::Value> setting_value(const Node& node) {
  if (node.is_boolean()) return node.boolean();
  if (node.is_integer()) return static_cast<std::int64_t>(node.unsigned_integer());
  if (node.is_number()) return node.number();
  if (node.is_string()) return node.text();
  if (!node.is_array()) return std::nullopt;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < node.size(); ++i)
    texts.push_back(node.element(i).text());
  return texts;
}

void read(const Node& node, std::vector<Setting>& settings) {
  for (const auto& [name, value] : node.members()) {
    if (auto setting = setting_value(value)) {
      settings.push_back({name, *std::move(setting)});
    } else {
      value.fail("expected a boolean, a number, a string or an array of strings");
    }
  }
}

template <class T>
void read(const Node& node, std::vector<T>& elements);

template <class T>
requires std::is_class_v<T>
void read(const Node& node, T& parts) {
  for_each_field(parts, [&](const char* name, auto& part) { read(node.member(name), part); });
}

template <class T>
void read(const Node& node, std::vector<T>& elements) {
  for (std::size_t i = 0; i < node.size(); ++i)
    read(node.element(i), elements.emplace_back());
}

}  // namespace

base::Result<Result> read_result(std::string name, std::string text) {
  auto document = json::Document::parse(std::move(name), std::move(text));
  if (!document) return base::Error{document.error()};
  const Node root = document->root();
  if (root.member("format").text() != "h2load result")
    root.fail("this is no result of h2load --output-file");
  if (root.member("version").unsigned_integer() != 1)
    root.member("version").fail("only version 1 can be read");
  Result result;
  read(root, result);
  if (!document->problem().empty()) return base::Error{document->problem()};
  return result;
}

}  // namespace h2load
