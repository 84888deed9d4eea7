// SPDX-License-Identifier: MIT
// Cases that use the insides of the library, one file for each folder of lib/.
#pragma once

namespace bench {

void add_huffman_cases();
void add_frame_cases();
void add_http_cases();

}  // namespace bench
