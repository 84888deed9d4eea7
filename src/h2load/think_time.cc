// SPDX-License-Identifier: MIT
// How long a client waits before it goes on.
#include "h2load/think_time.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace h2load {

ThinkTime::Duration ThinkTime::draw(RandomStream& random) const {
  switch (kind) {
    case Kind::constant: break;
    case Kind::uniform:
      return low + Duration(random.below(static_cast<std::uint64_t>((high - low).count()) + 1));
    case Kind::exponential: {
      const double factor = -std::log1p(-random.unit());
      const double limit = static_cast<double>(high.count());
      const double drawn = factor * static_cast<double>(low.count());
      return Duration(static_cast<Duration::rep>(std::min(drawn, limit)));
    }
  }
  return low;
}

}  // namespace h2load
