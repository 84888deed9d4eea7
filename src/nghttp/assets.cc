// SPDX-License-Identifier: MIT
// What an HTML page refers to: a SAX pass with libxml2.
#include "nghttp/assets.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#include <new>
#include <set>
#include <utility>

#ifdef HAVE_LIBXML2
#include <libxml/HTMLparser.h>
#endif

#include "base/text.h"

namespace nghttp {

#ifdef HAVE_LIBXML2

namespace {

// A page that refers to more than this is not one a person looks at.
constexpr std::size_t kMaxAssets = 1000;

std::string_view attribute(const xmlChar** attributes, std::string_view name) {
  for (; attributes != nullptr && attributes[0] != nullptr; attributes += 2) {
    if (!base::equal_ignoring_case(reinterpret_cast<const char*>(attributes[0]), name)) continue;
    return attributes[1] == nullptr
               ? std::string_view()
               : std::string_view(reinterpret_cast<const char*>(attributes[1]));
  }
  return {};
}

bool has_word(std::string_view list, std::string_view word) {
  for (const std::string_view each : base::split_list(list, ' ')) {
    if (base::equal_ignoring_case(each, word)) return true;
  }
  return false;
}

}  // namespace

class AssetFinder::Parser {
 public:
  explicit Parser(base::Url page) : base_(std::move(page)), origin_(base_.origin()) {
    htmlSAXHandler handler{};
    handler.startElement = &Parser::start_element;
    context_ =
        htmlCreatePushParserCtxt(&handler, this, nullptr, 0, nullptr, XML_CHAR_ENCODING_NONE);
    if (context_ == nullptr) throw std::bad_alloc();
    htmlCtxtUseOptions(context_, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                                     HTML_PARSE_NONET);
  }
  ~Parser() { htmlFreeParserCtxt(context_); }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;

  void feed(std::string_view piece, bool is_last) {
    htmlParseChunk(context_, piece.data(), static_cast<int>(piece.size()), is_last ? 1 : 0);
  }

  std::vector<Asset> take() { return std::exchange(found_, {}); }

 private:
  static void start_element(void* user_data, const xmlChar* name, const xmlChar** attributes) {
    static_cast<Parser*>(user_data)->on_element(reinterpret_cast<const char*>(name), attributes);
  }

  void on_element(std::string_view name, const xmlChar** attributes) {
    if (base::equal_ignoring_case(name, "link")) {
      on_link(attributes);
    } else if (base::equal_ignoring_case(name, "script")) {
      add(attribute(attributes, "src"), AssetKind::script);
    } else if (base::equal_ignoring_case(name, "img")) {
      add(attribute(attributes, "src"), AssetKind::image);
    } else if (base::equal_ignoring_case(name, "base") && !base_changed_) {
      const auto url = base::resolve_url(base_, base::escape_uri(attribute(attributes, "href")));
      if (url) base_ = *url;
      base_changed_ = true;
    }
  }

  void on_link(const xmlChar** attributes) {
    const std::string_view rel = attribute(attributes, "rel");
    const std::string_view href = attribute(attributes, "href");
    if (has_word(rel, "stylesheet")) {
      add(href, AssetKind::style_sheet);
    } else if (has_word(rel, "icon")) {
      add(href, AssetKind::image);
    } else if (has_word(rel, "preload")) {
      const std::string_view as = attribute(attributes, "as");
      add(href, as == "style"    ? AssetKind::style_sheet
                : as == "script" ? AssetKind::script
                                 : AssetKind::image);
    }
  }

  void add(std::string_view reference, AssetKind kind) {
    if (reference.empty() || seen_.size() >= kMaxAssets) return;
    auto url = base::resolve_url(base_, base::escape_uri(base::trim(reference)));
    if (!url || url->origin() != origin_) return;
    url->fragment.reset();
    if (!seen_.insert(url->to_string()).second) return;
    found_.push_back(Asset{*std::move(url), kind});
  }

  base::Url base_;
  bool base_changed_ = false;
  std::string origin_;
  htmlParserCtxtPtr context_ = nullptr;
  std::set<std::string> seen_;
  std::vector<Asset> found_;
};

bool can_find_assets() {
  return true;
}

#else

// Without an HTML parser nothing is found, and the option that needs one does not exist.
class AssetFinder::Parser {
 public:
  explicit Parser(base::Url) {}
  void feed(std::string_view, bool) {}
  std::vector<Asset> take() { return {}; }
};

bool can_find_assets() {
  return false;
}

#endif

AssetFinder::AssetFinder(base::Url page) : parser_(std::make_unique<Parser>(std::move(page))) {}

AssetFinder::~AssetFinder() = default;

void AssetFinder::feed(std::string_view piece) {
  parser_->feed(piece, false);
}

void AssetFinder::end() {
  parser_->feed({}, true);
}

std::vector<Asset> AssetFinder::take() {
  return parser_->take();
}

}  // namespace nghttp
