// SPDX-License-Identifier: MIT
#include "base/program.h"

#include <stdexcept>

#include "support/check.h"

using namespace base;

namespace {

struct Config {
  int number = 0;
};

const args::Table<Config>& table() {
  static const args::Table<Config> options(
      args::Program{"tool", "[OPTION]... <FILE>...", "A tool", {{"<FILE>", "A file."}}},
      {{"Options", {{"number", 'n', "<N>", args::integer(&Config::number, 0, 9), "A number."}}}});
  return options;
}

template <class Work>
int run(std::vector<const char*> words, Work work, int failure = 1) {
  words.insert(words.begin(), "tool");
  words.push_back(nullptr);
  return run_program(table, static_cast<int>(words.size()) - 1, const_cast<char**>(words.data()),
                     work, failure);
}

}  // namespace

TEST(program, hands_over_configuration_and_operands) {
  const int status = run({"-n7", "a", "b"}, [](Config&& config, std::vector<std::string>&& files) {
    return config.number * 10 + static_cast<int>(files.size());
  });
  CHECK_EQ(status, 72);
}

TEST(program, does_not_work_after_a_wrong_option) {
  bool worked = false;
  const int status = run({"-n", "x"}, [&worked](Config&&, std::vector<std::string>&&) {
    worked = true;
    return 0;
  });
  CHECK_EQ(status, 1);
  CHECK(!worked);
}

TEST(program, turns_exceptions_into_a_status) {
  const auto work = [](Config&&, std::vector<std::string>&&) -> int {
    throw std::runtime_error("a test throws");
  };
  CHECK_EQ(run({"a"}, work), 1);
  CHECK_EQ(run({"a"}, work, 5), 5);
}
