// SPDX-License-Identifier: MIT
// The one message interface of the programs: an exchange as one connection sees it, whatever the
// HTTP version and whichever side of it we are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "http/body.h"
#include "http/fields.h"
#include "http/head.h"
#include "http/reason.h"

namespace http {

// Whether a message is complete with what is being passed.
enum class End : bool { no, yes };

class Stream;
using StreamPtr = std::shared_ptr<Stream>;

// What arrives on a stream. Order: interim heads, head, body, trailers; then on_done() or
// on_reset() exactly once, after which nothing follows. A receiver may call its stream, drop it,
// and drop the connection from inside any of these.
class Receiver {
 public:
  virtual ~Receiver() = default;

  // A head. Interim responses come first and never with End::yes.
  virtual void on_head(Head&& head, End end) = 0;

  // Content, valid during the call. The octets are owed: give each back with Stream::consume(),
  // now or later, or the peer runs out of credit. `chunk` may be empty with End::yes.
  virtual void on_body(Bytes chunk, End end) = 0;

  // Trailers end the message.
  virtual void on_trailers(Fields&& trailers) = 0;

  // All of our own message has left for the transport.
  virtual void on_sent() {}

  // Stream::room() has become positive again.
  virtual void on_room() {}

  // Both messages of the exchange are complete.
  virtual void on_done() {}

  // The exchange ended early, for whatever reason: peer, connection, timeout, limit.
  virtual void on_reset(const Reason& reason) = 0;
};

// One exchange. The handle outlives its connection: when the exchange is over, calls do nothing
// and room() is 0. Everything happens on the thread of the connection's event loop.
class Stream {
 public:
  virtual ~Stream() = default;

  // The identifier in the connection's own numbering, for logs; -1 when there is none (any more).
  virtual std::int64_t id() const = 0;

  // Sends a head. Interim heads (1xx) may come before the final one.
  virtual void send_head(const Head& head, End end) = 0;

  // The same for a final head that need not be copied.
  virtual void send_shared_head(SharedHead head, End end) { send_head(*head, end); }

  // Sends content: at most room() octets, copied.
  virtual void send_body(Bytes chunk, End end) = 0;

  // Sends content that the connection pulls as the peer's credit allows; it follows what
  // send_body() was given, and nothing but trailers may follow it.
  virtual void send_source(std::unique_ptr<BodySource> source, End end) = 0;

  // Ends the message with trailers, after all content.
  virtual void send_trailers(const Fields& trailers) = 0;

  // Gives the exchange up in both directions. The receiver is not called any more.
  virtual void reset(const Reason& reason) = 0;

  // Gives credit back for `count` octets that on_body() delivered.
  virtual void consume(std::size_t count) = 0;

  // How many octets send_body() accepts now.
  virtual std::size_t room() const = 0;

  // How many octets of our content have left for the transport so far; 0 where nobody counts.
  virtual std::uint64_t content_sent() const { return 0; }

  // Names who receives from here on; the stream keeps it alive until on_done() or on_reset().
  virtual void receive_with(std::shared_ptr<Receiver> receiver) = 0;

  // Promises a response to a request the peer has not made (server side, RFC 9113 §8.4). Returns
  // the stream to answer on, or nullptr if the peer or the protocol does not allow it now.
  virtual StreamPtr push(const Head& request) = 0;
};

}  // namespace http
