// SPDX-License-Identifier: MIT
// Scenarios written in Markdown: reading them, and comparing logs.
#include "support/golden.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "support/tokens.h"

namespace support {
namespace {

std::string trimmed(const std::string& line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return "";
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

// Reads the sections of one file.
class Reader {
 public:
  Reader(std::string file, std::vector<Scenario>& scenarios)
      : file_(std::move(file)), scenarios_(scenarios) {}

  void take(const std::string& raw_line) {
    ++line_number_;
    const std::string line = trimmed(raw_line);
    if (block_ != nullptr) {
      take_block_line(line);
    } else if (line.rfind("## ", 0) == 0) {
      finish();
      scenario_ = Scenario();
      scenario_.file = file_;
      scenario_.title = line.substr(3);
      scenario_.line = line_number_;
    } else if (line == "```wire") {
      block_ = &scenario_.script;
    } else if (line == "```events") {
      block_ = &scenario_.events;
      has_events_ = true;
    } else if (line.rfind("```", 0) == 0) {
      throw ScriptError(where() + ": a block must be `wire` or `events`");
    }
  }

  // Closes the section under way, if any.
  void finish() {
    if (block_ != nullptr) throw ScriptError(where() + ": a block is not closed");
    if (scenario_.title.empty()) return;
    if (scenario_.script.empty() || !has_events_) {
      throw ScriptError(where() + ": `" + scenario_.title + "` lacks a wire or an events block");
    }
    scenarios_.push_back(std::move(scenario_));
    scenario_ = Scenario();
    has_events_ = false;
  }

 private:
  std::string where() const { return file_ + ":" + std::to_string(line_number_); }

  void take_block_line(const std::string& line) {
    if (line == "```") {
      block_ = nullptr;
    } else if (block_ == &scenario_.script && line == "whole") {
      scenario_.is_whole_only = true;
    } else if (block_ == &scenario_.script && line == "memory") {
      scenario_.is_memory_only = true;
    } else if (!line.empty() && line[0] != '#') {
      block_->push_back(line);
    }
  }

  std::string file_;
  std::vector<Scenario>& scenarios_;
  Scenario scenario_;
  std::vector<std::string>* block_ = nullptr;
  bool has_events_ = false;
  unsigned line_number_ = 0;
};

void load_file(const std::filesystem::path& path, std::vector<Scenario>& scenarios) {
  std::ifstream input(path);
  if (!input) throw ScriptError("cannot read " + path.string());
  Reader reader(path.filename().string(), scenarios);
  std::string line;
  while (std::getline(input, line))
    reader.take(line);
  reader.finish();
}

}  // namespace

std::vector<Scenario> load_scenarios(const std::string& path) {
  std::vector<Scenario> scenarios;
  if (!std::filesystem::is_directory(path)) {
    load_file(path, scenarios);
    return scenarios;
  }
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(path)) {
    if (entry.path().extension() == ".md" && entry.path().filename() != "README.md") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files)
    load_file(file, scenarios);
  return scenarios;
}

std::string first_difference(const std::vector<std::string>& actual,
                             const std::vector<std::string>& expected) {
  const std::size_t common = std::min(actual.size(), expected.size());
  std::size_t at = 0;
  while (at < common && actual[at] == expected[at])
    ++at;
  if (at == actual.size() && at == expected.size()) return "";
  const auto line = [at](const std::vector<std::string>& lines) {
    return at < lines.size() ? lines[at] : std::string("(end)");
  };
  return "event " + std::to_string(at + 1) + ":\n    got      " + line(actual) + "\n    expected " +
         line(expected);
}

}  // namespace support
