// SPDX-License-Identifier: MIT
// Links from a page to what it needs.
#include "nghttp/links.h"

#include "base/text.h"
#include "nghttp/screen.h"

namespace nghttp {

namespace {

constexpr std::string_view kSpace = " \t\n\f\r";

bool has_word(std::string_view list, std::string_view word) {
  std::size_t at = 0;
  while ((at = list.find_first_not_of(kSpace, at)) != std::string_view::npos) {
    const std::size_t end = std::min(list.find_first_of(kSpace, at), list.size());
    if (base::equal_ignoring_case(list.substr(at, end - at), word)) return true;
    at = end;
  }
  return false;
}

// The kinds that the attribute "as" names.
std::optional<AssetKind> kind_of(std::string_view as) {
  struct Name {
    std::string_view as;
    AssetKind kind;
  };
  constexpr Name kNames[] = {{"style", AssetKind::style_sheet}, {"script", AssetKind::script},
                             {"font", AssetKind::font},         {"image", AssetKind::image},
                             {"audio", AssetKind::media},       {"video", AssetKind::media},
                             {"fetch", AssetKind::data},        {"track", AssetKind::data},
                             {"worker", AssetKind::data},       {"", AssetKind::data}};
  for (const Name& name : kNames) {
    if (base::equal_ignoring_case(name.as, as)) return name.kind;
  }
  return std::nullopt;
}

std::optional<AssetKind> kind_of_style_sheet(const Link& link) {
  if (link.is_disabled) return std::nullopt;
  if (!link.type.empty() && !base::equal_ignoring_case(base::trim(link.type), "text/css")) {
    return std::nullopt;
  }
  // Browsers fetch those, too, but not before anything else.
  const bool is_in_use = !has_word(link.relations, "alternate") && media_applies(link.media);
  return is_in_use ? AssetKind::style_sheet : AssetKind::prefetch;
}

// Reads a field value from its front.
class LinkReader {
 public:
  explicit LinkReader(std::string_view value) : rest_(value) {}

  bool at_end() {
    skip(" \t,");
    return rest_.empty();
  }

  // One link up to the comma behind it; nullopt if it is of no use.
  std::optional<Link> read() {
    const std::size_t end = rest_.starts_with('<') ? rest_.find('>') : std::string_view::npos;
    if (end == std::string_view::npos) {
      skip_link();
      return std::nullopt;
    }
    Link link;
    link.target = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    bool is_ours = true;
    while (skip(" \t"), rest_.starts_with(';')) {
      rest_.remove_prefix(1);
      is_ours = read_parameter(link) && is_ours;
    }
    if (rest_.empty() || rest_.starts_with(','))
      return is_ours ? std::optional(link) : std::nullopt;
    skip_link();
    return std::nullopt;
  }

 private:
  void skip(std::string_view characters) {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
  }

  std::string_view take_until(std::string_view characters) {
    const std::string_view part = rest_.substr(0, rest_.find_first_of(characters));
    rest_.remove_prefix(part.size());
    return part;
  }

  std::string take_quoted() {
    std::string text;
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_.front() != '"') {
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return text;
  }

  // False if the link is not one from this page.
  bool read_parameter(Link& link) {
    skip(" \t");
    const std::string name = base::to_lower(base::trim(take_until("=;,")));
    std::string value;
    if (rest_.starts_with('=')) {
      rest_.remove_prefix(1);
      skip(" \t");
      value = rest_.starts_with('"') ? take_quoted() : std::string(base::trim(take_until(";,")));
    }
    // RFC 8288 §3.3: the first one counts.
    if (name == "rel" && link.relations.empty()) link.relations = value;
    if (name == "as") link.as = value;
    if (name == "type") link.type = value;
    if (name == "media") link.media = value;
    if (name == "imagesrcset") link.image_srcset = value;
    if (name == "imagesizes") link.image_sizes = value;
    return name != "anchor";
  }

  // Over what is malformed, to the comma behind it.
  void skip_link() {
    while (!rest_.empty() && rest_.front() != ',') {
      if (rest_.front() == '"') {
        take_quoted();
      } else {
        rest_.remove_prefix(1);
      }
    }
  }

  std::string_view rest_;
};

}  // namespace

std::optional<LinkUse> use_of(const Link& link) {
  const std::string_view relations = link.relations;
  std::string target = link.target;
  std::optional<AssetKind> kind;
  if (has_word(relations, "stylesheet")) {
    kind = kind_of_style_sheet(link);
  } else if (!media_applies(link.media)) {
    return std::nullopt;
  } else if (has_word(relations, "preload")) {
    kind = kind_of(link.as);
    if (kind == AssetKind::image) {
      target = choose_image(link.target, link.image_srcset, link.image_sizes);
    }
  } else if (has_word(relations, "modulepreload")) {
    kind = AssetKind::script;
  } else if (has_word(relations, "icon")) {
    kind = AssetKind::image;
  } else if (has_word(relations, "manifest")) {
    kind = AssetKind::data;
  } else if (has_word(relations, "prefetch")) {
    kind = AssetKind::prefetch;
  }
  if (!kind) return std::nullopt;
  return LinkUse{std::move(target), *kind};
}

std::vector<Link> parse_links(std::string_view value) {
  std::vector<Link> links;
  LinkReader reader(value);
  while (!reader.at_end()) {
    if (auto link = reader.read()) links.push_back(*std::move(link));
  }
  return links;
}

}  // namespace nghttp
