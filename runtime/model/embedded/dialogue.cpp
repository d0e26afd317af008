#include "model/embedded/dialogue.h"

#include <algorithm>

#include "model/embedded/turn.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kTurnsReplayed = 14;  // older ones only leave what was spoken of

}  // namespace

std::vector<TurnMessages> turns_of(const std::vector<ModelMessage>& messages) {
  std::vector<TurnMessages> turns;
  for (const ModelMessage& message : messages) {
    if (message.speaker == Speaker::person) turns.push_back({&message, {}});
    else if (!turns.empty()) turns.back().rest.push_back(&message);
  }
  return turns;
}

Scene Dialogue::scene_at(Instant at, bool is_last) const {
  Scene scene{request_.now, request_.calendar, request_.region.empty() ? "US" : request_.region,
              request_.currency.empty() ? "USD" : request_.currency};
  if (is_last || at.us == 0) return scene;
  if (const auto zone = Zone::find(request_.zone)) scene.now = zone->to_local(at);
  return scene;
}

TurnOutcome Dialogue::answer() {
  const std::vector<TurnMessages> turns = turns_of(request_.messages);
  TurnOutcome outcome;
  DialogueState state;
  state.mentions.note_focus(request_.focus);
  if (turns.empty()) {
    outcome.text = interpreter_.book().reply("not_understood");
    return outcome;
  }
  const std::size_t first = turns.size() > kTurnsReplayed ? turns.size() - kTurnsReplayed : 0;
  for (std::size_t at = 0; at < first; ++at) {
    for (const ModelMessage* message : turns[at].rest) {
      if (message->speaker != Speaker::tool) continue;
      state.mentions.note(*message, state.turn);
      if (!message->undo.empty()) state.last_undo = message->undo;
    }
    ++state.turn;
  }
  for (std::size_t at = first; at < turns.size(); ++at) {
    const bool is_last = at + 1 == turns.size();
    Turn turn(interpreter_, std::move(state), turns[at], scene_at(turns[at].said->at, is_last), is_last);
    outcome = turn.run();
    state = std::move(outcome.state);
  }
  return outcome;
}

}  // namespace deskhand::embedded
