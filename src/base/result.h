// SPDX-License-Identifier: MIT
// A value or the text that explains why there is none.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace base {

// Why an operation failed, as one line for a person: it names the object (file, host, option) and
// the reason, without a trailing full stop or newline.
struct Error {
  std::string text;
};

// Holds a T on success or an Error on failure. Reading the side that is not held throws
// std::bad_variant_access, so test with `if (result)` first.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  // The failure text; only when !ok().
  const std::string& error() const { return std::get<1>(state_).text; }

 private:
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const std::string& error() const { return std::get<1>(state_).text; }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace base
