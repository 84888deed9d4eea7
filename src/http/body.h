// SPDX-License-Identifier: MIT
// Message content that a connection pulls when it has room, instead of being handed pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/chunk.h"
#include "base/file.h"
#include "base/recycled.h"

namespace http {

using Bytes = std::span<const std::uint8_t>;

// Content of known length. The connection asks for exactly what it can frame now, so that the
// octets are copied once, from where they live into the output buffer.
class BodySource {
 public:
  virtual ~BodySource() = default;

  // Octets not yet read.
  virtual std::uint64_t remaining() const = 0;

  // Writes the next out.size() octets, at most remaining(); false if they cannot be had any more.
  virtual bool read(std::span<std::uint8_t> out) = 0;

  // Takes the next `count` octets, at most remaining(), without copying them: for content in memory
  // that never changes. Otherwise nothing is taken, and read() is the way.
  virtual std::optional<base::Chunk> lend(std::size_t) { return std::nullopt; }
};

// A part of a regular file, whose descriptor several bodies may share.
class FileBody final : public BodySource {
 public:
  FileBody(std::shared_ptr<const base::Fd> fd, std::uint64_t offset, std::uint64_t length)
      : fd_(std::move(fd)), offset_(offset), remaining_(length) {}

  std::uint64_t remaining() const override { return remaining_; }
  bool read(std::span<std::uint8_t> out) override;

 private:
  std::shared_ptr<const base::Fd> fd_;
  std::uint64_t offset_;
  std::uint64_t remaining_;
};

// Text that is ready in memory.
class TextBody final : public BodySource {
 public:
  explicit TextBody(std::string text) : text_(std::move(text)) {}

  std::uint64_t remaining() const override { return text_.size() - position_; }
  bool read(std::span<std::uint8_t> out) override;

 private:
  std::string text_;
  std::size_t position_ = 0;
};

// A part of text that several bodies share.
class SharedTextBody final : public BodySource {
 public:
  SharedTextBody(std::shared_ptr<const std::string> text, std::uint64_t offset,
                 std::uint64_t length)
      : text_(std::move(text)), offset_(offset), remaining_(length) {}

  std::uint64_t remaining() const override { return remaining_; }
  bool read(std::span<std::uint8_t> out) override;
  std::optional<base::Chunk> lend(std::size_t count) override;

  // Most responses have one.
  static void* operator new(std::size_t) { return base::BlockCache<kSize>::take(); }
  static void operator delete(void* body) { base::BlockCache<kSize>::give(body); }

 private:
  static constexpr std::size_t kSize = 48;

  std::shared_ptr<const std::string> text_;
  std::uint64_t offset_;
  std::uint64_t remaining_;

  static_assert(sizeof(void*) + sizeof(text_) + sizeof(offset_) + sizeof(remaining_) <= kSize);
};

// Several bodies one after the other.
class ChainBody final : public BodySource {
 public:
  void append(std::unique_ptr<BodySource> part);

  std::uint64_t remaining() const override { return remaining_; }
  bool read(std::span<std::uint8_t> out) override;

 private:
  std::vector<std::unique_ptr<BodySource>> parts_;
  std::size_t current_ = 0;
  std::uint64_t remaining_ = 0;
};

}  // namespace http
