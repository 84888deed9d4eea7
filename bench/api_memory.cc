// SPDX-License-Identifier: MIT
// The memory of one side of a connection, in octets. What is timed is of no interest.
#include "api_cases.h"
#include "options.h"
#include "pair.h"

namespace bench {

namespace {

constexpr unsigned kOpenStreams = 500;

void run(benchmark::State& state, bool of_server) {
  const Messages messages(0);
  for (auto _ : state) {
    Account account;
    Setting setting;
    (of_server ? setting.server_memory : setting.client_memory) = account.memory();
    {
      Pair pair(messages, setting);
      state.counters["idle_octets"] = double(account.octets());
      for (unsigned i = 0; i < 1000; ++i)
        pair.fetch(1);
      state.counters["octets_after_1000_requests"] = double(account.octets());
    }
    {
      Pair pair(messages, setting);
      pair.fetch(4);
      const double before = double(account.octets());
      for (unsigned i = 0; i < kOpenStreams; ++i)
        pair.open_stream();
      state.counters["octets_per_open_stream"] = (double(account.octets()) - before) / kOpenStreams;
    }
    if (account.octets() != 0) fail("memory was not given back");
  }
}

}  // namespace

void add_memory_cases() {
  add_case("memory/server", [](benchmark::State& state) { run(state, true); });
  add_case("memory/client", [](benchmark::State& state) { run(state, false); });
}

}  // namespace bench
