// SPDX-License-Identifier: MIT
// Lists of fields as browsers and servers send them.
#pragma once

#include <nghttp2/nghttp2.h>

#include <string>
#include <utility>
#include <vector>

namespace bench {

using Field = std::pair<std::string, std::string>;
using FieldList = std::vector<Field>;
// What one end of a connection sends, in order.
using Story = std::vector<FieldList>;

// The requests of two browsers that visit some pages, and what servers answer.
std::vector<Story> browser_stories();

// The n-th request or answer of a visit to a site, the same for every n.
FieldList browser_request(unsigned number);
FieldList server_answer(unsigned number, size_t content_length);

// All stories (*.json) of a folder in the format of hpack-test-case, such as
// tests/hpack/corpus/raw-data. Ends the program with a message if there are none or one is unsound.
std::vector<Story> read_corpus(const std::string& folder);

// The list must outlive the views.
std::vector<nghttp2_nv> views_of(const FieldList& fields);

}  // namespace bench
