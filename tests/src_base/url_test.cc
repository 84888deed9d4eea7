// SPDX-License-Identifier: MIT
// base/url: URI parsing, validation, resolution (RFC 3986), percent-encoding.
#include "base/url.h"

#include <string>

#include "support/check.h"

namespace {

std::string show(const base::Result<base::Url>& url) {
  return url ? url->to_string() : "error: " + url.error();
}

TEST(url, parts) {
  const auto url = base::parse_url("HTTPS://user:pw@Example.COM:8443/a/b?x=1?#frag/?");
  REQUIRE(url.ok());
  CHECK_STR(url->scheme, "https");
  CHECK_STR(url->userinfo.value_or(""), "user:pw");
  CHECK_STR(url->host, "example.com");
  CHECK_EQ(url->port, 8443);
  CHECK(url->has_port);
  CHECK_STR(url->path, "/a/b");
  CHECK_STR(url->query.value_or(""), "x=1?");
  CHECK_STR(url->fragment.value_or(""), "frag/?");
  CHECK_STR(url->authority(), "example.com:8443");
  CHECK_STR(url->request_target(), "/a/b?x=1?");
  CHECK_STR(url->origin(), "https://example.com:8443");
  CHECK_STR(url->to_string(), "https://user:pw@example.com:8443/a/b?x=1?#frag/?");
}

TEST(url, defaults) {
  const auto url = base::parse_url("http://h");
  REQUIRE(url.ok());
  CHECK_EQ(url->port, 80);
  CHECK(!url->has_port);
  CHECK_STR(url->path, "/");
  CHECK(!url->query && !url->fragment && !url->userinfo);
  CHECK_STR(url->authority(), "h");
  CHECK_STR(url->origin(), "http://h:80");
  CHECK_STR(show(base::parse_url("https://h:443?")), "https://h/?");
  CHECK_STR(show(base::parse_url("http://h:/x")), "http://h/x");
}

TEST(url, ipv6) {
  const auto url = base::parse_url("http://[2001:DB8::1]:81/");
  REQUIRE(url.ok());
  CHECK_STR(url->host, "2001:db8::1");
  CHECK(url->host_is_ipv6);
  CHECK_STR(url->authority(), "[2001:db8::1]:81");
  CHECK_STR(url->origin(), "http://[2001:db8::1]:81");
}

TEST(url, errors) {
  struct Row {
    std::string input;
    const char* why;
  };
  const Row rows[] = {
      {"", "it must begin with http:// or https://"},
      {"example.com/", "it must begin with http:// or https://"},
      {"/path", "it must begin with http:// or https://"},
      {"http:/h/", "'//' is missing after the scheme"},
      {"ftp://h/", "scheme 'ftp' is neither http nor https"},
      {"mailto:a@b", "scheme 'mailto' is neither http nor https"},
      {"http:///x", "the host is missing"},
      {"http://:80/", "the host is missing"},
      {"http://u@/", "the host is missing"},
      {"http://a b/", "' ' is not allowed at offset 1 of the host"},
      {"http://[::1/", "']' is missing after the IPv6 address"},
      {"http://[::g]/", "'::g' is no IPv6 address"},
      {"http://[::1]x/", "unexpected 'x' after the IPv6 address"},
      {"http://h:0/", "'0' is no port number from 1 to 65535"},
      {"http://h:65536/", "'65536' is no port number from 1 to 65535"},
      {"http://h:8a/", "'8a' is no port number from 1 to 65535"},
      {"http://a:b:c/", "'b:c' is no port number from 1 to 65535"},
      {"http://h/a b", "' ' is not allowed at offset 2 of the path"},
      {"http://h/\xc3\xa9", "'\\xc3' is not allowed at offset 1 of the path"},
      {"http://h/%4", "incomplete percent-encoding at offset 1 of the path"},
      {"http://h/%zz", "incomplete percent-encoding at offset 1 of the path"},
      {"http://h/?a\x7f", "'\\x7f' is not allowed at offset 1 of the query"},
      {"http://h/#a#b", "'#' is not allowed at offset 1 of the fragment"},
      {"http://us er@h/", "' ' is not allowed at offset 2 of the user information"},
      {std::string("http://h\0.x/", 12), "'\\x00' is not allowed at offset 1 of the host"},
  };
  for (const Row& row : rows) {
    const auto url = base::parse_url(row.input);
    REQUIRE(!url.ok());
    CHECK_STR(url.error().substr(url.error().find("': ") + 3), row.why);
  }
  CHECK(!base::parse_url("http://h/" + std::string(base::kMaxUrlLength, 'a')).ok());
}

// The examples of RFC 3986 §5.4, with an http base.
TEST(url, resolution) {
  const auto base_url = base::parse_url("http://a/b/c/d;p?q");
  REQUIRE(base_url.ok());
  struct Row {
    const char* reference;
    const char* expected;
  };
  const Row rows[] = {
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g/"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../", "http://a/"},
      {"../../g", "http://a/g"},
      {"../../../g", "http://a/g"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {".g", "http://a/b/c/.g"},
      {"g..", "http://a/b/c/g.."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/./x", "http://a/b/c/g?y/./x"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"g#s/../x", "http://a/b/c/g#s/../x"},
      {"https://other:8/x/../y", "https://other:8/y"},
      {"//[::1]:9/z", "http://[::1]:9/z"},
  };
  for (const Row& row : rows)
    CHECK_STR(show(base::resolve_url(*base_url, row.reference)), row.expected);
  for (const char* bad : {"mailto:x@y", "javascript:alert(1)", "data:,x", "a b", "//", "%"}) {
    CHECK(!base::resolve_url(*base_url, bad).ok());
  }
}

TEST(url, dot_segments) {
  CHECK_STR(base::remove_dot_segments("/a/b/c/./../../g"), "/a/g");
  CHECK_STR(base::remove_dot_segments("/"), "/");
  CHECK_STR(base::remove_dot_segments("/../../x"), "/x");
  CHECK_STR(base::remove_dot_segments("/a//../b"), "/a/b");
  CHECK_STR(base::remove_dot_segments(""), "");
}

TEST(url, authority) {
  const auto both = base::parse_authority("Example.com:81");
  REQUIRE(both.ok());
  CHECK_STR(both->host, "example.com");
  CHECK_EQ(both->port, 81);
  const auto ipv6 = base::parse_authority("[::1]");
  REQUIRE(ipv6.ok());
  CHECK_STR(ipv6->host, "::1");
  CHECK_EQ(ipv6->port, 0);
  for (const char* bad : {"", ":80", "[::1", "a:b", "a/b", "u@h", "::1"}) {
    CHECK(!base::parse_authority(bad).ok());
  }
}

TEST(url, percent) {
  const auto decoded = base::percent_decode("a%20b%2Fc%00%fF");
  REQUIRE(decoded.ok());
  CHECK_BYTES(*decoded, "a b/c\0\xff");
  for (const char* bad : {"%", "%4", "a%g0", "%%41"})
    CHECK(!base::percent_decode(bad).ok());
  CHECK_STR(base::percent_encode("a b/~\xc3\xa9"), "a%20b%2F~%C3%A9");
  CHECK_STR(base::percent_encode("/a b", "/"), "/a%20b");
  CHECK_STR(base::escape_uri("/a b?x=<1>%41%zz#\xc3\xa9"), "/a%20b?x=%3C1%3E%41%25zz#%C3%A9");
}

}  // namespace
