// SPDX-License-Identifier: MIT
// What happens on the connections of a run, as lines of JSON: nghttp --json.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "json/value.h"
#include "trace/sink.h"

namespace trace {

struct JsonLinesOptions {
  // Gets each line when it is known, with its end.
  std::function<void(std::string_view line)> write;
  // Times of steady_clock are told as times of day, and as what has gone by since then.
  std::chrono::steady_clock::time_point start;
  std::chrono::system_clock::time_point start_of_day_time;
  // Whether the content of DATA frames is to be told.
  bool with_data = false;
};

class JsonLines final : public Sink {
 public:
  explicit JsonLines(JsonLinesOptions options) : options_(std::move(options)) {}

  void connected(unsigned connection, std::string_view origin,
                 const net::Transport& transport) override;
  void not_connected(unsigned connection, std::string_view origin,
                     std::string_view reason) override;
  void upgrade(unsigned connection, Direction direction, std::string_view head) override;
  void preface(unsigned connection) override;
  void frame(unsigned connection, const TracedFrame& traced) override;
  void complaint(unsigned connection, std::string_view text) override;
  void closed(unsigned connection, std::string_view reason) override;

 private:
  json::Value event(const char* name, unsigned connection) const;
  void write(const json::Value& event);

  JsonLinesOptions options_;
};

}  // namespace trace
