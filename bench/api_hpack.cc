// SPDX-License-Identifier: MIT
// Header blocks encoded and decoded. One iteration codes all stories, each with a coder of its own.
#include "api_cases.h"
#include "fields.h"
#include "options.h"

namespace bench {

namespace {

using Block = std::vector<uint8_t>;

struct Corpus {
  std::vector<Story> stories;
  std::vector<std::vector<std::vector<nghttp2_nv>>> views;  // of each list of each story
  std::vector<std::vector<Block>> blocks;
  double fields = 0;
  double octets = 0;   // of names and values
  double encoded = 0;  // of blocks
};

void encode(const std::vector<std::vector<nghttp2_nv>>& lists, std::vector<Block>& blocks) {
  nghttp2_hd_deflater* deflater = nullptr;
  if (nghttp2_hd_deflate_new(&deflater, 4096) != 0) fail("nghttp2_hd_deflate_new");
  blocks.resize(lists.size());
  for (size_t i = 0; i < lists.size(); ++i) {
    blocks[i].resize(nghttp2_hd_deflate_bound(deflater, lists[i].data(), lists[i].size()));
    const nghttp2_ssize length = nghttp2_hd_deflate_hd(deflater, blocks[i].data(), blocks[i].size(),
                                                       lists[i].data(), lists[i].size());
    if (length < 0) fail("nghttp2_hd_deflate_hd");
    blocks[i].resize(size_t(length));
  }
  nghttp2_hd_deflate_del(deflater);
}

size_t decode_block(nghttp2_hd_inflater* inflater, const Block& block) {
  const uint8_t* at = block.data();
  size_t fields = 0;
  for (;;) {
    nghttp2_nv field;
    int flags = 0;
    const nghttp2_ssize used = nghttp2_hd_inflate_hd2(inflater, &field, &flags, at,
                                                      size_t(block.data() + block.size() - at), 1);
    if (used < 0) fail("nghttp2_hd_inflate_hd2");
    at += used;
    if (flags & NGHTTP2_HD_INFLATE_EMIT) ++fields;
    if (flags & NGHTTP2_HD_INFLATE_FINAL) break;
  }
  nghttp2_hd_inflate_end_headers(inflater);
  return fields;
}

size_t decode(const std::vector<Block>& blocks) {
  nghttp2_hd_inflater* inflater = nullptr;
  if (nghttp2_hd_inflate_new(&inflater) != 0) fail("nghttp2_hd_inflate_new");
  size_t fields = 0;
  for (const Block& block : blocks)
    fields += decode_block(inflater, block);
  nghttp2_hd_inflate_del(inflater);
  return fields;
}

const Corpus& corpus_of(const std::string& folder) {
  static Corpus corpus;
  corpus.stories = folder.empty() ? browser_stories() : read_corpus(folder);
  for (const Story& story : corpus.stories) {
    corpus.views.emplace_back();
    for (const FieldList& fields : story) {
      corpus.views.back().push_back(views_of(fields));
      corpus.fields += double(fields.size());
      for (const auto& [name, value] : fields)
        corpus.octets += double(name.size() + value.size());
    }
    corpus.blocks.emplace_back();
    encode(corpus.views.back(), corpus.blocks.back());
    for (const Block& block : corpus.blocks.back())
      corpus.encoded += double(block.size());
  }
  return corpus;
}

void report(benchmark::State& state, const Corpus& corpus) {
  state.counters["octets_per_field"] = corpus.encoded / corpus.fields;
  state.counters["size_ratio"] = corpus.encoded / corpus.octets;
}

}  // namespace

void add_hpack_cases(const std::string& folder) {
  const Corpus& corpus = corpus_of(folder);
  add_case("hpack/deflate", [&](benchmark::State& state) {
    std::vector<Block> blocks;
    measure(state, corpus.fields, [&] {
      for (const auto& lists : corpus.views)
        encode(lists, blocks);
    });
    report(state, corpus);
  });
  add_case("hpack/inflate", [&](benchmark::State& state) {
    size_t fields = 0;
    measure(state, corpus.fields, [&] {
      for (const auto& blocks : corpus.blocks)
        fields += decode(blocks);
    });
    if (double(fields) != corpus.fields * double(state.iterations())) fail("fields were lost");
    report(state, corpus);
  });
}

}  // namespace bench
