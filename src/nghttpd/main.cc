// SPDX-License-Identifier: MIT
// nghttpd: an HTTP/2 server for files.
#include <unistd.h>

#include <cerrno>

#include "base/colour.h"
#include "base/log.h"
#include "base/program.h"
#include "base/text.h"
#include "nghttpd/options.h"
#include "nghttpd/server.h"

namespace {

int run(nghttpd::Config&& config, std::vector<std::string>&& operands) {
  const std::string problem = nghttpd::apply_operands(config, operands);
  if (!problem.empty()) return base::usage_error(problem);
  config.colour = config.colour || base::Colour::is_supported(STDOUT_FILENO);
  const bool daemon_wanted = config.daemon;
  auto server = nghttpd::Server::create(std::move(config));
  if (!server) {
    base::log_error(server.error());
    return 1;
  }
  // Everything that can fail with a message has happened; threads start afterwards.
  if (daemon_wanted && ::daemon(0, 0) != 0) {
    base::log_error("cannot go to the background: " + base::error_text(errno));
    return 1;
  }
  (*server)->run();
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  return base::run_program(nghttpd::option_table, argc, argv, run);
}
