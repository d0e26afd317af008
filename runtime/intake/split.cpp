#include "intake/split.h"

#include <algorithm>

#include "base/email.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/letter_marks.h"
#include "reader/names.h"
#include "reader/phones.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kSignatureLines = 14;
constexpr std::size_t kSignatureLineBytes = 120;
constexpr std::size_t kClosingLines = 8;  // of a name and its numbers without any sign-off
constexpr std::size_t kClosingLineBytes = 70;
constexpr std::size_t kWarningLines = 6;

enum class Role { fresh, quoted, signature, small_print, dropped };

struct Parts {
  std::vector<Line> lines;
  std::vector<Role> roles;
  std::optional<Forwarded> forwarded;

  void set(std::size_t first, std::size_t end, Role role) {
    for (std::size_t at = first; at < std::min(end, roles.size()); ++at)
      if (roles[at] == Role::fresh) roles[at] = role;
  }
  bool is_fresh(std::size_t at) const { return roles[at] == Role::fresh && !lines[at].is_blank(); }
};

Forwarded forwarded_of(const HeaderBlock& block, const std::vector<Line>& lines, std::size_t text_size) {
  Forwarded forwarded;
  const auto emails = find_emails(block.from, 2);
  std::string name = block.from;
  if (!emails.empty()) {
    forwarded.email = emails.front().email.folded;
    name = block.from.substr(0, emails.front().begin);
  }
  std::replace_if(
      name.begin(), name.end(), [](char c) { return std::string_view("<>[]()\"").find(c) != std::string_view::npos; },
      ' ');
  name = squeeze(name);
  if (const std::size_t mailto = name.find("mailto:"); mailto != std::string::npos)
    name = squeeze(name.substr(0, mailto));
  forwarded.name = std::string(prefix_utf8(name, limits::kNameBytes));
  if (const auto reply = find_emails(block.reply_to, 1); !reply.empty())
    forwarded.reply_to = reply.front().email.folded;
  forwarded.subject = block.subject;
  forwarded.from_span = block.from_span;
  forwarded.body = {block.end < lines.size() ? lines[block.end].begin : text_size, text_size};
  return forwarded;
}

// "---- Forwarded message ----" with its header; the header alone under a subject "Fwd:"; or only the mark.
void find_forward(Parts& parts, std::string_view text, std::string_view subject) {
  for (std::size_t at = 0; at < parts.lines.size(); ++at) {
    const std::string_view line = parts.lines[at].text;
    const bool is_mark = is_forward_mark(line);
    const bool may_be_header =
        is_forward_subject(subject) && (is_original_message_mark(line) || line.find(':') != std::string_view::npos);
    if (!is_mark && !may_be_header) continue;
    const bool stands_alone = !is_mark && !is_original_message_mark(line);
    const auto block = header_block(parts.lines, stands_alone ? at : at + 1, !stands_alone);
    if (!block) continue;
    parts.forwarded = forwarded_of(*block, parts.lines, text.size());
    parts.set(at, parts.lines.size(), Role::quoted);
    return;
  }
}

// Everything from an attribution or a quoted header on is repeated, unless the answers stand between the quoted lines.
void find_quotes(Parts& parts) {
  const std::vector<Line>& lines = parts.lines;
  for (std::size_t at = 0; at < lines.size(); ++at)
    if (is_quoted_line(lines[at].text)) parts.set(at, at + 1, Role::quoted);
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!parts.is_fresh(at)) continue;
    if (is_original_message_mark(lines[at].text) || header_block(lines, at, false)) {
      // The line that Outlook draws above the header is no word of the writer.
      std::size_t begin = at;
      while (begin > 0 && lines[begin - 1].is_blank()) --begin;
      if (begin > 0 && is_signature_mark(lines[begin - 1].text)) --begin;
      parts.set(begin, lines.size(), Role::quoted);
      return;
    }
    const std::size_t count = attribution_lines(lines, at);
    if (count == 0) continue;
    std::size_t next = at + count;
    while (next < lines.size() && lines[next].is_blank()) ++next;
    const bool marks_its_lines = next < lines.size() && is_quoted_line(lines[next].text);
    parts.set(at, marks_its_lines ? at + count : lines.size(), Role::quoted);
    if (!marks_its_lines) return;
  }
}

void find_small_print(Parts& parts) {
  const std::vector<Line>& lines = parts.lines;
  for (std::size_t at = 0; at < std::min(lines.size(), kWarningLines); ++at) {
    if (!parts.is_fresh(at) || !is_outside_warning(lines[at].text)) continue;
    for (std::size_t end = at; end < lines.size() && !lines[end].is_blank(); ++end)
      parts.set(end, end + 1, Role::small_print);
    break;
  }
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!parts.is_fresh(at)) continue;
    if (is_device_line(lines[at].text)) parts.set(at, at + 1, Role::dropped);
    if (!is_small_print(lines[at].text)) continue;
    for (std::size_t end = at; end < lines.size() && parts.roles[end] != Role::quoted; ++end)
      parts.set(end, end + 1, Role::small_print);
  }
}

// Fresh lines that are not blank, from the end upwards.
std::vector<std::size_t> last_fresh_lines(const Parts& parts, std::size_t count_max) {
  std::vector<std::size_t> found;
  for (std::size_t at = parts.lines.size(); at-- > 0 && found.size() < count_max;)
    if (parts.is_fresh(at)) found.push_back(at);
  return found;
}

bool is_number_or_address_line(std::string_view line) {
  if (!find_emails(line, 1).empty() || !find_phones(line, "US", 1).empty()) return true;
  const std::string folded = to_lower(line.substr(0, 20));
  return folded.starts_with("www.") || folded.starts_with("http");
}

// A name and nothing else: "Ana", "- Ana Ruiz", "Ana & Tom". Numbers on the same line are looked past.
bool is_name_line(std::string_view line) {
  std::string name(line);
  for (const PhoneMatch& phone : find_phones(line, "US", 2))
    std::fill_n(name.begin() + static_cast<std::ptrdiff_t>(phone.begin), phone.end - phone.begin, ' ');
  const std::size_t letter = name.find_first_not_of(" -–—~*,.|");
  if (letter == std::string::npos) return false;
  name = squeeze(name.substr(letter));
  while (!name.empty() && std::string_view(",.|- ").find(name.back()) != std::string_view::npos) name.pop_back();
  return name.size() <= 40 && std::count(name.begin(), name.end(), ' ') <= 3 &&
         reader::read_person_name(name).has_value();
}

void mark_signature(Parts& parts, std::size_t from) {
  for (std::size_t at = from; at < parts.lines.size(); ++at) parts.set(at, at + 1, Role::signature);
}

// Behind "-- " everything belongs to the signature; a line of dashes counts when what follows is short.
bool find_marked_signature(Parts& parts) {
  for (std::size_t at = 0; at < parts.lines.size(); ++at) {
    const Line& line = parts.lines[at];
    if (!parts.is_fresh(at) || !is_signature_mark(line.text)) continue;
    std::size_t following = 0, longest = 0;
    for (std::size_t next = at + 1; next < parts.lines.size(); ++next) {
      if (!parts.is_fresh(next)) continue;
      ++following;
      longest = std::max(longest, parts.lines[next].text.size());
    }
    const bool is_sure = line.text == "--";
    if (following == 0 || (!is_sure && (following > kSignatureLines || longest > kSignatureLineBytes))) continue;
    if (is_sure && following > 3 * kSignatureLines) continue;
    mark_signature(parts, at);
    return true;
  }
  return false;
}

// The last "Best regards," that has only short lines behind it.
bool find_sign_off(Parts& parts) {
  const std::vector<std::size_t> last = last_fresh_lines(parts, kSignatureLines + 1);
  std::size_t found = parts.lines.size();
  for (std::size_t place = 0; place < last.size(); ++place) {
    const std::string_view line = parts.lines[last[place]].text;
    if (line.size() > kSignatureLineBytes) break;
    const auto sign = sign_off(line);
    if (!sign) continue;
    // The first line of a mail is a greeting or the whole of it, never its end.
    const bool is_only_line =
        place + 1 == last.size() && last.size() <= kSignatureLines && place == 0 && sign->name.empty();
    if (!is_only_line) found = last[place];
  }
  if (found == parts.lines.size()) return false;
  mark_signature(parts, found);
  return true;
}

// A name with its numbers and address, without any word of farewell.
void find_closing(Parts& parts) {
  const std::vector<std::size_t> last = last_fresh_lines(parts, kClosingLines);
  std::size_t found = parts.lines.size();
  for (std::size_t place = 0; place < last.size(); ++place) {
    const std::string_view line = parts.lines[last[place]].text;
    if (line.size() > kClosingLineBytes || line.ends_with('?') || line.ends_with('!') ||
        line.find(':') == line.size() - 1)
      break;
    if (is_name_line(line)) {
      found = last[place];
      break;
    }
    const bool ends_sentence = line.ends_with('.') && std::count(line.begin(), line.end(), ' ') > 3;
    if (ends_sentence && !is_number_or_address_line(line)) break;
  }
  const bool is_whole_letter = std::none_of(parts.lines.begin(), parts.lines.end(), [&](const Line& line) {
    const auto at = static_cast<std::size_t>(&line - parts.lines.data());
    return at < found && parts.is_fresh(at);
  });
  if (found < parts.lines.size() && !is_whole_letter) mark_signature(parts, found);
}

// Somebody who quotes what they write themselves: better their words twice than not at all.
void rescue(Parts& parts) {
  const auto has = [&](Role role) {
    for (std::size_t at = 0; at < parts.lines.size(); ++at)
      if (parts.roles[at] == role && !parts.lines[at].is_blank()) return true;
    return false;
  };
  if (has(Role::fresh) || parts.forwarded) return;
  if (has(Role::signature) && !has(Role::quoted)) {
    std::replace(parts.roles.begin(), parts.roles.end(), Role::signature, Role::fresh);
  }
}

std::string masked(std::string_view text, const Parts& parts, Role role) {
  Mask mask(text);
  for (std::size_t at = 0; at < parts.lines.size(); ++at)
    if (parts.roles[at] == role) mask.keep(parts.lines[at]);
  return mask.take();
}

Letter letter_of(std::string_view text, std::string_view subject) {
  Parts parts;
  parts.lines = lines_of(text);
  parts.roles.assign(parts.lines.size(), Role::fresh);
  find_forward(parts, text, subject);
  find_quotes(parts);
  find_small_print(parts);
  if (!find_marked_signature(parts) && !find_sign_off(parts)) find_closing(parts);
  rescue(parts);
  Letter letter;
  letter.fresh = masked(text, parts, Role::fresh);
  letter.signature = masked(text, parts, Role::signature);
  letter.words = compact(letter.fresh);
  letter.signature_words = compact(letter.signature);
  letter.has_quote = std::find(parts.roles.begin(), parts.roles.end(), Role::quoted) != parts.roles.end();
  if (letter.has_quote) letter.quoted_words = compact(masked(text, parts, Role::quoted));
  letter.forwarded = std::move(parts.forwarded);
  return letter;
}

}  // namespace

Letter split_letter(std::string_view text, std::string_view subject) { return letter_of(text, subject); }

Letter split_forwarded(std::string_view text, const Forwarded& forwarded) {
  std::string inner(text.size(), ' ');
  // A forwarded mail is sometimes quoted as a whole; its own quote signs go, so that places stay.
  bool is_quoted = true;
  std::string_view body = text.substr(std::min(forwarded.body.begin, text.size()));
  for (const Line& line : lines_of(body))
    if (!line.is_blank() && !is_quoted_line(line.text)) is_quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_inside = at >= forwarded.body.begin && at < forwarded.body.end;
    if (text[at] == '\n')
      inner[at] = '\n';
    else if (is_inside)
      inner[at] = text[at];
  }
  if (is_quoted) {
    bool at_line_start = true;
    for (char& c : inner) {
      if (at_line_start && c == '>')
        c = ' ';
      else if (c != ' ')
        at_line_start = c == '\n';
    }
  }
  return letter_of(inner, forwarded.subject);
}

}  // namespace deskhand::intake
