#include "agent/quarantine.h"

#include "agent/run_log.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"

namespace deskhand::agent {
namespace {

ModelMessage said(std::string text, bool from_outside) {
  ModelMessage message;
  message.text = std::move(text);
  message.from_outside = from_outside;
  return message;
}

// Models put a fence of code around JSON whatever they are told.
std::string_view without_fence(std::string_view text) {
  text = trim(text);
  if (!text.starts_with("```") || !text.ends_with("```") || text.size() < 6) return text;
  text = text.substr(3, text.size() - 6);
  if (text.starts_with("json")) text.remove_prefix(4);
  return trim(text);
}

}  // namespace

Result<QuarantinedWork> read_quarantined_work(std::string prompt, std::string_view form_text) {
  auto document = parse_json(form_text, limits::kSchemaBytes);
  if (!document) return document.error();
  const bool is_closed = document->is_object() && document->value("type", "") == "object" &&
                         !document->value("additionalProperties", true);
  if (!is_closed) return make_error(Code::invalid_argument, "The form of a model's answers must be a closed object.");
  schema::LoadOptions options;
  options.refuse_unknown = true;
  auto form = schema::Schema::load(std::move(*document), options);
  if (!form) return form.error();
  return QuarantinedWork{std::move(prompt), std::move(*form)};
}

Result<Json> read_quarantined_answer(std::string_view text, const schema::Schema& form) {
  auto value = parse_json(without_fence(text), limits::kQuarantinedAnswerBytes);
  if (!value) return make_error(Code::invalid_argument, "The answer is no JSON.", value.error().message);
  const std::vector<schema::Violation> violations = form.check(*value);
  if (!violations.empty())
    return make_error(Code::invalid_argument, "The answer has not the form that was asked for.",
                      schema::explain(violations));
  return value;
}

ModelQuarantine::ModelQuarantine(Store& store, Model& model, const Clock& clock, QuarantineRules rules)
    : store_(store), model_(model), clock_(clock), rules_(std::move(rules)) {}

bool ModelQuarantine::takes(ModelPurpose purpose) const {
  return rules_.works.contains(purpose) && model_.takes(purpose);
}

Result<QuarantinedAnswer> ModelQuarantine::ask(const OrgId& org, const QuarantinedQuestion& question,
                                               std::stop_token stop, const Keep& keep) {
  const auto work = rules_.works.find(question.purpose);
  if (work == rules_.works.end() || !model_.takes(question.purpose))
    return make_error(Code::unavailable, "No model takes such work.");
  Day today;
  auto request = request_for(org, question, today);
  if (!request) return request.error();
  const auto asked = clock_.steady();
  WastedAnswers wasted;
  wasted.watch(*request);
  auto reply = model_.complete(*request, asked + std::chrono::seconds(limits::kQuarantinedSeconds), stop);
  const ModelSpend about{"", std::string(name_of(question.purpose)), question.conversation, question.run, today, {}, clock_.now()};
  if (auto done = wasted.keep(store_, org, about); !done) return done.error();
  if (!reply) return reply.error();
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - asked);
  auto value = reply->calls.empty()
                   ? read_quarantined_answer(reply->text, work->second.form)
                   : make_error(Code::invalid_argument, "The answer proposes calls; nobody offered any.");
  QuarantinedAnswer answer;
  answer.model = reply->model;
  const std::string prompt = request->system + to_text(work->second.form.document());
  QuarantinedLog log{std::string(name_of(question.purpose)), question.about,
                     sha256_hex(prompt).substr(0, kPromptHash), took.count(), value ? "" : value.error().message};
  reply->text = shorten(to_utf8(reply->text), limits::kQuarantinedAnswerBytes);
  answer.step = quarantined_answered(*reply, log);
  if (value) answer.value = std::make_shared<const Json>(std::move(*value));
  // A bad answer was paid for as well: it is kept, and only then refused.
  if (auto done = keep_answer(org, question, *reply, today, answer, value ? keep : Keep()); !done) return done.error();
  if (!value) return value.error();
  return answer;
}

Result<ModelRequest> ModelQuarantine::request_for(const OrgId& org, const QuarantinedQuestion& question,
                                                  Day& today) const {
  const QuarantinedWork& work = rules_.works.at(question.purpose);
  ModelRequest request;
  request.purpose = question.purpose;
  request.system = work.prompt;
  request.answer_form = std::make_shared<const Json>(work.form.document());
  request.max_output_tokens = limits::kQuarantinedTokens;
  if (question.frame.size() > limits::kQuarantinedFrameBytes)
    return make_error(Code::invalid_argument, "There is too much beside the words that are to be read.");
  if (!question.frame.empty()) request.messages.push_back(said(question.frame, false));
  request.messages.push_back(said(std::string(prefix_utf8(question.words, limits::kQuarantinedWordsBytes)), true));
  const Done done = store_.read(org, [&](Txn& txn) -> Done {
    auto found = txn.org().get();
    if (!found) return found.error();
    auto zone = Zone::find(found->timezone);
    if (!zone) return zone.error();
    request.now = zone->to_local(clock_.now());
    request.zone = found->timezone;
    today = request.now.day;
    auto spent = txn.spending().standing(question.run, question.conversation, today);
    if (!spent) return spent.error();
    set_limits(rules_.caps, *spent, request);
    return {};
  });
  if (!done) return done.error();
  return request;
}

Done ModelQuarantine::keep_answer(const OrgId& org, const QuarantinedQuestion& question, const ModelReply& reply,
                                  Day today, QuarantinedAnswer& answer, const Keep& keep) const {
  const Instant now = clock_.now();
  return store_.write(org, [&](Txn& txn) -> Done {
    answer.run = question.run;
    if (question.run.empty()) {
      Run run;
      run.state = answer.value ? RunState::done : RunState::failed;
      run.trigger = question.trigger;
      run.procedure_version = rules_.procedure_version;
      run.model = reply.model;
      run.started_at = now;
      run.ended_at = now;
      auto begun = txn.conversations().insert(std::move(run));
      if (!begun) return begun.error();
      answer.run = begun->id;
      if (auto done = txn.conversations().append({begun->id, 1, StepKind::noted, answer.step, now}); !done) return done;
    }
    const SpendSum sum{1, reply.usage.input_tokens, reply.usage.cached_tokens, reply.usage.output_tokens,
                       reply.usage.cost_micros};
    if (sum.tokens() > 0 || sum.cost_micros > 0)
      if (auto done = txn.spending().insert({reply.model, std::string(name_of(question.purpose)), question.conversation,
                                             answer.run, today, sum, now});
          !done)
        return done;
    return keep ? keep(txn, answer) : Done{};
  });
}

}  // namespace deskhand::agent
