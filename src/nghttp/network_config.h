// SPDX-License-Identifier: MIT
// How nghttp reaches a server, as the command line settles it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"
#include "net/address.h"
#include "nghttp/proxy.h"

namespace nghttp {

// --resolve: the addresses of a name, instead of asking the system for them.
struct ResolveRule {
  std::string host;  // lower case, without brackets; "*" stands for every name
  std::uint16_t port = 0;
  std::vector<net::Address> addresses;  // never empty

  bool applies_to(std::string_view name, std::uint16_t at_port) const {
    return port == at_port && (host == "*" || host == name);
  }
};

struct NetworkConfig {
  // Where to connect, whatever the URI says. A port of 0 means the URI's.
  std::optional<base::HostPort> connect_to;
  // The last one that applies is used.
  std::vector<ResolveRule> resolve_rules;
  std::optional<Proxy> proxy;
  // Speak HTTP/1.1 with a server that does not choose h2 by ALPN, and with http URIs.
  bool http1 = false;
  // Sent by SNI instead of the URI's host; empty for none.
  std::optional<std::string> server_name;
  // Offered by ALPN.
  std::vector<std::string> alpn;

  std::string ca_file;
  bool verify_peer = false;
  bool no_verify_peer = false;

  // The addresses that --resolve gives to an endpoint; nullptr without such a rule.
  const std::vector<net::Address>* addresses_of(std::string_view host, std::uint16_t port) const {
    for (auto rule = resolve_rules.rbegin(); rule != resolve_rules.rend(); ++rule) {
      if (rule->applies_to(host, port)) return &rule->addresses;
    }
    return nullptr;
  }
};

}  // namespace nghttp
