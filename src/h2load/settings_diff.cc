// SPDX-License-Identifier: MIT
// In what the settings of two runs differ.
#include "h2load/settings_diff.h"

#include <algorithm>
#include <cstdio>
#include <type_traits>

#include "base/text.h"

namespace h2load {

namespace {

constexpr std::size_t kLongest = 200;

const Setting* find(const std::vector<Setting>& settings, const std::string& name) {
  const auto place = std::find_if(settings.begin(), settings.end(),
                                  [&](const Setting& one) { return one.name == name; });
  return place == settings.end() ? nullptr : &*place;
}

std::string text_or_dash(const Setting* setting) {
  return setting == nullptr ? "-" : setting_text(setting->value);
}

}  // namespace

std::string setting_number(double number) {
  char text[32];
  std::snprintf(text, sizeof(text), "%g", number);
  return text;
}

std::string setting_text(const Setting::Value& value) {
  return std::visit(
      [](const auto& held) -> std::string {
        using Held = std::remove_cvref_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, bool>) {
          return held ? "yes" : "no";
        } else if constexpr (std::is_same_v<Held, std::int64_t>) {
          return std::to_string(held);
        } else if constexpr (std::is_same_v<Held, double>) {
          return setting_number(held);
        } else if constexpr (std::is_same_v<Held, std::string>) {
          return base::escape(held, kLongest);
        } else {
          return base::escape(base::join(held, ", "), kLongest);
        }
      },
      value);
}

std::vector<SettingDifference> differing_settings(const std::vector<Setting>& a,
                                                  const std::vector<Setting>& b) {
  std::vector<SettingDifference> differences;
  for (const Setting& setting : a) {
    const Setting* other = find(b, setting.name);
    if (other == nullptr || other->value != setting.value)
      differences.push_back({setting.name, text_or_dash(&setting), text_or_dash(other)});
  }
  for (const Setting& setting : b)
    if (find(a, setting.name) == nullptr)
      differences.push_back({setting.name, "-", text_or_dash(&setting)});
  return differences;
}

}  // namespace h2load
