// SPDX-License-Identifier: MIT
// Which rules the frames of a server break: messages (RFC 9113 §8).
#include <nghttp2/nghttp2.h>

#include "base/text.h"
#include "trace/explainer.h"

namespace trace {

void Explainer::received_data(const TracedFrame& traced, Breaches& breaches) {
  const Frame& frame = traced.frame;
  StreamRecord* const stream = check_stream(frame.head, breaches);
  take_from_windows(frame, stream, breaches);
  if (stream == nullptr || stream->received_reset || stream->received_end) return;
  const bool ends = frame.head.has(NGHTTP2_FLAG_END_STREAM);
  if (ends) stream->received_end = true;
  if (stream->is_tunnel || stream->is_reserved) return;
  breaches.add_if(!stream->has_response, rules::kDataFirst);
  stream->content += traced.parts.content.size();
  if (stream->has_response && frame.is_complete()) check_content(*stream, ends, breaches);
}

void Explainer::check_content(const StreamRecord& stream, bool ends, Breaches& breaches) {
  if (stream.forbids_content) {
    breaches.add_if(stream.content > 0, rules::kContentForbidden);
    return;
  }
  if (!stream.content_length) return;
  const std::uint64_t expected = *stream.content_length;
  breaches.add_if(stream.content > expected || (ends && stream.content < expected),
                  rules::kContentLength,
                  std::to_string(stream.content) + " of " + std::to_string(expected) + " octets");
}

void Explainer::received_block(const HeaderBlock& block, Breaches& breaches) {
  if (!block.problem.empty()) return;
  if (const auto& malformed = block.decoded.malformed) {
    Rule rule = rules::kHpack;
    rule.section = malformed->section;
    breaches.add(rule, malformed->reason + ", at octet " + std::to_string(malformed->offset));
    return;
  }
  if (block.first.type == NGHTTP2_PUSH_PROMISE) {
    const SectionFacts facts =
        check_fields(block.decoded.steps, SectionKind::promised_request, breaches);
    StreamRecord* const promised = streams_.find(block.promised_stream_id.value_or(0));
    if (promised != nullptr && facts.is_head) promised->method = "HEAD";
    return;
  }
  StreamRecord* const stream = streams_.find(block.first.stream_id);
  if (stream == nullptr || stream->sent_reset || stream->is_over) return;
  const bool ends = block.first.has(NGHTTP2_FLAG_END_STREAM);
  const SectionKind kind = stream->has_response ? SectionKind::trailers : SectionKind::response;
  const SectionFacts facts = check_fields(block.decoded.steps, kind, breaches);
  if (kind == SectionKind::response) {
    received_response(*stream, facts, ends, breaches);
  } else if (!stream->is_tunnel) {
    breaches.add_if(!ends, rules::kTrailersEnd);
    check_content(*stream, ends, breaches);
  }
}

void Explainer::received_response(StreamRecord& stream, const SectionFacts& facts, bool ends,
                                  Breaches& breaches) {
  const int status = facts.status.value_or(500);
  if (status < 200) {
    breaches.add_if(ends, rules::kInformationalEnd);
    breaches.add_if(facts.has_content_length, rules::kContentLengthForbidden);
    return;
  }
  stream.has_response = true;
  stream.is_tunnel = stream.method == "CONNECT" && status < 300;
  breaches.add_if(facts.has_content_length && (status == 204 || stream.is_tunnel),
                  rules::kContentLengthForbidden);
  stream.forbids_content = stream.method == "HEAD" || status == 204 || status == 304;
  if (!stream.is_tunnel) stream.content_length = facts.content_length;
  if (ends) check_content(stream, ends, breaches);
}

}  // namespace trace
