// SPDX-License-Identifier: MIT
// What a run does, worked out before it begins: all that can be wrong in what the user said is
// found here. Threads share it and change nothing.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/result.h"
#include "base/url.h"
#include "h2load/config.h"
#include "h2load/request_source.h"
#include "net/address.h"
#include "tls/context.h"
#include "tls/session.h"

namespace h2load {

// A connection on which nothing has been sent.
struct OpenConnection {
  base::Fd fd;
  net::Clock::duration taken{0};  // to open it
};

// A server, and what it is asked for.
struct Target {
  base::Url origin;
  // Filled in when the server has been found.
  net::Address address;
  // What has shown that it is there: its first client takes it. Without TLS only.
  std::shared_ptr<OpenConnection> opened;
  std::vector<std::unique_ptr<const Request>> requests;
  // Instead of these, with --scenario.
  std::unique_ptr<const RequestSupply> supply;

  bool is_secure() const { return origin.scheme == "https"; }
};

struct Scenario;

struct Plan {
  const Config& config;
  // That of --scenario, which the supplies of targets refer to.
  std::shared_ptr<const Scenario> scenario;
  // At least one.
  std::vector<Target> targets;
  // When the requests of each client start, in seconds; empty without --timing-script-file.
  std::vector<double> script;
  std::vector<net::Address> sources;
  std::optional<tls::Context> tls;
  // To begin with, from --tls-session-file.
  tls::Session session;

  // Requests of all clients, or with a script of each; nothing if time is the limit.
  std::optional<std::uint64_t> requests;
  // What the report calls the requests of a scenario.
  std::vector<std::string> names;
};

// Reads files and works everything out but the addresses. `config` outlives the plan.
base::Result<std::unique_ptr<Plan>> make_plan(const Config& config,
                                              const std::vector<std::string>& uris);

}  // namespace h2load
