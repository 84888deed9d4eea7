// SPDX-License-Identifier: MIT
// What the main() of every program does around its own work.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/args.h"

namespace base {

// Says on standard error what is wrong with a command line as a whole, and where help is. Returns
// the exit status, which is that of a wrong option.
int usage_error(std::string_view problem);

// Runs the work; what it throws becomes a message on standard error and the exit status `failure`.
int run_guarded(int failure, const std::function<int()>& work);

// Reads the command line and answers --help and its like; otherwise the exit status is what
// `work(Config&& config, std::vector<std::string>&& operands)` returns.
template <class Config, class Work>
int run_program(const args::Table<Config>& (*table)(), int argc, char** argv, Work work,
                int failure = 1) {
  return run_guarded(failure, [&] {
    Config config;
    args::Outcome outcome = table().parse(argc, argv, config);
    if (const auto status = args::finish(outcome)) return *status;
    return static_cast<int>(work(std::move(config), std::move(outcome.operands)));
  });
}

}  // namespace base
