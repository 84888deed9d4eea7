// SPDX-License-Identifier: MIT
// What a path of a request stands for: opening and reading a file in its forms.
#include "nghttpd/resource.h"

#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <span>
#include <utility>

#include "base/date.h"

namespace nghttpd {

namespace {

constexpr char kIndexName[] = "index.html";
constexpr std::uint64_t kMaxContentBytes = 128 * 1024;
constexpr int kMaxAttempts = 3;

class OpenFileBody final : public http::BodySource {
 public:
  OpenFileBody(const Form& form, std::uint64_t offset, std::uint64_t length)
      : file_(form.fd, offset, length), fd_(form.fd), identity_(form.identity) {}

  std::uint64_t remaining() const override { return file_.remaining(); }

  bool read(std::span<std::uint8_t> out) override {
    if (!file_.read(out)) return false;
    if (file_.remaining() > 0) return true;
    const FileIdentity now = identity_of(fd_->get());
    return now == identity_ || now.size > identity_.size;
  }

 private:
  http::FileBody file_;
  std::shared_ptr<const base::Fd> fd_;
  FileIdentity identity_;
};

// Modification time and size in hexadecimal, and which form it is.
std::string make_entity_tag(const FileIdentity& identity, Coding coding) {
  std::array<char, 48> text;
  const int length = std::snprintf(text.data(), text.size(), "\"%llx-%llx",
                                   static_cast<unsigned long long>(identity.modified_ns),
                                   static_cast<unsigned long long>(identity.size));
  std::string tag(text.data(), static_cast<std::size_t>(length));
  if (coding != Coding::identity) tag += "-" + std::string(coding_name(coding));
  return tag + '"';
}

// False if the file changed while it was read.
bool read_content(Form& form) {
  std::string content(form.size, '\0');
  http::FileBody body(form.fd, 0, form.size);
  if (!body.read({reinterpret_cast<std::uint8_t*>(content.data()), content.size()})) return false;
  if (identity_of(form.fd->get()) != form.identity) return false;
  form.content = std::make_shared<const std::string>(std::move(content));
  form.fd = nullptr;
  return true;
}

Form make_form(OpenedFile& opened, Coding coding) {
  Form form;
  form.coding = coding;
  form.identity = opened.identity;
  form.size = opened.size;
  form.entity_tag = make_entity_tag(opened.identity, coding);
  form.fd = std::make_shared<const base::Fd>(std::move(opened.fd));
  return form;
}

// Opens and, if it is small, reads; a file that never keeps still stays open instead.
OpenStatus add_form(const DocumentRoot& root, const std::string& name, Coding coding,
                    Resource& resource) {
  for (int attempt = 1;; ++attempt) {
    OpenedFile opened = root.open_file(name);
    if (opened.status != OpenStatus::file) return opened.status;
    if (coding == Coding::identity) {
      resource.modified = opened.modified;
    } else if (opened.modified < resource.modified) {
      return OpenStatus::not_found;
    }
    Form form = make_form(opened, coding);
    if (form.size <= kMaxContentBytes && !read_content(form) && attempt < kMaxAttempts) continue;
    resource.forms.push_back(std::move(form));
    return OpenStatus::file;
  }
}

}  // namespace

Form* Resource::form(Coding coding) {
  for (Form& each : forms) {
    if (each.coding == coding) return &each;
  }
  return nullptr;
}

Form* Resource::choose(const CodingWeights& weights) {
  std::array<Coding, 3> available{};
  std::size_t count = 0;
  for (const Form& each : forms)
    available[count++] = each.coding;
  const auto coding = choose_coding(weights, std::span(available).first(count));
  return coding ? form(*coding) : nullptr;
}

ResourcePtr open_resource(const DocumentRoot& root, std::string path) {
  auto resource = std::make_shared<Resource>();
  resource->path = std::move(path);
  resource->status = add_form(root, resource->path, Coding::identity, *resource);
  const bool names_directory = resource->path.empty() || resource->path.back() == '/';
  if (resource->status == OpenStatus::directory && names_directory) {
    const OpenStatus index =
        add_form(root, resource->path + kIndexName, Coding::identity, *resource);
    if (index == OpenStatus::file || index == OpenStatus::forbidden) {
      resource->path += kIndexName;
      resource->status = index;
    }
  }
  if (resource->status != OpenStatus::file) return resource;
  resource->last_modified = base::format_http_date(resource->modified);
  for (const FormName& each : form_names(resource->path)) {
    if (each.coding != Coding::identity) add_form(root, each.name, each.coding, *resource);
  }
  return resource;
}

std::vector<FormName> form_names(const std::string& path) {
  return {{Coding::identity, path}, {Coding::br, path + ".br"}, {Coding::gzip, path + ".gz"}};
}

std::unique_ptr<http::BodySource> form_body(const Form& form, std::uint64_t offset,
                                            std::uint64_t length) {
  if (form.content) return std::make_unique<http::SharedTextBody>(form.content, offset, length);
  return std::make_unique<OpenFileBody>(form, offset, length);
}

}  // namespace nghttpd
