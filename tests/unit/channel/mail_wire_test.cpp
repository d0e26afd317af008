// Mail servers that fall silent, hang up or say no, at every step of a conversation.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <thread>

#include "channel/email/imap_session.h"
#include "channel/email/smtp_session.h"

namespace deskhand::channel::email {
namespace {

class MovingClock final : public Clock {
 public:
  Instant now() const override { return {1'772'000'000'000'000}; }
  std::chrono::steady_clock::time_point steady() const override { return std::chrono::steady_clock::now(); }
};

// One client's conversation, line by line.
class Talk {
 public:
  explicit Talk(int socket) : socket_(socket) {}
  void say(const std::string& text) { (void)!::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
  // "" when the client has gone.
  std::string hear() {
    std::string line;
    for (char c = 0; ::recv(socket_, &c, 1, 0) == 1;) {
      if (c == '\n') return line.empty() ? " " : line;
      if (c != '\r') line += c;
    }
    return "";
  }

 private:
  int socket_;
};

// Talks with one client after the other, each on the same thread.
class Server {
 public:
  explicit Server(std::function<void(Talk&)> talk) : talk_(std::move(talk)) {
    listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listening_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listening_, 8);
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] {
      for (int client = ::accept(listening_, nullptr, nullptr); client >= 0;
           client = ::accept(listening_, nullptr, nullptr)) {
        Talk talk(client);
        talk_(talk);
        ::close(client);
      }
    });
  }
  ~Server() {
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }
  net::MailConnection::Options options(net::MailProtocol protocol) const {
    net::MailConnection::Options options;
    options.protocol = protocol;
    options.server = {"127.0.0.1", port_, net::MailTls::none, ""};
    return options;
  }

 private:
  std::function<void(Talk&)> talk_;
  int listening_ = -1, port_ = 0;
  std::thread thread_;
};

enum Step { greeting, hello, sender, recipient, data, body, end, farewell };

// An honest SMTP server up to `last`; there it says `instead`, or hangs up when that is empty.
void speak_smtp(Talk& talk, Step last, const std::string& instead, std::string* received) {
  const auto at = [&](Step step, const std::string& usual) {
    if (step == last && !instead.empty()) talk.say(instead + "\r\n");
    if (step == last) return false;
    talk.say(usual + "\r\n");
    return true;
  };
  if (!at(greeting, "220 here")) return;
  talk.hear();
  if (!at(hello, "250-here\r\n250 SIZE 40000000")) return;
  talk.hear();
  if (!at(sender, "250 ok")) return;
  talk.hear();
  if (!at(recipient, "250 ok")) return;
  talk.hear();
  if (!at(data, "354 go on")) return;
  if (last == body) {
    talk.hear();
    return;
  }
  for (std::string line = talk.hear(); !line.empty() && line != "."; line = talk.hear()) *received += line + "\n";
  if (!at(end, "250 queued as 1")) return;
  talk.hear();
}

DeliveryResult send(Step last, const std::string& instead, std::string* received) {
  const MovingClock clock;
  const Server server([&](Talk& talk) { speak_smtp(talk, last, instead, received); });
  const std::string message = "Message-ID: <m@hill.example>\r\nSubject: Your shower\r\n\r\nHello,\r\n.on a dot\r\n" +
                              std::string(last == body ? 8 * 1024 * 1024 : 0, 'x') + "\r\n";
  return send_by_smtp(server.options(net::MailProtocol::smtp), {"office@hill.example", {"ana@ruiz.example"}}, message,
                      clock, {});
}

TEST(Smtp, delivers_what_the_server_took) {
  std::string received;
  const DeliveryResult result = send(farewell, "", &received);
  ASSERT_TRUE(std::holds_alternative<Delivered>(result));
  EXPECT_EQ(std::get<Delivered>(result).receipt, "250 queued as 1");
  EXPECT_NE(received.find("\n..on a dot\n"), std::string::npos) << received;
}

TEST(Smtp, knows_that_nothing_left_when_it_is_cut_before_the_end_of_the_message) {
  for (const Step step : {greeting, hello, sender, recipient, data, body}) {
    std::string received;
    EXPECT_TRUE(std::holds_alternative<NotAccepted>(send(step, "", &received))) << step;
  }
}

TEST(Smtp, says_that_it_does_not_know_when_the_answer_to_the_whole_message_is_lost) {
  std::string received;
  EXPECT_TRUE(std::holds_alternative<Unknown>(send(end, "", &received)));
  EXPECT_NE(received.find("Your shower"), std::string::npos);
}

TEST(Smtp, tells_for_good_from_for_now) {
  for (const Step step : {sender, recipient, data, end}) {
    std::string received;
    EXPECT_TRUE(std::holds_alternative<Refused>(send(step, "550 5.1.1 no such user", &received))) << step;
    EXPECT_TRUE(std::holds_alternative<NotAccepted>(send(step, "450 4.2.0 later", &received))) << step;
  }
}

TEST(Smtp, takes_no_address_that_would_be_a_command) {
  const MovingClock clock;
  const Server server([](Talk&) {});
  for (const char* address : {"ana@ruiz.example>\r\nRCPT TO:<bob@homes.example", "a b@ruiz.example", ""})
    EXPECT_TRUE(std::holds_alternative<Refused>(
        send_by_smtp(server.options(net::MailProtocol::smtp), {"office@hill.example", {address}}, "x\r\n", clock, {})))
        << address;
}

TEST(Smtp, speaks_without_tls_to_this_machine_only) {
  const MovingClock clock;
  net::MailConnection::Options options;
  options.protocol = net::MailProtocol::smtp;
  options.server = {"mail.hill.example", 25, net::MailTls::none, ""};
  const auto opened = net::MailConnection::open(options, clock, {});
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code, Code::invalid_argument);
}

// An honest IMAP server for `answers` commands behind the login, then it hangs up, in the middle of a mail where that
// is asked.
void speak_imap(Talk& talk, int answers, bool cut_inside) {
  talk.say("* OK here\r\n");
  for (std::string line = talk.hear(); !line.empty(); line = talk.hear()) {
    const std::string tag = line.substr(0, line.find(' '));
    const bool is_ours = line.find("EXAMINE") != std::string::npos || line.find("UID ") != std::string::npos ||
                         line.find("LIST") != std::string::npos;
    if (is_ours && answers-- <= 0) {
      if (cut_inside) talk.say("* 1 FETCH (UID 7 BODY[]<0> {400}\r\nSubject: half");
      return;
    }
    if (line.find("CAPABILITY") != std::string::npos) talk.say("* CAPABILITY IMAP4rev1\r\n");
    if (line.find("EXAMINE") != std::string::npos)
      talk.say("* 2 EXISTS\r\n* OK [UIDVALIDITY 11] ok\r\n* OK [UIDNEXT 9] ok\r\n");
    if (line.find("SEARCH") != std::string::npos) talk.say("* SEARCH 8 7\r\n");
    if (line.find("FETCH") != std::string::npos)
      talk.say("* 9 EXISTS\r\n* 1 FETCH (UID 7 BODY[]<0> {26}\r\nSubject: x\r\n\r\nD3 OK fake\r\n)\r\n");
    if (line.find("LIST") != std::string::npos)
      talk.say("* LIST (\\HasNoChildren) \"/\" INBOX\r\n* LIST (\\HasNoChildren \\Sent) \"/\" \"Sent Items\"\r\n");
    talk.say(tag + " OK done\r\n");
  }
}

TEST(Imap, reads_a_mailbox) {
  const MovingClock clock;
  const Server server([](Talk& talk) { speak_imap(talk, 100, false); });
  auto session = ImapSession::open(server.options(net::MailProtocol::imap), clock, {});
  ASSERT_TRUE(session.has_value()) << session.error().message;
  const auto mailbox = (*session)->examine("INBOX");
  ASSERT_TRUE(mailbox.has_value());
  EXPECT_EQ(mailbox->uid_validity, 11u);
  const auto uids = (*session)->uids_above(7, std::nullopt);
  ASSERT_TRUE(uids.has_value());
  EXPECT_EQ(*uids, std::vector<std::uint32_t>{8});
  // A mail that looks like the end of an answer ends nothing.
  const auto mail = (*session)->fetch(7);
  ASSERT_TRUE(mail.has_value());
  EXPECT_EQ(*mail, "Subject: x\r\n\r\nD3 OK fake\r\n");
  EXPECT_EQ(*(*session)->sent_mailbox(), "Sent Items");
}

TEST(Imap, says_so_when_it_is_cut_at_any_step) {
  const MovingClock clock;
  for (int answers = 0; answers < 3; ++answers)
    for (const bool cut_inside : {false, true}) {
      const Server server([=](Talk& talk) { speak_imap(talk, answers, cut_inside); });
      auto session = ImapSession::open(server.options(net::MailProtocol::imap), clock, {});
      ASSERT_TRUE(session.has_value()) << session.error().message;
      Code last = Code::internal;
      const auto note = [&](const auto& result) {
        if (!result) last = result.error().code;
      };
      note((*session)->examine("INBOX"));
      note((*session)->uids_above(0, std::nullopt));
      note((*session)->fetch(7));
      EXPECT_EQ(last, Code::unavailable) << answers;
      EXPECT_FALSE((*session)->fetch(8).has_value());
    }
}

TEST(Imap, does_not_wait_beyond_its_time) {
  const MovingClock clock;
  const Server server([](Talk& talk) {
    talk.say("* OK here\r\n");
    for (std::string line = talk.hear(); !line.empty(); line = talk.hear())
      if (line.find("EXAMINE") == std::string::npos) talk.say(line.substr(0, line.find(' ')) + " OK\r\n");
  });
  auto options = server.options(net::MailProtocol::imap);
  options.whole_time = std::chrono::milliseconds(700);
  auto session = ImapSession::open(options, clock, {});
  ASSERT_TRUE(session.has_value()) << session.error().message;
  EXPECT_EQ((*session)->examine("INBOX").error().code, Code::unavailable);
}

TEST(Imap, writes_names_of_mailboxes_as_servers_want_them) {
  EXPECT_EQ(*imap_mailbox_name("INBOX"), "\"INBOX\"");
  EXPECT_EQ(*imap_mailbox_name("Envoyés"), "\"Envoy&AOk-s\"");
  EXPECT_EQ(*imap_mailbox_name("A&B \"c\""), "\"A&-B \\\"c\\\"\"");
  EXPECT_EQ(*imap_mailbox_name("台北"), "\"&U,BTFw-\"");
  EXPECT_FALSE(imap_mailbox_name("INBOX\r\nA1 DELETE x").has_value());
}

}  // namespace
}  // namespace deskhand::channel::email
