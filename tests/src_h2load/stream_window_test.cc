// SPDX-License-Identifier: MIT
#include "h2load/stream_window.h"

#include <map>

#include "support/check.h"

namespace h2load {

TEST(h2load_stream_window, finds_what_is_open) {
  StreamWindow window;
  Exchange first, second;
  CHECK(window.find(1) == nullptr);
  window.insert(1, &first);
  window.insert(3, &second);
  CHECK(window.find(1) == &first);
  CHECK(window.find(3) == &second);
  CHECK(window.find(2) == nullptr);
  CHECK(window.find(5) == nullptr);
  window.erase(1);
  CHECK(window.find(1) == nullptr);
  CHECK(window.find(3) == &second);
  window.erase(3);
  CHECK(window.find(3) == nullptr);
  window.insert(5, &first);
  CHECK(window.find(5) == &first);
  CHECK(window.find(3) == nullptr);
}

// In any order of endings, with one that stays for long.
TEST(h2load_stream_window, agrees_with_a_map) {
  StreamWindow window;
  std::map<std::int32_t, Exchange> open;
  std::uint32_t random = 9113;
  for (std::int32_t id = 1; id < 4000; id += 2) {
    window.insert(id, &open[id]);
    random = random * 1664525 + 1013904223;
    while (open.size() > 1 + random % 50) {
      random = random * 1664525 + 1013904223;
      auto victim = open.begin();
      std::advance(victim, 1 + random % (open.size() - 1));
      window.erase(victim->first);
      open.erase(victim);
    }
    for (std::int32_t each = 1; each <= id + 4; each += 97) {
      const auto found = open.find(each);
      CHECK(window.find(each) == (found == open.end() ? nullptr : &found->second));
    }
  }
  CHECK(window.find(1) == &open[1]);
}

TEST(h2load_stream_window, has_a_limit) {
  StreamWindow window;
  Exchange exchange;
  window.insert(1, &exchange);
  CHECK(!window.is_full());
  window.insert(static_cast<std::int32_t>(2 * StreamWindow::kMaxSpan - 1), &exchange);
  CHECK(window.is_full());
  window.erase(1);
  CHECK(!window.is_full());
}

}  // namespace h2load
