// SPDX-License-Identifier: MIT
// base/file, base/random, base/colour and base/log: what touches the operating system.
#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "base/colour.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "support/check.h"

namespace {

TEST(file, write_and_read) {
  auto temp = base::create_temp_file("/tmp/nghttp2-test-");
  REQUIRE(temp.ok());
  CHECK(temp->path.starts_with("/tmp/nghttp2-test-"));
  const std::string content("line\nnul\0end", 12);
  CHECK(base::write_file(temp->path, content).ok());
  const auto read = base::read_file(temp->path);
  REQUIRE(read.ok());
  CHECK(*read == content);
  const auto limited = base::read_file(temp->path, 11);
  REQUIRE(!limited.ok());
  CHECK_STR(limited.error(), "cannot read " + temp->path + ": larger than 11 bytes");
  CHECK(base::read_file(temp->path, 12).ok());
  ::unlink(temp->path.c_str());
}

TEST(file, errors_name_the_file) {
  CHECK_STR(base::read_file("/no/such/file").error(),
            "cannot open /no/such/file: No such file or directory");
  CHECK_STR(base::read_file("/").error(), "cannot read /: Is a directory");
  CHECK_STR(base::write_file("/no/such/file", "").error(),
            "cannot open /no/such/file: No such file or directory");
  CHECK_STR(base::create_temp_file("/no/such/").error(),
            "cannot create a temporary file /no/such/*: No such file or directory");
}

TEST(file, anonymous) {
  auto fd = base::create_anonymous_file();
  REQUIRE(fd.ok());
  CHECK(base::write_all(fd->get(), base::as_bytes("abc")).ok());
  char text[4] = "";
  CHECK_EQ(::pread(fd->get(), text, 3, 0), 3);
  CHECK_STR(text, "abc");
}

TEST(file, fd_is_closed_once) {
  int number;
  {
    auto opened = base::open_file("/dev/null", O_RDONLY);
    REQUIRE(opened.ok());
    number = opened->get();
    CHECK(::fcntl(number, F_GETFD) & FD_CLOEXEC);
    base::Fd moved = std::move(*opened);
    CHECK(!*opened);
    CHECK_EQ(moved.get(), number);
    moved = base::Fd();
    CHECK_EQ(::fcntl(number, F_GETFD), -1);
  }
}

// A non-blocking pipe that is full must not lose bytes.
TEST(file, write_all_waits) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  base::Fd reader(ends[0]), writer(ends[1]);
  REQUIRE(base::set_nonblocking(writer.get()).ok());
  const std::string content(1 << 20, 'x');
  const pid_t child = ::fork();
  if (child == 0) {
    reader.reset();
    ::_exit(base::write_all(writer.get(), base::as_bytes(content)).ok() ? 0 : 1);
  }
  writer.reset();
  size_t total = 0;
  char block[65536];
  for (ssize_t n; (n = ::read(reader.get(), block, sizeof(block))) > 0;) {
    total += static_cast<size_t>(n);
  }
  CHECK_EQ(total, content.size());
}

TEST(file, environment) {
  ::setenv("NGHTTP2_TEST_VARIABLE", "value", 1);
  CHECK_STR(base::environment("NGHTTP2_TEST_VARIABLE"), "value");
  ::unsetenv("NGHTTP2_TEST_VARIABLE");
  CHECK_STR(base::environment("NGHTTP2_TEST_VARIABLE"), "");
}

TEST(random, fills_and_bounds) {
  uint8_t first[600] = {}, second[600] = {};
  base::fill_random(first);
  base::fill_random(second);
  CHECK(std::string_view(base::as_text(first)) != base::as_text(second));
  std::set<uint64_t> seen;
  for (int i = 0; i < 1000; ++i) {
    const uint64_t value = base::random_below(6);
    CHECK(value < 6);
    seen.insert(value);
  }
  CHECK_EQ(seen.size(), 6u);
  CHECK_EQ(base::random_below(1), 0u);
}

TEST(colour, off_is_empty) {
  CHECK_STR(base::Colour(true).red(), "\033[31m");
  CHECK_STR(base::Colour(false).red(), "");
  CHECK_STR(base::Colour(false).reset(), "");
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  CHECK(!base::Colour::is_supported(ends[1]));
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(log, one_escaped_line) {
  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  const int saved = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  base::log_error("bad \x1b[2J byte");
  base::log_warning("two\nlines");
  ::dup2(saved, STDERR_FILENO);
  ::close(saved);
  ::close(ends[1]);
  std::string text(4096, '\0');
  text.resize(static_cast<size_t>(::read(ends[0], text.data(), text.size())));
  ::close(ends[0]);
  const std::string name(base::program_name());
  CHECK(!name.empty());
  CHECK_STR(text, name + ": bad \\x1b[2J byte\n" + name + ": warning: two\nlines\n");
}

}  // namespace
