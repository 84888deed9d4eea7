// SPDX-License-Identifier: MIT
// One HTTP/2 connection of a client, traced: frames are read from the octets, apart from the
// session, so that every frame is there, whatever the session makes of it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "http2/octet_observer.h"
#include "trace/explainer.h"
#include "trace/frame_splitter.h"
#include "trace/header_block.h"
#include "trace/sink.h"

namespace trace {

enum class Explanations { no, yes };

class ConnectionTrace final : public http2::OctetObserver {
 public:
  // The sinks are not owned.
  ConnectionTrace(unsigned number, std::vector<Sink*> sinks,
                  Explanations explanations = Explanations::no);

  void connected(std::string_view origin, const net::Transport& transport);
  void not_connected(std::string_view origin, std::string_view reason);
  void upgrade(Direction direction, std::string_view head);
  // The upgrade has come about: what was asked, and the payload of HTTP2-Settings.
  void upgraded(std::string_view method, Octets settings);
  // Once; nothing follows.
  void closed(std::string_view reason);

  // OctetObserver.
  std::size_t receiving(http::Bytes input) override;
  void received() override;
  void rejected(std::string_view reason) override;
  void complained(std::string_view text) override;
  void sent(http::Bytes output) override;

 private:
  struct TableSizes {
    std::uint32_t least;
    std::uint32_t last;
  };
  // What is known of one direction.
  struct Way {
    Direction direction;
    FrameSplitter splitter;
    HeaderBlocks blocks;
    // For each SETTINGS frame that the other end has not acknowledged: the least and the last value
    // of SETTINGS_HEADER_TABLE_SIZE, if there is one.
    std::deque<std::optional<TableSizes>> table_sizes;
  };

  void add(Way& way, const Frame& frame);
  void follow_table_size(Way& way, const Frame& frame);
  static std::optional<TableSizes> table_sizes_of(Octets payload);
  template <class Call>
  void tell(const Call& call) {
    for (Sink* sink : sinks_)
      call(*sink);
  }

  const unsigned number_;
  const std::vector<Sink*> sinks_;
  Way received_;
  Way sent_;
  std::string rejection_;
  // If explanations are wanted.
  std::optional<Explainer> explainer_;
  bool is_closed_ = false;
};

}  // namespace trace
