// SPDX-License-Identifier: MIT
// A result as JSON and back: what --output-file writes, and what --compare and --merge read.
#pragma once

#include <string>

#include "base/result.h"
#include "h2load/result.h"

namespace h2load {

// One object on one line; doc/h2load-files.rst has its schema.
std::string write_result(const Result& result);

// A second of a run likewise: --ndjson.
std::string write_second(const Second& second);

// The inverse of write_result(). `name` is that of the file, for messages, which tell the place of
// the first mistake.
base::Result<Result> read_result(std::string name, std::string text);

}  // namespace h2load
