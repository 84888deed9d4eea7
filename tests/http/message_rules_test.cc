// SPDX-License-Identifier: MIT
// What becomes of fields and messages, well-formed and not (RFC 9113 §8).
#include "http/message_rules.h"

#include <initializer_list>

#include "base/bytes_of.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2::http;
using nghttp2::Bytes;
using nghttp2::Extpri;
using nghttp2::FieldView;
using nghttp2::Token;

namespace {

Token token_of(std::string_view name) {
  static constexpr struct {
    std::string_view name;
    Token token;
  } kNames[] = {
      {":authority", Token::authority},
      {":method", Token::method},
      {":path", Token::path},
      {":protocol", Token::protocol},
      {":scheme", Token::scheme},
      {":status", Token::status},
      {"connection", Token::connection},
      {"content-length", Token::content_length},
      {"host", Token::host},
      {"keep-alive", Token::keep_alive},
      {"priority", Token::priority},
      {"proxy-connection", Token::proxy_connection},
      {"te", Token::te},
      {"transfer-encoding", Token::transfer_encoding},
      {"upgrade", Token::upgrade},
  };
  for (const auto& known : kNames) {
    if (known.name == name) return known.token;
  }
  return Token::none;
}

struct TestField {
  std::string_view name;
  std::string_view value;
};
using Fields = std::initializer_list<TestField>;

// One direction of a stream, written down as it goes: for every section a letter per field, A for
// accepted, I for invalid, - for ignored, M for malformed; then + or ! for the whole section.
class Message {
 public:
  static Message request(bool connect_protocol = false) {
    Message message(true);
    message.context_.connect_protocol = connect_protocol;
    return message;
  }
  static Message response(std::string_view method = "GET") {
    Message message(false);
    const std::string_view name = ":method";
    const FieldView fields[] = {
        {mutable_bytes("x"), mutable_bytes("y"), 1, 1, 0},
        {mutable_bytes(name), mutable_bytes(method), name.size(), method.size(), 0}};
    record_request_method(message.state_, fields);
    return message;
  }
  static Message promised_request() {
    Message message(true);
    message.context_.promised = true;
    return message;
  }
  static Message response_to_unknown() {
    Message message(false);
    record_unknown_request(message.state_);
    return message;
  }
  Message& tolerate_blanks() {
    context_.strict_whitespace = false;
    return *this;
  }

  Message& section(Fields fields, bool end_stream = false) {
    context_.trailers = has_header_ && !expects_final_response(state_);
    has_header_ = true;
    begin_section(state_);
    for (const TestField& field : fields) {
      if (!note(check_field(field))) return *this;
    }
    bool is_good = context_.trailers ? end_trailer_section(state_, end_stream)
                   : is_request_     ? end_request_section(state_)
                                     : end_response_section(state_, end_stream);
    if (is_good && end_stream) is_good = on_end_stream(state_);
    log_ += is_good ? '+' : '!';
    return *this;
  }
  Message& trailers(Fields fields) { return section(fields, true); }
  Message& data(size_t size, bool end_stream = false) {
    const bool is_good = on_content(state_, size) && (!end_stream || on_end_stream(state_));
    log_ += is_good ? 'D' : '!';
    return *this;
  }
  const std::string& log() const { return log_; }
  const MessageState& state() const { return state_; }

 private:
  explicit Message(bool is_request) : is_request_(is_request) {}
  static uint8_t* mutable_bytes(std::string_view text) {
    return const_cast<uint8_t*>(bytes_of(text).data());
  }
  FieldVerdict check_field(const TestField& field) {
    const ReceivedField received = {bytes_of(field.name), bytes_of(field.value),
                                    token_of(field.name)};
    return is_request_ ? check_request_field(state_, received, context_)
                       : check_response_field(state_, received, context_);
  }
  bool note(FieldVerdict verdict) {
    log_ += "AMI-"[unsigned(verdict)];
    return verdict != FieldVerdict::malformed;
  }

  bool is_request_;
  bool has_header_ = false;
  MessageState state_;
  SectionContext context_;
  std::string log_;
};

// A request that is well-formed but for what is added.
std::string fate_of_field(TestField field, bool tolerate_blanks = false) {
  Message message = Message::request();
  if (tolerate_blanks) message.tolerate_blanks();
  message.section({{":method", "GET"},
                   {":scheme", "https"},
                   {":path", "/"},
                   {":authority", "a"},
                   field,
                   {"x-last", "1"}});
  return message.log().substr(4);
}

std::string request(Fields fields, bool connect_protocol = false) {
  return Message::request(connect_protocol).section(fields).log();
}

std::string response(Fields fields, std::string_view method = "GET") {
  return Message::response(method).section(fields).log();
}

}  // namespace

TEST(http_message_rules, requests) {
  CHECK_STR(
      request({{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {":authority", "a"}}),
      "AAAA+");
  CHECK_STR(request({{":path", "/"}, {":method", "GET"}, {":scheme", "http"}, {"host", "a"}}),
            "AAAA+");
  CHECK_STR(request({{":scheme", "https"}, {":path", "/"}, {":authority", "a"}}), "AAA!");
  CHECK_STR(request({{":method", "GET"}, {":path", "/"}, {":authority", "a"}}), "AAA!");
  CHECK_STR(request({{":method", "GET"}, {":scheme", "https"}, {":authority", "a"}}), "AAA!");
  CHECK_STR(request({{":method", "GET"}, {":scheme", "https"}, {":path", "/"}}), "AAA!");
  CHECK_STR(request({}), "!");
}

TEST(http_message_rules, request_targets) {
  const auto target = [](std::string_view method, std::string_view scheme, std::string_view path) {
    return request(
        {{":method", method}, {":scheme", scheme}, {":path", path}, {":authority", "a"}});
  };
  CHECK_STR(target("OPTIONS", "https", "*"), "AAAA+");
  CHECK_STR(target("GET", "https", "*"), "AAAA!");
  CHECK_STR(target("GET", "HTTPS", "x"), "AAAA!");
  CHECK_STR(target("GET", "ftp", "x"), "AAAA+");
  CHECK_STR(target("GET", "https", ""), "AAM");
  CHECK_STR(target("GET", "1", "/"), "AM");
  CHECK_STR(target("", "https", "/"), "M");
  CHECK_STR(target("G T", "https", "/"), "M");
  CHECK_STR(target("GET", "https", "/a b"), "AAM");
  CHECK_STR(target("GET", "https", "/\xff"), "AAAA+");
}

TEST(http_message_rules, pseudo_fields) {
  CHECK_STR(fate_of_field({":method", "GET"}), "M");
  CHECK_STR(fate_of_field({":status", "200"}), "M");
  CHECK_STR(fate_of_field({":unknown", "x"}), "M");
  CHECK_STR(fate_of_field({":", "x"}), "M");
  CHECK_STR(request({{"x", "1"}, {":method", "GET"}}), "AM");
  CHECK_STR(request({{"x y", "1"}, {":method", "GET"}}), "IM");
  CHECK_STR(request({{":authority", ""}}), "M");
  CHECK_STR(request({{":authority", "user@a"}}), "M");
  CHECK_STR(response({{":method", "GET"}}), "M");
}

TEST(http_message_rules, connect) {
  CHECK_STR(request({{":method", "CONNECT"}, {":authority", "a:1"}}), "AA+");
  CHECK_STR(request({{":method", "CONNECT"}, {"host", "a:1"}}), "AA!");
  CHECK_STR(request({{":method", "CONNECT"}, {":authority", "a:1"}, {":path", "/"}}), "AAA!");
  CHECK_STR(request({{":scheme", "https"}, {":method", "CONNECT"}, {":authority", "a"}}), "AAA!");
  // RFC 9113 §8.5: what follows is a tunnel, not content with a length.
  CHECK_STR(Message::request()
                .section({{":method", "CONNECT"}, {":authority", "a:1"}, {"content-length", "1"}})
                .data(5, true)
                .log(),
            "AAA+D");
}

TEST(http_message_rules, extended_connect) {
  const Fields fields = {{":method", "CONNECT"},
                         {":protocol", "websocket"},
                         {":scheme", "https"},
                         {":path", "/"},
                         {":authority", "a"}};
  CHECK_STR(request(fields, true), "AAAAA+");
  CHECK_STR(request(fields, false), "AM");
  CHECK_STR(request({{":method", "GET"},
                     {":protocol", "websocket"},
                     {":scheme", "https"},
                     {":path", "/"},
                     {":authority", "a"}},
                    true),
            "AAAAA!");
  CHECK_STR(
      request({{":method", "CONNECT"}, {":protocol", "websocket"}, {":authority", "a"}}, true),
      "AAA!");
  CHECK_STR(request({{":method", "CONNECT"},
                     {":protocol", "websocket"},
                     {":scheme", "https"},
                     {":path", "/"},
                     {"host", "a"}},
                    true),
            "AAAAA!");
}

TEST(http_message_rules, names_and_values) {
  CHECK_STR(fate_of_field({"x", ""}), "AA+");
  CHECK_STR(fate_of_field({"x", "a\x01"}), "IA+");
  CHECK_STR(fate_of_field({"x", " a"}), "IA+");
  CHECK_STR(fate_of_field({"x", " a"}, true), "AA+");
  CHECK_STR(fate_of_field({"x", "a\t"}), "IA+");
  CHECK_STR(fate_of_field({"bad name", "a"}), "IA+");
  CHECK_STR(fate_of_field({"", "a"}), "IA+");
  CHECK_STR(fate_of_field({"X", "a"}), "M");
  CHECK_STR(fate_of_field({"x\x80Y", "a"}), "IA+");
  CHECK_STR(fate_of_field({"xY\x80", "a"}), "M");
}

TEST(http_message_rules, fields_of_a_connection) {
  for (const char* name :
       {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"}) {
    CHECK_STR(fate_of_field({name, "x"}), "M");
    CHECK_STR(response({{":status", "200"}, {name, "x"}}), "AM");
  }
  CHECK_STR(fate_of_field({"te", "trailers"}), "AA+");
  CHECK_STR(fate_of_field({"te", "Trailers"}), "AA+");
  CHECK_STR(fate_of_field({"te", "trailers "}), "M");
  CHECK_STR(fate_of_field({"te", "gzip"}), "M");
}

TEST(http_message_rules, host) {
  CHECK_STR(fate_of_field({"host", "b:80"}), "AA+");
  CHECK_STR(fate_of_field({"host", ""}), "M");
  CHECK_STR(fate_of_field({"host", " b"}, true), "IA+");
  CHECK_STR(fate_of_field({"host", "user@b"}), "IA+");
  CHECK_STR(request({{"host", "a"}, {"host", "a"}}), "AM");
  // Trailers do not name another one.
  CHECK_STR(Message::request()
                .section({{":method", "GET"}, {":scheme", "https"}, {":path", "/"}, {"host", "a"}})
                .trailers({{"host", "b"}})
                .log(),
            "AAAA+M");
}

TEST(http_message_rules, content_length_syntax) {
  for (const char* value : {"", "x", "-1", "1,1", " 1", "1 ", "9223372036854775808", "1\x01"})
    CHECK_STR(fate_of_field({"content-length", value}), "M");
  CHECK_STR(fate_of_field({"content-length", "9223372036854775807"}), "AA+");
  CHECK_STR(request({{"content-length", "1"}, {"content-length", "1"}}), "AM");
}

TEST(http_message_rules, content_has_the_announced_length) {
  const auto message = [](std::string_view length) {
    return Message::response().section({{":status", "200"}, {"content-length", length}});
  };
  CHECK_STR(message("5").data(2).data(3, true).log(), "AA+DD");
  CHECK_STR(message("5").data(2).data(2, true).log(), "AA+D!");
  CHECK_STR(message("5").data(2).data(4).log(), "AA+D!");
  CHECK_STR(message("0").data(0, true).log(), "AA+D");
  CHECK_STR(message("5").data(5).trailers({{"x", "1"}}).log(), "AA+DA+");
  CHECK_STR(message("5").data(4).trailers({{"x", "1"}}).log(), "AA+DA!");
  CHECK_STR(message("5").data(4).trailers({{"content-length", "4"}}).log(), "AA+DM");
}

TEST(http_message_rules, status_codes) {
  for (const char* status : {"200", "100", "199", "600", "999"})
    CHECK_STR(response({{":status", status}}), "A+");
  for (const char* status : {"101", "099", "000", "99", "1000", "2x0", "-20", "+20", "", " 200"})
    CHECK_STR(response({{":status", status}}), "M");
  CHECK_STR(response({{":status", "200"}, {":status", "200"}}), "AM");
  CHECK_STR(response({{"x", "1"}}), "A!");
}

TEST(http_message_rules, informational_responses) {
  Message message = Message::response();
  message.section({{":status", "100"}}).section({{":status", "103"}, {"link", "x"}});
  CHECK(expects_final_response(message.state()));
  message.section({{":status", "200"}}).data(3, true);
  CHECK(!expects_final_response(message.state()));
  CHECK_STR(message.log(), "A+AA+A+D");
  CHECK_STR(Message::response().section({{":status", "100"}}, true).log(), "A!");
  CHECK_STR(Message::response().section({{":status", "100"}}).data(1).log(), "A+!");
  CHECK_STR(Message::response().section({{":status", "100"}}).data(0).log(), "A+D");
  CHECK_STR(Message::response().section({{":status", "100"}}).data(0, true).log(), "A+!");
  CHECK_STR(response({{":status", "100"}, {"content-length", "0"}}), "AM");
}

TEST(http_message_rules, responses_without_content) {
  for (const char* status : {"204", "304"}) {
    CHECK_STR(Message::response().section({{":status", status}}).data(1).log(), "A+!");
    CHECK_STR(Message::response().section({{":status", status}}, true).log(), "A+");
  }
  CHECK_STR(response({{":status", "204"}, {"content-length", "0"}}), "A-+");
  CHECK_STR(response({{":status", "204"}, {"content-length", "1"}}), "AM");
  CHECK_STR(response({{":status", "204"}, {"content-length", "0"}, {"content-length", "0"}}),
            "A-M");
  const Fields with_length = {{":status", "200"}, {"content-length", "9"}};
  CHECK_STR(Message::response("HEAD").section(with_length, true).log(), "AA+");
  CHECK_STR(Message::response("HEAD").section(with_length).data(9, true).log(), "AA+!");
  CHECK_STR(Message::response("GET").section(with_length, true).log(), "AA!");
  CHECK_STR(Message::response("CONNECT").section(with_length).data(3, true).log(), "A-+D");
}

TEST(http_message_rules, response_to_an_upgraded_request) {
  MessageState state;
  record_upgraded_request(state, true);
  const ReceivedField status = {bytes_of(":status"), bytes_of("200"), Token::status};
  CHECK(check_response_field(state, status, {}) == FieldVerdict::accept);
  CHECK(end_response_section(state, false));
  CHECK(!on_content(state, 1));
}

TEST(http_message_rules, response_to_an_unknown_request) {
  const Fields with_length = {{":status", "200"}, {"content-length", "9"}};
  CHECK_STR(Message::response_to_unknown().section(with_length, true).log(), "AA+");
  CHECK_STR(Message::response_to_unknown().section(with_length).data(3, true).log(), "AA+D");
}

TEST(http_message_rules, promised_requests) {
  const auto promised = [](std::string_view method) {
    return Message::promised_request()
        .section({{":method", method}, {":authority", "a"}, {":scheme", "https"}, {":path", "/"}})
        .log();
  };
  CHECK_STR(promised("GET"), "AAAA+");
  CHECK_STR(promised("HEAD"), "AAAA+");
  CHECK_STR(promised("CONNECT"), "M");
}

TEST(http_message_rules, trailers) {
  const Fields header = {{":status", "200"}};
  CHECK_STR(Message::response().section(header).data(1).trailers({{"x", "1"}}).log(), "A+DA+");
  CHECK_STR(Message::response().section(header).section({{"x", "1"}}, false).log(), "A+A!");
  CHECK_STR(Message::response().section(header).trailers({{":status", "200"}}).log(), "A+M");
  CHECK_STR(Message::response().section(header).trailers({}).log(), "A++");
}

TEST(http_message_rules, the_requested_priority) {
  const auto asked = [](Fields fields) -> std::string {
    Message message = Message::request();
    message.section(fields);
    Extpri priority = {9, 9};
    if (!requested_priority(message.state(), priority)) return "none";
    return std::to_string(priority.urgency) + (priority.inc ? "i" : "");
  };
  CHECK_STR(asked({{"x", "1"}}), "none");
  CHECK_STR(asked({{"priority", ""}}), "3");
  CHECK_STR(asked({{"priority", "u=5, i"}}), "5i");
  CHECK_STR(asked({{"priority", "u=5, i"}, {"priority", "u=2"}}), "2i");
  // One that is bad spoils the others.
  CHECK_STR(asked({{"priority", "u=5"}, {"priority", "u=8"}}), "none");
  CHECK_STR(asked({{"priority", " u=5"}, {"priority", "u=2"}}), "none");
  CHECK_STR(fate_of_field({"priority", "u=8"}), "AA+");
  CHECK_STR(fate_of_field({"priority", " u=1"}), "IA+");
  CHECK_STR(fate_of_field({"priority", " u=1"}, true), "AA+");
}
