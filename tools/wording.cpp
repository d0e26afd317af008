#include "tools/wording.h"

#include "base/text.h"

namespace deskhand::tools {
namespace {

constexpr std::string_view words_for(Saying saying) {
  switch (saying) {
    case Saying::contact_added: return "Added: [name], [phone]. They are on file as a new prospect. Is there a note to add, or a lead to open?";
    case Saying::inquiry_received: return "New inquiry from [name] — [title]. Phone: [phone]. Came in via [source]. Shall I draft an answer?";
    case Saying::lead_qualified: return "Lead qualified — moving to [stage].";
    case Saying::opportunity_won: return "Opportunity won — [deal name].";
    case Saying::quickbooks_question: return "Create [name] in QuickBooks?";
    case Saying::reminder_offer: return "Shall I remind you to check back with [name] in [days] days?";
  }
  return {};
}

}  // namespace

std::string filled(std::string_view wording, const SayingFacts& facts) {
  std::string text;
  while (!wording.empty()) {
    const std::size_t open = wording.find('[');
    const std::size_t close = open == std::string_view::npos ? open : wording.find(']', open);
    text += wording.substr(0, open);
    if (close == std::string_view::npos) {
      if (open != std::string_view::npos) text += wording.substr(open);
      break;
    }
    const auto fact = facts.find(to_lower(wording.substr(open + 1, close - open - 1)));
    text += fact == facts.end() ? std::string(wording.substr(open, close - open + 1)) : fact->second;
    wording.remove_prefix(close + 1);
  }
  return text;
}

Said split_question(std::string_view wording) {
  wording = trim(wording);
  if (!wording.ends_with('?')) return {std::string(wording), ""};
  std::size_t begin = 0;
  for (std::size_t at = 0; at + 2 < wording.size(); ++at) {
    const bool ends = wording[at] == '\n' || ((wording[at] == '.' || wording[at] == '!' || wording[at] == '?') &&
                                              (wording[at + 1] == ' ' || wording[at + 1] == '\n'));
    if (ends) begin = at + 1;
  }
  return {std::string(trim(wording.substr(0, begin))), std::string(trim(wording.substr(begin)))};
}

Wording plain_wording() {
  Wording wording;
  wording.say = [](Saying saying, const SayingFacts& facts) {
    const Said said = split_question(words_for(saying));
    return Said{filled(said.text, facts), filled(said.question, facts)};
  };
  return wording;
}

}  // namespace deskhand::tools
