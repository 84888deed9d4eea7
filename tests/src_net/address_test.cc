// SPDX-License-Identifier: MIT
// net/address: numeric addresses and their text forms.
#include "net/address.h"

#include <string>

#include "support/check.h"

namespace {

TEST(address, ip) {
  const auto ipv4 = net::Address::from_ip("192.0.2.1", 80);
  REQUIRE(ipv4.has_value());
  CHECK_EQ(ipv4->family(), AF_INET);
  CHECK_STR(ipv4->host(), "192.0.2.1");
  CHECK_EQ(ipv4->port(), 80);
  CHECK_STR(ipv4->to_string(), "192.0.2.1:80");
  auto ipv6 = net::Address::from_ip("2001:DB8:0::1", 65535);
  REQUIRE(ipv6.has_value());
  CHECK_STR(ipv6->to_string(), "[2001:db8::1]:65535");
  ipv6->set_port(1);
  CHECK_EQ(ipv6->port(), 1);
  CHECK(*ipv6 == *net::Address::from_ip("2001:db8::1", 1));
  CHECK(!(*ipv6 == *net::Address::from_ip("2001:db8::1", 2)));
  for (const char* bad :
       {"", "localhost", "10.1", "1.2.3.4.5", "0x7f.1", "[::1]", "::g", "127.0.0.1 "}) {
    CHECK(!net::Address::from_ip(bad, 0));
  }
  CHECK(!net::Address::from_ip(std::string_view("127.0.0.1\0x", 11), 0));
}

TEST(address, unix_path) {
  const auto path = net::Address::from_unix_path("/run/x.sock");
  REQUIRE(path.ok());
  CHECK(path->is_unix());
  CHECK_STR(path->host(), "/run/x.sock");
  CHECK_STR(path->to_string(), "unix:/run/x.sock");
  CHECK_EQ(path->port(), 0);
  const auto abstract = net::Address::from_unix_path("@name");
  REQUIRE(abstract.ok());
  CHECK_STR(abstract->to_string(), "unix:@name");
  CHECK(!net::Address::from_unix_path("").ok());
  CHECK(net::Address::from_unix_path(std::string(107, 'a')).ok());
  CHECK(!net::Address::from_unix_path(std::string(108, 'a')).ok());
}

TEST(address, empty) {
  const net::Address none;
  CHECK(none.empty());
  CHECK_STR(none.to_string(), "unknown address");
  CHECK(net::Address::local_of(-1).empty());
  CHECK(net::Address::peer_of(-1).empty());
}

TEST(address, network_octets) {
  CHECK_STR(net::Address::from_ip("127.1.2.3", 80)->network_octets(), "\x7f\1\2\3");
  CHECK_STR(net::Address::from_ip("::1", 80)->network_octets(), std::string(15, '\0') + '\1');
  CHECK_STR(net::Address().network_octets(), "");
}

TEST(address, endpoint) {
  CHECK_STR(net::format_endpoint("example.com", 80), "example.com:80");
  CHECK_STR(net::format_endpoint("::1", 443), "[::1]:443");
}

}  // namespace
