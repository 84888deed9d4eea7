// SPDX-License-Identifier: MIT
// Stories of the HPACK corpus.
#include <jansson.h>

#include <algorithm>
#include <filesystem>

#include "fields.h"
#include "options.h"

namespace bench {

namespace {

FieldList read_fields(const std::string& path, const json_t* headers) {
  FieldList fields;
  size_t index;
  json_t* field;
  json_array_foreach(headers, index, field) {
    const char* name;
    json_t* value;
    json_object_foreach(field, name, value) {
      if (!json_is_string(value)) fail(path + ": the value of " + name + " is no string");
      fields.push_back({name, {json_string_value(value), json_string_length(value)}});
    }
  }
  if (fields.empty()) fail(path + ": a case has no fields");
  return fields;
}

Story read_story(const std::string& path) {
  json_error_t error;
  json_t* const root = json_load_file(path.c_str(), 0, &error);
  if (!root) fail(path + ":" + std::to_string(error.line) + ": " + error.text);
  Story story;
  size_t index;
  json_t* one;
  json_array_foreach(json_object_get(root, "cases"), index, one) {
    story.push_back(read_fields(path, json_object_get(one, "headers")));
  }
  json_decref(root);
  if (story.empty()) fail(path + ": no cases");
  return story;
}

}  // namespace

std::vector<Story> read_corpus(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path().string());
  }
  if (error) fail(folder + ": " + error.message());
  if (paths.empty()) fail(folder + ": no *.json");
  std::sort(paths.begin(), paths.end());
  std::vector<Story> stories;
  for (const std::string& path : paths)
    stories.push_back(read_story(path));
  return stories;
}

}  // namespace bench
