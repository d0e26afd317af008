// Dovecot and Exim on loopback with TLS, for tests that speak with real mail servers. Everything they keep stands in
// one folder of their own and is gone with the object; nothing of the machine's own mail is touched.
//
// Needs root (the servers drop to the user "mail" by themselves) and the packages dovecot-imapd, exim4-daemon-light and
// openssl.
#pragma once

#include <string>
#include <vector>

namespace deskhand::test {

class TokenService;

class MailServers {
 public:
  // Accounts: office@hill.example and ana@ruiz.example, password "secret-1" for both. With a token service office@hill.example is let
  // in by XOAUTH2 too, with a token that the service says holds.
  explicit MailServers(const TokenService* tokens = nullptr);
  ~MailServers();
  MailServers(const MailServers&) = delete;
  MailServers& operator=(const MailServers&) = delete;

  // "" when they run; else why they can not.
  const std::string& problem() const { return problem_; }
  int imap_port() const { return imap_port_; }    // STARTTLS
  int imaps_port() const { return imaps_port_; }  // TLS at once
  int smtp_port() const { return smtp_port_; }    // STARTTLS
  int smtps_port() const { return smtps_port_; }  // TLS at once
  std::string authorities() const { return folder_ + "/cert.pem"; }

  // Hands a mail to the server as a customer's own provider would.
  bool deliver(const std::string& from, const std::string& to, const std::string& mail) const;
  // What lies in the mailbox of that local part: "ana". Waits until there are at least `count` or a bound of time has
  // passed.
  std::vector<std::string> mails(const std::string& local_part, std::size_t count) const;
  // Puts a mail into a mailbox as the owner's mail program does: ("office", ".Sent", ...).
  void put(const std::string& local_part, const std::string& folder, const std::string& mail) const;

 private:
  bool write_files(const TokenService* tokens);
  bool start();

  std::string folder_, problem_;
  int imap_port_ = 0, imaps_port_ = 0, smtp_port_ = 0, smtps_port_ = 0;
  int dovecot_ = -1, exim_ = -1;
};

}  // namespace deskhand::test
