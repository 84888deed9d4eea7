// SPDX-License-Identifier: MIT
// What the main() of every program does around its own work.
#include "base/program.h"

#include <exception>

#include "base/log.h"

namespace base {

int usage_error(std::string_view problem) {
  std::string text(problem);
  text.append("\nTry '").append(program_name()).append(" --help'.");
  log_error(text);
  return 1;
}

int run_guarded(int failure, const std::function<int()>& work) {
  try {
    return work();
  } catch (const std::exception& error) {
    log_error(error.what());
    return failure;
  }
}

}  // namespace base
