#include "intake/mail_reader.h"

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/checked_answer.h"
#include "intake/mail_record.h"
#include "intake/plan.h"
#include "intake/reading_wish.h"
#include "intake/title.h"

namespace deskhand::intake {
namespace {

constexpr std::int64_t kTooOldSeconds = 24 * 3600;

// Everything about one mail that the code can read again: nothing of it is changed by the reading.
struct Mail {
  InboundRecord record;
  InboundMail parsed;
  OwnWords words;
  Customer customer;
  std::string body;  // of its interaction
  InteractionId interaction;
  bool has_summary = false;
};

bool is_new_inquiry(IntakeAction action) {
  return action == IntakeAction::new_contact_and_lead || action == IntakeAction::existing_contact_new_lead;
}

// What went wrong with a model and could go right later.
bool may_pass(Code code) { return code == Code::unavailable || code == Code::unknown_outcome; }

class Reading {
 public:
  struct Ports {
    Store& store;
    const toolbox::Toolbox& toolbox;
    const MailParser& parser;
    Quarantine& quarantine;
    const Clock& clock;
    const MailIntakeSettings& settings;
  };
  Reading(const Ports& ports, const OrgId& org, MailReading row, std::stop_token stop)
      : ports_(ports), org_(org), row_(std::move(row)), stop_(std::move(stop)) {}

  // nullopt: nothing to tell. `goes_on` is false when no further mail is worth trying now.
  Result<std::optional<ReadMail>> run(bool& goes_on) {
    if (auto done = load(); !done) return done.error();
    if (mail_.record.received_at.plus_seconds(kTooOldSeconds) < ports_.clock.now()) return leave("it came more than a day ago");
    if (auto done = extract(); !done) return put_off(done.error(), goes_on);
    if (auto done = summarise(); !done) return put_off(done.error(), goes_on);
    return finish(ReadingState::done);
  }

 private:
  // --- What is known ---------------------------------------------------------------------------------------------------

  Done load() {
    std::string raw;
    std::optional<OwnIdentity> own;
    const Done read = ports_.store.read(org_, [&](Txn& txn) -> Done {
      auto record = txn.intake().find(row_.mail);
      if (!record) return record.error();
      mail_.record = std::move(*record);
      auto bytes = txn.intake().raw(row_.mail);
      if (!bytes) return bytes.error();
      raw = std::move(*bytes);
      auto identity = own_identity(txn, ports_.settings.own_addresses);
      if (!identity) return identity.error();
      own = std::move(*identity);
      return load_interaction(txn);
    });
    if (!read) return read;
    own_ = std::move(own);
    auto parsed = ports_.parser.parse(raw);
    if (!parsed) return {};  // nothing to read; the words stay empty
    mail_.parsed = std::move(*parsed);
    if (auto rewritten = as_its_writer_sent_it(mail_.parsed, *own_)) mail_.parsed = std::move(*rewritten);
    Material material = material_of(mail_.parsed, *own_);
    material.kind = classify(mail_.parsed, material.form, *own_).kind;
    mail_.customer = read_customer(material);
    mail_.words = own_words(material, mail_.customer);
    return {};
  }

  Done load_interaction(Txn& txn) {
    const auto ref = parse_ref(mail_.record.interaction);
    if (!ref) return {};
    auto interaction = txn.interactions().find_by_ref(ref->number);
    if (!interaction) return interaction.error();
    mail_.interaction = interaction->id;
    mail_.body = interaction->body;
    mail_.has_summary = !interaction->summary.empty();
    return {};
  }

  // --- The two questions -----------------------------------------------------------------------------------------------

  QuarantinedQuestion question(ModelPurpose purpose, std::string words) const {
    QuarantinedQuestion asked;
    asked.purpose = purpose;
    asked.words = std::move(words);
    asked.about = mail_.record.label;
    asked.trigger = "email";
    return asked;
  }

  // The answer as it came, from the row when a process that died had it already. It is kept in the unit of work that
  // keeps what it cost.
  Result<Json> answer_to(const QuarantinedQuestion& asked, std::string MailReading::*kept) {
    if (!(row_.*kept).empty()) return parse_json(row_.*kept, limits::kQuarantinedAnswerBytes * 2);
    auto answer = ports_.quarantine.ask(org_, asked, stop_, [&](Txn& txn, const QuarantinedAnswer& given) -> Done {
      MailReading row = row_;
      row.*kept = to_text(*given.value);
      if (row.run.empty()) row.run = given.run;
      return txn.readings().update(row);
    });
    if (!answer) return answer.error();
    row_.*kept = to_text(*answer->value);
    if (row_.run.empty()) row_.run = answer->run;
    model_ = answer->model;
    return *answer->value;
  }

  Done extract() {
    const bool is_unplaced = mail_.record.action == IntakeAction::needs_reading && mail_.record.lead.empty();
    if (!is_unplaced && !is_new_inquiry(mail_.record.action)) return {};
    if (trim(mail_.words.text).empty() && trim(mail_.parsed.subject).empty()) return {};
    auto answer = answer_to(question(ModelPurpose::extract, words_to_read(mail_.parsed, mail_.words)), &MailReading::extraction);
    if (!answer) return answer.error();
    checked_ = check_answer(*answer, mail_.parsed, mail_.words, mail_.customer, *own_);
    return is_unplaced ? place() : fill_in();
  }

  // --- What is written -------------------------------------------------------------------------------------------------

  toolbox::CallResult call(const std::string& tool, const Json& arguments,
                           std::function<Done(Txn&, const toolbox::CallResult&)> in_same_unit = nullptr) const {
    toolbox::CallRequest request;
    request.org = org_;
    request.actor = mail_actor();
    request.tool = tool;
    request.arguments_text = to_text(arguments);
    request.origin = mail_.record.id;
    request.run = row_.run;
    request.procedure_version = ports_.settings.procedure_version;
    request.in_same_unit = std::move(in_same_unit);
    return ports_.toolbox.call(request);
  }

  // A mail that nobody could place, judged once more with what was copied out of it. It becomes an inquiry or waits on.
  Done place() {
    if (!checked_->wants_work) return {};
    Plan plan;
    const Done read = ports_.store.read(org_, [&](Txn& txn) -> Done {
      auto made = plan_mail(mail_.parsed, *own_, txn, &*checked_);
      if (!made) return made.error();
      plan = std::move(*made);
      return {};
    });
    if (!read) return read;
    if (!is_new_inquiry(plan.action) || !plan.main) return {};
    Json arguments = *plan.main->arguments;
    if (!checked_->title.empty() && is_poor_title(arguments.value("title", ""))) arguments["title"] = checked_->title.value;
    InboundRecord placed = mail_.record;
    const toolbox::CallResult result = call(plan.main->tool, arguments, [&](Txn& txn, const toolbox::CallResult& done) -> Done {
      if (!done.ok) return {};
      placed = mail_.record;
      placed.action = plan.action;
      placed.reason = plan.reason.empty() ? "a model read a request in it" : plan.reason;
      placed.is_inquiry = plan.is_inquiry;
      placed.extraction = plan.extraction;
      if (Done filled = read_result(done, txn, placed); !filled) return filled;
      placed.notices = {done.text + (done.offer.empty() ? "" : " " + done.offer)};
      placed.notices.insert(placed.notices.end(), plan.notices.begin(), plan.notices.end());
      if (Done settled = txn.intake().settle_read(placed); !settled) return settled;
      mail_.has_summary = false;
      return {};
    });
    if (is_storage_trouble(result)) return make_error(result.code, result.error, result.error_detail);
    if (!result.ok) return {};  // refused by a guard, or another process was faster: it waits for a person as before
    mail_.record = placed;
    lines_ = placed.notices;
    return ports_.store.read(org_, [&](Txn& txn) { return load_interaction(txn); });
  }

  // What an inquiry on the record lacks. A contact that was on file before this mail is left as it is.
  Done fill_in() {
    Json lead{{"lead", ""}}, contact{{"contact", ""}};
    const Done read = ports_.store.read(org_, [&](Txn& txn) -> Done {
      if (mail_.record.lead.empty()) return {};
      auto stored = txn.leads().find(mail_.record.lead);
      if (!stored) return stored.error();
      lead["lead"] = Ref{ref_prefix::kLead, stored->head.ref_number}.text();
      const bool is_untouched = stored->origin == mail_.record.id && stored->head.version == 1;  // nobody has worded it since
      if (!checked_->title.empty() && is_untouched && is_poor_title(stored->title)) lead["title"] = checked_->title.value;
      if (!checked_->urgency.empty() && !stored->urgent) lead["urgent"] = true;
      if (mail_.record.action != IntakeAction::new_contact_and_lead || mail_.record.contact.empty()) return {};
      auto person = txn.contacts().find_live(mail_.record.contact);
      if (!person) return person.error();
      contact["contact"] = Ref{ref_prefix::kContact, person->head.ref_number}.text();
      if (!checked_->name.empty() && person->first_name.empty() && person->last_name.empty()) contact["name"] = checked_->name.value;
      if (!checked_->address.empty() && person->address.empty()) contact["address"] = checked_->address.value;
      if (checked_->phone && person->phone().empty()) contact["add_phone"] = checked_->phone->phone.e164;
      if (checked_->email && person->email().empty()) contact["add_email"] = checked_->email->email.as_typed;
      return {};
    });
    if (!read) return read;
    if (Done done = write("update_contact", contact); !done) return done;
    return write("update_lead", lead);
  }

  Done write(const std::string& tool, const Json& arguments) {
    if (arguments.size() < 2) return {};
    const toolbox::CallResult result = call(tool, arguments);
    if (is_storage_trouble(result)) return make_error(result.code, result.error, result.error_detail);
    lines_.push_back(result.ok ? result.text : tool + " was not done: " + result.error);
    note_parked(result, lines_);
    return {};
  }

  Done summarise() {
    if (mail_.interaction.empty() || mail_.has_summary) return {};
    if (mail_.body.size() < limits::kSummarisedBytes) return write_summary(first_sentences(mail_.body), "");
    auto answer = answer_to(question(ModelPurpose::summarise, mail_.body), &MailReading::summary);
    if (!answer) return answer.error();
    const std::string summary = shorten(squeeze(printable_line(answer->value("summary", ""))), limits::kSummaryBytes);
    return summary.empty() ? write_summary(first_sentences(mail_.body), "") : write_summary(summary, model_of_summary());
  }

  std::string model_of_summary() const { return model_.empty() ? "a model" : model_; }

  Done write_summary(const std::string& summary, const std::string& by) {
    if (summary.empty()) return {};
    Json arguments{{"interaction", mail_.record.interaction}, {"summary", summary}};
    if (!by.empty()) arguments["by"] = by;
    const toolbox::CallResult result = call("summarise_interaction", arguments);
    if (is_storage_trouble(result)) return make_error(result.code, result.error, result.error_detail);
    mail_.has_summary = result.ok;
    return {};
  }

  // --- The end of it ---------------------------------------------------------------------------------------------------

  // The model failed: what the rules made stands. Tried again later where that may help, else the rules sum up.
  Result<std::optional<ReadMail>> put_off(const Error& failure, bool& goes_on) {
    if (failure.code == Code::cancelled) {
      goes_on = false;
      return std::optional<ReadMail>();
    }
    if (failure.code == Code::conflict) return std::optional<ReadMail>();  // another process has read it
    if (failure.code == Code::corrupt) return failure;
    goes_on = !may_pass(failure.code);
    row_.failure = failure.message;
    ++row_.attempts;
    if (!may_pass(failure.code) || row_.attempts >= limits::kReadingAttempts) return leave(failure.message);
    std::int64_t wait = limits::kReadingRetrySeconds;
    for (int attempt = 1; attempt < row_.attempts; ++attempt) wait *= 4;
    row_.due_at = ports_.clock.now().plus_seconds(wait);
    const Done kept = ports_.store.write(org_, [&](Txn& txn) { return txn.readings().update(row_); });
    if (!kept && kept.error().code != Code::conflict) return kept.error();
    return std::optional<ReadMail>();
  }

  Result<std::optional<ReadMail>> leave(const std::string& why) {
    row_.failure = why;
    if (!mail_.interaction.empty() && !mail_.has_summary)
      if (Done done = write_summary(first_sentences(mail_.body), ""); !done) return done.error();
    return finish(ReadingState::left);
  }

  Result<std::optional<ReadMail>> finish(ReadingState state) {
    row_.state = state;
    if (checked_) row_.outcome = to_text(to_json(*checked_));
    ReadMail read;
    const Done done = ports_.store.write(org_, [&](Txn& txn) -> Done {
      if (Done ended = txn.readings().update(row_); !ended) return ended;
      if (Done noted = note_in_run(txn); !noted) return noted;
      read.outcome = outcome_of(mail_.record);
      return intake::summarise(mail_.record, txn, read.outcome);
    });
    if (!done && done.error().code == Code::conflict) return std::optional<ReadMail>();
    if (!done) return done.error();
    read.lines = lines_;
    if (lines_.empty()) return std::optional<ReadMail>();
    return std::optional<ReadMail>(std::move(read));
  }

  // What was made up is flagged where the answer stands.
  Done note_in_run(Txn& txn) const {
    if (!checked_ || row_.run.empty()) return {};
    auto steps = txn.conversations().steps_of(row_.run);
    if (!steps) return steps.error();
    std::string text = "read";
    for (const DroppedValue& one : checked_->dropped)
      text += "; dropped " + one.field + (one.value.empty() ? "" : " \"" + one.value + "\"") + ": " + one.why;
    const int next = steps->empty() ? 1 : steps->back().number + 1;
    return txn.conversations().append(
        {row_.run, next, StepKind::noted, to_text(Json{{"v", kRunForm}, {"read", text}}), ports_.clock.now()});
  }

  const Ports ports_;
  const OrgId& org_;
  MailReading row_;
  const std::stop_token stop_;
  std::optional<OwnIdentity> own_;
  Mail mail_;
  std::optional<CheckedAnswer> checked_;
  std::string model_;
  std::vector<std::string> lines_;
};

}  // namespace

MailReader::MailReader(Store& store, const toolbox::Toolbox& toolbox, const MailParser& parser, Quarantine& quarantine,
                       const Clock& clock, MailIntakeSettings settings)
    : store_(store), toolbox_(toolbox), parser_(parser), quarantine_(quarantine), clock_(clock), settings_(std::move(settings)) {}

Result<std::vector<ReadMail>> MailReader::read_waiting(const OrgId& org, std::stop_token stop) const {
  std::vector<MailReading> rows;
  const Done read = store_.read(org, [&](Txn& txn) -> Done {
    auto due = txn.readings().due(clock_.now(), limits::kReadingsAtOnce);
    if (!due) return due.error();
    rows = std::move(*due);
    return {};
  });
  if (!read) return read.error();
  std::vector<ReadMail> mails;
  bool goes_on = true;
  for (MailReading& row : rows) {
    if (!goes_on || stop.stop_requested()) break;
    Reading reading({store_, toolbox_, parser_, quarantine_, clock_, settings_}, org, std::move(row), stop);
    auto done = reading.run(goes_on);
    if (!done) return done.error();
    if (*done) mails.push_back(std::move(**done));
  }
  return mails;
}

}  // namespace deskhand::intake
