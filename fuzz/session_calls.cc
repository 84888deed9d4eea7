// SPDX-License-Identifier: MIT
// An application that calls any function at any time, also inside callbacks, while a hostile peer
// sends frames and memory may run out. Whatever happens, all memory is given back.
#include "session_input.h"

namespace {

// What calls and callbacks share. Memory counts down to the allocation that fails, if one does.
struct World {
  Application application;  // first: read_body() and its like look for it here
  Input input{};
  nghttp2_session* session = nullptr;
  unsigned depth = 0;
  unsigned allocations_left = 0;  // 0: they never fail
  int blocks = 0;
};

bool is_exhausted(World& world) {
  return world.allocations_left > 0 && --world.allocations_left == 0;
}

void* allocate(size_t size, void* user_data) {
  World& world = *static_cast<World*>(user_data);
  if (is_exhausted(world)) return nullptr;
  ++world.blocks;
  return std::malloc(size);
}

void release(void* block, void* user_data) {
  if (block != nullptr) --static_cast<World*>(user_data)->blocks;
  std::free(block);
}

void* allocate_zeroed(size_t count, size_t size, void* user_data) {
  World& world = *static_cast<World*>(user_data);
  if (is_exhausted(world)) return nullptr;
  ++world.blocks;
  return std::calloc(count, size);
}

void* reallocate(void* block, size_t size, void* user_data) {
  World& world = *static_cast<World*>(user_data);
  if (is_exhausted(world)) return nullptr;
  if (block == nullptr) ++world.blocks;
  return std::realloc(block, size);
}

// Mostly a low number, of which there are streams; now and then one that cannot be a stream's.
int32_t take_stream(Input& input) {
  const uint8_t choice = input.take();
  if (choice < 0xf0) return choice % 16;
  return choice < 0xf8 ? INT32_MAX : -int32_t{choice & 1};
}

uint32_t take_number(Input& input) {
  const uint8_t choice = input.take();
  return choice < 0x80 ? choice : 1u << (choice & 31) | input.take();
}

nghttp2_priority_spec take_priority(Input& input) {
  nghttp2_priority_spec priority;
  const int32_t parent = take_stream(input);
  const uint8_t weight = input.take();
  nghttp2_priority_spec_init(&priority, parent, weight * 2, weight & 1);
  return priority;
}

// Leaves the octets to write_data(), or the end of the stream to a trailer, as the input says.
nghttp2_ssize read_any_way(nghttp2_session* session, int32_t stream_id, uint8_t* buffer,
                           size_t length, uint32_t* flags, nghttp2_data_source* source,
                           void* user_data) {
  const uint8_t choice = static_cast<World*>(user_data)->input.take();
  if (choice >= 0xf0) return NGHTTP2_ERR_DEFERRED;
  if (choice == 0xe0) return NGHTTP2_ERR_PAUSE;
  if ((choice & 1) != 0) *flags |= NGHTTP2_DATA_FLAG_NO_COPY;
  if ((choice & 2) != 0) *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
  return read_body(session, stream_id, buffer, length, flags, source, user_data);
}

int write_data(nghttp2_session*, nghttp2_frame*, const uint8_t*, size_t, nghttp2_data_source*,
               void* user_data) {
  const uint8_t choice = static_cast<World*>(user_data)->input.take();
  if (choice < 0xf0) return 0;
  constexpr int kAnswers[] = {NGHTTP2_ERR_WOULDBLOCK, NGHTTP2_ERR_PAUSE,
                              NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE, NGHTTP2_ERR_CALLBACK_FAILURE};
  return kAnswers[choice & 3];
}

// Takes everything, a part, or nothing now.
nghttp2_ssize write_part(nghttp2_session*, const uint8_t*, size_t length, int, void* user_data) {
  const uint8_t choice = static_cast<World*>(user_data)->input.take();
  if (choice >= 0xf0) return NGHTTP2_ERR_WOULDBLOCK;
  return static_cast<nghttp2_ssize>(choice == 0 || choice > length ? length : choice);
}

void submit_message(World& world, uint8_t kind) {
  Input& input = world.input;
  nghttp2_session* session = world.session;
  const nghttp2_nv request[] = {field(":method", "GET"), field(":scheme", "https"),
                                field(":authority", "localhost"), field(":path", "/")};
  const nghttp2_nv response[] = {field(":status", "200"), field("priority", "u=1, i")};
  const nghttp2_nv trailer[] = {field("x-trailer", "x")};
  const int32_t stream_id = take_stream(input);
  const uint8_t choice = input.take();
  nghttp2_data_provider2 body = body_of(choice * 100);
  body.read_callback = read_any_way;
  const nghttp2_data_provider2* data = (choice & 1) != 0 ? &body : nullptr;
  const nghttp2_priority_spec priority = take_priority(input);
  const nghttp2_priority_spec* spec = (choice & 2) != 0 ? &priority : nullptr;
  switch (kind % 7) {
    case 0: nghttp2_submit_request2(session, spec, request, 4, data, &world); break;
    case 1: nghttp2_submit_response2(session, stream_id, response, 2, data); break;
    case 2: nghttp2_submit_trailer(session, stream_id, trailer, 1); break;
    case 3: nghttp2_submit_data2(session, choice & 1, stream_id, &body); break;
    case 4: nghttp2_submit_push_promise(session, 0, stream_id, request, 4, nullptr); break;
    case 5: nghttp2_submit_headers(session, choice, -1, spec, request, 4, nullptr); break;
    default:
      nghttp2_submit_headers(session, choice, stream_id, spec, response, choice % 3, nullptr);
  }
}

void submit_control(World& world, uint8_t kind) {
  Input& input = world.input;
  nghttp2_session* session = world.session;
  const int32_t stream_id = take_stream(input);
  const uint32_t number = take_number(input);
  const auto difference = static_cast<int32_t>(number);
  uint8_t text[] = "u=1, i";
  nghttp2_origin_entry origin = {text, number % 7};
  const nghttp2_settings_entry settings[] = {{static_cast<int32_t>(number % 10), number},
                                             {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, number}};
  const nghttp2_priority_spec priority = take_priority(input);
  switch (kind % 14) {
    case 0: nghttp2_submit_rst_stream(session, 0, stream_id, number); break;
    case 1: nghttp2_submit_settings(session, 0, settings, number % 3); break;
    case 2: nghttp2_submit_ping(session, number & 1, nullptr); break;
    case 3: nghttp2_submit_goaway(session, 0, stream_id, number, text, number % 7); break;
    case 4: nghttp2_submit_shutdown_notice(session); break;
    case 5: nghttp2_session_terminate_session2(session, stream_id, number); break;
    case 6: nghttp2_submit_window_update(session, 0, stream_id, difference); break;
    case 7: nghttp2_session_set_local_window_size(session, 0, stream_id, difference); break;
    case 8: nghttp2_submit_priority(session, 0, stream_id, &priority); break;
    case 9: nghttp2_submit_priority_update(session, 0, stream_id, text, number % 7); break;
    case 10: nghttp2_submit_altsvc(session, 0, stream_id, text, number % 7, text, 6); break;
    case 11: nghttp2_submit_origin(session, 0, &origin, 1); break;
    case 12: nghttp2_submit_extension(session, 0xfb, 0, stream_id, text); break;
    default: nghttp2_session_terminate_session(session, number);
  }
}

void change(World& world, uint8_t kind) {
  Input& input = world.input;
  nghttp2_session* session = world.session;
  const int32_t stream_id = take_stream(input);
  const uint32_t number = take_number(input);
  const nghttp2_priority_spec priority = take_priority(input);
  const nghttp2_extpri urgency = {number % 9, static_cast<int>(number & 1)};
  const auto* payload = reinterpret_cast<const uint8_t*>("\0\3\0\0\0\4\0\4\0\0\1\0");
  switch (kind % 10) {
    case 0: nghttp2_session_consume(session, stream_id, number); break;
    case 1: nghttp2_session_consume_connection(session, number); break;
    case 2: nghttp2_session_consume_stream(session, stream_id, number); break;
    case 3: nghttp2_session_resume_data(session, stream_id); break;
    case 4: nghttp2_session_change_stream_priority(session, stream_id, &priority); break;
    case 5: nghttp2_session_create_idle_stream(session, stream_id, &priority); break;
    case 6: nghttp2_session_change_extpri_stream_priority(session, stream_id, &urgency, 1); break;
    case 7: nghttp2_session_set_next_stream_id(session, static_cast<int32_t>(number)); break;
    case 8: nghttp2_session_set_stream_user_data(session, stream_id, &world); break;
    default: nghttp2_session_upgrade2(session, payload, number % 3 * 6, number & 1, nullptr);
  }
}

// Reads everything there is to read about a stream and its place among others.
void look(World& world) {
  nghttp2_session* session = world.session;
  const int32_t stream_id = take_stream(world.input);
  nghttp2_extpri urgency;
  nghttp2_session_get_extpri_stream_priority(session, &urgency, stream_id);
  nghttp2_session_get_stream_local_window_size(session, stream_id);
  nghttp2_session_get_stream_remote_window_size(session, stream_id);
  nghttp2_session_get_stream_effective_recv_data_length(session, stream_id);
  nghttp2_session_get_stream_user_data(session, stream_id);
  nghttp2_session_get_outbound_queue_size(session);
  nghttp2_stream* stream = nghttp2_session_find_stream(session, stream_id);
  for (unsigned steps = 0; stream != nullptr && steps < 100; ++steps) {
    nghttp2_stream_get_state(stream);
    nghttp2_stream_get_sum_dependency_weight(stream);
    nghttp2_stream* child = nghttp2_stream_get_first_child(stream);
    nghttp2_stream* sibling = nghttp2_stream_get_next_sibling(stream);
    nghttp2_stream* next = child != nullptr ? child : sibling;
    stream = next != nullptr ? next : nghttp2_stream_get_parent(stream);
  }
}

void call(World& world) {
  const uint8_t kind = world.input.take();
  switch (kind & 3) {
    case 0: submit_message(world, kind >> 2); break;
    case 1: submit_control(world, kind >> 2); break;
    case 2: change(world, kind >> 2); break;
    default: look(world);
  }
}

// A callback may call anything but the functions that move bytes; then it answers.
int react(void* user_data, int answer) {
  World& world = *static_cast<World*>(user_data);
  if (world.session == nullptr || world.depth > 3) return 0;
  const uint8_t choice = world.input.take();
  ++world.depth;
  if ((choice & 7) == 7) call(world);
  --world.depth;
  return (choice & 0xf0) == 0xf0 ? answer : 0;
}

int on_frame(nghttp2_session*, const nghttp2_frame*, void* data) {
  return react(data, 0);
}

void set_callbacks(nghttp2_session_callbacks* callbacks) {
  nghttp2_session_callbacks_set_send_callback2(callbacks, write_part);
  nghttp2_session_callbacks_set_send_data_callback(callbacks, write_data);
  nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame);
  nghttp2_session_callbacks_set_before_frame_send_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame* frame, void* data) {
        const bool is_settings = frame->hd.type == NGHTTP2_SETTINGS;
        return react(data, is_settings ? 0 : NGHTTP2_ERR_CANCEL);
      });
  nghttp2_session_callbacks_set_on_begin_headers_callback(
      callbacks, [](nghttp2_session*, const nghttp2_frame*, void* data) {
        return react(data, NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE);
      });
  nghttp2_session_callbacks_set_on_header_callback2(
      callbacks, [](nghttp2_session*, const nghttp2_frame*, nghttp2_rcbuf*, nghttp2_rcbuf*, uint8_t,
                    void* data) { return react(data, NGHTTP2_ERR_PAUSE); });
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
      callbacks, [](nghttp2_session*, uint8_t, int32_t, const uint8_t*, size_t, void* data) {
        return react(data, NGHTTP2_ERR_PAUSE);
      });
  nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
      callbacks,
      [](nghttp2_session*, const nghttp2_frame*, int, void* data) { return react(data, 0); });
  nghttp2_session_callbacks_set_on_frame_not_send_callback(
      callbacks,
      [](nghttp2_session*, const nghttp2_frame*, int, void* data) { return react(data, 0); });
  nghttp2_session_callbacks_set_on_stream_close_callback(
      callbacks, [](nghttp2_session*, int32_t, uint32_t, void* data) { return react(data, 0); });
  nghttp2_session_callbacks_set_pack_extension_callback2(
      callbacks,
      [](nghttp2_session*, uint8_t*, size_t, const nghttp2_frame*, void* data) -> nghttp2_ssize {
        return react(data, NGHTTP2_ERR_CANCEL);
      });
}

// A frame of the peer: well formed as far as its head goes.
bool receive(World& world) {
  uint8_t frame[9 + 255] = {};
  const uint8_t type = world.input.take();
  frame[3] = type < 0xf0 ? type % 17 : 0xfa;
  frame[4] = world.input.take();
  frame[8] = static_cast<uint8_t>(world.input.take() % 16);
  const uint8_t length = world.input.take();
  frame[2] = length;
  for (unsigned i = 0; i < length; ++i)
    frame[9 + i] = world.input.take();
  const size_t size = 9u + length;
  for (size_t begin = 0; begin < size;) {
    const nghttp2_ssize used =
        nghttp2_session_mem_recv2(world.session, frame + begin, size - begin);
    if (used < 0 || static_cast<size_t>(used) > size - begin) return false;
    begin += static_cast<size_t>(used);
    if (used == 0) break;  // paused before the first octet
  }
  return true;
}

bool send(World& world) {
  if ((world.input.take() & 1) != 0) return nghttp2_session_send(world.session) == 0;
  const uint8_t* output = nullptr;
  return nghttp2_session_mem_send2(world.session, &output) >= 0;
}

nghttp2_session* open(World& world, nghttp2_mem* memory) {
  const uint8_t choice = world.input.take();
  nghttp2_session_callbacks* callbacks = make_callbacks(on_frame);
  nghttp2_option* option = make_option(choice);
  nghttp2_option_set_no_recv_client_magic(option, 1);
  set_callbacks(callbacks);
  const uint8_t limits = world.input.take();
  world.allocations_left = world.input.take();
  nghttp2_option_set_strict_stream_states(option, limits & 1);
  if ((limits & 2) != 0) nghttp2_option_set_max_outbound_queue_size(option, 6);
  if ((limits & 4) != 0) nghttp2_option_set_peer_max_concurrent_streams(option, 2);
  if ((limits & 8) != 0) nghttp2_option_set_max_header_list_size(option, 200);
  if ((limits & 16) != 0) nghttp2_option_set_max_reserved_remote_streams(option, 1);
  if ((limits & 32) != 0) nghttp2_option_set_stream_reset_rate_limit(option, 2, 0);
  const auto create =
      (limits & 64) != 0 ? nghttp2_session_client_new3 : nghttp2_session_server_new3;
  nghttp2_session* session = nullptr;
  create(&session, callbacks, &world, option, memory);
  nghttp2_option_del(option);
  nghttp2_session_callbacks_del(callbacks);
  if (session != nullptr && (limits & 128) != 0) submit_settings(session, choice);
  return session;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  World world;
  world.input = {data, size};
  nghttp2_mem memory = {&world, allocate, release, allocate_zeroed, reallocate};
  world.session = open(world, &memory);
  bool is_alive = world.session != nullptr;
  while (is_alive && world.input.size > 0) {
    switch (world.input.take() & 3) {
      case 0: call(world); break;
      case 1: is_alive = send(world); break;
      default: is_alive = receive(world);
    }
    nghttp2_session_want_read(world.session);
    nghttp2_session_want_write(world.session);
  }
  nghttp2_session* session = world.session;
  world.session = nullptr;
  nghttp2_session_del(session);
  if (world.blocks != 0) std::abort();
  return 0;
}
