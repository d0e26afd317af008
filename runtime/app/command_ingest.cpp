#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "app/commands.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "channel/email/mbox.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kStartBytes = 512;  // enough to tell a mailbox from a mail

class Ingest {
 public:
  Ingest(Runtime& runtime, const GlobalOptions& options, Console console)
      : runtime_(runtime), options_(options), console_(console) {}

  int take_file(const std::string& path) {
    std::ifstream stream(path, std::ios::binary);
    if (!stream) return failed(make_error(Code::not_found, "The file " + path + " is missing or can not be read."));
    return take_stream(stream, path);
  }

  int take_stream(std::istream& stream, const std::string& label) {
    std::string start(kStartBytes, '\0');
    stream.read(start.data(), static_cast<std::streamsize>(start.size()));
    start.resize(static_cast<std::size_t>(stream.gcount()));
    stream.clear();
    std::string rest;
    if (channel::email::looks_like_mbox(start)) {
      // A pipe can not go back to its beginning; a mailbox that comes in through one is read whole, within the bound of
      // a mail.
      stream.seekg(0);
      if (stream) return take_mbox(stream, label);
      stream.clear();
    }
    rest = start;
    char buffer[64 * 1024];
    while (rest.size() <= limits::kMailBytes && (stream.read(buffer, sizeof buffer) || stream.gcount() > 0))
      rest.append(buffer, static_cast<std::size_t>(stream.gcount()));
    return take(rest, label);
  }

 private:
  int take_mbox(std::istream& stream, const std::string& label) {
    channel::email::MboxReader reader(stream);
    int status = kExitDone;
    for (std::size_t number = 1;; ++number) {
      auto mail = reader.next();
      const std::string name = label + "#" + std::to_string(number);
      if (!mail && mail.error().code != Code::limit_exceeded) return failed(mail.error());
      if (!mail) {
        status = failed(mail.error());
        continue;
      }
      if (!*mail) return status;
      if (const int one = take(**mail, name); one != kExitDone) status = one;
    }
  }

  int take(std::string_view raw, const std::string& label) {
    auto outcome = runtime_.mail_intake().take(runtime_.org().id, raw, label);
    if (!outcome) return failed(outcome.error());
    show(*outcome, options_, console_);
    return kExitDone;
  }

  int failed(const Error& error) { return report(error, options_, console_); }

  Runtime& runtime_;
  const GlobalOptions& options_;
  Console console_;
};

int take_source(Runtime& runtime, const GlobalOptions& options, const std::string& source, Console console) {
  Ingest ingest(runtime, options, console);
  if (source == "-") return ingest.take_stream(std::cin, "-");
  std::error_code failed;
  if (!std::filesystem::is_directory(source, failed)) return ingest.take_file(source);
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(source, failed))
    if (entry.is_regular_file(failed) && (entry.path().extension() == ".eml" || entry.path().extension() == ".mbox"))
      files.push_back(entry.path().string());
  std::sort(files.begin(), files.end());
  if (files.empty())
    return report(make_error(Code::not_found, "There is no .eml or .mbox file in " + source + "."), options, console);
  int status = kExitDone;
  for (const std::string& file : files)
    if (const int one = ingest.take_file(file); one != kExitDone) status = one;
  return status;
}

}  // namespace

void show(const intake::MailOutcome& outcome, const GlobalOptions& options, Console console) {
  if (options.json) {
    console.out << to_text(intake::to_json(outcome)) << std::endl;
    return;
  }
  console.out << printable_line(intake::to_line(outcome)) << "\n";
  for (const std::string& notice : outcome.notices) console.out << "  " << printable_line(notice) << "\n";
  console.out.flush();
}

int show_read_mail(Runtime& runtime, const GlobalOptions& options, Console console, std::stop_token stop) {
  auto mails = runtime.read_mail(std::move(stop));
  if (!mails) return report(mails.error(), options, console);
  for (const intake::ReadMail& mail : *mails) {
    if (options.json) {
      OrderedJson told = intake::to_json(mail.outcome);
      told["reading"] = mail.lines;
      console.out << to_text(told) << std::endl;
      continue;
    }
    console.out << printable_line(mail.outcome.file) << ": read by a model\n";
    for (const std::string& line : mail.lines) console.out << "  " << printable_line(line) << "\n";
    console.out.flush();
  }
  return kExitDone;
}

int run_ingest_email(const GlobalOptions& options, const std::string& source, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  Runtime& runtime = (*session)->runtime();
  if (!runtime.model_problem().empty()) console.err << "deskhand: mail is taken in without a model: " << runtime.model_problem() << "\n";
  const int status = take_source(runtime, options, source, console);
  const int read = show_read_mail(runtime, options, console, {});
  return status == kExitDone ? read : status;
}

}  // namespace deskhand::app
