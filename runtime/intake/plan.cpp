#include "intake/plan.h"

#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "base/json.h"
#include "base/text.h"
#include "intake/letter_marks.h"
#include "intake/look_alike.h"
#include "intake/person_details.h"
#include "intake/plan_calls.h"
#include "intake/title.h"
#include "reader/tokenizer.h"

namespace deskhand::intake {
namespace {

constexpr int kOverlapWords = 1;  // words of a job that two texts share before they are about one matter

std::string sender_address(const InboundMail& mail) {
  return mail.from.empty() ? std::string() : mail.from.front().email.folded;
}

std::string shown_sender(const InboundMail& mail) {
  if (mail.from.empty()) return "somebody without an address";
  const MailAddress& from = mail.from.front();
  const std::string name = shorten(printable_line(from.name), 80);
  if (name.empty()) return from.email.folded.empty() ? "somebody without an address" : from.email.folded;
  return from.email.folded.empty() ? name : name + " <" + from.email.folded + ">";
}

std::string quoted_subject(const InboundMail& mail) {
  return mail.subject.empty() ? "" : " \"" + shorten(printable_line(mail.subject), 100) + "\"";
}

// The words of a text that name a job, folded to their beginning so that "leaks" and "leaking" meet.
std::set<std::string> matter_of(std::string_view text) {
  constexpr std::size_t kStemBytes = 5;
  static const std::set<std::string_view> general{
      "estim", "quote", "quoti", "prici", "servi", "appoi", "repai", "insta", "repla", "work",  "job",   "jobs", "fix",
      "fixed", "fixin", "consu", "inspe", "emerg", "clean", "check", "treat", "desig", "proje", "diagn", "maint"};
  std::set<std::string> words;
  const reader::Tokens tokens(prefix_utf8(text, 4 * 1024));
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!tokens[at].is_word() || !is_work_word(tokens.word(at))) continue;
    const std::string stem(tokens.word(at).substr(0, kStemBytes));
    if (!general.contains(stem)) words.insert(stem);
  }
  return words;
}

int shared_words(const std::set<std::string>& left, const std::set<std::string>& right) {
  return static_cast<int>(
      std::count_if(left.begin(), left.end(), [&](const std::string& word) { return right.contains(word); }));
}

class Planner {
 public:
  Planner(const InboundMail& mail, const OwnIdentity& own, Txn& txn, const CheckedAnswer* answer)
      : mail_(mail), own_(own), txn_(txn), answer_(answer) {}

  Result<Plan> plan() {
    Material material = material_of(mail_, own_);
    const Classification found = classify(mail_, material.form, own_);
    material.kind = found.kind;
    plan_.kind = name_of(found.kind);
    plan_.reason = found.reason;
    if (found.kind == MailKind::bounce) return plan_bounce();
    auto notice = txn_.intake().is_notice_of_ours(mail_.message_id);
    if (!notice) return notice.error();
    if (*notice || mail_.has_header(to_lower(kNoticeHeader))) return ignore("it is a notice that Deskhand sent to one of yours");
    if (found.may_pass_on_an_inquiry) return needs_reading("a program wrote it and it may pass on what somebody wants");
    if (is_machine(found.kind)) return ignore();
    auto copy = txn_.intake().message_of_ours(mail_.message_id);
    if (!copy) return copy.error();
    if (*copy)
      if (Done proven = prove_delivery(**copy, "seen in the Sent mailbox"); !proven) return proven.error();
    if (*copy)
      return ignore("it is a copy of " + Ref{ref_prefix::kMessage, (*copy)->head.ref_number}.text() +
                    ", which left here");
    customer_ = read_customer(material);
    if (answer_ != nullptr) complete(customer_, *answer_);
    const bool is_own_sender = own_.is_address(sender_address(mail_));
    // What one of ours passes on to ours is a customer's mail; what they pass on to others is theirs.
    const bool is_passed_on = customer_.writer == Writer::forwarded && is_to_ours();
    if (is_own_sender && found.kind == MailKind::person && !is_passed_on) return plan_own_mail(material);
    if (is_unreadable(material)) return plan_unreadable();
    intent_ = read_intent(bare_subject(customer_.subject.empty() ? mail_.subject : customer_.subject),
                          customer_.service + "\n" + customer_.words);
    if (answer_ != nullptr && answer_->wants_work && (intent_.wish == Wish::unclear || intent_.wish == Wish::talk)) {
      intent_.wish = Wish::work;
      intent_.reason = "a model read a request in it";
    }
    const bool follows_thread = found.kind == MailKind::person && customer_.writer == Writer::sender;
    auto standing = look_up(mail_, customer_, follows_thread, own_, txn_);
    if (!standing) return standing.error();
    standing_ = std::move(*standing);
    if (standing_.thread && standing_.thread->is_ours) {
      auto answered = txn_.intake().message_of_ours(standing_.answers);
      if (!answered) return answered.error();
      if (*answered)
        if (Done proven = prove_delivery(**answered, "answered by its reader"); !proven) return proven.error();
    }
    plan_.answers = standing_.answers;
    plan_.extraction = extraction_text(customer_, brief_title(customer_), intent_);
    if (found.kind == MailKind::person) note_flags();
    return found.kind == MailKind::lead_notice || customer_.writer == Writer::forwarded ? plan_notice(material)
                                                                                        : plan_letter();
  }

 private:
  Result<Plan> ignore(std::string reason = {}) {
    plan_.action = IntakeAction::ignore;
    if (!reason.empty()) plan_.reason = std::move(reason);
    return std::move(plan_);
  }

  Result<Plan> needs_reading(std::string reason) {
    plan_.action = IntakeAction::needs_reading;
    plan_.reason = std::move(reason);
    plan_.notices.push_back("A mail from " + shown_sender(mail_) + quoted_subject(mail_) +
                            " waits for you to read it: " + plan_.reason + ".");
    return std::move(plan_);
  }

  // Our Message-IDs are known only to those a message reached: whoever shows one proves that it left.
  Done prove_delivery(const Message& message, const std::string& proof) {
    auto rows = txn_.outbox().of_message(message.id);
    if (!rows) return rows.error();
    for (const OutboxRow& row : *rows)
      if (row.state == OutboxState::delivery_unknown)
        plan_.before.push_back(proof_call(Ref{ref_prefix::kOutbox, row.head.ref_number}.text(), proof));
    return {};
  }

  // --- What needs no reading -----------------------------------------------------------------------------------------

  Result<Plan> plan_bounce() {
    plan_.action = IntakeAction::ignore;
    auto message = txn_.intake().message_of_ours(bounced_message_id(mail_));
    if (!message) return message.error();
    if (!*message) return std::move(plan_);
    auto rows = txn_.outbox().of_message((*message)->id);
    if (!rows) return rows.error();
    for (const OutboxRow& row : *rows) {
      if (row.state != OutboxState::sent && row.state != OutboxState::delivery_unknown) continue;
      std::string why = mail_.report ? mail_.report->diagnostic : "";
      if (why.empty() && mail_.report) why = mail_.report->status;
      plan_.before.push_back(
          bounce_call(Ref{ref_prefix::kOutbox, row.head.ref_number}.text(), why.empty() ? mail_.subject : why));
      plan_.bounced = bounced_message_id(mail_);
      plan_.notices.push_back("Your message " + Ref{ref_prefix::kMessage, (*message)->head.ref_number}.text() + " to " +
                              (*message)->content.to_address + " came back" +
                              (why.empty() ? "" : ": " + shorten(printable_line(why), 160)) +
                              ". Is there another way to reach them?");
      break;
    }
    return std::move(plan_);
  }

  // From one of our own addresses: the owner's answer from another mail program, or a note. Never an order.
  Result<Plan> plan_own_mail(const Material& material) {
    plan_.kind = "own_mail";
    for (const std::vector<MailAddress>* list : {&mail_.to, &mail_.cc})
      for (const MailAddress& to : *list) {
        if (to.email.folded.empty() || own_.is_address(to.email.folded)) continue;
        auto contact = contact_of_address(to.email.folded, txn_);
        if (!contact) return contact.error();
        if (!*contact) continue;
        return log_outbound(**contact, material);
      }
    const bool is_to_others = !mail_.to.empty() && !is_to_ours();
    // To an address that is not on file, in a thread that is: the customer's other address.
    for (const std::string& id : thread_ids()) {
      if (!is_to_others || is_forward_subject(mail_.subject)) break;
      auto point = txn_.intake().thread_of(id);
      if (!point) return point.error();
      if (!*point || (*point)->contact.empty()) continue;
      auto contact = txn_.contacts().find_live((*point)->contact);
      if (!contact) return contact.error();
      return log_outbound(*contact, material);
    }
    if (is_to_others) return ignore("one of yours wrote it, to somebody who is not on file");
    // Notes about somebody are the owner's to say in the chat; they are shown again so that nobody is forgotten.
    const std::string_view said = material.letter.fresh;
    if (!own_phones(said, "", own_, true).empty() || !own_emails(said, own_, true).empty())
      return needs_reading("one of yours tells of somebody; a mail gives no orders here, say it in the chat");
    return ignore("it comes from one of your own addresses; a mail gives no orders here");
  }

  bool is_to_ours() const {
    return std::any_of(mail_.to.begin(), mail_.to.end(), [&](const MailAddress& to) { return own_.is_address(to.email.folded); });
  }

  // The mails this one answers, nearest first.
  std::vector<std::string> thread_ids() const {
    std::vector<std::string> ids = mail_.in_reply_to;
    ids.insert(ids.end(), mail_.references.rbegin(), mail_.references.rend());
    return ids;
  }

  Result<Plan> log_outbound(const Contact& contact, const Material& material) {
    auto leads = open_leads_of(contact.id, txn_);
    if (!leads) return leads.error();
    const Lead* lead = nullptr;
    for (const std::string& id : thread_ids()) {
      auto point = txn_.intake().thread_of(id);
      if (!point) return point.error();
      if (!*point) continue;
      for (const Lead& each : *leads)
        if (each.id == (*point)->lead) lead = &each;
      if (lead != nullptr) break;
    }
    if (lead == nullptr && !leads->empty()) lead = &best_lead(*leads, mail_.subject + "\n" + material.letter.words);
    plan_.main = log_call(&contact, lead, mail_.subject, material.letter.words, std::nullopt, true);
    plan_.action = lead == nullptr ? IntakeAction::log_on_existing_contact : IntakeAction::log_on_existing_lead;
    plan_.reason = "one of yours wrote it from another mail program";
    return std::move(plan_);
  }

  bool is_unreadable(const Material& material) const {
    if (mail_.is_encrypted && trim(customer_.words).empty()) return true;
    const bool has_words = !trim(customer_.words).empty() || !customer_.service.empty() ||
                           !bare_subject(mail_.subject).empty() || !customer_.phones.empty();
    const bool is_lost = trim(mail_.text).empty() && !mail_.problems.empty() && trim(material.letter.words).empty();
    return !has_words || is_lost;
  }

  Result<Plan> plan_unreadable() {
    std::string why = mail_.problems.empty() ? "it has no text that can be read" : join(mail_.problems, "; ");
    if (mail_.problems.empty() && !mail_.attachments.empty())
      why = "it has no text, only " + count_of(mail_.attachments.size(), "attachment", "attachments");
    return needs_reading(why);
  }

  // --- Signs of somebody pretending ----------------------------------------------------------------------------------

  void note_flags() {
    const std::string sender = sender_address(mail_);
    for (const MailAddress& reply : mail_.reply_to) {
      const std::string& address = reply.email.folded;
      if (address.empty() || sender.empty() || address == sender || own_.is_address(address)) continue;
      if (domain_of(address) == domain_of(sender) && !is_public_mail_domain(domain_of(address))) continue;
      plan_.flags.push_back("reply_to_differs");
      plan_.notices.push_back("Careful: answers to this mail would go to " + address + ", not to " + sender + ".");
      break;
    }
    for (const std::string& domain : own_.domains()) {
      if (!looks_like(domain_of(sender), domain)) continue;
      plan_.flags.push_back("look_alike_address");
      plan_.notices.push_back("Careful: " + sender + " looks like an address of yours and is none.");
    }
    if (standing_.resembles) {
      plan_.flags.push_back("look_alike_address");
      plan_.notices.push_back("Careful: " + sender + " looks like the address of " + standing_.resembles->full_name() +
                              " (" + Ref{ref_prefix::kContact, standing_.resembles->head.ref_number}.text() +
                              ") and is another one.");
    }
    if (standing_.contact && !sender.empty() && !holds(*standing_.contact, sender))
      plan_.flags.push_back("address_not_on_file");
  }

  static bool holds(const Contact& contact, const std::string& email) {
    return std::any_of(contact.points.begin(), contact.points.end(), [&](const ContactPoint& point) {
      return point.kind == PointKind::email && !point.retired && point.normal == email;
    });
  }

  // --- Forms, marketplaces, forwarded mails --------------------------------------------------------------------------

  LeadSource source_of_notice(std::string& words) const {
    if (customer_.writer == Writer::forwarded) return LeadSource::email;
    static const RE2 ad(
        R"((?i)\b(?:lead ?ad|instant form|google ads|facebook|instagram|meta|adwords|gclid|ad campaign|lead form extension)\b)");
    static const RE2 voice(
        R"((?i)\b(?:voice ?mail|voice message|missed call|text message|sms|answering service|call summary|phone call|caller)\b)");
    const std::string start = mail_.subject + "\n" + std::string(prefix_utf8(mail_.text, 2000));
    const std::string from = mail_.from.empty() ? "" : mail_.from.front().name + " " + sender_address(mail_);
    if (matches(mail_.subject, voice)) return LeadSource::phone_call;
    if (matches(from + " " + mail_.subject, ad)) return LeadSource::ad;
    if (words.empty() && customer_.heard_from.empty() && !mail_.from.empty() && !own_.is_address(sender_address(mail_)))
      words = shorten(printable_line(mail_.from.front().name), 80);
    return LeadSource::web_form;
  }

  Result<Plan> plan_notice(const Material& material) {
    if (intent_.wish == Wish::sell || intent_.wish == Wish::apply) return leave_unless_a_customer();
    const bool names_nobody = customer_.name.empty() && customer_.phones.empty() && customer_.emails.empty();
    if (names_nobody) return needs_reading("it tells of an inquiry, but not whose it is");
    if (customer_.writer == Writer::forwarded && intent_.wish != Wish::work && !is_most_likely_a_request()) {
      if (!standing_.contact)
        return intent_.wish == Wish::supply ? ignore(intent_.reason)
                                            : needs_reading("what the forwarded mail wants could not be read");
      return log_on_record();
    }
    plan_.is_inquiry = true;
    if (standing_.contact && !standing_.open_leads.empty() && is_same_matter(best_lead_index())) {
      plan_.is_inquiry = false;
      return log_on_record();
    }
    std::string words;
    const LeadSource source = source_of_notice(words);
    (void)material;
    return new_lead(source, words);
  }

  // --- Letters -------------------------------------------------------------------------------------------------------

  Result<Plan> plan_letter() {
    if (intent_.may_want_to_stop) return needs_reading(intent_.reason);
    if (!standing_.contact && standing_.holders.size() > 1) return plan_shared_address();
    if (standing_.contact) return plan_known();
    switch (intent_.wish) {
      case Wish::sell:
      case Wish::apply:
      case Wish::supply:
        return leave_unless_a_customer();
      case Wish::stop:
        return ignore("its writer does not want to be written to and is not on file");
      case Wish::work:
        if (customer_.emails.empty() && customer_.phones.empty()) return needs_reading("it leaves no way to answer");
        plan_.is_inquiry = true;
        return new_lead(LeadSource::email, "");
      case Wish::talk:
      case Wish::unclear:
        break;
    }
    if (is_most_likely_a_request()) {
      plan_.is_inquiry = true;
      return new_lead(LeadSource::email, "");
    }
    return needs_reading(intent_.reason);
  }

  Result<Plan> leave_unless_a_customer() {
    if (!intent_.may_be_a_customer) return ignore(intent_.reason);
    return needs_reading(intent_.reason + ", or asks what a customer asks");
  }

  // A stranger who names a job and how to reach them, with nothing that speaks against it: few words, but a customer's.
  bool is_most_likely_a_request() const {
    constexpr int kEnoughSigns = 3;
    if (intent_.other_signs > 1 || intent_.request_signs == 0 || standing_.thread || intent_.is_unread) return false;
    const int details =
        (customer_.phones.empty() ? 0 : 1) + (customer_.address.empty() ? 0 : 1) + (intent_.asks_a_question ? 1 : 0);
    return intent_.request_signs + details - intent_.other_signs >= kEnoughSigns &&
           !(customer_.emails.empty() && customer_.phones.empty());
  }

  // One address that several people share by the owner's own decision: the lead is kept, and whose it is gets asked.
  Result<Plan> plan_shared_address() {
    if (intent_.wish != Wish::work) return needs_reading("its address belongs to several people on file");
    plan_.is_inquiry = true;
    plan_.main = capture_call(customer_, intent_, LeadSource::email, "", nullptr, true);
    plan_.action = IntakeAction::needs_reading;
    plan_.reason = "its address belongs to several people on file";
    return std::move(plan_);
  }

  Result<Plan> plan_known() {
    const Contact& contact = *standing_.contact;
    if (intent_.wish == Wish::stop) {
      plan_.before.push_back(do_not_contact_call(contact, customer_.words.empty() ? mail_.subject : customer_.words));
      plan_.flags.push_back("do_not_contact");
      plan_.notices.push_back(contact.full_name() +
                              " asked not to be written to any more; nothing will be drafted or sent to them.");
      return log_on_record();
    }
    const bool asks = intent_.wish == Wish::work;
    const bool is_about_what_is_known =
        (intent_.changes_a_date || intent_.is_about_work_done) && !intent_.is_new_matter;
    if (!asks || is_about_what_is_known) return log_on_record();
    if (standing_.open_leads.empty()) {
      // An answer to a message of ours after the work was closed may be only an answer.
      const bool only_talks = standing_.thread && intent_.request_signs < 3 && !intent_.is_new_matter;
      if (only_talks && !standing_.thread->lead.empty()) return log_on_record();
      plan_.is_inquiry = true;
      return new_lead(LeadSource::email, "");
    }
    const std::size_t best = best_lead_index();
    const bool same = is_same_matter(best);
    const bool is_answer = standing_.thread && !standing_.thread->lead.empty();
    const bool is_new = is_answer ? intent_.is_new_matter && !same
                                  : (intent_.is_new_matter && !same) ||
                                        (!same && !matter_of(mail_.subject + "\n" + customer_.words).empty() &&
                                         !is_reply_subject(mail_.subject));
    if (!is_new) return log_on_record();
    plan_.is_inquiry = true;
    return new_lead(LeadSource::email, "");
  }

  std::size_t best_lead_index() const {
    const Lead& lead =
        best_lead(standing_.open_leads, mail_.subject + "\n" + customer_.service + "\n" + customer_.words);
    return static_cast<std::size_t>(&lead - standing_.open_leads.data());
  }

  // The lead whose words the mail shares most; of equals the newest.
  static const Lead& best_lead(const std::vector<Lead>& leads, const std::string& text) {
    const std::set<std::string> matter = matter_of(text);
    std::size_t best = 0;
    int best_shared = -1;
    for (std::size_t at = 0; at < leads.size(); ++at) {
      const int shared = shared_words(matter, matter_of(leads[at].title + "\n" + leads[at].description));
      if (shared <= best_shared) continue;
      best = at;
      best_shared = shared;
    }
    return leads[best];
  }

  bool is_same_matter(std::size_t index) const {
    const Lead& lead = standing_.open_leads[index];
    const std::set<std::string> matter = matter_of(mail_.subject + "\n" + customer_.service + "\n" + customer_.words);
    return shared_words(matter, matter_of(lead.title + "\n" + lead.description)) >= kOverlapWords;
  }

  // --- What is written -----------------------------------------------------------------------------------------------

  Result<Plan> new_lead(LeadSource source, const std::string& source_words) {
    const Contact* const contact = standing_.contact ? &*standing_.contact : nullptr;
    const bool is_shared = contact == nullptr && standing_.holders.size() > 1;
    plan_.action = contact != nullptr ? IntakeAction::existing_contact_new_lead : IntakeAction::new_contact_and_lead;
    if (is_shared) {
      plan_.action = IntakeAction::needs_reading;
      plan_.reason = "what they gave belongs to several people on file";
    }
    if (contact != nullptr) propose_changes(*contact);
    plan_.main = capture_call(customer_, intent_, source, source_words, contact, is_shared);
    return std::move(plan_);
  }

  Result<Plan> log_on_record() {
    const Contact& contact = *standing_.contact;
    const Lead* lead = nullptr;
    if (standing_.thread && !standing_.thread->lead.empty())
      for (const Lead& each : standing_.open_leads)
        if (each.id == standing_.thread->lead) lead = &each;
    if (lead == nullptr && !standing_.open_leads.empty()) lead = &standing_.open_leads[best_lead_index()];
    plan_.action = lead == nullptr ? IntakeAction::log_on_existing_contact : IntakeAction::log_on_existing_lead;
    plan_.main = log_call(&contact, lead, mail_.subject, customer_.words, intent_.outcome, false);
    propose_changes(contact);
    return std::move(plan_);
  }

  // What the mail gives that is not on the record is told; it is proposed where the writer says that it changed, or
  // where nothing of its kind is on file. From an address that only resembles one on file nothing is proposed.
  void propose_changes(const Contact& contact) {
    const std::vector<std::string> news = news_about(contact, customer_, own_.region());
    const bool is_suspicious =
        std::find(plan_.flags.begin(), plan_.flags.end(), "look_alike_address") != plan_.flags.end();
    static const RE2 change(
        R"((?i)\b(?:new|changed|different|updated?|current|moved|neue[rs]?|nuev[oa])\b[^.!?\n]{0,40}\b(?:number|phone|cell|mobile|e-?mail|address|house|place|nummer|adresse|n[uú]mero|direcci[oó]n|correo)\b|\b(?:number|phone|cell|e-?mail|address)\b[^.!?\n]{0,30}\b(?:changed|is now|has changed)\b|\bwe(?:'ve| have)? moved\b)");
    const bool says_so = matches(customer_.words, change);
    if (!is_suspicious)
      if (auto proposal = proposal_call(contact, customer_, says_so)) plan_.before.push_back(std::move(*proposal));
    if (!news.empty() && plan_.action != IntakeAction::existing_contact_new_lead)
      plan_.notices.push_back(contact.full_name() + " gave " + join(news, ", ") + ", which is not on their record.");
  }

  const InboundMail& mail_;
  const OwnIdentity& own_;
  Txn& txn_;
  const CheckedAnswer* const answer_;
  Plan plan_;
  Customer customer_;
  Intent intent_;
  Standing standing_;
};

}  // namespace

// One of ours who writes has no stranger in Reply-To.
std::optional<InboundMail> as_its_writer_sent_it(const InboundMail& mail, const OwnIdentity& own) {
  if (!own.is_address(sender_address(mail)) || mail.reply_to.empty()) return std::nullopt;
  const MailAddress& reply = mail.reply_to.front();
  if (reply.email.folded.empty() || own.is_address(reply.email.folded) || is_unattended_address(reply.email.folded))
    return std::nullopt;
  InboundMail rewritten = mail;
  const std::string shown = person_of_display_name(mail.from.front().name);
  rewritten.from = {reply};
  if (reply.name.empty() && !shown.empty() && !own.is_name(shown)) rewritten.from.front().name = shown;
  rewritten.reply_to.clear();
  return rewritten;
}

Result<Plan> plan_mail(const InboundMail& mail, const OwnIdentity& own, Txn& txn, const CheckedAnswer* answer) {
  const std::optional<InboundMail> rewritten = as_its_writer_sent_it(mail, own);
  return Planner(rewritten ? *rewritten : mail, own, txn, answer).plan();
}

}  // namespace deskhand::intake
