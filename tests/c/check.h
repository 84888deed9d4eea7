/* SPDX-License-Identifier: MIT */
/* Counts what holds and what does not, for the C programs of this folder. */
#ifndef TESTS_C_CHECK_H
#define TESTS_C_CHECK_H

#include <stdio.h>

static int checks_passed;
static int checks_failed;

static void check_at(int holds, const char* what, const char* file, int line) {
  if (holds) {
    ++checks_passed;
    return;
  }
  ++checks_failed;
  printf("%s:%d: failed: %s\n", file, line, what);
}

#define check(holds, what) check_at((holds) != 0, what, __FILE__, __LINE__)

/* Prints the last line of a test and gives its exit status. */
static int report(void) {
  printf("%d passed, %d failed\n", checks_passed, checks_failed);
  return checks_failed != 0;
}

#endif
