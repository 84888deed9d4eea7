// SPDX-License-Identifier: MIT
// The rows of nghttp's option table that say how to reach a server.
#include "nghttp/network_options.h"

#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "tls/alpn.h"

namespace nghttp {

namespace {

namespace args = base::args;

constexpr char kResolveForm[] =
    "HOST:PORT:ADDRESS, such as 'example.org:443:127.0.0.1'; further addresses after commas";

std::string set_connect_to(Config& config, std::string_view text) {
  auto endpoint = base::parse_authority(text);
  if (!endpoint || endpoint->host.empty()) {
    return "HOST:PORT or HOST, with brackets around an IPv6 address";
  }
  config.network.connect_to = *std::move(endpoint);
  return {};
}

// Cuts off what comes before the next colon that is not in brackets.
std::optional<std::string_view> take_part(std::string_view& rest) {
  std::size_t from = 0;
  if (rest.starts_with('[')) from = rest.find(']');
  const std::size_t colon = from == std::string_view::npos ? from : rest.find(':', from);
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view part = rest.substr(0, colon);
  rest.remove_prefix(colon + 1);
  return part;
}

std::string_view without_brackets(std::string_view text) {
  if (!text.starts_with('[') || !text.ends_with(']')) return text;
  return text.substr(1, text.size() - 2);
}

std::string add_resolve_rule(Config& config, std::string_view text) {
  const auto host = take_part(text);
  const auto port = host ? take_part(text) : std::nullopt;
  const auto number = port ? base::parse_unsigned(*port) : std::nullopt;
  if (!number || *number == 0 || *number > 65535 || host->empty()) return kResolveForm;
  ResolveRule rule;
  rule.host = base::to_lower(without_brackets(*host));
  rule.port = static_cast<std::uint16_t>(*number);
  for (const std::string_view part : base::split(text, ',')) {
    auto address = net::Address::from_ip(without_brackets(base::trim(part)), rule.port);
    if (!address) return kResolveForm;
    rule.addresses.push_back(*std::move(address));
  }
  config.network.resolve_rules.push_back(std::move(rule));
  return {};
}

std::string set_server_name(Config& config, std::string_view text) {
  if (text.size() > 255 || text.find('\0') != std::string_view::npos ||
      net::Address::from_ip(without_brackets(text), 0)) {
    return "a host name of at most 255 characters, no address";
  }
  config.network.server_name = std::string(text);
  return {};
}

std::string set_alpn(Config& config, std::string_view text) {
  auto names = tls::parse_protocol_names(text);
  if (!names) return names.error();
  config.network.alpn = *std::move(names);
  return {};
}

std::string set_proxy(Config& config, std::string_view text) {
  auto proxy = parse_proxy(text);
  if (!proxy) return proxy.error();
  config.network.proxy = *std::move(proxy);
  return {};
}

// A pointer to a member of NetworkConfig as the table wants it.
template <class T>
auto in_network(T NetworkConfig::*member) {
  return [member](Config& config) -> T& { return config.network.*member; };
}

}  // namespace

args::Section<Config> network_section() {
  return {"Connection",
          {
              {"connect-to", 0, "<HOST:PORT>", set_connect_to,
               "Connect there, whatever host and port the URI names. Everything else stays as the "
               "URI has it: what is asked for, the name sent by TLS, and the name that the "
               "certificate must have. Without a port the URI's is used."},
              {"resolve", 0, "<HOST:PORT:ADDR>", add_resolve_rule,
               "Take <ADDR> for the address of <HOST> when connecting to <PORT>, instead of asking "
               "the system. There can be more addresses, separated by commas; '*' stands for any "
               "host.",
               "", args::kRepeatable},
              {"proxy", 0, "<URL>", set_proxy,
               "Connect through a proxy: http://HOST:PORT asks it by HTTP CONNECT, "
               "socks5://HOST:PORT by SOCKS5. USER:PASSWORD@ may come before the host. Names are "
               "resolved by the proxy, except those that --resolve is given for."},
              {"http1", 0, "", args::flag(in_network(&NetworkConfig::http1)),
               "Fetch by HTTP/1.1, one request after the other, if an https server does not choose "
               "h2 by ALPN; servers of http URIs are spoken to in HTTP/1.1 at once."},
          }};
}

args::Section<Config> tls_section() {
  return {"TLS",
          {
              {"cert", 0, "<CERT>", args::string(&Config::certificate_file),
               "Client certificate in PEM, followed by its chain."},
              {"key", 0, "<KEY>", args::string(&Config::key_file),
               "The client certificate's private key in PEM."},
              {"cacert", 0, "<FILE>", args::string(in_network(&NetworkConfig::ca_file)),
               "Trust the certificates in this PEM file instead of the system's."},
              {"verify-peer", 0, "", args::flag(in_network(&NetworkConfig::verify_peer)),
               "End the connection if the server's certificate is not to be trusted. Without the "
               "option there is a warning."},
              {"no-verify-peer", 'y', "", args::flag(in_network(&NetworkConfig::no_verify_peer)),
               "Do not warn about a server certificate that is not to be trusted."},
              {"sni", 0, "<NAME>", set_server_name,
               "Name the server so by TLS (SNI); an empty name is not sent. The certificate is "
               "still checked against the URI's host."},
              {"alpn", 0, "<LIST>", set_alpn,
               "Protocols to offer by ALPN, separated by commas, the best first. Fetching goes on "
               "if the server chooses h2, or http/1.1 with --http1.",
               "h2,http/1.1"},
              {"ktls", 0, "", args::flag(&Config::ktls), "Let the kernel encrypt, where it can."},
          }};
}

std::string check_network_combination(const Config& config) {
  if (config.network.verify_peer && config.network.no_verify_peer) {
    return "--verify-peer and --no-verify-peer contradict each other";
  }
  if (config.network.http1 && config.upgrade) return "--http1 and --upgrade contradict each other";
  return {};
}

}  // namespace nghttp
