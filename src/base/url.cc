// SPDX-License-Identifier: MIT
// http and https URIs: parsing, validation and reference resolution (RFC 3986, RFC 9110 §4.2).
#include "base/url.h"

#include <arpa/inet.h>

#include "base/number.h"
#include "base/text.h"

namespace base {

namespace {

bool is_unreserved(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

bool is_sub_delim(char c) {
  return c != '\0' && std::string_view("!$&'()*+,;=").find(c) != std::string_view::npos;
}

bool is_escape(std::string_view text, size_t at) {
  return text.size() - at > 2 && text[at] == '%' && is_hex_digit(text[at + 1]) &&
         is_hex_digit(text[at + 2]);
}

Error bad_uri(std::string_view text, const std::string& why) {
  return {"bad URI " + quote(text) + ": " + why};
}

// Every byte of the component is unreserved, a sub-delimiter, percent-encoded or in `extra`.
// Returns "" or what is wrong.
std::string check_component(std::string_view component, std::string_view extra,
                            std::string_view what) {
  for (size_t i = 0; i < component.size(); ++i) {
    const char c = component[i];
    if (is_unreserved(c) || is_sub_delim(c) || extra.find(c) != std::string_view::npos) continue;
    if (is_escape(component, i)) {
      i += 2;
      continue;
    }
    const std::string place = " at offset " + std::to_string(i) + " of the " + std::string(what);
    return c == '%' ? "incomplete percent-encoding" + place
                    : quote(component.substr(i, 1)) + " is not allowed" + place;
  }
  return {};
}

// A reference cut into the five components of RFC 3986 Appendix B; views into the input.
struct Components {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

bool is_scheme(std::string_view text) {
  if (text.empty() || !is_alpha(text[0])) return false;
  for (const char c : text) {
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return false;
  }
  return true;
}

Components cut(std::string_view text) {
  Components parts;
  if (const auto at = text.find('#'); at != std::string_view::npos) {
    parts.fragment = text.substr(at + 1);
    text = text.substr(0, at);
  }
  if (const auto at = text.find('?'); at != std::string_view::npos) {
    parts.query = text.substr(at + 1);
    text = text.substr(0, at);
  }
  const auto colon = text.find_first_of(":/");
  if (colon != std::string_view::npos && text[colon] == ':' && is_scheme(text.substr(0, colon))) {
    parts.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    const auto slash = std::min(text.find('/'), text.size());
    parts.authority = text.substr(0, slash);
    text.remove_prefix(slash);
  }
  parts.path = text;
  return parts;
}

bool is_ipv6_literal(std::string_view text) {
  in6_addr address;
  return inet_pton(AF_INET6, std::string(text).c_str(), &address) == 1;
}

// host [":" port] as it stands in an authority.
struct HostPart {
  std::string host;
  bool is_ipv6 = false;
  bool has_port = false;
  uint16_t port = 0;
};

Result<HostPart> parse_host(std::string_view text) {
  HostPart part;
  std::string_view port_text;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return Error{"']' is missing after the IPv6 address"};
    part.host = to_lower(text.substr(1, end - 1));
    part.is_ipv6 = true;
    if (!is_ipv6_literal(part.host)) return Error{quote(part.host) + " is no IPv6 address"};
    port_text = text.substr(end + 1);
    if (!port_text.empty() && port_text[0] != ':') {
      return Error{"unexpected " + quote(port_text) + " after the IPv6 address"};
    }
  } else {
    const auto colon = std::min(text.find(':'), text.size());
    part.host = to_lower(text.substr(0, colon));
    port_text = text.substr(colon);
    if (part.host.empty()) return Error{"the host is missing"};
    if (auto wrong = check_component(part.host, "", "host"); !wrong.empty()) return Error{wrong};
  }
  if (port_text.size() > 1) {
    const auto port = parse_unsigned(port_text.substr(1));
    if (!port || *port == 0 || *port > 65535) {
      return Error{quote(port_text.substr(1)) + " is no port number from 1 to 65535"};
    }
    part.has_port = true;
    part.port = static_cast<uint16_t>(*port);
  }
  return part;
}

// Fills scheme and authority of the URL; "" or what is wrong.
std::string set_authority(Url& url, std::string_view scheme, std::string_view authority) {
  url.scheme = to_lower(scheme);
  if (default_port(url.scheme) == 0) {
    return "scheme " + quote(scheme) + " is neither http nor https";
  }
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
    url.userinfo = authority.substr(0, at);
    if (auto wrong = check_component(*url.userinfo, ":", "user information"); !wrong.empty()) {
      return wrong;
    }
    authority.remove_prefix(at + 1);
  }
  auto host = parse_host(authority);
  if (!host) return host.error();
  url.host = std::move(host->host);
  url.host_is_ipv6 = host->is_ipv6;
  url.has_port = host->has_port;
  url.port = host->has_port ? host->port : default_port(url.scheme);
  return {};
}

std::string check_rest(const Components& parts) {
  std::string wrong = check_component(parts.path, "/:@", "path");
  if (wrong.empty() && parts.query) wrong = check_component(*parts.query, "/?:@", "query");
  if (wrong.empty() && parts.fragment) wrong = check_component(*parts.fragment, "/?:@", "fragment");
  return wrong;
}

void set_query_and_fragment(Url& url, const Components& parts) {
  url.query.reset();
  url.fragment.reset();
  if (parts.query) url.query = std::string(*parts.query);
  if (parts.fragment) url.fragment = std::string(*parts.fragment);
}

// RFC 3986 §5.2.3; the base of an http URI always has an authority and a path.
std::string merge_paths(const std::string& base_path, std::string_view relative) {
  return base_path.substr(0, base_path.rfind('/') + 1) + std::string(relative);
}

}  // namespace

uint16_t default_port(std::string_view scheme) {
  return scheme == "http" ? 80 : scheme == "https" ? 443 : 0;
}

std::string Url::authority() const {
  std::string text = host_is_ipv6 ? "[" + host + "]" : host;
  if (port != default_port(scheme)) text += ":" + std::to_string(port);
  return text;
}

std::string Url::request_target() const {
  return query ? path + "?" + *query : path;
}

std::string Url::origin() const {
  return scheme + "://" + (host_is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::string Url::to_string() const {
  std::string text = scheme + "://";
  if (userinfo) text += *userinfo + "@";
  text += authority() + request_target();
  if (fragment) text += "#" + *fragment;
  return text;
}

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMaxUrlLength) return bad_uri(text, "too long");
  const Components parts = cut(text);
  if (!parts.scheme) return bad_uri(text, "it must begin with http:// or https://");
  if (!parts.authority && default_port(to_lower(*parts.scheme)) != 0) {
    return bad_uri(text, "'//' is missing after the scheme");
  }
  Url url;
  std::string wrong = set_authority(url, *parts.scheme, parts.authority.value_or(""));
  if (wrong.empty()) wrong = check_rest(parts);
  if (!wrong.empty()) return bad_uri(text, wrong);
  if (!parts.path.empty()) url.path = parts.path;
  set_query_and_fragment(url, parts);
  return url;
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
  if (reference.size() > kMaxUrlLength) return bad_uri(reference, "too long");
  const Components parts = cut(reference);
  if (parts.scheme) {
    auto absolute = parse_url(reference);
    if (absolute) absolute->path = remove_dot_segments(absolute->path);
    return absolute;
  }
  Url url = base;
  std::string wrong = check_rest(parts);
  if (wrong.empty() && parts.authority) {
    url = Url();
    wrong = set_authority(url, base.scheme, *parts.authority);
  }
  if (!wrong.empty()) return bad_uri(reference, wrong);
  if (parts.authority || parts.path.starts_with('/')) {
    url.path = remove_dot_segments(parts.path.empty() ? "/" : parts.path);
  } else if (!parts.path.empty()) {
    url.path = remove_dot_segments(merge_paths(base.path, parts.path));
  }
  Components tail = parts;
  const bool keeps_query = !parts.authority && parts.path.empty() && !parts.query;
  if (keeps_query && base.query) tail.query = *base.query;
  set_query_and_fragment(url, tail);
  if (url.to_string().size() > kMaxUrlLength) return bad_uri(reference, "too long");
  return url;
}

Result<HostPort> parse_authority(std::string_view text) {
  if (text.size() > kMaxUrlLength) return Error{"bad address " + quote(text) + ": too long"};
  auto host = parse_host(text);
  if (!host) return Error{"bad address " + quote(text) + ": " + host.error()};
  return HostPort{std::move(host->host), host->port};
}

std::string remove_dot_segments(std::string_view path) {
  std::string out;
  const bool absolute = path.starts_with('/');
  if (absolute) path.remove_prefix(1);
  const auto segments = split(path, '/');
  for (size_t i = 0; i < segments.size(); ++i) {
    const bool last = i + 1 == segments.size();
    if (segments[i] == "..") {
      // out ends with "/" or is empty: drop the segment before it.
      if (!out.empty()) out.pop_back();
      const auto slash = out.rfind('/');
      out.erase(slash == std::string::npos ? 0 : slash + 1);
    } else if (segments[i] != ".") {
      out += segments[i];
      if (!last) out += '/';
    }
  }
  return absolute ? "/" + out : out;
}

Result<std::string> percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (!is_escape(text, i)) {
      return Error{"incomplete percent-encoding at offset " + std::to_string(i) + " of " +
                   quote(text)};
    }
    out += static_cast<char>(hex_value(text[i + 1]) << 4 | hex_value(text[i + 2]));
    i += 2;
  }
  return out;
}

namespace {

void append_escape(std::string& out, char c) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  const auto octet = static_cast<uint8_t>(c);
  out += '%';
  out += kDigits[octet >> 4];
  out += kDigits[octet & 15];
}

}  // namespace

std::string percent_encode(std::string_view text, std::string_view keep) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c) || keep.find(c) != std::string_view::npos) {
      out += c;
    } else {
      append_escape(out, c);
    }
  }
  return out;
}

std::string escape_uri(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool allowed = is_unreserved(c) || is_sub_delim(c) || is_escape(text, i) ||
                         std::string_view(":/?#[]@").find(c) != std::string_view::npos;
    if (allowed) {
      out += c;
    } else {
      append_escape(out, c);
    }
  }
  return out;
}

}  // namespace base
