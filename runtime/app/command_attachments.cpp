#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

#include "app/commands.h"
#include "base/file_name.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kAttachmentsShown = 100;
constexpr std::size_t kFileHashShown = 12;  // enough to name one
constexpr std::size_t kHashMin = 6;

std::string shown_name(const FiledAttachment& filed) {
  const std::string name = printable_line(filed.file.file_name);
  return name.empty() ? "(no name)" : name;
}

// Where it stands on the record: "I-88", or why it stands nowhere.
std::string place_of(const FiledAttachment& filed) {
  return filed.interaction.empty() ? "on no record" : filed.interaction;
}

OrderedJson attachment_json(const FiledAttachment& filed) {
  return OrderedJson{{"sha256", filed.file.sha256},
                     {"file_name", filed.file.file_name},
                     {"media_type", filed.file.media_type},
                     {"bytes", filed.file.bytes},
                     {"kept", filed.is_kept},
                     {"from", filed.sender},
                     {"subject", filed.subject},
                     {"received_at", to_rfc3339(filed.received_at)},
                     {"interaction", filed.interaction}};
}

void show_line(const FiledAttachment& filed, Console console) {
  console.out << filed.file.sha256.substr(0, kFileHashShown) << "  " << shown_name(filed) << "  ("
              << printable_line(filed.file.media_type) << ", " << size_text(filed.file.bytes) << ")  from "
              << (filed.sender.empty() ? "nobody named" : printable_line(filed.sender)) << ", "
              << to_rfc3339(filed.received_at).substr(0, 10) << ", " << place_of(filed)
              << (filed.is_kept ? "" : ", inside its mail only") << "\n";
}

Result<AttachmentFilter> filter_for(Txn& txn, const std::string& whose) {
  AttachmentFilter filter;
  if (whose.empty()) return filter;
  const auto ref = parse_ref(whose);
  if (ref && ref->prefix == ref_prefix::kContact) {
    auto contact = txn.contacts().find_by_ref(ref->number);
    if (!contact) return contact.error();
    filter.contact = contact->id;
    return filter;
  }
  if (ref && ref->prefix == ref_prefix::kLead) {
    auto lead = txn.leads().find_by_ref(ref->number);
    if (!lead) return lead.error();
    filter.lead = lead->id;
    return filter;
  }
  return make_error(Code::invalid_argument, "\"" + shorten(printable_line(whose), 40) +
                                                "\" names no contact and no lead; they look like C-12 and L-3.");
}

bool is_hash_start(std::string_view words) {
  constexpr std::size_t kHashBytes = 64;
  return words.size() >= kHashMin && words.size() <= kHashBytes &&
         words.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The one attachment whose hash begins so.
Result<FiledAttachment> find_one(Txn& txn, const std::string& hash_start) {
  if (!is_hash_start(hash_start))
    return make_error(Code::invalid_argument,
                      "\"" + shorten(printable_line(hash_start), 80) +
                          "\" names no attachment; `deskhand attachments list` shows what to call them, such as 3f2a9c11b07d.");
  AttachmentFilter filter;
  filter.hash_start = hash_start;
  auto found = txn.attachments().list(filter, kAttachmentsShown);
  if (!found) return found.error();
  if (found->empty()) return make_error(Code::not_found, "There is no attachment " + hash_start + ".");
  for (const FiledAttachment& each : *found)
    if (each.file.sha256 != found->front().file.sha256)
      return make_error(Code::invalid_argument, "Several attachments begin with " + hash_start + "; write more of it.");
  return std::move(found->front());
}

// A new file for this person alone, never run by accident; what stands there already is not touched, a link is not followed.
Done write_new_file(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (file < 0)
    return errno == EEXIST
               ? make_error(Code::conflict, printable_line(path) + " exists already; name a new file.")
               : make_error(Code::unavailable, printable_line(path) + " can not be written: " + std::strerror(errno) + ".");
  bool is_written = true;
  while (is_written && !bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    is_written = count > 0;
    if (is_written) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  const int failure = errno;
  is_written = is_written && ::fsync(file) == 0;
  ::close(file);
  if (is_written) return {};
  ::unlink(path.c_str());
  return make_error(Code::unavailable, printable_line(path) + " can not be written: " + std::strerror(failure) + ".");
}

}  // namespace

int run_attachments_list(const GlobalOptions& options, const std::string& whose, Console console) {
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  std::vector<FiledAttachment> found;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    const auto filter = filter_for(txn, whose);
    if (!filter) return filter.error();
    auto rows = txn.attachments().list(*filter, kAttachmentsShown);
    if (!rows) return rows.error();
    found = std::move(*rows);
    return {};
  });
  if (!done) return report(done.error(), options, console);
  if (options.json) {
    OrderedJson list = OrderedJson::array();
    for (const FiledAttachment& each : found) list.push_back(attachment_json(each));
    console.out << to_text(list) << "\n";
    return kExitDone;
  }
  if (found.empty()) console.out << "Nothing was attached to any mail" << (whose.empty() ? "" : " of " + printable_line(whose)) << ".\n";
  for (const FiledAttachment& each : found) show_line(each, console);
  return kExitDone;
}

int run_attachments_save(const GlobalOptions& options, const std::string& hash_start, const std::string& target, Console console) {
  auto session = Session::open(options, Session::Needs::store, false);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  FiledAttachment filed;
  std::string content;
  const Done done = runtime.store().read(runtime.org().id, [&](Txn& txn) -> Done {
    auto one = find_one(txn, hash_start);
    if (!one) return one.error();
    filed = std::move(*one);
    if (!filed.is_kept)
      return make_error(Code::not_found, "Its content was not kept apart from its mail: it is too large, or the mail came in before attachments were kept.");
    auto bytes = txn.attachments().content(filed.file.sha256);
    if (!bytes) return bytes.error();
    content = std::move(*bytes);
    return {};
  });
  if (!done) return report(done.error(), options, console);
  std::error_code failed;
  const std::string path =
      std::filesystem::is_directory(target, failed) ? target + "/" + safe_file_name(filed.file.file_name) : target;
  if (const Done written = write_new_file(path, content); !written) return report(written.error(), options, console);
  if (options.json) {
    OrderedJson json = attachment_json(filed);
    json["file"] = path;
    console.out << to_text(json) << "\n";
  } else {
    console.out << "Written: " << printable_line(path) << " (" << size_text(filed.file.bytes)
                << "). It came from a stranger: look before you open it.\n";
  }
  return kExitDone;
}

}  // namespace deskhand::app
