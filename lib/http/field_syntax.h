// SPDX-License-Identifier: MIT
// Which octets may stand in field names, field values and the values of pseudo-fields (RFC 9110
// §5, §9.1; RFC 9113 §8.2, §8.3; RFC 3986).
#pragma once

#include "base/bytes.h"

namespace nghttp2::http {

// A field name: token characters without upper case, optionally after one colon.
bool is_field_name(Bytes name);
// Why a name is not one, by the first octet that spoils it: upper case makes a request malformed
// by RFC 9113 §8.2.1, whereas a field with any other bad name can be left out.
enum class NameFault : uint8_t { none, empty, upper_case, other };
NameFault find_name_fault(Bytes name);

// A field value: HTAB, SP, visible characters and 0x80 to 0xff (RFC 9110 §5.5).
bool is_field_value(Bytes value);
// The same without SP or HTAB at either end (RFC 9113 §8.2.1).
bool is_trimmed_field_value(Bytes value);

// A non-empty token (RFC 9110 §9.1).
bool is_method(Bytes value);
// The characters of a path and query; 0x80 to 0xff, double quotes and the like are tolerated
// because clients send them. An empty path is accepted.
bool is_path(Bytes value);
// The characters of a host with port, without userinfo: no '@'. An empty authority is accepted.
bool is_authority(Bytes value);
// A letter, then letters, digits, '+', '-' and '.' (RFC 3986 §3.1).
bool is_scheme(Bytes value);

}  // namespace nghttp2::http
