// SPDX-License-Identifier: MIT
// Which octets may stand in field names, field values and the values of pseudo-fields (RFC 9110
// §5, §9.1; RFC 9113 §8.2, §8.3; RFC 3986).
#pragma once

#include "base/bytes.h"

namespace nghttp2::http {

// A field name: token characters without upper case, optionally after one colon.
bool is_field_name(Bytes name);

// Why a name is not one, by the first octet that spoils it: RFC 9113 §8.2.1 makes a message with
// upper case malformed, whereas a field with any other bad name can be left out.
enum class NameFault : uint8_t { none, empty, upper_case, other };
NameFault find_name_fault(Bytes name);

// A field value, which may be empty: HTAB, SP, visible characters and 0x80 to 0xff (RFC 9110 §5.5).
bool is_field_value(Bytes value);
// The same without SP or HTAB at either end (RFC 9113 §8.2.1).
bool is_trimmed_field_value(Bytes value);

// A token (RFC 9110 §9.1).
bool is_method(Bytes value);
// Anything but controls and SP, which may be empty: more than RFC 3986 allows, because clients
// send double quotes, braces and octets above 0x7f as they are.
bool is_path(Bytes value);
// The characters of an authority with userinfo, host and port (RFC 3986 §3.2), which may be empty.
bool is_authority(Bytes value);
// The same without userinfo, as :authority and Host have to be (RFC 9113 §8.3.1).
bool is_host_and_port(Bytes value);
// A letter, then letters, digits, '+', '-' and '.' (RFC 3986 §3.1).
bool is_scheme(Bytes value);

}  // namespace nghttp2::http
