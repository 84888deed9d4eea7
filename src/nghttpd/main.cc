// SPDX-License-Identifier: MIT
// nghttpd: an HTTP/2 server for files.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <exception>

#include "base/colour.h"
#include "base/log.h"
#include "base/text.h"
#include "nghttpd/options.h"
#include "nghttpd/server.h"

namespace {

int run(int argc, char** argv) {
  nghttpd::Config config;
  const auto outcome = nghttpd::option_table().parse(argc, argv, config);
  if (const auto status = base::args::finish(outcome)) return *status;
  const std::string problem = nghttpd::apply_operands(config, outcome.operands);
  if (!problem.empty()) {
    base::log_error(problem + "\nTry 'nghttpd --help'.");
    return 1;
  }
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
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    base::log_error(error.what());
    return 1;
  }
}
