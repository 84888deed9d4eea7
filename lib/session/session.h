// SPDX-License-Identifier: MIT
// One HTTP/2 connection without its I/O: bytes in, events out; submissions in, bytes out.
// This file shows the parts; receive.cc and send.cc hold the two loops.
#pragma once

#include "frame/reader.h"
#include "hpack/deflater.h"
#include "hpack/inflater.h"
#include "session/events.h"
#include "session/header_block.h"
#include "session/limits.h"
#include "session/outbox.h"
#include "session/settings.h"
#include "session/shutdown.h"
#include "session/stream_history.h"
#include "session/stream_table.h"

namespace nghttp2::session {

// What an application decides when it makes a session.
struct Options {
  LimitOptions limits;
  uint32_t peer_max_concurrent_streams = 100;  // assumed until the peer states its own
  size_t max_deflate_table_size = 4096;
  bool manual_window_update = false;
  bool no_client_magic = false;
  bool no_http_messaging = false;
  bool no_auto_ping_ack = false;
  bool fallback_rfc7540_priorities = false;
  bool lax_whitespace = false;
  bool strict_stream_states = false;        // RFC 9113 §5.1, §5.1.1 to the letter
  uint32_t builtin_extensions = 0;          // bit per type below 32 that the library handles
  uint8_t application_extensions[32] = {};  // bit per type that the application handles

  bool handles(frame::FrameType type) const { return (builtin_extensions >> unsigned(type)) & 1; }
  bool leaves_to_application(uint8_t type) const {
    return (application_extensions[type / 8] >> (type % 8)) & 1;
  }
};

// What the connection is receiving at the moment.
struct Inbound {
  enum class Phase : uint8_t {
    magic,           // the client connection preface (RFC 9113 §3.4)
    first_settings,  // the first frame must be SETTINGS
    frames,
    ignoring,  // the session is over: input is swallowed
  };

  Phase phase = Phase::frames;
  uint8_t magic_seen = 0;
  bool is_ignored = false;  // the current frame has no effect
  Frame frame;              // the current frame; for CONTINUATION the one that it continues
  HeaderBlock block;
};

// What the connection is sending at the moment.
struct Outbound {
  OutboundItem* item = nullptr;  // written and not yet reported as sent
  Frame data_frame;              // the DATA frame written, if has_data
  bool has_data = false;
  size_t unsent = 0;  // bytes of the present frame that next_output() gives
  bool data_ends_body = false;
  bool data_not_copied = false;
  bool holds_uncopied = false;  // such DATA waits until the frames before it are out
  bool magic_pending = false;
  bool room_in_vain = false;  // a body had nothing for the room that was made in the wire buffer
  // The longest payload of header frames: grows with what the application lets DATA frames have.
  size_t max_header_payload = frame::kMinMaxFrameSize;
};

// Memory of the application's for what is to be sent.
struct OutputRoom {
  MutableBytes bytes;
  bool follows_other = false;  // the application has been given octets that go before
  bool is_last = true;         // no other room follows, so that some octets may stay unused
};

struct Session {
  Session(const Memory& memory, Role role, const Options& options, Events& events);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  Allocator allocator;
  const Role role;
  const Options options;
  Events& events;

  // Bytes in.
  frame::Reader reader;
  hpack::Inflater inflater;
  Inbound inbound;

  // Bytes out.
  Outbox outbox;
  hpack::Deflater deflater;
  Buffer wire;
  Outbound outbound;

  // What both sides share.
  StreamTable streams;
  StreamHistory history;
  Settings settings;
  SendWindow send_window;
  RecvWindow recv_window;
  bool window_update_queued = false;
  Limits limits;
  Shutdown shutdown;

  int32_t next_stream_id;               // the next stream that we open
  int32_t last_received_stream_id = 0;  // highest that the peer has opened or promised
  int32_t last_processed_stream_id = 0;
  int32_t last_sent_stream_id = 0;  // highest that we have opened or promised

  // ---- receive.cc
  // Consumes input; what it returns is how much, unless the status is fatal. Less than all of it
  // when a callback asked for a pause.
  Result<size_t> receive(Bytes input);

  // ---- send.cc
  // The bytes of the next frame, empty when there is nothing to send. They stay valid until
  // finish_frame(), which reports them as sent.
  Result<Bytes> next_output();
  Status finish_frame();
  // Only the last count bytes of the output are still to be sent: next_output() gives them again.
  void keep_unsent(size_t count);

  // ---- send_into.cc
  // Writes frames until the room is full or nothing is left to be sent; how many octets. They count
  // as sent. What of the last frame does not fit comes first in the next call.
  Result<size_t> send_into(const OutputRoom& room);

  // ---- session.cc: memory
  // Gives back what is kept for later use only.
  void release_memory();

  // ---- queue.cc: frames of the library's own
  Status queue_rst_stream(int32_t stream_id, uint32_t error_code, uint8_t item_flags = 0);
  Status queue_ping(uint8_t flags, const uint8_t* opaque_data);
  Status queue_goaway(int32_t last_stream_id, uint32_t error_code, Bytes debug_data,
                      uint8_t item_flags);
  Status queue_window_update(int32_t stream_id, int32_t increment);
  Status queue_settings(Slice<const SettingsEntry> entries);
  Status queue_settings_ack();
  // Hands an item over. On failure it is destroyed.
  Status queue(OutboundItem* item, Lane lane);

  // ---- session.cc: streams
  bool is_server() const { return role == Role::server; }
  bool is_local(int32_t stream_id) const { return is_local_stream(role, stream_id); }
  // Nobody has used the stream yet.
  bool is_idle(int32_t stream_id) const {
    return stream_id > (is_local(stream_id) ? last_sent_stream_id : last_received_stream_id);
  }
  bool is_new_remote_stream(int32_t stream_id) const {
    return stream_id != 0 && !is_local(stream_id) && stream_id > last_received_stream_id;
  }
  Stream* open_stream(int32_t stream_id, StreamState state, void* user_data);
  // Reports the close and forgets the stream. A missing stream is not an error.
  Status close_stream(int32_t stream_id, uint32_t error_code);
  Status close_if_both_ended(Stream& stream);
  // END_STREAM was sent or received; the stream may be gone afterwards.
  Status end_local(Stream& stream);
  Status end_remote(Stream& stream);
  // GOAWAY was received or sent: streams above last_stream_id will not be answered.
  Status close_streams_above(int32_t last_stream_id, bool incoming);
  // Gives the stream a body, or takes it away.
  void attach_body(Stream& stream, const BodySource& body, bool ends_stream);
  void detach_body(Stream& stream);
  void update_activity(Stream& stream);

  // A frame came for a stream that is neither idle nor alive: ignored, or an error by the letter.
  Verdict judge_late_frame(int32_t stream_id) const;

  // ---- session.cc: state of the whole
  bool wants_read() const;
  bool wants_write() const;
  bool is_closing() const { return shutdown.terminating || (!wants_read() && !wants_write()); }
  bool may_open_stream() const;
  bool has_data_to_send() const;
  // Queues the final GOAWAY; input is ignored from now on.
  Status terminate(int32_t last_stream_id, uint32_t error_code, const char* reason);
  // The peer did something that is suspicious in numbers.
  Status note_glitch(uint64_t weight = 1);
  // The peer is about to make us reset a stream.
  Status note_forced_reset(int32_t stream_id);
  // RFC 9218 decides about DATA; otherwise RFC 7540 does.
  bool uses_urgency() const;
  bool checks_messages() const { return !options.no_http_messaging; }
  // A human-readable complaint.
  Status report_error(Status status, const char* format, ...);

  // ---- flow.cc: flow control for received DATA
  Status receive_window_bytes(size_t bytes);
  Status receive_stream_window_bytes(Stream& stream, size_t bytes, bool more_to_come);
  Status consume_connection(size_t bytes);
  Status consume_stream(Stream& stream, size_t bytes);

  // ---- frames/settings.cc
  // The peer's SETTINGS as they came in the HTTP2-Settings field of an Upgrade: no acknowledgement.
  Status receive_upgrade_settings(Slice<const SettingsEntry> entries);

  // ---- frames/push_promise.cc
  // Makes the promised stream, on whichever side.
  Status reserve_stream(int32_t stream_id, int32_t promised_id, void* user_data);

  // ---- receive.cc, for the frames' own files
  // Makes a verdict happen at once, while what the current frame points to is still there.
  Verdict conclude(const Verdict& verdict) { return verdict_of(apply(verdict)); }
  // Reports the current frame as received.
  Verdict report_received() { return verdict_of(events.on_frame_received(inbound.frame)); }

  // ---- priority.cc
  // RFC 7540: a signal for a stream; the tree comes into use.
  Status use_dependency_tree();
  Status change_dependency(Stream& stream, const PrioritySpec& priority);
  Status create_idle_stream(int32_t stream_id, const PrioritySpec& priority);
  void change_urgency(Stream& stream, const Extpri& priority);
  size_t max_idle_streams() const;

 private:
  Verdict step(Bytes& input, bool* more);
  Verdict receive_magic(Bytes& input);
  Verdict on_head();
  Verdict on_continuation_head();
  Verdict on_prefix();
  Verdict on_chunk(Bytes& input);
  Verdict on_skipped();
  Verdict on_end();
  Status apply(const Verdict& verdict);
  Status ignore_rest();

  Result<size_t> write_frames(const OutputRoom& room);
  bool make_room(MutableBytes rest);
  size_t take_output(Bytes output, MutableBytes room);
  Bytes present_frame();
  Bytes nothing_to_send();
  Status write_item(OutboundItem* item);
  Status drop_item(OutboundItem* item, Status reason);
  Result<bool> write_next_data();
  Result<bool> send_uncopied_data();
};

}  // namespace nghttp2::session
