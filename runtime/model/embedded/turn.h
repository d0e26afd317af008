// One turn of the conversation, replayed: from the person's words to frames, from frames to calls, from results to the next
// question. A turn of the past is replayed the same way, to know what its question was waiting for.
//
// turn_plan.cpp reads the words (as an answer to the open question, or as requests), turn_choice.cpp which of several they choose, turn.cpp goes through the calls and their
// results, turn_questions.cpp finds out what is missing and words the question.
//
// Thread rule: a Turn belongs to one request and one thread.
#pragma once

#include <string>
#include <vector>

#include "model/embedded/dialogue.h"
#include "model/embedded/slots.h"
#include "reader/answers.h"

namespace deskhand::embedded {

// The request that shows a record of that noun, "" when none does.
std::string_view request_showing(Noun noun);

class Turn {
 public:
  Turn(const Interpreter& interpreter, DialogueState before, const TurnMessages& messages, Scene scene, bool is_last);
  TurnOutcome run();

 private:
  enum class Stage { waiting, called, done, stopped };
  struct Work {
    Frame frame;
    Stage stage = Stage::waiting;
    const ModelMessage* result = nullptr;
  };

  // What the words want (turn_plan.cpp).
  void plan();
  bool take_answer(Question question);
  bool answer_facts(const Question& question);
  bool take_bare_answer(const Question& question, Frame& frame) const;
  bool answer_which(const Question& question);
  bool answer_request(const Question& question);
  bool answer_offer(const Question& question);
  bool tells_reason(const Question& question, const Frame& heard) const;
  bool breaks_out(const Question& question) const;
  bool merge_repeat(const Question& question);
  bool is_fact_for(const Frame& heard, const Frame& pending) const;
  bool leaves_it(const Question& question);
  void start(std::vector<Frame> frames);
  void take_requests();
  bool offer_hedged();
  void fall_back();
  bool pick_of_list();
  bool show_what_is_named();
  bool offer_note();
  bool says_only(std::string_view cue) const;
  std::size_t behind_cue(std::string_view cue) const;
  std::size_t behind_correction() const;
  std::size_t behind_forgotten() const;
  bool asks_something() const;
  std::vector<Choice> chosen(const std::vector<Choice>& choices) const;
  std::vector<Choice> chosen_by_words(const std::vector<Choice>& choices) const;

  // What goes on with the last thing done or shown (turn_follow_on.cpp, turn_list.cpp).
  bool amend_last();
  bool answer_list();
  std::vector<Choice> lines_meant(const reader::Answer& answer, const std::vector<reader::Answer>& all) const;
  bool repeat_last();
  bool repeat(const Frame& before);
  bool repeats_a_question();
  void note_done(const Work& work);
  void note_named(const Frame& frame);
  std::string ref_of_last(const RequestKind& kind, const std::string& role) const;
  std::size_t stray_words() const;

  // Calls and results (turn.cpp).
  std::vector<ProposedCall> next_calls();
  bool replay(const std::vector<ProposedCall>& calls);
  void note_subjects(const ModelMessage& answer, const std::vector<const ModelMessage*>& results);
  void take_result(Work& work, const ModelMessage& result);
  void take_failure(Work& work, const ModelMessage& result);
  const Choice* told_by_title(const std::vector<Choice>& choices) const;
  bool take_unknown_person(Work& work, const ModelMessage& result);
  bool retry_as_lead(Work& work);
  bool take_missing_lead(Work& work, const ModelMessage& result);
  void take_missing(Work& work, const std::string& error);
  void close(TurnOutcome& outcome);
  void open_offer();

  // Whether a frame can be called, and what is asked when it can't (turn_questions.cpp).
  enum class Ready { yes, blocked, no };
  Ready prepare(std::size_t index);
  Ready answer_in_words(Work& work, std::size_t index);
  Ready settle_references(std::size_t index);
  Ready settle_reference(std::size_t index, const std::string& role, Filled& filled);
  Ready take_from_frame(const std::string& role, Filled& filled, const std::vector<Noun>& wanted);
  void show_what_it_is(Frame& frame, const std::string& role, Noun noun) const;
  bool settle_by_talk(Filled& filled, const std::vector<Noun>& wanted) const;
  Ready imply_subjects(std::size_t index);
  Ready imply_person_in_words(std::size_t index);
  void take_last_tag(Frame& frame) const;
  Ready ask_missing(std::size_t index);
  Ready check_values(std::size_t index);
  int antecedent(std::size_t index, bool needs_person, std::optional<Noun> noun = std::nullopt) const;
  void ask_facts(std::size_t index, std::vector<std::string> roles, std::string text);
  void ask_which(std::size_t index, std::string role, std::vector<Choice> choices, std::string text);
  std::string missing_text(const Frame& frame, const std::vector<const Need*>& missing) const;
  std::string subject_text(const Frame& frame) const;
  bool settle_follow_up(const Reference& reference, Filled& filled) const;
  std::vector<Frame> frames_from(std::size_t index) const;
  static std::string numbered(const std::vector<Choice>& choices);

  const PhraseBook& book() const { return interpreter_.book(); }
  const ModelRequest& request() const { return interpreter_.request(); }

  const Interpreter& interpreter_;
  DialogueState state_;
  const TurnMessages& messages_;
  const Scene scene_;
  const bool is_last_;
  Heard heard_;
  std::vector<Work> works_;
  std::vector<std::string> lines_;  // of the final text, the question last
  Question question_;               // the one this turn ends with
  std::string question_text_;
  std::size_t next_message_ = 0;    // of messages_.rest
  bool parked_ = false;
  std::string offer_;               // of the last call that went through
};

}  // namespace deskhand::embedded
