// SPDX-License-Identifier: MIT
// The reader tells the same story however its input is cut, and lends what it need not copy.
#include "frame/reader.h"

#include "base/bytes_of.h"
#include "frame/write.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace base_test;
using namespace nghttp2;
using namespace nghttp2::frame;
using support::AllocProbe;
using Event = Reader::Event;

namespace {

const Allocator kPlain(default_memory());

std::string frame_bytes(FrameType type, uint8_t flags, std::string_view payload) {
  Buffer out(kPlain);
  const FrameHead head = {0, 1, uint8_t(type), flags};
  CHECK(write_extension(out, head, bytes_of(payload)) == Status::ok);
  return text_of(out.bytes());
}

// Frames of every delivery, with and without padding and fixed fields.
std::string script() {
  return frame_bytes(FrameType::ping, 0, "pingpong") +
         frame_bytes(FrameType::data, kFlagEndStream, "hello, world") +
         frame_bytes(FrameType::data, kFlagPadded, "\3helloppp") +
         frame_bytes(FrameType::data, kFlagPadded, std::string("\0", 1)) +
         frame_bytes(FrameType::headers, kFlagPriority | kFlagPadded, "\2PRIO5block\1\1") +
         frame_bytes(FrameType::headers, 0, "") + frame_bytes(FrameType::settings, kFlagAck, "") +
         frame_bytes(FrameType::push_promise, 0, "ABCDblock") +
         frame_bytes(FrameType{0x77}, 0xff, "skipped") +
         frame_bytes(FrameType::goaway, 0, std::string(300, 'g'));
}

// What a caller sees, with neighbouring pieces joined.
class Story {
 public:
  explicit Story(Reader& reader) : reader_(reader) {}

  // False for want of memory.
  bool read(Bytes input) {
    for (;;) {
      const Result<Event> event = reader_.next(input);
      if (!event.ok()) return false;
      if (event.value == Event::need_more) {
        CHECK(input.empty());
        return true;
      }
      tell(event.value);
    }
  }
  const std::string& text() const { return text_; }

 private:
  void tell(Event event) {
    switch (event) {
      case Event::head: head(); break;
      case Event::prefix:
        text_ += " pad " + std::to_string(reader_.padding_size()) + " fixed '" +
                 text_of(reader_.fixed()) + "'";
        if (!reader_.is_padding_valid()) text_ += " invalid";
        break;
      case Event::chunk:
        content_ += text_of(reader_.chunk());
        padding_ += reader_.chunk_padding();
        break;
      case Event::skipped: skipped_ += text_of(reader_.chunk()); break;
      case Event::end: end(); break;
      case Event::need_more: break;
    }
  }
  void head() {
    const FrameHead& head = reader_.head();
    const FrameRule& rule = rule_of(head.type);
    text_ += rule.name + std::string(" ") + std::to_string(head.length);
    is_whole_ = rule.delivery == Delivery::whole;
    if (&rule == &extension_rule()) return;
    reader_.accept(rule.delivery, rule.padded && (head.flags & kFlagPadded),
                   fixed_size(rule, head));
  }
  void end() {
    if (is_whole_) content_ = text_of(reader_.payload());
    text_ += " '" + content_ + "'";
    if (padding_ > 0) text_ += " padding " + std::to_string(padding_);
    if (!skipped_.empty()) text_ += " skipped '" + skipped_ + "'";
    text_ += "\n";
    content_.clear();
    skipped_.clear();
    padding_ = 0;
  }

  Reader& reader_;
  std::string text_;
  std::string content_;
  std::string skipped_;
  size_t padding_ = 0;
  bool is_whole_ = false;
};

}  // namespace

TEST(frame_reader, the_whole_story) {
  Reader reader(kPlain);
  Story story(reader);
  CHECK(story.read(bytes_of(script())));
  const std::string expected =
      "PING 8 'pingpong'\n"
      "DATA 12 'hello, world'\n"
      "DATA 9 pad 4 fixed '' 'hello' padding 3\n"
      "DATA 1 pad 1 fixed '' ''\n"
      "HEADERS 13 pad 3 fixed 'PRIO5' 'block' padding 2\n"
      "HEADERS 0 ''\n"
      "SETTINGS 0 ''\n"
      "PUSH_PROMISE 9 pad 0 fixed 'ABCD' 'block'\n"
      "extension 7 '' skipped 'skipped'\n"
      "GOAWAY 300 '" +
      std::string(300, 'g') + "'\n";
  CHECK_STR(story.text(), expected);
  CHECK(!reader.is_inside_frame());
}

TEST(frame_reader, pieces_of_every_size) {
  const std::string input = script();
  Reader whole_reader(kPlain);
  Story whole(whole_reader);
  CHECK(whole.read(bytes_of(input)));
  for (size_t size = 1; size <= 40; ++size) {
    Reader reader(kPlain);
    Story story(reader);
    for (size_t at = 0; at < input.size(); at += size)
      CHECK(story.read(bytes_of(std::string(input.substr(at, size)))));
    CHECK_STR(story.text(), whole.text());
  }
}

TEST(frame_reader, cuts_at_every_place) {
  const std::string input = script();
  Reader whole_reader(kPlain);
  Story whole(whole_reader);
  CHECK(whole.read(bytes_of(input)));
  for (size_t at = 0; at <= input.size(); ++at) {
    Reader reader(kPlain);
    Story story(reader);
    CHECK(story.read(bytes_of(input.substr(0, at))));
    CHECK(story.read(bytes_of(input.substr(at))));
    CHECK_STR(story.text(), whole.text());
  }
}

TEST(frame_reader, too_much_padding) {
  Reader reader(kPlain);
  Story story(reader);
  CHECK(story.read(bytes_of(frame_bytes(FrameType::data, kFlagPadded, "\5abc"))));
  CHECK_STR(story.text(), "DATA 4 pad 6 fixed '' invalid '' padding 3\n");
}

TEST(frame_reader, lends_from_the_input) {
  AllocProbe probe;
  {
    const Allocator allocator(*probe.mem());
    Reader reader(allocator);
    const std::string input = script();
    Story story(reader);
    CHECK(story.read(bytes_of(input)));
    CHECK_EQ(probe.allocation_count(), 0u);
    CHECK(reader.payload().data() > bytes_of(input).data());
  }
  CHECK_STR(probe.complaint(), "");
}

TEST(frame_reader, gives_a_piece_again) {
  const std::string text = frame_bytes(FrameType::data, kFlagPadded, "\1abcdef\1");
  Bytes input = bytes_of(text);
  Reader reader(kPlain);
  CHECK(reader.next(input).value == Event::head);
  reader.accept(Delivery::stream, true, 0);
  CHECK(reader.next(input).value == Event::prefix);
  CHECK(reader.next(input).value == Event::chunk);
  CHECK_BYTES(reader.chunk(), "abcdef");
  CHECK_EQ(reader.chunk_padding(), 1u);
  // The padding behind it comes again as well.
  reader.unread(input, 4);
  CHECK_BYTES(reader.chunk(), "ab");
  CHECK_EQ(reader.remaining(), 5u);
  CHECK(reader.is_inside_frame());
  CHECK(reader.next(input).value == Event::chunk);
  CHECK_BYTES(reader.chunk(), "cdef");
  CHECK_EQ(reader.chunk_padding(), 1u);
  // And also alone.
  reader.unread(input, 0);
  CHECK_EQ(input.size(), 1u);
  CHECK(reader.next(input).value == Event::chunk);
  CHECK(reader.chunk().empty());
  CHECK_EQ(reader.chunk_padding(), 1u);
  CHECK(reader.next(input).value == Event::end);
  CHECK(input.empty());
}

TEST(frame_reader, stops_in_the_middle) {
  const std::string text = frame_bytes(FrameType::data, 0, "abcdef");
  Bytes first = bytes_of(text).first(kFrameHeadSize + 2);
  Bytes second = bytes_of(text).from(kFrameHeadSize + 2);
  Reader reader(kPlain);
  CHECK(reader.next(first).value == Event::head);
  reader.accept(Delivery::stream);
  CHECK(reader.next(first).value == Event::chunk);
  reader.skip_rest();
  CHECK(reader.next(second).value == Event::skipped);
  CHECK_BYTES(reader.chunk(), "cdef");
  CHECK(reader.next(second).value == Event::end);
}

TEST(frame_reader, a_skipped_frame_has_no_payload) {
  const std::string text =
      frame_bytes(FrameType::ping, 0, "pingpong") + frame_bytes(FrameType::ping, 0, "");
  Bytes input = bytes_of(text);
  Reader reader(kPlain);
  CHECK(reader.next(input).value == Event::head);
  reader.accept(Delivery::whole);
  CHECK(reader.next(input).value == Event::end);
  CHECK_BYTES(reader.payload(), "pingpong");
  CHECK(reader.next(input).value == Event::head);
  CHECK(reader.next(input).value == Event::end);
  CHECK(reader.payload().empty());
}

TEST(frame_reader, no_memory) {
  AllocProbe probe(AllocProbe::Failing::from_then_on, 0);
  {
    const Allocator allocator(*probe.mem());
    Reader reader(allocator);
    Story story(reader);
    const std::string input = frame_bytes(FrameType::ping, 0, "pingpong");
    CHECK(!story.read(bytes_of(input).first(12)));
  }
  CHECK_STR(probe.complaint(), "");
}
