// SPDX-License-Identifier: MIT
// Tests of finding what a page refers to.
#include "nghttp/assets.h"

#include "support/check.h"

namespace {

std::string found(std::string_view page, std::size_t piece_bytes) {
  nghttp::AssetFinder finder(*base::parse_url("http://h.test/dir/page.html"));
  std::string out;
  const auto collect = [&] {
    for (const nghttp::Asset& asset : finder.take()) {
      const char kind = asset.kind == nghttp::AssetKind::style_sheet ? 'c'
                        : asset.kind == nghttp::AssetKind::script    ? 's'
                                                                     : 'i';
      out += kind + asset.url.request_target() + " ";
    }
  };
  for (std::size_t at = 0; at < page.size(); at += piece_bytes) {
    finder.feed(page.substr(at, piece_bytes));
    collect();
  }
  finder.end();
  collect();
  return out;
}

}  // namespace

TEST(src_nghttp_assets, kinds_and_origins) {
  if (!nghttp::can_find_assets()) return;
  constexpr std::string_view kPage =
      "<html><head><link rel=stylesheet href=/s.css><LINK REL='shortcut icon' HREF=f.ico>"
      "<link rel=preload as=script href=p.js><link rel=canonical href=/no>"
      "<script src='x/y.js?v=1'></script><script>1</script></head><body>"
      "<img src='../up.png'><img src='../up.png#again'><img src=http://other.test/o.png>"
      "<img src='data:x'><img src='with space.png'></body></html>";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, kPage.size()}) {
    CHECK_STR(found(kPage, piece),
              "c/s.css i/dir/f.ico s/dir/p.js s/dir/x/y.js?v=1 i/up.png i/dir/with%20space.png ");
  }
}

TEST(src_nghttp_assets, base_element) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(found("<base href='/other/'><base href='/late/'><img src=a.png>", 100),
            "i/other/a.png ");
}
