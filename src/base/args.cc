// SPDX-License-Identifier: MIT
// Command line options as data: one table row per option gives parsing, errors and --help.
#include "base/args.h"

#include <getopt.h>
#include <nghttp2/nghttp2ver.h>

#include <algorithm>
#include <cstdio>

#include "base/text.h"

namespace base::args {

namespace {

// Values of getopt_long(): row numbers start above every character.
constexpr int kFirstRow = 256;
constexpr int kHelpRow = -2;
constexpr int kVersionRow = -3;

bool takes_argument(const OptionInfo& option) {
  return !option.argument.empty();
}

int argument_kind(const OptionInfo& option) {
  if (!takes_argument(option)) return no_argument;
  return option.needs_argument() ? required_argument : optional_argument;
}

std::string error_line(const Program& program, const std::string& text) {
  return std::string(program.name) + ": " + text + "\n";
}

// getopt_long() tables built from the rows; the rows' texts are NUL-terminated literals.
struct GetoptTables {
  std::string short_options = ":h";
  std::vector<::option> long_options;
};

GetoptTables make_tables(std::span<const OptionInfo> options) {
  GetoptTables tables;
  for (size_t i = 0; i < options.size(); ++i) {
    const OptionInfo& option = options[i];
    tables.long_options.push_back(
        {option.long_name.data(), argument_kind(option), nullptr, kFirstRow + static_cast<int>(i)});
    if (option.short_name) {
      tables.short_options += option.short_name;
      if (option.needs_argument()) tables.short_options += ':';
    }
  }
  tables.long_options.push_back({"help", no_argument, nullptr, kHelpRow});
  tables.long_options.push_back({"version", no_argument, nullptr, kVersionRow});
  tables.long_options.push_back({nullptr, 0, nullptr, 0});
  return tables;
}

// The row of getopt_long()'s return value; options.size() when there is none.
size_t row_of(std::span<const OptionInfo> options, int value) {
  if (value >= kFirstRow) return static_cast<size_t>(value - kFirstRow);
  const auto found = std::find_if(options.begin(), options.end(), [&](const OptionInfo& option) {
    return option.short_name && option.short_name == value;
  });
  return static_cast<size_t>(found - options.begin());
}

std::string unknown_option(std::span<const OptionInfo> options, std::string_view word) {
  if (!word.starts_with("--")) return "unknown option " + quote(word);
  const std::string_view name = word.substr(2, word.find('=') - 2);
  std::string text = "unknown option " + quote(word.substr(0, name.size() + 2));
  const auto similar = similar_names(options, name);
  for (size_t i = 0; i < similar.size(); ++i) {
    text.append(i ? " or " : "; did you mean ").append("--").append(similar[i]);
  }
  return similar.empty() ? text : text + "?";
}

// Explains the '?' of getopt_long(): unknown, ambiguous, or a flag with "=value".
std::string explain_rejection(std::span<const OptionInfo> options, std::string_view word) {
  if (optopt >= kFirstRow || optopt == kHelpRow || optopt == kVersionRow) {
    return "option " + quote(word.substr(0, word.find('='))) + " takes no argument";
  }
  if (optopt) return unknown_option(options, std::string("-") + static_cast<char>(optopt));
  const std::string_view name = word.substr(2, word.find('=') - 2);
  std::string candidates;
  size_t count = 0;
  for (const OptionInfo& option : options) {
    if (name.empty() || !option.long_name.starts_with(name)) continue;
    candidates.append(" --").append(option.long_name);
    ++count;
  }
  if (count > 1) return "option " + quote(word) + " is ambiguous; it may mean" + candidates;
  return unknown_option(options, word);
}

std::string describe_bad_value(const OptionInfo& option, std::string_view value,
                               const std::string& expected) {
  std::string text = "--" + std::string(option.long_name);
  if (takes_argument(option)) text += ": bad value " + quote(value);
  return text + ": expected " + expected;
}

std::string missing_argument(std::span<const OptionInfo> options) {
  const size_t row = row_of(options, optopt);
  if (row >= options.size()) return "an option lacks its argument";
  return "option --" + std::string(options[row].long_name) + " needs an argument " +
         std::string(options[row].argument);
}

// The document that is asked for, if one is.
std::optional<Outcome> document(const Program& program, std::span<const OptionInfo> options,
                                int argc, char** argv) {
  constexpr std::string_view kName = "--documentation=";
  const std::string_view word = argc == 2 ? argv[1] : "";
  if (!word.starts_with(kName)) return std::nullopt;
  const std::string_view kind = word.substr(kName.size());
  if (kind == "manual") return Outcome{Outcome::Kind::help, format_manual(program, options), {}};
  if (kind == "completion") {
    return Outcome{Outcome::Kind::help, format_completion(program, options), {}};
  }
  return Outcome{Outcome::Kind::error,
                 error_line(program, "--documentation: expected one of manual completion"),
                 {}};
}

}  // namespace

std::string OptionInfo::argument_suffix() const {
  if (argument.empty()) return {};
  if (needs_argument()) return "=" + std::string(argument);
  return "[=" + std::string(argument.substr(1));
}

std::optional<int> finish(const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::run) return std::nullopt;
  const bool failed = outcome.kind == Outcome::Kind::error;
  FILE* const stream = failed ? stderr : stdout;
  const bool written = std::fputs(outcome.text.c_str(), stream) >= 0 && std::fflush(stream) == 0;
  return failed || !written ? 1 : 0;
}

std::string format_version(const Program& program) {
  return std::string(program.name) + " nghttp2/" NGHTTP2_VERSION "\n";
}

std::vector<std::string_view> similar_names(std::span<const OptionInfo> options,
                                            std::string_view name) {
  if (name.size() > 64) return {};
  // Prefixes and parts of names come close whatever their length; else a third may be misspelt.
  std::vector<std::pair<size_t, std::string_view>> ranked;
  const auto consider = [&](std::string_view candidate) {
    if (name.size() > 2 && candidate.find(name) != std::string_view::npos) {
      ranked.emplace_back(0, candidate);
      return;
    }
    const size_t distance = edit_distance(name, candidate);
    if (distance <= std::max(name.size(), candidate.size()) / 3) {
      ranked.emplace_back(distance, candidate);
    }
  };
  for (const OptionInfo& option : options) {
    if (!(option.flags & kHidden)) consider(option.long_name);
  }
  consider("help");
  consider("version");
  std::stable_sort(ranked.begin(), ranked.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string_view> names;
  for (size_t i = 0; i < ranked.size() && i < 3; ++i)
    names.push_back(ranked[i].second);
  return names;
}

Outcome parse(const Program& program, std::span<const OptionInfo> options, int argc, char** argv,
              const Apply& apply) {
  using Kind = Outcome::Kind;
  if (auto asked = document(program, options, argc, argv)) return *std::move(asked);
  const GetoptTables tables = make_tables(options);
  const auto error = [&](const std::string& text) {
    return Outcome{Kind::error, error_line(program, text), {}};
  };
  // Zero makes glibc start afresh, so that several command lines can be parsed in one process.
  optind = 0;
  opterr = 0;
  for (;;) {
    optopt = 0;
    const int value = ::getopt_long(argc, argv, tables.short_options.c_str(),
                                    tables.long_options.data(), nullptr);
    if (value == -1) break;
    if (value == ':') return error(missing_argument(options));
    if (value == kVersionRow) return {Kind::version, format_version(program), {}};
    const size_t row = row_of(options, value);
    if (value == kHelpRow || (value == 'h' && row == options.size())) {
      return {Kind::help, format_help(program, options), {}};
    }
    if (value == '?') return error(explain_rejection(options, argv[optind - 1]));
    const std::string_view text = takes_argument(options[row]) && optarg != nullptr ? optarg : "";
    const std::string expected = apply(row, text);
    if (!expected.empty()) return error(describe_bad_value(options[row], text, expected));
  }
  if (program.operands.empty() && optind < argc) {
    return error("no operands are taken, such as " + quote(argv[optind]) + "\nTry '" +
                 program.name + " --help'.");
  }
  return {Kind::run, "", std::vector<std::string>(argv + optind, argv + argc)};
}

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> parts;
  for (const auto part : split_list(text, ','))
    parts.emplace_back(part);
  return parts;
}

namespace detail {

std::string expected_integer(int64_t min, int64_t max) {
  if (max == std::numeric_limits<int64_t>::max()) {
    return "an integer of at least " + std::to_string(min);
  }
  return "an integer in the range " + std::to_string(min) + " to " + std::to_string(max);
}

std::string expected_size(uint64_t min, uint64_t max) {
  std::string text = "a size such as 65536, 64K, 16M or 1G";
  const bool unlimited = max >= static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  if (min > 0 && unlimited) return text + " of at least " + format_size(min);
  if (unlimited) return text;
  return text + " in the range " + format_size(min) + " to " + format_size(max);
}

std::string expected_duration() {
  return "a duration such as 10s, 500ms, 1m or 2h";
}

}  // namespace detail

}  // namespace base::args
