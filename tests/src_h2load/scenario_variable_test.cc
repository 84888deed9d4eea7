// SPDX-License-Identifier: MIT
// The values that clients have for variables.
#include "h2load/scenario_variable.h"

#include <algorithm>
#include <set>

#include "support/check.h"

using h2load::ClientVariables;
using h2load::CsvTable;
using h2load::ValueSource;
using h2load::VariableSet;

namespace {

using Order = ValueSource::Order;
using Renewal = ValueSource::Renewal;

VariableSet set_of(ValueSource source) {
  VariableSet set;
  set.count = source.cells.size();
  set.sources.push_back(std::move(source));
  return set;
}

ValueSource table(Order order, Renewal renewal = Renewal::request) {
  ValueSource source;
  source.kind = ValueSource::Kind::csv;
  source.order = order;
  source.renewal = renewal;
  source.table =
      std::make_shared<const CsvTable>(*CsvTable::parse("t", "name,no\na,1\nb,2\nc,3\nd,4\ne,5\n"));
  source.cells = {{0, 0}, {1, 1}};
  return source;
}

// The next values of the first variable.
std::string next(ClientVariables& variables, int count) {
  std::string out;
  for (int i = 0; i < count; ++i) {
    variables.renew(0);
    out += variables.values()[0] + " ";
  }
  return out;
}

std::string values(const VariableSet& set, h2load::ClientNumber client, int count,
                   std::uint64_t seed = 1) {
  ClientVariables variables(set, client, seed);
  return next(variables, count);
}

}  // namespace

TEST(scenario_variable, rows_in_sequence_are_shared_out) {
  const VariableSet set = set_of(table(Order::sequential));
  CHECK_STR(values(set, {0, 1}, 7), "a b c d e a b ");
  CHECK_STR(values(set, {0, 2}, 4), "a c e b ");
  CHECK_STR(values(set, {1, 2}, 4), "b d a c ");
}

TEST(scenario_variable, cells_of_one_row_belong_together) {
  const VariableSet set = set_of(table(Order::random));
  ClientVariables variables(set, {0, 1}, 5);
  for (int i = 0; i < 20; ++i) {
    variables.renew(0);
    CHECK_EQ(variables.values()[0][0] - 'a', variables.values()[1][0] - '1');
  }
}

TEST(scenario_variable, random_rows_follow_the_seed) {
  const VariableSet set = set_of(table(Order::random));
  CHECK_STR(values(set, {0, 1}, 20, 5), values(set, {0, 1}, 20, 5));
  CHECK(values(set, {0, 1}, 20, 5) != values(set, {0, 1}, 20, 6));
  CHECK(values(set, {0, 2}, 20, 5) != values(set, {1, 2}, 20, 5));
}

TEST(scenario_variable, shuffled_rows_all_occur) {
  VariableSet set = set_of(table(Order::shuffled));
  set.shuffle(9);
  const std::string first = values(set, {0, 1}, 5);
  std::string sorted = first;
  std::erase(sorted, ' ');
  std::ranges::sort(sorted);
  CHECK_STR(sorted, "abcde");
  // And again in the same order; clients share it.
  CHECK_STR(values(set, {0, 1}, 10), first + first);
  CHECK_STR(values(set, {0, 5}, 1) + values(set, {1, 5}, 1), first.substr(0, 4));
  bool differs = false;
  for (std::uint64_t seed = 10; seed < 14; ++seed) {
    set.shuffle(seed);
    differs |= values(set, {0, 1}, 5) != first;
  }
  CHECK(differs);
}

TEST(scenario_variable, one_row_for_each_client) {
  const VariableSet set = set_of(table(Order::sequential, Renewal::client));
  ClientVariables variables(set, {3, 4}, 1);
  CHECK_STR(variables.values()[0], "d");
  variables.begin_sequence();
  CHECK_STR(variables.values()[1], "4");
}

TEST(scenario_variable, one_row_for_each_sequence) {
  const VariableSet set = set_of(table(Order::sequential, Renewal::sequence));
  ClientVariables variables(set, {0, 1}, 1);
  CHECK_STR(variables.values()[0], "");
  variables.begin_sequence();
  CHECK_STR(variables.values()[0], "a");
  variables.begin_sequence();
  CHECK_STR(variables.values()[0], "b");
}

TEST(scenario_variable, counters) {
  ValueSource source;
  source.from = 100;
  source.step = -10;
  source.cells = {{0, 0}};
  const VariableSet set = set_of(source);
  CHECK_STR(values(set, {0, 1}, 3), "100 90 80 ");
  CHECK_STR(values(set, {1, 3}, 2), "90 60 ");
}

TEST(scenario_variable, random_numbers) {
  ValueSource source;
  source.kind = ValueSource::Kind::random;
  source.from = -1;
  source.to = 1;
  source.cells = {{0, 0}};
  const VariableSet set = set_of(source);
  ClientVariables variables(set, {0, 1}, 1);
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i)
    seen.insert(next(variables, 1));
  CHECK(seen == std::set<std::string>({"-1 ", "0 ", "1 "}));
}
