#include "channel/email/parse.h"

#include <algorithm>

#include "base/hash.h"
#include "base/limits.h"
#include "base/text.h"
#include "channel/email/charset.h"
#include "channel/email/flowed.h"
#include "channel/email/html_text.h"
#include "channel/email/mime_parts.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kHeaderValueBytes = 2 * 1024;   // of the fields kept for judging a mail
constexpr std::size_t kReportBytes = 64 * 1024;
constexpr std::size_t kShortBytes = 40;               // a plain part that says no more than "see the HTML part"
constexpr std::size_t kPassingBytes = 600;            // where "view this in your browser" is all a plain part says

// The words of one part or of one branch of the tree.
struct Words {
  std::string plain, html_text;
  bool is_cut = false;
};

class Reader {
 public:
  // Where `take` is given it gets the content of each attachment, until it fails.
  explicit Reader(const MailParser::TakeAttachment* take = nullptr) : take_(take) {}
  InboundMail read(const MimePart& root);
  const Done& taken() const { return taken_; }

 private:
  void read_head(const HeaderFields& header);
  Words words_of(const MimePart& part, bool is_root);
  Words words_of_multipart(const MimePart& part);
  Words text_words(const MimePart& part);
  Words alternative_words(const MimePart& part);
  Words mixed_words(const MimePart& part);
  void read_report(const MimePart& part);
  void read_delivery_status(const MimePart& part);
  void read_enclosed(const MimePart& part);
  void keep_attachment(const MimePart& part);
  void tell(std::string problem);

  InboundMail mail_;
  const MailParser::TakeAttachment* take_;
  Done taken_;
};

std::string field_text(const HeaderFields& header, std::string_view name, std::size_t bytes_max) {
  return header_text(header.raw(name), bytes_max);
}

bool says_only_look_elsewhere(std::string_view plain) {
  if (plain.size() > kPassingBytes) return false;
  const std::string folded = to_lower(plain);
  const auto has = [&](std::string_view words) { return folded.find(words) != std::string::npos; };
  const bool names_html = has("html") && (has("support") || has("view") || has("enable") || has("display") || has("client"));
  return names_html || has("view this email in your browser") || has("view in browser") || has("view it online");
}

// Which of two says more. The plain part is what its sender wrote for reading, unless it is a stub.
bool prefers_html(std::string_view plain, std::string_view html_text) {
  if (trim(html_text).empty()) return false;
  if (trim(plain).empty()) return true;
  if (says_only_look_elsewhere(plain)) return true;
  return trim(plain).size() < kShortBytes && html_text.size() > 3 * plain.size() + kShortBytes;
}

std::string best_of(const Words& words) { return prefers_html(words.plain, words.html_text) ? words.html_text : words.plain; }

void append_words(std::string& onto, std::string_view more) {
  if (trim(more).empty() || onto.size() >= limits::kMailTextBytes) return;
  if (!onto.empty()) onto += onto.ends_with('\n') ? "\n" : "\n\n";
  onto += prefix_utf8(more, limits::kMailTextBytes - std::min(onto.size(), limits::kMailTextBytes));
}

bool is_outlook_package(const MimePart& part) {
  return part.type.is("application/ms-tnef") || part.type.is("application/vnd.ms-tnef") || equal_ignoring_case(part.file_name(), "winmail.dat");
}

// A body that is text to be read, as opposed to a file that happens to be text.
bool is_readable(const MimePart& part, bool is_root) {
  if (part.disposition.is_attachment && !is_root) return false;
  if (!part.file_name().empty() && !is_root) return false;
  return part.type.is("text/plain") || part.type.is("text/html") || part.type.is("text/enriched") || part.type.is("text/richtext") ||
         part.type.is("text/markdown") || part.type.is("text");
}

std::string spaces_plain(std::string text) {
  text = replace_all(std::move(text), "\xC2\xA0", " ");
  std::string clean;
  clean.reserve(text.size());
  for (const char c : text)
    if (c == '\n' || c == '\t' || static_cast<unsigned char>(c) >= 0x20) clean += c;
  return clean;
}

InboundMail Reader::read(const MimePart& root) {
  read_head(root.header);
  const Words words = words_of(root, true);
  const bool html_first = prefers_html(words.plain, words.html_text);
  mail_.text = html_first ? words.html_text : words.plain;
  mail_.other_text = html_first ? words.plain : words.html_text;
  mail_.text_is_cut = words.is_cut;
  if (mail_.text.starts_with("-----BEGIN PGP MESSAGE-----")) {
    mail_.is_encrypted = true;
    tell("the text is encrypted with PGP");
  }
  return std::move(mail_);
}

void Reader::read_head(const HeaderFields& header) {
  for (const HeaderField& field : header.fields)
    mail_.headers.push_back({to_lower(field.name), header_text(field.raw, kHeaderValueBytes)});
  const std::vector<std::string> ids = header_message_ids(header.raw("Message-ID"));
  if (!ids.empty()) mail_.message_id = ids.front();
  mail_.in_reply_to = header_message_ids(header.raw("In-Reply-To"));
  mail_.references = header_message_ids(header.raw("References"));
  mail_.from = header_addresses(header.raw("From"));
  mail_.reply_to = header_addresses(header.raw("Reply-To"));
  mail_.to = header_addresses(header.raw("To"));
  mail_.cc = header_addresses(header.raw("Cc"));
  const std::vector<MailAddress> senders = header_addresses(header.raw("Sender"));
  if (!senders.empty()) mail_.sender = senders.front();
  mail_.subject = field_text(header, "Subject", limits::kSubjectBytes);
  mail_.date = header_date(header.raw("Date"));
}

Words Reader::words_of(const MimePart& part, bool is_root) {
  if (part.is_opaque) {
    tell("parts inside parts were not looked into: there are too many");
    return {};
  }
  if (part.type.is_kind("multipart")) return words_of_multipart(part);
  if (part.type.is("text/calendar")) {
    mail_.has_calendar = true;
    if (mail_.calendar_method.empty()) mail_.calendar_method = part.type.method;
    return {};
  }
  if (is_readable(part, is_root)) return text_words(part);
  if (part.type.is("message/rfc822") || part.type.is("message/global")) {
    read_enclosed(part);
    return {};
  }
  if (part.type.is("message/partial")) tell("it is one piece of a mail that was sent in pieces");
  if (part.type.is("message/external-body")) tell("its text lies on another server and was not fetched");
  if (part.type.is("application/pkcs7-mime") || part.type.is("application/x-pkcs7-mime")) {
    mail_.is_encrypted = true;
    tell("the text is packed with S/MIME");
  }
  if (is_outlook_package(part)) tell("the attached winmail.dat is Outlook's own format, which is not opened");
  keep_attachment(part);
  return {};
}

Words Reader::words_of_multipart(const MimePart& part) {
  if (part.children.empty()) {
    // Called a multipart, but nothing in it has the boundary: what stands there is the text.
    Words words;
    words.plain = spaces_plain(text_of_charset(decoded_content(part, limits::kMailTextBytes), part.type.charset, limits::kMailTextBytes));
    return words;
  }
  if (part.type.is("multipart/encrypted")) {
    mail_.is_encrypted = true;
    tell("the text is encrypted");
    return {};
  }
  if (part.type.is("multipart/report")) read_report(part);
  if (part.type.is("multipart/alternative")) return alternative_words(part);
  return mixed_words(part);
}

Words Reader::text_words(const MimePart& part) {
  Words words;
  const bool is_html = part.type.is("text/html");
  const std::size_t bytes_max = is_html ? limits::kMailHtmlBytes : limits::kMailTextBytes;
  const std::string bytes = decoded_content(part, bytes_max + 1);
  words.is_cut = bytes.size() > bytes_max;
  const std::string text = text_of_charset(bytes, part.type.charset, bytes_max);
  const bool has_tags = text.find('<') != std::string::npos && text.find('>') != std::string::npos;
  const bool is_rich = part.type.is("text/enriched") || part.type.is("text/richtext");
  if ((is_html && has_tags) || is_rich || (!is_html && looks_like_html(text)))
    (is_html ? words.html_text : words.plain) = spaces_plain(text_of_html(text, limits::kMailTextBytes));
  else
    words.plain = spaces_plain(part.type.flowed ? unflowed(text, part.type.delete_space) : text);
  if (words.plain.size() > limits::kMailTextBytes) {  // an HTML part without a tag
    words.plain = prefix_utf8(words.plain, limits::kMailTextBytes);
    words.is_cut = true;
  }
  return words;
}

Words Reader::alternative_words(const MimePart& part) {
  Words words;
  for (const MimePart& child : part.children) {
    Words more = words_of(child, false);
    if (trim(words.plain).empty()) words.plain = std::move(more.plain);
    if (trim(words.html_text).empty()) words.html_text = std::move(more.html_text);
    words.is_cut = words.is_cut || more.is_cut;
  }
  return words;
}

// Parts that follow each other. Where all have both forms they stay apart; else the better form of each is taken.
Words Reader::mixed_words(const MimePart& part) {
  const bool is_related = part.type.is("multipart/related");
  Words words;
  bool is_first = true, has_words = false;
  for (const MimePart& child : part.children) {
    Words more = words_of(child, false);
    if (is_related && !is_first) continue;  // pictures and style sheets of the page
    is_first = false;
    words.is_cut = words.is_cut || more.is_cut;
    if (trim(more.plain).empty() && trim(more.html_text).empty()) continue;
    if (!has_words) {
      words.plain = std::move(more.plain);
      words.html_text = std::move(more.html_text);
    } else {
      const std::string best = best_of(more);
      if (trim(words.plain).empty()) words.plain = words.html_text;
      append_words(words.plain, best);
      if (!words.html_text.empty()) append_words(words.html_text, best);
    }
    has_words = true;
  }
  return words;
}

void Reader::read_report(const MimePart& part) {
  if (part.type.report_type == "disposition-notification") mail_.is_read_receipt = true;
  for (const MimePart& child : part.children) {
    if (child.type.is("message/disposition-notification")) mail_.is_read_receipt = true;
    if (child.type.is("message/delivery-status") || child.type.is("message/global-delivery-status")) read_delivery_status(child);
  }
  if (part.type.report_type == "delivery-status" && !mail_.report) mail_.report.emplace();
  if (!mail_.report) return;
  for (const MimePart& child : part.children) {
    const bool is_mail = child.type.is("message/rfc822") || child.type.is("text/rfc822-headers") || child.type.is("message/rfc822-headers");
    if (!is_mail || !mail_.report->original_message_id.empty()) continue;
    const std::vector<std::string> ids = header_message_ids(split_header(child.header.body).raw("Message-ID"));
    if (!ids.empty()) mail_.report->original_message_id = ids.front();
  }
}

// Blocks of fields, the first for the mail and then one for each recipient; the first recipient's tells what happened.
void Reader::read_delivery_status(const MimePart& part) {
  const std::string content = decoded_content(part, kReportBytes);
  DeliveryReport report;
  std::string_view rest = content;
  for (int block = 0; block < 20 && !trim(rest).empty(); ++block) {
    while (!rest.empty() && (rest.front() == '\r' || rest.front() == '\n')) rest.remove_prefix(1);
    const HeaderFields fields = split_header(rest);
    if (fields.body.size() >= rest.size()) break;
    rest = fields.body;
    if (!fields.has("Action")) continue;
    report.action = to_lower(field_text(fields, "Action", 40));
    report.action = report.action.substr(0, report.action.find(' '));
    report.status = field_text(fields, "Status", 40);
    report.recipient = field_text(fields, fields.has("Final-Recipient") ? "Final-Recipient" : "Original-Recipient", limits::kEmailBytes);
    if (const std::size_t semicolon = report.recipient.find(';'); semicolon != std::string::npos)
      report.recipient = std::string(trim(std::string_view(report.recipient).substr(semicolon + 1)));
    report.diagnostic = field_text(fields, "Diagnostic-Code", limits::kSubjectBytes);
    break;
  }
  mail_.report = std::move(report);
}

void Reader::read_enclosed(const MimePart& part) {
  if (part.children.empty() || mail_.enclosed.size() >= limits::kMailEnclosed) return keep_attachment(part);
  const MimePart& inner = part.children.front();
  const std::size_t place = mail_.enclosed.size();
  EnclosedMail enclosed;
  const std::vector<std::string> ids = header_message_ids(inner.header.raw("Message-ID"));
  if (!ids.empty()) enclosed.message_id = ids.front();
  enclosed.subject = field_text(inner.header, "Subject", limits::kSubjectBytes);
  const std::vector<MailAddress> from = header_addresses(inner.header.raw("From"));
  if (!from.empty()) enclosed.from = from.front();
  const std::vector<MailAddress> reply_to = header_addresses(inner.header.raw("Reply-To"));
  if (!reply_to.empty()) enclosed.reply_to = reply_to.front();
  mail_.enclosed.push_back(std::move(enclosed));
  mail_.enclosed[place].text = best_of(words_of(inner, true));
}

void Reader::keep_attachment(const MimePart& part) {
  if (mail_.attachments.size() >= limits::kMailAttachments) return tell("it has more files than are looked at");
  if (!taken_) return;
  const std::string content = decoded_content(part, limits::kMailBytes);
  if (content.empty() && part.file_name().empty()) return;
  mail_.attachments.push_back({shorten(printable_line(part.file_name()), limits::kNameBytes), part.type.media_type, sha256_hex(content),
                               static_cast<std::int64_t>(content.size())});
  if (take_ != nullptr) taken_ = (*take_)(content);
}

void Reader::tell(std::string problem) {
  if (std::find(mail_.problems.begin(), mail_.problems.end(), problem) == mail_.problems.end() && mail_.problems.size() < 10)
    mail_.problems.push_back(std::move(problem));
}

// A mail saved by a program that writes two bytes a character, or with lone carriage returns.
std::string mended(std::string_view raw) {
  if (raw.starts_with("\xFF\xFE") || raw.starts_with("\xFE\xFF")) return text_of_charset(raw, "utf-16", limits::kMailBytes);
  if (raw.find('\n') == std::string_view::npos && raw.find('\r') != std::string_view::npos) return replace_all(std::string(raw), "\r", "\n");
  return {};
}

// Reads the bytes with `reader`; what it read comes back.
Result<InboundMail> read_mail(std::string_view raw, Reader& reader) {
  if (raw.size() > limits::kMailBytes)
    return make_error(Code::limit_exceeded, "This mail is larger than " + std::to_string(limits::kMailBytes / 1024 / 1024) + " MB; it was not read.");
  const std::string copy = mended(raw);
  std::string_view bytes = copy.empty() ? raw : std::string_view(copy);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty() && (bytes.front() == '\r' || bytes.front() == '\n')) bytes.remove_prefix(1);
  const MimePart root = read_parts(bytes);
  const HeaderFields& header = root.header;
  const bool is_mail = header.has("From") || header.has("Subject") || header.has("Message-ID") || header.has("To") || header.has("Received") ||
                       header.has("Reply-To") || header.has("Date");
  if (!is_mail) return make_error(Code::invalid_argument, "These bytes are no e-mail: there is no From, To, Subject or Date line.");
  return reader.read(root);
}

}  // namespace

Result<InboundMail> MimeMailParser::parse(std::string_view raw) const {
  Reader reader;
  return read_mail(raw, reader);
}

Done MimeMailParser::attachments(std::string_view raw, const TakeAttachment& take) const {
  Reader reader(&take);
  const Result<InboundMail> mail = read_mail(raw, reader);
  return mail ? reader.taken() : Done(mail.error());
}

}  // namespace deskhand::channel::email
