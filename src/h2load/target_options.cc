// SPDX-License-Identifier: MIT
// The rows of h2load's option table that say how to reach servers.
#include "h2load/target_options.h"

#include <utility>

#include "base/text.h"
#include "net/address.h"
#include "tls/alpn.h"

namespace h2load {

namespace {

namespace args = base::args;

constexpr std::string_view kUnixPrefix = "unix:";

std::string set_base_uri(Config& config, std::string_view text) {
  if (text.starts_with(kUnixPrefix)) {
    text.remove_prefix(kUnixPrefix.size());
    const auto address = net::Address::from_unix_path(text);
    if (text.empty() || !address) return "the path of a UNIX socket after 'unix:'";
    config.unix_path = std::string(text);
    return {};
  }
  auto url = base::parse_url(base::escape_uri(text));
  if (!url) return "a URI, or 'unix:' and a path (" + url.error() + ")";
  config.base_uri = *std::move(url);
  return {};
}

std::string set_connect_to(Config& config, std::string_view text) {
  auto endpoint = base::parse_authority(text);
  if (!endpoint || endpoint->host.empty()) {
    return "HOST:PORT or HOST, with brackets around an IPv6 address";
  }
  config.connect_to = *std::move(endpoint);
  return {};
}

std::string add_source_addresses(Config& config, std::string_view text) {
  for (const std::string_view part : base::split(text, ',')) {
    const std::string_view address = base::trim(part);
    const auto parsed = net::Address::from_ip(address, 0);
    if (!parsed) return "IP addresses of this machine, separated by commas";
    const auto& first = config.source_addresses;
    if (!first.empty() && net::Address::from_ip(first.front(), 0)->family() != parsed->family()) {
      return "addresses of one version of IP";
    }
    config.source_addresses.emplace_back(address);
  }
  return {};
}

std::string set_sni(Config& config, std::string_view text) {
  if (text.size() > 255 || text.find('\0') != std::string_view::npos) {
    return "a host name of at most 255 characters";
  }
  config.tls.sni = std::string(text);
  return {};
}

std::string set_alpn(Config& config, std::string_view text) {
  auto names = tls::parse_protocol_names(text);
  if (!names) return names.error();
  config.tls.alpn = *std::move(names);
  return {};
}

template <class T>
auto in_tls(T TlsConfig::*member) {
  return [member](Config& config) -> T& { return config.tls.*member; };
}

}  // namespace

args::Section<Config> target_section() {
  return {
      "Servers",
      {
          {"base-uri", 'B', "<URI>", set_base_uri,
           "Take scheme, host and port from this URI for all requests. 'unix:<PATH>' connects to "
           "a UNIX socket instead; scheme and host are then those of the first URI."},
          {"connect-to", 0, "<HOST:PORT>", set_connect_to,
           "Connect there, whatever host and port the URI names. Without a port the URI's is "
           "used."},
          {"multi-host", 0, "", args::flag(&Config::multi_host),
           "Let URIs name several servers. The clients are spread evenly over them, and each asks "
           "its server for what names it."},
          {"source-address", 0, "<ADDR>", add_source_addresses,
           "Connect from this address. With several, separated by commas, clients take them in "
           "turn: each has ports of its own.",
           "", args::kRepeatable},
      }};
}

args::Section<Config> tls_section() {
  return {
      "TLS",
      {
          {"alpn-list", 0, "<LIST>", set_alpn,
           "Protocols to offer by ALPN, separated by commas, the best first.", "h2,http/1.1"},
          {"npn-list", 0, "<LIST>", set_alpn, "Old name of --alpn-list.", "", args::kHidden},
          {"sni", 0, "<NAME>", set_sni,
           "Name the server so by TLS (SNI), instead of by the URI's host; an empty name is "
           "not sent."},
          {"ciphers", 0, "<LIST>", args::string(in_tls(&TlsConfig::ciphers)),
           "Cipher suites for TLS 1.2, in OpenSSL's syntax.",
           "those with ECDHE or DHE and AES-GCM or ChaCha20-Poly1305"},
          {"tls13-ciphers", 0, "<LIST>", args::string(in_tls(&TlsConfig::suites)),
           "Cipher suites for TLS 1.3, in OpenSSL's syntax.", "all of OpenSSL's but AES-128-CCM-8"},
          {"groups", 0, "<LIST>", args::string(in_tls(&TlsConfig::groups)),
           "Groups for the exchange of keys, separated by colons.", tls::kDefaultGroups},
          {"tls-session-file", 0, "<PATH>", args::string(in_tls(&TlsConfig::session_file)),
           "Let connections resume the TLS session in this file, if it exists, and leave the "
           "latest session there for the next run."},
          {"cert", 0, "<PATH>", args::string(in_tls(&TlsConfig::certificate_file)),
           "Client certificate in PEM, followed by its chain."},
          {"key", 0, "<PATH>", args::string(in_tls(&TlsConfig::key_file)),
           "The client certificate's private key in PEM."},
          {"cacert", 0, "<PATH>", args::string(in_tls(&TlsConfig::ca_file)),
           "Trust the certificates in this PEM file instead of the system's."},
          {"verify-peer", 0, "", args::flag(in_tls(&TlsConfig::verify_peer)),
           "Do not begin if the server's certificate is not to be trusted. Without the option "
           "it is not looked at."},
          {"ktls", 0, "", args::flag(in_tls(&TlsConfig::ktls)),
           "Let the kernel encrypt, where it can."},
      }};
}

std::string check_target(const Config& config) {
  if (config.tls.certificate_file.empty() != config.tls.key_file.empty()) {
    return "--cert and --key go together";
  }
  if (config.multi_host && (config.base_uri || !config.unix_path.empty())) {
    return "--multi-host and --base-uri exclude each other";
  }
  if (config.connect_to && !config.unix_path.empty()) {
    return "--connect-to and --base-uri=unix: exclude each other";
  }
  return {};
}

}  // namespace h2load
