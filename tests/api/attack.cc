// SPDX-License-Identifier: MIT
// What the tests of attacks on a session have in common.
#include "api/attack.h"

#include "support/check.h"

namespace support {

Option make_option() {
  nghttp2_option* option = nullptr;
  nghttp2_option_new(&option);
  return Option(option);
}

bool AttackResult::calmed() const {
  return lines.find("< GOAWAY 0 last=") != std::string::npos &&
         lines.find("ENHANCE_YOUR_CALM") != std::string::npos;
}

namespace {

// After the GOAWAY input is swallowed, whatever it is (CVE-2026-27135).
void check_is_over(Single& target) {
  const std::string input = Wire()
                                .frame(NGHTTP2_ALTSVC, 0, 1, "\xff")
                                .headers(1, {{"Bad", "\n"}}, 5)
                                .window_update(0, 0)
                                .raw(std::string(100, '\xff'))
                                .bytes();
  CHECK_EQ(target.feed(input), static_cast<long>(input.size()));
  CHECK_STR(target.lines(), "");
  CHECK_EQ(nghttp2_session_want_read(target.session), 0);
  CHECK_EQ(nghttp2_session_want_write(target.session), 0);
}

}  // namespace

AttackResult attack(Single& target, int rounds, Reading reading,
                    const std::function<std::string(int round)>& make) {
  AttackResult result;
  target.log.set_quiet(true);
  while (result.rounds < rounds) {
    result.code = target.feed(make(result.rounds));
    ++result.rounds;
    if (result.code < 0) break;
    if (reading == Reading::no) continue;
    target.log.set_quiet(false);
    target.log.take_lines();
    result.lines = target.lines();
    target.log.set_quiet(true);
    if (nghttp2_session_want_read(target.session) == 0) break;
  }
  target.log.take_lines();
  target.log.set_quiet(false);
  if (result.calmed()) check_is_over(target);
  CHECK(target.probe.peak_bytes() < kMostBytes);
  return result;
}

std::uint32_t stream_of(int round) {
  return 2 * static_cast<std::uint32_t>(round) + 1;
}

}  // namespace support
