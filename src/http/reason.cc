// SPDX-License-Identifier: MIT
// Why an exchange ended early: names.
#include "http/reason.h"

namespace http {

std::string_view to_string(ReasonKind kind) {
  switch (kind) {
    case ReasonKind::canceled: return "canceled";
    case ReasonKind::refused: return "refused";
    case ReasonKind::protocol: return "protocol";
    case ReasonKind::too_large: return "too_large";
    case ReasonKind::timeout: return "timeout";
    case ReasonKind::closed: return "closed";
    case ReasonKind::internal: return "internal";
  }
  return "unknown";
}

}  // namespace http
