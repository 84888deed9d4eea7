// SPDX-License-Identifier: MIT
// Benchmarks of the library's lower layers.
#include "layer_cases.h"
#include "options.h"

int main(int argc, char** argv) {
  return bench::run_cases(argc, argv, [](const std::string& corpus) {
    if (!corpus.empty()) bench::fail("--corpus is for api_bench");
    bench::add_huffman_cases();
    bench::add_frame_cases();
    bench::add_http_cases();
  });
}
