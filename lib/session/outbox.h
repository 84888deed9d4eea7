// SPDX-License-Identifier: MIT
// Frames that wait to be sent, in lanes by urgency. DATA is not here: streams hold their bodies
// and the scheduler chooses among them.
#pragma once

#include "base/list.h"
#include "base/pool.h"
#include "session/events.h"
#include "session/verdict.h"

namespace nghttp2::session {

struct OutboundItem {
  enum Flag : uint8_t {
    kHasBody = 1 << 0,         // HEADERS: the stream gets `body` afterwards
    kCanceled = 1 << 1,        // HEADERS: the stream was reset before it began
    kTerminates = 1 << 2,      // GOAWAY: the session ends once it has been sent
    kShutdownNotice = 1 << 3,  // GOAWAY: announces a later one (RFC 9113 §6.8)
    kForLiveStream = 1 << 4,   // RST_STREAM: pointless once the stream has closed
  };

  // Where `block` came from.
  enum class BlockKind : uint8_t { own, small, usual };

  OutboundItem(const frame::FrameHead& head) : frame(head) {}
  bool has(Flag flag) const { return (flags & flag) != 0; }

  ListLink<OutboundItem> link;
  Frame frame;
  void* block = nullptr;  // memory that the frame's slices point into
  void* stream_user_data = nullptr;
  BodySource body{};
  uint32_t cancel_code = 0;
  uint8_t flags = 0;
  BlockKind block_kind = BlockKind::own;
};

enum class Lane : uint8_t {
  urgent,   // SETTINGS and PING
  control,  // everything else
  opening,  // HEADERS that open a stream: wait for a free place among the concurrent streams
};

class Outbox {
 public:
  explicit Outbox(const Allocator& allocator)
      : allocator_(&allocator),
        pool_(allocator),
        small_blocks_(allocator),
        usual_blocks_(allocator) {}
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;
  ~Outbox();

  // nullptr when there is no memory. The item belongs to the caller until it is pushed.
  OutboundItem* create(frame::FrameType type, uint8_t flags, int32_t stream_id);
  void destroy(OutboundItem* item);
  // Memory for the fields of the item's frame; nullptr when there is none. It goes with the item.
  void* allocate_fields(OutboundItem& item, size_t size);

  // Gives the memory back that is kept for later items.
  void release_memory();

  void push(OutboundItem* item, Lane lane);
  // The next item in the order of the lanes, or nullptr.
  OutboundItem* pop(bool may_open_stream);
  bool has_next(bool may_open_stream) const;
  size_t size() const { return size_; }

  // The request HEADERS for a stream that has not been opened yet, or nullptr.
  OutboundItem* find_opening(int32_t stream_id) const;

 private:
  // What trailers and short responses fit in, and what nearly all requests and responses do.
  static constexpr size_t kSmallFields = 512;
  static constexpr size_t kUsualFields = 2048;
  using Queue = List<OutboundItem, &OutboundItem::link>;

  const Allocator* allocator_;
  Pool<OutboundItem, kPooled<OutboundItem>> pool_;
  BlockPool<kSmallFields, 16> small_blocks_;
  BlockPool<kUsualFields, 4> usual_blocks_;
  Queue lanes_[3];
  size_t size_ = 0;
};

}  // namespace nghttp2::session
