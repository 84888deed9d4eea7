// SPDX-License-Identifier: MIT
// Reads the stories of the HPACK corpus: JSON files with header lists and encoded blocks.
#pragma once

#include <string>
#include <vector>

#include "fields.h"

namespace hpack_test {

struct Case {
  std::string wire;             // the block, or empty in stories without one
  long header_table_size = -1;  // the setting acknowledged before this block, or -1
  FieldList fields;
};

// False if the file is not such a story.
bool read_story(const std::string& path, std::vector<Case>& cases);

// The story files of a folder, sorted; empty if there is no such folder.
std::vector<std::string> story_files(const std::string& folder);

}  // namespace hpack_test
