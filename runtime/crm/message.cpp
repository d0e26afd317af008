#include "crm/message.h"

#include <charconv>

#include "base/hash.h"
#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<MessageChannel, std::string_view> kChannels[] = {{MessageChannel::email, "email"}, {MessageChannel::sms, "sms"}};
constexpr std::pair<DraftStatus, std::string_view> kDraftStatuses[] = {{DraftStatus::open, "open"},
                                                                  {DraftStatus::approved, "approved"},
                                                                  {DraftStatus::superseded, "superseded"},
                                                                  {DraftStatus::discarded, "discarded"}};
constexpr std::string_view kForm = "deskhand-message-1";
constexpr std::size_t kPlaceholderBytes = 60;  // "[suggested day/time]" is 20; longer brackets are prose

std::optional<Attachment> take_attachment(CanonicalReader& fields) {
  Attachment attachment;
  auto name = fields.take("attachment");
  auto type = fields.take("type");
  auto hash = fields.take("sha256");
  auto size = fields.take("bytes");
  if (!name || !type || !hash || !size) return std::nullopt;
  const auto [end, error] = std::from_chars(size->data(), size->data() + size->size(), attachment.bytes);
  if (error != std::errc{} || end != size->data() + size->size()) return std::nullopt;
  attachment.file_name = *name;
  attachment.media_type = *type;
  attachment.sha256 = *hash;
  return attachment;
}

void find_placeholders(std::string_view text, std::vector<std::string>& found) {
  for (std::size_t open = text.find('['); open != std::string_view::npos; open = text.find('[', open + 1)) {
    const std::size_t close = text.find(']', open);
    if (close == std::string_view::npos) return;
    const std::string_view inside = text.substr(open + 1, close - open - 1);
    if (inside.empty() || inside.size() > kPlaceholderBytes || inside.find_first_of("[\n") != std::string_view::npos) continue;
    const bool has_letter = inside.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos;
    if (has_letter) found.emplace_back(text.substr(open, close - open + 1));
  }
}

}  // namespace

std::string_view name_of(MessageChannel channel) { return name_in(kChannels, channel); }
std::optional<MessageChannel> parse_message_channel(std::string_view name) { return value_in(kChannels, name); }
std::string_view name_of(DraftStatus status) { return name_in(kDraftStatuses, status); }
std::optional<DraftStatus> parse_draft_status(std::string_view name) { return value_in(kDraftStatuses, name); }

std::string canonical_bytes(const MessageContent& content) {
  CanonicalBytes bytes(kForm);
  bytes.add("channel", name_of(content.channel)).add("to", content.to_address).add("to_name", content.to_name);
  for (const std::string& address : content.cc) bytes.add("cc", address);
  bytes.add("subject", content.subject).add("text", content.text).add("html", content.html);
  for (const Attachment& attachment : content.attachments) {
    bytes.add("attachment", attachment.file_name).add("type", attachment.media_type);
    bytes.add("sha256", attachment.sha256).add("bytes", std::to_string(attachment.bytes));
  }
  return bytes.bytes();
}

std::optional<MessageContent> parse_canonical_message(std::string_view bytes) {
  CanonicalReader fields(bytes);
  if (!fields.take_form(kForm)) return std::nullopt;
  MessageContent content;
  const auto channel = fields.take("channel");
  const auto to = fields.take("to");
  const auto to_name = fields.take("to_name");
  if (!channel || !to || !to_name) return std::nullopt;
  const auto parsed_channel = parse_message_channel(*channel);
  if (!parsed_channel) return std::nullopt;
  content.channel = *parsed_channel;
  content.to_address = *to;
  content.to_name = *to_name;
  while (fields.next_is("cc")) {
    const auto cc = fields.take("cc");
    if (!cc) return std::nullopt;
    content.cc.push_back(*cc);
  }
  const auto subject = fields.take("subject");
  const auto text = fields.take("text");
  const auto html = fields.take("html");
  if (!subject || !text || !html) return std::nullopt;
  content.subject = *subject;
  content.text = *text;
  content.html = *html;
  while (!fields.at_end()) {
    auto attachment = take_attachment(fields);
    if (!attachment) return std::nullopt;
    content.attachments.push_back(std::move(*attachment));
  }
  return content;
}

std::string fingerprint(std::string_view canonical_bytes) { return sha256_hex(canonical_bytes); }

std::vector<std::string> open_placeholders(const MessageContent& content) {
  std::vector<std::string> found;
  find_placeholders(content.subject, found);
  find_placeholders(content.text, found);
  find_placeholders(content.html, found);
  return found;
}

}  // namespace deskhand
