// SPDX-License-Identifier: MIT
// One HTTP/2 connection of either role: moves bytes between a transport and a session, and makes
// the session's streams into http::Streams.
#pragma once

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "http/connection_handle.h"
#include "http/stream.h"
#include "http2/connection_config.h"
#include "http2/output.h"
#include "http2/session.h"
#include "http2/stream_table.h"
#include "net/loop.h"
#include "net/transport.h"

namespace http2 {

class Stream;

// Common part of both roles. Owners keep connections in a Handle (below); everything else about
// lifetime follows from it: a connection may be dropped from inside any callback.
class Connection : public net::TransportHandler,
                   public std::enable_shared_from_this<Connection>,
                   private net::Ticker {
 public:
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Takes events from the transport and sends SETTINGS; `input` is what the peer has sent already.
  // Nothing is written before the current callback of the event loop has returned, so that what is
  // submitted now shares the first packet.
  void start(http::Bytes input = {});

  // Stops at once: streams are reset with `reason`; the observer is not called any more.
  void close(const http::Reason& reason);

  // Ends after the open streams: GOAWAY (RFC 9113 §6.8).
  virtual void shut_down() = 0;

  // Ends with GOAWAY of this error code, once what is to be sent already has been.
  void terminate(std::uint32_t error_code);

  // Sends octets as they are between two frames, past the session: for testing peers.
  void inject(http::Bytes octets);

  bool is_open() const { return phase_ == Phase::open; }
  // When the current event began: exact enough for deadlines, and cheap. What arrived together has
  // the same event time, and no two events have.
  net::Clock::time_point event_time() const { return event_time_; }
  std::size_t stream_count() const { return streams_.size(); }
  const net::Transport& transport() const { return *transport_; }
  net::EventLoop& loop() { return loop_; }

 protected:
  Connection(net::EventLoop& loop, Role role, std::unique_ptr<net::Transport> transport,
             SharedConfig config);

  // A complete head on a stream the peer opened, or a promise; both get their receiver here.
  virtual void on_peer_stream(const std::shared_ptr<Stream>& stream, http::Head&& head,
                              http::End end) = 0;
  // A request whose fields passed the limits, and what is kept of its head; wants its answer now.
  virtual void on_large_request(const std::shared_ptr<Stream>&, const http::Head&) {}
  virtual void on_promise(std::int32_t parent_id, http::Head&& request,
                          const std::shared_ptr<Stream>& stream) = 0;
  virtual void notify_closed(const http::Reason& reason) = 0;
  // The peer's SETTINGS arrived, a stream closed, or GOAWAY came: what may be opened has changed.
  virtual void notify_changed() = 0;
  // GOAWAY has been written; what is submitted now comes behind it.
  virtual void notify_goaway_sent() {}
  // The peer acknowledged a PING that carried these 8 octets.
  virtual void notify_pong(http::Bytes) {}
  // The shutdown timer fired while the connection was open.
  virtual void on_shutdown_timer() = 0;

  Role role() const { return role_; }
  nghttp2_session* session() const { return session_.get(); }
  std::shared_ptr<Stream> make_stream();
  // Hands a request to the receiver it got, or refuses it.
  void deliver_request(Stream& stream, http::Head&& head, http::End end);
  void refuse_without_receiver(Stream& stream, std::uint32_t error_code);
  // A stream whose request left before this connection began, along with our SETTINGS.
  void adopt_sent_request(const std::shared_ptr<Stream>& stream, std::int32_t id);
  void schedule_flush();
  void start_shutdown_timer(std::chrono::milliseconds delay);
  void stop_shutdown_timer() { shutdown_timer_.stop(); }

 private:
  friend class Stream;
  friend struct Callbacks;

  enum class Phase { idle, open, lingering, closed };
  class Busy;

  // What is known about a broken or ending connection. Few are, so it has memory of its own.
  struct Ending {
    http::Reason requested_reason;
    http::Reason failure;
    std::optional<std::uint32_t> termination;
    std::string last_error;
    std::uint32_t sent_goaway_code = NGHTTP2_NO_ERROR;
    std::uint32_t received_goaway_code = NGHTTP2_NO_ERROR;
    std::string received_goaway_text;
  };

  // What waits for the present event to end. Idle connections have none.
  struct Backlog {
    // Streams that may have room again, and requests that could not be sent.
    std::vector<std::shared_ptr<Stream>> waiting_streams;
    std::vector<std::shared_ptr<Stream>> unsent_streams;
    // What the session has been lent for streams that are gone, as long as it may still look at it.
    std::vector<http::SharedHead> lent_heads;
  };

  // TransportHandler.
  void on_connected() override {}
  void on_readable() override;
  void on_writable() override;
  void on_error(const std::string& reason) override;

  // Input.
  void read_input(int max_reads, bool until_empty);
  void feed(http::Bytes input);
  bool feed_session(http::Bytes input);
  void discard_input();

  // Output.
  void flush();
  Output& output();
  void return_output();
  bool fill_output();
  void write_output();
  void give_up_output();
  bool is_output_empty() const { return output_ == nullptr || output_->empty(); }
  bool has_output() const { return !is_output_empty() || transport_->has_unsent(); }
  void show_sent(std::span<const iovec> pieces, std::size_t count);
  int append_data_frame(Stream& stream, const nghttp2_frame& frame, const std::uint8_t* head,
                        std::size_t length);
  void append_padding(std::size_t count);
  void serve_waiting_streams();

  // Streams.
  Stream& adopt(std::int32_t id, std::shared_ptr<Stream> stream);
  // nullptr when there is none. Remembers the latest, since frames of a stream come in runs.
  Stream* find(std::int32_t id) {
    return latest_stream_ != nullptr && id == latest_id_ ? latest_stream_ : look_up(id);
  }
  Stream* look_up(std::int32_t id);
  void stream_closed(std::int32_t id, std::uint32_t error_code);
  void receive_headers(const nghttp2_frame& frame);
  void refuse_large_section(Stream& stream, const nghttp2_frame& frame, bool ended);
  http::Reason close_reason(const Stream& stream, std::uint32_t error_code) const;
  std::string goaway_text() const;
  void consume_unused(std::size_t count);

  // The end.
  Ending& ending();
  Backlog& backlog();
  void fail(http::Reason reason);
  const std::string& last_error() const;
  void settle();
  bool is_working() const;
  void finish_if_done();
  void finish(http::Reason reason, bool notify);
  void linger(http::Reason reason);
  void shutdown_timer_fired();
  http::Reason end_of_input_reason() const;

  // Deadlines.
  void tick() override;
  bool is_stuck(const Stream& stream, net::Clock::time_point now) const;
  void went_quiet();
  void release_memory();
  void content_taken(std::size_t count);
  void check_stream_deadlines(net::Clock::time_point now);

  net::EventLoop& loop_;
  const Role role_;
  const SharedConfig shared_config_;
  const ConnectionConfig& config_;
  std::unique_ptr<net::Transport> transport_;
  SessionPtr session_;
  Phase phase_ = Phase::idle;
  // Depth of our own calls into the session; it must not be deleted nor fed meanwhile.
  int busy_ = 0;
  bool flush_scheduled_ = false;
  bool flush_wanted_ = false;
  bool write_blocked_ = false;
  bool close_requested_ = false;
  bool settings_submitted_ = false;
  bool terminating_ = false;
  // The connection cannot go on; settle() acts on it.
  bool failed_ = false;
  bool changed_ = false;
  bool goaway_received_ = false;
  bool settings_acknowledged_ = false;
  // Since the last frame.
  bool memory_released_ = false;
  // How many more times memory is given back as soon as there are no streams.
  std::uint8_t early_releases_ = 8;

  // None between events unless the transport is blocked.
  std::unique_ptr<Output> output_;
  StreamTable<Stream> streams_;
  std::int32_t latest_id_ = 0;
  Stream* latest_stream_ = nullptr;
  std::unique_ptr<Backlog> backlog_;
  std::unique_ptr<Ending> ending_;

  net::Clock::time_point event_time_ = net::Clock::now();
  net::Clock::time_point started_;
  // When a whole frame has come last: octets that do not become one are no sign of life.
  net::Clock::time_point last_frame_;
  // When the output has moved last, all of it or least_write_progress octets.
  net::Clock::time_point last_output_;
  std::uint32_t output_moved_ = 0;
  // When octets of content have moved last, least_write_progress of them, in whichever streams.
  net::Clock::time_point last_content_;
  std::uint32_t content_moved_ = 0;
  std::uint32_t discarded_ = 0;
  net::RareTimer shutdown_timer_;
};

template <class C>
using Handle = http::ConnectionHandle<C>;

}  // namespace http2
