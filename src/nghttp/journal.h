// SPDX-License-Identifier: MIT
// What has happened in a run, kept until the end for those who report it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "http/head.h"
#include "nghttp/request.h"

namespace nghttp {

// How a connection came about. Times that were not reached are zero.
struct ConnectionRecord {
  using Time = Request::Time;

  std::string origin;
  std::string address;   // of the peer, numeric
  std::string peer;      // with its port
  std::string protocol;  // as HAR names it, e.g. "HTTP/2.0"
  std::string security;  // e.g. "TLSv1.3"; empty without
  Time started;
  Time resolved;   // the name
  Time connected;  // the socket
  Time ready;      // after the TLS handshake, if there is one
  Time ended;
  std::string failure;  // why there was no connection
};

// A connection with all that was asked for on it, pushed responses included.
struct Session {
  ConnectionRecord connection;
  std::vector<Request> requests;
};

class Journal {
 public:
  void add(Session session) { sessions_.push_back(std::move(session)); }

  const std::vector<Session>& sessions() const { return sessions_; }
  // The time of day of a moment.
  std::chrono::system_clock::time_point time_of_day(Request::Time time) const {
    return began_at_ +
           std::chrono::duration_cast<std::chrono::system_clock::duration>(time - began_);
  }
  Request::Time began() const { return began_; }
  std::chrono::system_clock::time_point began_at() const { return began_at_; }

 private:
  Request::Time began_ = std::chrono::steady_clock::now();
  std::chrono::system_clock::time_point began_at_ = std::chrono::system_clock::now();
  std::vector<Session> sessions_;
};

}  // namespace nghttp
