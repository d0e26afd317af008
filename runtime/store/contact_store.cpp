#include "store/contact_store.h"

#include <algorithm>
#include <map>

#include "base/limits.h"
#include "base/text.h"
#include "store/search_texts.h"
#include "store/text_search.h"

namespace deskhand::store {
namespace {

constexpr std::int64_t kMergesInARow = 32;  // A into B into C ...; nobody merges deeper, a circle would
constexpr std::int64_t kPointRows = 1'000;  // of one person with all retired ones

constexpr std::string_view kContactColumns =
    "id, ref_number, version, created_at, updated_at, first_name, last_name, company_id, address, preferred_channel, "
    "lifecycle, "
    "tags, services_interested, notes, source, quickbooks_customer_id, do_not_contact, do_not_contact_reason, "
    "archived, root_id, "
    "next_follow_up, last_contacted_at, last_activity_at, became_customer_at, custom";

Result<Contact> read_contact(const Row& row) {
  ColumnReader in(row);
  Contact contact;
  contact.id = in.id<ContactId>();
  contact.head = in.head();
  contact.first_name = in.text();
  contact.last_name = in.text();
  contact.company = in.id<CompanyId>();
  contact.address = in.text();
  contact.preferred_channel = in.name_or(parse_preferred_channel, PreferredChannel::none);
  contact.lifecycle = in.name(parse_lifecycle);
  contact.tags = in.list();
  contact.services_interested = in.list();
  contact.notes = in.text();
  contact.source = in.text();
  contact.quickbooks_customer_id = in.text();
  contact.do_not_contact = in.flag();
  contact.do_not_contact_reason = in.text();
  contact.archived = in.flag();
  contact.root = in.id<ContactId>();
  contact.next_follow_up = in.maybe_day();
  contact.last_contacted_at = in.maybe_instant();
  contact.last_activity_at = in.maybe_instant();
  contact.became_customer_at = in.maybe_instant();
  contact.custom = in.custom();
  return in.finish(std::move(contact));
}

// last_contacted_at and last_activity_at are not here: they only ever move on, see update().
Fields contact_fields(const Contact& contact) {
  return {{"first_name", contact.first_name},
          {"last_name", contact.last_name},
          {"name_folded", fold_name(contact.full_name())},
          {"company_id", id(contact.company)},
          {"address", contact.address},
          {"preferred_channel", text(name_of(contact.preferred_channel))},
          {"lifecycle", text(name_of(contact.lifecycle))},
          {"tags", to_column(contact.tags)},
          {"services_interested", to_column(contact.services_interested)},
          {"notes", contact.notes},
          {"source", contact.source},
          {"quickbooks_customer_id", contact.quickbooks_customer_id},
          {"do_not_contact", flag(contact.do_not_contact)},
          {"do_not_contact_reason", contact.do_not_contact_reason},
          {"archived", flag(contact.archived)},
          {"root_id", id(contact.root)},
          {"next_follow_up", day(contact.next_follow_up)},
          {"became_customer_at", instant(contact.became_customer_at)},
          {"custom", to_column(contact.custom)}};
}

constexpr std::string_view kPointColumns =
    "contact_id, id, kind, normal, as_typed, position, origin, separate_id, retired";

struct HeldPoint {
  std::string contact_id;
  ContactPoint point;
};

Result<HeldPoint> read_point(const Row& row) {
  ColumnReader in(row);
  HeldPoint held;
  held.contact_id = in.text();
  held.point.id = in.id<ContactPointId>();
  held.point.kind = in.name(parse_point_kind);
  held.point.normal = in.text();
  held.point.as_typed = in.text();
  held.point.position = static_cast<int>(in.number());
  held.point.origin = in.text();
  held.point.separate = in.id<ApprovalId>();
  held.point.retired = in.flag();
  return in.finish(std::move(held));
}

Result<ContactId> read_id(const Row& row) { return ContactId(std::string(row.bytes(0))); }

Error taken(const ContactPoint& point, std::string_view ref) {
  return make_error(Code::conflict, std::string(ref) + " already holds " + point.normal +
                                        "; merge the two, or ask to keep them separate.");
}

const RecordTable& contacts() { return record_table("contacts"); }
const RecordTable& points() { return record_table("contact_points"); }

}  // namespace

Result<ContactId> survivor_of(Session& session, const ContactId& id) {
  Result<std::optional<ContactId>> survivor = session.maybe(
      "WITH RECURSIVE chain (id, root_id, depth) AS (SELECT id, root_id, 0 FROM contacts WHERE org_id = $1 AND id = $2 "
      "UNION ALL SELECT c.id, c.root_id, chain.depth + 1 FROM contacts c JOIN chain ON c.org_id = $1 AND c.id = "
      "chain.root_id "
      "WHERE chain.depth < $3) SELECT id FROM chain WHERE root_id IS NULL",
      {id.text(), kMergesInARow}, read_id);
  if (!survivor) return survivor.error();
  if (*survivor) return **survivor;
  Result<bool> known = session.exists("SELECT 1 FROM contacts WHERE org_id = $1 AND id = $2", {id.text()});
  if (!known) return known.error();
  if (!*known) return Session::none_of("contact of that name");
  return make_error(Code::corrupt, "The contact was merged in a circle; run `deskhand verify`.", id.text());
}

Result<Contact> SqlContactStore::insert(Contact contact) {
  std::string id = contact.id.text();
  Fields fields = contact_fields(contact);
  fields.push_back({"last_contacted_at", instant(contact.last_contacted_at)});
  fields.push_back({"last_activity_at", instant(contact.last_activity_at)});
  Done inserted = session_.insert(contacts(), id, contact.head, std::move(fields));
  if (!inserted) return inserted.error();
  contact.id = ContactId(id);
  Done stored = store_points(contact);
  if (!stored) return stored.error();
  if (!contact.root.empty()) {
    Done merged = set_root(contact, {});
    if (!merged) return merged.error();
  }
  Done indexed = index_record(session_, "contacts", id);
  if (!indexed) return indexed.error();
  return find(contact.id);
}

Result<Contact> SqlContactStore::update(Contact contact) {
  Result<Contact> stored = find(contact.id);
  if (!stored) return stored.error();
  Fields fields = contact_fields(contact);
  fields.push_back({"last_contacted_at", instant(std::max(contact.last_contacted_at, stored->last_contacted_at))});
  fields.push_back({"last_activity_at", instant(std::max(contact.last_activity_at, stored->last_activity_at))});
  Done updated = session_.update(contacts(), contact.id.text(), contact.head, std::move(fields));
  if (!updated) return updated.error();
  session_.news.contacts.insert(contact.id.text());
  Done points_stored = store_points(contact);
  if (!points_stored) return points_stored.error();
  if (contact.root != stored->root) {
    Done merged = set_root(contact, stored->root);
    if (!merged) return merged.error();
  }
  Done indexed = index_record(session_, "contacts", contact.id.text());
  if (!indexed) return indexed.error();
  return find(contact.id);
}

// Brings the stored points to what `contact` says. What it leaves out is retired, because it stays history.
Done SqlContactStore::store_points(Contact& contact) {
  std::map<PointKind, int> positions;
  std::vector<std::string> kept;
  for (ContactPoint& point : contact.points) {
    point.position = positions[point.kind]++;
    Done stored = store_point(contact, point);
    if (!stored) return stored;
    kept.push_back(point.id.text());
  }
  Result<Contact> stored = with_points(Result<Contact>(contact));
  if (!stored) return stored.error();
  for (const ContactPoint& point : stored->points) {
    if (point.retired || std::find(kept.begin(), kept.end(), point.id.text()) != kept.end()) continue;
    Done retired = session_.capture(points(), point.id.text(), [&] {
      return session_.run(
          "UPDATE contact_points SET retired = 1, version = version + 1, updated_at = $3 WHERE org_id = $1 AND id = $2",
          {point.id.text(), session_.now().us});
    });
    if (!retired) return retired;
  }
  return {};
}

Done SqlContactStore::store_point(const Contact& contact, ContactPoint& point) {
  Result<std::optional<HeldPoint>> known =
      session_.maybe("SELECT " + std::string(kPointColumns) +
                         " FROM contact_points WHERE org_id = $1 AND contact_id = $2 AND kind = $3 AND normal = $4",
                     {contact.id.text(), text(name_of(point.kind)), point.normal}, read_point);
  if (!known) return known.error();
  if (!point.retired) {
    Done free = refuse_taken(contact, point);
    if (!free) return free;
  }
  if (!*known) {
    // Ids of points are the store's: the same number of two people is two rows.
    std::string id;
    RecordHead head;
    Done inserted = session_.insert(points(), id, head,
                                    {{"contact_id", contact.id.text()},
                                     {"kind", text(name_of(point.kind))},
                                     {"normal", point.normal},
                                     {"as_typed", point.as_typed},
                                     {"position", number(point.position)},
                                     {"origin", point.origin},
                                     {"separate_id", store::id(point.separate)},
                                     {"retired", flag(point.retired)},
                                     {"merged", flag(!contact.root.empty())}});
    point.id = ContactPointId(id);
    return inserted;
  }
  point.id = (*known)->point.id;
  if (point.separate.empty()) point.separate = (*known)->point.separate;
  return session_.capture(points(), point.id.text(), [&] {
    return session_.run(
        "UPDATE contact_points SET retired = $3, position = $4, separate_id = $5, version = version + 1, updated_at = "
        "$6 "
        "WHERE org_id = $1 AND id = $2 AND (retired <> $3 OR position <> $4 OR COALESCE(separate_id, '') <> "
        "COALESCE($5, ''))",
        {point.id.text(), flag(point.retired), number(point.position), store::id(point.separate), session_.now().us});
  });
}

// HS3. A point of an archived contact still identifies, and one of a merged contact identifies its survivor.
Done SqlContactStore::refuse_taken(const Contact& contact, const ContactPoint& point) const {
  if (!point.separate.empty()) return {};
  Result<std::vector<ContactId>> holders = session_.all(
      "SELECT DISTINCT contact_id FROM contact_points WHERE org_id = $1 AND kind = $2 AND normal = $3 AND retired = 0 "
      "AND contact_id <> $4 LIMIT $5",
      {text(name_of(point.kind)), point.normal, contact.id.text(), page(limits::kPageRowsMax)}, read_id);
  if (!holders) return holders.error();
  if (holders->empty()) return {};
  Result<std::optional<HeldPoint>> own =
      session_.maybe("SELECT " + std::string(kPointColumns) +
                         " FROM contact_points WHERE org_id = $1 AND contact_id = $2 AND kind = $3 "
                         "AND normal = $4 AND retired = 0",
                     {contact.id.text(), text(name_of(point.kind)), point.normal}, read_point);
  if (!own) return own.error();
  if (*own) return {};  // it was the contact's already; sharing it was allowed when it came
  Result<ContactId> self = survivor_of(session_, contact.id);
  if (!self) return self.error();
  for (const ContactId& holder : *holders) {
    Result<ContactId> live = survivor_of(session_, holder);
    if (!live) return live.error();
    if (*live == *self) continue;
    Result<Contact> other = find(*live);
    if (!other) return other.error();
    return taken(point, Ref{ref_prefix::kContact, other->head.ref_number}.text());
  }
  return {};
}

// A merged record's points stop being unique of their own, so that the survivor may take them over; un-merging claims
// them back.
Done SqlContactStore::set_root(const Contact& contact, const ContactId& former_root) {
  if (!contact.root.empty()) {
    Result<ContactId> survivor = survivor_of(session_, contact.root);
    if (!survivor && survivor.error().code != Code::corrupt) return survivor.error();
    if (!survivor || *survivor == contact.id) {
      return make_error(Code::conflict,
                        "That would merge two contacts into each other; pick the one that should stay.");
    }
  }
  for (const ContactPoint& point : contact.points) {
    Done set = session_.capture(points(), point.id.text(), [&] {
      return session_.run(
          "UPDATE contact_points SET merged = $3, version = version + 1, updated_at = $4 WHERE org_id = $1 AND id = $2 "
          "AND merged <> $3",
          {point.id.text(), flag(!contact.root.empty()), session_.now().us});
    });
    if (!set) return set;
  }
  return former_root.empty() ? Done{} : index_record(session_, "contacts", former_root.text());
}

Result<Contact> SqlContactStore::find(const ContactId& id) const {
  return with_points(session_.one("SELECT " + std::string(kContactColumns) + " FROM contacts WHERE org_id = $1 AND id = $2",
                                  {id.text()}, read_contact, "contact of that name"));
}

Result<Contact> SqlContactStore::find_by_ref(std::int64_t number) const {
  return with_points(
      session_.one("SELECT " + std::string(kContactColumns) + " FROM contacts WHERE org_id = $1 AND ref_number = $2", {number},
                   read_contact, "contact " + Ref{ref_prefix::kContact, number}.text()));
}

Result<Contact> SqlContactStore::find_live(const ContactId& id) const {
  Result<ContactId> survivor = survivor_of(session_, id);
  if (!survivor) return survivor.error();
  return find(*survivor);
}

Result<std::vector<Contact>> SqlContactStore::find_by_point(PointKind kind, std::string_view normal) const {
  Result<std::vector<ContactId>> holders = session_.all(
      "SELECT DISTINCT contact_id FROM contact_points WHERE org_id = $1 AND kind = $2 AND normal = $3 AND retired = 0 "
      "ORDER BY contact_id LIMIT $4",
      {text(name_of(kind)), text(normal), page(limits::kPageRowsMax)}, read_id);
  if (!holders) return holders.error();
  std::vector<Contact> found;
  for (const ContactId& holder : *holders) {
    Result<Contact> contact = find_live(holder);
    if (!contact) return contact.error();
    const bool seen =
        std::any_of(found.begin(), found.end(), [&](const Contact& known) { return known.id == contact->id; });
    if (!seen) found.push_back(std::move(*contact));
  }
  std::stable_sort(found.begin(), found.end(), [](const Contact& left, const Contact& right) {
    return std::pair(left.archived, left.head.ref_number) < std::pair(right.archived, right.head.ref_number);
  });
  return found;
}

Result<std::vector<Contact>> SqlContactStore::search(std::string_view words, bool include_archived,
                                                     std::size_t rows_max) const {
  const SearchScope scope{"contact", "contacts",
                          include_archived ? "r.root_id IS NULL" : "r.root_id IS NULL AND r.archived = 0"};
  Result<std::vector<std::string>> ids = session_.connection().text_search().find(session_, scope, words, rows_max);
  if (!ids) return ids.error();
  std::vector<Contact> found;
  for (const std::string& id : *ids) {
    Result<Contact> contact = find(ContactId(id));
    if (!contact) return contact.error();
    found.push_back(std::move(*contact));
  }
  return found;
}

Result<std::vector<Contact>> SqlContactStore::list(const ContactFilter& filter) const {
  std::string sql = "SELECT " + std::string(kContactColumns) + " FROM contacts WHERE org_id = $1 AND root_id IS NULL";
  Values values = {page(filter.rows_max), number(static_cast<std::int64_t>(filter.offset))};
  const auto place = [&](Value value) {
    values.push_back(std::move(value));
    return "$" + std::to_string(values.size() + 1);
  };
  if (!filter.include_archived) sql += " AND archived = 0";
  if (filter.lifecycle) sql += " AND lifecycle = " + place(text(name_of(*filter.lifecycle)));
  if (!filter.tag.empty()) {
    sql +=
        " AND id IN (SELECT contact_id FROM contact_tags WHERE org_id = $1 AND tag = " + place(fold_name(filter.tag)) +
        ")";
  }
  switch (filter.order) {
    case ContactFilter::Order::name:
      sql += " ORDER BY name_folded, id";
      break;
    case ContactFilter::Order::updated_newest:
      sql += " ORDER BY updated_at DESC, ref_number DESC";
      break;
    case ContactFilter::Order::created_newest:
      sql += " ORDER BY created_at DESC, ref_number DESC";
      break;
    case ContactFilter::Order::last_contact_oldest:
      sql += " ORDER BY last_contacted_at NULLS FIRST, ref_number";
      break;
  }
  return with_points(session_.all(sql + " LIMIT $2 OFFSET $3", std::move(values), read_contact));
}

Result<std::vector<ContactId>> SqlContactStore::merged_into(const ContactId& survivor) const {
  return session_.all(
      "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id "
      "AND c.org_id = $1) "
      "SELECT id FROM family WHERE id <> $2 ORDER BY id",
      {survivor.text()}, read_id);
}

Result<Contact> SqlContactStore::with_points(Result<Contact> contact) const {
  if (!contact) return contact;
  std::vector<Contact> one;
  one.push_back(std::move(*contact));
  Result<std::vector<Contact>> filled = with_points(Result<std::vector<Contact>>(std::move(one)));
  if (!filled) return filled.error();
  return std::move(filled->front());
}

Result<std::vector<Contact>> SqlContactStore::with_points(Result<std::vector<Contact>> contacts) const {
  if (!contacts) return contacts;
  for (Contact& contact : *contacts) {
    Result<std::vector<HeldPoint>> held = session_.all("SELECT " + std::string(kPointColumns) +
                                                           " FROM contact_points WHERE org_id = $1 AND contact_id = $2 "
                                                           "ORDER BY retired, kind DESC, position, id LIMIT $3",
                                                       {contact.id.text(), kPointRows}, read_point);
    if (!held) return held.error();
    contact.points.clear();
    for (HeldPoint& each : *held) contact.points.push_back(std::move(each.point));
  }
  return contacts;
}

}  // namespace deskhand::store
