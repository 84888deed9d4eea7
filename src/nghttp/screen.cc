// SPDX-License-Identifier: MIT
// Choosing among versions of a resource (HTML, "Images"; Media Queries; CSS Values).
#include "nghttp/screen.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/text.h"

namespace nghttp {

namespace {

constexpr double kWidth = 1280;
constexpr double kHeight = 720;
constexpr double kFontSize = 16;
constexpr double kDensity = 1;
constexpr std::string_view kSpace = " \t\n\f\r";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// The parts between separators that are not in parentheses, trimmed.
std::vector<std::string_view> split_outside(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const bool is_end = at == text.size();
    if (!is_end && text[at] == '(') ++depth;
    if (!is_end && text[at] == ')' && depth > 0) --depth;
    if (!is_end && (depth > 0 || separators.find(text[at]) == std::string_view::npos)) continue;
    parts.push_back(trimmed(text.substr(begin, at - begin)));
    begin = at + 1;
  }
  return parts;
}

std::vector<std::string_view> words_outside(std::string_view text) {
  auto parts = split_outside(text, kSpace);
  std::erase(parts, std::string_view());
  return parts;
}

// A number, and what follows it as its unit.
std::optional<double> number(std::string_view text, std::string_view& unit) {
  double value = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  unit = text.substr(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::optional<double> length(std::string_view text) {
  std::string_view unit;
  const auto value = number(text, unit);
  if (!value) return std::nullopt;
  if (unit == "px" || (unit.empty() && *value == 0)) return value;
  if (unit == "em" || unit == "rem") return *value * kFontSize;
  if (unit == "vw") return *value * kWidth / 100;
  if (unit == "vh") return *value * kHeight / 100;
  return std::nullopt;
}

std::optional<double> dimension(std::string_view name) {
  if (name == "width") return kWidth;
  if (name == "height") return kHeight;
  return std::nullopt;
}

// "width >= 600px".
bool range_applies(std::string_view text) {
  const std::size_t at = text.find_first_of("<>=");
  if (at == std::string_view::npos) return false;
  const std::size_t end = text.find_first_not_of("<>=", at);
  if (end == std::string_view::npos) return false;
  const auto ours = dimension(trimmed(text.substr(0, at)));
  const auto limit = length(trimmed(text.substr(end)));
  if (!ours || !limit) return false;
  const std::string_view comparison = text.substr(at, end - at);
  if (comparison == ">=") return *ours >= *limit;
  if (comparison == "<=") return *ours <= *limit;
  if (comparison == ">") return *ours > *limit;
  if (comparison == "<") return *ours < *limit;
  return comparison == "=" && *ours == *limit;
}

// What is between the parentheses of "(min-width: 600px)".
bool feature_applies(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return dimension(text).has_value() || range_applies(text);
  const std::string_view name = trimmed(text.substr(0, colon));
  const std::string_view value = trimmed(text.substr(colon + 1));
  if (name == "orientation") return value == "landscape";
  if (name == "prefers-color-scheme") return value == "light";
  if (name == "prefers-reduced-motion") return value == "no-preference";
  const auto limit = length(value);
  if (!limit) return false;
  if (name.starts_with("min-")) return dimension(name.substr(4)).value_or(-1) >= *limit;
  if (name.starts_with("max-")) {
    const auto ours = dimension(name.substr(4));
    return ours && *ours <= *limit;
  }
  return dimension(name) == limit;
}

bool query_applies(std::string_view query) {
  auto words = words_outside(query);
  const bool is_negated = words.size() > 1 && words.front() == "not";
  if (words.size() > 1 && (is_negated || words.front() == "only")) words.erase(words.begin());
  bool applies = !words.empty();
  for (std::size_t i = 0; i < words.size() && applies; ++i) {
    const std::string_view word = words[i];
    if (i % 2 == 1) {
      applies = word == "and";
    } else if (word.starts_with('(') && word.ends_with(')')) {
      applies = feature_applies(trimmed(word.substr(1, word.size() - 2)));
    } else {
      applies = word == "all" || word == "screen";
    }
  }
  return applies != is_negated;
}

// How wide an image will be.
double source_size(std::string_view sizes) {
  const std::string lower = base::to_lower(sizes);
  for (const std::string_view entry : split_outside(lower, ",")) {
    const auto words = words_outside(entry);
    if (words.empty()) continue;
    const std::string_view size = words.back();
    const std::string_view condition =
        trimmed(entry.substr(0, static_cast<std::size_t>(size.data() - entry.data())));
    if (!condition.empty() && !query_applies(condition)) continue;
    const auto width = length(size);
    return width && *width > 0 ? *width : kWidth;
  }
  return kWidth;
}

struct Candidate {
  std::string_view uri;
  double density = 1;
  bool has_width = false;
};

// Descriptors such as "2x" and "640w"; none means "1x". False if there is one of no known form.
bool read_descriptors(std::string_view text, double size, Candidate& candidate) {
  for (const std::string_view word : words_outside(text)) {
    std::string_view unit;
    const auto value = number(word, unit);
    if (!value || *value < 0) return false;
    if (unit == "w" && *value > 0) {
      candidate.density = *value / size;
      candidate.has_width = true;
    } else if (unit == "x") {
      candidate.density = *value;
    } else if (unit != "h") {
      return false;
    }
  }
  return true;
}

std::vector<Candidate> read_srcset(std::string_view text, double size) {
  constexpr std::string_view kBefore = " \t\n\f\r,";
  std::vector<Candidate> candidates;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(kBefore, at)) != std::string_view::npos) {
    const std::size_t uri_end = std::min(text.find_first_of(kSpace, at), text.size());
    Candidate candidate;
    candidate.uri = text.substr(at, uri_end - at);
    at = uri_end;
    bool is_valid = true;
    if (candidate.uri.ends_with(',')) {
      candidate.uri = candidate.uri.substr(0, candidate.uri.find_last_not_of(',') + 1);
    } else {
      const std::string_view rest = text.substr(at);
      int depth = 0;
      std::size_t end = 0;
      for (; end < rest.size() && (rest[end] != ',' || depth > 0); ++end) {
        depth += rest[end] == '(' ? 1 : rest[end] == ')' ? -1 : 0;
      }
      is_valid = read_descriptors(rest.substr(0, end), size, candidate);
      at += end;
    }
    if (is_valid) candidates.push_back(candidate);
  }
  return candidates;
}

bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  const std::string name = base::to_lower(trimmed(type.substr(0, type.find(';'))));
  return name.empty() || std::find(types.begin(), types.end(), name) != types.end();
}

}  // namespace

bool media_applies(std::string_view queries) {
  const std::string lower = base::to_lower(trimmed(queries));
  if (lower.empty()) return true;
  const auto list = split_outside(lower, ",");
  return std::any_of(list.begin(), list.end(), query_applies);
}

bool shows_image_type(std::string_view type) {
  return is_one_of(type, {"image/avif", "image/webp", "image/png", "image/apng", "image/jpeg",
                          "image/gif", "image/svg+xml", "image/bmp", "image/x-icon"});
}

bool plays_media_type(std::string_view type) {
  return is_one_of(type, {"video/mp4", "video/webm", "video/ogg", "audio/mpeg", "audio/mp4",
                          "audio/ogg", "audio/webm", "audio/wav", "audio/aac", "audio/flac"});
}

std::string choose_image(std::string_view src, std::string_view srcset, std::string_view sizes) {
  auto candidates = read_srcset(srcset, source_size(sizes));
  const bool src_adds = std::none_of(
      candidates.begin(), candidates.end(),
      [](const Candidate& each) { return each.has_width || each.density == kDensity; });
  if (src_adds && !trimmed(src).empty()) candidates.push_back({src, kDensity, false});
  const Candidate* best = nullptr;
  for (const Candidate& each : candidates) {
    const bool suits = each.density >= kDensity;
    if (best == nullptr || (best->density < kDensity ? each.density > best->density
                                                     : suits && each.density < best->density)) {
      best = &each;
    }
  }
  return std::string(best == nullptr ? src : best->uri);
}

}  // namespace nghttp
