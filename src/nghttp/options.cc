// SPDX-License-Identifier: MIT
// nghttp's command line: one row per option.
#include "nghttp/options.h"

#include "base/text.h"
#include "nghttp/assets.h"
#include "nghttp/exit_status.h"
#include "nghttp/network_options.h"
#include "nghttp/observation_options.h"
#include "nghttp/priority_options.h"

namespace nghttp {

namespace {

namespace args = base::args;

constexpr std::int64_t kMaxUint32 = 0xffffffff;

constexpr char kEpilogue[] =
    "<SIZE> is an integer with an optional unit, K, M or G, each a power of 1024: 10K is 10240.\n"
    "<DURATION> is a number with an optional unit, h, m, s or ms; without one it means seconds.\n"
    "\n"
    "URIs of the same origin share one connection. A URI that is given twice is requested once, "
    "unless --multiply is given. Content in the codings gzip and deflate is decoded, also where it "
    "is saved.";

constexpr char kDescription[] =
    "nghttp fetches URIs over HTTP/2 and shows how: -v traces every frame and field, -s prints "
    "times, and --har, --waterfall and --pcapng keep records for other tools. Content goes to "
    "standard output unless -n, -o or -O says otherwise.\n"
    "\n"
    "It speaks HTTP/2 at once where the URI is http, and by ALPN where it is https; --upgrade and "
    "--http1 are for servers that do not.\n";

std::vector<args::Term> list_examples() {
  return {
      {"nghttp -nv https://example.org/", "Trace how a page is fetched, without its content:"},
      {"nghttp -nas https://example.org/",
       "Load a page with all that a browser fetches with it, and print the times:"},
      {"nghttp -d form.txt -H 'content-type: application/x-www-form-urlencoded' "
       "https://example.org/form",
       "Send a form by POST:"},
      {"nghttp -n --waterfall page.svg --har page.har https://example.org/",
       "Draw a picture of the requests, and keep a log for the developer tools of browsers:"},
      {"nghttp -nv --connect-to 127.0.0.1:8443 --cacert ca.pem --verify-peer https://example.org/",
       "Ask a server under test as if it were the real one:"},
      {"nghttp -nv -p 256 -p 1 https://example.org/first https://example.org/second",
       "Rank two requests by the priorities of RFC 7540:"},
      {"nghttp -nu http://127.0.0.1:8080/", "Begin with HTTP/1.1, and upgrade:"},
  };
}

std::vector<args::Term> list_environment() {
  return {
      {"SSLKEYLOGFILE", "Names a file to which TLS keys are added, for debugging."},
      {"SSL_CERT_FILE",
       "A file of certificates to trust instead of the system's, unless --cacert is given."},
      {"SSL_CERT_DIR", "A directory of them, as OpenSSL wants it."},
      {"NO_COLOR", "If it is set and not empty, there are no colours unless --color is given."},
      {"TERM", "'dumb' means a terminal without colours."},
      {"TMPDIR",
       "Where content for --data is kept that comes from a pipe. Without it that is /tmp."},
  };
}

std::string add_field(Config& config, std::string_view text) {
  http::FieldLine field;
  if (!http::parse_field_line(text, field)) return "a header field such as 'name: value'";
  config.fields.push_back(std::move(field));
  return {};
}

std::string add_trailer(Config& config, std::string_view text) {
  http::FieldLine field;
  if (!http::parse_field_line(text, field) || field.name.front() == ':') {
    return "a header field such as 'name: value' that is no pseudo-field";
  }
  config.trailers.add(field.name, field.value);
  return {};
}

std::string add_output_file(Config& config, std::string_view text) {
  if (text.empty()) return "the name of a file, or '-'";
  config.output_files.emplace_back(text);
  return {};
}

std::string add_table_size(Config& config, std::string_view text) {
  struct Parsed {
    std::uint32_t size = 0;
  } parsed;
  const std::string expected = args::size(&Parsed::size, 0, kMaxUint32)(parsed, text);
  if (expected.empty()) config.header_table_sizes.push_back(parsed.size);
  return expected;
}

args::Section<Config> output_section() {
  args::Section<Config> section{
      "Output",
      {
          {"verbose", 'v', "", args::count(&Config::verbosity),
           "Trace frames and fields. Given twice, every piece of content is listed as well.", "",
           args::kRepeatable},
          {"null-out", 'n', "", args::flag(&Config::null_out),
           "Throw content away that is not saved in a file."},
          {"output", 'o', "<PATH>", add_output_file,
           "Save content in this file, which is replaced if it exists. '-' means standard output. "
           "The option can be repeated: the N-th one is for the N-th URI.",
           "", args::kRepeatable},
          {"remote-name", 'O', "", args::flag(&Config::remote_name),
           "Save the content of every URI without --output in the current directory, under the "
           "last segment of its path. Assets and pushed responses are not saved."},
          {"decompress", 0, "", args::flag(&Config::decompress),
           "Accept content in the coding br, too, if this build can decode it. Content in a coding "
           "that cannot be undone is an error instead of being passed on as it is."},
          {"stat", 's', "", args::flag(&Config::statistics),
           "Print a table with the timing of every request."},
          {"hexdump", 0, "", args::flag(&Config::hexdump),
           "Dump what arrives in hexadecimal, after decryption."},
          {"color", 0, "", args::flag(&Config::colour),
           "Use colours even if standard output is not a terminal."},
      }};
  if (can_find_assets()) {
    section.options.push_back({"get-assets", 'a', "", args::flag(&Config::get_assets),
                               "Fetch with HTML pages what browsers fetch with them: style sheets, "
                               "scripts, fonts, images, sound and pictures that elements or Link "
                               "fields refer to, also those of 103 (Early Hints). Only what has "
                               "the origin of its page is fetched, each once, with a priority by "
                               "its kind."});
  }
  return section;
}

args::Section<Config> request_section() {
  return {
      "Requests",
      {
          {"header", 'H', "<HEADER>", add_field,
           "Add a field, or replace one that nghttp sends by itself. Pseudo-fields can be "
           "replaced, "
           "too. Example: -H ':method: PUT'",
           "", args::kRepeatable},
          {"data", 'd', "<PATH>", args::string(&Config::data_path),
           "Send the content of this file, by POST. '-' means standard input."},
          {"trailer", 0, "<HEADER>", add_trailer,
           "Add a trailer after the content of --data. Example: --trailer 'foo: bar'", "",
           args::kRepeatable},
          {"expect-continue", 0, "", args::flag(&Config::expect_continue),
           "Hold the content of --data back until the server has sent 100 (Continue), or for one "
           "second."},
          {"no-content-length", 0, "", args::flag(&Config::no_content_length),
           "Leave content-length out of requests with content."},
          {"multiply", 'm', "<N>", args::integer(&Config::multiply, 1, 1000000),
           "Request every URI <N> times, and URIs that are given twice twice.", "1"},
          {"timeout", 't', "<DURATION>", args::duration(&Config::timeout),
           "Give a request up after this time; connecting has the same limit. 0 means none.", "0"},
          {"continuation", 0, "", args::flag(&Config::continuation),
           "Send fields so large that they need a CONTINUATION frame."},
      }};
}

args::Section<Config> http2_section() {
  return {
      "HTTP/2",
      {
          {"upgrade", 'u', "", args::flag(&Config::upgrade),
           "Begin with HTTP/1.1 and Upgrade: h2c instead of assuming that the server knows HTTP/2. "
           "For http URIs only. With --data the first request is OPTIONS."},
          {"window-bits", 'w', "<N>", args::integer(&Config::window_bits, 0, 30),
           "Flow-control window of a stream: 2^<N>-1 bytes.", "16"},
          {"connection-window-bits", 'W', "<N>",
           args::integer(&Config::connection_window_bits, 0, 30),
           "Flow-control window of the connection: 2^<N>-1 bytes, at least 65535.", "16"},
          {"peer-max-concurrent-streams", 'M', "<N>",
           args::integer(&Config::peer_max_concurrent_streams, 0, kMaxUint32),
           "How many requests may be open before the server has stated its limit.", "100"},
          {"max-concurrent-streams", 0, "<N>",
           args::integer(&Config::max_concurrent_streams, 0, kMaxUint32),
           "How many pushed responses the server may have open.", "100"},
          {"no-push", 0, "", args::flag(&Config::no_push), "Forbid server push."},
          {"header-table-size", 'c', "<SIZE>", add_table_size,
           "Size of the decoder's dynamic table. If the option is repeated and an earlier size is "
           "smaller than the last, the smallest and the last one are announced in turn.",
           "4K", args::kRepeatable},
          {"encoder-header-table-size", 0, "<SIZE>",
           args::size(&Config::encoder_header_table_size, 0, kMaxUint32),
           "Limit for the encoder's dynamic table, whatever the server allows.", "4K"},
          {"padding", 'b', "<N>", args::integer(&Config::padding, 0, 255),
           "Add up to <N> bytes of padding to a frame.", "0"},
      }};
}

std::vector<args::ExitStatus> list_exit_statuses() {
  std::vector<args::ExitStatus> list;
  for (const auto& [status, meaning] : kExitStatuses)
    list.push_back({static_cast<int>(status), meaning});
  return list;
}

}  // namespace

const args::Table<Config>& option_table() {
  static const args::Table<Config> table(
      args::Program{
          .name = "nghttp",
          .usage = "[OPTION]... <URI>...",
          .summary = "HTTP/2 client",
          .operands = {{"<URI>", "What to fetch, by http or https."}},
          .epilogue = kEpilogue,
          .exit_statuses = list_exit_statuses(),
          .files = {{"/etc/ssl/certs",
                     "The certificates of authorities that Debian's OpenSSL trusts."}},
          .environment = list_environment(),
          .description = kDescription,
          .examples = list_examples(),
          .see_also = {"nghttpd(1)", "h2load(1)", "deflatehd(1)", "inflatehd(1)"},
      },
      {output_section(), observation_section(), request_section(), priority_section(),
       network_section(), tls_section(), http2_section()});
  return table;
}

std::string check_combination(const Config& config) {
  if (config.certificate_file.empty() != config.key_file.empty()) {
    return "--cert and --key go together";
  }
  if (!config.trailers.empty() && config.data_path.empty()) return "--trailer needs --data";
  if (std::string problem = check_network_combination(config); !problem.empty()) return problem;
  return check_observation(config);
}

}  // namespace nghttp
