// From the words of one message to the frames of what it wants, with the candidates that were weighed.
//
// Thread rule: an Interpreter belongs to one request and one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "model/embedded/arguments.h"
#include "model/embedded/candidates.h"
#include "model/embedded/frame.h"
#include "model/embedded/segments.h"
#include "ports/model.h"

namespace deskhand::embedded {

// One message taken apart. It keeps the utterance alive that frames are filled from.
struct Heard {
  std::unique_ptr<Utterance> utterance;
  std::unique_ptr<Candidates> candidates;
  std::vector<Segment> segments;
  std::vector<Frame> frames;                 // one for each segment that a request was found for
  std::vector<Frame> doubtful;               // two frames that one segment may mean, too near to each other to choose
  std::optional<Candidate> nearest;          // when nothing was understood: the best of what was refused
};

class Interpreter {
 public:
  // Adds the phrases of the active procedures and of the owner's own fields to the book's.
  Interpreter(const PhraseBook& book, const ModelRequest& request);

  Heard hear(std::string text, const Scene& scene) const;
  // The frames a question such as "Want me to open a lead for them?" offers.
  std::vector<Frame> read_offer(std::string_view offer, const Scene& scene) const;
  const PhraseBook& book() const { return book_; }
  const ModelRequest& request() const { return request_; }
  // What was weighed, for `chat --explain`.
  static std::string explain(const Heard& heard);
  const KnownRequest* procedure_request(const RequestKind& kind) const;

 private:
  void add_procedure_phrases();
  void add_custom_fields();
  bool is_offered(const RequestKind& kind) const { return kind.tool.empty() || find_tool(request_, kind.tool) != nullptr; }
  void choose(Heard& heard, const Scene& scene) const;
  void repeat_for_others(Heard& heard, const Segment& segment, const Scene& scene) const;
  static void find_antecedents(Heard& heard);
  static void join_twins(Heard& heard);
  static void drop_yielding(Heard& heard);
  static void find_subject(Frame& frame, const Utterance& utterance, std::size_t begin);
  static std::vector<Reference> named_before(const Utterance& utterance, std::size_t limit, bool is_person, std::optional<Noun> noun);
  static std::vector<Reference> named_before(const Utterance& utterance, std::size_t limit, bool is_person, std::optional<Noun> noun, double quality_min);
  static std::vector<Reference> titled_before(const Utterance& utterance, std::size_t limit);

  const PhraseBook& book_;
  const ModelRequest& request_;
  Vocabulary vocabulary_;
  std::vector<Saying> more_;
};

}  // namespace deskhand::embedded
