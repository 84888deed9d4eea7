// SPDX-License-Identifier: MIT
// base/args: option tables, typed setters, errors and --help.
#include "base/args.h"

#include <nghttp2/nghttp2ver.h>

#include <initializer_list>
#include <string>
#include <vector>

#include "base/text.h"
#include "support/check.h"

namespace {

using namespace base::args;
using namespace std::chrono_literals;
using Kind = Outcome::Kind;

enum class Colour { red, green };

struct Config {
  bool no_tls = false;
  int verbosity = 0;
  int bits = -1;
  uint32_t table_size = 4096;
  std::chrono::milliseconds timeout{0};
  std::optional<std::chrono::seconds> linger;
  std::string certificate;
  std::vector<std::string> headers;
  std::vector<std::string> ciphers;
  Colour colour = Colour::red;
  struct {
    uint64_t limit = 0;
  } nested;
};

const Table<Config>& table() {
  static const Table<Config> kTable(
      {"demo",
       "[OPTIONS]... <URI>...",
       "demonstrates options",
       {{"<URI>", "Where to go."}},
       "The end.",
       {{0, "All is well."}, {104, "It is not."}},
       {{"/etc/demo", "Settings."}},
       {{"DEMO", "More settings."}}},
      {{"Options",
        {{"verbose", 'v', "", count(&Config::verbosity), "Say more.", "", kRepeatable},
         {"timeout", 't', "<DURATION>", duration(&Config::timeout),
          "Give up after this time, which is explained at such a length that it has to be broken.",
          "0"},
         {"window-bits", 'w', "<N>", integer(&Config::bits, 0, 30), "Window."},
         {"header-table-size", 'c', "<SIZE>", size(&Config::table_size), "Table.", "4K"},
         {"no-tls", 0, "", flag(&Config::no_tls), "Plain."},
         {"secret", 0, "", flag(&Config::no_tls), "Hidden.", "", kHidden}}},
       {"More",
        {{"cert", 0, "<CERT>", string(&Config::certificate), "Certificate."},
         {"header", 'H', "<HEADER>", append(&Config::headers), "Field.", "", kRepeatable},
         {"ciphers", 0, "<SUITE,...>", list(&Config::ciphers), "Ciphers."},
         {"linger", 0, "<DURATION>", duration(&Config::linger), "Linger."},
         {"trace", 0, "[<PATH>]", append(&Config::headers), "Trace."},
         {"limit", 0, "<SIZE>",
          size(
              [](Config & config) -> auto& { return config.nested.limit; }, 1024),
          "Limit."},
         {"colour", 0, "<COLOUR>",
          choice<Colour>(&Config::colour, {{"red", Colour::red}, {"green", Colour::green}}),
          "Colour."}}}});
  return kTable;
}

Outcome run(Config& config, std::initializer_list<const char*> arguments) {
  std::vector<std::string> words = {"demo"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (auto& word : words)
    argv.push_back(word.data());
  argv.push_back(nullptr);
  return table().parse(static_cast<int>(words.size()), argv.data(), config);
}

std::string error_of(std::initializer_list<const char*> arguments) {
  Config config;
  const Outcome outcome = run(config, arguments);
  return outcome.kind == Kind::error ? outcome.text : "no error";
}

TEST(args, every_kind_of_setter) {
  Config config;
  const Outcome outcome =
      run(config, {"-vv", "--verbose", "-t", "1.5s", "-w16", "--header-table-size=64K", "--no-tls",
                   "--cert", "c.pem", "-H", "a: b", "--header=c: d", "--ciphers", "A, B,,C",
                   "--linger", "2m", "--limit=1M", "--colour", "green"});
  CHECK(outcome.kind == Kind::run);
  CHECK_EQ(config.verbosity, 3);
  CHECK(config.timeout == 1500ms);
  CHECK_EQ(config.bits, 16);
  CHECK_EQ(config.table_size, 65536u);
  CHECK(config.no_tls);
  CHECK_STR(config.certificate, "c.pem");
  CHECK_STR(base::join(config.headers, "|"), "a: b|c: d");
  CHECK_STR(base::join(config.ciphers, "|"), "A|B|C");
  CHECK(config.linger == 120s);
  CHECK_EQ(config.nested.limit, 1u << 20);
  CHECK(config.colour == Colour::green);
}

TEST(args, operands_and_options_mix) {
  Config config;
  CHECK_STR(base::join(run(config, {"a", "-v", "b", "--", "-w"}).operands, "|"), "a|b|-w");
  CHECK_EQ(config.verbosity, 1);
  CHECK(run(config, {}).operands.empty());
}

TEST(args, last_value_wins_and_prefixes_work) {
  Config config;
  CHECK(run(config, {"--wind", "3", "-w", "4"}).kind == Kind::run);
  CHECK_EQ(config.bits, 4);
}

TEST(args, errors_name_option_value_and_expectation) {
  CHECK_STR(error_of({"-t", "5x"}),
            "demo: --timeout: bad value '5x': expected a duration such as 10s, 500ms, 1m or 2h\n");
  CHECK_STR(error_of({"-w", "31"}),
            "demo: --window-bits: bad value '31': expected an integer in the range 0 to 30\n");
  CHECK_STR(error_of({"-w", ""}),
            "demo: --window-bits: bad value '': expected an integer in the range 0 to 30\n");
  CHECK_STR(error_of({"--limit=10"}),
            "demo: --limit: bad value '10': expected a size such as 65536, 64K, 16M or 1G of at "
            "least 1K\n");
  // 4G does not fit the 32-bit field.
  CHECK_STR(error_of({"-c4G"}),
            "demo: --header-table-size: bad value '4G': expected a size such as 65536, 64K, 16M "
            "or 1G in the range 0 to 4294967295\n");
  CHECK_STR(error_of({"--colour", "blue"}),
            "demo: --colour: bad value 'blue': expected one of red green\n");
  CHECK_STR(error_of({"--ciphers", " ,"}),
            "demo: --ciphers: bad value ' ,': expected a comma separated list\n");
}

TEST(args, argument_that_may_be_absent) {
  Config config;
  const Outcome outcome = run(config, {"--trace", "uri", "--trace=path"});
  CHECK(outcome.operands == std::vector<std::string>{"uri"});
  CHECK((config.headers == std::vector<std::string>{"", "path"}));
}

TEST(args, wrong_usage) {
  CHECK_STR(error_of({"--verbos3"}), "demo: unknown option '--verbos3'; did you mean --verbose?\n");
  CHECK_STR(error_of({"--tls=1"}), "demo: unknown option '--tls'; did you mean --no-tls?\n");
  CHECK_STR(error_of({"--zzzzzz"}), "demo: unknown option '--zzzzzz'\n");
  CHECK_STR(error_of({"-vZ"}), "demo: unknown option '-Z'\n");
  CHECK_STR(error_of({"-t"}), "demo: option --timeout needs an argument <DURATION>\n");
  CHECK_STR(error_of({"--cert"}), "demo: option --cert needs an argument <CERT>\n");
  CHECK_STR(error_of({"--no-tls=yes"}), "demo: option '--no-tls' takes no argument\n");
  CHECK_STR(error_of({"--h"}),
            "demo: option '--h' is ambiguous; it may mean --header-table-size --header\n");
  CHECK_STR(error_of({"--\x1b[1m"}), "demo: unknown option '--\\x1b[1m'\n");
}

TEST(args, help) {
  Config config;
  for (const char* word : {"--help", "-h"}) {
    const Outcome outcome = run(config, {word, "--bad-after-help"});
    CHECK(outcome.kind == Kind::help);
    CHECK_STR(outcome.text, table().help());
  }
  CHECK_STR(table().help(),
            "Usage: demo [OPTIONS]... <URI>...\n"
            "demonstrates options\n"
            "\n"
            "  <URI>       Where to go.\n"
            "Options:\n"
            "  -v, --verbose\n"
            "              Say more. This option can be used more than once.\n"
            "  -t, --timeout=<DURATION>\n"
            "              Give up after this time, which is explained at such a length that\n"
            "              it has to be broken.\n"
            "              Default: 0\n"
            "  -w, --window-bits=<N>\n"
            "              Window.\n"
            "  -c, --header-table-size=<SIZE>\n"
            "              Table.\n"
            "              Default: 4K\n"
            "  --no-tls    Plain.\n"
            "\n"
            "More:\n"
            "  --cert=<CERT>\n"
            "              Certificate.\n"
            "  -H, --header=<HEADER>\n"
            "              Field. This option can be used more than once.\n"
            "  --ciphers=<SUITE,...>\n"
            "              Ciphers.\n"
            "  --linger=<DURATION>\n"
            "              Linger.\n"
            "  --trace[=<PATH>]\n"
            "              Trace.\n"
            "  --limit=<SIZE>\n"
            "              Limit.\n"
            "  --colour=<COLOUR>\n"
            "              Colour.\n"
            "  --version   Display version information and exit.\n"
            "  -h, --help  Display this help and exit.\n"
            "\n"
            "Exit status:\n"
            "  0           All is well.\n"
            "  104         It is not.\n"
            "\n"
            "Files:\n"
            "  /etc/demo   Settings.\n"
            "\n"
            "Environment:\n"
            "  DEMO        More settings.\n"
            "\n"
            "--\n"
            "\n"
            "  The end.\n");
  const std::vector<OptionInfo> none;
  CHECK_STR(format_help({"plain", "", "does little"}, none),
            "Usage: plain \n"
            "does little\n"
            "Options:\n"
            "  --version   Display version information and exit.\n"
            "  -h, --help  Display this help and exit.\n");
}

TEST(args, version) {
  Config config;
  const Outcome outcome = run(config, {"--version"});
  CHECK(outcome.kind == Kind::version);
  CHECK(outcome.text.starts_with("demo nghttp2/1."));
  CHECK(outcome.text.ends_with("\n"));
}

TEST(args, operands_are_refused_where_none_are_described) {
  const Table<Config> none({"plain", "", "does little"}, {});
  std::string words[] = {"plain", "x"};
  char* argv[] = {words[0].data(), words[1].data(), nullptr};
  Config config;
  const Outcome outcome = none.parse(2, argv, config);
  CHECK(outcome.kind == Kind::error);
  CHECK_STR(outcome.text, "plain: no operands are taken, such as 'x'\nTry 'plain --help'.\n");
  CHECK(none.parse(1, argv, config).kind == Kind::run);
}

TEST(args, manual_page) {
  const std::vector<OptionInfo> rows = {
      {"data", 'd', "<PATH>", ".x and --data or -d, not a-d.\n\nIt's \\.", "a:b", 0, "Some"}};
  CHECK_STR(format_manual({.name = "demo",
                           .usage = "[OPTION]... <URI>",
                           .summary = "shows",
                           .operands = {{"<URI>", "Where."}},
                           .epilogue = "End.",
                           .exit_statuses = {{0, "Fine."}},
                           .description = "Does it.",
                           .examples = {{"demo -d x", "Go:"}},
                           .see_also = {"other(1)", "third(8)"}},
                          rows),
            ".TH DEMO 1 \"\" \"nghttp2 " NGHTTP2_VERSION
            "\" \"User Commands\"\n.nh\n.ad l\n"
            ".SH NAME\ndemo \\- shows\n"
            ".SH SYNOPSIS\n\\fBdemo\\fR [OPTION]... \\fI<URI>\\fR\n"
            ".SH DESCRIPTION\nDoes it.\n.TP\n\\fI<URI>\\fR\nWhere.\n"
            ".SH OPTIONS\n.SS Some\n"
            ".TP\n\\fB\\-d\\fR, \\fB\\-\\-data\\fR=\\fI<PATH>\\fR\n"
            "\\&.x and \\fB\\-\\-data\\fR or \\fB\\-d\\fR, not a\\-d.\n"
            ".sp\nIt\\(aqs \\e.\n.br\nDefault: a:\\:b\n"
            ".TP\n\\fB\\-\\-version\\fR\nDisplay version information and exit.\n"
            ".TP\n\\fB\\-h\\fR, \\fB\\-\\-help\\fR\nDisplay this help and exit.\n"
            ".SH NOTES\nEnd.\n"
            ".SH EXIT STATUS\n.TP\n\\fB0\\fR\nFine.\n"
            ".SH EXAMPLES\n.PP\nGo:\n.PP\n.RS 4\n.nf\ndemo \\-d x\n.fi\n.RE\n"
            ".SH SEE ALSO\n\\fBother\\fR(1), \\fBthird\\fR(8)\n");
}

TEST(args, rows_can_be_applied_by_index) {
  Config config;
  const auto rows = table().options();
  CHECK_EQ(rows.size(), 13u);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].long_name != "window-bits") continue;
    CHECK_STR(rows[i].section, "Options");
    CHECK_STR(table().set(i, config, "12"), "");
    CHECK_STR(table().set(i, config, "x"), "an integer in the range 0 to 30");
  }
  CHECK_EQ(config.bits, 12);
}

}  // namespace
