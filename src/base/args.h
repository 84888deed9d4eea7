// SPDX-License-Identifier: MIT
// Command line options as data: one table row per option gives parsing, errors and --help.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/number.h"

namespace base::args {

// Option flags, to be or-ed.
inline constexpr unsigned kRepeatable = 1;  // every use counts; --help says so
inline constexpr unsigned kHidden = 2;      // accepted, but not listed in --help

// Applies one value to the configuration. Returns "" on success, else what was expected, to be
// read after the word "expected", e.g. "an integer in the range 0 to 30". The value is empty for
// options without argument.
template <class Config>
using Setter = std::function<std::string(Config&, std::string_view value)>;

// One row of an option table. Every text has static storage duration.
template <class Config>
struct Option {
  const char* long_name;  // without the leading "--"
  char short_name;        // 0: none
  // Placeholder such as "<DURATION>"; "[<PATH>]" for an argument that only "--name=" gives, and
  // whose absence is an empty value; "" for a flag.
  const char* argument;
  Setter<Config> set;             // see the factories below
  const char* help;               // prose, wrapped for output; newline starts a new line
  const char* default_text = "";  // printed as "Default: ..." when not empty
  unsigned flags = 0;
};

// Rows under one heading of --help.
template <class Config>
struct Section {
  const char* title;  // e.g. "Options"
  std::vector<Option<Config>> options;
};

// Something that has a name, and what is to be known of it; prose as in Option::help.
struct Term {
  const char* name;  // e.g. "<URI>", "SSLKEYLOGFILE" or, for an example, a whole command
  const char* help;
};

struct ExitStatus {
  int status;
  const char* meaning;  // prose as in Option::help
};

// What --help and --version say about the program besides its options. A list that is empty has no
// heading.
struct Program {
  const char* name;     // e.g. "nghttp"
  const char* usage;    // what follows the name in the usage line, e.g. "[OPTIONS]... <URI>..."
  const char* summary;  // one line
  std::vector<Term> operands = {};  // positional arguments
  const char* epilogue = "";        // prose after the options
  std::vector<ExitStatus> exit_statuses = {};
  std::vector<Term> files = {};        // that the program reads or writes by itself
  std::vector<Term> environment = {};  // variables
  // In the manual page alone:
  const char* description = "";            // prose before the options
  std::vector<Term> examples = {};         // commands, and what they do
  std::vector<const char*> see_also = {};  // other pages, e.g. "nghttpd(1)"
};

// The part of a row that does not depend on the configuration type.
struct OptionInfo {
  std::string_view long_name;
  char short_name = 0;
  std::string_view argument;
  std::string_view help;
  std::string_view default_text;
  unsigned flags = 0;
  std::string_view section;

  bool needs_argument() const { return !argument.empty() && argument.front() != '['; }
  // What follows the long name in a text: "=<DURATION>", "[=<PATH>]" or nothing.
  std::string argument_suffix() const;
};

// What the command line asks for.
struct Outcome {
  enum class Kind {
    run,      // go on with `operands`
    help,     // print `text` to standard output and exit with 0; other documents likewise
    version,  // likewise
    error     // print `text` to standard error and exit with 1
  };
  Kind kind = Kind::run;
  std::string text;  // complete, ends with a newline
  std::vector<std::string> operands;
};

// For help, version and error: prints the text and returns the exit status. For run: nullopt.
std::optional<int> finish(const Outcome& outcome);

// The text of --help, 80 columns wide; -h/--help and --version are part of it, as of the others.
std::string format_help(const Program& program, std::span<const OptionInfo> options);

// The manual page, as groff's man macros want it.
std::string format_manual(const Program& program, std::span<const OptionInfo> options);

// A file for bash that has it complete options, and operands that are files.
std::string format_completion(const Program& program, std::span<const OptionInfo> options);

// The rows that --help lists, -h/--help and --version included.
std::vector<OptionInfo> listed_options(std::span<const OptionInfo> options);
// The help of a row, with what its flags and its default mean.
std::string prose_of(const OptionInfo& option);

// "PROGRAM nghttp2/VERSION\n".
std::string format_version(const Program& program);

// Applies row `index` to the value: "" or what was expected.
using Apply = std::function<std::string(size_t index, std::string_view value)>;

// Parses with getopt_long() (options and operands may be mixed, "--" ends the options, unambiguous
// prefixes of long names are accepted) and stops at the first error. A program without operands in
// its description takes none. The one option "--documentation=manual" or "=completion", which is
// for building the programs and not listed, prints that document. Not re-entrant, as getopt_long()
// is not.
Outcome parse(const Program& program, std::span<const OptionInfo> options, int argc, char** argv,
              const Apply& apply);

// Long names that resemble an unknown one, best first, at most three.
std::vector<std::string_view> similar_names(std::span<const OptionInfo> options,
                                            std::string_view name);

// The option table of one program.
template <class Config>
class Table {
 public:
  Table(Program program, std::vector<Section<Config>> sections)
      : program_(std::move(program)), sections_(std::move(sections)) {
    for (const auto& section : sections_) {
      for (const auto& option : section.options) {
        infos_.push_back({option.long_name, option.short_name, option.argument, option.help,
                          option.default_text, option.flags, section.title});
        setters_.push_back(&option.set);
      }
    }
  }
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // Reads the command line into config.
  Outcome parse(int argc, char** argv, Config& config) const {
    return args::parse(program_, infos_, argc, argv, [&](size_t index, std::string_view value) {
      return set(index, config, value);
    });
  }

  // Applies row `index` as if the option had been given; for configuration files.
  std::string set(size_t index, Config& config, std::string_view value) const {
    return (*setters_.at(index))(config, value);
  }

  std::string help() const { return format_help(program_, infos_); }
  const Program& program() const { return program_; }
  // All rows in order, for manual pages, completion and configuration files.
  std::span<const OptionInfo> options() const { return infos_; }

 private:
  Program program_;
  std::vector<Section<Config>> sections_;
  std::vector<OptionInfo> infos_;
  std::vector<const Setter<Config>*> setters_;
};

// ---- Setters -----------------------------------------------------------------------------------
// `field` is a pointer to a data member or a callable that returns a reference into the
// configuration: flag(&Config::verbose), size([](Config& c) -> auto& { return c.tls.limit; }).

namespace detail {
template <class Config, class Field>
decltype(auto) field_of(Config& config, const Field& field) {
  return std::invoke(field, config);
}
template <class T>
bool fits(uint64_t value) {
  return value <= static_cast<uint64_t>(std::numeric_limits<T>::max());
}
std::string expected_integer(int64_t min, int64_t max);
std::string expected_size(uint64_t min, uint64_t max);
std::string expected_duration();
}  // namespace detail

// An option without argument that stores `value`.
template <class Field>
auto flag(Field field, bool value = true) {
  return [=](auto& config, std::string_view) -> std::string {
    detail::field_of(config, field) = value;
    return {};
  };
}

// An option without argument that adds one per use.
template <class Field>
auto count(Field field) {
  return [=](auto& config, std::string_view) -> std::string {
    ++detail::field_of(config, field);
    return {};
  };
}

// A decimal integer with min <= value <= max.
template <class Field>
auto integer(Field field, int64_t min, int64_t max) {
  return [=](auto& config, std::string_view text) -> std::string {
    auto value = parse_signed(text);
    if (!value || *value < min || *value > max) return detail::expected_integer(min, max);
    auto& target = detail::field_of(config, field);
    target = static_cast<std::remove_reference_t<decltype(target)>>(*value);
    return {};
  };
}

// SIZE with min <= value <= max, in bytes.
template <class Field>
auto size(Field field, uint64_t min = 0, uint64_t max = std::numeric_limits<int64_t>::max()) {
  return [=](auto& config, std::string_view text) -> std::string {
    auto value = parse_size(text);
    if (!value || *value < min || *value > max) return detail::expected_size(min, max);
    auto& target = detail::field_of(config, field);
    using Target = std::remove_reference_t<decltype(target)>;
    if constexpr (std::integral<Target>) {
      if (!detail::fits<Target>(*value)) {
        return detail::expected_size(min,
                                     static_cast<uint64_t>(std::numeric_limits<Target>::max()));
      }
    }
    target = static_cast<Target>(*value);
    return {};
  };
}

// DURATION into any std::chrono::duration (or an optional of one).
template <class Field>
auto duration(Field field) {
  return [=](auto& config, std::string_view text) -> std::string {
    auto value = parse_duration(text);
    if (!value) return detail::expected_duration();
    auto& target = detail::field_of(config, field);
    using Target = std::remove_reference_t<decltype(target)>;
    if constexpr (requires { typename Target::value_type; }) {
      target = std::chrono::duration_cast<typename Target::value_type>(*value);
    } else {
      target = std::chrono::duration_cast<Target>(*value);
    }
    return {};
  };
}

// A string (or std::optional<std::string>), stored as it is.
template <class Field>
auto string(Field field) {
  return [=](auto& config, std::string_view text) -> std::string {
    detail::field_of(config, field) = std::string(text);
    return {};
  };
}

// Appends the value to a std::vector<std::string>; use with kRepeatable.
template <class Field>
auto append(Field field) {
  return [=](auto& config, std::string_view text) -> std::string {
    detail::field_of(config, field).push_back(std::string(text));
    return {};
  };
}

// Replaces a std::vector<std::string> by the parts between commas, trimmed, empty parts dropped.
std::vector<std::string> split_commas(std::string_view text);
template <class Field>
auto list(Field field) {
  return [=](auto& config, std::string_view text) -> std::string {
    auto parts = split_commas(text);
    if (parts.empty()) return "a comma separated list";
    detail::field_of(config, field) = std::move(parts);
    return {};
  };
}

// One of a fixed set of words, each standing for a value.
template <class Value, class Field>
auto choice(Field field, std::vector<std::pair<const char*, Value>> words) {
  return [=](auto& config, std::string_view text) -> std::string {
    std::string expected = "one of";
    for (const auto& [word, value] : words) {
      if (text == word) {
        detail::field_of(config, field) = value;
        return {};
      }
      expected.append(" ").append(word);
    }
    return expected;
  };
}

}  // namespace base::args
