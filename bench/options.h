// SPDX-License-Identifier: MIT
// What both benchmark programs have in common.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>
#include <string>

namespace bench {

// Ends the program.
[[noreturn]] void fail(const std::string& what);

// The value of --iterations=N, or 0: every case is then run for so long that its time is known.
// With a fixed number, whoever counts instructions can take the difference of two runs.
int64_t iterations();

using Case = std::function<void(benchmark::State&)>;
void add_case(const std::string& name, Case run);

// Takes the options that are the programs' own, and has Google Benchmark take the rest; the folder
// that --corpus names is given to `add_cases`, "" without one.
int run_cases(int argc, char** argv, void (*add_cases)(const std::string& corpus));

// Runs the work, which does so many items, once for every iteration.
template <typename Work>
void measure(benchmark::State& state, double items, Work work) {
  for (auto _ : state)
    work();
  state.SetItemsProcessed(int64_t(items * double(state.iterations())));
  state.counters["items"] = items;
}

}  // namespace bench
