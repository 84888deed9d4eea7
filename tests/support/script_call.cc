// SPDX-License-Identifier: MIT
// The call lines of a scenario: "submit_ping" and the like to calls of the public interface.
#include "support/script_call.h"

#include <algorithm>
#include <cstring>

#include "support/names.h"
#include "support/tokens.h"

namespace support {
namespace {

std::uint8_t* octets(const std::string& text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

std::uint32_t error_code(Words& words) {
  const std::string name = words.next();
  if (const auto code = parse_error_code(name)) return *code;
  throw ScriptError("`" + name + "` is not an error code");
}

std::vector<nghttp2_settings_entry> entries_of(Words& words) {
  std::vector<nghttp2_settings_entry> entries;
  for (const auto& [id, value] : words.settings())
    entries.push_back({id, value});
  return entries;
}

// A priority in the library's own form, and whether one was given.
struct PrioritySpec {
  explicit PrioritySpec(Words& words) {
    const auto priority = words.priority();
    given = priority.has_value();
    const Priority value = priority.value_or(Priority());
    nghttp2_priority_spec_init(&spec, static_cast<std::int32_t>(value.dependency),
                               static_cast<std::int32_t>(value.weight), value.exclusive ? 1 : 0);
  }
  const nghttp2_priority_spec* get() const { return given ? &spec : nullptr; }

  nghttp2_priority_spec spec;
  bool given = false;
};

Body* keep_body(CallContext& context, Words& words) {
  auto body = words.body();
  if (!body) return nullptr;
  context.bodies.push_back(std::make_unique<Body>(std::move(*body)));
  return context.bodies.back().get();
}

long long submit_request(CallContext& context, Words& words) {
  const std::string method = words.next();
  const std::string path = words.next();
  const PrioritySpec priority(words);
  Body* body = keep_body(context, words);
  const Fields fields = request_fields(method, path, words.fields());
  const auto list = views(fields);
  if (context.twins == Twins::nghttp2_ssize) {
    nghttp2_data_provider2 provider{};
    if (body != nullptr) provider = body->provider2();
    return nghttp2_submit_request2(context.session, priority.get(), list.data(), list.size(),
                                   body != nullptr ? &provider : nullptr, body);
  }
  nghttp2_data_provider provider{};
  if (body != nullptr) provider = body->provider();
  return nghttp2_submit_request(context.session, priority.get(), list.data(), list.size(),
                                body != nullptr ? &provider : nullptr, body);
}

long long submit_response(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const std::string status = words.next();
  Body* body = keep_body(context, words);
  const Fields fields = response_fields(status, words.fields());
  const auto list = views(fields);
  if (context.twins == Twins::nghttp2_ssize) {
    nghttp2_data_provider2 provider{};
    if (body != nullptr) provider = body->provider2();
    return nghttp2_submit_response2(context.session, stream_id, list.data(), list.size(),
                                    body != nullptr ? &provider : nullptr);
  }
  nghttp2_data_provider provider{};
  if (body != nullptr) provider = body->provider();
  return nghttp2_submit_response(context.session, stream_id, list.data(), list.size(),
                                 body != nullptr ? &provider : nullptr);
}

long long submit_data(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const std::uint8_t flags = words.flag("end_stream") ? NGHTTP2_FLAG_END_STREAM : 0;
  Body* body = keep_body(context, words);
  if (body == nullptr) throw ScriptError("submit_data needs a body");
  if (context.twins == Twins::nghttp2_ssize) {
    const nghttp2_data_provider2 provider = body->provider2();
    return nghttp2_submit_data2(context.session, flags, stream_id, &provider);
  }
  const nghttp2_data_provider provider = body->provider();
  return nghttp2_submit_data(context.session, flags, stream_id, &provider);
}

long long submit_headers(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const std::uint8_t flags = words.flag("end_stream") ? NGHTTP2_FLAG_END_STREAM : 0;
  const PrioritySpec priority(words);
  const Fields fields = words.fields();
  const auto list = views(fields);
  return nghttp2_submit_headers(context.session, flags, stream_id, priority.get(), list.data(),
                                list.size(), nullptr);
}

long long submit_trailer(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const Fields fields = words.fields();
  const auto list = views(fields);
  return nghttp2_submit_trailer(context.session, stream_id, list.data(), list.size());
}

long long submit_push_promise(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const std::string path = words.next();
  const Fields fields = request_fields("GET", path, words.fields());
  const auto list = views(fields);
  return nghttp2_submit_push_promise(context.session, 0, stream_id, list.data(), list.size(),
                                     nullptr);
}

long long submit_priority(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const PrioritySpec priority(words);
  return nghttp2_submit_priority(context.session, 0, stream_id, priority.get());
}

long long change_stream_priority(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const PrioritySpec priority(words);
  return nghttp2_session_change_stream_priority(context.session, stream_id, priority.get());
}

long long create_idle_stream(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const PrioritySpec priority(words);
  return nghttp2_session_create_idle_stream(context.session, stream_id, priority.get());
}

long long submit_rst_stream(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  return nghttp2_submit_rst_stream(context.session, 0, stream_id, error_code(words));
}

long long submit_settings(CallContext& context, Words& words) {
  const auto entries = entries_of(words);
  return nghttp2_submit_settings(context.session, 0, entries.data(), entries.size());
}

long long submit_ping(CallContext& context, Words& words) {
  const std::uint8_t flags = words.flag("ack") ? NGHTTP2_FLAG_ACK : 0;
  const auto opaque_data = words.next_if_any();
  if (opaque_data && opaque_data->size() != 8) throw ScriptError("a PING carries 8 octets");
  return nghttp2_submit_ping(context.session, flags, opaque_data ? octets(*opaque_data) : nullptr);
}

long long submit_goaway(CallContext& context, Words& words) {
  const std::int32_t last_stream_id = words.next_stream_id();
  const std::uint32_t code = error_code(words);
  const std::string debug_data = words.next_if_any().value_or("");
  if (!debug_data.empty()) context.recorder.output.expect_debug_data(debug_data);
  return nghttp2_submit_goaway(context.session, 0, last_stream_id, code, octets(debug_data),
                               debug_data.size());
}

long long submit_window_update(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  return nghttp2_submit_window_update(context.session, 0, stream_id, words.next_signed());
}

long long set_local_window_size(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  return nghttp2_session_set_local_window_size(context.session, 0, stream_id, words.next_signed());
}

long long submit_extension(CallContext& context, Words& words) {
  const auto type = static_cast<std::uint8_t>(words.next_number());
  const std::int32_t stream_id = words.next_stream_id();
  const auto flags = static_cast<std::uint8_t>(words.number("flags", 0));
  context.payloads.push_back(std::make_unique<std::string>(words.next()));
  return nghttp2_submit_extension(context.session, type, flags, stream_id,
                                  context.payloads.back().get());
}

long long submit_altsvc(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const std::string origin = words.next();
  const std::string value = words.next();
  return nghttp2_submit_altsvc(context.session, 0, stream_id, octets(origin), origin.size(),
                               octets(value), value.size());
}

long long submit_origin(CallContext& context, Words& words) {
  std::vector<std::string> names;
  while (auto name = words.next_if_any())
    names.push_back(std::move(*name));
  std::vector<nghttp2_origin_entry> entries;
  for (const std::string& name : names)
    entries.push_back({octets(name), name.size()});
  return nghttp2_submit_origin(context.session, 0, entries.data(), entries.size());
}

long long submit_priority_update(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const std::string value = words.next();
  return nghttp2_submit_priority_update(context.session, 0, stream_id, octets(value), value.size());
}

long long change_extpri(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  const nghttp2_extpri priority = {words.number("u", NGHTTP2_EXTPRI_DEFAULT_URGENCY),
                                   static_cast<int>(words.number("i", 0))};
  return nghttp2_session_change_extpri_stream_priority(context.session, stream_id, &priority,
                                                       words.flag("ignore_client_signal") ? 1 : 0);
}

// Urgency times ten, plus one if incremental.
long long get_extpri(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  if (nghttp2_session_get_extpri_stream_priority == nullptr) return NGHTTP2_ERR_INVALID_STATE;
  nghttp2_extpri priority{};
  const int result =
      nghttp2_session_get_extpri_stream_priority(context.session, &priority, stream_id);
  return result != 0 ? result : static_cast<long long>(priority.urgency * 10) + priority.inc;
}

long long upgrade(CallContext& context, Words& words) {
  const int is_head = words.flag("head_request") ? 1 : 0;
  const std::string payload = settings_payload(words.settings());
  return nghttp2_session_upgrade2(context.session, octets(payload), payload.size(), is_head,
                                  nullptr);
}

long long terminate_session(CallContext& context, Words& words) {
  return nghttp2_session_terminate_session(context.session, error_code(words));
}

long long terminate_session2(CallContext& context, Words& words) {
  const std::int32_t last_stream_id = words.next_stream_id();
  return nghttp2_session_terminate_session2(context.session, last_stream_id, error_code(words));
}

long long setting_id(Words& words) {
  const std::string name = words.next();
  if (const auto id = parse_setting(name)) return *id;
  throw ScriptError("`" + name + "` is not a setting");
}

// A stream that the library has forgotten and one that it keeps as closed are the same.
long long stream_state(CallContext& context, Words& words) {
  nghttp2_stream* stream = nghttp2_session_find_stream(context.session, words.next_stream_id());
  return stream == nullptr ? NGHTTP2_STREAM_STATE_CLOSED : nghttp2_stream_get_state(stream);
}

template <auto function>
long long of_stream_object(CallContext& context, Words& words) {
  nghttp2_stream* stream = nghttp2_session_find_stream(context.session, words.next_stream_id());
  if (stream == nullptr) return -1;
  if constexpr (std::is_same_v<decltype(function(stream)), nghttp2_stream*>) {
    nghttp2_stream* other = function(stream);
    return other == nullptr ? -1 : nghttp2_stream_get_stream_id(other);
  } else {
    return function(stream);
  }
}

// Functions of the session alone, of a session and a number, of a stream and a number.
template <auto function>
long long plain(CallContext& context, Words&) {
  return static_cast<long long>(function(context.session));
}

template <auto function>
long long with_number(CallContext& context, Words& words) {
  return static_cast<long long>(function(context.session, words.next_signed()));
}

template <auto function>
long long with_stream_and_number(CallContext& context, Words& words) {
  const std::int32_t stream_id = words.next_stream_id();
  return function(context.session, stream_id, words.next_number());
}

template <auto function>
long long with_setting(CallContext& context, Words& words) {
  return function(context.session, static_cast<nghttp2_settings_id>(setting_id(words)));
}

enum class Answer { status, number, state, urgency };

struct Function {
  const char* name;
  long long (*call)(CallContext&, Words&);
  Answer answer;
};

constexpr Function kFunctions[] = {
    {"submit_request", submit_request, Answer::number},
    {"submit_response", submit_response, Answer::status},
    {"submit_data", submit_data, Answer::status},
    {"submit_headers", submit_headers, Answer::number},
    {"submit_trailer", submit_trailer, Answer::status},
    {"submit_push_promise", submit_push_promise, Answer::number},
    {"submit_priority", submit_priority, Answer::status},
    {"submit_rst_stream", submit_rst_stream, Answer::status},
    {"submit_settings", submit_settings, Answer::status},
    {"submit_ping", submit_ping, Answer::status},
    {"submit_goaway", submit_goaway, Answer::status},
    {"submit_shutdown_notice", plain<nghttp2_submit_shutdown_notice>, Answer::status},
    {"submit_window_update", submit_window_update, Answer::status},
    {"set_local_window_size", set_local_window_size, Answer::status},
    {"submit_extension", submit_extension, Answer::status},
    {"submit_altsvc", submit_altsvc, Answer::status},
    {"submit_origin", submit_origin, Answer::status},
    {"submit_priority_update", submit_priority_update, Answer::status},
    {"change_stream_priority", change_stream_priority, Answer::status},
    {"create_idle_stream", create_idle_stream, Answer::status},
    {"change_extpri_stream_priority", change_extpri, Answer::status},
    {"get_extpri_stream_priority", get_extpri, Answer::urgency},
    {"upgrade", upgrade, Answer::status},
    {"terminate_session", terminate_session, Answer::status},
    {"terminate_session2", terminate_session2, Answer::status},
    {"resume_data", with_number<nghttp2_session_resume_data>, Answer::status},
    {"consume", with_stream_and_number<nghttp2_session_consume>, Answer::status},
    {"consume_stream", with_stream_and_number<nghttp2_session_consume_stream>, Answer::status},
    {"consume_connection", with_number<nghttp2_session_consume_connection>, Answer::status},
    {"set_next_stream_id", with_number<nghttp2_session_set_next_stream_id>, Answer::status},
    {"get_next_stream_id", plain<nghttp2_session_get_next_stream_id>, Answer::number},
    {"want_read", plain<nghttp2_session_want_read>, Answer::number},
    {"want_write", plain<nghttp2_session_want_write>, Answer::number},
    {"check_request_allowed", plain<nghttp2_session_check_request_allowed>, Answer::number},
    {"get_outbound_queue_size", plain<nghttp2_session_get_outbound_queue_size>, Answer::number},
    {"get_last_proc_stream_id", plain<nghttp2_session_get_last_proc_stream_id>, Answer::number},
    {"get_remote_window_size", plain<nghttp2_session_get_remote_window_size>, Answer::number},
    {"get_local_window_size", plain<nghttp2_session_get_local_window_size>, Answer::number},
    {"get_effective_local_window_size", plain<nghttp2_session_get_effective_local_window_size>,
     Answer::number},
    {"get_effective_recv_data_length", plain<nghttp2_session_get_effective_recv_data_length>,
     Answer::number},
    {"get_stream_remote_window_size", with_number<nghttp2_session_get_stream_remote_window_size>,
     Answer::number},
    {"get_stream_local_window_size", with_number<nghttp2_session_get_stream_local_window_size>,
     Answer::number},
    {"get_stream_effective_local_window_size",
     with_number<nghttp2_session_get_stream_effective_local_window_size>, Answer::number},
    {"get_stream_effective_recv_data_length",
     with_number<nghttp2_session_get_stream_effective_recv_data_length>, Answer::number},
    {"get_stream_local_close", with_number<nghttp2_session_get_stream_local_close>, Answer::number},
    {"get_stream_remote_close", with_number<nghttp2_session_get_stream_remote_close>,
     Answer::number},
    {"get_remote_settings", with_setting<nghttp2_session_get_remote_settings>, Answer::number},
    {"get_local_settings", with_setting<nghttp2_session_get_local_settings>, Answer::number},
    {"get_hd_inflate_dynamic_table_size", plain<nghttp2_session_get_hd_inflate_dynamic_table_size>,
     Answer::number},
    {"stream_state", stream_state, Answer::state},
    {"stream_weight", of_stream_object<nghttp2_stream_get_weight>, Answer::number},
    {"stream_sum_dependency_weight", of_stream_object<nghttp2_stream_get_sum_dependency_weight>,
     Answer::number},
    {"stream_parent", of_stream_object<nghttp2_stream_get_parent>, Answer::number},
    {"stream_first_child", of_stream_object<nghttp2_stream_get_first_child>, Answer::number},
    {"stream_next_sibling", of_stream_object<nghttp2_stream_get_next_sibling>, Answer::number},
};

struct Option {
  const char* name;
  bool (*set)(nghttp2_option*, std::uint32_t);
};

template <auto function>
bool set_number(nghttp2_option* option, std::uint32_t value) {
  function(option, static_cast<int>(value));
  return true;
}

constexpr Option kOptions[] = {
    {"no_auto_window_update", set_number<nghttp2_option_set_no_auto_window_update>},
    {"peer_max_concurrent_streams", set_number<nghttp2_option_set_peer_max_concurrent_streams>},
    {"no_recv_client_magic", set_number<nghttp2_option_set_no_recv_client_magic>},
    {"no_http_messaging", set_number<nghttp2_option_set_no_http_messaging>},
    {"max_reserved_remote_streams", set_number<nghttp2_option_set_max_reserved_remote_streams>},
    {"user_recv_extension_type", set_number<nghttp2_option_set_user_recv_extension_type>},
    {"builtin_recv_extension_type", set_number<nghttp2_option_set_builtin_recv_extension_type>},
    {"no_auto_ping_ack", set_number<nghttp2_option_set_no_auto_ping_ack>},
    {"max_send_header_block_length", set_number<nghttp2_option_set_max_send_header_block_length>},
    {"max_deflate_dynamic_table_size",
     set_number<nghttp2_option_set_max_deflate_dynamic_table_size>},
    {"no_closed_streams", set_number<nghttp2_option_set_no_closed_streams>},
    {"max_outbound_ack", set_number<nghttp2_option_set_max_outbound_ack>},
    {"max_settings", set_number<nghttp2_option_set_max_settings>},
    {"server_fallback_rfc7540_priorities",
     set_number<nghttp2_option_set_server_fallback_rfc7540_priorities>},
    {"no_rfc9113_leading_and_trailing_ws_validation",
     set_number<nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation>},
    {"max_continuations", set_number<nghttp2_option_set_max_continuations>},
};

std::string describe(Answer answer, long long result) {
  if (answer == Answer::state) return stream_state_name(static_cast<int>(result));
  if (answer == Answer::urgency && result >= 0) {
    return "u=" + std::to_string(result / 10) + (result % 10 != 0 ? " i" : "");
  }
  return library_error_name(result);
}

// "burst:rate" of a token bucket.
bool parse_rate(std::string_view value, std::uint64_t& burst, std::uint64_t& rate) {
  const std::size_t colon = value.find(':');
  if (colon == std::string_view::npos) return false;
  burst = parse_number(value.substr(0, colon)).value_or(0);
  rate = parse_number(value.substr(colon + 1)).value_or(0);
  return true;
}

}  // namespace

long long call(CallContext& context, std::string_view line) {
  Words words(line);
  const std::string name = words.next();
  for (const Function& function : kFunctions) {
    if (name != function.name) continue;
    const long long result = function.call(context, words);
    words.finish();
    const bool is_note = function.answer != Answer::status || result != 0;
    if (is_note) context.recorder.note("! " + name + " = " + describe(function.answer, result));
    return result;
  }
  throw ScriptError("no call is named `" + name + "`");
}

bool set_option(nghttp2_option* option, std::string_view name, std::string_view value) {
  std::uint64_t burst = 0;
  std::uint64_t rate = 0;
  if (name == "stream_reset_rate_limit" && parse_rate(value, burst, rate)) {
    nghttp2_option_set_stream_reset_rate_limit(option, burst, rate);
    return true;
  }
  if (name == "glitch_rate_limit" && parse_rate(value, burst, rate)) {
    if (nghttp2_option_set_glitch_rate_limit == nullptr) return false;
    nghttp2_option_set_glitch_rate_limit(option, burst, rate);
    return true;
  }
  const auto number = parse_number(value);
  const auto type = parse_frame_type(value);
  if (!number && !type) throw ScriptError("option " + std::string(name) + " needs a number");
  if (name == "max_outbound_queue_size" && number) {
    if (nghttp2_option_set_max_outbound_queue_size == nullptr) return false;
    nghttp2_option_set_max_outbound_queue_size(option, *number);
    return true;
  }
  for (const Option& known : kOptions) {
    if (name == known.name) return known.set(option, number ? *number : *type);
  }
  throw ScriptError("no option is named `" + std::string(name) + "`");
}

}  // namespace support
