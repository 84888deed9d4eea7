// SPDX-License-Identifier: MIT
// In what the settings of two runs differ.
#pragma once

#include <string>
#include <vector>

#include "h2load/result.h"

namespace h2load {

struct SettingDifference {
  std::string name;
  std::string a;  // "-" where it is not set
  std::string b;
};

std::vector<SettingDifference> differing_settings(const std::vector<Setting>& a,
                                                  const std::vector<Setting>& b);

// As reports write it; what is not printable is escaped.
std::string setting_text(const Setting::Value& value);
std::string setting_number(double number);

}  // namespace h2load
