// SPDX-License-Identifier: MIT
// nghttpd's command line: one row per option.
#include "nghttpd/options.h"

#include "base/number.h"
#include "base/text.h"

namespace nghttpd {

namespace {

namespace args = base::args;

constexpr char kEpilogue[] =
    "<SIZE> is an integer with an optional unit, K, M or G, each a power of 1024: 10K is 10240.\n"
    "<DURATION> is a number with an optional unit, h, m, s or ms; without one it means seconds.\n"
    "\n"
    "Files are served from inside the document root only. Symbolic links that lead out of it are "
    "not found, unless --follow-symlinks is given. SIGTERM and SIGINT let running requests finish; "
    "a second one ends the server at once.";

constexpr char kDescription[] =
    "Serves the files of a directory over HTTP/2: with TLS to clients that offer h2 by ALPN, or "
    "with --no-tls in the clear to clients that know beforehand. GET, HEAD and POST get files, "
    "with "
    "conditions, ranges and precompressed siblings; POST and PUT get their own content back with "
    "--echo-upload. A path that names a directory gets its index.html.\n"
    "\n"
    "What clients may cost is limited: by --max-connections and --max-concurrent-streams in "
    "number, by --handshake-timeout, --stream-timeout and --idle-timeout in time, and by "
    "--request-header-field-buffer and --max-request-header-fields in memory.\n"
    "\n"
    "On SIGTERM and SIGINT no more connections are accepted, clients are told by GOAWAY, and "
    "running "
    "requests may finish within --shutdown-timeout. On a second such signal the server ends at "
    "once. On SIGUSR1 the file of --access-log is opened anew.";

std::string add_trailer(Config& config, std::string_view text) {
  http::FieldLine field;
  if (!http::parse_field_line(text, field) || field.name.front() == ':') {
    return "a field such as 'name: value' that is no pseudo-field";
  }
  config.trailers.add(field.name, field.value);
  return {};
}

std::string set_htdocs(Config& config, std::string_view path) {
  if (path.empty()) return "a directory";
  config.htdocs = path;
  config.has_htdocs = true;
  return {};
}

args::Section<Config> server_section() {
  return {
      "Server",
      {
          {"address", 'a', "<ADDR>", args::string(&Config::address),
           "Listen on this address or host name only.", "every local address"},
          {"htdocs", 'd', "<PATH>", set_htdocs, "The document root.", "the current directory"},
          {"follow-symlinks", 0, "", args::flag(&Config::follow_symlinks),
           "Serve what symbolic links inside the document root point to, wherever that is."},
          {"list-directory", 0, "", args::flag(&Config::list_directory),
           "List the files of directories that have no index.html. Names that begin with a dot "
           "are left out."},
          {"workers", 'n', "<N>", args::integer(&Config::workers, 1, 1024),
           "How many threads serve connections.", "1"},
          {"max-connections", 0, "<N>", args::integer(&Config::max_connections, 0, 1'000'000),
           "How many connections there may be at once; more wait until one ends. 0 is as many as "
           "the system lets the process open files.",
           "0"},
          {"daemon", 'D', "", args::flag(&Config::daemon),
           "Run in the background. The working directory becomes /, hence --htdocs must be "
           "given."},
          {"shutdown-timeout", 0, "<DURATION>", args::duration(&Config::shutdown_timeout),
           "How long running requests may take after SIGTERM or SIGINT. 0 is for ever.", "10s"},
          {"access-log", 0, "<PATH>", args::string(&Config::access_log),
           "Write a line for every request to this file, or for - to standard output. SIGUSR1 "
           "has the file opened anew."},
          {"access-log-format", 0, "<FORMAT>",
           args::choice<AccessLogFormat>(
               &Config::access_log_format,
               {{"combined", AccessLogFormat::combined}, {"json", AccessLogFormat::json}}),
           "combined is what most servers write; json is one object a line, with more in it.",
           "combined"},
          {"verbose", 'v', "", args::flag(&Config::verbose),
           "Trace frames and fields on standard output."},
          {"hexdump", 0, "", args::flag(&Config::hexdump),
           "Dump what arrives in hexadecimal, after decryption."},
          {"color", 0, "", args::flag(&Config::colour),
           "Use colours even if standard output is not a terminal."},
      }};
}

args::Section<Config> content_section() {
  return {
      "Responses",
      {
          {"push", 'p', "<PATH>=<PUSH_PATH>,...",
           [](Config& config, std::string_view rule) { return add_push_rule(config.push, rule); },
           "Push the listed paths along with the response to <PATH>; all are relative to the "
           "document root. Example: -p/=/logo.png,/style.css",
           "", args::kRepeatable},
          {"echo-upload", 0, "", args::flag(&Config::echo_upload),
           "Answer POST and PUT with the content that was sent."},
          {"early-response", 0, "", args::flag(&Config::early_response),
           "Answer when the request's fields have arrived, not when the whole request has."},
          {"error-gzip", 'e', "", args::flag(&Config::error_gzip),
           "Compress the pages that explain errors, for clients that accept gzip."},
          {"header", 0, "<NAME>:<VALUE>",
           [](Config& config, std::string_view rule) { return config.headers.add(rule); },
           "Give every response this field, instead of those of that name it would have. The same "
           "name given again adds another value; an empty value removes the field. Example: "
           "--header 'cache-control: no-store'",
           "", args::kRepeatable},
          {"header-for", 0, "<GLOB>:<NAME>:<VALUE>",
           [](Config& config, std::string_view rule) { return config.headers.add_for(rule); },
           "As --header, for paths that match a pattern of the shell only. In it * stands for any "
           "text and ? for one character, also for a slash or a colon. What a later pattern says "
           "of a name replaces what earlier ones and --header say. Example: "
           "--header-for='*.js:cache-control:no-cache'",
           "", args::kRepeatable},
          {"trailer", 0, "<HEADER>", add_trailer,
           "Add a trailer to responses that have content. Example: --trailer 'foo: bar'", "",
           args::kRepeatable},
          {"mime-types-file", 0, "<PATH>", args::string(&Config::mime_types_file),
           "Where media types are listed with the file name extensions they stand for.",
           "/etc/mime.types"},
          {"fault", 0, "<GLOB>:<KIND>[=<ARG>]",
           [](Config& config, std::string_view rule) { return add_fault(config.faults, rule); },
           "Do something wrong in responses to paths that match a pattern as for --header-for, to "
           "see what a client makes of it. <KIND> is one of\n"
           "delay=<DURATION>: wait before the response;\n"
           "data-delay=<DURATION>[,<SIZE>]: wait between DATA frames of up to <SIZE> bytes;\n"
           "stall=<DURATION>/<PERIOD>: send nothing for the first <DURATION> of every <PERIOD>;\n"
           "rst=<N>[,<CODE>]: RST_STREAM after <N> bytes of content;\n"
           "refuse[=<CODE>]: RST_STREAM instead of a response;\n"
           "goaway=<N>[,<CODE>]: GOAWAY with the <N>th such request of a connection;\n"
           "truncate=<N>: end the content after <N> bytes;\n"
           "content-length=<N>: announce a wrong length;\n"
           "status=<N>: another status;\n"
           "interim=<N>: send this 1xx response first;\n"
           "trailer=<NAME>:<VALUE>: add a trailer;\n"
           "stall-window: never let the client send more than its first window;\n"
           "malformed[=hpack|uppercase|no-status|order|transfer-encoding]: a broken header block.\n"
           "Example: --fault='*.js:delay=2s'",
           "", args::kRepeatable},
          {"no-content-length", 0, "", args::flag(&Config::no_content_length),
           "Leave content-length out of responses."},
      }};
}

args::Section<Config> http2_section() {
  return {
      "HTTP/2",
      {
          {"max-concurrent-streams", 'm', "<N>",
           args::integer(&Config::max_concurrent_streams, 0, 0xffffffff),
           "How many requests a client may have open on one connection.", "100"},
          {"request-header-field-buffer", 0, "<SIZE>",
           args::size(&Config::request_field_bytes, 256, 1024 * 1024),
           "How much the fields of a request may need: their names and values, and 32 bytes for "
           "each. Larger ones are answered with 431.",
           "64K"},
          {"max-request-header-fields", 0, "<N>",
           args::integer(&Config::max_request_fields, 1, 4000),
           "How many fields a request may have, those of HTTP/2 such as :path included. More are "
           "answered with 431.",
           "1000"},
          {"window-bits", 'w', "<N>", args::integer(&Config::window_bits, 0, 30),
           "Flow-control window of a stream: 2^<N>-1 bytes.", "16"},
          {"connection-window-bits", 'W', "<N>",
           args::integer(&Config::connection_window_bits, 0, 30),
           "Flow-control window of the connection: 2^<N>-1 bytes, at least 65535.", "16"},
          {"header-table-size", 'c', "<SIZE>",
           args::size(&Config::header_table_size, 0, 0xffffffff),
           "Size of the decoder's dynamic table.", "4K"},
          {"encoder-header-table-size", 0, "<SIZE>",
           args::size(&Config::encoder_header_table_size, 0, 0xffffffff),
           "Limit for the encoder's dynamic table, whatever the client allows.", "4K"},
          {"handshake-timeout", 0, "<DURATION>", args::duration(&Config::handshake_timeout),
           "How long a client may take for the handshake of TLS, and then for acknowledging "
           "SETTINGS. 0 is for ever.",
           "10s"},
          {"idle-timeout", 0, "<DURATION>", args::duration(&Config::idle_timeout),
           "How long a connection without requests stays open after its last frame. 0 is for "
           "ever.",
           "3m"},
          {"stream-timeout", 0, "<DURATION>", args::duration(&Config::stream_timeout),
           "How long a client may take to send more of a request, or to take 1 KiB of a "
           "response or what is left of it. 0 is for ever.",
           "1m"},
          {"padding", 'b', "<N>", args::integer(&Config::padding, 0, 255),
           "Add up to <N> bytes of padding to a frame.", "0"},
      }};
}

args::Section<Config> tls_section() {
  return {"TLS",
          {
              {"no-tls", 0, "", args::flag(&Config::tls, false),
               "Speak cleartext HTTP/2, for clients that know beforehand."},
              {"verify-client", 'V', "", args::flag(&Config::verify_client),
               "Turn clients away that do not present a certificate of an authority that "
               "--cacert names. The reason goes to standard error, and to the client as a TLS "
               "alert."},
              {"cacert", 0, "<PATH>", args::string(&Config::ca_file),
               "Certificates in PEM of the authorities that --verify-client trusts.",
               "those of the system"},
              {"dh-param-file", 0, "<PATH>", args::string(&Config::dh_param_file),
               "Diffie-Hellman parameters in PEM. Without them no DHE cipher suite is used."},
              {"groups", 0, "<LIST>", args::string(&Config::groups),
               "Groups for key exchange, by preference, with colons between them.",
               tls::kDefaultGroups},
              {"ktls", 0, "", args::flag(&Config::ktls), "Let the kernel encrypt, where it can."},
          }};
}

}  // namespace

const args::Table<Config>& option_table() {
  static const args::Table<Config> table(
      args::Program{
          .name = "nghttpd",
          .usage = "[OPTION]... <PORT> [<PRIVATE_KEY> <CERT>]",
          .summary = "HTTP/2 server for files",
          .operands = {{"<PORT>", "The port to listen on; 0 lets the system choose."},
                       {"<PRIVATE_KEY>", "The server's private key in PEM, unless --no-tls."},
                       {"<CERT>", "The server's certificate in PEM, followed by its chain."}},
          .epilogue = kEpilogue,
          .exit_statuses = {{0, "A signal ended the server."},
                            {1, "It could not start; standard error says why."}},
          .files =
              {{"/etc/mime.types", "Media types by file name extension; see --mime-types-file."},
               {"<FILE>.br, <FILE>.gz",
                "What is sent instead of <FILE> to clients that take it. One that is older than "
                "<FILE> is not used."}},
          .environment = {{"SSLKEYLOGFILE",
                           "Names a file to which TLS keys are written for debugging."}},
          .description = kDescription,
          .examples = {{"nghttpd --no-tls -d docs 8080", "Serve the directory docs in the clear."},
                       {"nghttpd -n4 -d docs --access-log=access.log 8443 server.key server.crt",
                        "Serve it over TLS with four threads, and log requests."},
                       {"nghttpd --no-tls --fault='*.js:delay=2s' 8080",
                        "See what a client does while scripts are late."}},
          .see_also = {"nghttp(1)", "h2load(1)", "curl(1)"},
      },
      {server_section(), content_section(), http2_section(), tls_section()});
  return table;
}

std::string add_push_rule(PushMap& map, std::string_view rule) {
  constexpr char kExpected[] = "<PATH>=<PUSH_PATH>,... where every path begins with /";
  const std::size_t equals = rule.find('=');
  if (equals == std::string_view::npos || rule.front() != '/') return kExpected;
  std::vector<std::string> pushed;
  for (const std::string_view path : base::split_list(rule.substr(equals + 1), ',')) {
    if (path.front() != '/') return kExpected;
    pushed.emplace_back(path);
  }
  if (pushed.empty()) return kExpected;
  auto& list = map[std::string(rule.substr(0, equals))];
  list.insert(list.end(), pushed.begin(), pushed.end());
  return {};
}

std::string apply_operands(Config& config, const std::vector<std::string>& operands) {
  if (operands.empty()) return "the port is missing";
  const auto port = base::parse_unsigned(operands[0]);
  if (!port || *port > 65535) return "no port number: " + base::quote(operands[0]);
  config.port = static_cast<std::uint16_t>(*port);
  if (config.tls) {
    if (operands.size() != 3)
      return "a private key and a certificate are needed after the port, "
             "or --no-tls";
    config.key_file = operands[1];
    config.certificate_file = operands[2];
  } else if (operands.size() > 3) {
    return "more arguments than <PORT> <PRIVATE_KEY> <CERT>";
  }
  if (config.daemon && !config.has_htdocs) {
    return "--daemon needs --htdocs, because the working directory becomes /";
  }
  if (config.daemon && config.access_log == "-") {
    return "--access-log needs a file with --daemon, which has no standard output";
  }
  if (config.access_log_format && config.access_log.empty()) {
    return "--access-log-format needs --access-log";
  }
  if (config.verify_client && !config.tls) return "--verify-client needs TLS, not --no-tls";
  if (!config.ca_file.empty() && !config.verify_client) return "--cacert needs --verify-client";
  return {};
}

}  // namespace nghttpd
