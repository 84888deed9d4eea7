// SPDX-License-Identifier: MIT
// A connected byte stream, be it TCP, a UNIX socket or TLS: what HTTP connections are built on.
#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "net/address.h"
#include "net/socket_tap.h"

namespace net {

enum class IoStatus {
  ok,           // `count` bytes were moved; more than 0 unless the span was empty
  would_block,  // nothing was moved; on_readable() or, after want_write(true), on_writable()
                // follows
  closed,       // reading: the peer has ended its direction in an orderly way
  error         // the connection is broken: error_text() says why; only close() makes sense
};

struct IoResult {
  IoStatus status = IoStatus::ok;
  size_t count = 0;
};

// What the peers agreed on during a TLS handshake.
struct SecurityInfo {
  std::string version;       // e.g. "TLSv1.3"
  std::string cipher;        // e.g. "TLS_AES_128_GCM_SHA256"
  std::string alpn;          // "" when nothing was negotiated
  std::string key_exchange;  // e.g. "X25519 253 bits"; "" when unknown
  std::string server_name;   // SNI sent or received; "" without
  std::string verify_error;  // why the peer's certificate is not trusted; "" when fine or unchecked
  std::string peer_subject;  // RFC 2253 form; "" without peer certificate
  bool resumed = false;
  // True for TLS 1.3 and for TLS 1.2 with a cipher suite RFC 9113 §9.2.2 allows.
  bool suits_http2 = false;
};

// Receives the events of one transport. Every call may close or destroy the transport. Calls come
// from the event loop only, never from inside a Transport member function.
class TransportHandler {
 public:
  virtual ~TransportHandler() = default;

  // Ready for data, the TLS handshake included. The first call, unless on_error() comes instead.
  virtual void on_connected() = 0;
  // read() has something to say. Comes again as long as something is left, so a handler may read
  // just a part.
  virtual void on_readable() = 0;
  // write() would get somewhere; comes again until want_write(false).
  virtual void on_writable() = 0;
  // Connecting, the handshake or a pending shutdown failed; no more calls follow. After
  // on_connected() failures are reported by read() and write() instead.
  virtual void on_error(const std::string& reason) = 0;
};

// One connection. All functions belong to the thread of its event loop.
class Transport {
 public:
  virtual ~Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // Begins; to be called once. `handler` is not owned and must outlive the transport or be replaced
  // by set_handler(). Reading is on at first.
  virtual void start(TransportHandler* handler) = 0;
  // Directs later events to another handler, e.g. after an upgrade.
  virtual void set_handler(TransportHandler* handler) = 0;

  // Moves up to bytes.size() bytes.
  virtual IoResult read(std::span<uint8_t> bytes) = 0;
  // Whether read() would get something without asking the socket.
  virtual bool has_unread() const { return false; }
  // May write a part only. Bytes that were offered and not taken must come first, unchanged and all
  // of them, in the next call; more may follow them.
  virtual IoResult write(std::span<const iovec> pieces) = 0;
  IoResult write(std::span<const uint8_t> bytes) {
    iovec piece{const_cast<uint8_t*>(bytes.data()), bytes.size()};
    return write(std::span<const iovec>(&piece, 1));
  }

  // Whether bytes that write() took still wait for the socket. They leave without further calls;
  // on_writable() comes no sooner.
  virtual bool has_unsent() const { return false; }

  // Whether on_writable() is wanted; off at first.
  virtual void want_write(bool wanted) = 0;
  // Stops and restarts on_readable(): back-pressure towards the peer.
  virtual void pause_reading() = 0;
  virtual void resume_reading() = 0;

  // Ends our direction (FIN; close_notify with TLS) once everything written is out. Reading goes
  // on.
  virtual void shutdown_write() = 0;
  // Ends both directions at once and silences the handler. TLS sends close_notify if it can be done
  // without waiting. Idempotent; the destructor closes, too.
  virtual void close() = 0;
  virtual bool is_open() const = 0;

  // Why the last IoStatus::error happened, e.g. "Connection reset by peer (ECONNRESET)" or "TLS
  // alert: bad certificate".
  virtual const std::string& error_text() const = 0;

  // The protocol chosen by ALPN; "" without TLS or when none was negotiated.
  virtual std::string_view alpn() const = 0;
  // nullopt for plain connections and before on_connected().
  virtual std::optional<SecurityInfo> security() const = 0;
  bool is_secure() const { return scheme() == "https"; }
  // "https" over TLS, else "http".
  virtual std::string_view scheme() const = 0;

  virtual const Address& peer_address() const = 0;
  virtual Address local_address() const = 0;
  // From now on, `tap` sees what crosses the socket. Not for the kernel's TLS.
  virtual void set_tap(std::shared_ptr<SocketTap> tap) { tap_ = std::move(tap); }
  // The socket, for options and tests; -1 when closed.
  virtual int fd() const = 0;

 protected:
  Transport() = default;

  std::shared_ptr<SocketTap> tap_;
};

}  // namespace net
