// SPDX-License-Identifier: MIT
// Files that say what to ask for.
#include "h2load/uri_list.h"

#include <functional>
#include <string_view>

#include "base/file.h"
#include "base/number.h"
#include "base/text.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

std::string name_of(const std::string& path) {
  return path == "-" ? "standard input" : path;
}

// Calls with each line that is neither empty nor a comment, until that returns what is wrong with
// one.
base::Result<void> for_each_line(const std::string& path,
                                 const std::function<std::string(std::string_view)>& visit) {
  const auto text = base::read_file(path, kMaxFileBytes);
  if (!text) return base::Error{text.error()};
  std::size_t number = 0;
  for (const std::string_view line : base::split(*text, '\n')) {
    ++number;
    const std::string_view content = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    const std::string_view trimmed = base::trim(content);
    if (trimmed.empty() || trimmed.front() == '#') continue;
    if (const std::string problem = visit(content); !problem.empty()) {
      return base::Error{name_of(path) + ", line " + std::to_string(number) + ": " + problem};
    }
  }
  return {};
}

}  // namespace

base::Result<std::vector<std::string>> read_uri_list(const std::string& path) {
  std::vector<std::string> uris;
  const auto done = for_each_line(path, [&uris](std::string_view line) {
    uris.emplace_back(base::trim(line));
    return std::string();
  });
  if (!done) return base::Error{done.error()};
  if (uris.empty()) return base::Error{name_of(path) + " has no URI in it"};
  return uris;
}

base::Result<std::vector<ScriptLine>> read_timing_script(const std::string& path) {
  std::vector<ScriptLine> script;
  const auto done = for_each_line(path, [&script](std::string_view line) -> std::string {
    const std::size_t tab = line.find('\t');
    const auto milliseconds =
        tab == std::string_view::npos ? std::nullopt : base::parse_decimal(line.substr(0, tab));
    if (!milliseconds) return "expected milliseconds, a tab and a URI";
    const double seconds = *milliseconds / 1000;
    if (!script.empty() && seconds < script.back().seconds) {
      return "its time is before that of the line above";
    }
    script.push_back({seconds, std::string(base::trim(line.substr(tab + 1)))});
    return {};
  });
  if (!done) return base::Error{done.error()};
  if (script.empty()) return base::Error{name_of(path) + " has no request in it"};
  return script;
}

}  // namespace h2load
