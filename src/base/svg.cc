// SPDX-License-Identifier: MIT
// Pieces of SVG.
#include "base/svg.h"

#include <cstdio>

#include "base/text.h"

namespace base {

namespace {

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

std::string svg_text(std::string_view octets) {
  std::string out;
  for (const char c : escape(octets, 64 * 1024)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string shorten(std::string_view text, std::size_t columns) {
  if (text.size() <= columns) return std::string(text);
  std::size_t front = columns * 2 / 3;
  std::size_t back = text.size() - (columns - front - 1);
  while (front > 0 && continues_character(text[front]))
    --front;
  while (back < text.size() && continues_character(text[back]))
    ++back;
  return std::string(text.substr(0, front)) + "\xe2\x80\xa6" + std::string(text.substr(back));
}

std::string svg_number(double value) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.1f", value);
  return text;
}

std::string svg_label(std::string_view css_class, double x, double y, std::string_view text) {
  return "<text class=\"" + std::string(css_class) + "\" x=\"" + svg_number(x) + "\" y=\"" +
         svg_number(y) + "\">" + svg_text(text) + "</text>\n";
}

std::string svg_box(std::string_view css_class, double x, double y, double width, double height) {
  return "<rect class=\"" + std::string(css_class) + "\" x=\"" + svg_number(x) + "\" y=\"" +
         svg_number(y) + "\" width=\"" + svg_number(width) + "\" height=\"" + svg_number(height) +
         "\"/>\n";
}

}  // namespace base
