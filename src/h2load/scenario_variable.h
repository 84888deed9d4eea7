// SPDX-License-Identifier: MIT
// Where the values of a scenario's variables come from, and those that one client has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "h2load/csv_table.h"
#include "h2load/random_stream.h"
#include "h2load/text_template.h"

namespace h2load {

// Gives values to one variable, or a row of a table to several.
struct ValueSource {
  enum class Kind { csv, counter, random };
  enum class Order { sequential, random, shuffled };
  // When there is a new value.
  enum class Renewal { request, sequence, client };
  struct Cell {
    VariableId variable;
    std::size_t column;
  };

  std::string name;
  Kind kind = Kind::counter;
  Renewal renewal = Renewal::request;
  // Of a table.
  std::shared_ptr<const CsvTable> table;
  Order order = Order::sequential;
  std::vector<std::uint32_t> shuffled;  // rows; filled by VariableSet::shuffle()
  // Of a counter: the first value. Of a random number: the smallest and the largest.
  std::int64_t from = 0;
  std::int64_t to = 0;
  std::int64_t step = 1;
  // What is used of it; a number has one cell.
  std::vector<Cell> cells;
};

// All variables that requests of a scenario use.
struct VariableSet {
  std::size_t count = 0;
  std::vector<ValueSource> sources;

  // Puts the rows of tables into an order that the seed alone decides.
  void shuffle(std::uint64_t seed);
};

// Which client it is, of how many.
struct ClientNumber {
  std::uint64_t index = 0;
  std::uint64_t count = 1;
};

// The values of one client. Clients share rows and counters out among themselves: client 2 of 10
// has the numbers 2, 12, 22 and so on, hence no two have the same, whatever their speed.
class ClientVariables {
 public:
  // `set` outlives the object.
  ClientVariables(const VariableSet& set, ClientNumber client, std::uint64_t seed);

  std::span<const std::string> values() const { return values_; }
  // Gives the variables of a source their next value.
  void renew(std::size_t source);
  // Those that have one value for each sequence.
  void begin_sequence() { renew_all(ValueSource::Renewal::sequence); }
  // What was captured.
  void assign(VariableId variable, std::string value) { values_[variable] = std::move(value); }

 private:
  void renew_all(ValueSource::Renewal renewal);
  std::uint64_t next_number(std::size_t source);
  void take_row(const ValueSource& source, std::uint64_t number);

  const VariableSet& set_;
  const ClientNumber client_;
  RandomStream random_;
  std::vector<std::uint64_t> drawn_;  // how often, of each source
  std::vector<std::string> values_;
};

}  // namespace h2load
