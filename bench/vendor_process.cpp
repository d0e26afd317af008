#include "vendor_process.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <mutex>

#include "base/json.h"
#include "tests/support/vendor_server/vendor_server.h"

namespace deskhand::bench {
namespace {

using namespace deskhand::test;

struct Asked {
  std::string words;  // the person's last message
  int answered = 0;   // calls answered since
};

std::string text_of(const Json& content) {
  if (content.is_string()) return content.get<std::string>();
  std::string text;
  if (content.is_array())
    for (const Json& part : content) text += part.value("text", "");
  return text;
}

Asked asked(const Json& body) {
  Asked what;
  for (const Json& message : body["messages"]) {
    const std::string role = message["role"].get<std::string>();
    if (role == "tool") ++what.answered;
    if (role != "user") continue;
    what = {text_of(message["content"]), 0};
  }
  return what;
}

// "New customer Ana Ruiz7, +15122000007, ana7@ruiz.example, ..." in its parts.
struct Customer {
  std::string name, phone, email;
};

Customer customer(const std::string& words) {
  const std::string head = "New customer ";
  const std::size_t begin = words.find(head);
  if (begin == std::string::npos) return {};
  const std::size_t name = begin + head.size(), phone = words.find(", ", name), email = words.find(", ", phone + 2),
                    end = words.find(", ", email + 2);
  return {words.substr(name, phone - name), words.substr(phone + 2, email - phone - 2), words.substr(email + 2, end - email - 2)};
}

VendorAnswer answer_to(const Json& body) {
  const Asked what = asked(body);
  const Customer who = customer(what.words);
  const bool drafts = what.words.find("write to") != std::string::npos;
  VendorAnswer answer;
  const auto call = [&](const char* tool, const Json& arguments) {
    answer.calls.push_back({"call_" + std::to_string(what.answered), tool, arguments.dump()});
  };
  switch (what.answered) {
    case 0: call("find_contact", {{"query", who.phone}}); break;
    case 1: call("create_contact", {{"name", who.name}, {"phone", who.phone}, {"email", who.email}}); break;
    case 2:
      if (drafts) call("draft_message", {{"contact", who.phone}, {"channel", "email"}, {"subject", "Your shower"}, {"text", "We can come on Tuesday to have a look at the shower. Does that suit you?"}});
      else call("create_lead", {{"contact", who.phone}, {"title", "Shower repair"}, {"description", "wants the shower repaired"}});
      break;
    default: answer.text = "That is all I can see.";
  }
  return answer;
}

// Serves until it is killed.
[[noreturn]] void serve(int tell_port, const std::string& bodies_file) {
  std::mutex mutex;
  std::ofstream bodies(bodies_file, std::ios::binary);
  const LoopbackServer server([&](Connection& connection, const ReceivedRequest& request) {
    auto body = parse_json(request.body, 64 << 20);
    connection.send(http_answer(200, {{"Content-Type", "application/json"}}, chat_whole(body ? answer_to(*body) : VendorAnswer{})));
    if (bodies_file.empty()) return;
    const std::lock_guard lock(mutex);
    bodies << request.body.size() << '\n' << request.body << std::flush;
  });
  const int port = server.port();
  if (::write(tell_port, &port, sizeof port) != sizeof port) std::_Exit(1);
  for (;;) ::pause();
}

}  // namespace

VendorProcess::VendorProcess(const std::string& bodies_file) {
  int ends[2];
  if (::pipe(ends) != 0) std::abort();
  process_ = ::fork();
  if (process_ == 0) serve(ends[1], bodies_file);
  ::close(ends[1]);
  if (::read(ends[0], &port_, sizeof port_) != sizeof port_) std::abort();
  ::close(ends[0]);
}

VendorProcess::~VendorProcess() {
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
}

std::string VendorProcess::base_url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

}  // namespace deskhand::bench
