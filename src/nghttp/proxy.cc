// SPDX-License-Identifier: MIT
// Reaching a server through a proxy.
#include "nghttp/proxy.h"

#include <array>
#include <utility>

#include "base/text.h"
#include "base/url.h"

namespace nghttp {

namespace {

constexpr std::uint16_t kSocksPort = 1080;
// RFC 1929 has one octet for a length.
constexpr std::size_t kMaxSocksText = 255;

base::Error bad(std::string_view why) {
  return {"http://[USER:PASSWORD@]HOST[:PORT] or socks5://[USER:PASSWORD@]HOST[:PORT]; " +
          std::string(why)};
}

base::Result<Proxy::Credentials> parse_credentials(std::string_view userinfo) {
  const std::size_t colon = std::min(userinfo.find(':'), userinfo.size());
  auto user = base::percent_decode(userinfo.substr(0, colon));
  if (!user) return base::Error{user.error()};
  auto password = base::percent_decode(userinfo.substr(std::min(colon + 1, userinfo.size())));
  if (!password) return base::Error{password.error()};
  return Proxy::Credentials{*std::move(user), *std::move(password)};
}

}  // namespace

std::string Proxy::name() const {
  return net::format_endpoint(host, port);
}

base::Result<Proxy> parse_proxy(std::string_view text) {
  Proxy proxy;
  std::string as_http(text);
  if (const std::string scheme = base::to_lower(text.substr(0, text.find("://")));
      scheme == "socks5" || scheme == "socks5h") {
    proxy.kind = Proxy::Kind::socks5;
    as_http = "http" + as_http.substr(scheme.size());
  } else if (scheme != "http") {
    return bad("this has another scheme");
  }
  const auto url = base::parse_url(as_http);
  if (!url) return bad(url.error());
  if (url->path != "/" || url->query || url->fragment) return bad("this has a path");
  proxy.host = url->host;
  proxy.port = url->has_port                       ? url->port
               : proxy.kind == Proxy::Kind::socks5 ? kSocksPort
                                                   : url->port;
  if (!url->userinfo) return proxy;
  auto credentials = parse_credentials(*url->userinfo);
  if (!credentials) return bad(credentials.error());
  const auto& [user, password] = *credentials;
  if (proxy.kind == Proxy::Kind::socks5 &&
      (user.empty() || user.size() > kMaxSocksText || password.size() > kMaxSocksText)) {
    return bad("SOCKS5 takes 1 to 255 octets for a user and at most 255 for a password");
  }
  if (proxy.kind == Proxy::Kind::http && user.find(':') != std::string::npos) {
    return bad("a user of HTTP must not contain a colon");
  }
  proxy.credentials = *std::move(credentials);
  return proxy;
}

// ---- ProxyTunnel ----

ProxyTunnel::ProxyTunnel(std::unique_ptr<net::TcpTransport> transport, const Proxy& proxy,
                         const std::string& host, std::uint16_t port, Callback callback)
    : transport_(std::move(transport)),
      proxy_name_(proxy.name()),
      dialogue_(make_dialogue(proxy, host, port)),
      output_(dialogue_->take_output()),
      callback_(std::move(callback)) {}

void ProxyTunnel::on_writable() {
  const net::IoResult result = transport_->write(base::as_bytes(output_));
  if (result.status == net::IoStatus::would_block) return;
  if (result.status != net::IoStatus::ok) return finish(transport_->error_text());
  output_.erase(0, result.count);
  transport_->want_write(!output_.empty());
}

void ProxyTunnel::on_readable() {
  while (take_input()) {
  }
}

// Whether more may be read at once.
bool ProxyTunnel::take_input() {
  std::array<std::uint8_t, 512> buffer;
  const std::size_t missing = std::min(dialogue_->wanted() - input_.size(), buffer.size());
  const net::IoResult result = transport_->read(std::span(buffer).first(missing));
  if (result.status == net::IoStatus::would_block) return false;
  if (result.status != net::IoStatus::ok) {
    finish(result.status == net::IoStatus::closed ? "it closed the connection"
                                                  : transport_->error_text());
    return false;
  }
  input_ += base::as_text(std::span(buffer).first(result.count));
  if (input_.size() < dialogue_->wanted()) return true;
  const std::string reason = dialogue_->receive(std::exchange(input_, {}));
  if (!reason.empty() || dialogue_->wanted() == 0) {
    finish(reason);
    return false;
  }
  output_ += dialogue_->take_output();
  transport_->want_write(!output_.empty());
  return true;
}

void ProxyTunnel::on_error(const std::string& reason) {
  finish(reason);
}

void ProxyTunnel::finish(const std::string& reason) {
  const Callback callback = std::move(callback_);
  if (reason.empty()) {
    callback({});
    return;
  }
  const std::string name = proxy_name_;
  transport_->close();
  callback({ExitStatus::connect, "the proxy " + name + " did not connect us: " + reason});
}

}  // namespace nghttp
