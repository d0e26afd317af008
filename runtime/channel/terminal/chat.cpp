#include "channel/terminal/chat.h"

#include <ostream>

#include "base/text.h"
#include "channel/terminal/stream_printer.h"

namespace deskhand::channel::terminal {
namespace {

constexpr std::string_view kHelp =
    "Say what you want in your own words, for instance:\n"
    "  Add a new customer: Ana Ruiz, 512-555-0142\n"
    "  Open a lead for Ana Ruiz: leaking shower\n"
    "  Follow up on the Ruiz lead\n"
    "  Log a call with Ana: spoke, she decides by Friday\n"
    "A card waits for you: [a]pprove, [e]dit, [r]eject, [l]ater, or in words (\"yes\", \"no\", \"later Friday\", \"change Tuesday to Thursday\").\n"
    "Nothing leaves, is won, billed or merged without your yes. \"undo U-3\" takes a change back.\n"
    "  /approvals  what waits for you     /today  today's list     /help  this     /quit  leave";

class Chat {
 public:
  Chat(Inbox& inbox, LineReader& reader, const Clock& clock, const ChatOptions& options, std::ostream& out)
      : inbox_(inbox), reader_(reader), clock_(clock), options_(options), out_(out) {}

  Done run() {
    auto conversation = inbox_.open(options_.org, options_.actor, options_.actor.channel);
    if (!conversation) return conversation.error();
    conversation_ = *conversation;
    if (reader_.is_terminal() && !options_.greeting.empty()) say(options_.greeting);
    auto news = inbox_.news(message(""));
    if (!news) return news.error();
    if (*news) show(std::move(**news));
    int interrupts = 0;
    while (auto line = reader_.next("you> ")) {
      if (line->interrupted) {
        if (++interrupts >= 2) break;
        say("(Ctrl-C once more, Ctrl-D or /quit leaves)");
        continue;
      }
      interrupts = 0;
      const std::string text(trim(line->text));
      if (text.empty()) continue;
      if (text == "/quit" || text == "/exit") break;
      take(text);
    }
    return {};
  }

 private:
  void take(const std::string& text) {
    if (text == "/help" || text == "/?") return show_text(std::string(kHelp));
    if (text == "/approvals") return show(inbox_.pick(message(text), "list_approvals", "{}"));
    if (text == "/today") return show(inbox_.pick(message(text), "morning_list", "{}"));
    if (text.front() == '/')
      return show_text("There is no command " + shorten(printable_line(text), 40) + "; /help lists them.");
    say_to_inbox(as_words(text));
  }

  // Words appear while they come, except to a program, which gets one whole object.
  void say_to_inbox(const std::string& text) {
    reader_.run_stoppable([&](std::stop_token stop) {
      PersonMessage said = message(text);
      StreamPrinter printer(out_, text_width(look()));
      said.watch.stop = std::move(stop);
      if (!options_.json) said.watch.on_text = [&printer](std::string_view words) { printer.print(words); };
      const Result<TurnReply> reply = inbox_.say(said);
      printer.end();
      show(reply);
    });
  }

  PersonMessage message(const std::string& text) const {
    return {options_.org, options_.actor, conversation_, text, clock_.now(), {}};
  }

  // The keys of a card stand for words about that card, and only while exactly one was drawn last.
  std::string as_words(const std::string& text) {
    if (text.size() != 1 || open_card_.empty()) return text;
    switch (text.front()) {
      case 'a': case 'A': return "approve " + open_card_;
      case 'r': case 'R': return "reject " + open_card_;
      case 'l': case 'L': return "later " + open_card_;
      case 'e': case 'E': return edit_words();
      default: return text;
    }
  }
  std::string edit_words() {
    if (!reader_.is_terminal()) return "edit " + open_card_;
    say("The new text, or \"change OLD to NEW\" (empty: leave it as it is)");
    const auto line = reader_.next("edit> ");
    if (!line || line->interrupted || trim(line->text).empty()) return "keep " + open_card_;
    return "edit " + open_card_ + ": " + line->text;
  }

  void show(const Result<TurnReply>& reply) {
    if (!reply) {
      if (options_.json) out_ << error_json(reply.error()) << "\n" << std::flush;
      else say(reply.error().message);
      return;
    }
    if (reply->cards.size() == 1) open_card_ = reply->cards.front().ref;
    else open_card_.clear();
    if (!reply->cards.empty()) reader_.forget_typed_ahead();
    if (options_.json) {
      TurnReply shown = *reply;
      if (!options_.explain) shown.explanation.clear();
      out_ << reply_json(shown) << "\n" << std::flush;
      return;
    }
    out_ << render_reply(*reply, look()) << std::flush;
  }
  void show_text(const std::string& text) {
    if (!options_.json) return say(text);
    TurnReply reply;
    reply.text = text;
    out_ << reply_json(reply) << "\n" << std::flush;
  }
  void say(const std::string& text) { out_ << text << "\n" << std::flush; }
  Look look() const { return {reader_.width(), options_.colour, options_.explain}; }

  Inbox& inbox_;
  LineReader& reader_;
  const Clock& clock_;
  const ChatOptions& options_;
  std::ostream& out_;
  ConversationId conversation_;
  std::string open_card_;
};

}  // namespace

Done run_chat(Inbox& inbox, LineReader& reader, const Clock& clock, const ChatOptions& options, std::ostream& out) {
  return Chat(inbox, reader, clock, options, out).run();
}

}  // namespace deskhand::channel::terminal
