// SPDX-License-Identifier: MIT
// Comma-separated values (RFC 4180) as a table.
#include "h2load/csv_table.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace h2load {

namespace {

// Takes records off the front of a text, one after the other.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {}

  bool is_at_end() const { return at_ == text_.size(); }
  // Where the last record began.
  std::size_t line() const { return record_line_; }
  const std::string& problem() const { return problem_; }

  std::vector<std::string> next() {
    record_line_ = line_;
    std::vector<std::string> fields;
    do {
      fields.push_back(peek() == '"' ? quoted_field() : plain_field());
    } while (problem_.empty() && fields.size() <= CsvTable::kMaxColumns && take(','));
    if (problem_.empty()) end_record(fields.size());
    return fields;
  }

 private:
  char peek() const { return is_at_end() ? '\0' : text_[at_]; }

  bool take(char c) {
    if (is_at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string plain_field() {
    const std::size_t end = std::min(text_.find_first_of(",\n\"", at_), text_.size());
    std::string_view field = text_.substr(at_, end - at_);
    at_ = end;
    if (peek() == '"') problem_ = "a quote inside a field that does not begin with one";
    if (peek() != ',' && field.ends_with('\r')) field.remove_suffix(1);
    return std::string(field);
  }

  std::string quoted_field() {
    std::string field;
    ++at_;
    for (;;) {
      const std::size_t end = text_.find('"', at_);
      if (end == std::string_view::npos) {
        problem_ = "a quoted field has no end";
        return field;
      }
      const std::string_view part = text_.substr(at_, end - at_);
      line_ += static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
      field += part;
      at_ = end + 1;
      if (!take('"')) break;
      field += '"';
    }
    if (text_.substr(at_).starts_with("\r\n")) ++at_;
    return field;
  }

  void end_record(std::size_t fields) {
    if (fields > CsvTable::kMaxColumns) {
      problem_ = "more than " + std::to_string(CsvTable::kMaxColumns) + " fields";
    } else if (take('\n')) {
      ++line_;
    } else if (!is_at_end()) {
      problem_ = "expected a comma or the end of the line after a quoted field";
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t record_line_ = 1;
  std::string problem_;
};

std::string plural(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string columns_problem(const std::vector<std::string>& columns) {
  for (auto it = columns.begin(); it != columns.end(); ++it) {
    if (it->empty()) return "a column has no name";
    if (std::find(columns.begin(), it, *it) != it) {
      return "two columns are called " + base::quote(*it, 64);
    }
  }
  return {};
}

}  // namespace

base::Result<CsvTable> CsvTable::parse(const std::string& name, std::string_view text,
                                       std::vector<std::string> columns) {
  // What some programs put before UTF-8.
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  CsvReader reader(text);
  const auto error = [&](const std::string& problem) {
    return base::Error{name + ":" + std::to_string(reader.line()) + ": " + problem};
  };
  CsvTable table;
  table.columns_ = std::move(columns);
  while (!reader.is_at_end()) {
    std::vector<std::string> record = reader.next();
    if (!reader.problem().empty()) return error(reader.problem());
    // An empty line is no record, unless that is what a single column looks like.
    if (record.size() == 1 && record.front().empty() && table.columns_.size() != 1) continue;
    if (table.columns_.empty()) {
      table.columns_ = std::move(record);
      if (const auto problem = columns_problem(table.columns_); !problem.empty())
        return error(problem);
      continue;
    }
    if (record.size() != table.columns_.size()) {
      return error(plural(record.size(), "field") + " instead of " +
                   std::to_string(table.columns_.size()));
    }
    std::move(record.begin(), record.end(), std::back_inserter(table.cells_));
  }
  if (table.cells_.empty()) return base::Error{name + ": there are no rows in it"};
  return table;
}

}  // namespace h2load
