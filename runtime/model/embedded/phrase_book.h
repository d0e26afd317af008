// The phrase files, compiled: which requests there are, how each is said, what it needs, and the words of the replies.
//
// Thread rule: immutable after make(). Ownership: patterns and roles live as long as the book.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/embedded/pattern.h"
#include "model/embedded/phrase_file.h"
#include "model/embedded/vocabulary.h"

namespace deskhand::embedded {

// How the sentence that makes a request is built: "log a call" orders, "I called Ana" tells, "what's due?" asks.
enum class Mood { orders, tells, asks };

// One fact that must be known before the call; any of its roles will do (contact or lead).
struct Need {
  std::vector<std::string> roles;
};

// What is said right behind a request and puts one of its facts right, or adds it: "sorry, 0119", "make that Monday".
struct Amendment {
  std::vector<std::string> roles;  // the facts
  std::string request;             // what is done then
};

struct RequestKind {
  std::string name;       // log_call
  std::string tool;       // log_interaction; empty: it is answered in words (help, refusals)
  std::string procedure;  // RQ2: the procedure's request it stands for
  std::string label;      // "log a call": how a question names it
  std::string reply;      // key of the reply, when it is answered in words
  std::string instead;    // request that is offered when this one is refused
  Mood mood = Mood::orders;
  std::vector<Need> needs;
  std::vector<std::string> takes;    // roles that it can use
  std::string rest;                  // text role that what is left over goes to
  std::string becomes;               // the request it is when a role of becomes_with is there
  std::vector<std::string> becomes_with;
  std::string unlike;                // cue with which what it is about never begins
  std::string unless;                // cue that ends no clause of a message that means it
  std::string whole;                 // text role that all of the words go to when nothing is left over
  std::vector<std::pair<std::string, std::string>> sets;  // argument, value
  std::map<std::string, std::string, std::less<>> asks;   // role, question
  std::vector<std::string> absorbs;  // requests that are details of this one when they follow it
  std::vector<std::string> yields;   // requests that are meant instead when one message holds both
  std::vector<Amendment> amends;
  double strength = 1;

  bool takes_role(std::string_view role) const;
};

struct Saying {
  std::size_t kind = 0;  // of kinds()
  Pattern pattern;
  double strength = 1;
};

// "estimate_sent" and the ways it is said.
struct ChoiceValue {
  std::string value;
  std::vector<Pattern> patterns;
};

class PhraseBook {
 public:
  static Result<std::unique_ptr<PhraseBook>> make(const PhraseFiles& files);

  const Vocabulary& vocabulary() const { return vocabulary_; }
  const std::vector<RequestKind>& kinds() const { return kinds_; }
  const std::vector<Saying>& sayings() const { return sayings_; }
  const RequestKind* find(std::string_view name) const;
  std::size_t index_of(const RequestKind& kind) const { return static_cast<std::size_t>(&kind - kinds_.data()); }
  const std::vector<ChoiceValue>* choices(std::string_view name) const;
  // Patterns of "cues NAME"; empty when there are none.
  const std::vector<Pattern>& cues(std::string_view name) const;
  // The text of a reply with its [placeholders] filled; the key itself when there is no such line, so that it is noticed.
  std::string reply(std::string_view key, const std::map<std::string, std::string, std::less<>>& facts = {}) const;
  bool has_reply(std::string_view key) const { return replies_.find(key) != replies_.end(); }
  // A pattern of a procedure or of an offer, with the words of the book; its own new words match nothing else.
  Result<Pattern> compile_with(std::string_view line, Vocabulary& vocabulary) const;

 private:
  Done add_grammar(const PhraseFiles& files);
  Done add_alike(const PhraseSection& section);
  void mark_noise();
  Done add_section(const PhraseSection& section);
  Done add_request(const PhraseSection& section);
  Done add_request_line(RequestKind& kind, const PhraseLine& line);
  Result<Pattern> compile(const PhraseLine& line);

  Vocabulary vocabulary_;
  Grammar grammar_;
  std::vector<RequestKind> kinds_;
  std::vector<Saying> sayings_;
  std::map<std::string, std::vector<ChoiceValue>, std::less<>> choices_;
  std::map<std::string, std::vector<Pattern>, std::less<>> cues_;
  std::map<std::string, std::string, std::less<>> replies_;
};

}  // namespace deskhand::embedded
