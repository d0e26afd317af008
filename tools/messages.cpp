#include "tools/messages.h"

#include <algorithm>
#include <set>

#include "base/email.h"
#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/present.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kPointsLookedUp = 20;  // of one message; more is a list, which the owner sees as such
constexpr std::size_t kNamesLookedUp = 40;

void add_lines(std::vector<std::string>& lines, std::string_view text) {
  for (std::string& line : split(text, '\n')) lines.push_back(std::move(line));
}

bool is_capital(std::string_view word) {
  const unsigned char first = word.empty() ? 0 : static_cast<unsigned char>(word.front());
  return (first >= 'A' && first <= 'Z') || first >= 0xC0;
}

std::string_view without_marks(std::string_view word) {
  constexpr std::string_view kMarks = ".,;:!?()\"'";
  while (!word.empty() && kMarks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && kMarks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word.ends_with("'s") ? word.substr(0, word.size() - 2) : word;
}

// Two capital words in a row: what a full name looks like in running text.
std::vector<std::string> possible_names(std::string_view text) {
  std::vector<std::string> names;
  std::string previous;
  for (const std::string& word : split(squeeze(text), ' ')) {
    const std::string bare(without_marks(word));
    if (!previous.empty() && is_capital(bare) && names.size() < kNamesLookedUp) names.push_back(previous + " " + bare);
    // A mark after a word parts it from the next one.
    previous = is_capital(bare) && word.ends_with(bare) ? bare : std::string();
  }
  return names;
}

class ForeignData {
 public:
  ForeignData(const ToolContext& context, const Message& message) : context_(context), message_(message) {}

  Result<std::vector<std::string>> found() {
    const MessageContent& content = message_.content;
    const std::string words = content.subject + "\n" + content.text + "\n" + content.html;
    for (const EmailMatch& match : find_emails(words, kPointsLookedUp))
      if (Done done = look_up(PointKind::email, match.email.folded, "an e-mail address"); !done) return done.error();
    for (const PhoneMatch& match : find_phones(words, context_.org.region, kPointsLookedUp))
      if (Done done = look_up(PointKind::phone, match.phone.e164, "a phone number"); !done) return done.error();
    for (const std::string& name : possible_names(words))
      if (Done done = look_up_name(name); !done) return done.error();
    return std::move(lines_);
  }

 private:
  void flag(const Contact& holder, std::string_view what) {
    const std::string line =
        "Mind: this text holds " + std::string(what) + " of " + printable_line(name_with_ref(holder)) + ".";
    if (seen_.insert(line).second) lines_.push_back(line);
  }
  // Merged records are one person.
  Result<bool> is_recipient(const Contact& holder) const {
    if (holder.id == message_.contact) return true;
    Result<Contact> live = context_.txn.contacts().find_live(holder.id);
    if (!live) return live.error();
    Result<Contact> recipient = context_.txn.contacts().find_live(message_.contact);
    if (!recipient) return recipient.error();
    return live->id == recipient->id;
  }
  Done look_up(PointKind kind, const std::string& normal, std::string_view what) {
    Result<std::vector<Contact>> holders = context_.txn.contacts().find_by_point(kind, normal);
    if (!holders) return holders.error();
    return flag_unless_recipient(*holders, what);
  }
  Done look_up_name(const std::string& name) {
    Result<std::vector<Contact>> people = context_.txn.contacts().search(name, true, limits::kCandidates);
    if (!people) return people.error();
    std::erase_if(*people, [&](const Contact& person) { return fold_name(person.full_name()) != fold_name(name); });
    return people->empty() || is_one_of_us(name) ? Done{} : flag_unless_recipient(*people, "the name");
  }
  // A number that is the recipient's as well is theirs.
  Done flag_unless_recipient(const std::vector<Contact>& holders, std::string_view what) {
    for (const Contact& holder : holders) {
      Result<bool> recipient = is_recipient(holder);
      if (!recipient) return recipient.error();
      if (*recipient) return {};
    }
    for (const Contact& holder : holders) flag(holder, what);
    return {};
  }
  bool is_one_of_us(std::string_view name) const {
    const Result<std::vector<User>> users = context_.txn.org().users();
    return users && std::any_of(users->begin(), users->end(),
                                [&](const User& user) { return fold_name(user.name) == fold_name(name); });
  }

  const ToolContext& context_;
  const Message& message_;
  std::vector<std::string> lines_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<std::string> message_lines(const MessageContent& content) {
  std::vector<std::string> lines;
  const std::string how = content.channel == MessageChannel::sms ? " by text message" : "";
  lines.push_back("To: " + (content.to_name.empty() ? std::string() : content.to_name + " ") + "<" +
                  content.to_address + ">" + how);
  for (const std::string& address : content.cc) lines.push_back("Cc: <" + address + ">");
  if (!content.subject.empty() || content.channel == MessageChannel::email)
    lines.push_back("Subject: " + content.subject);
  lines.emplace_back();
  add_lines(lines, content.text);
  if (!content.html.empty()) {
    lines.emplace_back();
    lines.emplace_back("The same as HTML:");
    add_lines(lines, content.html);
  }
  for (const Attachment& attachment : content.attachments)
    lines.push_back("Attached: " + attachment.file_name + " (" + attachment.media_type + ", " +
                    std::to_string(attachment.bytes) + " bytes, SHA-256 " + attachment.sha256 + ")");
  return lines;
}

std::string message_title(const MessageContent& content) {
  const std::string name = printable_line(content.to_name.empty() ? content.to_address : content.to_name);
  if (content.channel == MessageChannel::sms) return "Text message to " + name;
  return "E-mail to " + name + (content.subject.empty() ? "" : ": " + printable_line(content.subject));
}

Result<std::vector<std::string>> foreign_data(const ToolContext& context, const Message& message) {
  return ForeignData(context, message).found();
}

Tools message_tools() {
  Tools tools = delivery_tools();
  tools.push_back(make_send_message());
  return tools;
}

}  // namespace deskhand::tools
