#include "reader/answers.h"

#include <algorithm>

#include "base/text.h"
#include "reader/answer_parts.h"
#include "reader/date_phrases.h"
#include "reader/lexicon.h"
#include "reader/numbers.h"

namespace deskhand::reader {
namespace {

constexpr std::size_t kAnswersMax = 50;  // parts of one message; a page has 20 lines

bool ends_sentence(std::string_view mark) { return mark == "." || mark == "!"; }

// A row of verdicts that agree, with commas and "please" between them: "yes, send it please".
struct Run {
  Verdict verdict = Verdict::no;
  std::optional<Reading<When>> later;
  bool names_all = false;
  bool is_weak = false;  // no more than "ok"
  std::size_t end = 0;
};

// What a row has said so far, and whether that makes one verdict.
struct Tally {
  int yes = 0, no = 0, later = 0, done = 0, draft = 0;
  int strong = 0, weak = 0, praise = 0;
  bool thanks = false;

  void add(const VerdictAt& verdict) {
    if (verdict.verdict == Verdict::yes) ++yes;
    if (verdict.verdict == Verdict::no) ++no;
    if (verdict.verdict == Verdict::later) ++later;
    if (verdict.verdict == Verdict::done) ++done;
    if (verdict.verdict == Verdict::draft) ++draft;
    if (verdict.verdict != Verdict::yes) return;
    if (verdict.strength == Strength::strong) ++strong;
    if (verdict.strength == Strength::weak) ++weak;
    if (verdict.strength == Strength::praise) ++praise;
  }

  std::optional<Verdict> verdict() const {
    if (yes > 0 && no > 0) return std::nullopt;
    const int kinds = (later > 0 ? 1 : 0) + (done > 0 ? 1 : 0) + (draft > 0 ? 1 : 0);
    if (kinds > 1 || (no > 0 && (done > 0 || draft > 0))) return std::nullopt;
    // "No, not yet" turns down; a day named would put off.
    if (no > 0 && later > 0) return Verdict::no;
    if (later > 0) return Verdict::later;
    if (done > 0) return Verdict::done;
    if (draft > 0) return Verdict::draft;
    if (no > 0) return Verdict::no;
    // "ok thanks" and "ok great" end a conversation, "perfect" only praises.
    if (strong > 0 || (weak > 0 && !thanks && praise == 0)) return Verdict::yes;
    return std::nullopt;
  }
};

class AnswerParser {
 public:
  AnswerParser(const Tokens& tokens, const DateContext& context) : tokens_(tokens), context_(context) {}

  // See read_remarked_answer.
  std::optional<Answer> parse_remarked() const {
    for (std::size_t index = 0; index < tokens_.size(); ++index)
      if (tokens_.is(index, "?")) return std::nullopt;
    const auto run = read_run(0, tokens_.size());
    if (!run || run->later || run->names_all || run->is_weak || run->end >= tokens_.size()) return std::nullopt;
    std::size_t at = run->end;
    while (at < tokens_.size() && (tokens_.is(at, ",") || tokens_.is(at, "-") || ends_sentence(tokens_.word(at)))) ++at;
    const bool says_why = tokens_.is(at, "because") || tokens_.is(at, "since") || tokens_.is(at, "cause");
    if (at == run->end && !says_why) return std::nullopt;
    if (at >= tokens_.size() || !opens_remark(at, run->verdict)) return std::nullopt;
    Answer answer = answer_of(*run);
    answer.remark = to_utf8(trim(tokens_.words(at, tokens_.size())));
    answer.span = tokens_.span(0, tokens_.size());
    return answer;
  }

  std::vector<Answer> parse() const {
    if (auto amended = parse_amended()) return {*amended};
    for (std::size_t index = 0; index < tokens_.size(); ++index) {
      if (tokens_.is(index, "?")) return {};
    }
    const auto bare = read_run(0, tokens_.size());
    if (bare && skip_stops(bare->end) == tokens_.size()) {
      Answer answer = answer_of(*bare);
      answer.span = tokens_.span(0, tokens_.size());
      return {answer};
    }
    std::vector<Answer> answers;
    std::vector<Target> waiting;
    for (std::size_t begin = skip_breaks(0); begin < tokens_.size(); begin = skip_breaks(begin)) {
      const std::size_t end = segment_end(begin);
      const std::size_t before = answers.size();
      if (tokens_.is(end, ";") && names_only(begin, end, waiting)) {
        begin = end;
        continue;
      }
      if (!parse_segment(begin, end, answers) || answers.size() > kAnswersMax) return {};
      if (!waiting.empty()) {
        if (!tokens_.is_number(begin)) return {};
        std::vector<Target>& first = answers[before].targets;
        first.insert(first.begin(), waiting.begin(), waiting.end());
        waiting.clear();
      }
      begin = end;
    }
    return waiting.empty() && agree(answers) ? answers : std::vector<Answer>{};
  }

 private:
  // A clause about how things are. Behind a yes it must not take anything back or set a condition.
  bool opens_remark(std::size_t at, Verdict verdict) const {
    static const WordSet openers("he she they it hes shes theyre its that thats there theres because since cause");
    static const WordSet taking_back("not no never but wait until till unless if only first after before instead change except wrong later tomorrow yet already "
                                     "dont didnt hasnt havent isnt wasnt arent cant wont doesnt though without hold stop rather cancel");
    static const WordSet ours("we i ive weve were im");
    static const WordSet of_record("already havent didnt dont have had forgot never changed sent spoke talked called misread mixed meant thought cant wont wouldnt");
    const std::string_view word = tokens_.word(at);
    if (verdict == Verdict::no) return openers.has(word) || word == "not" || (ours.has(word) && of_record.has(tokens_.word(at + 1)));
    if (verdict != Verdict::yes || !openers.has(word)) return false;
    for (std::size_t index = at; index < tokens_.size(); ++index)
      if (taking_back.has(tokens_.word(index))) return false;
    return true;
  }

  // "change Tuesday to Thursday", "yes but make it shorter", "A-5: shorter please", "yes but not yet".
  std::optional<Answer> parse_amended() const {
    std::size_t at = 0;
    Answer answer;
    if (tokens_.is(at, "in") || tokens_.is(at, "on") || tokens_.is(at, "for")) ++at;
    if (tokens_.is(at, "edit") || tokens_.is(at, "revise")) ++at;
    const auto targets = read_targets(tokens_, at);
    if (targets) {
      answer.targets = targets->targets;
      answer.except = targets->except;
      at = skip_label_marks(targets->end);
    } else {
      at = 0;
    }
    bool is_trusted = targets.has_value();
    if (const auto run = read_run(at, tokens_.size()); run && run->end < tokens_.size()) {
      at = run->end;
      while (tokens_.is(at, ",") || tokens_.is(at, "-") || ends_sentence(tokens_.word(at))) ++at;
      const bool has_but =
          tokens_.is(at, "but") || tokens_.is(at, "except") || tokens_.is(at, "only") || tokens_.is(at, "though");
      if (has_but || tokens_.is(at, "and") || tokens_.is(at, "with")) at += tokens_.is(at, "with") ? 0 : 1;
      if (has_but) is_trusted = true;
      if (has_but && run->verdict == Verdict::yes) {
        if (auto put_off = parse_put_off(at, answer)) return put_off;
      }
    }
    return parse_instruction(at, is_trusted, std::move(answer));
  }

  // Behind "yes but": "not yet", "tomorrow", "wait until Friday".
  std::optional<Answer> parse_put_off(std::size_t at, Answer answer) const {
    answer.verdict = Verdict::later;
    answer.span = tokens_.span(0, tokens_.size());
    if (const auto run = read_run(at, tokens_.size());
        run && run->verdict == Verdict::later && skip_stops(run->end) == tokens_.size()) {
      answer.later = run->later;
      return answer;
    }
    const auto day = read_ahead(at);
    if (!day || day->is_impossible || !day->when.day || skip_stops(day->end) != tokens_.size()) return std::nullopt;
    answer.later = Reading<When>{day->when, tokens_.span(at, day->end), day->certainty};
    return answer;
  }

  std::optional<Answer> parse_instruction(std::size_t at, bool is_trusted, Answer answer) const {
    const std::size_t begin = skip_request(tokens_, at);
    if (!starts_edit(tokens_, begin, is_trusted)) return std::nullopt;
    std::size_t end = tokens_.size();
    while (end > begin && (tokens_.is(end - 1, "?") || ends_sentence(tokens_.word(end - 1)))) --end;
    for (std::size_t index = begin; index < end; ++index) {
      if (tokens_.is(index, "?")) return std::nullopt;  // it asks before it orders
    }
    answer.verdict = Verdict::edit;
    answer.instruction = to_utf8(trim(tokens_.words(begin, end)));
    answer.span = tokens_.span(0, tokens_.size());
    return answer;
  }

  // "2;3;4 done": numbers and nothing else before a semicolon are answered with the numbers behind it.
  bool names_only(std::size_t begin, std::size_t end, std::vector<Target>& waiting) const {
    const auto targets = tokens_.is_number(begin) ? read_targets(tokens_, begin) : std::nullopt;
    if (!targets || targets->end != end || !targets->except.empty() || waiting.size() > kAnswersMax) return false;
    waiting.insert(waiting.end(), targets->targets.begin(), targets->targets.end());
    return true;
  }

  // One segment: "1 and 3 yes, 2 later Friday" or "send 1, skip 2".
  bool parse_segment(std::size_t begin, std::size_t end, std::vector<Answer>& answers) const {
    const std::size_t before = answers.size();
    if (parse_targets_first(begin, end, answers)) return true;
    answers.resize(before);
    const bool opens_with_ok = tokens_.is(begin, "ok") || tokens_.is(begin, "okay") || tokens_.is(begin, "alright");
    if (opens_with_ok && parse_targets_first(tokens_.is(begin + 1, ",") ? begin + 2 : begin + 1, end, answers)) return true;
    answers.resize(before);
    if (parse_verdict_first(begin, end, answers)) return true;
    answers.resize(before);
    return false;
  }

  bool parse_targets_first(std::size_t begin, std::size_t end, std::vector<Answer>& answers) const {
    std::size_t at = begin;
    while (at < end) {
      const auto targets = read_targets(tokens_, at);
      if (!targets || targets->end >= end || answers.size() > kAnswersMax) return false;
      const std::size_t first = at;
      at = skip_label_marks(targets->end);
      if (tokens_.is(at, "is") || tokens_.is(at, "are") || tokens_.is(at, "as")) ++at;
      Answer answer;
      if (const auto run = read_run(at, end); run && !run->names_all) {
        if (run->is_weak && names_all(*targets)) return false;  // "all ok" may be about the weather
        answer = answer_of(*run);
        at = run->end;
      } else {
        auto edit = parse_instruction_within(at, end);
        if (!edit) return false;
        answer = *edit;
        at = end;
      }
      answer.targets = targets->targets;
      answer.except = targets->except;
      answer.span = tokens_.span(first, at);
      answers.push_back(std::move(answer));
      at = skip_joints(at, end);
    }
    return at == end;
  }

  std::optional<Answer> parse_instruction_within(std::size_t at, std::size_t end) const {
    const std::size_t begin = skip_request(tokens_, at);
    if (begin >= end || !starts_edit(tokens_, begin, true)) return std::nullopt;
    Answer answer;
    answer.verdict = Verdict::edit;
    answer.instruction = to_utf8(trim(tokens_.words(begin, end)));
    return answer;
  }

  bool parse_verdict_first(std::size_t begin, std::size_t end, std::vector<Answer>& answers) const {
    std::size_t at = begin;
    while (at < end && answers.size() <= kAnswersMax) {
      const std::size_t first = at;
      const bool is_marking = tokens_.is(at, "mark");
      if (is_marking) ++at;
      auto run = is_marking ? std::nullopt : read_run(at, end);
      if (!is_marking && !run) return false;
      if (run) at = run->end;
      const bool has_preposition = tokens_.is(at, "to") || tokens_.is(at, "for");
      if (tokens_.is(at, "to") || tokens_.is(at, "on") || tokens_.is(at, "for") || tokens_.is(at, ":") ||
          tokens_.is(at, ","))
        ++at;
      const auto targets = read_targets(tokens_, at);
      if (!targets || targets->end > end || is_number_word(at)) return false;
      if (run && run->is_weak && names_all(*targets) && !has_preposition) return false;
      at = targets->end;
      if (is_marking) {
        if (tokens_.is(at, "as")) ++at;
        run = read_run(at, end);
        if (!run || run->verdict != Verdict::done) return false;
        at = run->end;
      }
      Answer answer = answer_of(*run);
      if (answer.verdict == Verdict::later && !answer.later) at = add_day(at, answer);
      // "send 2 on Friday" puts off; a day that is left over means that something was not understood.
      bool thanks = false;
      while (const std::size_t next = at < end ? skip_filler(tokens_, at, thanks) : 0) at = next;
      answer.targets = targets->targets;
      answer.except = targets->except;
      answer.span = tokens_.span(first, at);
      answers.push_back(std::move(answer));
      at = skip_joints(at, end);
    }
    return at == end;
  }

  static bool names_all(const TargetsAt& targets) { return targets.targets.front().kind == Target::Kind::all; }

  // "no one", "yes two": words that only the front of a line makes a number of it.
  bool is_number_word(std::size_t at) const {
    return tokens_.is_word(at) && read_number_words(tokens_, at).has_value();
  }

  // "hold 2 until Friday".
  std::size_t add_day(std::size_t at, Answer& answer) const {
    const auto day = read_ahead(at);
    if (!day || day->is_impossible || !day->when.day) return at;
    answer.later = Reading<When>{day->when, tokens_.span(at, day->end), day->certainty};
    return day->end;
  }

  std::optional<DatePhrase> read_ahead(std::size_t at) const {
    DateContext ahead = context_;
    ahead.direction = Direction::future;
    return read_date_phrase(tokens_, ahead, at);
  }

  std::optional<Run> read_run(std::size_t begin, std::size_t limit) const {
    Run run;
    Tally tally;
    std::size_t at = begin;
    bool is_empty = true;
    while (at < limit) {
      if (const std::size_t next = skip_filler(tokens_, at, tally.thanks); next != 0 && next <= limit) {
        at = run.end = next;
        continue;
      }
      if (!is_empty && is_joint(at)) {
        if (!goes_on_behind(at, limit)) break;
        ++at;
        continue;
      }
      const auto verdict = read_verdict(tokens_, context_, at);
      if (!verdict) break;
      if (verdict->is_impossible || verdict->end > limit || (verdict->later && run.later)) return std::nullopt;
      if (verdict->later) run.later = verdict->later;
      run.names_all = run.names_all || verdict->names_all;
      tally.add(*verdict);
      at = run.end = verdict->end;
      is_empty = false;
    }
    const auto verdict = is_empty ? std::nullopt : tally.verdict();
    if (!verdict) return std::nullopt;
    run.verdict = *verdict;
    run.is_weak = *verdict == Verdict::yes && tally.strong == 0;
    return run;
  }

  bool is_joint(std::size_t at) const {
    const std::string_view mark = tokens_.word(at);
    return mark == "," || ends_sentence(mark) || mark == "-" || mark == "and" || mark == "&";
  }

  // The comma may lead on to another verdict ("yes, send it") or already to the next target ("1 yes, 2 no").
  bool goes_on_behind(std::size_t at, std::size_t limit) const {
    std::size_t next = at + 1;
    while (next < limit && is_joint(next)) ++next;
    if (next >= limit || read_targets(tokens_, next)) return false;
    bool thanks = false;
    return read_verdict(tokens_, context_, next).has_value() || skip_filler(tokens_, next, thanks) != 0;
  }

  static Answer answer_of(const Run& run) {
    Answer answer;
    answer.verdict = run.verdict;
    answer.later = run.later;
    if (run.names_all) answer.targets.push_back({Target::Kind::all, 0, {}});
    return answer;
  }

  // The mark behind a line's number: "2) ok", "2: ok", "2. ok", "2 - ok".
  std::size_t skip_label_marks(std::size_t at) const {
    const std::string_view mark = tokens_.word(at);
    const bool is_mark = mark == ":" || mark == ")" || mark == "-" || mark == "=" || mark == "," ||
                         (mark == "." && tokens_.is_glued(at));
    return is_mark ? at + 1 : at;
  }

  std::size_t skip_joints(std::size_t at, std::size_t end) const {
    while (at < end && (tokens_.is(at, ",") || tokens_.is(at, "and") || tokens_.is(at, "then") || tokens_.is(at, "&") ||
                        ends_sentence(tokens_.word(at))))
      ++at;
    return at;
  }

  std::size_t skip_stops(std::size_t at) const {
    while (at < tokens_.size() && ends_sentence(tokens_.word(at))) ++at;
    return at;
  }

  std::size_t skip_breaks(std::size_t at) const {
    while (at < tokens_.size() &&
           (tokens_.is(at, ";") || ends_sentence(tokens_.word(at)) || tokens_.is(at, "*") || tokens_.is(at, "\u2022")))
      ++at;
    return at;
  }

  // Semicolons, line ends and full stops part segments; the stop of "2. yes" does not.
  std::size_t segment_end(std::size_t begin) const {
    for (std::size_t at = begin; at < tokens_.size(); ++at) {
      if (at > begin && (tokens_.is(at, ";") || tokens_[at].line_start)) return at;
      const bool is_label = at == begin + 1 && tokens_.is_number(begin);
      if (ends_sentence(tokens_.word(at)) && !tokens_.is_glued(at + 1) && !is_label) return at;
    }
    return tokens_.size();
  }

  // No target has two verdicts, "all" stands alone and "the rest" does not.
  static bool agree(const std::vector<Answer>& answers) {
    bool has_all = false, has_rest = false;
    for (std::size_t left = 0; left < answers.size(); ++left) {
      if (answers[left].targets.empty()) return answers.size() == 1;
      for (const Target& target : answers[left].targets) {
        has_all = has_all || target.kind == Target::Kind::all;
        has_rest = has_rest || target.kind == Target::Kind::rest;
        for (std::size_t right = left + 1; right < answers.size(); ++right) {
          const auto& others = answers[right].targets;
          if (std::find(others.begin(), others.end(), target) != others.end()) return false;
        }
      }
    }
    return !(has_all && answers.size() > 1) && !(has_rest && answers.size() == 1);
  }

  const Tokens& tokens_;
  const DateContext& context_;
};

}  // namespace

std::optional<Answer> read_remarked_answer(std::string_view text, const DateContext& context) {
  const Tokens tokens(text);
  if (tokens.empty()) return std::nullopt;
  return AnswerParser(tokens, context).parse_remarked();
}

std::vector<Answer> read_answer(std::string_view text, const DateContext& context) {
  const Tokens tokens(text);
  if (tokens.empty()) return {};
  return AnswerParser(tokens, context).parse();
}

}  // namespace deskhand::reader
