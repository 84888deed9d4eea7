// SPDX-License-Identifier: MIT
// Completion of a program's command line by bash.
#include <algorithm>
#include <array>

#include "base/args.h"

namespace base::args {

namespace {

// Whether a placeholder such as "<PATH>" stands for the name of a file.
bool is_file(std::string_view placeholder) {
  if (placeholder.ends_with(']')) placeholder.remove_suffix(1);
  constexpr std::array<std::string_view, 4> kEndings = {"PATH>", "FILE>", "CERT>", "KEY>"};
  return placeholder.find_first_of("=,:") == std::string_view::npos &&
         std::any_of(kEndings.begin(), kEndings.end(), [placeholder](std::string_view ending) {
           return placeholder.ends_with(ending);
         });
}

// A pattern of `case` for the options whose argument is, or is not, a file.
std::string argument_pattern(std::span<const OptionInfo> options, bool of_files) {
  std::string pattern;
  for (const OptionInfo& option : options) {
    if (option.argument.empty() || is_file(option.argument) != of_files) continue;
    if (!pattern.empty()) pattern += '|';
    pattern.append("--").append(option.long_name);
    if (option.short_name) pattern.append("|-").append(1, option.short_name);
  }
  return pattern;
}

std::string words(std::span<const OptionInfo> options) {
  std::string text;
  for (const OptionInfo& option : options) {
    text.append(" --").append(option.long_name);
    if (option.needs_argument()) text += '=';
  }
  return text.substr(1);
}

// An argument that may be absent follows "=" and nothing else.
std::string optional_arguments(std::span<const OptionInfo> options) {
  std::string text;
  for (const OptionInfo& option : options) {
    if (option.argument.empty() || option.needs_argument()) continue;
    text.append("  [[ $before == --").append(option.long_name);
    text += " && -z $equals ]] && before=\n";
  }
  return text;
}

constexpr char kFiles[] =
    "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
    "      compopt -o filenames 2>/dev/null\n";

std::string argument_cases(std::span<const OptionInfo> options) {
  std::string text;
  if (const auto files = argument_pattern(options, true); !files.empty()) {
    text += "    " + files + ")\n      " + kFiles + "      return ;;\n";
  }
  if (const auto others = argument_pattern(options, false); !others.empty()) {
    text += "    " + others + ")\n      return ;;\n";
  }
  return text.empty() ? "" : "  case $before in\n" + text + "  esac\n";
}

}  // namespace

std::string format_completion(const Program& program, std::span<const OptionInfo> options) {
  const std::string name(program.name);
  const auto listed = listed_options(options);
  const bool takes_files = std::any_of(program.operands.begin(), program.operands.end(),
                                       [](const Term& operand) { return is_file(operand.name); });
  std::string text =
      "# Completion of the command line of " + name + " by bash.\n_nghttp2_" + name +
      "() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} equals=\n"
      "  COMPREPLY=()\n"
      "  # bash cuts --name=value into three words.\n"
      "  if [[ $word == = ]]; then\n"
      "    word= equals=y\n"
      "  elif [[ $before == = ]]; then\n"
      "    before=${COMP_WORDS[COMP_CWORD-2]} equals=y\n"
      "  fi\n";
  text += optional_arguments(listed) + argument_cases(listed);
  text +=
      "  if [[ $word == -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W '" +
      words(listed) +
      "' -- \"$word\")\n"
      "    if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then\n"
      "      compopt -o nospace 2>/dev/null\n"
      "    fi\n";
  if (takes_files) text += std::string("  else\n      ") + kFiles;
  text += "  fi\n}\ncomplete -F _nghttp2_" + name + " " + name + "\n";
  return text;
}

}  // namespace base::args
