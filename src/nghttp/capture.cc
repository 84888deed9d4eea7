// SPDX-License-Identifier: MIT
// Connections as a packet capture in pcapng.
#include "nghttp/capture.h"

#include <nghttp2/nghttp2.h>

#include <chrono>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "nghttp/packet.h"

namespace nghttp {

namespace {

constexpr std::uint32_t kSectionHeader = 0x0a0d0d0a;
constexpr std::uint32_t kInterfaceDescription = 1;
constexpr std::uint32_t kEnhancedPacket = 6;
constexpr std::uint32_t kDecryptionSecrets = 10;
constexpr std::uint32_t kByteOrderMagic = 0x1a2b3c4d;
constexpr std::uint32_t kTlsKeyLog = 0x544c534b;
constexpr std::uint16_t kRawIp = 101;
constexpr std::uint16_t kUserApplication = 4;
constexpr std::uint16_t kTimeResolution = 9;
constexpr char kNanoseconds = 9;  // 10^-9
// An IP packet holds less than 64 KiB.
constexpr std::size_t kMaxSegment = 32 * 1024;

// In the byte order of this machine, which the magic number tells.
template <class Integer>
std::string raw(Integer value) {
  std::string out(sizeof(value), '\0');
  std::memcpy(out.data(), &value, sizeof(value));
  return out;
}

std::string padded(std::string_view octets) {
  return std::string(octets) + std::string((4 - octets.size() % 4) % 4, '\0');
}

std::string option(std::uint16_t code, std::string_view value) {
  return raw(code) + raw(static_cast<std::uint16_t>(value.size())) + padded(value);
}

std::uint64_t now() {
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                        std::chrono::system_clock::now().time_since_epoch())
                                        .count());
}

// Both ends of a TCP connection. Octets that go the same way one after the other become one
// segment: it is written when something else happens, so that secrets which come with it, and which
// decrypt it, are before it in the file.
class CapturedConnection final : public net::SocketTap {
 public:
  CapturedConnection(std::shared_ptr<Capture> capture, const net::Address& local,
                     const net::Address& peer)
      : capture_(std::move(capture)), ours_{local, 1000}, theirs_{peer, 5000} {
    add(ours_, theirs_, Segment::kSyn, {}, now());
    add(theirs_, ours_, Segment::kSyn | Segment::kAck, {}, now());
    add(ours_, theirs_, Segment::kAck, {}, now());
  }
  ~CapturedConnection() override {
    flush();
    add(ours_, theirs_, Segment::kFin | Segment::kAck, {}, now());
    add(theirs_, ours_, Segment::kFin | Segment::kAck, {}, now());
    add(ours_, theirs_, Segment::kAck, {}, now());
  }

  void received(std::span<const uint8_t> octets) override { collect(octets, false); }
  void sent(std::span<const uint8_t> octets) override { collect(octets, true); }

 private:
  struct End {
    net::Address address;
    std::uint32_t sequence;
  };

  void collect(std::span<const uint8_t> octets, bool is_ours) {
    if (is_ours != pending_is_ours_) flush();
    pending_is_ours_ = is_ours;
    while (!octets.empty()) {
      if (pending_.empty()) pending_since_ = now();
      const auto part = octets.first(std::min(octets.size(), kMaxSegment - pending_.size()));
      pending_.append(base::as_text(part));
      octets = octets.subspan(part.size());
      if (pending_.size() == kMaxSegment) flush();
    }
  }

  void flush() {
    const std::string content = std::exchange(pending_, {});
    if (content.empty()) return;
    End& from = pending_is_ours_ ? ours_ : theirs_;
    add(from, pending_is_ours_ ? theirs_ : ours_, Segment::kPush | Segment::kAck, content,
        pending_since_);
  }

  void add(End& from, const End& to, unsigned flags, std::string_view content,
           std::uint64_t nanoseconds) {
    Segment segment;
    segment.sequence = from.sequence;
    segment.acknowledged = (flags & Segment::kAck) != 0 ? to.sequence : 0;
    segment.flags = static_cast<std::uint8_t>(flags);
    segment.content = content;
    from.sequence += static_cast<std::uint32_t>(content.size());
    if ((flags & (Segment::kSyn | Segment::kFin)) != 0) ++from.sequence;
    capture_->add_packet(make_packet(from.address, to.address, segment), nanoseconds);
  }

  std::shared_ptr<Capture> capture_;
  End ours_;
  End theirs_;
  std::string pending_;
  bool pending_is_ours_ = true;
  std::uint64_t pending_since_ = 0;
};

}  // namespace

base::Result<std::shared_ptr<Capture>> Capture::open(const std::string& path) {
  auto file = ReportFile::open(path);
  if (!file) return base::Error{file.error()};
  std::shared_ptr<Capture> out(new Capture(*std::move(file)));
  // Version 1.0, and a length that is not known.
  out->add_block(kSectionHeader, raw(kByteOrderMagic) + raw(std::uint16_t{1}) +
                                     raw(std::uint16_t{0}) + raw(~std::uint64_t{0}) +
                                     option(kUserApplication, "nghttp nghttp2/" NGHTTP2_VERSION) +
                                     option(0, {}));
  out->add_block(kInterfaceDescription,
                 raw(kRawIp) + raw(std::uint16_t{0}) + raw(std::uint32_t{0}) +
                     option(kTimeResolution, std::string_view(&kNanoseconds, 1)) + option(0, {}));
  return out;
}

std::shared_ptr<net::SocketTap> Capture::connection(const net::Address& local,
                                                    const net::Address& peer) {
  if (!local.is_ip() || local.family() != peer.family()) return nullptr;
  return std::make_shared<CapturedConnection>(shared_from_this(), local, peer);
}

void Capture::add_secret(std::string_view line) {
  const std::string text = std::string(line) + "\n";
  add_block(kDecryptionSecrets,
            raw(kTlsKeyLog) + raw(static_cast<std::uint32_t>(text.size())) + padded(text));
}

void Capture::add_packet(std::string_view packet, std::uint64_t nanoseconds) {
  const auto size = static_cast<std::uint32_t>(packet.size());
  add_block(kEnhancedPacket, raw(std::uint32_t{0}) +
                                 raw(static_cast<std::uint32_t>(nanoseconds >> 32)) +
                                 raw(static_cast<std::uint32_t>(nanoseconds)) + raw(size) +
                                 raw(size) + padded(packet));
}

void Capture::add_block(std::uint32_t type, std::string body) {
  constexpr std::size_t kFrameOctets = 12;  // type and both lengths
  if (!result_) return;
  const std::string length = raw(static_cast<std::uint32_t>(body.size() + kFrameOctets));
  result_ = file_.write(raw(type) + length + body + length);
}

}  // namespace nghttp
