// SPDX-License-Identifier: MIT
// HTTP/1.1 as a load generator needs it, with pipelining.
#include "h2load/http1_protocol.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "h2load/http1_response.h"
#include "h2load/request_source.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxHeadBytes = 64 * 1024;

// Calls with the name and the value of each field line of a head that has been parsed.
template <class Visit>
void for_each_field(std::string_view head, Visit visit) {
  for (std::string_view line : base::split(head, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    const std::size_t colon = line.find(':');
    if (line.empty()) continue;
    if (colon == std::string_view::npos) {
      visit(line, std::string_view());
    } else {
      visit(line.substr(0, colon), base::trim(line.substr(colon + 1)));
    }
  }
}

}  // namespace

Http1Protocol::Http1Protocol(const Config& config, ProtocolEvents& events)
    // Content that a server rejects would leave the requests behind it in doubt: one at a time.
    : config_(config),
      events_(events),
      max_concurrent_(config.data_file.empty() && config.scenario_file.empty()
                          ? config.max_concurrent_streams
                          : 1) {}

bool Http1Protocol::submit(Exchange& exchange) {
  exchange.stream_id = next_id_;
  next_id_ = next_id_ > 0x7ffffff0 ? 1 : next_id_ + 2;
  const Request& request = *exchange.request;
  output_.append(request.head_text());
  if (request.has_trailers()) {
    std::string content;
    request.append_content(content);
    output_.append(content);
  } else if (request.has_body()) {
    output_.append(request.body());
  }
  events_.on_header_octets_sent(request.head_text().size(), request.head_text().size());
  waiting_.push_back(&exchange);
  return true;
}

bool Http1Protocol::produce(base::Buffer& output) {
  if (output_.empty()) return state_ != State::failed;
  if (output.empty()) {
    std::swap(output, output_);
  } else {
    output.append(output_.bytes());
    output_.clear();
  }
  return state_ != State::failed;
}

bool Http1Protocol::receive(Octets input) {
  if (!pending_.empty()) {
    pending_.append(input);
    const std::size_t taken = take(pending_.bytes());
    pending_.consume(taken);
  } else {
    const std::size_t taken = take(input);
    if (taken < input.size()) pending_.append(input.subspan(taken));
  }
  return state_ != State::failed;
}

// Whole pieces off the front; says how much that was.
std::size_t Http1Protocol::take(Octets input) {
  std::size_t taken = 0;
  while (taken < input.size() && state_ != State::failed) {
    const Octets rest = input.subspan(taken);
    std::size_t count = 0;
    switch (state_) {
      case State::head: count = take_head(rest); break;
      case State::content:
      case State::until_close: count = take_content(rest); break;
      case State::chunks: count = take_chunks(rest); break;
      case State::failed: break;
    }
    if (count == 0) break;
    taken += count;
  }
  return taken;
}

std::size_t Http1Protocol::take_head(Octets input) {
  if (waiting_.empty()) {
    fail("the server sent a response that nobody has asked for");
    return 0;
  }
  const std::string_view text = base::as_text(input);
  const std::size_t size = find_head_end(text, searched_);
  if (size == 0) {
    searched_ = text.size();
    if (text.size() > kMaxHeadBytes) fail("the head of a response is longer than 64K");
    return 0;
  }
  searched_ = 0;
  Http1ResponseHead head;
  const std::string_view head_text = text.substr(0, size);
  if (!parse_response_head(head_text, head)) {
    fail("malformed response: " + base::quote(head_text.substr(0, 100)));
    return 0;
  }
  Exchange& exchange = *waiting_.front();
  events_.on_header_octets(size, size);
  if (config_.verbosity > 0 || exchange.observer) show_fields(head_text, exchange);
  if (head.status == 101) {
    fail("the server switched to a protocol that nobody has asked for");
    return 0;
  }
  if (head.status < 200) return size;
  exchange.status = head.status;
  close_ = head.close;
  events_.on_response_head(exchange);
  if (exchange.request->is_head() || head.status == 204 || head.status == 304) {
    end_response();
  } else {
    begin_content(head.has_length, head.length, head.chunked);
  }
  return size;
}

void Http1Protocol::show_fields(std::string_view head, const Exchange& exchange) {
  for_each_field(head, [&](std::string_view name, std::string_view value) {
    if (config_.verbosity > 0) events_.on_field(exchange.stream_id, name, value);
    if (exchange.observer) exchange.observer->on_field(name, value);
  });
}

// RFC 9112 §6.3.
void Http1Protocol::begin_content(bool has_length, std::uint64_t length, bool chunked) {
  if (chunked) {
    chunks_.emplace();
    state_ = State::chunks;
  } else if (!has_length) {
    accepts_requests_ = false;
    state_ = State::until_close;
  } else if (length > 0) {
    remaining_ = length;
    state_ = State::content;
  } else {
    end_response();
  }
}

std::size_t Http1Protocol::take_content(Octets input) {
  Exchange& exchange = *waiting_.front();
  if (state_ == State::until_close) {
    pass_on(exchange, input);
    return input.size();
  }
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, input.size()));
  pass_on(exchange, input.first(count));
  remaining_ -= count;
  if (remaining_ == 0) end_response();
  return count;
}

void Http1Protocol::pass_on(Exchange& exchange, Octets content) {
  if (exchange.observer) exchange.observer->on_content(base::as_text(content));
  events_.on_content(exchange, content.size());
}

std::size_t Http1Protocol::take_chunks(Octets input) {
  const auto step = chunks_->decode(input);
  if (!step.content.empty()) pass_on(*waiting_.front(), step.content);
  if (chunks_->has_failed()) {
    fail("malformed response: " + chunks_->fault().text);
    return 0;
  }
  if (chunks_->is_complete()) end_response();
  return step.taken;
}

void Http1Protocol::end_response() {
  Exchange& exchange = *waiting_.front();
  waiting_.pop_front();
  state_ = State::head;
  if (close_) accepts_requests_ = false;
  events_.on_end(exchange, Ending::complete, 0);
  // RFC 9112 §9.6: what was pipelined behind it has not been processed.
  if (!close_) return;
  output_.clear();
  for (Exchange* const unanswered : std::exchange(waiting_, {}))
    events_.on_end(*unanswered, Ending::unprocessed, 0);
}

void Http1Protocol::receive_end() {
  if (state_ != State::until_close) return;
  close_ = true;
  end_response();
}

void Http1Protocol::fail(std::string text) {
  error_ = std::move(text);
  accepts_requests_ = false;
  state_ = State::failed;
}

}  // namespace h2load
