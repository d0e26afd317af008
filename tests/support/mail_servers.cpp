#include "tests/support/mail_servers.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/support/program.h"
#include "tests/support/token_service.h"

namespace deskhand::test {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::seconds kPatience{20};
constexpr std::chrono::milliseconds kLook{50};

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(socket);
  return ntohs(address.sin_port);
}

bool answers(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool connected = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(socket);
  return connected;
}

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string with(std::string text, const std::string& name, const std::string& value) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
    text.replace(at, name.size(), value);
  return text;
}

constexpr const char* kDovecot = R"(
base_dir = @/run
state_dir = @/state
log_path = @/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <@/cert.pem
ssl_key = <@/key.pem
mail_location = maildir:~/Maildir
first_valid_uid = 1
first_valid_gid = 1
mail_uid = UID
mail_gid = GID
auth_mechanisms = plain login
passdb {
  driver = passwd-file
  args = @/users
}
userdb {
  driver = passwd-file
  args = @/users
}
service imap-login {
  chroot =
  inet_listener imap {
    port = IMAP-PORT
  }
  inet_listener imaps {
    port = IMAPS-PORT
    ssl = yes
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    auto = create
    special_use = \Sent
  }
}
)";

// Mail for the two domains is taken from anybody, as on the internet; from here to elsewhere only with a password.
constexpr const char* kExim = R"(
exim_user = mail
exim_group = mail
spool_directory = @/exim
log_file_path = @/exim/%slog
pid_file_path = @/exim/exim.pid
primary_hostname = localhost
local_interfaces = 127.0.0.1
tls_advertise_hosts = *
tls_certificate = @/cert.pem
tls_privatekey = @/key.pem
tls_on_connect_ports = SMTPS-PORT
daemon_smtp_ports = SMTPS-PORT : SMTP-PORT
acl_smtp_rcpt = check_recipient
acl_smtp_data = check_data
auth_advertise_hosts = *
host_lookup =
rfc1413_hosts =
keep_environment =
add_environment = PATH=/usr/sbin:/usr/bin:/sbin:/bin
message_size_limit = 40M
begin acl
check_recipient:
  deny condition = ${if match{$local_part}{nobody}}
       message = 5.1.1 no such user
  defer condition = ${if match{$local_part}{later}}
       message = 4.2.0 try again later
  accept domains = hill.example : ruiz.example
  deny message = 5.7.1 relay not permitted
check_data:
  accept
begin routers
local:
  driver = accept
  domains = hill.example : ruiz.example
  local_parts = office : ana
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = @/mail/$local_part_data/Maildir
  maildir_format
  create_directory
  user = mail
  group = mail
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${if and{{eq{$auth2}{office@hill.example}}{eq{$auth3}{secret-1}}}}
  server_set_id = $auth2
  server_prompts = :
)";

// Dovecot asks the token service itself; Exim by a line of HTTP.
constexpr const char* kDovecotTokens = R"(
auth_mechanisms = plain login xoauth2 oauthbearer
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = @/tokens.conf
}
)";
constexpr const char* kDovecotTokenService = R"(
introspection_url = INTROSPECTION-URL
introspection_mode = post
force_introspection = yes
username_attribute = username
active_attribute = active
active_value = true
)";
constexpr const char* kEximTokens = R"(
xoauth2:
  driver = plaintext
  public_name = XOAUTH2
  server_prompts = :
  server_set_id = office@hill.example
  server_condition = ${if and{{match{$auth1}{\N^user=office@hill\.example\x01auth=Bearer [^\x01]+\x01\x01$\N}}\
    {match{${readsocket{inet:127.0.0.1:TOKEN-PORT}{GET /check?token=${sg{$auth1}{\N^.*Bearer ([^\x01]+).*$\N}{\$1}} HTTP/1.1\r\nHost: localhost\r\n\r\n}{5s:shutdown=no}{ }{}}}{"active":true}}}}
)";

int spawn(const std::vector<std::string>& words, const std::string& log) {
  const int process = ::fork();
  if (process != 0) return process;
  ::setsid();
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(file, STDOUT_FILENO);
  ::dup2(file, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execv(arguments.front(), arguments.data());
  ::_exit(127);
}

void end(int process) {
  if (process <= 0) return;
  ::kill(process, SIGTERM);
  for (int look = 0; look < 100; ++look) {
    if (::waitpid(process, nullptr, WNOHANG) == process) return;
    std::this_thread::sleep_for(kLook);
  }
  ::kill(process, SIGKILL);
  ::waitpid(process, nullptr, 0);
}

}  // namespace

MailServers::MailServers(const TokenService* tokens) {
  if (::geteuid() != 0) problem_ = "the mail servers start only as root";
  for (const char* program : {"/usr/sbin/dovecot", "/usr/sbin/exim4", "/usr/bin/openssl"})
    if (problem_.empty() && !fs::exists(program)) problem_ = std::string(program) + " is not installed";
  if (!problem_.empty()) return;
  char name[] = "/tmp/deskhand-mail-XXXXXX";
  folder_ = ::mkdtemp(name);
  ::chmod(folder_.c_str(), 0755);
  imap_port_ = free_port();
  imaps_port_ = free_port();
  smtp_port_ = free_port();
  smtps_port_ = free_port();
  if (!write_files(tokens))
    problem_ = "the certificate could not be made";
  else if (!start())
    problem_ = "the mail servers do not answer: " + read(folder_ + "/dovecot.log") + read(folder_ + "/exim.out");
}

bool MailServers::write_files(const TokenService* tokens) {
  const passwd* const user = ::getpwnam("mail");
  if (user == nullptr) return false;
  const Ran made = run({"/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout",
                        folder_ + "/key.pem", "-out", folder_ + "/cert.pem"});
  if (made.status != 0) return false;
  for (const char* part : {"/run", "/state", "/mail", "/mail/office", "/mail/ana", "/exim"})
    fs::create_directory(folder_ + part);
  for (const char* part : {"/mail", "/mail/office", "/mail/ana", "/exim"})
    (void)!::chown((folder_ + part).c_str(), user->pw_uid, user->pw_gid);
  (void)!::chown((folder_ + "/key.pem").c_str(), 0, user->pw_gid);
  ::chmod((folder_ + "/key.pem").c_str(), 0640);
  const std::string ids = std::to_string(user->pw_uid) + ":" + std::to_string(user->pw_gid);
  write(folder_ + "/users", "office@hill.example:{PLAIN}secret-1:" + ids + "::" + folder_ +
                                "/mail/office\nana@ruiz.example:{PLAIN}secret-1:" + ids + "::" + folder_ +
                                "/mail/ana\n");
  const auto fill = [&](std::string text) {
    text = with(text, "@/", folder_ + "/");
    text = with(text, "UID", std::to_string(user->pw_uid));
    text = with(text, "GID", std::to_string(user->pw_gid));
    text = with(text, "IMAPS-PORT", std::to_string(imaps_port_));
    text = with(text, "IMAP-PORT", std::to_string(imap_port_));
    text = with(text, "SMTPS-PORT", std::to_string(smtps_port_));
    return with(text, "SMTP-PORT", std::to_string(smtp_port_));
  };
  write(folder_ + "/dovecot.conf", fill(std::string(kDovecot) + (tokens == nullptr ? "" : kDovecotTokens)));
  std::string exim = std::string(kExim) + (tokens == nullptr ? "" : kEximTokens);
  if (tokens != nullptr) {
    exim = with(std::move(exim), "TOKEN-PORT", std::to_string(tokens->port()));
    write(folder_ + "/tokens.conf", with(kDovecotTokenService, "INTROSPECTION-URL", tokens->introspection_url()));
  }
  write(folder_ + "/exim.conf", fill(std::move(exim)));
  ::chmod((folder_ + "/exim.conf").c_str(), 0644);
  return true;
}

bool MailServers::start() {
  dovecot_ = spawn({"/usr/sbin/dovecot", "-F", "-c", folder_ + "/dovecot.conf"}, folder_ + "/dovecot.out");
  exim_ = spawn({"/usr/sbin/exim4", "-C", folder_ + "/exim.conf", "-bdf", "-q1m"}, folder_ + "/exim.out");
  const auto until = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < until) {
    if (answers(imap_port_) && answers(imaps_port_) && answers(smtp_port_) && answers(smtps_port_)) return true;
    std::this_thread::sleep_for(kLook);
  }
  return false;
}

MailServers::~MailServers() {
  end(exim_);
  end(dovecot_);
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

bool MailServers::deliver(const std::string& from, const std::string& to, const std::string& mail) const {
  return run({"/usr/sbin/exim4", "-C", folder_ + "/exim.conf", "-odf", "-oi", "-f", from, to}, mail).status == 0;
}

std::vector<std::string> MailServers::mails(const std::string& local_part, std::size_t count) const {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  for (;;) {
    std::vector<std::string> found;
    for (const char* part : {"/Maildir/new", "/Maildir/cur"}) {
      std::error_code missing;
      for (const auto& entry : fs::directory_iterator(folder_ + "/mail/" + local_part + part, missing))
        found.push_back(read(entry.path()));
    }
    if (found.size() >= count || std::chrono::steady_clock::now() >= until) return found;
    std::this_thread::sleep_for(kLook);
  }
}

void MailServers::put(const std::string& local_part, const std::string& folder, const std::string& mail) const {
  const passwd* const user = ::getpwnam("mail");
  const std::string maildir = folder_ + "/mail/" + local_part + "/Maildir" + (folder.empty() ? "" : "/" + folder);
  for (const char* part : {"", "/tmp", "/cur", "/new"}) {
    fs::create_directories(maildir + part);
    (void)!::chown((maildir + part).c_str(), user->pw_uid, user->pw_gid);
  }
  static int number = 0;
  const std::string name = "/" + std::to_string(::time(nullptr)) + ".P" + std::to_string(::getpid()) + "N" +
                           std::to_string(++number) + ".localhost";
  write(maildir + "/tmp" + name, mail);
  (void)!::chown((maildir + "/tmp" + name).c_str(), user->pw_uid, user->pw_gid);
  fs::rename(maildir + "/tmp" + name, maildir + "/new" + name);
}

}  // namespace deskhand::test
