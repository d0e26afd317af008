#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/commands.h"
#include "app/mail_channels.h"
#include "base/email.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr std::size_t kAnswerBytes = 1000;

// Asks at the terminal or reads the answers line by line from a pipe.
class Questions {
 public:
  explicit Questions(Console console) : console_(console) {}

  // nullopt when the input has ended.
  std::optional<std::string> ask(const std::string& question, const std::string& usual = {}) {
    console_.err << question << (usual.empty() ? ": " : " [" + usual + "]: ") << std::flush;
    std::string line;
    if (!std::getline(std::cin, line)) return std::nullopt;
    std::string answer(trim(std::string_view(line).substr(0, kAnswerBytes)));
    return answer.empty() ? usual : answer;
  }

  // What is typed stands nowhere on the screen.
  std::optional<std::string> ask_secret(const std::string& question) {
    termios before{};
    const bool is_terminal = ::tcgetattr(STDIN_FILENO, &before) == 0;
    if (is_terminal) {
      termios quiet = before;
      quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      ::tcsetattr(STDIN_FILENO, TCSANOW, &quiet);
    }
    auto answer = ask(question);
    if (is_terminal) {
      ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
      console_.err << "\n";
    }
    return answer;
  }

 private:
  Console console_;
};

Done write_secret(const std::string& path, const std::string& secret) {
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
  ::unlink(path.c_str());
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  const bool written = file >= 0 &&
                       ::write(file, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size()) &&
                       ::fsync(file) == 0;
  if (file >= 0) ::close(file);
  return written ? Done{} : Done{make_error(Code::unavailable, "The password can not be kept in " + path + ".")};
}

std::string in_quotes(const std::string& value) {
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string server_lines(const MailServerConfig& server, const std::string& indent) {
  std::string text;
  if (!server.provider.empty()) text += indent + "provider: " + server.provider + "\n";
  text += indent + "host: " + in_quotes(server.host) + "\n" + indent + "port: " + std::to_string(server.port) + "\n" +
          indent + "tls: " + server.tls + "\n";
  text += indent + "user: " + in_quotes(server.user) + "\n" + indent + "password: " + in_quotes(server.password) + "\n";
  if (!server.authorities.empty()) text += indent + "authorities: " + in_quotes(server.authorities) + "\n";
  return text;
}

std::string config_text(const EmailConfig& email) {
  const MailServerConfig& inbound = email.inbound.front();
  return "email:\n  inbound:\n    - kind: imap\n" + server_lines(inbound, "      ") +
         "      mailbox: " + in_quotes(inbound.mailbox) +
         (inbound.sent.empty() ? "" : "\n      sent: " + in_quotes(inbound.sent)) + "\n  outbound:\n    kind: smtp\n" +
         server_lines(email.outbound, "    ") + "    from: " + in_quotes(email.from) + "\n";
}

std::string guessed_provider(std::string_view domain) {
  if (domain == "gmail.com" || domain == "googlemail.com") return "gmail";
  if (domain == "outlook.com" || domain == "hotmail.com" || domain == "live.com") return "microsoft";
  return "other";
}

bool ask_server(Questions& questions, const std::string& what, const std::string& usual_host, int usual_port,
                MailServerConfig& server) {
  const auto host = questions.ask(what, usual_host);
  const auto port = host ? questions.ask("  its port", std::to_string(usual_port)) : std::nullopt;
  if (!port || port->size() > 5 || port->find_first_not_of("0123456789") != std::string::npos) return false;
  const auto tls =
      questions.ask("  TLS: always, starttls or none", usual_port == 587 || usual_port == 143 ? "starttls" : "always");
  if (!tls) return false;
  server.host = *host;
  server.port = port->empty() ? usual_port : std::stoi(*port);
  server.tls = *tls;
  return true;
}

// What the person answers; nullopt when they stopped.
std::optional<EmailConfig> ask_all(Questions& questions, const std::string& folder, Console console, Done& kept) {
  EmailConfig email;
  email.inbound.emplace_back();
  MailServerConfig &inbound = email.inbound.front(), &outbound = email.outbound;
  const auto address = questions.ask("The address that customers write to");
  if (!address) return std::nullopt;
  auto parsed = parse_email(*address);
  if (!parsed) {
    kept = parsed.error();
    return std::nullopt;
  }
  email.from = parsed->as_typed;
  const std::string domain = parsed->folded.substr(parsed->folded.rfind('@') + 1);
  const auto provider = questions.ask("Where it is kept: gmail, microsoft or other", guessed_provider(domain));
  const auto user = provider ? questions.ask("The name to log in with", email.from) : std::nullopt;
  if (!user) return std::nullopt;
  constexpr int kImaps = 993, kSubmission = 587, kSmtps = 465;
  const bool is_gmail = *provider == "gmail", is_microsoft = *provider == "microsoft";
  if (is_gmail)
    console.err
        << "Gmail wants an app password here: Google account, Security, App passwords; type it without spaces.\n";
  if (is_microsoft)
    console.err << "Microsoft 365 mostly wants OAuth instead of a password; docs/email.md says how to write it down.\n";
  const auto secret = questions.ask_secret("The password (or app password)");
  if (!secret || secret->empty()) return std::nullopt;
  inbound.provider = outbound.provider = is_gmail || is_microsoft ? *provider : "";
  if (!ask_server(questions, "The server that mail is read from (IMAP)",
                  is_gmail       ? "imap.gmail.com"
                  : is_microsoft ? "outlook.office365.com"
                                 : "imap." + domain,
                  kImaps, inbound))
    return std::nullopt;
  if (!ask_server(questions, "The server that mail leaves by (SMTP)",
                  is_gmail       ? "smtp.gmail.com"
                  : is_microsoft ? "smtp.office365.com"
                                 : "smtp." + domain,
                  is_gmail ? kSmtps : kSubmission, outbound))
    return std::nullopt;
  const auto authorities =
      is_gmail || is_microsoft
          ? std::optional<std::string>("")
          : questions.ask("A file with the certificate authority, when it is your own (empty: the system's)");
  const auto sent = authorities
                        ? questions.ask("The mailbox with the mails you send yourself: auto, its name, or none", "auto")
                        : std::nullopt;
  if (!sent) return std::nullopt;
  inbound.authorities = outbound.authorities = *authorities;
  inbound.sent = *sent == "none" ? "" : *sent;
  inbound.kind = "imap";
  outbound.kind = "smtp";
  inbound.user = outbound.user = *user;
  const std::string path = std::filesystem::absolute(folder).string() + "/secrets/email";
  kept = write_secret(path, *secret);
  if (!kept) return std::nullopt;
  inbound.password = outbound.password = "file:" + path;
  return email;
}

Done test_all(const EmailConfig& email, const Runtime& runtime, Console console) {
  auto mail = make_mail_sources(email, runtime.moving_clock());
  if (!mail) return mail.error();
  for (const auto& source : mail->sources) {
    auto opened = source->open({});
    if (!opened) return opened.error();
    source->close();
    console.err << "Reading works: " << printable_line(source->name()) << "\n";
  }
  auto smtp = make_smtp_transport(email, *mail->http, runtime.moving_clock());
  if (!smtp) return smtp.error();
  if (auto done = (*smtp)->try_login({}); !done) return done;
  console.err << "The way out works: " << printable_line(email.outbound.host) << " lets "
              << printable_line(email.outbound.user) << " in; nothing was sent.\n";
  return {};
}

// Into the configuration where it says nothing of mail yet; else the person puts it there.
Done write_down(const EmailConfig& email, const GlobalOptions& options, Console console) {
  const std::string path = options.config.empty() ? "config.yaml" : options.config;
  const std::string text = config_text(email);
  bool has_section = false;
  {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) has_section = has_section || line.starts_with("email:");
  }
  if (has_section) {
    console.err << path << " has an email section already; this is what it should hold:\n\n";
    console.out << text;
    return {};
  }
  std::ofstream file(path, std::ios::app);
  file << "\n" << text;
  file.flush();
  if (!file) return make_error(Code::unavailable, path + " can not be written.");
  console.err << "Written to " << path
              << ". `deskhand fetch email` takes in what is there, and what you approve leaves by it from now on.\n";
  return {};
}

}  // namespace

int run_connect_email(const GlobalOptions& options, Console console) {
  auto session = Session::open(options, Session::Needs::store, true);
  if (!session) return report(session.error(), options, console);
  const Runtime& runtime = (*session)->runtime();
  Questions questions(console);
  Done kept;
  const std::string folder = std::filesystem::path(runtime.database_path()).parent_path().string();
  const auto email = ask_all(questions, folder, console, kept);
  if (!kept) return report(kept.error(), options, console);
  if (!email)
    return report(make_error(Code::cancelled, "Nothing was connected: the answers ended early."), options, console);
  if (auto tested = test_all(*email, runtime, console); !tested) return report(tested.error(), options, console);
  if (auto written = write_down(*email, options, console); !written) return report(written.error(), options, console);
  return kExitDone;
}

}  // namespace deskhand::app
