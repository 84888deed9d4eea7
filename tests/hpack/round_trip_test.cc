// SPDX-License-Identifier: MIT
// Random lists of fields through encoder and decoder, with failing memory as well.
#include <random>

#include "fields.h"
#include "support/alloc_probe.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Allocator;
using nghttp2::FieldView;
using nghttp2::Status;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Inflater;
using support::AllocProbe;

namespace {

std::string random_octets(std::mt19937& random, size_t size) {
  std::string octets;
  while (octets.size() < size)
    octets += char(random());
  return octets;
}

TestField random_field(std::mt19937& random) {
  static const char* const names[] = {":method", ":path",  ":status", "cookie",  "authorization",
                                      "date",    "x-a",    "x-bb",    "te",      "content-length",
                                      "server",  "accept", "",        "referer", "set-cookie"};
  static const char* const values[] = {"GET", "/", "200", "", "gzip, deflate", "a=b; c=d", "text"};
  TestField field;
  field.name =
      random() % 5 ? names[random() % std::size(names)] : "x-" + std::to_string(random() % 400);
  switch (random() % 4) {
    case 0: field.value = values[random() % std::size(values)]; break;
    case 1: field.value = std::string(random() % 200, char('0' + random() % 70)); break;
    case 2: field.value = random_octets(random, random() % 60); break;
    default: field.value = "value " + std::to_string(random() % 60);
  }
  if (random() % 200 == 0) field.value = random_octets(random, random() % 20000);
  field.never_index = random() % 9 == 0;
  return field;
}

FieldList random_list(std::mt19937& random) {
  FieldList fields(random() % 12);
  for (TestField& field : fields)
    field = random_field(random);
  return fields;
}

size_t random_table_size(std::mt19937& random) {
  static const size_t sizes[] = {0, 33, 100, 256, 1000, 4096, 20000, 65536};
  return sizes[random() % std::size(sizes)];
}

// What the encoder was given is there, and what had to be never-indexed is.
bool is_faithful(const FieldList& sent, const FieldList& received) {
  if (sent.size() != received.size()) return false;
  for (size_t i = 0; i < sent.size(); ++i) {
    if (sent[i].name != received[i].name || sent[i].value != received[i].value) return false;
    if (sent[i].never_index && !received[i].never_index) return false;
  }
  return true;
}

// A few blocks; the first failure of either side, or ok.
Status converse(const Allocator& allocator, unsigned seed, bool ask_for_handles) {
  std::mt19937 random(seed);
  Deflater deflater(allocator, 8192);
  Inflater inflater(allocator);
  nghttp2::Buffer out(allocator);
  for (unsigned block = 0; block < 8; ++block) {
    if (random() % 3 == 0) {
      const size_t size = random_table_size(random);
      CHECK(deflater.change_table_size(size) == Status::ok);
      CHECK(inflater.change_table_size(size) == Status::ok);
    }
    const FieldList fields = random_list(random);
    const std::vector<FieldView> views = views_of(fields);
    out.clear();
    RETURN_IF_ERROR(deflater.encode(out, {views.data(), views.size()}));
    CHECK(out.size() <= Deflater::bound({views.data(), views.size()}));
    FieldList received;
    for (nghttp2::Bytes input = out.bytes();;) {
      const auto step = inflater.next(input, true);
      if (!step.ok()) return step.status;
      if (step.value == Inflater::Step::done) break;
      const auto& field = inflater.field();
      received.push_back({text_of(field.name), text_of(field.value), field.never_index});
      if (ask_for_handles) {
        const auto* name = inflater.name_handle();
        const auto* value = inflater.value_handle();
        if (!name || !value) return Status::no_memory;
        CHECK_BYTES(name->bytes(), received.back().name);
        CHECK_BYTES(value->bytes(), received.back().value);
      }
    }
    inflater.end_block();
    CHECK(is_faithful(fields, received));
    CHECK_EQ(deflater.entry_count(), inflater.entry_count());
    CHECK_EQ(deflater.dynamic_table_size(), inflater.dynamic_table_size());
  }
  return Status::ok;
}

}  // namespace

TEST(hpack_round_trip, random_lists) {
  for (unsigned seed = 0; seed < 400; ++seed)
    CHECK(converse(plain_allocator(), seed, seed % 2 == 0) == Status::ok);
}

TEST(hpack_round_trip, in_pieces) {
  std::mt19937 random(2);
  Deflater deflater(plain_allocator(), 4096);
  Inflater inflater(plain_allocator());
  for (unsigned block = 0; block < 500; ++block) {
    const FieldList fields = random_list(random);
    const Decoded decoded = decode(inflater, encode(deflater, fields), 1 + random() % 20);
    CHECK(decoded.status == Status::ok);
    CHECK(is_faithful(fields, decoded.fields));
  }
}

TEST(hpack_round_trip, every_failing_allocation) {
  for (const bool ask_for_handles : {false, true}) {
    for (size_t fail_at = 0;; ++fail_at) {
      AllocProbe probe(AllocProbe::Failing::once, fail_at);
      {
        const Allocator allocator(*probe.mem());
        const Status status = converse(allocator, 77, ask_for_handles);
        CHECK(status == (probe.has_failed() ? Status::no_memory : Status::ok));
      }
      CHECK_STR(probe.complaint(), "");
      CHECK_EQ(probe.live_blocks(), 0);
      if (!probe.has_failed()) break;
    }
  }
}

TEST(hpack_round_trip, damaged_blocks_do_no_harm) {
  std::mt19937 random(3);
  for (unsigned round = 0; round < 3000; ++round) {
    Deflater deflater(plain_allocator(), 4096);
    Inflater whole(plain_allocator());
    Inflater pieces(plain_allocator());
    for (unsigned i = 0; i < 3; ++i) {
      std::string block = encode(deflater, random_list(random));
      for (unsigned flips = random() % 3; flips > 0 && !block.empty(); --flips) {
        char& octet = block[random() % block.size()];
        octet = char(octet ^ 1 << random() % 8);
      }
      const Decoded first = decode(whole, block);
      const Decoded second = decode(pieces, block, 1);
      CHECK(first.status == second.status);
      CHECK(first.fields == second.fields);
      CHECK_STR(table_lines(whole), table_lines(pieces));
    }
  }
}
