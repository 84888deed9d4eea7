// SPDX-License-Identifier: MIT
// What all requests of one worker share.
#include "nghttpd/service.h"

#include "base/date.h"

namespace nghttpd {

const std::string& Service::date() {
  const std::time_t now = std::time(nullptr);
  if (now != date_time_) {
    date_time_ = now;
    date_ = base::format_http_date(now);
  }
  return date_;
}

}  // namespace nghttpd
