#include "intake/letter_marks.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kLineBytes = 1000;  // of a line that are looked at
constexpr std::size_t kAttributionLines = 3;
constexpr std::size_t kBlockLines = 14;

RE2::Options blind() {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  return options;
}

bool line_matches(std::string_view line, const RE2& pattern) { return matches(line.substr(0, kLineBytes), pattern); }

std::string_view without_stars(std::string_view text) {
  while (!text.empty() && (text.front() == '*' || text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '*' || text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

enum class BlockField { none, from, date, to, subject, cc, reply_to };

BlockField block_field(std::string_view line, std::string_view& value) {
  static const RE2 field(
      R"(^\W{0,3}(?:(from|de|von|da|van|expediteur|expéditeur|remitente)|(sent|date|sent on|enviado(?: el)?|fecha|gesendet|datum|envoyé|inviato|data|verzonden|enviada(?: em)?)|(to|para|an|à|a|aan)|(subject|asunto|betreff|objet|oggetto|assunto|onderwerp)|(cc|bcc|kopie|copia|importance|attachments|wichtigkeit)|(reply-to|responder a|antwort an))\*?\s*:\*?\s*(.*)$)",
      blind());
  re2::StringPiece from, date, to, subject, cc, reply_to, rest;
  const std::string_view start = line.substr(0, kLineBytes);
  if (!RE2::FullMatch(re2::StringPiece(start.data(), start.size()), field, &from, &date, &to, &subject, &cc, &reply_to,
                      &rest))
    return BlockField::none;
  value = without_stars(std::string_view(rest.data(), rest.size()));
  if (!from.empty()) return BlockField::from;
  if (!date.empty()) return BlockField::date;
  if (!to.empty()) return BlockField::to;
  if (!subject.empty()) return BlockField::subject;
  return reply_to.empty() ? BlockField::cc : BlockField::reply_to;
}

}  // namespace

bool matches(std::string_view text, const RE2& pattern) { return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), pattern); }

bool is_quoted_line(std::string_view line) { return line.starts_with('>') || line.starts_with("&gt;"); }

std::size_t attribution_lines(const std::vector<Line>& lines, std::size_t index) {
  static const RE2 starts(
      R"(^(?:on|am|le|el|il giorno|em|op|den|w dniu)\s.{0,200}\d|^\d{4}-\d\d-\d\d|^.{1,80}<[^<>\s]+@[^<>\s]+>|^\S.{1,60}\b(?:wrote|schrieb|escribió)\b)",
      blind());
  static const RE2 ends(
      R"((?:wrote|writes|schrieb(?:\s.{0,120})?|escribi[oó]|a écrit|ha scritto|escreveu|schreef(?:\s.{0,120})?|napisał\(?a?\)?|skrev(?:\s.{0,120})?)\s*:?\s*$|<[^<>\s]+@[^<>\s]+>:\s*$)",
      blind());
  // "schrieb Ana:" and "schreef Ana:" have the name behind the verb, so that a sentence must not pass: it ends in a
  // colon there.
  static const RE2 sure_end(R"((?:wrote|writes|escribi[oó]|a écrit|ha scritto|escreveu)\s*:?\s*$|:\s*$)", blind());
  if (index >= lines.size() || lines[index].is_blank() || is_quoted_line(lines[index].text)) return 0;
  std::string joined;
  for (std::size_t count = 1; count <= kAttributionLines && index + count <= lines.size(); ++count) {
    const Line& line = lines[index + count - 1];
    if (line.is_blank() || is_quoted_line(line.text)) return 0;
    joined += (joined.empty() ? "" : " ") + std::string(line.text.substr(0, kLineBytes));
    if (count == 1 && !line_matches(joined, starts)) return 0;
    if (line_matches(joined, ends) && line_matches(joined, sure_end) && joined.size() < 400) return count;
  }
  return 0;
}

bool is_original_message_mark(std::string_view line) {
  static const RE2 mark(
      R"(^\W*-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|mensaje original|message d'origine|messaggio originale|mensagem original|oorspronkelijk bericht)\s*-{2,}\W*$)",
      blind());
  return line_matches(line, mark);
}

bool is_forward_mark(std::string_view line) {
  static const RE2 mark(
      R"(^\W*(?:-{2,}\s*(?:forwarded (?:message|email)(?: follows)?|forwarded by .{0,80}|weitergeleitete nachricht|mensaje reenviado|message transféré|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht)\s*-*|begin forwarded message:?|anfang der weitergeleiteten nachricht:?|inicio del mensaje reenviado:?|début du message réexpédié\s*:?)\W*$)",
      blind());
  return line_matches(line, mark);
}

bool is_forward_subject(std::string_view subject) {
  static const RE2 mark(R"(^\s*(?:\[[^\]]{0,40}\]\s*)*(?:fwd?|fw|wg|rv|tr|i|enc|doorst)\s*:)", blind());
  return line_matches(subject, mark);
}

bool is_reply_subject(std::string_view subject) {
  static const RE2 mark(R"(^\s*(?:\[[^\]]{0,40}\]\s*)*(?:re|aw|sv|antw|r|rép|ref)\s*(?:\[\d+\])?:)", blind());
  return line_matches(subject, mark);
}

std::string bare_subject(std::string_view subject) {
  static const RE2 prefix(
      R"(^\s*(?:(?:re|aw|sv|antw|rép|fwd?|fw|wg|rv|tr|enc)\s*(?:\[\d+\])?:|\[(?:external|extern|ext|spam|possible spam|suspicious|caution)[^\]]{0,30}\]|external:|\*{2,}[^*]{0,30}\*{2,})\s*)",
      blind());
  re2::StringPiece rest(subject.data(), subject.size());
  for (int step = 0; step < 10 && RE2::Consume(&rest, prefix); ++step) {
  }
  return squeeze(std::string_view(rest.data(), rest.size()));
}

std::optional<HeaderBlock> header_block(const std::vector<Line>& lines, std::size_t index, bool begins_anywhere) {
  std::size_t at = index;
  while (begins_anywhere && at < lines.size() && at < index + 3 && lines[at].is_blank()) ++at;
  std::string_view value;
  if (at >= lines.size()) return std::nullopt;
  const BlockField first = block_field(lines[at].text, value);
  if (first == BlockField::none || (!begins_anywhere && first != BlockField::from)) return std::nullopt;
  HeaderBlock block;
  block.begin = index;
  int others = 0;
  bool has_from = false;
  std::size_t next = at;
  std::string* last = nullptr;
  for (; next < lines.size() && next < at + kBlockLines; ++next) {
    const BlockField field = block_field(lines[next].text, value);
    if (field == BlockField::none) {
      // A long list of recipients or a long name goes on in the next line; a blank line ends the header.
      const bool goes_on = !lines[next].is_blank() && last != nullptr &&
                           lines[next].text.find('@') != std::string_view::npos && lines[next].text.size() < 200;
      if (!goes_on) break;
      *last += ' ' + std::string(lines[next].text);
      continue;
    }
    last = nullptr;
    if (field == BlockField::from && !has_from) {
      has_from = true;
      block.from = value;
      block.from_span = lines[next].span();
      last = &block.from;
    } else if (field == BlockField::subject && block.subject.empty()) {
      block.subject = value;
    } else if (field == BlockField::reply_to && block.reply_to.empty()) {
      block.reply_to = value;
    }
    others += field == BlockField::date || field == BlockField::to || field == BlockField::subject ? 1 : 0;
  }
  block.end = next;
  if (!has_from || others < (begins_anywhere ? 1 : 2)) return std::nullopt;
  return block;
}

bool is_signature_mark(std::string_view line) {
  static const RE2 mark(R"(^(?:--|—|–{1,2}|_{3,100}|-{3,100}|\*{3,30}|={3,30})$)", blind());
  return line_matches(line, mark);
}

std::optional<SignOff> sign_off(std::string_view line) {
  static const RE2 words(
      R"(^(?:(?:many |kind |warm |best |kindest |warmest |with (?:kind |best )?)?(?:thanks|thank you|thx|tks|ty|regards|wishes)(?: so much| very much| a lot| a bunch| again| in advance| kindly| for your (?:time|help)| and (?:best |kind )?regards| much)*|best|cheers|sincerely(?: yours)?|yours(?: truly| sincerely| faithfully)?|respectfully|take care|talk (?:to you )?soon|cordially|warmly|gratefully|appreciate it|all the best|have a (?:great|good|nice|lovely) (?:day|one|week|weekend|evening)|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|(?:viele|liebe|beste|freundliche|schöne|herzliche) gr(?:ü|ue)(?:ß|ss)e|mfg|vg|lg|(?:muchas )?gracias(?: de antemano| por su (?:tiempo|ayuda))?|(?:un )?saludos?(?: cordiales?)?|atentamente|cordiales saludos|quedo atent[oa]|merci(?: d'avance| beaucoup)?|cordialement|bien (?:à vous|cordialement)|(?:met )?vriendelijke groet(?:en)?|grazie|cordiali saluti|obrigad[oa]|atenciosamente)\s*(?:[,.!–—-]+\s*(.{0,60})|())$)",
      blind());
  re2::StringPiece name, none;
  const std::string_view start = line.substr(0, kLineBytes);
  if (!RE2::FullMatch(re2::StringPiece(start.data(), start.size()), words, &name, &none)) return std::nullopt;
  const std::string_view behind = trim(std::string_view(name.data() == nullptr ? "" : name.data(), name.size()));
  // "Thanks, I will be home all day" is a sentence and no end.
  if (std::count(behind.begin(), behind.end(), ' ') > 3 || behind.ends_with('?')) return std::nullopt;
  return SignOff{behind};
}

bool is_device_line(std::string_view line) {
  static const RE2 mark(
      R"(^(?:sent (?:from|via|using) (?:my |the |an? )?[\w .'+&!-]{2,60}|get outlook for (?:ios|android).{0,80}|sent from .{0,20}mail for (?:windows|ios).{0,40}|von meinem .{2,30} gesendet|gesendet (?:von|mit) .{2,40}|enviado desde .{2,40}|envoyé de(?:puis)? mon .{2,30}|inviato da .{2,30}|enviado do meu .{2,30}|verzonden vanaf .{2,30}|yahoo mail: .{0,60}|pardon (?:the |any )?(?:brevity|typos).{0,60}|please excuse .{0,60}typos.{0,40})\s*(?:<https?:\S+>)?\.?$)",
      blind());
  return line_matches(line, mark);
}

bool is_small_print(std::string_view line) {
  static const RE2 mark(
      R"(^\W*(?:confidentiality|confidential|privileged|disclaimer|legal notice|important notice|privacy notice|vertraulichkeit|aviso legal|aviso de confidencialidad|notice)\s*(?:notice|note|warning|statement)?\s*[:\-–]|^\W*(?:this|the information (?:contained )?in this|the contents? of this) (?:e-?mail|message|communication|transmission)\b.{0,120}\b(?:confidential|intended|privileged)|^\W*(?:diese e-?mail|der inhalt dieser)\b.{0,120}vertraulich|^\W*este (?:mensaje|correo)\b.{0,120}confidencial|^\W*(?:if you (?:are not the intended|have received this|received this (?:e-?mail|message) in error))|please consider the environment before|^\W*virus-free\b|^\W*this email has been (?:checked|scanned) )",
      blind());
  return line_matches(line, mark);
}

bool is_outside_warning(std::string_view line) {
  static const RE2 mark(
      R"(^\W*(?:caution|warning|external(?: e-?mail| sender)?|attention|achtung|\[external\])\b.{0,60}(?:originated|outside|external|extern|from outside)|^\W*you don'?t often get email from)",
      blind());
  return line_matches(line, mark);
}

}  // namespace deskhand::intake
