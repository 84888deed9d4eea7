// SPDX-License-Identifier: MIT
// Fetches what is wanted from one origin over HTTP/1.1.
#include "nghttp/http1_fetch.h"

#include <utility>

#include "base/text.h"

namespace nghttp {

std::string format_head(std::string_view text) {
  std::string out;
  for (const std::string_view line : base::split(text, '\n')) {
    const std::string_view content = line.substr(0, line.find('\r'));
    if (!content.empty()) out += "\n          " + base::escape(content);
  }
  return out;
}

void Http1Fetch::begin(std::unique_ptr<net::Transport> transport) {
  http1::ConnectionConfig config;
  config.observer = observer();
  connection_ =
      http1::ClientConnection::create(parts_.loop, std::move(transport), std::move(config), *this);
  connection_->start();
  go_on();
}

http1::Observer Http1Fetch::observer() const {
  http1::Observer observer;
  if (parts_.config.hexdump) {
    observer.raw_input = [&output = parts_.output](http::Bytes input) {
      output.write(base::hex_dump(input));
    };
  }
  if (!parts_.log) return observer;
  const auto way = [](http1::Direction direction) {
    return std::string(direction == http1::Direction::sent ? "send" : "recv");
  };
  observer.head = [log = parts_.log, way](http1::Direction direction, std::string_view text) {
    log->note(way(direction) + " HTTP/1.1 head" + format_head(text));
  };
  if (!parts_.log->shows_content()) return observer;
  observer.content = [log = parts_.log, way](http1::Direction direction, std::size_t bytes) {
    log->note(way(direction) + " HTTP/1.1 content <length=" + std::to_string(bytes) + ">");
  };
  return observer;
}

void Http1Fetch::add(Request& request) {
  waiting_.push_back(&request);
  go_on();
}

void Http1Fetch::repeat(Request& request) {
  waiting_.push_front(&request);
  go_on();
}

void Http1Fetch::on_idle(http1::ClientConnection&) {
  go_on();
}

void Http1Fetch::on_closed(http1::ClientConnection&, const http::Reason&) {
  connection_.reset();
  go_on();
}

void Http1Fetch::go_on() {
  if (waiting_.empty() || connecting_) return;
  if (!connection_) {
    connect_again();
  } else if (connection_->is_idle()) {
    Request& next = *waiting_.front();
    waiting_.pop_front();
    parts_.send(next, connection_->open());
  }
}

void Http1Fetch::connect_again() {
  connecting_ = true;
  parts_.connect.start(
      parts_.origin, [this](std::unique_ptr<net::Transport> transport, const Failure& failure) {
        connecting_ = false;
        if (!transport) {
          fail_waiting(failure);
        } else if (transport->alpn() == "h2") {
          fail_waiting({ExitStatus::tls, "the server chose h2 after it had chosen http/1.1"});
        } else {
          if (parts_.log) parts_.log->note("Connected");
          begin(std::move(transport));
        }
      });
}

void Http1Fetch::fail_waiting(const Failure& failure) {
  for (Request* request : std::exchange(waiting_, {}))
    parts_.fail(*request, failure);
}

}  // namespace nghttp
