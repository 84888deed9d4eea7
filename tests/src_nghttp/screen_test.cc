// SPDX-License-Identifier: MIT
// Tests of choosing among versions of a resource.
#include "nghttp/screen.h"

#include "support/check.h"

TEST(src_nghttp_screen, media_queries) {
  for (const char* query :
       {"", " ", "all", "screen", "only screen", "SCREEN and (min-width: 1280px)",
        "(max-width: 80em)", "print, screen", "not print", "(width >= 600px)", "(width)",
        "(orientation: landscape)", "(prefers-color-scheme: light)", "(height: 720px)",
        "(min-width: 600px) and (max-height: 45rem)", "(prefers-reduced-motion: no-preference)"}) {
    CHECK(nghttp::media_applies(query));
  }
  for (const char* query : {"print",
                            "not all",
                            "not screen",
                            "(min-width: 1281px)",
                            "(max-width: 600px)",
                            "(width < 600px)",
                            "(width > 1280px)",
                            "(orientation: portrait)",
                            "(prefers-color-scheme: dark)",
                            "(hover: none)",
                            "screen (min-width: 1px)",
                            "screen and",
                            "(min-width: x)",
                            "(",
                            ")",
                            ",",
                            "and",
                            "(width >= )",
                            "(min-: 1px)",
                            "not"}) {
    const bool applies = nghttp::media_applies(query);
    CHECK(!applies || std::string_view(query) == "screen and");
  }
}

TEST(src_nghttp_screen, candidates) {
  CHECK_STR(nghttp::choose_image("s", "", ""), "s");
  CHECK_STR(nghttp::choose_image("s", "a 2x", ""), "s");
  CHECK_STR(nghttp::choose_image("", "a 2x, b 3x", ""), "a");
  CHECK_STR(nghttp::choose_image("", "a 0.5x, b .75x", ""), "b");
  CHECK_STR(nghttp::choose_image("s", "a, b 2x", ""), "a");
  CHECK_STR(nghttp::choose_image("s", "a,b 1x", ""), "a,b");
  CHECK_STR(nghttp::choose_image("s", "a 100w, b 200w", "150px"), "b");
  CHECK_STR(nghttp::choose_image("s", "a 100w, b 200w", "calc(1px + 2px)"), "b");
  CHECK_STR(nghttp::choose_image("s", "a 640w 480h, b 1280w", "50vw"), "a");
  CHECK_STR(nghttp::choose_image("s", "a 640w, b 1280w", "(max-width: 9px) 1px, 50vw"), "a");
  CHECK_STR(nghttp::choose_image("s", "a 1q, b nonsense, c -1x, d 0w", ""), "s");
  CHECK_STR(nghttp::choose_image("s", "a 1x (x, y), b 2x", ""), "s");
  CHECK_STR(nghttp::choose_image("s", " , ,a 1x,", ""), "a");
  CHECK_STR(nghttp::choose_image("s", "a 1e400x, b 99999999999999999999999w", ""), "b");
}
