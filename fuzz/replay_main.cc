// SPDX-License-Identifier: MIT
// Runs a fuzz target without a fuzzing engine: over its corpus, and over damaged copies of it.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

using Input = std::vector<uint8_t>;

constexpr int kCopiesPerInput = 200;

std::vector<Input> read_corpus(const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());  // each run does the same
  std::vector<Input> corpus;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

// Changes, removes or repeats a few octets.
void damage(Input& input, std::mt19937& random) {
  for (unsigned changes = 1 + random() % 4; changes > 0 && !input.empty(); --changes) {
    const auto at = input.begin() + static_cast<std::ptrdiff_t>(random() % input.size());
    switch (random() % 4) {
      case 0: *at ^= static_cast<uint8_t>(1u << random() % 8); break;
      case 1: *at = static_cast<uint8_t>(random()); break;
      case 2: input.erase(at); break;
      default: {
        const Input tail(at, std::min(at + 16, input.end()));
        input.insert(at, tail.begin(), tail.end());
      }
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string name = std::filesystem::path(argv[0]).filename();
  const std::filesystem::path directory =
      argc > 1 ? argv[1]
               : std::filesystem::path(CORPUS_DIR) / name.substr(name.find("lt-") ? 0 : 3);
  const std::vector<Input> corpus = read_corpus(directory);
  std::mt19937 random(1);
  size_t count = 0;
  for (const Input& input : corpus) {
    LLVMFuzzerTestOneInput(input.data(), input.size());
    for (int copy = 0; copy < kCopiesPerInput; ++copy) {
      Input damaged = input;
      damage(damaged, random);
      LLVMFuzzerTestOneInput(damaged.data(), damaged.size());
    }
    count += 1 + kCopiesPerInput;
  }
  std::printf("%s: %zu inputs from %s\n", name.c_str(), count, directory.c_str());
  std::printf("%d passed, %d failed\n", count > 0, count == 0);
  return count == 0;
}
