// SPDX-License-Identifier: MIT
// What both benchmark programs have in common.
#include "options.h"

#include <dlfcn.h>
#include <nghttp2/nghttp2.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace bench {

namespace {

int64_t fixed_iterations = 0;

int64_t parse_iterations(std::string_view text) {
  char* end;
  const long long value = std::strtoll(text.data(), &end, 10);
  if (text.empty() || *end || value < 1) fail("--iterations: expected a number of at least 1");
  return value;
}

// Which library is being measured.
void add_context() {
  Dl_info info;
  const bool found = ::dladdr(reinterpret_cast<void*>(nghttp2_version), &info) != 0;
  benchmark::AddCustomContext("nghttp2_version", nghttp2_version(0)->version_str);
  benchmark::AddCustomContext("nghttp2_library", found ? info.dli_fname : "unknown");
}

}  // namespace

void fail(const std::string& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(1);
}

int64_t iterations() {
  return fixed_iterations;
}

void add_case(const std::string& name, Case run) {
  auto* const added = benchmark::RegisterBenchmark(name.c_str(), std::move(run));
  if (fixed_iterations > 0) added->Iterations(fixed_iterations);
}

int run_cases(int argc, char** argv, void (*add_cases)(const std::string& corpus)) {
  std::string corpus;
  std::vector<char*> rest = {argv[0]};
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    constexpr std::string_view kCorpus = "--corpus=";
    constexpr std::string_view kIterations = "--iterations=";
    if (word.starts_with(kCorpus)) {
      corpus = word.substr(kCorpus.size());
    } else if (word.starts_with(kIterations)) {
      fixed_iterations = parse_iterations(word.substr(kIterations.size()));
    } else {
      rest.push_back(argv[i]);
    }
  }
  int count = int(rest.size());
  benchmark::Initialize(&count, rest.data());
  if (benchmark::ReportUnrecognizedArguments(count, rest.data())) return 1;
  add_cases(corpus);
  add_context();
  if (benchmark::RunSpecifiedBenchmarks() == 0) fail("no such case");
  benchmark::Shutdown();
  return 0;
}

}  // namespace bench
