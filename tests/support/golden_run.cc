// SPDX-License-Identifier: MIT
// Runs one scenario against a session of the library.
#include <memory>
#include <random>

#include "support/golden.h"
#include "support/names.h"
#include "support/script_call.h"
#include "support/script_frame.h"
#include "support/tokens.h"

namespace support {
namespace {

// What a callback that reports an event of this beginning is to return or to call.
struct Rule {
  std::string prefix;
  std::optional<int> result;
  std::string call;
  unsigned times = 0;
};

// A library call failed for good; the script ends here.
struct Fatal {
  int code;
};

template <class T, void (*del)(T*)>
struct Deleter {
  void operator()(T* object) const { del(object); }
};

using Session = std::unique_ptr<nghttp2_session, Deleter<nghttp2_session, nghttp2_session_del>>;
using Callbacks =
    std::unique_ptr<nghttp2_session_callbacks,
                    Deleter<nghttp2_session_callbacks, nghttp2_session_callbacks_del>>;
using Option = std::unique_ptr<nghttp2_option, Deleter<nghttp2_option, nghttp2_option_del>>;

class Run {
 public:
  Run(const Scenario& scenario, const RunMode& mode, nghttp2_mem* mem)
      : scenario_(scenario),
        mode_(mode),
        mem_(mem),
        random_(mode.seed),
        context_{nullptr, recorder_, mode.twins, {}, {}} {}

  Outcome run();
  ScenarioInput input() const { return {is_server_, fed_}; }

 private:
  void perform(std::size_t begin, std::size_t end);
  std::size_t perform_loop(std::size_t begin);
  void perform_line(const std::string& line);
  bool read_directive(const std::string& name, Words& words);
  void read_callbacks(Words& words);
  void read_rule(Words& words);
  void start();
  void create_session();
  void establish();
  void expect_table_size(const std::string& line);
  void feed_pending();
  void feed(std::string_view bytes);
  void feed_piece(std::string_view bytes);
  std::size_t piece_size(std::size_t available);
  void send(std::size_t calls);
  long long take_output(const std::uint8_t** data, bool may_split);
  void check(const char* function, long long result);
  std::optional<int> apply_rules(const std::string& event);

  const Scenario& scenario_;
  const RunMode mode_;
  nghttp2_mem* mem_;
  std::mt19937 random_;
  Recorder recorder_;
  CallContext context_;
  Session session_;
  Option option_;
  std::vector<Rule> rules_;
  std::vector<Setting> local_settings_;
  std::vector<Setting> peer_settings_;
  std::string pending_;
  std::string unread_;
  std::string fed_;
  bool is_server_ = true;
  bool is_established_ = true;
  bool is_paused_ = false;
  std::uint8_t octet_ = 0;
  bool out_of_memory_ = false;
};

Outcome Run::run() {
  recorder_.set_hook([this](const std::string& event) { return apply_rules(event); });
  try {
    perform(0, scenario_.script.size());
    start();
    feed_pending();
    send(SIZE_MAX);
  } catch (const Fatal& fatal) {
    out_of_memory_ = out_of_memory_ || fatal.code == NGHTTP2_ERR_NOMEM;
  }
  session_.reset();
  for (const auto& body : context_.bodies)
    out_of_memory_ = out_of_memory_ || body->out_of_memory;
  return {recorder_.take_lines(), out_of_memory_};
}

void Run::perform(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (scenario_.script[i].rfind("loop ", 0) == 0) {
      i = perform_loop(i);
    } else {
      perform_line(scenario_.script[i]);
    }
  }
}

// `loop N from A step B` ... `end`: the lines N times, `$` being A, A+B, ...
std::size_t Run::perform_loop(std::size_t begin) {
  Words words(scenario_.script[begin]);
  words.next();
  const std::uint32_t count = words.next_number();
  const std::uint32_t first = words.flag("from") ? words.next_number() : 0;
  const std::uint32_t step = words.flag("step") ? words.next_number() : 1;
  words.finish();
  std::size_t end = begin + 1;
  while (end < scenario_.script.size() && scenario_.script[end] != "end")
    ++end;
  if (end == scenario_.script.size()) throw ScriptError("a loop has no `end`");
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(first + i * step);
    for (std::size_t at = begin + 1; at < end; ++at) {
      std::string line = scenario_.script[at];
      for (auto mark = line.find('$'); mark != std::string::npos; mark = line.find('$', mark)) {
        line.replace(mark, 1, number);
      }
      perform_line(line);
    }
  }
  return end;
}

void Run::perform_line(const std::string& line) {
  if (line[0] == '>') {
    start();
    expect_table_size(line);
    pending_ += frame_bytes(std::string_view(line).substr(1));
    return;
  }
  feed_pending();
  if (line[0] == '!') {
    start();
    const long long result = call(context_, std::string_view(line).substr(1));
    if (result == NGHTTP2_ERR_NOMEM) throw Fatal{NGHTTP2_ERR_NOMEM};
    return;
  }
  Words words(line);
  const std::string name = words.next();
  if (name == "<") {
    start();
    const auto calls = words.next_if_any();
    send(calls ? parse_number(*calls).value_or(0) : SIZE_MAX);
  } else if (name == "continue") {
    const std::string rest = std::exchange(unread_, {});
    is_paused_ = false;
    if (rest.empty()) feed_piece({});
    feed(rest);
  } else if (name == "quiet" || name == "loud") {
    recorder_.set_quiet(name == "quiet");
  } else if (name == "when") {
    read_rule(words);
  } else if (!read_directive(name, words)) {
    throw ScriptError("cannot read `" + line + "`");
  }
  words.finish();
}

// What says how the session is made.
bool Run::read_directive(const std::string& name, Words& words) {
  if (session_ != nullptr) throw ScriptError("`" + name + "` comes after the session was made");
  if (name == "server" || name == "client") {
    is_server_ = name == "server";
    is_established_ = !words.flag("new");
  } else if (name == "option") {
    nghttp2_option* option = option_.get();
    if (option == nullptr && nghttp2_option_new(&option) == 0) option_.reset(option);
    for (const Field& field : words.fields()) {
      if (!set_option(option_.get(), field.name, field.value)) {
        recorder_.note("the library has no option " + field.name);
      }
    }
  } else if (name == "local") {
    local_settings_ = words.settings();
  } else if (name == "peer") {
    peer_settings_ = words.settings();
  } else if (name == "also") {
    read_callbacks(words);
  } else {
    return false;
  }
  return true;
}

void Run::read_callbacks(Words& words) {
  OptionalCallbacks& wanted = recorder_.wanted;
  wanted.begin_frame |= words.flag("begin_frame");
  wanted.invalid_header |= words.flag("invalid_header");
  wanted.invalid_header2 |= words.flag("invalid_header2");
  wanted.header2 |= words.flag("header2");
  wanted.before_send |= words.flag("before_send");
  wanted.sent |= words.flag("sent");
  wanted.error |= words.flag("error");
  wanted.extension |= words.flag("extension");
  if (const auto padding = words.value("padding")) wanted.padding = parse_number(*padding);
  if (const auto length = words.value("read_length")) wanted.read_length = parse_number(*length);
}

// when "EVENT PREFIX" [times=N] return CODE | call NAME ARGUMENTS
void Run::read_rule(Words& words) {
  Rule rule;
  rule.prefix = words.next();
  rule.times = words.number("times", 1);
  const std::string action = words.next();
  if (action == "return") {
    const std::string code = words.next();
    rule.result = parse_library_error(code);
    if (!rule.result) throw ScriptError("`" + code + "` is not a library error");
  } else if (action == "call") {
    rule.call = words.rest();
  } else {
    throw ScriptError("a rule either returns or calls, not `" + action + "`");
  }
  rules_.push_back(std::move(rule));
}

std::optional<int> Run::apply_rules(const std::string& event) {
  std::optional<int> result;
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    Rule& rule = rules_[i];
    if (rule.times == 0 || event.rfind(rule.prefix, 0) != 0) continue;
    --rule.times;
    if (rule.result) {
      result = rule.result;
      is_paused_ = is_paused_ || result == NGHTTP2_ERR_PAUSE;
    } else {
      const std::string line = rule.call;
      if (call(context_, line) == NGHTTP2_ERR_NOMEM) out_of_memory_ = true;
    }
  }
  return result;
}

void Run::start() {
  if (session_ != nullptr) return;
  create_session();
  if (is_established_) establish();
}

void Run::create_session() {
  const Callbacks callbacks(recorder_.make_callbacks(mode_.twins));
  nghttp2_session* session = nullptr;
  const auto create = is_server_ ? nghttp2_session_server_new3 : nghttp2_session_client_new3;
  check("new", create(&session, callbacks.get(), &recorder_, option_.get(), mem_));
  session_.reset(session);
  context_.session = session;
}

// The exchange of SETTINGS that begins a connection (RFC 9113 section 3.4); nothing is logged.
void Run::establish() {
  std::vector<nghttp2_settings_entry> entries;
  for (const auto& [id, value] : local_settings_)
    entries.push_back({id, value});
  check("submit_settings",
        nghttp2_submit_settings(session_.get(), 0, entries.data(), entries.size()));
  Wire wire;
  if (is_server_) wire.magic();
  recorder_.output.expect_settings(peer_settings_);
  const std::vector<std::string> earlier = recorder_.take_lines();
  feed(wire.settings(peer_settings_).settings_ack().bytes());
  send(SIZE_MAX);
  recorder_.take_lines();
  for (const std::string& line : earlier)
    recorder_.note(line);
}

// The output is decoded with the table size that the library must keep to after its ACK.
void Run::expect_table_size(const std::string& line) {
  if (line.rfind("> settings", 0) != 0) return;
  Words words(std::string_view(line).substr(1));
  words.next();
  if (!words.flag("ack")) recorder_.output.expect_settings(words.settings());
}

void Run::feed_pending() {
  if (pending_.empty()) return;
  const std::string bytes = std::exchange(pending_, {});
  if (is_paused_) {
    unread_ += bytes;
  } else {
    feed(bytes);
  }
}

std::size_t Run::piece_size(std::size_t available) {
  switch (mode_.feeding) {
    case Feeding::whole: return available;
    case Feeding::octet_by_octet: return 1;
    case Feeding::random_pieces:
      return std::uniform_int_distribution<std::size_t>(
          1, std::min<std::size_t>(available, 30))(random_);
  }
  return available;
}

// Pieces are copies of exactly their size, so that reading beyond them is found out by sanitizers.
void Run::feed(std::string_view bytes) {
  fed_.append(bytes);
  while (!bytes.empty() && !is_paused_) {
    const std::size_t size = piece_size(bytes.size());
    feed_piece(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  unread_.append(bytes);
}

void Run::feed_piece(std::string_view bytes) {
  if (mode_.transport == Transport::callbacks) {
    recorder_.io_chunk = mode_.feeding == Feeding::whole ? 0 : 7;
    recorder_.input.append(bytes);
    check("recv", nghttp2_session_recv(session_.get()));
    return;
  }
  const std::vector<std::uint8_t> piece(bytes.begin(), bytes.end());
  const long long used = mode_.twins == Twins::nghttp2_ssize
                             ? nghttp2_session_mem_recv2(session_.get(), piece.data(), piece.size())
                             : nghttp2_session_mem_recv(session_.get(), piece.data(), piece.size());
  check("mem_recv", used);
  if (used >= 0 && static_cast<std::size_t>(used) < bytes.size()) {
    if (!is_paused_) recorder_.note("mem_recv took less than it was given without a pause");
    unread_.append(bytes.substr(static_cast<std::size_t>(used)));
  }
  if (is_paused_) recorder_.note("paused");
}

void Run::send(std::size_t calls) {
  if (mode_.transport == Transport::callbacks && calls == SIZE_MAX) {
    const int result = nghttp2_session_send(session_.get());
    recorder_.flush_output();
    check("send", result);
    return;
  }
  for (; calls > 0; --calls) {
    const std::uint8_t* data = nullptr;
    const long long size = take_output(&data, calls == SIZE_MAX);
    if (size > 0) {
      recorder_.emit({reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)});
    }
    recorder_.flush_output();
    check("mem_send", size);
    if (size == 0) break;
  }
}

// The next frame, or a part of it.
long long Run::take_output(const std::uint8_t** data, bool may_split) {
  if (mode_.transport == Transport::octets && may_split) {
    *data = &octet_;
    return nghttp2_session_mem_send_into(session_.get(), &octet_, 1);
  }
  return mode_.twins == Twins::nghttp2_ssize ? nghttp2_session_mem_send2(session_.get(), data)
                                             : nghttp2_session_mem_send(session_.get(), data);
}

void Run::check(const char* function, long long result) {
  if (result >= 0) return;
  const char* shown = std::string_view(function) == "recv"   ? "mem_recv"
                      : std::string_view(function) == "send" ? "mem_send"
                                                             : function;
  recorder_.note("! " + std::string(shown) + " = " + library_error_name(result));
  throw Fatal{static_cast<int>(result)};
}

}  // namespace

Outcome run_scenario(const Scenario& scenario, const RunMode& mode, nghttp2_mem* mem) {
  try {
    return Run(scenario, mode, mem).run();
  } catch (const ScriptError& error) {
    throw ScriptError(scenario.name() + ": " + error.what());
  }
}

ScenarioInput scenario_input(const Scenario& scenario) {
  Run run(scenario, {}, nullptr);
  run.run();
  return run.input();
}

}  // namespace support
