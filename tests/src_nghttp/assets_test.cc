// SPDX-License-Identifier: MIT
// Tests of finding what a page refers to.
#include "nghttp/assets.h"

#include "support/check.h"

namespace {

char letter(nghttp::AssetKind kind) {
  switch (kind) {
    case nghttp::AssetKind::style_sheet: return 'c';
    case nghttp::AssetKind::script: return 's';
    case nghttp::AssetKind::font: return 'f';
    case nghttp::AssetKind::late_script: return 'l';
    case nghttp::AssetKind::data: return 'd';
    case nghttp::AssetKind::image: return 'i';
    case nghttp::AssetKind::media: return 'm';
    case nghttp::AssetKind::prefetch: return 'p';
  }
  return '?';
}

std::string take(nghttp::AssetFinder& finder) {
  std::string out;
  for (const nghttp::Asset& asset : finder.take())
    out += letter(asset.kind) + asset.url.request_target() + " ";
  for (const std::string& complaint : finder.take_complaints())
    out += "[" + complaint + "] ";
  return out;
}

std::string found(std::string_view page, std::size_t piece_bytes = 100) {
  nghttp::AssetFinder finder(*base::parse_url("http://h.test/dir/page.html"));
  std::string out;
  for (std::size_t at = 0; at < page.size(); at += piece_bytes) {
    finder.feed(page.substr(at, piece_bytes));
    out += take(finder);
  }
  finder.end();
  return out + take(finder);
}

std::string in_links(std::string_view value) {
  nghttp::AssetFinder finder(*base::parse_url("http://h.test/dir/page.html"));
  finder.read_links({{"x", "</x>; rel=preload"}, {"link", value}});
  return take(finder);
}

std::string repeated(std::string_view text, int count) {
  std::string out;
  for (int i = 0; i < count; ++i)
    out += text;
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
      "<img src='HTTP://H.test:80/up.png'>"
      "<img src='data:x'><img src='with space.png'></body></html>";
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, kPage.size()}) {
    CHECK_STR(found(kPage, piece),
              "c/s.css i/dir/f.ico s/dir/p.js s/dir/x/y.js?v=1 i/up.png i/dir/with%20space.png ");
  }
}

TEST(src_nghttp_assets, base_element) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(found("<base target=x><base href='/other/'><base href='/late/'><img src=a.png>"),
            "i/other/a.png ");
  CHECK_STR(found("<base href='http://other.test/'><img src=a.png><img src=//h.test/b>"), "i/b ");
  CHECK_STR(found("<img src=' \n/a\tb\n '><img src=' '><img src>"), "i/ab ");
}

TEST(src_nghttp_assets, links) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(found("<link rel='alternate stylesheet' href=1><link rel=stylesheet media=print href=2>"
                  "<link rel=stylesheet media='(min-width:600px)' href=3>"
                  "<link rel=stylesheet type=text/less href=4><link rel=stylesheet disabled href=5>"
                  "<link rel=\"pre\nmodulepreload\" href=6><link rel=manifest href=7>"
                  "<link rel=prefetch href=8><link rel=icon media=print href=9>"
                  "<link rel=dns-prefetch href=10><link rel=alternate href=11>"),
            "p/dir/1 p/dir/2 c/dir/3 s/dir/6 d/dir/7 p/dir/8 ");
  CHECK_STR(found("<link rel=preload as=style href=1><link rel=preload as=font href=2>"
                  "<link rel=preload as=IMAGE href=3 imagesrcset='4 1x, 5 2x'>"
                  "<link rel=preload as=fetch href=6><link rel=preload as=video href=7>"
                  "<link rel=preload as=nonsense href=8><link rel=preload href=9>"
                  "<link rel=preload as=font media=print href=10>"),
            "c/dir/1 f/dir/2 i/dir/4 d/dir/6 m/dir/7 d/dir/9 ");
}

TEST(src_nghttp_assets, scripts) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(found("<head><script src=1></script><script async src=2></script>"
                  "<script defer src=3></script><script type=module src=4></script>"
                  "<script nomodule src=5></script><script type='text/template' src=6></script>"
                  "<script type='text/JavaScript' src=7></script></head><p>x<script src=8></script>"
                  "<template><script src=9></script></template>"
                  "<noscript><img src=10></noscript><img src=11>"),
            "s/dir/1 l/dir/2 l/dir/3 l/dir/4 s/dir/7 l/dir/8 i/dir/11 ");
}

TEST(src_nghttp_assets, images) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(found("<img src=1 srcset='2 2x, 3 3x'><img src=4 srcset='5 1x, 6 2x'>"
                  "<img src=7 srcset='8 640w, 9 1280w, 10 2560w'>"
                  "<img src=11 srcset='12 640w, 13 1280w' sizes='(min-width: 900px) 320px, 100vw'>"
                  "<img src=14 srcset='15 640w, 16 700w'><img srcset='17'>"),
            "i/dir/1 i/dir/5 i/dir/9 i/dir/12 i/dir/16 i/dir/17 ");
  CHECK_STR(found("<picture><source srcset=1 media='(max-width: 600px)'>"
                  "<source srcset=2 type=image/jxl><source srcset='3 1x, 4 2x' type=image/webp>"
                  "<source srcset=5><img src=6></picture><img src=7>"
                  "<picture><source srcset=8 media=print><img src=9></picture>"
                  "<input type=image src=10><input src=11>"),
            "i/dir/3 i/dir/7 i/dir/9 i/dir/10 ");
}

TEST(src_nghttp_assets, sound_and_pictures) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(
      found("<video src=1 poster=2><source src=3><track src=4></video>"
            "<video><source src=5 type=video/x-unknown><source src=6 type='video/mp4; a=b'>"
            "<source src=7></video><audio src=8></audio><source src=9>"
            "<audio preload=none src=10></audio><audio preload=none autoplay src=11></audio>"
            "<embed src=12><object data=13 type=image/png></object>"
            "<object data=14 type=text/html></object><iframe src=15></iframe><a href=16>x</a>"),
      "i/dir/2 m/dir/1 d/dir/4 m/dir/6 m/dir/8 m/dir/11 m/dir/12 i/dir/13 ");
}

TEST(src_nghttp_assets, link_fields) {
  CHECK_STR(in_links("</a.css>; rel=preload; as=style, <b.js>;rel=\"preload\";as=\"script\""),
            "c/a.css s/dir/b.js ");
  CHECK_STR(in_links("<1>;rel=preload"), "d/dir/1 ");
  CHECK_STR(in_links("<1>; REL = \"x stylesheet\" , <2> ;rel=icon,<3>;rel=next"),
            "c/dir/1 i/dir/2 ");
  CHECK_STR(in_links("<1,2>; title=\"a,<b>;\\\"c\"; rel=modulepreload, , <3>; rel=icon; rel=next"),
            "s/dir/1,2 i/dir/3 ");
  // Those of another context, from elsewhere, or that are no links.
  CHECK_STR(in_links("<1>; rel=preload; anchor=\"/x\", <http://other.test/>; rel=preload, 2; "
                     "rel=\"preload,\", <3>x; rel=preload, <4>, <5>; rel=preload"),
            "d/dir/5 ");
  for (const std::string_view broken : {"", ",", "<", "<a", "<a>;", "<a>; rel", "<a>; rel=\"",
                                        "<a>; rel=\"preload\\", "<a>;rel=preload=x"}) {
    const std::string found_links = in_links(broken);
    CHECK(found_links.empty() || found_links == "d/dir/a ");
  }
}

TEST(src_nghttp_assets, bounds) {
  if (!nghttp::can_find_assets()) return;
  CHECK_STR(found(repeated("<div>", 500) + "<img src=1>", 4096), "i/dir/1 ");
  CHECK_STR(found("<img src=0>" + repeated("<div>", 20000) + "<img src=1>", 70000),
            "i/dir/0 [nests elements deeper than 512: the rest of it is not searched for assets] ");
  std::string page;
  for (int i = 0; i < 1002; ++i)
    page += "<img src=" + std::to_string(i) + ">";
  const std::string all = found(page);
  CHECK(all.find("/dir/999 ") != std::string::npos && all.find("/dir/1000 ") == std::string::npos);
  CHECK(all.ends_with("[refers to more than 1000 assets: the others are not fetched] "));
  const std::string comment = repeated("<!-- filler -->", 1024 * 1024 / 15 + 1);
  nghttp::AssetFinder finder(*base::parse_url("http://h.test/"));
  for (int i = 0; i < 16; ++i)
    finder.feed(comment);
  finder.feed("<img src=late>");
  finder.end();
  CHECK_STR(take(finder), "[is larger than 16 MiB: the rest of it is not searched for assets] ");
}
