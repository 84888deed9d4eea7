// SPDX-License-Identifier: MIT
// Tests of proxy URLs and of what is said to proxies.
#include "nghttp/proxy.h"

#include "support/check.h"

namespace {

using nghttp::make_dialogue;
using nghttp::parse_proxy;
using nghttp::Proxy;

// Answers piece by piece as it is asked to; returns "" or the reason of a failure.
std::string lead(nghttp::ProxyDialogue& dialogue, std::string_view answers) {
  while (dialogue.wanted() > 0 && dialogue.wanted() <= answers.size()) {
    const std::size_t count = dialogue.wanted();
    const std::string reason = dialogue.receive(answers.substr(0, count));
    if (!reason.empty()) return reason;
    answers.remove_prefix(count);
  }
  CHECK_STR(answers, "");
  return dialogue.wanted() == 0 ? "" : "not finished";
}

}  // namespace

TEST(src_nghttp_proxy, urls) {
  auto proxy = parse_proxy("HTTP://Proxy.test:3128/");
  REQUIRE(proxy.ok());
  CHECK(proxy->kind == Proxy::Kind::http);
  CHECK_STR(proxy->name(), "proxy.test:3128");
  CHECK(!proxy->credentials);
  proxy = parse_proxy("socks5://me%40x:a%3Ab@[::1]");
  REQUIRE(proxy.ok());
  CHECK(proxy->kind == Proxy::Kind::socks5);
  CHECK_STR(proxy->name(), "[::1]:1080");
  CHECK_STR(proxy->credentials->user, "me@x");
  CHECK_STR(proxy->credentials->password, "a:b");
  CHECK_EQ(parse_proxy("http://proxy.test")->port, 80);
  CHECK_EQ(parse_proxy("socks5h://proxy.test:80")->port, 80);
  for (const char* url : {"", "proxy:1", "https://proxy", "http://", "http://p/x", "http://p?x",
                          "http://a%zz@p", "socks5://@p", "http://p:0"}) {
    CHECK(!parse_proxy(url).ok());
  }
}

TEST(src_nghttp_proxy, connect) {
  const auto dialogue = make_dialogue(*parse_proxy("http://me:pw@p"), "::1", 443);
  const std::string request = dialogue->take_output();
  CHECK(request.starts_with("CONNECT [::1]:443 HTTP/1.1\r\nhost: [::1]:443\r\n"));
  CHECK(request.find("proxy-authorization: Basic bWU6cHc=\r\n") != std::string::npos);
  CHECK_STR(lead(*dialogue, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 x\r\na: b\r\n\r\n"), "");
}

TEST(src_nghttp_proxy, socks5) {
  const auto proxy = *parse_proxy("socks5://me:pw@p");
  auto dialogue = make_dialogue(proxy, "server.test", 0x1234);
  CHECK_STR(dialogue->take_output(), std::string("\5\2\0\2", 4));
  CHECK_STR(lead(*dialogue, "\5\2"), "not finished");
  CHECK_STR(dialogue->take_output(), "\1\2me\2pw");
  CHECK_STR(lead(*dialogue, std::string("\1\0", 2)), "not finished");
  CHECK_STR(dialogue->take_output(), std::string("\5\1\0\3\x0bserver.test\x12\x34", 18));
  CHECK_STR(lead(*dialogue, std::string("\5\0\0\1\1\2\3\4\0\x50", 10)), "");

  dialogue = make_dialogue(proxy, "127.0.0.1", 80);
  dialogue->take_output();
  CHECK_STR(lead(*dialogue, std::string("\5\0", 2)), "not finished");
  CHECK_STR(dialogue->take_output(), std::string("\5\1\0\1\x7f\0\0\1\0\x50", 10));
  CHECK(lead(*dialogue, std::string("\5\4\0\1", 4)).find("host unreachable") != std::string::npos);

  dialogue = make_dialogue(proxy, std::string(256, 'x'), 80);
  CHECK(lead(*dialogue, std::string("\5\0", 2)).find("name") != std::string::npos);
}
