// SPDX-License-Identifier: MIT
// Numbers as reports write them, and as programs that read them expect.
#pragma once

#include <cstdint>
#include <string>

namespace h2load {

// A duration in nanoseconds: "136us", "1.28ms", "2.00s".
std::string duration_text(double nanoseconds);

// Octets with a unit of a power of 1024: "168B", "11.46KB", "1.01MB", "3.20GB".
std::string octets_text(double octets);

// With this many digits after the point.
std::string decimal_text(double value, int digits = 2);

// A part of one as "62.20%".
std::string percent_text(double part);

// A percentile as people write it: "50", "99.9", "99.99".
std::string percentile_name(double percentile);

}  // namespace h2load
