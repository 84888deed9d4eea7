// SPDX-License-Identifier: MIT
// Which content codings a client takes (RFC 9110 §12.5.3).
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace nghttpd {

// In the order of preference, among those a client likes equally.
enum class Coding { br, gzip, identity };

// As content-encoding has it; empty for identity.
std::string_view coding_name(Coding coding);

// How much a client likes each coding: 0 is not at all, 1000 most.
struct CodingWeights {
  int br = 0;
  int gzip = 0;
  int identity = 1;

  int of(Coding coding) const;
};

// Reads an accept-encoding value. Without the field a client takes all, identity before the others.
CodingWeights parse_accept_encoding(std::optional<std::string_view> value);

// False if what parse_accept_encoding() returns surely allows identity: only a weight can exclude
// it.
bool may_exclude_identity(std::optional<std::string_view> value);

// The coding a client likes best of those there are; nullopt if it takes none of them.
std::optional<Coding> choose_coding(const CodingWeights& weights,
                                    std::span<const Coding> available);

}  // namespace nghttpd
