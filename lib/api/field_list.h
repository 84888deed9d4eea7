// SPDX-License-Identifier: MIT
// Copies what an application submits into memory that an outbound item can own.
#pragma once

#include "api/handle.h"

namespace nghttp2::api {

// One block with the array of fields and the bytes that they point to, except those that the
// application promised to keep. Names are lower-cased (RFC 9113 §8.2), strings end in NUL.
// False when there is no memory.
[[nodiscard]] bool copy_fields(session::Outbox& outbox, session::OutboundItem& item,
                               Slice<const FieldView> fields, Slice<const FieldView>* copy);

}  // namespace nghttp2::api
