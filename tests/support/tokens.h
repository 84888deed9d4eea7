// SPDX-License-Identifier: MIT
// Words of a scenario line: `word`, `key=value`, `"quoted text"`, `key="quoted value"`.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/body.h"
#include "support/wire.h"

namespace support {

// What is wrong with a scenario itself; carries the line as written.
class ScriptError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The words of one line. Reading takes words away; `finish` complains about what is left.
class Words {
 public:
  explicit Words(std::string_view line);

  bool empty() const { return words_.empty(); }
  // The next word that is not key=value.
  std::string next();
  std::optional<std::string> next_if_any();
  std::uint32_t next_number();
  std::int32_t next_stream_id();
  std::int32_t next_signed();
  // The value of key=value, if there.
  std::optional<std::string> value(std::string_view key);
  std::uint32_t number(std::string_view key, std::uint32_t otherwise);
  // True if the bare word is there.
  bool flag(std::string_view word);
  // Every remaining key=value, as a field; `~name=value` must never be indexed.
  Fields fields();
  // Every remaining key=value, as a setting.
  std::vector<Setting> settings();
  // dep=, weight= and exclusive; nothing if none is there.
  std::optional<Priority> priority();
  // body="text" or body=size:N, with chunk=N, defer=N, failure=CODE, no_end_stream, no_copy,
  // trailer=name:value; nothing if there is no body.
  std::optional<Body> body();
  // What follows the words read so far, as one line.
  std::string rest();
  void finish() const;

 private:
  struct Word {
    std::string text;  // all of it, unquoted
    std::size_t equals = std::string::npos;
    std::size_t begin = 0;  // where it starts in line_
  };

  [[noreturn]] void fail(const std::string& what) const;
  Word read_word(std::size_t& at) const;

  std::string line_;
  std::vector<Word> words_;
};

}  // namespace support
