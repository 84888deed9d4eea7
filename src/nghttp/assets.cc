// SPDX-License-Identifier: MIT
// What an HTML page refers to: a SAX pass with libxml2.
#include "nghttp/assets.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <new>
#include <utility>

#ifdef HAVE_LIBXML2
#include <libxml/HTMLparser.h>
#endif

#include "nghttp/links.h"
#include "nghttp/page_elements.h"

namespace nghttp {

#ifdef HAVE_LIBXML2

class AssetFinder::Parser {
 public:
  explicit Parser(AssetList& list)
      : elements_(
            {[&list](std::string_view reference) { list.set_base(reference); },
             [&list](std::string_view reference, AssetKind kind) { list.add(reference, kind); }}) {
    htmlSAXHandler handler{};
    handler.startElement = [](void* self, const xmlChar* name, const xmlChar** attributes) {
      static_cast<Parser*>(self)->start(text(name), attributes);
    };
    handler.endElement = [](void* self, const xmlChar* name) {
      static_cast<Parser*>(self)->end(text(name));
    };
    context_ =
        htmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr, XML_CHAR_ENCODING_NONE);
    if (context_ == nullptr) throw std::bad_alloc();
    htmlCtxtUseOptions(context_, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                     HTML_PARSE_NONET);
  }
  ~Parser() { htmlFreeParserCtxt(context_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  // Whether the page may go on.
  bool feed(std::string_view piece, bool is_last) {
    // What is nested too deep is noticed between such pieces.
    constexpr std::size_t kPieceBytes = 4096;
    do {
      const std::string_view part = piece.substr(0, kPieceBytes);
      piece.remove_prefix(part.size());
      htmlParseChunk(context_, part.data(), static_cast<int>(part.size()),
                     is_last && piece.empty() ? 1 : 0);
    } while (!piece.empty() && !is_too_deep_);
    return !is_too_deep_;
  }

 private:
  static std::string_view text(const xmlChar* from) {
    return from == nullptr ? std::string_view()
                           : std::string_view(reinterpret_cast<const char*>(from));
  }

  void start(std::string_view name, const xmlChar** attributes) {
    if (++depth_ > kMaxDepth) is_too_deep_ = true;
    if (is_too_deep_) return;
    attributes_.clear();
    for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2)
      attributes_.push_back({text(attributes[0]), text(attributes[1])});
    elements_.start(name, attributes_);
  }

  void end(std::string_view name) {
    if (depth_ > 0) --depth_;
    if (!is_too_deep_) elements_.end(name);
  }

  PageElements elements_;
  std::vector<Attribute> attributes_;
  int depth_ = 0;
  bool is_too_deep_ = false;
  htmlParserCtxtPtr context_ = nullptr;
};

bool can_find_assets() {
  return true;
}

#else

// Without an HTML parser nothing is found, and the option that needs one does not exist.
class AssetFinder::Parser {
 public:
  explicit Parser(AssetList&) {}
  bool feed(std::string_view, bool) { return true; }
};

bool can_find_assets() {
  return false;
}

#endif

AssetFinder::AssetFinder(base::Url page)
    : list_(std::move(page)), parser_(std::make_unique<Parser>(list_)) {}

AssetFinder::~AssetFinder() = default;

void AssetFinder::read_links(const http::Fields& fields) {
  for (const http::Field& field : fields) {
    if (field.name != "link") continue;
    for (const Link& link : parse_links(field.value)) {
      if (const auto use = use_of(link)) list_.add(use->target, use->kind);
    }
  }
}

void AssetFinder::feed(std::string_view piece) {
  if (!parser_) return;
  const std::string_view part = piece.substr(0, kMaxPageBytes - bytes_);
  bytes_ += part.size();
  if (!parser_->feed(part, false)) {
    stop("nests elements deeper than " + std::to_string(kMaxDepth));
  } else if (part.size() < piece.size()) {
    stop("is larger than " + std::to_string(kMaxPageBytes / (1024 * 1024)) + " MiB");
  }
}

void AssetFinder::end() {
  if (parser_) parser_->feed({}, true);
}

void AssetFinder::stop(std::string complaint) {
  parser_.reset();
  complaints_.push_back(std::move(complaint) + ": the rest of it is not searched for assets");
}

std::vector<std::string> AssetFinder::take_complaints() {
  if (list_.has_overflowed() && !std::exchange(told_of_overflow_, true)) {
    complaints_.push_back("refers to more than " + std::to_string(AssetList::kMaxAssets) +
                          " assets: the others are not fetched");
  }
  return std::exchange(complaints_, {});
}

}  // namespace nghttp
