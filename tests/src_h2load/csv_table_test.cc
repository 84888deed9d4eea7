// SPDX-License-Identifier: MIT
// Comma-separated values as RFC 4180 describes them, and what is none.
#include "h2load/csv_table.h"

#include "base/text.h"
#include "support/check.h"

using h2load::CsvTable;

namespace {

// Columns and rows with "|" between fields and "/" between rows.
std::string shown(std::string_view text, std::vector<std::string> columns = {}) {
  const auto table = CsvTable::parse("t.csv", text, std::move(columns));
  if (!table) return table.error();
  std::string out = base::join(table->columns(), "|");
  for (std::size_t row = 0; row < table->rows(); ++row) {
    for (std::size_t column = 0; column < table->columns().size(); ++column)
      out += (column == 0 ? "/" : "|") + table->cell(row, column);
  }
  return out;
}

}  // namespace

TEST(csv_table, lines_of_fields) {
  CHECK_STR(shown("a,b\n1,2\n3,4\n"), "a|b/1|2/3|4");
  CHECK_STR(shown("a,b\r\n1,2\r\n3,4"), "a|b/1|2/3|4");
  CHECK_STR(shown("a,b\n,\n"), "a|b/|");
  CHECK_STR(shown("a,b\n x , y \n"), "a|b/ x | y ");
  CHECK_STR(shown("\xef\xbb\xbf"
                  "a\n1\n"),
            "a/1");
}

TEST(csv_table, quoted_fields) {
  CHECK_STR(shown("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n"), "a|b/x,y|say \"hi\"");
  CHECK_STR(shown("a,b\n\"two\nlines\",\"\"\r\n1,2\n"), "a|b/two\nlines|/1|2");
  CHECK_STR(shown("\"a\"\n\"x\""), "a/x");
}

TEST(csv_table, names_that_are_given) {
  CHECK_STR(shown("1,2\n3,4\n", {"x", "y"}), "x|y/1|2/3|4");
}

TEST(csv_table, empty_lines) {
  CHECK_STR(shown("a,b\n\n1,2\n\n"), "a|b/1|2");
  // With one column, it is an empty value.
  CHECK_STR(shown("a\n\n1\n"), "a//1");
}

TEST(csv_table, mistakes_have_their_line) {
  CHECK_STR(shown("a,b\n1,2\n3\n"), "t.csv:3: 1 field instead of 2");
  CHECK_STR(shown("a,b\n\"x\ny\",2\n1,2,3\n"), "t.csv:4: 3 fields instead of 2");
  CHECK_STR(shown("a\n\"x\n\n"), "t.csv:2: a quoted field has no end");
  CHECK_STR(shown("a\n\"x\"y\n"),
            "t.csv:2: expected a comma or the end of the line after a quoted field");
  CHECK_STR(shown("a\nx\"y\"\n"), "t.csv:2: a quote inside a field that does not begin with one");
  CHECK_STR(shown("a,a\n1,2\n"), "t.csv:1: two columns are called 'a'");
  CHECK_STR(shown("a,\n1,2\n"), "t.csv:1: a column has no name");
  CHECK_STR(shown("a,b\n"), "t.csv: there are no rows in it");
  CHECK_STR(shown(""), "t.csv: there are no rows in it");
  CHECK_STR(shown(std::string(1000, ',') + "\n"), "t.csv:1: more than 1000 fields");
}
