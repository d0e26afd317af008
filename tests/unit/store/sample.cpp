#include "sample.h"

namespace deskhand::testing {

Sample::Sample() {
  reopen();
  org = must(opened.system->create_org(business("flores"), owner_named("dana")));
  must(write([&](Txn& txn) -> Done {
    owner = must(txn.org().find_user_by_login("dana"));
    fill(txn);
    return {};
  }));
}

void Sample::fill(Txn& txn) {
  Company company;
  company.name = "Ruiz Bakery";
  company = must(txn.contacts().insert(company));
  Contact ana = person("Ana", "Ruiz", {phone("+15125550142"), email("ana@ruiz.example")});
  ana.company = company.id;
  ana.tags = {"vip"};
  ana.custom = {{"x_boiler_model", "\"Vaillant\""}};
  contact = must(txn.contacts().insert(ana));
  Lead lead;
  lead.title = "Leaking shower";
  lead.contact = contact.id;
  lead.estimated_value = Money{240'000, "USD"};
  lead = must(txn.leads().insert(lead));
  Opportunity deal;
  deal.name = "Shower";
  deal.lead = lead.id;
  deal.contact = contact.id;
  deal = must(txn.opportunities().insert(deal));
  Estimate estimate;
  estimate.lead = lead.id;
  must(txn.opportunities().insert(estimate));
  Appointment visit;
  visit.contact = contact.id;
  must(txn.opportunities().insert(visit));
  Handoff handoff;
  handoff.lead = lead.id;
  must(txn.opportunities().insert(handoff));
  Interaction call;
  call.type = InteractionType::phone_call;
  call.lead = lead.id;
  call.at = clock.now();
  call.body = "It drips.";
  must(txn.interactions().insert(call));
  Reminder reminder;
  reminder.text = "order parts";
  must(txn.interactions().insert(reminder));
  Message draft;
  draft.contact = contact.id;
  draft.content.text = "Hi Ana";
  draft = must(txn.messages().insert(draft));
  Approval asked = card(ApprovalKind::send_message, "the very bytes", clock.now());
  asked.message = draft.id;
  asked = must(txn.approvals().insert(asked));
  asked = must(txn.approvals().decide(
      asked.id, {ApprovalStatus::approved, asked.fingerprint, owner.id, "terminal", "", clock.now()}));
  Grant grant;
  grant.approval = asked.id;
  grant.fingerprint = asked.fingerprint;
  grant.granted_by = owner.id;
  grant.granted_at = clock.now();
  grant.expires_at = clock.now().plus_seconds(3600);
  grant = must(txn.approvals().insert(grant));
  OutboxRow row;
  row.grant = grant.id;
  row.canonical = asked.canonical;
  row.fingerprint = asked.fingerprint;
  row.expires_at = clock.now().plus_seconds(3600);
  must(txn.outbox().insert(row));
  must(txn.org().set_setting("greeting", "Hi"));
  InboundRecord mail = must(txn.intake().keep("From: ana@ruiz.example\n\nIt drips.", "sample.eml")).record;
  mail.action = IntakeAction::log_on_existing_contact;
  mail.identity = mail.message_id = "sample@ruiz.example";
  mail.contact = contact.id;
  mail.attachments = {{"photo.jpg", "image/jpeg", sha256_hex("photo"), 5}};
  must(txn.intake().settle(mail));
  Job job;
  job.behaviour = "morning_list";
  job.day = *make_day(2026, 3, 2);
  job.worker = "sample";
  must(txn.schedule().claim(job, clock.now()));
  must(txn.schedule().set_paused("stale_leads", true, "dana", clock.now()));
  Digest digest;
  digest.behaviour = job.behaviour;
  digest.day = job.day;
  digest.user = owner.id;
  digest = must(txn.schedule().insert(digest));
  must(txn.schedule().mark_delivered(digest, "terminal", clock.now()));
  must(txn.schedule().set_naming({lead.id, job.day, job.day}));
  StageSetting stage;
  stage.state = CanonicalState::quoted;
  must(txn.nurture().put(stage));
  Enrolment enrolment;
  enrolment.lead = lead.id;
  enrolment.sequence = "Estimate follow-up";
  enrolment.enrolled_on = enrolment.next_step_on.emplace(job.day);
  enrolment = must(txn.nurture().insert(enrolment));
  NurtureEntry entry;
  entry.enrolment = enrolment.id;
  entry.lead = lead.id;
  entry.day = job.day;
  must(txn.nurture().append(entry));
  MailboxMark mark;
  mark.mailbox = "office@hill.example INBOX";
  mark.uid_validity = 11;
  mark.uid = 7;
  must(txn.intake().keep_mark(mark));
  const Conversation talk = must(txn.conversations().open("terminal", owner.id, clock.now()));
  deskhand::Run run;
  run.conversation = talk.id;
  run = must(txn.conversations().insert(run));
  must(txn.conversations().append({run.id, 1, StepKind::person_said, "{}", clock.now()}));
  must(txn.conversations().show(CardCopy{talk.id, asked.id, asked.fingerprint, 0, clock.now()}));
  must(txn.spending().insert(
      {"claude", "turn", talk.id, run.id, *make_day(2026, 3, 2), {1, 100, 0, 20, 600}, clock.now()}));
  must(txn.conversations().show(ListCopy{talk.id, 0, "which", {{1, Noun::contact, "C-1", "Ana"}}, clock.now()}));
}

}  // namespace deskhand::testing
