// SPDX-License-Identifier: MIT
// Lists of fields as browsers and servers send them.
#include "fields.h"

namespace bench {

namespace {

struct Browser {
  const char* user_agent;
  const char* language;
  const char* client_hints;  // "" where the browser does not send any
};
constexpr Browser kBrowsers[] = {
    {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
     "Safari/537.36",
     "en-GB,en;q=0.9,de;q=0.8", "\"Chromium\";v=\"124\", \"Not-A.Brand\";v=\"99\""},
    {"Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "en-US,en;q=0.5",
     ""},
};

// What a page consists of.
struct Resource {
  const char* destination;
  const char* accept;
  const char* path;
  const char* priority;
  const char* content_type;
  const char* cache_control;
};
constexpr Resource kResources[] = {
    {"document", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "/articles/",
     "u=0, i", "text/html; charset=utf-8", "private, no-cache"},
    {"style", "text/css,*/*;q=0.1", "/assets/css/theme.", "u=0", "text/css",
     "public, max-age=31536000, immutable"},
    {"script", "*/*", "/assets/js/chunk.", "u=1", "application/javascript; charset=utf-8",
     "public, max-age=31536000, immutable"},
    {"image", "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
     "/media/photo-", "u=5, i", "image/webp", "public, max-age=86400"},
    {"empty", "application/json", "/api/v2/items?after=", "u=1, i", "application/json", "no-store"},
};
constexpr unsigned kPageSize = 12;  // requests, the first one being the document

const Resource& resource(unsigned number) {
  const unsigned place = number % kPageSize;
  return kResources[place == 0 ? 0 : 1 + place * place % 4];
}

// As file names and entity tags have it: always the same for a number, and hard to compress.
std::string digest(unsigned number) {
  std::string text;
  for (unsigned state = number * 2654435761u + 1, i = 0; i < 12; ++i) {
    state = state * 1664525u + 1013904223u;
    text += "0123456789abcdef"[state >> 28];
  }
  return text;
}

std::string clock_time(unsigned number) {
  const std::string seconds = std::to_string(10 + number / 6 % 50);
  return "Tue, 14 May 2024 09:26:" + seconds + " GMT";
}

// Every visitor has other sites and cookies.
FieldList request(const Browser& browser, unsigned visitor, unsigned number) {
  const std::string site = "site" + std::to_string(visitor) + ".example.";
  const Resource& what = resource(number);
  const bool is_page = number % kPageSize == 0;
  FieldList fields = {
      {":method", number % 17 == 16 ? "POST" : "GET"},
      {":scheme", "https"},
      {":authority", number % 5 == 3 ? "static." + site + "net" : "www." + site + "com"},
      {":path", what.path + digest(number)},
  };
  if (*browser.client_hints) {
    fields.insert(fields.end(), {{"sec-ch-ua", browser.client_hints},
                                 {"sec-ch-ua-mobile", "?0"},
                                 {"sec-ch-ua-platform", "\"Linux\""}});
  }
  fields.insert(
      fields.end(),
      {{"user-agent", browser.user_agent},
       {"accept", what.accept},
       {"sec-fetch-site", is_page ? "none" : "same-origin"},
       {"sec-fetch-mode", is_page ? "navigate" : "no-cors"},
       {"sec-fetch-dest", what.destination},
       {"referer", "https://www." + site + "com/articles/" + digest(number - number % kPageSize)},
       {"accept-encoding", "gzip, deflate, br"},
       {"accept-language", browser.language},
       {"cookie",
        "sid=" + digest(visitor) + "; theme=dark; seen=" + std::to_string(number / kPageSize)},
       {"priority", what.priority}});
  return fields;
}

}  // namespace

FieldList browser_request(unsigned number) {
  return request(kBrowsers[0], 0, number);
}

FieldList server_answer(unsigned number, size_t content_length) {
  const Resource& what = resource(number);
  FieldList fields = {
      {":status", "200"},
      {"server", "example/2.4"},
      {"date", clock_time(number)},
      {"content-type", what.content_type},
      {"content-length", std::to_string(content_length)},
      {"last-modified", "Fri, 0" + std::to_string(1 + number % 9) + " Mar 2024 08:00:00 GMT"},
      {"etag", "\"" + digest(number) + "\""},
      {"accept-ranges", "bytes"},
      {"cache-control", what.cache_control},
      {"vary", "Accept-Encoding"},
      {"x-content-type-options", "nosniff"}};
  if (number % kPageSize == 0) {
    fields.push_back({"set-cookie", "seen=" + std::to_string(number / kPageSize) +
                                        "; Path=/; Secure; HttpOnly; SameSite=Lax"});
  }
  return fields;
}

std::vector<Story> browser_stories() {
  constexpr unsigned kVisitors = 12;
  constexpr unsigned kRequests = 3 * kPageSize;
  std::vector<Story> stories;
  for (unsigned visitor = 0; visitor < kVisitors; ++visitor) {
    Story requests;
    Story answers;
    for (unsigned i = 0; i < kRequests; ++i) {
      const unsigned number = visitor * 1000 * kPageSize + i;
      requests.push_back(request(kBrowsers[visitor % 2], visitor, number));
      answers.push_back(server_answer(number, number * 104729 % 65536));
      if (number % 23 == 22) answers.back()[0].second = "304";
    }
    stories.push_back(std::move(requests));
    stories.push_back(std::move(answers));
  }
  return stories;
}

std::vector<nghttp2_nv> views_of(const FieldList& fields) {
  const auto octets = [](const std::string& text) {
    return reinterpret_cast<uint8_t*>(const_cast<char*>(text.data()));
  };
  std::vector<nghttp2_nv> views;
  for (const auto& [name, value] : fields) {
    views.push_back({octets(name), octets(value), name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
  }
  return views;
}

}  // namespace bench
