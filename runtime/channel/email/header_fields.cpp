#include "channel/email/header_fields.h"

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "channel/email/charset.h"
#include "channel/email/gmime_library.h"

namespace deskhand::channel::email {
namespace {

constexpr std::size_t kAddressFieldBytes = 8 * 1024;  // what GMime's address reader gets; it calls itself for groups
constexpr std::size_t kParameterFieldBytes = 4 * 1024;
constexpr std::size_t kFieldNameBytes = 200;
constexpr std::size_t kFileNameBytes = 255;

struct FreeOptions {
  void operator()(GMimeParserOptions* options) const { g_mime_parser_options_free(options); }
};
using Options = std::unique_ptr<GMimeParserOptions, FreeOptions>;

Options lenient_options() {
  start_gmime();
  Options options(g_mime_parser_options_new());
  const char* charsets[] = {"utf-8", "windows-1252", nullptr};
  g_mime_parser_options_set_fallback_charsets(options.get(), charsets);
  return options;
}

std::string_view line_at(std::string_view bytes, std::size_t start) {
  const std::size_t end = bytes.find('\n', start);
  return bytes.substr(start, end == std::string_view::npos ? std::string_view::npos : end - start + 1);
}

bool is_blank(std::string_view line) { return line.find_first_not_of("\r\n") == std::string_view::npos; }

// The bytes before the colon of a line that can be a field, 0 otherwise.
std::size_t field_name_size(std::string_view line) {
  std::size_t size = 0;
  while (size < line.size() && line[size] > 0x20 && line[size] < 0x7F && line[size] != ':') ++size;
  std::size_t colon = size;
  while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t')) ++colon;
  return size > 0 && size <= kFieldNameBytes && colon < line.size() && line[colon] == ':' ? size : 0;
}

// One line; 8-bit bytes are read as what they most likely are.
std::string unfolded(std::string_view raw, std::size_t bytes_max) {
  std::string text;
  for (const char c : raw.substr(0, bytes_max))
    if (c != '\0' && c != '\r' && c != '\n') text += c == '\t' ? ' ' : c;  // RFC 5322 2.2.3: only the line end goes
  return std::string(trim(text));
}

std::string without_brackets(std::string_view id) {
  id = trim(id);
  if (id.starts_with('<')) id.remove_prefix(1);
  if (id.ends_with('>')) id.remove_suffix(1);
  return printable_line(prefix_utf8(to_utf8(trim(id)), limits::kMailIdBytes));
}

std::string clean_line(const char* text, std::size_t bytes_max) {
  if (text == nullptr) return {};
  const std::string utf8 = text_of_charset(text, "", bytes_max);
  return squeeze(printable_line(utf8));
}

MailAddress address_of(std::string name, std::string_view written) {
  MailAddress address;
  address.name = std::move(name);
  if (auto email = parse_email(trim(written))) address.email = std::move(*email);
  // A program that has no name for somebody repeats the address.
  if (equal_ignoring_case(address.name, address.email.as_typed)) address.name.clear();
  return address;
}

void add_mailboxes(InternetAddressList* list, std::vector<MailAddress>& onto) {
  const int count = internet_address_list_length(list);
  for (int at = 0; at < count && onto.size() < limits::kMailAddresses; ++at) {
    InternetAddress* const each = internet_address_list_get_address(list, at);
    if (INTERNET_ADDRESS_IS_GROUP(each)) {
      // A group in a group is no mail of this world; its members are left unread.
      InternetAddressList* const members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(each));
      const int size = members == nullptr ? 0 : internet_address_list_length(members);
      for (int member = 0; member < size && onto.size() < limits::kMailAddresses; ++member) {
        InternetAddress* const inner = internet_address_list_get_address(members, member);
        if (!INTERNET_ADDRESS_IS_MAILBOX(inner)) continue;
        const char* const written = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(inner));
        onto.push_back(address_of(clean_line(internet_address_get_name(inner), limits::kNameBytes), written == nullptr ? "" : written));
      }
    } else if (INTERNET_ADDRESS_IS_MAILBOX(each)) {
      const char* const written = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(each));
      onto.push_back(address_of(clean_line(internet_address_get_name(each), limits::kNameBytes), written == nullptr ? "" : written));
    }
  }
}

// "Ana Ruiz ana@ruiz.example", "ana@ruiz.example [Ana Ruiz]": no list of addresses, yet clear to a person.
std::vector<MailAddress> addresses_in_words(std::string_view raw) {
  const std::string text = header_text(raw, kAddressFieldBytes);
  std::vector<MailAddress> found;
  const auto matches = find_emails(text, limits::kMailAddresses);
  if (matches.empty()) {
    if (!text.empty()) found.push_back({std::string(prefix_utf8(text, limits::kNameBytes)), {}});
    return found;
  }
  for (const EmailMatch& match : matches) found.push_back({"", match.email});
  std::string around = text.substr(0, matches.front().begin);
  if (matches.size() == 1) around += ' ' + text.substr(matches.front().end);
  std::replace_if(around.begin(), around.end(), [](char c) { return std::string_view("<>()[]\",;").find(c) != std::string_view::npos; }, ' ');
  found.front().name = std::string(prefix_utf8(squeeze(around), limits::kNameBytes));
  return found;
}

std::string parameter(GMimeParamList* parameters, const char* name) {
  GMimeParam* const found = parameters == nullptr ? nullptr : g_mime_param_list_get_parameter(parameters, name);
  return found == nullptr ? std::string() : clean_line(g_mime_param_get_value(found), kParameterFieldBytes);
}

std::string file_name_of(std::string name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name.erase(0, slash + 1);
  return std::string(prefix_utf8(name, kFileNameBytes));
}

}  // namespace

std::string_view HeaderFields::raw(std::string_view name) const {
  for (const HeaderField& field : fields)
    if (equal_ignoring_case(field.name, name)) return field.raw;
  return {};
}

bool HeaderFields::has(std::string_view name) const {
  return std::any_of(fields.begin(), fields.end(), [&](const HeaderField& field) { return equal_ignoring_case(field.name, name); });
}

HeaderFields split_header(std::string_view entity) {
  HeaderFields header;
  bool is_skipping = false;  // past the bound on fields
  std::size_t at = 0;
  while (at < entity.size()) {
    const std::string_view line = line_at(entity, at);
    if (is_blank(line)) {
      at += line.size();
      break;
    }
    const bool is_fold = line.front() == ' ' || line.front() == '\t';
    if (is_fold && !header.fields.empty()) {
      HeaderField& last = header.fields.back();
      const auto start = static_cast<std::size_t>(last.raw.data() - entity.data());
      if (!is_skipping) last.raw = entity.substr(start, at + line.size() - start);
    } else if (const std::size_t size = field_name_size(line); size > 0) {
      is_skipping = header.fields.size() >= limits::kMailHeaders;
      if (!is_skipping) header.fields.push_back({line.substr(0, size), line.substr(line.find(':', size) + 1)});
    } else if (!starts_with_ignoring_case(line, "From ") && !starts_with_ignoring_case(line, ">From ")) {
      break;  // no blank line where the text begins
    }
    at += line.size();
  }
  header.body = entity.substr(at);
  return header;
}

std::string header_text(std::string_view raw, std::size_t bytes_max) {
  const Options options = lenient_options();
  const std::string line = unfolded(raw, limits::kMailHeaderBytes);
  // Bytes that are no ASCII and no encoded word: the reader of encoded words guesses worse than text_of_charset.
  const std::string utf8 = is_utf8(line) ? line : text_of_charset(line, "", limits::kMailHeaderBytes);
  const OwnedText decoded(g_mime_utils_header_decode_text(options.get(), utf8.c_str()));
  return std::string(prefix_utf8(clean_line(decoded.get(), limits::kMailHeaderBytes), bytes_max));
}

std::vector<MailAddress> header_addresses(std::string_view raw) {
  const std::string line = unfolded(raw, kAddressFieldBytes);
  if (line.empty()) return {};
  const Options options = lenient_options();
  const std::string utf8 = is_utf8(line) ? line : text_of_charset(line, "", kAddressFieldBytes);
  std::vector<MailAddress> addresses;
  if (InternetAddressList* const list = internet_address_list_parse(options.get(), utf8.c_str())) {
    const Owned<InternetAddressList> owned(list);
    add_mailboxes(list, addresses);
  }
  const bool any = std::any_of(addresses.begin(), addresses.end(), [](const MailAddress& each) { return !each.email.folded.empty(); });
  return any ? addresses : addresses_in_words(raw);
}

std::vector<std::string> header_message_ids(std::string_view raw) {
  const std::string line = unfolded(raw, limits::kMailHeaderBytes);
  std::vector<std::string> ids;
  for (std::size_t at = line.find('<'); at != std::string::npos && ids.size() < limits::kMailReferences; at = line.find('<', at)) {
    const std::size_t end = line.find('>', at);
    if (end == std::string::npos) break;
    std::string id = without_brackets(std::string_view(line).substr(at, end - at + 1));
    if (!id.empty()) ids.push_back(std::move(id));
    at = end;
  }
  if (!ids.empty()) return ids;
  for (const std::string& word : split(line, ' '))
    if (word.find('@') != std::string::npos && ids.size() < limits::kMailReferences) ids.push_back(without_brackets(word));
  if (ids.empty() && !line.empty() && line.find(' ') == std::string::npos) ids.push_back(without_brackets(line));
  std::erase(ids, "");
  return ids;
}

std::optional<Instant> header_date(std::string_view raw) {
  start_gmime();
  const std::string line = unfolded(raw, 200);
  if (line.empty()) return std::nullopt;
  GDateTime* const date = g_mime_utils_header_decode_date(line.c_str());
  if (date == nullptr) return std::nullopt;
  const std::int64_t seconds = g_date_time_to_unix(date);
  g_date_time_unref(date);
  constexpr std::int64_t kYear2200 = 7'258'118'400;
  if (seconds <= 0 || seconds >= kYear2200) return std::nullopt;
  return Instant{seconds * 1'000'000};
}

ContentType content_type(std::string_view raw, std::string_view otherwise) {
  ContentType type;
  type.media_type = std::string(otherwise);
  const std::string line = unfolded(raw, kParameterFieldBytes);
  if (line.empty()) return type;
  const Options options = lenient_options();
  GMimeContentType* const parsed = g_mime_content_type_parse(options.get(), line.c_str());
  if (parsed == nullptr) return type;
  const Owned<GMimeContentType> owned(parsed);
  const char* const kind = g_mime_content_type_get_media_type(parsed);
  const char* const subtype = g_mime_content_type_get_media_subtype(parsed);
  if (kind != nullptr && subtype != nullptr) type.media_type = to_lower(clean_line(kind, 100) + "/" + clean_line(subtype, 100));
  if (equal_ignoring_case(line, "text")) type.media_type = "text/plain";
  GMimeParamList* const parameters = g_mime_content_type_get_parameters(parsed);
  type.charset = parameter(parameters, "charset");
  if (GMimeParam* const boundary = g_mime_param_list_get_parameter(parameters, "boundary"))
    type.boundary = g_mime_param_get_value(boundary) == nullptr ? "" : g_mime_param_get_value(boundary);
  type.name = file_name_of(parameter(parameters, "name"));
  type.start = parameter(parameters, "start");
  type.report_type = to_lower(parameter(parameters, "report-type"));
  type.smime_type = to_lower(parameter(parameters, "smime-type"));
  const std::string method = parameter(parameters, "method");
  std::transform(method.begin(), method.end(), std::back_inserter(type.method),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  type.flowed = equal_ignoring_case(parameter(parameters, "format"), "flowed");
  type.delete_space = equal_ignoring_case(parameter(parameters, "delsp"), "yes");
  return type;
}

Disposition content_disposition(std::string_view raw) {
  Disposition disposition;
  const std::string line = unfolded(raw, kParameterFieldBytes);
  if (line.empty()) return disposition;
  const Options options = lenient_options();
  GMimeContentDisposition* const parsed = g_mime_content_disposition_parse(options.get(), line.c_str());
  if (parsed == nullptr) return disposition;
  const Owned<GMimeContentDisposition> owned(parsed);
  const char* const word = g_mime_content_disposition_get_disposition(parsed);
  disposition.is_attachment = word != nullptr && equal_ignoring_case(word, "attachment");
  disposition.file_name = file_name_of(parameter(g_mime_content_disposition_get_parameters(parsed), "filename"));
  return disposition;
}

}  // namespace deskhand::channel::email
