// SPDX-License-Identifier: MIT
// Benchmarks of the public C interface.
#include "api_cases.h"
#include "options.h"

int main(int argc, char** argv) {
  return bench::run_cases(argc, argv, [](const std::string& corpus) {
    bench::add_hpack_cases(corpus);
    bench::add_session_cases();
    bench::add_memory_cases();
  });
}
