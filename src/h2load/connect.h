// SPDX-License-Identifier: MIT
// Reaching the servers of a plan.
#pragma once

#include <memory>

#include "base/result.h"
#include "h2load/plan.h"
#include "net/connector.h"
#include "net/loop.h"
#include "net/transport.h"

namespace h2load {

enum class ProtocolKind { http2, http1 };

// The transport of a connection to this server, not started.
std::unique_ptr<net::Transport> make_transport(net::EventLoop& loop, const Plan& plan,
                                               const Target& target, net::Connected connected);

// What to speak on a transport that is ready. An error if the server wants something else.
base::Result<ProtocolKind> choose_protocol(const net::Transport& transport, const Config& config);

// Resolves the names of all servers and connects once to each, TLS included, so that a server that
// cannot be used is found before the run begins. Fills in the targets' addresses. Connections
// without TLS are kept for clients, since some servers serve no second one; those with TLS belong
// to the event loop of their handshake.
base::Result<void> find_servers(Plan& plan);

}  // namespace h2load
