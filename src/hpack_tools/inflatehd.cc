// SPDX-License-Identifier: MIT
// inflatehd: decodes header blocks of HPACK, and explains them.
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/program.h"
#include "base/text.h"
#include "hpack_tools/case_input.h"
#include "hpack_tools/case_output.h"
#include "hpack_tools/explain.h"
#include "hpack_tools/json_source.h"

namespace {

using namespace hpack_tools;
namespace args = base::args;

struct Config {
  bool dump_header_table = false;
  bool explain = false;
};

constexpr char kEpilogue[] =
    "Reads cases from standard input and writes them, with their fields, to standard output as "
    "JSON: {\"cases\": [{\"wire\": \"8286\"}, ...]}. deflatehd reads what inflatehd writes. A case "
    "may have a \"header_table_size\", the setting that the encoder has seen before it.";

constexpr char kDescription[] =
    "inflatehd decodes header blocks of HTTP/2, which HPACK (RFC 7541) has encoded. The cases of "
    "its input are decoded one after the other with one dynamic table, as those of a connection "
    "are. A block that is malformed ends the run; the message names the case, the octet and the "
    "section of the RFC.\n";

std::vector<args::Term> list_examples() {
  return {
      {"echo '{\"cases\": [{\"wire\": \"8286\"}]}' | inflatehd", "Decode a header block:"},
      {"echo '{\"cases\": [{\"wire\": \"400161016282be\"}]}' | inflatehd --explain",
       "See how each field was represented, and what that did to the dynamic table:"},
      {"echo '{\"cases\": [{\"wire\": \"3fe11f82\"}, {\"wire\": \"4001610162\"}]}' | inflatehd -d",
       "Decode two blocks, with the dynamic table as it is after each:"},
  };
}

const args::Table<Config>& option_table() {
  static const args::Table<Config> table(
      args::Program{
          .name = "inflatehd",
          .usage = "[OPTION]... < INPUT",
          .summary = "HPACK decoder for the command line",
          .epilogue = kEpilogue,
          .exit_statuses = {{0, "Every case was decoded."},
                            {1,
                             "The command line, the input or a header block is wrong, or the "
                             "output could not be written. The cases before are written all "
                             "the same."}},
          .description = kDescription,
          .examples = list_examples(),
          .see_also = {"deflatehd(1)", "nghttp(1)"},
      },
      {{"Options",
        {
            {"dump-header-table", 'd', "", args::flag(&Config::dump_header_table),
             "Add the dynamic table after each case."},
            {"explain", 0, "", args::flag(&Config::explain),
             "Tell how each field was represented: add it to the cases as \"explanation\", and "
             "write it to standard error as a table."},
        }}});
  return table;
}

json::Value case_json(const Explained& one, const hpack_explain::BlockDecoder& decoder,
                      const Config& config) {
  json::Value object = json::object();
  set(object, "seq", one.number);
  json::Value headers = json::array();
  for (const hpack_explain::Step& step : one.decoded.steps) {
    if (!step.representation.is_field()) continue;
    append(headers, field_json(step.field.name, step.field.value));
  }
  set(object, "headers", std::move(headers));
  set(object, "wire", wire_json(one.block));
  set(object, "header_table_size", std::size_t{decoder.table_size()});
  if (config.dump_header_table) set(object, "header_table", table_json(decoder));
  if (config.explain) set(object, "explanation", explanation_json(one));
  return object;
}

std::string describe(const hpack_explain::DecodedBlock& decoded) {
  std::string text = "header block";
  if (decoded.malformed) {
    text += ", octet " + std::to_string(decoded.malformed->offset) + ": " +
            decoded.malformed->reason + " (RFC 7541, section " + decoded.malformed->section + ")";
  }
  if (!decoded.disagreement.empty()) text += ": internal error: " + decoded.disagreement;
  return text;
}

base::Result<void> decode_case(const JsonCase& input, hpack_explain::BlockDecoder& decoder,
                               const Config& config, CaseWriter& writer) {
  const std::string label = "case " + std::to_string(input.number) + ": ";
  const auto one = read_decoding_case(input.value.get());
  if (!one) return base::Error{label + hpack_tools::describe(input.place) + ": " + one.error()};
  Explained result;
  result.number = input.number;
  result.block = base::as_bytes(one->block);
  if (one->header_table_size) {
    result.evicted_before = decoder.change_table_size(*one->header_table_size);
  }
  result.decoded = decoder.decode(result.block);
  if (config.explain) {
    const auto shown = base::write_all(STDERR_FILENO, base::as_bytes(explanation_table(result)));
    if (!shown) return shown;
  }
  if (result.decoded.malformed || !result.decoded.disagreement.empty()) {
    return base::Error{label + describe(result.decoded)};
  }
  return writer.add(case_json(result, decoder, config));
}

base::Result<void> decode(const Config& config, CaseWriter& writer) {
  ByteSource bytes(read_from(STDIN_FILENO));
  JsonSource source(bytes);
  hpack_explain::BlockDecoder decoder;
  for (;;) {
    const auto one = source.next();
    if (!one) return base::Error{one.error()};
    if (!*one) return {};
    if (const auto done = decode_case(**one, decoder, config, writer); !done) return done;
  }
}

int run(Config&& config, std::vector<std::string>&&) {
  CaseWriter writer(STDOUT_FILENO);
  const auto decoded = decode(config, writer);
  const auto finished = writer.finish();
  const auto& result = decoded ? finished : decoded;
  if (!result) base::log_error(result.error());
  return result ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  return base::run_program(option_table, argc, argv, run);
}
