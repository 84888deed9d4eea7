// SPDX-License-Identifier: MIT
// Runs the registered tests through CUnit: all of them, or those named on the command line.
#include <CUnit/CUnit.h>
#include <CUnit/TestDB.h>
#include <CUnit/TestRun.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "support/check.h"

namespace check {
namespace {

Test* first_test = nullptr;
Test** next_slot = &first_test;
bool verbose = false;

constexpr const char kUsage[] =
    "usage: %s [-v] [--list] [SUITE | SUITE/TEST]...\n"
    "Runs the named tests, or all. -v prints each test's name before it runs.\n";

bool is_selected(const Test& test, int name_count, char** names) {
  if (name_count == 0) return true;
  const std::string full_name = std::string(test.suite) + "/" + test.name;
  for (int i = 0; i < name_count; ++i) {
    if (full_name == names[i] || std::strcmp(test.suite, names[i]) == 0) return true;
  }
  return false;
}

bool add_to_registry(const Test& test) {
  CU_pSuite suite = CU_get_suite(test.suite);
  if (suite == nullptr) suite = CU_add_suite(test.suite, nullptr, nullptr);
  if (suite != nullptr && CU_add_test(suite, test.name, test.body) != nullptr) return true;
  std::fprintf(stderr, "cannot register %s/%s: %s\n", test.suite, test.name, CU_get_error_msg());
  return false;
}

void print_start(const CU_pTest test, const CU_pSuite suite) {
  if (verbose) std::printf("%s/%s\n", suite->pName, test->pName);
  std::fflush(stdout);
}

void print_failures(const CU_pTest test, const CU_pSuite suite, const CU_pFailureRecord failures) {
  for (CU_pFailureRecord failure = failures; failure != nullptr; failure = failure->pNext) {
    std::printf("%s:%u: %s/%s: %s\n", failure->strFileName, failure->uiLineNumber, suite->pName,
                test->pName, failure->strCondition);
  }
}

int run_selected(int name_count, char** names) {
  if (CU_initialize_registry() != CUE_SUCCESS) return 1;
  bool all_registered = true;
  for (const Test* test = first_test; test != nullptr; test = test->next) {
    if (is_selected(*test, name_count, names)) all_registered &= add_to_registry(*test);
  }
  CU_set_test_start_handler(print_start);
  CU_set_test_complete_handler(print_failures);
  CU_run_all_tests();
  const unsigned run = CU_get_number_of_tests_run();
  const unsigned failed = CU_get_number_of_tests_failed();
  CU_cleanup_registry();
  if (run == 0) std::printf("no test of that name\n");
  std::printf("%u passed, %u failed\n", run - failed, failed);
  return all_registered && run > 0 && failed == 0 ? 0 : 1;
}

}  // namespace

Test::Test(const char* suite_name, const char* test_name, void (*test_body)())
    : suite(suite_name), name(test_name), body(test_body) {
  *next_slot = this;
  next_slot = &next;
}

}  // namespace check

int main(int argc, char** argv) {
  int names_start = 1;
  for (; names_start < argc && argv[names_start][0] == '-'; ++names_start) {
    const char* option = argv[names_start];
    if (std::strcmp(option, "-v") == 0) {
      check::verbose = true;
    } else if (std::strcmp(option, "--list") == 0) {
      for (const check::Test* test = check::first_test; test != nullptr; test = test->next) {
        std::printf("%s/%s\n", test->suite, test->name);
      }
      return 0;
    } else {
      std::fprintf(stderr, check::kUsage, argv[0]);
      return 2;
    }
  }
  return check::run_selected(argc - names_start, argv + names_start);
}
