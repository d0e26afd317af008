#include "channel/terminal/render.h"

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"

namespace deskhand::channel::terminal {
namespace {

constexpr int kWidthMin = 40, kWidthMax = 100;  // longer lines are hard to read, shorter ones hard to wrap
constexpr std::string_view kBold = "\x1b[1m", kDim = "\x1b[2m", kPlain = "\x1b[0m";

std::string in(std::string_view style, const Look& look, std::string_view text) {
  return look.colour ? std::string(style) + std::string(text) + std::string(kPlain) : std::string(text);
}

// Wide and combining characters are counted as one, which only makes a line end early.
void wrap_line(std::string_view line, int width, std::string& out) {
  int column = 0;
  for (const std::string& word : split(line, ' ')) {
    const int length = count_characters(word);
    if (column > 0 && column + 1 + length > width) {
      out += '\n';
      column = 0;
    } else if (column > 0) {
      out += ' ';
      ++column;
    }
    out += word;
    column += length;
  }
}

std::string rule(const Look& look, std::string_view title) {
  std::string line = "--- " + std::string(title) + " ";
  while (count_characters(line) < text_width(look)) line += '-';
  return in(kDim, look, line);
}

}  // namespace

int text_width(const Look& look) { return std::min(std::max(look.width, kWidthMin), kWidthMax); }

std::string wrap(std::string_view text, int width) {
  std::string out;
  bool first = true;
  for (const std::string& line : split(text, '\n')) {
    if (!first) out += '\n';
    first = false;
    wrap_line(line, width, out);
  }
  return out;
}

std::string render_card(const Card& card, const Look& look) {
  const std::string shown = printable(card.body);
  std::string out = rule(look, card.ref + " " + printable_line(card.summary)) + "\n" + shown;
  if (out.back() != '\n') out += '\n';
  if (shown != card.body) out += in(kDim, look, "(invisible or control characters in this text are not displayed; read it with care)") + "\n";
  out += rule(look, "fingerprint " + card.fingerprint.substr(0, 12)) + "\n";
  const std::string edit = card.can_edit ? " [e]dit" : "";
  out += printable_line(card.question) + "  " + in(kBold, look, "[a]pprove" + edit + " [r]eject [l]ater") + "  (" + card.ref + ")\n";
  return out;
}

std::string render_reply(const TurnReply& reply, const Look& look) {
  std::string out;
  if (look.explain && !reply.explanation.empty()) out += in(kDim, look, printable(reply.explanation)) + "\n";
  std::string_view rest = std::string_view(reply.text).substr(std::min(reply.shown_bytes, reply.text.size()));
  if (reply.shown_bytes > 0 && rest.starts_with('\n')) rest.remove_prefix(1);  // the shown part has ended its line
  if (!rest.empty()) out += wrap(printable(rest), text_width(look)) + "\n";
  for (const Card& card : reply.cards) out += "\n" + render_card(card, look);
  if (!reply.undo_ref.empty() && reply.cards.empty()) out += in(kDim, look, "(undo " + reply.undo_ref + " takes it back)") + "\n";
  return out;
}

std::string reply_json(const TurnReply& reply) {
  OrderedJson calls = OrderedJson::array();
  for (const CallReport& call : reply.calls) {
    OrderedJson item;
    item["tool"] = call.tool;
    item["args"] = call.arguments ? OrderedJson(*call.arguments) : OrderedJson(nullptr);
    item["ok"] = call.ok;
    if (call.ok) item["result"] = call.result ? OrderedJson(*call.result) : OrderedJson(nullptr);
    else item["error"] = OrderedJson{{"code", call.error_code}, {"message", call.error}};
    calls.push_back(std::move(item));
  }
  OrderedJson approvals = OrderedJson::array();
  for (const Card& card : reply.cards)
    approvals.push_back({{"ref", card.ref}, {"kind", name_of(card.kind)}, {"summary", card.summary},
                         {"fingerprint", card.fingerprint}, {"card", card.body}, {"question", card.question}});
  OrderedJson out{{"reply", reply.text}, {"calls", calls}, {"approvals", approvals}};
  if (!reply.list.empty()) {
    out["list"] = OrderedJson::array();
    for (const Choice& choice : reply.list) out["list"].push_back({{"ref", choice.ref}, {"label", choice.label}});
  }
  if (!reply.undo_ref.empty()) out["undo"] = reply.undo_ref;
  if (!reply.run_ref.empty()) out["run"] = reply.run_ref;
  if (!reply.explanation.empty()) out["explanation"] = reply.explanation;
  return to_text(out);
}

std::string error_json(const Error& error) {
  return to_text(OrderedJson{{"reply", error.message}, {"calls", OrderedJson::array()}, {"approvals", OrderedJson::array()},
                             {"error", {{"code", code_name(error.code)}, {"message", error.message}}}});
}

}  // namespace deskhand::channel::terminal
