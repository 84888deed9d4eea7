// SPDX-License-Identifier: MIT
// HTTP/2 as a load generator needs it.
#include "h2load/http2_protocol.h"

#include <algorithm>
#include <cstring>

#include "base/number.h"
#include "base/text.h"
#include "h2load/request_source.h"

namespace h2load {

namespace {

constexpr std::size_t kOutputBytes = 64 * 1024;
constexpr std::uint32_t kDefaultFrameBytes = 16 * 1024;  // RFC 9113 §6.5.2

std::string_view view(const std::uint8_t* octets, std::size_t length) {
  return {reinterpret_cast<const char*>(octets), length};
}

std::uint32_t window_bytes(int bits) {
  return static_cast<std::uint32_t>((std::uint64_t{1} << bits) - 1);
}

}  // namespace

// What the session calls; `self` is the Http2Protocol.
struct Http2Protocol::Callbacks {
  static Http2Protocol& of(void* self) { return *static_cast<Http2Protocol*>(self); }

  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                       std::size_t name_length, const std::uint8_t* value, std::size_t value_length,
                       std::uint8_t, void* self) {
    Http2Protocol& protocol = of(self);
    protocol.decoded_ += name_length + value_length;
    // The only pseudo-field of a response, which the session has checked.
    if (name[0] == ':' && value_length == 3) {
      protocol.status_ = (value[0] - '0') * 100 + (value[1] - '0') * 10 + (value[2] - '0');
    }
    if (protocol.config_.grpc) {
      protocol.take_grpc_status(frame->hd.stream_id, view(name, name_length),
                                view(value, value_length));
    }
    if (!protocol.config_.scenario_file.empty()) {
      protocol.show_to_observer(frame->hd.stream_id, view(name, name_length),
                                view(value, value_length));
    }
    if (protocol.config_.verbosity > 0) {
      protocol.events_.on_field(frame->hd.stream_id, view(name, name_length),
                                view(value, value_length));
    }
    return 0;
  }

  static int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void* self) {
    Http2Protocol& protocol = of(self);
    if (!protocol.uploading_.empty() && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0 &&
        frame->hd.type <= NGHTTP2_HEADERS) {
      if (auto* const exchange = exchange_of(session, frame->hd.stream_id)) {
        exchange->response_ended = true;
      }
    }
    switch (frame->hd.type) {
      case NGHTTP2_HEADERS: protocol.headers_received(*frame); break;
      case NGHTTP2_SETTINGS:
        if ((frame->hd.flags & NGHTTP2_FLAG_ACK) == 0) protocol.settings_received(frame->settings);
        break;
      case NGHTTP2_RST_STREAM:
        if (auto* const exchange = exchange_of(session, frame->hd.stream_id)) {
          exchange->reset = true;
        }
        break;
      case NGHTTP2_GOAWAY:
        protocol.accepts_requests_ = false;
        protocol.goaway_received_ = true;
        protocol.goaway_last_stream_ = frame->goaway.last_stream_id;
        protocol.events_.on_goaway(frame->goaway.error_code);
        break;
      default: break;
    }
    return 0;
  }

  static int on_data(nghttp2_session* session, std::uint8_t, std::int32_t stream_id,
                     const std::uint8_t* data, std::size_t length, void* self) {
    if (auto* const exchange = exchange_of(session, stream_id)) {
      if (exchange->observer) exchange->observer->on_content(view(data, length));
      of(self).events_.on_content(*exchange, length);
    }
    return 0;
  }

  static int on_close(nghttp2_session* session, std::int32_t stream_id, std::uint32_t error_code,
                      void* self) {
    if (auto* const exchange = exchange_of(session, stream_id)) {
      of(self).stream_closed(*exchange, error_code);
    }
    return 0;
  }

  static int on_sent(nghttp2_session* session, const nghttp2_frame* frame, void* self) {
    if (frame->hd.type != NGHTTP2_HEADERS) return 0;
    if (auto* const exchange = exchange_of(session, frame->hd.stream_id)) {
      of(self).events_.on_header_octets_sent(frame->hd.length, exchange->request->field_octets());
    }
    return 0;
  }

  static int on_not_sent(nghttp2_session*, const nghttp2_frame* frame, int, void* self) {
    if (frame->hd.type == NGHTTP2_HEADERS) of(self).unsent_.push_back(frame->hd.stream_id);
    return 0;
  }

  static int on_invalid(nghttp2_session*, const nghttp2_frame* frame, int error, void* self) {
    of(self).error_ =
        std::string(nghttp2_strerror(error)) + " in stream " + std::to_string(frame->hd.stream_id);
    return 0;
  }

  static int on_error(nghttp2_session*, int, const char* text, std::size_t length, void* self) {
    of(self).error_ = base::escape({text, length}, 300);
    return 0;
  }

  static nghttp2_ssize read_body(nghttp2_session*, std::int32_t, std::uint8_t* out,
                                 std::size_t length, std::uint32_t* flags,
                                 nghttp2_data_source* source, void* self) {
    return of(self).read_body(*static_cast<Exchange*>(source->ptr), {out, length}, *flags);
  }

  static Exchange* exchange_of(nghttp2_session* session, std::int32_t stream_id) {
    return static_cast<Exchange*>(nghttp2_session_get_stream_user_data(session, stream_id));
  }
};

Http2Protocol::Http2Protocol(const Config& config, ProtocolEvents& events, const TimePoint& now)
    : config_(config), events_(events), now_(now), max_concurrent_(config.max_concurrent_streams) {
  http2::SessionCallbacks callbacks;
  callbacks.on_header = &Callbacks::on_header;
  callbacks.on_frame_received = &Callbacks::on_frame;
  callbacks.on_data_chunk = &Callbacks::on_data;
  callbacks.on_stream_closed = &Callbacks::on_close;
  callbacks.on_frame_sent = &Callbacks::on_sent;
  callbacks.on_frame_not_sent = &Callbacks::on_not_sent;
  callbacks.on_invalid_frame = &Callbacks::on_invalid;
  callbacks.on_error = &Callbacks::on_error;
  http2::SessionOptions options;
  options.automatic_window_updates = true;
  options.max_encoder_table_bytes = config.encoder_table_bytes;
  // Until the server says how many streams it takes, it is asked for as many as we want.
  options.peer_max_concurrent_streams = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(config.max_concurrent_streams, NGHTTP2_MAX_WINDOW_SIZE));
  session_ = http2::make_session(http2::Role::client, callbacks, options, this);
  submit_settings();
}

void Http2Protocol::submit_settings() {
  std::vector<nghttp2_settings_entry> settings = {
      {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, window_bytes(config_.window_bits)},
  };
  if (config_.decoder_table_bytes != NGHTTP2_DEFAULT_HEADER_TABLE_SIZE) {
    settings.push_back({NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, config_.decoder_table_bytes});
  }
  if (config_.max_frame_size != kDefaultFrameBytes) {
    settings.push_back({NGHTTP2_SETTINGS_MAX_FRAME_SIZE, config_.max_frame_size});
  }
  nghttp2_submit_settings(session_.get(), NGHTTP2_FLAG_NONE, settings.data(), settings.size());
  nghttp2_session_set_local_window_size(
      session_.get(), NGHTTP2_FLAG_NONE, 0,
      static_cast<std::int32_t>(window_bytes(config_.connection_window_bits)));
}

bool Http2Protocol::submit(Exchange& exchange) {
  const Request& request = *exchange.request;
  const auto& fields = request.field_array();
  nghttp2_data_provider2 provider{{.ptr = &exchange}, &Callbacks::read_body};
  const std::int32_t id =
      nghttp2_submit_request2(session_.get(), nullptr, fields.data(), fields.size(),
                              request.has_body() ? &provider : nullptr, &exchange);
  if (id < 0) {
    accepts_requests_ = false;
    error_ = nghttp2_strerror(id);
    return false;
  }
  exchange.stream_id = id;
  if (request.has_body()) uploading_.push_back(&exchange);
  return true;
}

bool Http2Protocol::cancel(Exchange& exchange) {
  return nghttp2_submit_rst_stream(session_.get(), NGHTTP2_FLAG_NONE, exchange.stream_id,
                                   NGHTTP2_CANCEL) == 0;
}

bool Http2Protocol::receive(Octets input) {
  const nghttp2_ssize result =
      nghttp2_session_mem_recv2(session_.get(), input.data(), input.size());
  return result >= 0 || fail(static_cast<int>(result));
}

bool Http2Protocol::produce(base::Buffer& output) {
  while (output.size() < kOutputBytes) {
    const auto room = output.prepare(kOutputBytes);
    const nghttp2_ssize count =
        nghttp2_session_mem_send_into(session_.get(), room.data(), room.size());
    if (count < 0) return fail(static_cast<int>(count));
    if (count == 0) break;
    output.commit(static_cast<std::size_t>(count));
  }
  if (!unsent_.empty()) find_unsent();
  if (!uploading_.empty() && output.size() < kOutputBytes) note_stalls();
  return true;
}

void Http2Protocol::shut_down() {
  accepts_requests_ = false;
  nghttp2_session_terminate_session(session_.get(), NGHTTP2_NO_ERROR);
}

void Http2Protocol::headers_received(const nghttp2_frame& frame) {
  auto* const exchange = Callbacks::exchange_of(session_.get(), frame.hd.stream_id);
  events_.on_header_octets(frame.hd.length, std::exchange(decoded_, 0));
  const int status = std::exchange(status_, 0);
  if (!exchange || status < 200) return;
  exchange->status = status;
  events_.on_response_head(*exchange);
}

void Http2Protocol::take_grpc_status(std::int32_t stream_id, std::string_view name,
                                     std::string_view value) {
  if (name != "grpc-status") return;
  auto* const exchange = Callbacks::exchange_of(session_.get(), stream_id);
  const auto number = base::parse_unsigned(value);
  if (exchange && number && *number < 1000) exchange->grpc_status = static_cast<int>(*number);
}

void Http2Protocol::show_to_observer(std::int32_t stream_id, std::string_view name,
                                     std::string_view value) {
  const auto* const exchange = Callbacks::exchange_of(session_.get(), stream_id);
  if (exchange && exchange->observer) exchange->observer->on_field(name, value);
}

void Http2Protocol::settings_received(const nghttp2_settings& frame) {
  for (std::size_t i = 0; i < frame.niv; ++i) {
    const nghttp2_settings_entry& entry = frame.iv[i];
    events_.on_setting(entry.settings_id, entry.value);
    if (entry.settings_id == NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS) {
      max_concurrent_ = entry.value;
    }
  }
}

void Http2Protocol::stream_closed(Exchange& exchange, std::uint32_t error_code) {
  if (exchange.request->has_body()) std::erase(uploading_, &exchange);
  if (goaway_received_ && exchange.stream_id > goaway_last_stream_) {
    events_.on_end(exchange, Ending::unprocessed, error_code);
  } else if (error_code == NGHTTP2_NO_ERROR && exchange.status != 0 &&
             (!exchange.reset || exchange.response_ended)) {
    events_.on_end(exchange, Ending::complete, error_code);
  } else {
    events_.on_end(exchange, Ending::reset, error_code);
  }
}

// A request that could not leave any more may not even have become a stream.
void Http2Protocol::find_unsent() {
  for (const std::int32_t id : std::exchange(unsent_, {})) {
    const auto exchanges = events_.exchanges();
    const auto found = std::ranges::find(exchanges, id, &Exchange::stream_id);
    if (found == exchanges.end()) continue;
    std::erase(uploading_, *found);
    accepts_requests_ = false;
    events_.on_end(**found, Ending::unprocessed, NGHTTP2_REFUSED_STREAM);
  }
}

// With everything written that could be, content that is left waits for the server's windows.
void Http2Protocol::note_stalls() {
  for (Exchange* const exchange : uploading_) {
    if (exchange->stalled_since == TimePoint{}) exchange->stalled_since = now_;
  }
}

nghttp2_ssize Http2Protocol::read_body(Exchange& exchange, std::span<std::uint8_t> out,
                                       std::uint32_t& flags) {
  if (exchange.stalled_since != TimePoint{}) {
    exchange.stalled += now_ - std::exchange(exchange.stalled_since, {});
  }
  const std::string_view rest = exchange.request->body().substr(exchange.body_sent);
  const std::size_t count = std::min(rest.size(), out.size());
  std::memcpy(out.data(), rest.data(), count);
  exchange.body_sent += count;
  if (count == rest.size()) {
    flags |= NGHTTP2_DATA_FLAG_EOF;
    if (exchange.request->has_trailers()) {
      const auto& trailers = exchange.request->trailer_array();
      flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
      nghttp2_submit_trailer(session_.get(), exchange.stream_id, trailers.data(), trailers.size());
    }
    std::erase(uploading_, &exchange);
  }
  return static_cast<nghttp2_ssize>(count);
}

bool Http2Protocol::fail(int result) {
  const std::string what = nghttp2_strerror(result);
  error_ = error_.empty() ? what : what + ": " + error_;
  accepts_requests_ = false;
  return false;
}

}  // namespace h2load
