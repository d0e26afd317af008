#include "store/search_texts.h"

#include <vector>

#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "store/session.h"
#include "store/text_search.h"

namespace deskhand::store {
namespace {

constexpr std::size_t kDescriptionBytes =
    4 * 1024;  // of a description that is searched; a pasted mail says it at its start
constexpr std::int64_t kDependentRows =
    2'000;  // records that show one name; the rest keep the old text until they change

Result<std::vector<std::string>> ids(Session& session, std::string_view sql, Values values) {
  std::vector<std::string> found;
  Done done = session.run(sql, std::move(values), [&](const Row& row) -> Done {
    found.emplace_back(row.bytes(0));
    return {};
  });
  if (!done) return done.error();
  return found;
}

void add_custom(SearchText& search, const CustomFields& custom) {
  for (const auto& [name, value] : custom) search.words.push_back(value);
}

Done index_tags(Session& session, const std::string& contact_id, const std::vector<std::string>& tags) {
  Done cleared = session.run("DELETE FROM contact_tags WHERE org_id = $1 AND contact_id = $2", {contact_id});
  if (!cleared) return cleared;
  for (const std::string& tag : tags) {
    const std::string folded = fold_name(tag);
    if (folded.empty()) continue;
    Done added =
        session.run("INSERT INTO contact_tags (org_id, tag, contact_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                    {folded, contact_id});
    if (!added) return added;
  }
  return {};
}

// A survivor is found by the names and numbers of the records merged into it.
Done index_contact(Session& session, const std::string& id) {
  SearchText search;
  std::vector<std::string> tags;
  std::string root;
  Done read = session.run(
      "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id "
      "AND c.org_id = $1) "
      "SELECT c.id, c.first_name, c.last_name, c.tags, c.services_interested, c.custom, c.quickbooks_customer_id, "
      "c.root_id, "
      "COALESCE((SELECT b.name FROM companies b WHERE b.org_id = c.org_id AND b.id = c.company_id), '') "
      "FROM contacts c WHERE c.org_id = $1 AND c.id IN (SELECT id FROM family)",
      {id}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        const bool self = in.text() == id;
        const std::string first = in.text(), last = in.text();
        const std::vector<std::string> own_tags = in.list(), services = in.list();
        const CustomFields custom = in.custom();
        const std::string quickbooks = in.text(), own_root = in.text(), company = in.text();
        if (self) {
          search.name = first + " " + last;
          search.name_reversed = last + " " + first;
          tags = own_tags;
          root = own_root;
        } else {
          search.words.push_back(first + " " + last);
        }
        for (const auto* list : {&own_tags, &services})
          search.words.insert(search.words.end(), list->begin(), list->end());
        add_custom(search, custom);
        search.words.push_back(quickbooks);
        search.words.push_back(company);
        return {};
      });
  if (!read) return read;
  Done points = session.run(
      "WITH RECURSIVE family (id) AS (SELECT $2 UNION SELECT c.id FROM contacts c JOIN family f ON c.root_id = f.id "
      "AND c.org_id = $1) "
      "SELECT kind, normal, as_typed FROM contact_points WHERE org_id = $1 AND retired = 0 "
      "AND contact_id IN (SELECT id FROM family) ORDER BY contact_id, kind, position",
      {id}, [&](const Row& row) -> Done {
        std::vector<std::string>& list = row.bytes(0) == "phone" ? search.phones : search.words;
        list.emplace_back(row.bytes(1));
        if (row.bytes(2) != row.bytes(1)) list.emplace_back(row.bytes(2));
        return {};
      });
  if (!points) return points;
  Done tagged = index_tags(session, id, tags);
  if (!tagged) return tagged;
  Done put = session.connection().text_search().put(session, "contact", id, search);
  if (!put || root.empty()) return put;
  return index_contact(session, root);  // ends at the survivor: a circle of roots is refused where roots are set
}

Done index_lead(Session& session, const std::string& id) {
  SearchText search;
  Done read = session.run(
      "SELECT l.title, l.description, l.custom, l.source_words, c.first_name, c.last_name FROM leads l "
      "LEFT JOIN contacts c ON c.org_id = l.org_id AND c.id = l.contact_id WHERE l.org_id = $1 AND l.id = $2",
      {id}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        search.name = in.text();
        search.words.emplace_back(prefix_utf8(in.text(), kDescriptionBytes));
        add_custom(search, in.custom());
        search.words.push_back(in.text());
        const std::string first = in.text(), last = in.text();
        search.words.push_back(first + " " + last);
        return {};
      });
  if (!read) return read;
  return session.connection().text_search().put(session, "lead", id, search);
}

Done index_opportunity(Session& session, const std::string& id) {
  SearchText search;
  Done read = session.run(
      "SELECT o.name, o.custom, c.first_name, c.last_name FROM opportunities o "
      "LEFT JOIN contacts c ON c.org_id = o.org_id AND c.id = o.contact_id WHERE o.org_id = $1 AND o.id = $2",
      {id}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        search.name = in.text();
        add_custom(search, in.custom());
        const std::string first = in.text(), last = in.text();
        search.words.push_back(first + " " + last);
        return {};
      });
  if (!read) return read;
  return session.connection().text_search().put(session, "opportunity", id, search);
}

Done index_company(Session& session, const std::string& id) {
  SearchText search;
  Done read = session.run(
      "SELECT name, main_phone, main_phone_as_typed, custom, quickbooks_customer_id FROM companies WHERE org_id = $1 "
      "AND id = $2",
      {id}, [&](const Row& row) -> Done {
        ColumnReader in(row);
        search.name = in.text();
        search.phones = {in.text(), in.text()};
        add_custom(search, in.custom());
        search.words.push_back(in.text());
        return {};
      });
  if (!read) return read;
  return session.connection().text_search().put(session, "company", id, search);
}

Done index_each(Session& session, std::string_view sql, const std::string& id,
                Done (*index)(Session&, const std::string&)) {
  Result<std::vector<std::string>> found = ids(session, sql, {id, kDependentRows});
  if (!found) return found.error();
  for (const std::string& each : *found) {
    Done done = index(session, each);
    if (!done) return done;
  }
  return {};
}

Done index_deals(Session& session, const std::string& contact_id) {
  Done leads =
      index_each(session, "SELECT id FROM leads WHERE org_id = $1 AND contact_id = $2 ORDER BY id DESC LIMIT $3",
                 contact_id, index_lead);
  if (!leads) return leads;
  return index_each(session,
                    "SELECT id FROM opportunities WHERE org_id = $1 AND contact_id = $2 ORDER BY id DESC LIMIT $3",
                    contact_id, index_opportunity);
}

}  // namespace

Done index_record(Session& session, std::string_view table, const std::string& id) {
  if (table == "contacts") {
    Done contact = index_contact(session, id);
    return contact ? index_deals(session, id) : contact;
  }
  if (table == "contact_points") {
    return index_each(session, "SELECT contact_id FROM contact_points WHERE org_id = $1 AND id = $2 LIMIT $3", id,
                      index_contact);
  }
  if (table == "companies") {
    Done company = index_company(session, id);
    if (!company) return company;
    return index_each(session, "SELECT id FROM contacts WHERE org_id = $1 AND company_id = $2 ORDER BY id LIMIT $3", id,
                      index_contact);
  }
  if (table == "leads") return index_lead(session, id);
  if (table == "opportunities") return index_opportunity(session, id);
  return {};
}

}  // namespace deskhand::store
