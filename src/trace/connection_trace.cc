// SPDX-License-Identifier: MIT
// One HTTP/2 connection of a client, traced.
#include "trace/connection_trace.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <utility>

namespace trace {

namespace {

// We announce no other limit (RFC 9113 §6.5.2), and send nothing that is longer than a block.
constexpr std::size_t kMaxReceivedLength = 16384;
constexpr std::size_t kMaxSentLength = HeaderBlocks::kMaxBlockOctets;
// SETTINGS frames that wait for their acknowledgement; what a peer sends beyond is not remembered.
constexpr std::size_t kMaxUnacknowledged = 1000;

}  // namespace

ConnectionTrace::ConnectionTrace(unsigned number, std::vector<Sink*> sinks,
                                 Explanations explanations)
    : number_(number),
      sinks_(std::move(sinks)),
      received_{Direction::received, FrameSplitter(kMaxReceivedLength), {}, {}},
      sent_{Direction::sent, FrameSplitter(kMaxSentLength, NGHTTP2_CLIENT_MAGIC_LEN), {}, {}} {
  if (explanations == Explanations::yes) explainer_.emplace();
}

void ConnectionTrace::connected(std::string_view origin, const net::Transport& transport) {
  if (explainer_) explainer_->set_secure(transport.is_secure());
  tell([&](Sink& sink) { sink.connected(number_, origin, transport); });
}

void ConnectionTrace::not_connected(std::string_view origin, std::string_view reason) {
  is_closed_ = true;
  tell([&](Sink& sink) { sink.not_connected(number_, origin, reason); });
}

void ConnectionTrace::upgrade(Direction direction, std::string_view head) {
  tell([&](Sink& sink) { sink.upgrade(number_, direction, head); });
}

void ConnectionTrace::upgraded(std::string_view method, Octets settings) {
  if (explainer_) explainer_->upgraded(method, settings);
}

void ConnectionTrace::closed(std::string_view reason) {
  if (std::exchange(is_closed_, true)) return;
  for (Way* way : {&received_, &sent_}) {
    if (const auto frame = way->splitter.unfinished()) add(*way, *frame);
  }
  tell([&](Sink& sink) { sink.closed(number_, reason); });
}

std::size_t ConnectionTrace::receiving(http::Bytes input) {
  return received_.splitter.take(input);
}

void ConnectionTrace::received() {
  if (const auto frame = received_.splitter.frame()) add(received_, *frame);
}

void ConnectionTrace::rejected(std::string_view reason) {
  rejection_ = reason;
}

void ConnectionTrace::complained(std::string_view text) {
  tell([&](Sink& sink) { sink.complaint(number_, text); });
}

void ConnectionTrace::sent(http::Bytes output) {
  while (!output.empty()) {
    output = output.subspan(sent_.splitter.take(output));
    if (sent_.splitter.has_preface()) tell([&](Sink& sink) { sink.preface(number_); });
    if (const auto frame = sent_.splitter.frame()) add(sent_, *frame);
  }
}

void ConnectionTrace::add(Way& way, const Frame& frame) {
  TracedFrame traced;
  traced.direction = way.direction;
  traced.frame = frame;
  traced.parts = parts_of(frame);
  const bool interrupts = way.blocks.interrupts(frame.head);
  const bool continues = way.blocks.continues(frame.head);
  const auto block = way.blocks.add(frame, traced.parts);
  if (block) traced.block = &*block;
  if (way.direction == Direction::received) traced.rejection = std::exchange(rejection_, {});
  if (frame.head.type == NGHTTP2_SETTINGS && frame.is_complete()) follow_table_size(way, frame);
  if (explainer_ && way.direction == Direction::sent) explainer_->sent(traced);
  if (explainer_ && way.direction == Direction::received) {
    traced.breaches = explainer_->received(traced, interrupts, continues).list();
  }
  tell([&](Sink& sink) { sink.frame(number_, traced); });
}

// What an end allows is in force for what it receives once it knows that the other end has seen it.
void ConnectionTrace::follow_table_size(Way& way, const Frame& frame) {
  if (!frame.head.has(NGHTTP2_FLAG_ACK)) {
    if (way.table_sizes.size() < kMaxUnacknowledged) {
      way.table_sizes.push_back(table_sizes_of(frame.payload));
    }
    return;
  }
  Way& other = way.direction == Direction::received ? sent_ : received_;
  if (other.table_sizes.empty()) return;
  const auto sizes = other.table_sizes.front();
  other.table_sizes.pop_front();
  if (!sizes) return;
  way.blocks.change_table_size(sizes->least);
  way.blocks.change_table_size(sizes->last);
}

std::optional<ConnectionTrace::TableSizes> ConnectionTrace::table_sizes_of(Octets payload) {
  std::optional<TableSizes> sizes;
  Reader reader(payload);
  while (!reader.rest().empty()) {
    const std::uint32_t id = reader.number(2);
    const std::uint32_t value = reader.number(4);
    if (id != NGHTTP2_SETTINGS_HEADER_TABLE_SIZE) continue;
    sizes = {sizes ? std::min(sizes->least, value) : value, value};
  }
  return sizes;
}

}  // namespace trace
