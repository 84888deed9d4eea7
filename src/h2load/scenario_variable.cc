// SPDX-License-Identifier: MIT
// Where the values of a scenario's variables come from, and those that one client has.
#include "h2load/scenario_variable.h"

#include <numeric>
#include <utility>

namespace h2load {

void VariableSet::shuffle(std::uint64_t seed) {
  for (std::size_t i = 0; i < sources.size(); ++i) {
    ValueSource& source = sources[i];
    if (source.kind != ValueSource::Kind::csv || source.order != ValueSource::Order::shuffled)
      continue;
    RandomStream random(RandomStream::derive(seed, i));
    source.shuffled.resize(source.table->rows());
    std::iota(source.shuffled.begin(), source.shuffled.end(), 0U);
    for (std::size_t rest = source.shuffled.size(); rest > 1; --rest)
      std::swap(source.shuffled[rest - 1], source.shuffled[random.below(rest)]);
  }
}

ClientVariables::ClientVariables(const VariableSet& set, ClientNumber client, std::uint64_t seed)
    : set_(set),
      client_(client),
      random_(RandomStream::derive(seed, client.index)),
      drawn_(set.sources.size()),
      values_(set.count) {
  renew_all(ValueSource::Renewal::client);
}

void ClientVariables::renew_all(ValueSource::Renewal renewal) {
  for (std::size_t i = 0; i < set_.sources.size(); ++i)
    if (set_.sources[i].renewal == renewal) renew(i);
}

std::uint64_t ClientVariables::next_number(std::size_t source) {
  return client_.index + client_.count * drawn_[source]++;
}

void ClientVariables::renew(std::size_t index) {
  const ValueSource& source = set_.sources[index];
  // Unsigned: a counter that is beyond the largest integer goes on at the smallest.
  const auto from = static_cast<std::uint64_t>(source.from);
  std::uint64_t number = 0;
  switch (source.kind) {
    case ValueSource::Kind::csv: take_row(source, next_number(index)); return;
    case ValueSource::Kind::counter:
      number = from + static_cast<std::uint64_t>(source.step) * next_number(index);
      break;
    case ValueSource::Kind::random: {
      const std::uint64_t range = static_cast<std::uint64_t>(source.to) - from + 1;
      number = from + (range == 0 ? random_.next() : random_.below(range));
      break;
    }
  }
  for (const ValueSource::Cell& cell : source.cells)
    values_[cell.variable] = std::to_string(static_cast<std::int64_t>(number));
}

void ClientVariables::take_row(const ValueSource& source, std::uint64_t number) {
  const std::size_t rows = source.table->rows();
  std::size_t row = 0;
  switch (source.order) {
    case ValueSource::Order::sequential: row = number % rows; break;
    case ValueSource::Order::random: row = random_.below(rows); break;
    case ValueSource::Order::shuffled: row = source.shuffled[number % rows]; break;
  }
  for (const ValueSource::Cell& cell : source.cells)
    values_[cell.variable] = source.table->cell(row, cell.column);
}

}  // namespace h2load
