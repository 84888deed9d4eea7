// SPDX-License-Identifier: MIT
// Frames that wait to be sent.
#include "session/outbox.h"

namespace nghttp2::session {

Outbox::~Outbox() {
  while (OutboundItem* item = pop(true))
    destroy(item);
}

OutboundItem* Outbox::create(frame::FrameType type, uint8_t flags, int32_t stream_id) {
  frame::FrameHead head;
  head.type = uint8_t(type);
  head.flags = flags;
  head.stream_id = stream_id;
  return pool_.create(head);
}

void Outbox::destroy(OutboundItem* item) {
  switch (item->block_kind) {
    case OutboundItem::BlockKind::own: allocator_->free(item->block); break;
    case OutboundItem::BlockKind::small: small_blocks_.give(item->block); break;
    case OutboundItem::BlockKind::usual: usual_blocks_.give(item->block); break;
  }
  pool_.destroy(item);
}

void* Outbox::allocate_fields(OutboundItem& item, size_t size) {
  auto kind = OutboundItem::BlockKind::own;
  if (size <= kSmallFields) {
    kind = OutboundItem::BlockKind::small;
    item.block = small_blocks_.take();
  } else if (size <= kUsualFields) {
    kind = OutboundItem::BlockKind::usual;
    item.block = usual_blocks_.take();
  } else {
    item.block = allocator_->allocate(size);
  }
  if (item.block) item.block_kind = kind;
  return item.block;
}

void Outbox::release_memory() {
  pool_.release_all();
  small_blocks_.release_all();
  usual_blocks_.release_all();
}

void Outbox::push(OutboundItem* item, Lane lane) {
  lanes_[size_t(lane)].push_back(item);
  ++size_;
}

OutboundItem* Outbox::pop(bool may_open_stream) {
  for (size_t lane = 0; lane < (may_open_stream ? 3 : 2); ++lane) {
    if (OutboundItem* item = lanes_[lane].pop_front()) {
      --size_;
      return item;
    }
  }
  return nullptr;
}

bool Outbox::has_next(bool may_open_stream) const {
  return !lanes_[size_t(Lane::urgent)].empty() || !lanes_[size_t(Lane::control)].empty() ||
         (may_open_stream && !lanes_[size_t(Lane::opening)].empty());
}

OutboundItem* Outbox::find_opening(int32_t stream_id) const {
  for (OutboundItem* item = lanes_[size_t(Lane::opening)].front(); item; item = Queue::next(item)) {
    if (item->frame.head.stream_id == stream_id) return item;
  }
  return nullptr;
}

}  // namespace nghttp2::session
