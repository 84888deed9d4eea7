// SPDX-License-Identifier: MIT
// The life cycle of a stream (RFC 9113 §5.1): the whole matrix, printed and compared.
#include "session/stream_state.h"

#include <fstream>
#include <sstream>
#include <string>

#include "support/check.h"

using nghttp2::Status;
using nghttp2::session::event_name;
using nghttp2::session::kStreamEvents;
using nghttp2::session::state_name;
using nghttp2::session::StreamEvent;
using nghttp2::session::StreamState;
using nghttp2::session::Transition;
using nghttp2::session::transition;

namespace {

std::string outcome(const Transition& result) {
  switch (result.fault) {
    case Status::ok: return state_name(result.next);
    case Status::protocol: return "PROTOCOL_ERROR";
    case Status::stream_closed: return "STREAM_CLOSED";
    default: return "refused";
  }
}

std::string print_matrix() {
  std::string text;
  for (int state = 1; state <= 7; ++state) {
    for (unsigned event = 0; event < kStreamEvents; ++event) {
      text += std::string(state_name(StreamState(state))) + " + " + event_name(StreamEvent(event)) +
              " -> " + outcome(transition(StreamState(state), StreamEvent(event))) + "\n";
    }
  }
  return text;
}

}  // namespace

TEST(stream_state, the_matrix_is_the_one_that_was_reviewed) {
  std::ifstream file(TESTS_DIR "/matrix/stream_state.golden");
  std::stringstream golden;
  golden << file.rdbuf();
  CHECK_STR(print_matrix(), golden.str());
}

TEST(stream_state, a_request_and_its_response_end_in_closed) {
  StreamState client = StreamState::idle;
  for (StreamEvent event :
       {StreamEvent::send_headers, StreamEvent::send_end_stream, StreamEvent::recv_headers,
        StreamEvent::recv_data, StreamEvent::recv_end_stream}) {
    const Transition next = transition(client, event);
    CHECK(next.fault == Status::ok);
    client = next.next;
  }
  CHECK(client == StreamState::closed);
}

TEST(stream_state, a_pushed_response_ends_in_closed) {
  StreamState client = StreamState::idle;
  for (StreamEvent event :
       {StreamEvent::recv_push_promise, StreamEvent::recv_headers, StreamEvent::recv_end_stream}) {
    const Transition next = transition(client, event);
    CHECK(next.fault == Status::ok);
    client = next.next;
  }
  CHECK(client == StreamState::closed);
}
