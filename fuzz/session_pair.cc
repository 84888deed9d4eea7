// SPDX-License-Identifier: MIT
// A client and a server session that talk to each other while their applications do as the input
// says. Neither may ever find fault with what the other sends.
#include "session_input.h"

namespace {

struct Side {
  Application application;
  nghttp2_session* session = nullptr;
  // Output is taken into memory of this size; frame by frame if it is 0.
  size_t room = 0;
};

bool is_server(nghttp2_session* session) {
  return nghttp2_session_check_server_session(session) != 0;
}

// A limit that shrinks while a request is under way makes the peer refuse the stream, which is no
// fault of either side.
int on_invalid_frame(nghttp2_session*, const nghttp2_frame*, int code, void*) {
  if (code != NGHTTP2_ERR_REFUSED_STREAM) std::abort();
  return 0;
}

int on_frame(nghttp2_session* session, const nghttp2_frame* frame, void*) {
  const bool is_error =
      frame->hd.type == NGHTTP2_GOAWAY && frame->goaway.error_code != NGHTTP2_NO_ERROR;
  if (is_error) std::abort();
  const bool is_request = frame->hd.type == NGHTTP2_HEADERS && is_server(session) &&
                          frame->headers.cat == NGHTTP2_HCAT_REQUEST;
  if (!is_request) return 0;
  const nghttp2_nv head[] = {field(":status", "200")};
  const nghttp2_data_provider2 body = body_of(30000);
  nghttp2_submit_response2(session, frame->hd.stream_id, head, 1, &body);
  return 0;
}

void open(Side& side, CreateSession create, uint8_t choice) {
  side.application.manual_windows = (choice & 0x01) != 0;
  constexpr size_t kRooms[] = {0, 0, 0, 300, 2048, 5000, 16384, 65536};
  side.room = kRooms[choice >> 5];
  nghttp2_session_callbacks* callbacks = make_callbacks(on_frame);
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, on_invalid_frame);
  // Magic and PING answers stay with the library.
  nghttp2_option* option = make_option(choice & 0xeb);
  if (create(&side.session, callbacks, &side.application, option) != 0) std::abort();
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  submit_settings(side.session, choice);
}

// What one call gives; valid until the next one.
nghttp2_ssize take(Side& from, const uint8_t** output) {
  static uint8_t memory[65536];
  if (from.room == 0) return nghttp2_session_mem_send2(from.session, output);
  *output = memory;
  return nghttp2_session_mem_send_into(from.session, memory, from.room);
}

// Hands over what `from` has to send, but no more than `calls` calls give. False if there was
// nothing.
bool move(Side& from, Side& to, unsigned calls) {
  bool has_moved = false;
  for (; calls > 0; --calls) {
    const uint8_t* output = nullptr;
    const nghttp2_ssize length = take(from, &output);
    if (length < 0) std::abort();
    if (length == 0) break;
    has_moved = true;
    const auto size = static_cast<size_t>(length);
    if (nghttp2_session_mem_recv2(to.session, output, size) != length) std::abort();
  }
  return has_moved;
}

void request(nghttp2_session* session, uint8_t argument) {
  const nghttp2_nv head[] = {field(":method", argument % 2 != 0 ? "POST" : "GET"),
                             field(":scheme", "https"), field(":authority", "localhost"),
                             field(":path", "/"),
                             field("priority", argument % 3 != 0 ? "u=1" : "i")};
  const nghttp2_data_provider2 body = body_of(1 + argument * 300);
  nghttp2_priority_spec priority;
  nghttp2_priority_spec_init(&priority, argument % 4 == 0 ? 1 : 0, argument, argument & 1);
  const bool states_priority =
      argument % 5 == 0 && nghttp2_session_get_next_stream_id(session) != 1;
  nghttp2_submit_request2(session, states_priority ? &priority : nullptr, head, 5,
                          argument % 2 != 0 ? &body : nullptr, nullptr);
}

void push(nghttp2_session* session, int32_t stream_id) {
  const nghttp2_nv promise[] = {field(":method", "GET"), field(":scheme", "https"),
                                field(":authority", "localhost"), field(":path", "/pushed")};
  const nghttp2_nv head[] = {field(":status", "200")};
  const nghttp2_data_provider2 body = body_of(500);
  const int32_t promised = nghttp2_submit_push_promise(session, 0, stream_id, promise, 4, nullptr);
  if (promised > 0) nghttp2_submit_response2(session, promised, head, 1, &body);
}

void change_settings(nghttp2_session* session, uint8_t argument) {
  const nghttp2_settings_entry entries[] = {
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, argument * 1000u},
      {NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, argument * 40u},
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, argument / 2u},
      {NGHTTP2_SETTINGS_MAX_FRAME_SIZE, 16384u + argument},
  };
  nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, entries, 1 + argument % 4u);
}

// One thing an application does.
void act(Side& side, uint8_t action, uint8_t argument) {
  nghttp2_session* session = side.session;
  const int32_t stream_id = argument % 16 * 2 + 1;
  switch (action % 10) {
    case 0:
    case 1: request(session, argument); break;
    case 2: nghttp2_submit_rst_stream(session, 0, stream_id, NGHTTP2_CANCEL); break;
    case 3: push(session, stream_id); break;
    case 4: nghttp2_submit_ping(session, 0, nullptr); break;
    case 5: change_settings(session, argument); break;
    case 6:
      nghttp2_submit_window_update(session, 0, argument % 2 != 0 ? stream_id : 0, argument);
      break;
    case 7: nghttp2_session_resume_data(session, stream_id); break;
    case 8: {
      nghttp2_priority_spec priority;
      nghttp2_priority_spec_init(&priority, stream_id + 2, argument, 0);
      nghttp2_session_change_stream_priority(session, stream_id, &priority);
      break;
    }
    default: {
      // Of a stream still to come it would count against the server's limit of streams.
      if (nghttp2_session_find_stream(session, stream_id) == nullptr) break;
      const uint8_t value[] = {'u', '=', static_cast<uint8_t>('0' + argument % 8)};
      nghttp2_submit_priority_update(session, 0, stream_id, value, sizeof(value));
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input input = {data, size};
  Side client;
  Side server;
  open(client, nghttp2_session_client_new2, input.take());
  open(server, nghttp2_session_server_new2, input.take());
  // Deferring, cancelling and padding alone: other failures make a stream end in an error.
  client.application.behaviour = input.take() & 0x01;
  server.application.behaviour = input.take() & 0x01;
  while (input.size > 0) {
    const uint8_t action = input.take();
    Side& actor = (action & 0x80) != 0 ? server : client;
    act(actor, action & 0x7f, input.take());
    // While a reset waits, the stream counts on one side alone, and the limit of streams is hit.
    if ((action & 0x7f) % 10 == 2) {
      while (move(actor, &actor == &client ? server : client, 1000)) {
      }
    }
    move(client, server, action % 4);
    move(server, client, action % 3);
  }
  for (bool has_moved = true; has_moved;) {
    has_moved = move(client, server, 1000);
    has_moved = move(server, client, 1000) || has_moved;
  }
  nghttp2_session_del(client.session);
  nghttp2_session_del(server.session);
  return 0;
}
