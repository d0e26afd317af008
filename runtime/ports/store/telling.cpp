#include "ports/store/telling.h"

#include <algorithm>

#include "base/limits.h"

namespace deskhand {
namespace {

constexpr std::size_t kLookedThrough = 5'000;  // digests: those of about three years that nobody has read

bool lists_all_due(const Digest& digest) {
  return digest.behaviour == "morning_list" || digest.behaviour == "follow_up_reminder";
}

bool holds(const Digest& digest, const ListItem& item) {
  return std::any_of(digest.items.begin(), digest.items.end(),
                     [&](const ListItem& held) { return held.noun == item.noun && held.ref == item.ref; });
}

bool is_before(const Digest& left, const Digest& right) {
  return std::pair(left.day, left.made_at) < std::pair(right.day, right.made_at);
}

class Chooser {
 public:
  Chooser(std::size_t told_max, const std::function<bool(const Digest&, const ListItem&)>& is_settled)
      : told_max_(told_max), is_settled_(is_settled) {}

  // From the newest to the oldest, so that whatever supersedes a digest has been met.
  void take(Digest digest) {
    if (is_superseded(digest))
      telling_.superseded.push_back(std::move(digest));
    else if (telling_.told.size() < told_max_)
      telling_.told.push_back(std::move(digest));
  }

  Telling chosen() { return std::move(telling_); }

 private:
  bool is_superseded(const Digest& digest) const {
    const auto some = [&](const auto& condition) {
      return std::any_of(telling_.told.begin(), telling_.told.end(),
                         [&](const Digest& told) { return is_before(digest, told) && condition(told); });
    };
    const auto has_name = [&](const Digest& told) { return told.behaviour == digest.behaviour; };
    if (lists_all_due(digest))
      return some([&](const Digest& told) { return has_name(told) && (digest.items.empty() || !told.items.empty()); });
    if (digest.behaviour.starts_with("reminder "))
      return !digest.items.empty() && std::all_of(digest.items.begin(), digest.items.end(), [&](const ListItem& item) {
        return some([&](const Digest& told) { return lists_all_due(told) && holds(told, item); });
      });
    if (digest.behaviour != "stale_leads" || !some(has_name)) return false;
    return std::all_of(digest.items.begin(), digest.items.end(), [&](const ListItem& item) {
      return some([&](const Digest& told) { return has_name(told) && holds(told, item); }) || is_settled_(digest, item);
    });
  }

  const std::size_t told_max_;
  const std::function<bool(const Digest&, const ListItem&)>& is_settled_;
  Telling telling_;
};

// Touched since it was named, or not open any more.
bool is_settled(Txn& txn, const Digest& digest, const ListItem& item) {
  const auto ref = parse_ref(item.ref);
  if (item.noun != Noun::lead || !ref) return false;
  const Result<Lead> lead = txn.leads().find_by_ref(ref->number);
  if (!lead) return false;
  return is_closed(lead->state) ||
         (lead->last_activity_at && *lead->last_activity_at > digest.made_at);
}

}  // namespace

Telling choose_told(std::vector<Digest> waiting, Day today, const Zone& zone, std::size_t told_max,
                    const std::function<bool(const Digest&, const ListItem&)>& is_settled) {
  std::stable_sort(waiting.begin(), waiting.end(), [](const Digest& left, const Digest& right) {
    return std::tuple(left.made_at, left.day, left.behaviour) > std::tuple(right.made_at, right.day, right.behaviour);
  });
  Chooser chooser(told_max, is_settled);
  for (Digest& digest : waiting) chooser.take(std::move(digest));
  Telling telling = chooser.chosen();
  std::stable_sort(telling.told.begin(), telling.told.end(), [&](const Digest& left, const Digest& right) {
    const Day left_day = zone.day_of(left.made_at), right_day = zone.day_of(right.made_at);
    if (left_day != right_day) return left_day > right_day;
    return std::pair(left.made_at, std::string_view(left.behaviour)) <
           std::pair(right.made_at, std::string_view(right.behaviour));
  });
  Day headed = today;
  for (Digest& digest : telling.told) {
    const Day made = zone.day_of(digest.made_at);
    if (made == headed) continue;
    headed = made;
    digest.text.insert(0, "From " + to_short_text(made) + ":\n");
  }
  return telling;
}

Result<std::vector<Digest>> tell_waiting(Txn& txn, const UserId& user, std::string_view channel, Instant now) {
  Result<std::vector<Digest>> waiting = txn.schedule().undelivered(user, channel, kLookedThrough);
  if (!waiting) return waiting.error();
  if (waiting->empty()) return std::vector<Digest>{};
  const Result<Org> org = txn.org().get();
  if (!org) return org.error();
  const Result<Zone> zone = Zone::find(org->timezone);
  if (!zone) return zone.error();
  Telling telling =
      choose_told(std::move(*waiting), zone->day_of(now), *zone, limits::kDigestsAtOnce,
                  [&](const Digest& digest, const ListItem& item) { return is_settled(txn, digest, item); });
  for (const std::vector<Digest>* digests : {&telling.told, &telling.superseded})
    for (const Digest& digest : *digests)
      if (Done done = txn.schedule().mark_delivered(digest, channel, now); !done) return done.error();
  return std::move(telling.told);
}

}  // namespace deskhand
