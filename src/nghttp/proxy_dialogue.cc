// SPDX-License-Identifier: MIT
// What is said to a proxy: CONNECT, or SOCKS5 with or without a password.
#include <nghttp2/nghttp2.h>

#include <utility>

#include "base/base64.h"
#include "base/text.h"
#include "http1/head_parser.h"
#include "http1/head_writer.h"
#include "nghttp/proxy.h"

namespace nghttp {

namespace {

// ---- HTTP ----

class ConnectDialogue final : public ProxyDialogue {
 public:
  ConnectDialogue(const Proxy& proxy, const std::string& host, std::uint16_t port) {
    http::Head head = http::request_head("CONNECT", {}, net::format_endpoint(host, port), {});
    if (proxy.credentials) {
      const std::string pair = proxy.credentials->user + ":" + proxy.credentials->password;
      head.fields.add("proxy-authorization", "Basic " + base::encode_base64(base::as_bytes(pair)));
    }
    head.fields.add("user-agent", "nghttp2/" NGHTTP2_VERSION);
    // The host comes from a URI: it has no octet that a head cannot carry.
    output_ = *http1::write_request_head(head);
    // Where the head ends shows with its last octet only.
    wanted_ = 1;
  }

  std::string receive(std::string_view input) override {
    pending_ += input;
    pending_.erase(0, parser_.feed(pending_));
    if (parser_.state() == http1::HeadParser::State::malformed) return parser_.fault().text;
    if (parser_.state() == http1::HeadParser::State::incomplete) return {};
    const auto message = parser_.take();
    const int status = message.head.status;
    if (message.head.is_informational() && ++interim_heads_ < kMaxInterimHeads) {
      parser_ = http1::HeadParser(http1::MessageKind::response);
      return {};
    }
    if (status >= 200 && status < 300) {
      wanted_ = 0;
      return {};
    }
    return explain(message);
  }

 private:
  static constexpr int kMaxInterimHeads = 100;

  static std::string explain(const http1::MessageHead& message) {
    std::string text = "it answered " + std::to_string(message.head.status);
    if (!message.phrase.empty()) text += " " + base::escape(message.phrase, 100);
    if (const auto* challenge = message.head.fields.find("proxy-authenticate")) {
      text += ", asking for " + base::quote(challenge->value);
    }
    return text;
  }

  http1::HeadParser parser_{http1::MessageKind::response};
  std::string pending_;
  int interim_heads_ = 0;
};

// ---- SOCKS5 ----

constexpr char kVersion = 5;
constexpr char kNoLogin = 0;
constexpr char kPasswordLogin = 2;
constexpr char kIpv4 = 1;
constexpr char kName = 3;
constexpr char kIpv6 = 4;

// RFC 1928 §6.
std::string_view describe_reply(unsigned char reply) {
  switch (reply) {
    case 1: return "general failure";
    case 2: return "connection not allowed";
    case 3: return "network unreachable";
    case 4: return "host unreachable";
    case 5: return "connection refused";
    case 6: return "time to live expired";
    case 7: return "command not supported";
    case 8: return "address type not supported";
    default: return "an unknown failure";
  }
}

// The address as a SOCKS5 request holds it; names are left to the proxy.
std::string pack_destination(const std::string& host, std::uint16_t port) {
  std::string out;
  if (const auto address = net::Address::from_ip(host, port)) {
    const bool is_ipv4 = address->family() == AF_INET;
    out += is_ipv4 ? kIpv4 : kIpv6;
    out += address->network_octets();
  } else {
    out += kName;
    out += static_cast<char>(host.size());
    out += host;
  }
  out += static_cast<char>(port >> 8);
  out += static_cast<char>(port & 0xff);
  return out;
}

class SocksDialogue final : public ProxyDialogue {
 public:
  SocksDialogue(const Proxy& proxy, const std::string& host, std::uint16_t port)
      : proxy_(proxy), host_(host), port_(port) {
    output_ += kVersion;
    output_ += proxy.credentials ? '\2' : '\1';
    output_ += kNoLogin;
    if (proxy.credentials) output_ += kPasswordLogin;
    wanted_ = 2;
  }

  std::string receive(std::string_view input) override {
    switch (step_) {
      case Step::method: return take_method(input);
      case Step::login: return take_login(input);
      case Step::reply: return take_reply(input);
      case Step::name_length:
        step_ = Step::address;
        wanted_ = static_cast<unsigned char>(input[0]) + 2u;
        return {};
      case Step::address: wanted_ = 0; return {};
    }
    return {};
  }

 private:
  enum class Step { method, login, reply, name_length, address };

  static std::string not_socks(std::string_view input) {
    return "it does not speak SOCKS5: " + base::quote(input);
  }

  std::string take_method(std::string_view input) {
    if (input[0] != kVersion) return not_socks(input);
    if (input[1] == kNoLogin) return ask();
    if (input[1] != kPasswordLogin || !proxy_.credentials) {
      return proxy_.credentials ? "it accepts no login by user and password"
                                : "it wants a login: give user and password with its URL";
    }
    const auto& [user, password] = *proxy_.credentials;
    output_ = '\1';
    output_ += static_cast<char>(user.size());
    output_ += user;
    output_ += static_cast<char>(password.size());
    output_ += password;
    step_ = Step::login;
    return {};
  }

  std::string take_login(std::string_view input) {
    if (input[1] != '\0') return "it refused the user or the password";
    return ask();
  }

  std::string ask() {
    if (host_.size() > 255) return "SOCKS5 has no room for a name this long";
    constexpr char kConnect = 1;
    output_ = {kVersion, kConnect, '\0'};
    output_ += pack_destination(host_, port_);
    step_ = Step::reply;
    wanted_ = 4;
    return {};
  }

  // What it tells of the address it connected from is of no interest, but in the way.
  std::string take_reply(std::string_view input) {
    if (input[0] != kVersion) return not_socks(input);
    const auto reply = static_cast<unsigned char>(input[1]);
    if (reply != 0) {
      return "it answered with reply " + std::to_string(reply) + ", " +
             std::string(describe_reply(reply));
    }
    step_ = Step::address;
    switch (input[3]) {
      case kIpv4: wanted_ = 4 + 2; return {};
      case kIpv6: wanted_ = 16 + 2; return {};
      case kName:
        step_ = Step::name_length;
        wanted_ = 1;
        return {};
      default: return "it answered with an unknown kind of address: " + base::quote(input);
    }
  }

  const Proxy proxy_;
  const std::string host_;
  const std::uint16_t port_;
  Step step_ = Step::method;
};

}  // namespace

std::unique_ptr<ProxyDialogue> make_dialogue(const Proxy& proxy, const std::string& host,
                                             std::uint16_t port) {
  if (proxy.kind == Proxy::Kind::http) return std::make_unique<ConnectDialogue>(proxy, host, port);
  return std::make_unique<SocksDialogue>(proxy, host, port);
}

}  // namespace nghttp
