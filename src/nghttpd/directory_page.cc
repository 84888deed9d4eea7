// SPDX-License-Identifier: MIT
// The page that lists a directory: names are escaped for HTML and for the URI.
#include "nghttpd/directory_page.h"

#include <nghttp2/nghttp2.h>

#include "base/text.h"

namespace nghttpd {

namespace {

constexpr std::size_t kMaxEntries = 10000;

std::string escape_html(std::string_view text) {
  std::string out;
  // First what no terminal or browser should see as it is, then what HTML gives a meaning.
  for (const char c : base::escape(text)) {
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

// Everything but unreserved characters (RFC 3986 §2.3).
std::string encode_segment(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_unreserved =
        base::is_alpha(c) || base::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    if (is_unreserved) {
      out += c;
    } else {
      const auto octet = static_cast<std::uint8_t>(c);
      out += "%" + base::to_hex({&octet, 1});
    }
  }
  return out;
}

std::string row(const std::string& link, const std::string& text) {
  return "<li><a href=\"" + link + "\">" + text + "</a></li>\n";
}

}  // namespace

std::optional<std::string> directory_page(const DocumentRoot& root, const std::string& path,
                                          std::uint16_t port) {
  const auto entries = root.list(path.substr(1), kMaxEntries);
  if (!entries) return std::nullopt;
  const std::string title = "Index of " + escape_html(path);
  std::string page = "<!DOCTYPE html>\n<html><head><title>" + title + "</title></head><body><h1>" +
                     title + "</h1>\n<ul>\n";
  if (path != "/") page += row("../", "../");
  for (const DirectoryEntry& entry : *entries) {
    const char* const end = entry.is_directory ? "/" : "";
    page += row("./" + encode_segment(entry.name) + end, escape_html(entry.name) + end);
  }
  page += "</ul>\n";
  if (entries->size() == kMaxEntries) page += "<p>There may be more.</p>\n";
  return page + "<hr><address>nghttpd nghttp2/" NGHTTP2_VERSION " at port " + std::to_string(port) +
         "</address></body></html>\n";
}

}  // namespace nghttpd
