// SPDX-License-Identifier: MIT
// The manual page of a program.
#include <nghttp2/nghttp2ver.h>

#include "base/args.h"
#include "base/text.h"

namespace base::args {

namespace {

// A character as roff text; typewriter characters, where roff would set typographic ones.
std::string escaped(char c) {
  switch (c) {
    case '\\': return "\\e";
    case '-': return "\\-";
    case '\'': return "\\(aq";
    case '`': return "\\(ga";
    case '^': return "\\(ha";
    case '~': return "\\(ti";
    default: return std::string(1, c);
  }
}

std::string escaped(std::string_view text) {
  std::string result;
  // A full stop would begin a request at the start of a line.
  if (text.starts_with('.')) result += "\\&";
  for (const char c : text)
    result += escaped(c);
  return result;
}

std::string in_font(char font, std::string_view text) {
  return std::string("\\f") + font + escaped(text) + "\\fR";
}

// How long the option is that begins here: "-x" or "--long-name".
size_t option_length(std::string_view text) {
  const auto is_name = [](char c) { return is_alpha(c) || is_digit(c) || c == '-'; };
  size_t end = 0;
  while (end < text.size() && is_name(text[end]))
    ++end;
  const bool is_option = end == 2 ? is_alpha(text[1]) : end > 2 && text[1] == '-';
  return text.starts_with('-') && is_option && is_alpha(text[end - 1]) ? end : 0;
}

bool is_alnum(char c) {
  return is_alpha(c) || is_digit(c);
}

// Whether the character at `at` is a colon between two words, as in "a:b".
bool joins_words(std::string_view text, size_t at) {
  return text[at] == ':' && at > 0 && at + 1 < text.size() && is_alnum(text[at - 1]) &&
         is_alnum(text[at + 1]);
}

// How long the placeholder is that begins here: "<N>".
size_t placeholder_length(std::string_view text) {
  const size_t end = text.find_first_of("> ");
  return text.starts_with('<') && end != std::string_view::npos && text[end] == '>' ? end + 1 : 0;
}

// A line of prose: options are bold, placeholders slanted.
std::string line(std::string_view text) {
  std::string result = text.starts_with('.') ? "\\&" : "";
  bool begins_word = true;
  for (size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    size_t length = begins_word ? option_length(rest) : 0;
    if (length > 0) {
      result += in_font('B', rest.substr(0, length));
    } else if ((length = placeholder_length(rest)) > 0) {
      result += in_font('I', rest.substr(0, length));
    } else {
      result += escaped(rest.front());
      // Lists with colons may be longer than a line, and break there.
      if (joins_words(text, at)) result += "\\:";
      length = 1;
    }
    at += length;
    const char last = text[at - 1];
    begins_word = !is_alpha(last) && !is_digit(last) && last != '-';
  }
  return result;
}

// Newlines in the text break lines, and empty lines make paragraphs, of the same indentation.
std::string prose(std::string_view text) {
  std::string result;
  bool breaks = false;
  for (const std::string_view part : split(text, '\n')) {
    if (breaks) result += part.empty() ? ".sp\n" : ".br\n";
    if (!part.empty()) result += line(trim(part)) + "\n";
    breaks = !part.empty();
  }
  return result;
}

std::string tagged(std::string_view tag, std::string_view text) {
  return ".TP\n" + std::string(tag) + "\n" + prose(text);
}

std::string signature(const OptionInfo& option) {
  std::string text;
  if (option.short_name) text = in_font('B', std::string("-") + option.short_name) + ", ";
  text += in_font('B', "--" + std::string(option.long_name));
  if (option.needs_argument()) return text + "=" + in_font('I', option.argument);
  return text + escaped(option.argument_suffix());
}

std::string heading(std::string_view title, std::string_view content) {
  return content.empty() ? "" : ".SH " + std::string(title) + "\n" + std::string(content);
}

std::string terms(std::span<const Term> list) {
  std::string text;
  for (const Term& term : list)
    text += tagged(in_font('I', term.name), term.help);
  return text;
}

std::string options_text(std::span<const OptionInfo> options) {
  std::string text;
  std::string_view section;
  for (const OptionInfo& option : listed_options(options)) {
    if (option.section != section) text += ".SS " + escaped(option.section) + "\n";
    section = option.section;
    text += tagged(signature(option), prose_of(option));
  }
  return text;
}

std::string statuses_text(std::span<const ExitStatus> statuses) {
  std::string text;
  for (const ExitStatus& one : statuses)
    text += tagged(in_font('B', std::to_string(one.status)), one.meaning);
  return text;
}

std::string examples_text(std::span<const Term> examples) {
  std::string text;
  for (const Term& example : examples) {
    text += ".PP\n" + prose(example.help) + ".PP\n.RS 4\n.nf\n" + escaped(example.name) +
            "\n.fi\n.RE\n";
  }
  return text;
}

std::string see_also_text(std::span<const char* const> pages) {
  std::string text;
  for (const std::string_view page : pages) {
    const size_t parenthesis = page.find('(');
    if (!text.empty()) text += ", ";
    text += in_font('B', page.substr(0, parenthesis)) + escaped(page.substr(parenthesis));
  }
  return text.empty() ? "" : text + "\n";
}

std::string upper_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    c = 'a' <= c && c <= 'z' ? char(c - 'a' + 'A') : c;
  return result;
}

}  // namespace

std::string format_manual(const Program& program, std::span<const OptionInfo> options) {
  const std::string name(program.name);
  // Without hyphenation and with a ragged edge, so that words stay as they are typed.
  std::string text = ".TH " + upper_case(name) +
                     " 1 \"\" \"nghttp2 " NGHTTP2_VERSION "\" \"User Commands\"\n.nh\n.ad l\n";
  text += heading("NAME", escaped(name) + " \\- " + escaped(program.summary) + "\n");
  text += heading("SYNOPSIS", in_font('B', name) + " " + line(program.usage) + "\n");
  std::string description = *program.description ? prose(program.description) : "";
  text += heading("DESCRIPTION", description + terms(program.operands));
  text += heading("OPTIONS", options_text(options));
  text += heading("NOTES", *program.epilogue ? prose(program.epilogue) : "");
  text += heading("EXIT STATUS", statuses_text(program.exit_statuses));
  text += heading("FILES", terms(program.files));
  text += heading("ENVIRONMENT", terms(program.environment));
  text += heading("EXAMPLES", examples_text(program.examples));
  text += heading("SEE ALSO", see_also_text(program.see_also));
  return text;
}

}  // namespace base::args
