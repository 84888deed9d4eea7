// SPDX-License-Identifier: MIT
// The stories of hpack-test-case: a few that are kept here, all of them where HPACK_CORPUS or
// ../shared/hpack-corpus (seen from the top of the source tree) has them.
#include <cstdio>
#include <cstdlib>

#include "fields.h"
#include "story.h"
#include "support/check.h"

using namespace hpack_test;
using nghttp2::Status;
using nghttp2::hpack::Deflater;
using nghttp2::hpack::Inflater;

namespace {

struct Story {
  std::string path;
  std::vector<Case> cases;
};

std::vector<Story> stories_in(const std::string& folder) {
  std::vector<Story> stories;
  for (const std::string& path : story_files(folder)) {
    Story story = {path, {}};
    if (CHECK(read_story(path, story.cases) && !story.cases.empty())) stories.push_back(story);
  }
  return stories;
}

std::string full_corpus() {
  if (const char* folder = std::getenv("HPACK_CORPUS")) return folder;
  return std::string(TESTS_DIR) + "/../../shared/hpack-corpus";
}

// The stories kept here and, where there is one, those of the full corpus.
std::vector<Story> all_stories(const std::string& kind) {
  std::vector<Story> stories = stories_in(std::string(TESTS_DIR) + "/hpack/corpus/" + kind);
  CHECK(!stories.empty());
  const std::vector<Story> more = stories_in(full_corpus() + "/" + kind);
  if (more.empty()) {
    std::printf("skipped: no full HPACK corpus in %s (set HPACK_CORPUS)\n", full_corpus().c_str());
  }
  stories.insert(stories.end(), more.begin(), more.end());
  return stories;
}

void report(const Story& story, size_t number, const char* what) {
  const std::string text = story.path + ", case " + std::to_string(number) + ": " + what;
  check::report(false, text.c_str(), __FILE__, __LINE__);
}

void check_decoding(const Story& story, size_t piece) {
  Inflater inflater(plain_allocator());
  for (size_t i = 0; i < story.cases.size(); ++i) {
    const Case& one = story.cases[i];
    if (one.header_table_size >= 0) {
      CHECK(inflater.change_table_size(size_t(one.header_table_size)) == Status::ok);
    }
    const Decoded decoded = decode(inflater, one.wire, piece);
    if (decoded.status != Status::ok) return report(story, i, "does not decode");
    if (decoded.fields != one.fields) return report(story, i, "decodes to other fields");
  }
  CHECK(true);
}

// The table sizes that are set in turn, one before each quarter of the story.
void check_round_trip(const Story& story, std::initializer_list<size_t> sizes, size_t piece,
                      size_t& octets) {
  Inflater inflater(plain_allocator());
  Deflater deflater(plain_allocator(), 65536);
  const size_t quarter = story.cases.size() / sizes.size() + 1;
  for (size_t i = 0; i < story.cases.size(); ++i) {
    if (i % quarter == 0) {
      const size_t size = sizes.begin()[i / quarter];
      CHECK(inflater.change_table_size(size) == Status::ok);
      CHECK(deflater.change_table_size(size) == Status::ok);
    }
    const std::string block = encode(deflater, story.cases[i].fields);
    octets += block.size();
    const Decoded decoded = decode(inflater, block, piece);
    if (decoded.status != Status::ok) return report(story, i, "does not decode again");
    FieldList fields = decoded.fields;
    for (TestField& field : fields)
      field.never_index = false;
    if (fields != story.cases[i].fields) return report(story, i, "comes back changed");
    if (table_lines(deflater) != table_lines(inflater)) return report(story, i, "tables differ");
  }
  CHECK(true);
}

}  // namespace

TEST(hpack_corpus, encoded_stories_decode) {
  for (const char* kind : {"nghttp2", "nghttp2-change-table-size"}) {
    for (const Story& story : all_stories(kind)) {
      check_decoding(story, SIZE_MAX);
      check_decoding(story, 1);
    }
  }
}

TEST(hpack_corpus, raw_stories_come_back) {
  const std::vector<Story> stories = all_stories("raw-data");
  for (const auto& sizes :
       {std::initializer_list<size_t>{0}, {256}, {4096}, {65536}, {4096, 0, 65536, 256}}) {
    size_t octets = 0;
    for (const Story& story : stories) {
      check_round_trip(story, sizes, SIZE_MAX, octets);
      if (story.cases.size() < 300) check_round_trip(story, sizes, 1, octets);
    }
    CHECK(octets > 0);
  }
}
