// SPDX-License-Identifier: MIT
// Bytes out, many frames at once: straight into memory of the application's.
#include <algorithm>

#include "session/session.h"

namespace nghttp2::session {

namespace {

// Less room than this is not worth a DATA frame, and hardly holds a header block: a frame is then
// written elsewhere and copied.
constexpr size_t kLeastRoom = 2048;

}  // namespace

Result<size_t> Session::send_into(const OutputRoom& room) {
  const Result<size_t> written = write_frames(room);
  outbound.holds_uncopied = false;
  // The head of DATA that the application sends itself may have come to lie there.
  if (wire.is_borrowing() && !wire.give_back()) return Status::no_memory;
  return written;
}

Result<size_t> Session::write_frames(const OutputRoom& room) {
  MutableBytes rest = room.bytes;
  if (wire.empty() && rest.size() >= kLeastRoom) wire.borrow(rest);
  while (!rest.empty()) {
    const bool is_first = rest.size() == room.bytes.size();
    if (wire.empty() && !is_first && !make_room(rest) && room.is_last) break;
    // What the application sends itself comes after all that it has been given before.
    outbound.holds_uncopied = room.follows_other || !is_first;
    const Result<Bytes> output = next_output();
    if (!output.ok()) return output.status;
    if (output.value.empty()) break;
    rest = rest.from(take_output(output.value, rest));
    if (outbound.unsent == 0) RETURN_IF_ERROR(finish_frame());
  }
  return room.bytes.size() - rest.size();
}

// The wire buffer, now empty, uses what is left of the room, if that is enough.
bool Session::make_room(MutableBytes rest) {
  const bool is_enough = rest.size() >= kLeastRoom;
  if (!wire.is_borrowing()) {
    if (is_enough) wire.borrow(rest);
  } else if (is_enough) {
    wire.cede(wire.room() - rest.size());
  } else {
    (void)wire.give_back();  // nothing that could need memory
  }
  return is_enough;
}

// How much of the output the room has got. The rest, if any, stays unsent.
size_t Session::take_output(Bytes output, MutableBytes room) {
  const size_t taken = std::min(output.size(), room.size());
  // What was written to borrowed memory is where it should be.
  if (!wire.is_borrowing()) copy_bytes(room.data(), output.first(taken));
  keep_unsent(output.size() - taken);
  return taken;
}

}  // namespace nghttp2::session
