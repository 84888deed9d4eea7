// SPDX-License-Identifier: MIT
// Whole exchanges between a client and a server. An item is a request with its answer.
#include "api_cases.h"
#include "options.h"
#include "pair.h"

namespace bench {

namespace {

constexpr size_t kLarge = 102400;

struct SessionCase {
  const char* name;
  size_t content;    // octets in each answer
  unsigned at_once;  // requests
  bool lends = false;
  bool wide_windows = false;
};
constexpr SessionCase kCases[] = {
    {"session/seq0", 0, 1},
    {"session/seq1k", 1024, 1},
    {"session/seq100k", kLarge, 1},
    {"session/conc0", 0, 100},
    {"session/conc1k", 1024, 100},
    {"session/conc100k", kLarge, 100},
    {"session/seq1k_nc", 1024, 1, true},
    {"session/seq100k_nc", kLarge, 1, true},
    {"session/conc1k_nc", 1024, 100, true},
    {"session/seq100k_nc_bigwin", kLarge, 1, true, true},
    {"session/conc100k_nc_bigwin", kLarge, 100, true, true},
};

// The first requests of a connection fill the tables of HPACK and are not counted.
void warm_up(Pair& pair, unsigned at_once) {
  for (unsigned i = 0; i < 2 * Messages::kDistinct; i += at_once)
    pair.fetch(at_once);
}

// What does not depend on time.
void report(benchmark::State& state, const SessionCase& which, const Messages& messages) {
  constexpr unsigned kRequests = 1000;
  Account account;
  Pair pair(messages, {which.lends, which.wide_windows, account.memory(), account.memory()});
  warm_up(pair, which.at_once);
  const size_t allocations = account.allocations();
  const size_t octets = pair.wire_octets();
  for (unsigned i = 0; i < kRequests; i += which.at_once)
    pair.fetch(which.at_once);
  state.counters["allocations"] = double(account.allocations() - allocations) / kRequests;
  state.counters["wire_octets"] = double(pair.wire_octets() - octets) / kRequests;
}

void run(benchmark::State& state, const SessionCase& which) {
  const Messages messages(which.content);
  Pair pair(messages, {which.lends, which.wide_windows});
  warm_up(pair, which.at_once);
  const size_t closed = pair.closed_streams();
  const size_t content = pair.content_octets();
  measure(state, which.at_once, [&] { pair.fetch(which.at_once); });
  const size_t expected = size_t(state.iterations()) * which.at_once;
  if (pair.closed_streams() - closed != expected) fail("requests were not answered");
  if (pair.content_octets() - content != expected * which.content) fail("content was lost");
  report(state, which, messages);
}

}  // namespace

void add_session_cases() {
  for (const SessionCase& which : kCases)
    add_case(which.name, [&which](benchmark::State& state) { run(state, which); });
  // Two sessions made, SETTINGS exchanged, deleted.
  add_case("session/newdel", [](benchmark::State& state) {
    const Messages messages(0);
    measure(state, 1, [&] { Pair pair(messages, {}); });
  });
}

}  // namespace bench
