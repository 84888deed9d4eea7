// SPDX-License-Identifier: MIT
// How a library call ended. The values are those of the C API's nghttp2_error.
#pragma once

namespace nghttp2 {

enum class [[nodiscard]] Status : int{
    ok = 0,
    invalid_argument = -501,
    buffer_error = -502,
    unsupported_version = -503,
    would_block = -504,
    protocol = -505,
    invalid_frame = -506,
    end_of_file = -507,
    deferred = -508,
    stream_id_not_available = -509,
    stream_closed = -510,
    stream_closing = -511,
    stream_shut_for_writing = -512,
    invalid_stream_id = -513,
    invalid_stream_state = -514,
    deferred_data_exist = -515,
    start_stream_not_allowed = -516,
    goaway_already_sent = -517,
    invalid_header_block = -518,
    invalid_state = -519,
    temporal_callback_failure = -521,
    frame_size_error = -522,
    header_compression = -523,
    flow_control = -524,
    insufficient_buffer = -525,
    pause = -526,
    too_many_inflight_settings = -527,
    push_disabled = -528,
    data_exist = -529,
    session_closing = -530,
    http_header = -531,
    http_messaging = -532,
    refused_stream = -533,
    internal = -534,
    cancel = -535,
    settings_expected = -536,
    too_many_settings = -537,
    no_memory = -901,
    callback_failure = -902,
    bad_client_magic = -903,
    flooded = -904,
    too_many_continuations = -905,
};

// After a fatal status the session can only be deleted.
inline constexpr bool is_fatal(Status status) {
  return int(status) < -900;
}

// Passes a failure on to the caller.
#define RETURN_IF_ERROR(expression)                                        \
  do {                                                                     \
    if (::nghttp2::Status status_ = (expression); status_ != Status::ok) { \
      return status_;                                                      \
    }                                                                      \
  } while (0)

// A value or the status that explains its absence.
template <typename T>
struct [[nodiscard]] Result {
  T value{};
  Status status = Status::ok;

  constexpr Result(T v) : value(v) {}
  constexpr Result(Status s) : status(s) {}
  constexpr bool ok() const { return status == Status::ok; }
};

}  // namespace nghttp2
