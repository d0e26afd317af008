#include "intake/mail_intake.h"

#include <utility>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "intake/owner_news.h"
#include "intake/mail_record.h"
#include "intake/plan.h"
#include "intake/reading_wish.h"
#include "intake/standing.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kMailLabelBytes = 500;

void describe(const InboundMail& mail, InboundRecord& record) {
  record.message_id = mail.message_id;
  record.content_key = content_key(mail);
  record.sender = mail.from.empty() ? "" : mail.from.front().email.folded;
  const std::string reply = mail.reply_to.empty() ? "" : mail.reply_to.front().email.folded;
  record.reply_address = reply == record.sender ? "" : reply;
  record.subject = mail.subject;
  record.sent_at = mail.date;
  for (const MailAttachment& each : mail.attachments) record.attachments.push_back({each.file_name, each.media_type, each.sha256, each.bytes});
}

}  // namespace

MailIntake::MailIntake(Store& store, const toolbox::Toolbox& toolbox, const MailParser& parser, MailIntakeSettings settings)
    : store_(store), toolbox_(toolbox), parser_(parser), settings_(std::move(settings)) {}

Result<MailOutcome> MailIntake::take(const OrgId& org, std::string_view raw, std::string_view label, Telling telling) const {
  if (trim(raw.substr(0, limits::kMailHeaderBytes)).empty()) return make_error(Code::invalid_argument, "This mail is empty.");
  if (raw.size() > limits::kMailBytes)
    return make_error(Code::limit_exceeded, "This mail is larger than " + std::to_string(limits::kMailBytes / 1024 / 1024) + " MB; it was not taken in.");
  const std::string shown(prefix_utf8(to_utf8(label), kMailLabelBytes));
  IntakeStore::Kept kept;
  const Done stored = store_.write(org, [&](Txn& txn) -> Done {
    auto result = txn.intake().keep(raw, shown);
    if (!result) return result.error();
    kept = std::move(*result);
    return {};
  });
  if (!stored) return stored.error();
  if (kept.is_new || !kept.record.settled_at) return settle(org, std::move(kept.record), raw, telling);
  MailOutcome outcome = outcome_of(kept.record);
  outcome.file = shown;
  outcome.action = IntakeAction::duplicate;
  outcome.is_inquiry = false;
  outcome.interaction.clear();
  outcome.notices.clear();
  outcome.reason = "these very bytes are here already";
  const Done read = store_.read(org, [&](Txn& txn) { return summarise(kept.record, txn, outcome); });
  if (!read) return read.error();
  return outcome;
}

Result<std::vector<MailOutcome>> MailIntake::resume(const OrgId& org, Telling telling) const {
  std::vector<InboundRecord> waiting;
  Done read = store_.read(org, [&](Txn& txn) -> Done {
    auto found = txn.intake().unsettled(limits::kPageRowsMax);
    if (!found) return found.error();
    waiting = std::move(*found);
    return {};
  });
  if (!read) return read.error();
  std::vector<MailOutcome> outcomes;
  for (InboundRecord& record : waiting) {
    std::string raw;
    read = store_.read(org, [&](Txn& txn) -> Done {
      auto bytes = txn.intake().raw(record.id);
      if (!bytes) return bytes.error();
      raw = std::move(*bytes);
      return {};
    });
    if (!read) return read.error();
    auto outcome = settle(org, std::move(record), raw, telling);
    if (!outcome) return outcome.error();
    outcomes.push_back(std::move(*outcome));
  }
  return outcomes;
}

namespace {

// One try to settle one mail. It is made of steps so that each can say what it needs; nothing of it outlives take().
class Settling {
 public:
  Settling(Store& store, const toolbox::Toolbox& toolbox, const MailIntakeSettings& settings, const OrgId& org, InboundRecord record, Telling telling)
      : store_(store), toolbox_(toolbox), settings_(settings), org_(org), record_(std::move(record)), telling_(telling) {}

  Result<MailOutcome> run(const MailParser& parser, std::string_view raw) {
    const Result<InboundMail> parsed = parser.parse(raw);
    if (!parsed) return finish_unread(parsed.error().message);
    describe(*parsed, record_);
    if (const Done kept = keep_attachments(parser, raw); !kept) return kept.error();
    auto plan = think(*parsed);
    if (!plan) return plan.error();
    record_.answers_from(*plan);
    for (const PlannedCall& call : plan->before) {
      const toolbox::CallResult result = ask(call, nullptr);
      if (is_storage_trouble(result)) return make_error(result.code, result.error, result.error_detail);
      if (!result.ok) plan->notices.push_back(call.tool + " was not done: " + result.error);
      note_parked(result, plan->notices);
    }
    return plan->main ? settle_with(*plan) : settle_alone(*plan);
  }

 private:
  // The files of the mail are committed before the mail is settled: what is listed on the record can be had. Those that are here
  // already, and those of a copy of a mail, cost a look-up.
  Done keep_attachments(const MailParser& parser, std::string_view raw) const {
    if (record_.attachments.empty()) return {};
    bool all_held = true;
    const Done looked = store_.read(org_, [&](Txn& txn) -> Done {
      for (const Attachment& each : record_.attachments) {
        const auto held = txn.attachments().holds(each.sha256);
        if (!held) return held.error();
        all_held = all_held && *held;
      }
      return {};
    });
    if (!looked || all_held) return looked;
    return store_.write(org_, [&](Txn& txn) -> Done {
      return parser.attachments(raw, [&](std::string_view content) -> Done {
        const auto kept = txn.attachments().keep(content);
        // What is too large stays inside the raw mail.
        return kept || kept.error().code == Code::limit_exceeded ? Done{} : Done(kept.error());
      });
    });
  }

  struct Record : InboundRecord {
    explicit Record(InboundRecord record) : InboundRecord(std::move(record)) {}
    void answers_from(const Plan& plan) {
      action = plan.action;
      kind = plan.kind;
      reason = plan.reason;
      is_inquiry = plan.is_inquiry;
      in_reply_to = plan.answers;
      extraction = plan.extraction;
      contact = plan.contact;
      lead = plan.lead;
      // A duplicate leaves the identity to the mail it repeats.
      identity = plan.action == IntakeAction::duplicate ? "" : !message_id.empty() ? message_id + (sent_at ? " " + to_rfc3339(*sent_at) : "") : content_key;
    }
  };

  toolbox::CallResult ask(const PlannedCall& call, std::function<Done(Txn&, const toolbox::CallResult&)> in_same_unit) const {
    toolbox::CallRequest request;
    request.org = org_;
    request.actor = mail_actor();
    request.tool = call.tool;
    request.arguments_text = to_text(*call.arguments);
    request.origin = record_.id;
    request.procedure_version = settings_.procedure_version;
    request.in_same_unit = std::move(in_same_unit);
    return toolbox_.call(request);
  }

  Result<Plan> think(const InboundMail& mail) {
    Plan plan;
    const Done read = store_.read(org_, [&](Txn& txn) -> Done {
      auto earlier = find_duplicate(mail, record_.content_key, record_.id, txn);
      if (!earlier) return earlier.error();
      if (*earlier) {
        plan = duplicate_plan(**earlier);
        return {};
      }
      auto own = own_identity(txn, settings_.own_addresses);
      if (!own) return own.error();
      auto made = plan_mail(mail, *own, txn);
      if (!made) return made.error();
      plan = std::move(*made);
      return {};
    });
    if (!read) return read.error();
    if (!settings_.is_read_later) summarise_by_rule(plan);
    return plan;
  }

  static Plan duplicate_plan(const InboundRecord& earlier) {
    Plan plan;
    plan.action = IntakeAction::duplicate;
    plan.kind = earlier.kind;
    plan.reason = "the same mail is here already";
    plan.contact = earlier.contact;
    plan.lead = earlier.lead;
    return plan;
  }

  Done wish_reading(const InboundRecord& record, Txn& txn) const {
    return settings_.is_read_later ? intake::wish_reading(record, txn) : Done{};
  }

  // The record and the mark that the mail is dealt with commit together, or neither does.
  Result<MailOutcome> settle_with(Plan& plan) {
    MailOutcome outcome;
    Error refused;
    bool settled_by_another = false;
    const toolbox::CallResult result = ask(*plan.main, [&](Txn& txn, const toolbox::CallResult& done) -> Done {
      if (!done.ok) {
        refused = make_error(done.code, done.error, done.error_detail);
        return {};
      }
      Record record = record_;
      if (Done read = read_result(done, txn, record); !read) return read;
      record.notices.clear();
      if (plan.action == IntakeAction::new_contact_and_lead || plan.action == IntakeAction::existing_contact_new_lead || plan.action == IntakeAction::needs_reading)
        record.notices.push_back(done.text + (done.offer.empty() ? "" : " " + done.offer));
      record.notices.insert(record.notices.end(), plan.notices.begin(), plan.notices.end());
      if (Done settled = txn.intake().settle(record); !settled) {
        settled_by_another = settled.error().code == Code::conflict;
        return settled;
      }
      if (Done told = tell(record, txn); !told) return told;
      if (Done wished = wish_reading(record, txn); !wished) return wished;
      outcome = outcome_of(record);
      return summarise(record, txn, outcome);
    });
    if (settled_by_another) return settled_elsewhere();
    if (is_storage_trouble(result)) return make_error(result.code, result.error, result.error_detail);
    if (!refused.message.empty()) return finish_unread("it could not be put on the record (" + refused.message + ")");
    if (!result.ok) return finish_unread("it could not be put on the record (" + result.error + ")");
    outcome.flags = std::move(plan.flags);
    outcome.bounced = std::move(plan.bounced);
    return outcome;
  }

  Result<MailOutcome> settle_alone(Plan& plan) {
    MailOutcome outcome;
    bool settled_by_another = false;
    record_.notices = plan.notices;
    const Done done = store_.write(org_, [&](Txn& txn) -> Done {
      if (Done settled = txn.intake().settle(record_); !settled) {
        settled_by_another = settled.error().code == Code::conflict;
        return settled;
      }
      if (Done told = tell(record_, txn); !told) return told;
      if (Done wished = wish_reading(record_, txn); !wished) return wished;
      outcome = outcome_of(record_);
      return summarise(record_, txn, outcome);
    });
    if (settled_by_another) return settled_elsewhere();
    if (!done) return done.error();
    outcome.flags = std::move(plan.flags);
    outcome.bounced = std::move(plan.bounced);
    return outcome;
  }

  Done tell(const InboundRecord& record, Txn& txn) const {
    if (telling_ == Telling::caller || record.notices.empty() || record.action == IntakeAction::duplicate) return {};
    return tell_owners(txn, "mail " + record.id, join(record.notices, "\n"), record.received_at);
  }

  // Another process was faster with this mail or with a copy of it.
  Result<MailOutcome> settled_elsewhere() {
    MailOutcome outcome;
    const Done done = store_.write(org_, [&](Txn& txn) -> Done {
      auto now = txn.intake().find(record_.id);
      if (!now) return now.error();
      if (!now->settled_at) {
        record_.action = IntakeAction::duplicate;
        record_.reason = "the same mail is here already";
        record_.identity.clear();
        record_.is_inquiry = false;
        record_.notices.clear();
        if (Done settled = txn.intake().settle(record_); !settled) return settled;
        now = record_;
      }
      outcome = outcome_of(*now);
      outcome.action = IntakeAction::duplicate;
      outcome.is_inquiry = false;
      return summarise(*now, txn, outcome);
    });
    if (!done) return done.error();
    return outcome;
  }

  Result<MailOutcome> finish_unread(std::string_view why) {
    Plan plan;
    plan.kind = record_.kind.empty() ? "unreadable" : record_.kind;
    plan.reason = std::string(why);
    while (plan.reason.ends_with('.')) plan.reason.pop_back();
    plan.extraction = record_.extraction;
    plan.notices.push_back("A mail" + (record_.sender.empty() ? std::string() : " from " + record_.sender) +
                           (record_.subject.empty() ? std::string() : " \"" + shorten(printable_line(record_.subject), 100) + "\"") +
                           " waits for you to read it: " + plan.reason + ".");
    record_.answers_from(plan);
    if (record_.identity.empty()) record_.identity = record_.raw_sha256;
    return settle_alone(plan);
  }

  Store& store_;
  const toolbox::Toolbox& toolbox_;
  const MailIntakeSettings& settings_;
  const OrgId& org_;
  Record record_;
  const Telling telling_;
};

}  // namespace

Result<MailOutcome> MailIntake::settle(const OrgId& org, InboundRecord record, std::string_view raw, Telling telling) const {
  return Settling(store_, toolbox_, settings_, org, std::move(record), telling).run(parser_, raw);
}

}  // namespace deskhand::intake
