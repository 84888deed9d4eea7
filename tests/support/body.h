// SPDX-License-Identifier: MIT
// A message body as a data provider reads it.
#pragma once

#include <nghttp2/nghttp2.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "support/wire.h"

namespace support {

struct Body {
  std::string bytes;
  std::size_t offset = 0;
  // The most that one read gives; 0 is all.
  std::size_t chunk = 0;
  // How many reads answer NGHTTP2_ERR_DEFERRED before the first that gives data.
  unsigned deferrals = 0;
  // A library error that a read at the end of `bytes` answers instead of EOF.
  int failure = 0;
  bool end_stream = true;
  bool copy = true;
  // Submitted with the last octets, instead of END_STREAM.
  Fields trailers;
  // There was no memory for the trailers.
  bool out_of_memory = false;

  nghttp2_data_provider provider();
  nghttp2_data_provider2 provider2();

  // One read, as nghttp2_data_source_read_callback describes it.
  long read(nghttp2_session* session, std::int32_t stream_id, std::uint8_t* buffer,
            std::size_t length, std::uint32_t* data_flags);
};

// C views of fields; valid as long as the fields.
std::vector<nghttp2_nv> views(const Fields& fields);

}  // namespace support
