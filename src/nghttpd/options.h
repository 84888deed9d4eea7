// SPDX-License-Identifier: MIT
// nghttpd's command line.
#pragma once

#include "base/args.h"
#include "nghttpd/config.h"

namespace nghttpd {

const base::args::Table<Config>& option_table();

// Reads "PATH=P1,P2,..." into the map; "" or what was expected.
std::string add_push_rule(PushMap& map, std::string_view rule);

// Moves the operands PORT [KEY CERT] into the configuration and checks what options demand of each
// other; "" or what is wrong.
std::string apply_operands(Config& config, const std::vector<std::string>& operands);

}  // namespace nghttpd
