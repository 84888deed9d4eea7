// SPDX-License-Identifier: MIT
// What a path of a request stands for: a file in the forms there are of it.
#pragma once

#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/body.h"
#include "http/head.h"
#include "nghttpd/accept_encoding.h"
#include "nghttpd/document_root.h"

namespace nghttpd {

// A head that is complete but for the time of day.
struct PreparedHead {
  http::SharedHead head;
  // When the date field was written; it is the field of this index, if there is one.
  std::time_t date_time = -1;
  std::optional<std::size_t> date_index;
};

// One form of a file: itself, or the precompressed sibling of some coding.
struct Form {
  Coding coding = Coding::identity;
  FileIdentity identity;
  std::uint64_t size = 0;
  std::string entity_tag;
  // Exactly one of the two: small files are in memory.
  std::shared_ptr<const std::string> content;
  std::shared_ptr<const base::Fd> fd;
  // Of the response with the whole content.
  std::optional<PreparedHead> head;
};

struct Resource {
  OpenStatus status = OpenStatus::not_found;
  // Relative to the root; for a directory with an index it is the index.
  std::string path;
  std::time_t modified = 0;
  std::string last_modified;
  // For a file: the first is the file itself.
  std::vector<Form> forms;

  Form* form(Coding coding);
  // nullptr if the client takes none of the forms.
  Form* choose(const CodingWeights& weights);
};
using ResourcePtr = std::shared_ptr<Resource>;

// Opens what a path stands for. Siblings are looked for beside a file: .br and .gz. One that is
// older than the file is out of date and not used.
ResourcePtr open_resource(const DocumentRoot& root, std::string path);

// Where the forms of a file are, whether they exist or not: itself and its siblings.
struct FormName {
  Coding coding;
  std::string name;
};
std::vector<FormName> form_names(const std::string& path);

// A part of the content. Reading fails if the file has been changed meanwhile, other than by
// appending to it: nobody gets a mixture of two versions for one of them.
std::unique_ptr<http::BodySource> form_body(const Form& form, std::uint64_t offset,
                                            std::uint64_t length);

}  // namespace nghttpd
