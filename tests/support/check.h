// SPDX-License-Identifier: MIT
// The vocabulary of unit tests: self-registering tests and checks that print both sides, over
// CUnit.
#pragma once

#include <CUnit/CUnit.h>
#include <CUnit/TestRun.h>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

namespace check {

// One registered test. Objects are static and link themselves into a list, in order of definition.
struct Test {
  Test(const char* suite_name, const char* test_name, void (*test_body)());

  const char* suite;
  const char* name;
  void (*body)();
  Test* next = nullptr;
};

// Hands the outcome of one check to CUnit. A failed check is recorded and the test goes on.
// `what` is only read when `passed` is false.
inline bool report(bool passed, const char* what, const char* file, unsigned line) {
  CU_assertImplementation(passed ? CU_TRUE : CU_FALSE, line, what, file, "", CU_FALSE);
  return passed;
}

// Bytes as a C string literal would spell them: printable ASCII as it is, the rest as \xNN.
inline std::string quoted(std::string_view bytes) {
  std::string out = "\"";
  for (const char c : bytes) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet >= 0x20 && octet < 0x7f) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
      continue;
    }
    char escape[8];
    std::snprintf(escape, sizeof(escape), "\\x%02x", static_cast<unsigned>(octet));
    out += escape;
  }
  return out + '"';
}

template <class T>
concept ByteRange = requires(const T& range) {
  static_cast<std::size_t>(range.size());
  requires sizeof(*range.data()) == 1;
};

// Views a string, or any object with data() and size() over single bytes, as text.
template <class T>
std::string_view text(const T& value) {
  if constexpr (std::is_convertible_v<const T&, const char*>) {
    const char* pointer = value;
    return pointer == nullptr ? std::string_view("(null)") : std::string_view(pointer);
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return value;
  } else {
    static_assert(ByteRange<T>, "expected a string or an object with data() and size()");
    if (value.size() == 0) return {};
    return {reinterpret_cast<const char*>(value.data()), static_cast<std::size_t>(value.size())};
  }
}

template <class T>
std::string describe(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    return "enumerator " + std::to_string(static_cast<long long>(value));
  } else if constexpr (std::is_arithmetic_v<T>) {
    return std::to_string(value);
  } else if constexpr (std::is_null_pointer_v<T>) {
    return "null";
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return quoted(text(value));
  } else if constexpr (std::is_pointer_v<T>) {
    if (value == nullptr) return "null";
    char address[32];
    std::snprintf(address, sizeof(address), "%p", reinterpret_cast<const void*>(value));
    return address;
  } else if constexpr (ByteRange<T>) {
    return quoted(text(value));
  } else {
    return "object of " + std::to_string(sizeof(T)) + " bytes";
  }
}

// Equality by mathematical value: -1 never equals 4294967295u, whatever the promotions say.
template <class A, class B>
bool equal(const A& a, const B& b) {
  if constexpr (std::is_integral_v<A> && std::is_integral_v<B>) {
    if (std::is_signed_v<A> && !std::is_signed_v<B> && a < A{}) return false;
    if (std::is_signed_v<B> && !std::is_signed_v<A> && b < B{}) return false;
    using Common = std::common_type_t<A, B>;
    return static_cast<Common>(a) == static_cast<Common>(b);
  } else {
    return a == b;
  }
}

template <class A, class B>
bool check_equal(const A& actual, const B& expected, const char* expression, const char* file,
                 unsigned line) {
  if (equal(actual, expected)) return report(true, expression, file, line);
  const std::string what =
      std::string(expression) + ": got " + describe(actual) + ", expected " + describe(expected);
  return report(false, what.c_str(), file, line);
}

inline bool check_text(std::string_view actual, std::string_view expected, const char* expression,
                       const char* file, unsigned line) {
  if (actual == expected) return report(true, expression, file, line);
  const std::string what = std::string(expression) + ":\n    got      " + quoted(actual) +
                           "\n    expected " + quoted(expected);
  return report(false, what.c_str(), file, line);
}

// A string literal keeps the NUL octets inside it; only its terminator is dropped.
template <std::size_t N>
std::string_view octets(const char (&literal)[N]) {
  return {literal, N - 1};
}

template <class T>
requires ByteRange<T> std::string_view octets(const T& bytes) {
  return text(bytes);
}

}  // namespace check

// Defines and registers a test. The names become `suite_name/test_name` on the command line.
#define TEST(suite_name, test_name)                                                \
  static void suite_name##_##test_name();                                          \
  static ::check::Test suite_name##_##test_name##_entry(#suite_name, #test_name,   \
                                                        suite_name##_##test_name); \
  static void suite_name##_##test_name()

// The condition holds.
#define CHECK(...) ::check::report(static_cast<bool>(__VA_ARGS__), #__VA_ARGS__, __FILE__, __LINE__)

// As CHECK, and the test (a function returning void) ends here if the condition does not hold.
#define REQUIRE(...)                 \
  do {                               \
    if (!CHECK(__VA_ARGS__)) return; \
  } while (false)

// Two values are equal; integers of different signedness are compared by value.
#define CHECK_EQ(actual, expected) \
  ::check::check_equal((actual), (expected), #actual " == " #expected, __FILE__, __LINE__)

// Two texts are equal; each is a C string, a string_view or an object with data() and size().
#define CHECK_STR(actual, expected)                                                             \
  ::check::check_text(::check::text(actual), ::check::text(expected), #actual " == " #expected, \
                      __FILE__, __LINE__)

// Two byte sequences are equal; a literal may hold NUL octets.
#define CHECK_BYTES(actual, expected)                                                        \
  ::check::check_text(::check::octets(actual), ::check::octets(expected), #actual, __FILE__, \
                      __LINE__)
