// SPDX-License-Identifier: MIT
// Pieces of SVG.
#pragma once

#include <string>
#include <string_view>

namespace base {

// Octets as XML character data or attribute value: what is not printable is escaped as in traces.
std::string svg_text(std::string_view octets);

// The text if it is no longer than `columns`, else its beginning and end around an ellipsis.
std::string shorten(std::string_view text, std::size_t columns);

// A coordinate, with one decimal.
std::string svg_number(double value);

// <text class="...">, at a place.
std::string svg_label(std::string_view css_class, double x, double y, std::string_view text);

// <rect class="...">.
std::string svg_box(std::string_view css_class, double x, double y, double width, double height);

}  // namespace base
