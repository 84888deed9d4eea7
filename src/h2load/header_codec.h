// SPDX-License-Identifier: MIT
// Header blocks of a load: most are octet by octet what an earlier one was, and need no coding.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "h2load/request.h"

namespace h2load {

using Octets = std::span<const std::uint8_t>;

// Whether a header block leaves the dynamic table as it is (RFC 7541 §6): then the same octets mean
// the same fields for as long as no other block changes the table.
bool keeps_table(Octets block);

class HeaderEncoder {
 public:
  // The dynamic table has `max_table_bytes` at most, whatever the peer allows.
  explicit HeaderEncoder(std::size_t max_table_bytes);

  // What the peer's SETTINGS_HEADER_TABLE_SIZE says.
  void set_peer_limit(std::uint32_t bytes);
  // Good until the next call; empty if memory ran out. A request that stays as it is for as long as
  // the connection may be remembered.
  Octets encode(const Request& request, bool is_lasting);
  Octets encode(const std::vector<nghttp2_nv>& fields);

 private:
  struct Known {
    const Request* request;
    std::string block;
  };
  struct Delete {
    void operator()(nghttp2_hd_deflater* deflater) const { nghttp2_hd_deflate_del(deflater); }
  };

  std::unique_ptr<nghttp2_hd_deflater, Delete> deflater_;
  std::vector<Known> known_;
  std::vector<std::uint8_t> block_;
};

// What counts of the fields of a response, or of its trailers.
struct FieldFacts {
  int status = 0;
  int grpc_status = -1;
  std::int64_t content_length = -1;
  std::size_t decoded_octets = 0;  // of names and values
  bool is_malformed = false;
};

class HeaderDecoder {
 public:
  // Gets every field, if somebody wants to see them.
  using Show = std::function<void(std::string_view name, std::string_view value)>;

  HeaderDecoder();

  // What our SETTINGS_HEADER_TABLE_SIZE says, once the peer has acknowledged it.
  void set_table_limit(std::uint32_t bytes);
  // nullptr if the block is none, or has too many fields. Good until the next call.
  const FieldFacts* decode(Octets block, const Show& show);

 private:
  struct Known {
    std::string block;
    FieldFacts facts;
  };
  struct Delete {
    void operator()(nghttp2_hd_inflater* inflater) const { nghttp2_hd_inflate_del(inflater); }
  };

  const FieldFacts* find(Octets block) const;
  bool inflate(Octets block, const Show& show);
  void take(std::string_view name, std::string_view value);

  std::unique_ptr<nghttp2_hd_inflater, Delete> inflater_;
  std::vector<Known> known_;
  std::size_t next_known_ = 0;
  FieldFacts facts_;
};

}  // namespace h2load
