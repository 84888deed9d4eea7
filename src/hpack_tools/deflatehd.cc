// SPDX-License-Identifier: MIT
// deflatehd: encodes fields with HPACK.
#include <unistd.h>

#include <cstdio>
#include <functional>

#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "base/text.h"
#include "hpack_tools/case_output.h"
#include "hpack_tools/compare.h"
#include "hpack_tools/json_source.h"
#include "hpack_tools/text_source.h"

namespace {

using namespace hpack_tools;
namespace args = base::args;

struct Config {
  bool http1text = false;
  bool dump_header_table = false;
  bool compare = false;
  std::uint32_t table_size = NGHTTP2_DEFAULT_HEADER_TABLE_SIZE;
  std::uint32_t deflate_table_size = NGHTTP2_DEFAULT_HEADER_TABLE_SIZE;
};

constexpr char kEpilogue[] =
    "Reads cases from standard input and writes them, with their header blocks, to standard output "
    "as JSON: {\"cases\": [{\"headers\": [{\":method\": \"GET\"}, ...]}, ...]}. inflatehd reads "
    "what deflatehd writes. A case may have a \"header_table_size\", which changes --table-size "
    "before it.\n"
    "\n"
    "<SIZE> is an integer with an optional unit, K, M or G, each a power of 1024: 10K is 10240.";

constexpr char kDescription[] =
    "deflatehd encodes fields as HTTP/2 does, with HPACK (RFC 7541). The cases of its input are "
    "encoded one after the other with one dynamic table, as those of a connection are. On standard "
    "error it says what that has saved.\n";

std::vector<args::Term> list_examples() {
  return {
      {"echo '{\"cases\": [{\"headers\": [{\":method\": \"GET\"}]}]}' | deflatehd",
       "Encode one field:"},
      {"printf ':method: GET\\n:path: /\\n\\n:method: GET\\n:path: /x\\n' | deflatehd -t",
       "Encode two requests that are given as lines:"},
      {"echo '{\"cases\": [{\"headers\": [{\"a\": \"b\"}]}]}' | deflatehd -s 0 | inflatehd",
       "Encode for a decoder without dynamic table, and decode again:"},
      {"printf 'user-agent: example\\n' | deflatehd -t --compare",
       "See what dynamic tables of several sizes would save:"},
  };
}

const args::Table<Config>& option_table() {
  static const args::Table<Config> table(
      args::Program{
          .name = "deflatehd",
          .usage = "[OPTION]... < INPUT",
          .summary = "HPACK encoder for the command line",
          .epilogue = kEpilogue,
          .exit_statuses = {{0, "Every case was encoded."},
                            {1,
                             "The command line or the input is wrong, or the output could not "
                             "be written. The cases before are written all the same."}},
          .description = kDescription,
          .examples = list_examples(),
          .see_also = {"inflatehd(1)", "nghttp(1)"},
      },
      {{"Options",
        {
            {"http1text", 't', "", args::flag(&Config::http1text),
             "The input is blocks of lines such as 'name: value', with an empty line between two "
             "blocks. A name may begin with a colon."},
            {"table-size", 's', "<SIZE>", args::size(&Config::table_size, 0, 0xffffffff),
             "Size of the decoder's dynamic table: SETTINGS_HEADER_TABLE_SIZE.", "4K"},
            {"deflate-table-size", 'S', "<SIZE>",
             args::size(&Config::deflate_table_size, 0, 0xffffffff),
             "How much of the dynamic table is used at most.", "4K"},
            {"dump-header-table", 'd', "", args::flag(&Config::dump_header_table),
             "Add the dynamic table after each case."},
            {"compare", 0, "", args::flag(&Config::compare),
             "Write a table of compression ratios instead: each case with dynamic tables of 0 to "
             "65536 octets. --table-size, --deflate-table-size and the sizes in the input do not "
             "matter then."},
        }}});
  return table;
}

// The next case, or nullopt at the end.
using Next = std::function<base::Result<std::optional<EncodingCase>>()>;

base::Result<std::optional<EncodingCase>> next_of(JsonSource& source) {
  const auto one = source.next();
  if (!one) return base::Error{one.error()};
  if (!*one) return std::optional<EncodingCase>();
  auto read = read_encoding_case((*one)->value.get());
  if (!read) {
    return base::Error{"case " + std::to_string((*one)->number) + ": " + describe((*one)->place) +
                       ": " + read.error()};
  }
  return std::optional<EncodingCase>(std::move(*read));
}

json::Value case_json(std::size_t number, const EncodingCase& one, const std::string& block,
                      const BlockEncoder& encoder, bool with_table) {
  const std::size_t input = octets_in(one.fields);
  json::Value object = json::object();
  set(object, "seq", number);
  set(object, "input_length", input);
  set(object, "output_length", block.size());
  set(object, "percentage_of_original_size", json::real(percentage(block.size(), input)));
  set(object, "wire", wire_json(base::as_bytes(block)));
  json::Value headers = json::array();
  for (const Field& field : one.fields)
    append(headers, field_json(field.name, field.value));
  set(object, "headers", std::move(headers));
  set(object, "header_table_size", std::size_t{encoder.table_size()});
  if (with_table) set(object, "header_table", table_json(encoder));
  return object;
}

struct Totals {
  std::size_t input = 0;
  std::size_t output = 0;
};

base::Result<void> encode_cases(const Config& config, const Next& next, CaseWriter& writer,
                                Totals& totals) {
  BlockEncoder encoder(config.table_size, config.deflate_table_size);
  for (std::size_t number = 0;; ++number) {
    const auto one = next();
    if (!one) return base::Error{one.error()};
    if (!*one) return {};
    if ((*one)->header_table_size) encoder.change_table_size(*(*one)->header_table_size);
    const std::string block = encoder.encode((*one)->fields);
    totals.input += octets_in((*one)->fields);
    totals.output += block.size();
    const auto written =
        writer.add(case_json(number, **one, block, encoder, config.dump_header_table));
    if (!written) return written;
  }
}

base::Result<void> encode(const Config& config, const Next& next) {
  CaseWriter writer(STDOUT_FILENO);
  Totals totals;
  const auto encoded = encode_cases(config, next, writer, totals);
  const auto finished = writer.finish();
  std::fprintf(stderr, "Overall: input=%zu output=%zu ratio=%.02f\n", totals.input, totals.output,
               percentage(totals.output, totals.input) / 100);
  return encoded ? finished : encoded;
}

base::Result<void> compare(const Next& next) {
  const auto write = [](const std::string& text) {
    return base::write_all(STDOUT_FILENO, base::as_bytes(text));
  };
  Comparison comparison;
  auto written = write(comparison.heading());
  while (written) {
    const auto one = next();
    if (!one) return base::Error{one.error()};
    if (!*one) return write(comparison.total());
    written = write(comparison.add((*one)->fields));
  }
  return written;
}

int run(Config&& config, std::vector<std::string>&&) {
  ByteSource bytes(read_from(STDIN_FILENO));
  JsonSource json(bytes);
  TextSource text(bytes);
  const Next next = [&] { return config.http1text ? text.next() : next_of(json); };
  const auto result = config.compare ? compare(next) : encode(config, next);
  if (!result) base::log_error(result.error());
  return result ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return base::run_program(option_table, argc, argv, run);
}
