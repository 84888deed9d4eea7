// SPDX-License-Identifier: MIT
// What nghttp's command line settles.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "http/fields.h"
#include "nghttp/network_config.h"
#include "nghttp/observation_config.h"

namespace nghttp {

struct Config {
  int verbosity = 0;
  bool null_out = false;
  // Every --output in turn: the N-th is for the N-th URI.
  std::vector<std::string> output_files;
  // URIs without --output are saved under their own names.
  bool remote_name = false;
  bool statistics = false;
  // Whether to accept br besides gzip and deflate, and no coding that cannot be undone.
  bool decompress = false;
  bool get_assets = false;
  bool colour = false;
  bool hexdump = false;
  // Zero: no limit.
  std::chrono::milliseconds timeout{0};
  ObservationConfig observation;

  // As given, pseudo-fields included.
  std::vector<http::FieldLine> fields;
  http::Fields trailers;
  // A path, or "-" for standard input; empty without content.
  std::string data_path;
  bool expect_continue = false;
  bool no_content_length = false;
  std::size_t multiply = 1;
  // Values of the priority field: one for each URI, the last for all that follow.
  std::vector<std::string> priorities;
  // Weights of RFC 7540, likewise.
  std::vector<std::int32_t> weights;
  bool no_dependencies = false;
  bool no_rfc7540_priorities = false;
  bool continuation = false;

  bool upgrade = false;
  std::optional<int> window_bits;
  std::optional<int> connection_window_bits;
  std::uint32_t peer_max_concurrent_streams = 100;
  std::uint32_t max_concurrent_streams = 100;
  // Every --header-table-size in turn.
  std::vector<std::uint32_t> header_table_sizes;
  std::optional<std::uint32_t> encoder_header_table_size;
  std::size_t padding = 0;
  bool no_push = false;

  NetworkConfig network;
  std::string certificate_file;
  std::string key_file;
  bool ktls = false;
};

}  // namespace nghttp
