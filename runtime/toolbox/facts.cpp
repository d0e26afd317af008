#include "toolbox/facts.h"

#include <algorithm>

#include "base/limits.h"

namespace deskhand::toolbox {
namespace {

constexpr std::int64_t kHourSeconds = 3600, kDaySeconds = 24 * kHourSeconds;

class Gatherer {
 public:
  Gatherer(Txn& txn, Instant now) : txn_(txn), now_(now) {}
  Done operator()(const ReadsRecords&) { return {}; }
  Done operator()(const ChangesRecord& effect) { return effect.creates ? look_up_rate() : Done{}; }
  Done operator()(const CreatesContact& effect) {
    if (auto done = look_up_matches(effect.points, {}); !done) return done;
    return look_up_rate();
  }
  Done operator()(const AddsContactPoints& effect) { return look_up_matches(effect.points, effect.contact); }
  Done operator()(const ChangesIdentityFromOutside&) { return {}; }
  Done operator()(const MovesState&) { return {}; }
  Done operator()(const MergesContacts&) { return {}; }
  Done operator()(const ArchivesContact&) { return {}; }
  Done operator()(const DraftsMessage& effect) {
    if (auto done = look_up_contact(effect.contact, nullptr); !done) return done;
    return look_up_rate();
  }
  Done operator()(const SendsMessage& effect) {
    if (auto done = look_up_contact(effect.contact, &effect.content); !done) return done;
    if (auto done = look_up_auto_send(effect); !done) return done;
    return look_up_rate();
  }
  Done operator()(const CreatesQuickBooksCustomer& effect) { return look_up_contact(effect.contact, nullptr); }
  Done operator()(const ChangesSetting&) { return {}; }
  Done operator()(const GrantsAutoSend&) { return {}; }
  Done operator()(const DecidesApproval&) { return {}; }
  Done operator()(const SettlesDelivery&) { return {}; }
  Done operator()(const Redacts&) { return {}; }
  Done operator()(const DeletesRecord&) { return {}; }

  Facts facts;

 private:
  Done look_up_matches(const std::vector<ContactPoint>& points, const ContactId& self);
  Done look_up_contact(const ContactId& id, const MessageContent* content);
  Done look_up_auto_send(const SendsMessage& effect);
  Done look_up_rate();

  Txn& txn_;
  Instant now_;
};

Done Gatherer::look_up_matches(const std::vector<ContactPoint>& points, const ContactId& self) {
  if (!facts.point_matches) facts.point_matches.emplace();
  for (const ContactPoint& point : points) {
    auto holders = txn_.contacts().find_by_point(point.kind, point.normal);
    if (!holders) return holders.error();
    for (const Contact& holder : *holders) {
      auto live = txn_.contacts().find_live(holder.id);
      if (!live) return live.error();
      if (live->id == self) continue;
      facts.point_matches->push_back({live->id, Ref{ref_prefix::kContact, live->head.ref_number}.text(), live->full_name(),
                                      point.kind, point.normal, live->archived});
    }
  }
  return {};
}

Done Gatherer::look_up_contact(const ContactId& id, const MessageContent* content) {
  ContactStanding standing;
  auto contact = txn_.contacts().find(id);
  if (!contact && contact.error().code != Code::not_found) return contact.error();
  if (contact) {
    standing.exists = true;
    standing.do_not_contact = contact->do_not_contact;
    standing.archived = contact->archived;
    standing.merged_away = !contact->root.empty();
    standing.in_quickbooks = !contact->quickbooks_customer_id.empty();
    if (standing.merged_away) {  // the mark of the survivor counts as well
      auto live = txn_.contacts().find_live(id);
      if (!live) return live.error();
      standing.do_not_contact = standing.do_not_contact || live->do_not_contact;
    }
    if (content != nullptr) {
      const PointKind kind = content->channel == MessageChannel::sms ? PointKind::phone : PointKind::email;
      standing.address_on_file = std::any_of(contact->points.begin(), contact->points.end(), [&](const ContactPoint& point) {
        return point.kind == kind && !point.retired && point.normal == content->to_address;
      });
    }
  }
  facts.contact = standing;
  return {};
}

Done Gatherer::look_up_auto_send(const SendsMessage& effect) {
  facts.auto_send.emplace();
  if (effect.template_stage.empty()) return {};  // free text is never covered by a standing grant
  auto grants = txn_.approvals().standing_grants(now_);
  if (!grants) return grants.error();
  for (const Grant& grant : *grants) {
    const bool fits = grant.template_stage == effect.template_stage && grant.channel == name_of(effect.content.channel);
    if (!fits || grant.uses >= grant.uses_max || grant.revoked_at || grant.expires_at <= now_) continue;
    facts.auto_send = AutoSendStanding{true, grant.id};
    return {};
  }
  return {};
}

Done Gatherer::look_up_rate() {
  if (facts.rate) return {};
  RateStanding standing;
  const Instant hour_ago = now_.plus_seconds(-kHourSeconds);
  auto creates = txn_.audit().count_actions("model:", {"create_contact", "create_lead", "create_company", "capture_inquiry",
                                                      "create_opportunity", "log_interaction", "set_reminder", "record_estimate",
                                                      "book_appointment"}, hour_ago);
  if (!creates) return creates.error();
  auto drafts = txn_.audit().count_actions("model:", {"draft_follow_up", "draft_message", "revise_draft"}, hour_ago);
  if (!drafts) return drafts.error();
  auto sends = txn_.outbox().count_sent_since(now_.plus_seconds(-kDaySeconds));
  if (!sends) return sends.error();
  auto pending = txn_.approvals().count_pending();
  if (!pending) return pending.error();
  standing.creates_last_hour = static_cast<int>(*creates);
  standing.drafts_last_hour = static_cast<int>(*drafts);
  standing.sends_last_day = static_cast<int>(*sends);
  standing.pending_approvals = static_cast<int>(*pending);
  facts.rate = standing;
  return {};
}

}  // namespace

Result<Facts> gather_facts(const std::vector<Effect>& effects, Txn& txn, Instant now) {
  Gatherer gatherer(txn, now);
  for (const Effect& effect : effects)
    if (auto done = std::visit(gatherer, effect); !done) return done.error();
  return std::move(gatherer.facts);
}

}  // namespace deskhand::toolbox
