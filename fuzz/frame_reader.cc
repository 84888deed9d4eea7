// SPDX-License-Identifier: MIT
// The reader tells the same story however its input is cut, and loses no octet (RFC 9113 §4.1).
#include "frame/reader.h"

#include <algorithm>
#include <cstdlib>
#include <string>

using namespace nghttp2;
using namespace nghttp2::frame;
using Event = Reader::Event;

namespace {

struct Story {
  const Allocator allocator{default_memory()};
  Reader reader{allocator};
  std::string text;
  size_t told = 0;  // octets of the frame's payload

  void add(Bytes bytes, size_t padding = 0) {
    text.append(bytes.begin(), bytes.end()).append(padding, '.');
    told += bytes.size() + padding;
  }
  void tell(Event event, Bytes& input, bool unreads) {
    const FrameHead& head = reader.head();
    const FrameRule& rule = rule_of(head.type);
    if (event == Event::head) {
      for (auto number : {int(head.type), int(head.flags), head.stream_id, int(head.reserved)})
        text += std::to_string(number) + " ";
      if (&rule == &extension_rule() || check(rule, head) != HeadFault::none) return;
      const bool is_padded = rule.padded && (head.flags & kFlagPadded);
      reader.accept(rule.delivery, is_padded, fixed_size(rule, head));
    } else if (event == Event::prefix) {
      add(reader.fixed(), reader.padding_size() > 0);
      if (!reader.is_padding_valid()) reader.skip_rest();
    } else if (event == Event::end) {
      if (rule.delivery == Delivery::whole && told == 0) add(reader.payload());
      if (told != head.length) std::abort();
      told = 0;
    } else {
      const bool again = unreads && event == Event::chunk && reader.chunk().size() > 1;
      if (again) reader.unread(input, 1);
      add(reader.chunk(), event == Event::chunk && !again ? reader.chunk_padding() : 0);
    }
  }
};

// A seed stands for a sequence of piece sizes; odd ones also leave the last octet of most chunks.
std::string read(Bytes input, unsigned seed, size_t longest) {
  Story story;
  for (unsigned step = seed; !input.empty(); step = step * 1103515245u + 12345u) {
    Bytes part = input.first(std::min(1 + (step >> 8) % longest, input.size()));
    input = input.from(part.size());
    Result<Event> event = story.reader.next(part);
    for (; event.ok() && event.value != Event::need_more; event = story.reader.next(part))
      story.tell(event.value, part, seed % 2 != 0);
    if (!event.ok() || !part.empty()) std::abort();
  }
  return story.text;
}

}  // namespace

// The last octet chooses how the bytes are cut.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const unsigned seed = size > 0 ? data[size - 1] : 0;
  const std::string octets = read({data, size}, 0, 1);
  if (read({data, size}, seed, 40) != octets) std::abort();
  if (read({data, size}, seed + 1, 4000) != octets) std::abort();
  return 0;
}
