#include "channel/email/compose.h"

#include <algorithm>

#include "base/text.h"
#include "channel/email/gmime_library.h"
#include "ports/inbound_mail.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kLineBytesMax = 900;  // RFC 5322 allows 998; servers differ in how they count

bool is_header_safe(std::string_view value) {
  return std::none_of(value.begin(), value.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool is_plain_ascii(std::string_view text) {
  std::size_t line = 0;
  for (const char c : text) {
    line = c == '\n' ? 0 : line + 1;
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0' || line > kLineBytesMax) return false;
  }
  return true;
}

Owned<GMimePart> text_part(const char* subtype, const std::string& text) {
  Owned<GMimeTextPart> part(g_mime_text_part_new_with_subtype(subtype));
  g_mime_text_part_set_charset(part.get(), "utf-8");
  g_mime_text_part_set_text(part.get(), text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part.get()), is_plain_ascii(text) ? GMIME_CONTENT_ENCODING_7BIT
                                                                              : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return Owned<GMimePart>(GMIME_PART(part.release()));
}

void set_body(GMimeMessage* message, const MessageContent& content) {
  Owned<GMimePart> plain = text_part("plain", content.text);
  if (content.html.empty()) {
    g_mime_message_set_mime_part(message, GMIME_OBJECT(plain.get()));
    return;
  }
  Owned<GMimePart> html = text_part("html", content.html);
  Owned<GMimeMultipart> alternative(g_mime_multipart_new_with_subtype("alternative"));
  g_mime_multipart_add(alternative.get(), GMIME_OBJECT(plain.get()));
  g_mime_multipart_add(alternative.get(), GMIME_OBJECT(html.get()));
  g_mime_message_set_mime_part(message, GMIME_OBJECT(alternative.get()));
}

std::string angled(const std::string& message_id) {
  return message_id.empty() || message_id.front() == '<' ? message_id : "<" + message_id + ">";
}

std::string to_wire(GMimeMessage* message) {
  GMimeFormatOptions* options = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(options, GMIME_NEWLINE_FORMAT_DOS);
  Owned<GMimeStream> stream(g_mime_stream_mem_new());
  g_mime_object_write_to_stream(GMIME_OBJECT(message), options, stream.get());
  g_mime_format_options_free(options);
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  return std::string(reinterpret_cast<const char*>(bytes->data), bytes->len);
}

}  // namespace

Result<std::string> compose(const OutboundMessage& message, const Sender& sender) {
  const MessageContent& content = message.content;
  std::vector<std::string> headers{content.subject, content.to_address, content.to_name,           sender.name,
                                   sender.address,  message.in_reply_to, message.internet_message_id};
  headers.insert(headers.end(), content.cc.begin(), content.cc.end());
  if (!std::all_of(headers.begin(), headers.end(), is_header_safe))
    return make_error(Code::invalid_argument, "A header of this message holds a line break; it was not sent.");
  start_gmime();
  Owned<GMimeMessage> mail(g_mime_message_new(TRUE));
  const char* from_name = sender.name.empty() ? nullptr : sender.name.c_str();
  const char* to_name = content.to_name.empty() ? nullptr : content.to_name.c_str();
  g_mime_message_add_mailbox(mail.get(), GMIME_ADDRESS_TYPE_FROM, from_name, sender.address.c_str());
  g_mime_message_add_mailbox(mail.get(), GMIME_ADDRESS_TYPE_TO, to_name, content.to_address.c_str());
  for (const std::string& address : content.cc)
    g_mime_message_add_mailbox(mail.get(), GMIME_ADDRESS_TYPE_CC, nullptr, address.c_str());
  g_mime_message_set_subject(mail.get(), content.subject.c_str(), "utf-8");
  GDateTime* date = g_date_time_new_from_unix_utc(message.date.us / 1'000'000);
  g_mime_message_set_date(mail.get(), date);
  g_date_time_unref(date);
  std::string bare_id = message.internet_message_id;
  if (bare_id.size() > 2 && bare_id.front() == '<') bare_id = bare_id.substr(1, bare_id.size() - 2);
  g_mime_message_set_message_id(mail.get(), bare_id.c_str());
  if (!message.in_reply_to.empty()) {
    const std::string parent = angled(message.in_reply_to);
    g_mime_object_set_header(GMIME_OBJECT(mail.get()), "In-Reply-To", parent.c_str(), nullptr);
    g_mime_object_set_header(GMIME_OBJECT(mail.get()), "References", parent.c_str(), nullptr);
  }
  if (message.is_notice) {
    g_mime_object_set_header(GMIME_OBJECT(mail.get()), "Auto-Submitted", "auto-generated", nullptr);
    g_mime_object_set_header(GMIME_OBJECT(mail.get()), "X-Auto-Response-Suppress", "All", nullptr);
    g_mime_object_set_header(GMIME_OBJECT(mail.get()), kNoticeHeader.data(), "notice", nullptr);
  }
  set_body(mail.get(), content);
  return to_wire(mail.get());
}

}  // namespace deskhand::channel::email
