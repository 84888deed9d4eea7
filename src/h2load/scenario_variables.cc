// SPDX-License-Identifier: MIT
// Reading a scenario: its variables.
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "h2load/scenario_reader.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxCsvBytes = std::size_t{256} << 20;
constexpr std::size_t kMaxRows = 10'000'000;

std::int64_t read_integer(const json::Node& node, std::int64_t otherwise) {
  if (!node.exists()) return otherwise;
  const double value = node.number();
  if (!node.is_integer()) {
    node.fail("expected an integer");
    return otherwise;
  }
  // Within what a double has exactly, hence nobody is surprised.
  if (value < -0x1p53 || value > 0x1p53) node.fail("expected an integer of at most 2^53");
  return static_cast<std::int64_t>(value);
}

std::vector<std::string> read_columns(const json::Node& node) {
  std::vector<std::string> columns;
  for (std::size_t i = 0; i < node.size(); ++i)
    columns.push_back(node.element(i).text());
  if (node.exists() && (columns.empty() || columns.size() > CsvTable::kMaxColumns)) {
    node.fail("expected the names of 1 to " + std::to_string(CsvTable::kMaxColumns) + " columns");
  }
  return columns;
}

void read_csv(const json::Node& node, const ScenarioContext& context, ValueSource& source) {
  node.expect_only({"csv", "columns", "order", "per"});
  const json::Node file = node.find("csv");
  source.order = static_cast<ValueSource::Order>(
      read_word(node.find("order"), {"sequential", "random", "shuffled"}));
  const std::string path = context.path_of(file.text());
  const auto text = base::read_file(path, kMaxCsvBytes);
  if (!text) {
    file.fail(text.error());
    return;
  }
  auto table = CsvTable::parse(path, *text, read_columns(node.find("columns")));
  if (!table) {
    file.fail(table.error());
  } else if (table->rows() > kMaxRows) {
    file.fail("there are more than " + std::to_string(kMaxRows) + " rows in it");
  } else {
    source.table = std::make_shared<const CsvTable>(*std::move(table));
  }
}

void read_counter(const json::Node& node, ValueSource& source) {
  node.expect_only({"counter", "per"});
  const json::Node counter = node.find("counter");
  counter.expect_only({"from", "step"});
  source.from = read_integer(counter.find("from"), 1);
  source.step = read_integer(counter.find("step"), 1);
}

void read_random(const json::Node& node, ValueSource& source) {
  node.expect_only({"random", "per"});
  const json::Node random = node.find("random");
  random.expect_only({"from", "to"});
  source.from = read_integer(random.member("from"), 0);
  source.to = read_integer(random.member("to"), 0);
  if (source.to < source.from) random.fail("\"to\" is less than \"from\"");
}

void read_variable(const std::string& name, const json::Node& node, ScenarioContext& context) {
  constexpr const char* kKinds[] = {"csv", "counter", "random"};
  ValueSource source;
  source.name = name;
  std::optional<std::size_t> kind;
  for (std::size_t i = 0; i < std::size(kKinds); ++i) {
    if (!node.find(kKinds[i]).exists()) continue;
    if (kind) node.fail("\"csv\", \"counter\" and \"random\" exclude each other");
    kind = i;
  }
  if (!kind) {
    node.expect_only({"csv", "counter", "random", "columns", "order", "per"});
    node.fail("expected one of the members \"csv\", \"counter\" and \"random\"");
    return;
  }
  source.kind = static_cast<ValueSource::Kind>(*kind);
  source.renewal = static_cast<ValueSource::Renewal>(
      read_word(node.find("per"), {"request", "sequence", "client"}));
  switch (source.kind) {
    case ValueSource::Kind::csv: read_csv(node, context, source); break;
    case ValueSource::Kind::counter: read_counter(node, source); break;
    case ValueSource::Kind::random: read_random(node, source); break;
  }
  if (source.kind == ValueSource::Kind::csv && !source.table) return;
  if (const auto problem = context.names.add_source(std::move(source)); !problem.empty())
    node.fail(problem);
}

}  // namespace

void read_variables(const json::Node& node, ScenarioContext& context) {
  for (const auto& [name, variable] : node.members())
    read_variable(name, variable, context);
}

}  // namespace h2load
