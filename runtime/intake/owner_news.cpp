#include "intake/owner_news.h"

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::intake {

Done tell_owners(Txn& txn, std::string_view about, std::string_view text, Instant now) {
  const auto org = txn.org().get();
  if (!org) return org.error();
  const auto zone = Zone::find(org->timezone);
  if (!zone) return zone.error();
  const auto users = txn.org().users();
  if (!users) return users.error();
  for (const User& user : *users) {
    if (!user.active || user.role != UserRole::owner) continue;
    Digest digest;
    digest.behaviour = std::string(about);
    digest.day = zone->day_of(now);
    digest.user = user.id;
    digest.text = shorten(printable(text), limits::kDigestBytes);
    digest.made_at = now;
    const auto stored = txn.schedule().insert(std::move(digest));
    if (!stored && stored.error().code != Code::conflict) return stored.error();  // conflict: told today
  }
  return {};
}

}  // namespace deskhand::intake
