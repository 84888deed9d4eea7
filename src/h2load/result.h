// SPDX-License-Identifier: MIT
// What a run has measured: everything that reports, files and comparisons are made of.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "h2load/histogram.h"
#include "h2load/tally.h"

namespace h2load {

// An option that the run was made with, by its long name.
struct Setting {
  using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

  std::string name;
  Value value;

  bool operator==(const Setting&) const = default;
};

// Each request that was started is one of those that succeeded or failed; `errored` is the part of
// `failed` without a whole response, and `timed_out` the part of that which took too long.
struct Counts {
  std::uint64_t total = 0;
  std::uint64_t started = 0;
  std::uint64_t done = 0;  // with a whole response, whatever its status
  std::uint64_t succeeded = 0;
  std::uint64_t failed = 0;
  std::uint64_t errored = 0;
  std::uint64_t timed_out = 0;
  std::array<std::uint64_t, 4> status_classes{};  // 2xx to 5xx

  void count_status(int status) {
    if (status >= 200 && status < 600) ++status_classes[static_cast<unsigned>(status) / 100 - 2];
  }
  void merge(const Counts& other);
};

// Octets.
struct Traffic {
  std::uint64_t total = 0;    // received, below TLS's records
  std::uint64_t headers = 0;  // received header sections as they were on the wire
  std::uint64_t headers_decoded = 0;
  std::uint64_t data = 0;
  std::uint64_t sent = 0;
  std::uint64_t sent_headers = 0;
  std::uint64_t sent_headers_decoded = 0;
  std::uint64_t sent_data = 0;

  void merge(const Traffic& other);
};

struct Latencies {
  // From when the request was intended to start, which is when it did unless the run has a rate.
  Histogram request;
  // From when it did start.
  Histogram request_uncorrected;
  Histogram connect;
  Histogram first_byte;  // of a connection, since it was opened

  void merge(const Latencies& other);
};

// Where the time of requests went. Each has a value per request, but for stalls of those that have
// no content.
struct Phases {
  Histogram stream_wait;  // from when it should have started until there was a free stream
  Histogram flow_stall;   // its content waited for the windows of the server
  Histogram first_byte;   // from its start to the head of the response
  Histogram body;         // from there to the end

  void merge(const Phases& other);
};

// What connections turned out to be, and what servers told us.
struct Facts {
  std::uint64_t connections = 0;         // established
  std::uint64_t connections_failed = 0;  // not established
  Tally protocols;                       // "h2", "h2c", "http/1.1"
  Tally tls_versions;
  Tally ciphers;
  Tally key_exchanges;    // the server's temporary key, such as "X25519 253 bits"
  Tally handshakes;       // "full" or "resumed"
  Tally server_settings;  // "SETTINGS_MAX_CONCURRENT_STREAMS=100"
  Tally goaways;          // by name of the error code
  Tally resets_received;  // RST_STREAM, likewise
  Tally failures;         // why requests and connections failed, in words

  void merge(const Facts& other);
};

// How far the intended rate was kept. All zero when none was given.
struct Rate {
  double intended = 0;        // requests a second; the mean, when it changes
  std::string arrival;        // "constant" or "poisson"
  std::uint64_t due = 0;      // how many requests should have started
  std::uint64_t started = 0;  // how many of these did
  // How many started late, or not at all, and what they waited for.
  std::uint64_t late_for_stream = 0;
  std::uint64_t late_for_connection = 0;
  std::uint64_t late_by_generator = 0;
  Histogram delay;  // from when they should have started to when they did

  bool is_given() const { return intended > 0; }
  void merge(const Rate& other);
};

// Whether the generator itself was the limit.
struct Generator {
  std::vector<double> thread_use;   // of a CPU, 0 to 1, for each thread
  std::vector<std::string> limits;  // why the figures say little of the server; empty: they do

  bool is_saturated() const { return !limits.empty(); }
  void merge(const Generator& other);
};

// One second of the run.
struct Second {
  std::uint64_t index = 0;             // 0 is the first one
  std::chrono::nanoseconds length{0};  // the last one may be shorter
  Counts counts;                       // of what happened in it
  std::uint64_t octets = 0;            // received
  std::uint64_t in_flight = 0;         // requests, at its end
  std::uint64_t connections = 0;       // likewise
  // Of the requests that were done in it.
  Histogram::Value median = 0;
  Histogram::Value percentile_90 = 0;
  Histogram::Value percentile_99 = 0;
  Histogram::Value max = 0;

  // Adds the same second of another generator. Percentiles become the larger ones.
  void merge(const Second& other);
};

// The requests of a scenario that have a name in common.
struct NamedRequests {
  std::string name;
  std::uint64_t requests = 0;    // that have ended
  std::uint64_t failed = 0;      // of these
  std::uint64_t unexpected = 0;  // of these: with a whole response that was not as it should be
  Histogram latency;             // of whole responses

  void merge(const NamedRequests& other);
};

struct Result {
  std::vector<Setting> settings;
  // Since 1970, when measuring began.
  std::chrono::microseconds began_at{0};
  // How long was measured: without the warm-up.
  std::chrono::nanoseconds duration{0};
  std::uint64_t files = 1;  // of how many results this is the sum; merge() does not know

  Counts counts;
  Traffic traffic;
  Latencies latencies;
  Phases phases;
  Facts facts;
  Rate rate;
  Generator generator;
  std::vector<double> client_rates;  // requests a second of each client
  std::vector<Second> seconds;
  std::vector<NamedRequests> named;

  double seconds_taken() const { return std::chrono::duration<double>(duration).count(); }
  // Adds what another generator has measured at the same time: another thread of ours or another
  // machine. Settings stay those of the first.
  void merge(const Result& other);
};

}  // namespace h2load
