// SPDX-License-Identifier: MIT
// The text of --help.
#include "base/args.h"
#include "base/text.h"

namespace base::args {

namespace {

constexpr size_t kWidth = 80;
constexpr size_t kNameColumn = 2;
constexpr size_t kHelpColumn = 14;

// "-t, --timeout=<DURATION>"
std::string signature(const OptionInfo& option) {
  std::string text;
  if (option.short_name) text.append("-").append(1, option.short_name).append(", ");
  text.append("--").append(option.long_name);
  return text + option.argument_suffix();
}

// One entry: the name, then prose in the help column; long names get a line of their own.
std::string entry(std::string_view name, std::string_view prose) {
  std::string text = std::string(kNameColumn, ' ') + std::string(name);
  if (text.size() + 1 > kHelpColumn) text += '\n';
  const size_t column = text.ends_with('\n') ? 0 : text.size();
  text.append(kHelpColumn - column, ' ');
  return text + wrap(prose, kWidth - kHelpColumn, kHelpColumn) + "\n";
}

std::string options_text(std::span<const OptionInfo> options) {
  std::string text;
  std::string_view section;
  for (const OptionInfo& option : listed_options(options)) {
    if (option.section != section) {
      if (!section.empty()) text += '\n';
      section = option.section;
      text.append(section).append(":\n");
    }
    text += entry(signature(option), prose_of(option));
  }
  return text;
}

std::string terms_text(std::string_view heading, std::span<const Term> terms) {
  if (terms.empty()) return {};
  std::string text = "\n" + std::string(heading) + ":\n";
  for (const Term& term : terms)
    text += entry(term.name, term.help);
  return text;
}

std::string statuses_text(std::span<const ExitStatus> statuses) {
  if (statuses.empty()) return {};
  std::string text = "\nExit status:\n";
  for (const ExitStatus& one : statuses)
    text += entry(std::to_string(one.status), one.meaning);
  return text;
}

}  // namespace

std::vector<OptionInfo> listed_options(std::span<const OptionInfo> options) {
  std::vector<OptionInfo> listed;
  for (const OptionInfo& option : options) {
    if (!(option.flags & kHidden)) listed.push_back(option);
  }
  const std::string_view section = listed.empty() ? "Options" : listed.back().section;
  listed.push_back({"version", 0, "", "Display version information and exit.", "", 0, section});
  listed.push_back({"help", 'h', "", "Display this help and exit.", "", 0, section});
  return listed;
}

std::string prose_of(const OptionInfo& option) {
  std::string prose(option.help);
  if (option.flags & kRepeatable) prose += " This option can be used more than once.";
  if (!option.default_text.empty()) prose.append("\nDefault: ").append(option.default_text);
  return prose;
}

std::string format_help(const Program& program, std::span<const OptionInfo> options) {
  std::string text = "Usage: " + std::string(program.name) + " " + program.usage + "\n";
  text.append(wrap(program.summary, kWidth, 0)).append("\n");
  if (!program.operands.empty()) text += '\n';
  for (const Term& operand : program.operands)
    text += entry(operand.name, operand.help);
  text += options_text(options);
  text += statuses_text(program.exit_statuses);
  text += terms_text("Files", program.files);
  text += terms_text("Environment", program.environment);
  if (*program.epilogue) {
    text.append("\n--\n\n  ").append(wrap(program.epilogue, kWidth - 2, 2)).append("\n");
  }
  return text;
}

}  // namespace base::args
