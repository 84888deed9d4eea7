// SPDX-License-Identifier: MIT
// Comma-separated values (RFC 4180) as a table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace h2load {

class CsvTable {
 public:
  static constexpr std::size_t kMaxColumns = 1000;

  // The first line has the names of the columns, unless `columns` has them. An error begins with
  // `name` and the line.
  static base::Result<CsvTable> parse(const std::string& name, std::string_view text,
                                      std::vector<std::string> columns = {});

  const std::vector<std::string>& columns() const { return columns_; }
  std::size_t rows() const { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
  const std::string& cell(std::size_t row, std::size_t column) const {
    return cells_[row * columns_.size() + column];
  }

 private:
  std::vector<std::string> columns_;
  std::vector<std::string> cells_;
};

}  // namespace h2load
