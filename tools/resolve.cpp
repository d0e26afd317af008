#include "tools/resolve.h"

#include <algorithm>
#include <set>

#include "base/email.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/phone.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/present.h"
#include "tools/words.h"

namespace deskhand::tools {
namespace {

constexpr std::size_t kSearchRows = 50;     // what one search may bring before our own comparing
constexpr std::size_t kAddressBytes = 80;   // of an address that tells namesakes apart
constexpr std::size_t kPhoneDigitsMin = 7;  // fewer are part of a number, which the search finds

Error wrong_noun(const Ref& ref, std::string_view wanted, std::string_view example) {
  const std::optional<Noun> noun = noun_of_prefix(ref.prefix);
  const std::string is = noun ? " is the name of a " + std::string(noun_name(*noun)) : " is no name of a record";
  return make_error(Code::invalid_argument,
                    ref.text() + is + "; name a " + std::string(wanted) + " such as " + std::string(example) + ".");
}

Error unknown_ref(std::string_view ref) {
  return make_error(Code::not_found, "There is no " + std::string(ref) + "; look it up by name.");
}

Result<Contact> survivor_of(const ToolContext& context, Result<Contact> found, std::string_view words) {
  if (!found) {
    if (found.error().code == Code::not_found) return unknown_ref(words);
    return found;
  }
  if (found->root.empty()) return found;
  return context.txn.contacts().find_live(found->id);
}

// The people found, each once, merged ones as their survivors.
class People {
 public:
  explicit People(const ToolContext& context) : context_(context) {}
  Done add(const Result<std::vector<Contact>>& found) {
    if (!found) return found.error();
    for (const Contact& contact : *found) {
      Result<Contact> live =
          contact.root.empty() ? Result<Contact>(contact) : context_.txn.contacts().find_live(contact.id);
      if (!live) return live.error();
      if (seen_.insert(live->id.text()).second) contacts.push_back(std::move(*live));
    }
    return {};
  }
  std::vector<Contact> contacts;

 private:
  const ToolContext& context_;
  std::set<std::string> seen_;
};

std::vector<Contact> where(std::vector<Contact> contacts, auto fits) {
  std::erase_if(contacts, [&](const Contact& contact) { return !fits(contact); });
  return contacts;
}

bool has_digits(const Contact& contact, std::string_view digits) {
  return std::any_of(contact.points.begin(), contact.points.end(), [&](const ContactPoint& point) {
    return !point.retired && point.kind == PointKind::phone && phone_digits(point.normal).ends_with(digits);
  });
}

bool is_number(std::string_view word) {
  return word.size() >= 4 && word.find_first_not_of("0123456789") == std::string_view::npos;
}

// Everything a person may be called by beside the name: the company, the street, e-mail addresses, the end of a phone.
bool fits_loosely(const Contact& contact, const Words& query, const ToolContext& context) {
  Words among = words_of(contact.full_name());
  if (!contact.company.empty())
    if (const Result<Company> company = context.txn.contacts().find_company(contact.company))
      for (std::string& word : words_of(company->name)) among.push_back(std::move(word));
  for (const ContactPoint& point : contact.points)
    if (point.kind == PointKind::email && !point.retired)
      for (std::string& word : words_of(replace_all(point.normal, "@", " "))) among.push_back(std::move(word));
  for (std::string& word : words_of(contact.address)) among.push_back(std::move(word));
  return std::all_of(query.begin(), query.end(), [&](const std::string& word) {
    return all_begin({word}, among) || (is_number(word) && has_digits(contact, word));
  });
}

// Those that fit best: the name itself, then all words in the name, then their beginnings, then what else is known.
std::vector<Contact> best_people(const std::vector<Contact>& contacts, const Words& query, const ToolContext& context) {
  const auto by_name = [&](auto compare) {
    return where(contacts, [&](const Contact& contact) { return compare(query, words_of(contact.full_name())); });
  };
  std::vector<Contact> best = by_name([](const Words& left, const Words& right) { return left == right; });
  if (best.empty()) best = by_name(all_equal);
  if (best.empty()) best = by_name(all_begin);
  if (best.empty())
    best = where(contacts, [&](const Contact& contact) { return fits_loosely(contact, query, context); });
  return best;
}

Result<std::vector<Contact>> search_people(const ToolContext& context, const Words& query, bool archived) {
  People people(context);
  ContactStore& store = context.txn.contacts();
  if (Done done = people.add(store.search(join(query, " "), archived, kSearchRows)); !done) return done.error();
  if (!best_people(people.contacts, query, context).empty()) return std::move(people.contacts);
  for (const std::string& word : query)
    if (Done done = people.add(store.search(word, archived, kSearchRows)); !done) return done.error();
  return std::move(people.contacts);
}

// Those whose names begin as a word of the query does.
std::vector<Contact> people_like(const ToolContext& context, const Words& query) {
  People people(context);
  for (const std::string& word : query) {
    const std::string_view start = prefix_utf8(word, 3);
    if (start.size() < 3 || people.contacts.size() > kSearchRows) continue;
    if (!people.add(context.txn.contacts().search(start, false, kSearchRows))) break;
  }
  return std::move(people.contacts);
}

Error no_such_person(const ToolContext& context, std::string_view words, const Words& query) {
  const std::vector<Contact> people = people_like(context, query);
  const std::string wanted = join(query, " ");
  std::vector<std::pair<std::size_t, std::size_t>> by_distance;
  for (std::size_t place = 0; place < people.size(); ++place) {
    const Words name = words_of(people[place].full_name());
    std::size_t distance = edit_distance(wanted, join(name, " "), 3);
    // A shared surname or first name is near as well.
    if (std::any_of(query.begin(), query.end(), [&](const std::string& word) { return all_equal({word}, name); }))
      distance = std::min<std::size_t>(distance, 3);
    if (distance <= 3) by_distance.emplace_back(distance, place);
  }
  std::sort(by_distance.begin(), by_distance.end());
  std::vector<Choice> nearest;
  for (std::size_t next = 0; next < by_distance.size() && next < 3; ++next)
    nearest.push_back(choice_of(context, people[by_distance[next].second]));
  const std::string opening = "There is no contact " + in_quotes(words);
  if (nearest.empty()) return make_error(Code::not_found, opening + "; check the spelling or add them first.");
  return error_with_choices(Code::not_found, opening + "; nearest: ", std::move(nearest));
}

std::string company_name(const ToolContext& context, const CompanyId& id) {
  if (id.empty()) return {};
  const Result<Company> company = context.txn.contacts().find_company(id);
  return company ? shorten(company->name, kAddressBytes) : std::string();
}

Result<Contact> one_contact(const ToolContext& context, std::vector<Contact> contacts, std::string_view words) {
  // Archived ones count only when nobody else fits.
  std::vector<Contact> present = where(contacts, [](const Contact& contact) { return !contact.archived; });
  if (present.empty()) present = std::move(contacts);
  if (present.size() == 1) return std::move(present.front());
  std::sort(present.begin(), present.end(),
            [](const Contact& left, const Contact& right) { return left.head.ref_number < right.head.ref_number; });
  std::vector<Choice> choices;
  for (const Contact& contact : present) {
    choices.push_back(choice_of(context, contact));
    const bool namesake = std::any_of(present.begin(), present.end(), [&](const Contact& other) {
      return other.id != contact.id && words_of(other.full_name()) == words_of(contact.full_name());
    });
    // Where names are equal people tell each other apart by where they live and whom they work for.
    if (namesake && !contact.address.empty()) choices.back().label += ", " + shorten(contact.address, kAddressBytes);
    if (namesake && contact.address.empty() && !contact.email().empty()) choices.back().label += ", " + contact.email();
    if (const std::string company = namesake ? company_name(context, contact.company) : std::string(); !company.empty())
      choices.back().label += ", " + company;
  }
  return error_with_choices(Code::ambiguous, in_quotes(words) + " could be ", std::move(choices));
}

Result<std::vector<Contact>> holders(const ToolContext& context, std::string_view words) {
  People people(context);
  ContactStore& store = context.txn.contacts();
  if (words.find('@') != std::string_view::npos) {
    if (const Result<EmailAddress> email = parse_email(words))
      if (Done done = people.add(store.find_by_point(PointKind::email, email->folded)); !done) return done.error();
  } else if (phone_digits(words).size() >= kPhoneDigitsMin &&
             words.find_first_not_of("0123456789+-(). ") == std::string_view::npos) {
    if (const Result<Phone> phone = parse_phone(words, context.org.region))
      if (Done done = people.add(store.find_by_point(PointKind::phone, phone->e164)); !done) return done.error();
  }
  return std::move(people.contacts);
}

}  // namespace

bool is_ref_of(Noun noun, std::string_view words) {
  const std::optional<Ref> ref = parse_ref(words);
  return (ref && ref->prefix == ref_prefix_of(noun)) || is_uuid(words);
}

Error error_with_choices(Code code, std::string opening, std::vector<Choice> choices) {
  std::string listed;
  Json detail = Json::array();
  const std::size_t count = std::min(choices.size(), limits::kCandidates);
  for (std::size_t place = 0; place < count; ++place) {
    const Choice& choice = choices[place];
    if (!listed.empty()) listed += "; ";
    listed += choice.ref + " " + choice.label;
    detail.push_back({{"noun", noun_name(choice.noun)}, {"ref", choice.ref}, {"label", choice.label}});
  }
  if (choices.size() > count) listed += "; and others, say more of the name";
  std::string message = std::move(opening) + listed;
  message += code == Code::ambiguous ? ". Which one?" : ".";
  return make_error(code, std::move(message), to_text(detail));
}

std::vector<Choice> choices_of(const Error& error) {
  std::vector<Choice> choices;
  const Result<Json> detail = parse_json(error.detail, limits::kToolResultBytes);
  if (!detail || !detail->is_array()) return choices;
  for (const Json& item : *detail) {
    if (!item.is_object() || choices.size() == limits::kCandidates) continue;
    const std::optional<Noun> noun = parse_noun(item.value("noun", ""));
    if (noun) choices.push_back({*noun, item.value("ref", ""), item.value("label", "")});
  }
  return choices;
}

Choice choice_of(const ToolContext& context, const Contact& contact) {
  return {Noun::contact, ref_of(contact), contact_label(contact, context.org)};
}

Choice choice_of(const ToolContext& context, const Company& company) {
  const std::string phone = phone_text(company.main_phone, context.org);
  return {Noun::company, ref_of(company), company.name + (phone.empty() ? "" : ", " + phone)};
}

Result<Contact> resolve_contact(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  if (words.empty())
    return make_error(Code::invalid_argument, "Say which contact: a name, a phone, an e-mail or a ref such as C-12.");
  ContactStore& store = context.txn.contacts();
  if (is_uuid(words)) return survivor_of(context, store.find(ContactId(to_lower(words))), words);
  if (const std::optional<Ref> ref = parse_ref(words)) {
    if (ref->prefix != ref_prefix::kContact) return wrong_noun(*ref, "contact", "C-12");
    return survivor_of(context, store.find_by_ref(ref->number), ref->text());
  }
  Result<std::vector<Contact>> found = holders(context, words);
  if (!found) return found.error();
  if (!found->empty()) return one_contact(context, std::move(*found), words);

  const Words query = query_words(words);
  if (query.empty()) return no_such_person(context, words, query);
  for (const Words& tried : {query, without_mistyped(query), without_genitives(query)}) {
    for (const bool archived : {false, true}) {
      if (tried.empty()) continue;
      const Result<std::vector<Contact>> people = search_people(context, tried, archived);
      if (!people) return people.error();
      std::vector<Contact> best = best_people(*people, tried, context);
      if (!best.empty()) return one_contact(context, std::move(best), words);
    }
  }
  // A whole name with slips in it, when only one person is called nearly so. A single word is too little to go by.
  if (query.size() > 1) {
    const std::vector<Contact> meant =
        where(people_like(context, query), [&](const Contact& contact) { return all_nearly_equal(query, words_of(contact.full_name())); });
    if (meant.size() == 1) return meant.front();
  }
  return no_such_person(context, words, query);
}

Result<Company> resolve_company(const ToolContext& context, std::string_view given_words) {
  const std::string words(trim(given_words));
  if (words.empty()) return make_error(Code::invalid_argument, "Say which company: a name or a ref such as B-3.");
  ContactStore& store = context.txn.contacts();
  if (const std::optional<Ref> ref = parse_ref(words); ref || is_uuid(words)) {
    if (ref && ref->prefix != ref_prefix::kCompany) return wrong_noun(*ref, "company", "B-3");
    Result<Company> found =
        ref ? store.find_company_by_ref(ref->number) : store.find_company(CompanyId(to_lower(words)));
    if (!found && found.error().code == Code::not_found) return unknown_ref(words);
    return found;
  }
  Words query = words_of(words);
  if (query.size() > 1 && query.front() == "the") query.erase(query.begin());
  const Result<std::vector<Company>> found = store.search_companies(join(query, " "), kSearchRows);
  if (!found) return found.error();
  std::vector<Company> best;
  const auto keep = [&](auto compare) {
    if (!best.empty() || query.empty()) return;
    for (const Company& company : *found)
      if (compare(query, words_of(company.name))) best.push_back(company);
  };
  keep([](const Words& left, const Words& right) { return left == right; });
  keep(all_equal);
  keep(all_begin);
  if (best.size() == 1) return std::move(best.front());
  std::vector<Choice> choices;
  for (const Company& company : best.empty() ? *found : best) choices.push_back(choice_of(context, company));
  if (!best.empty()) return error_with_choices(Code::ambiguous, in_quotes(words) + " could be ", std::move(choices));
  const std::string opening = "There is no company " + in_quotes(words);
  if (choices.empty()) return make_error(Code::not_found, opening + "; check the spelling or add it first.");
  if (choices.size() > 3) choices.resize(3);
  return error_with_choices(Code::not_found, opening + "; nearest: ", std::move(choices));
}

Result<User> resolve_user(const ToolContext& context, std::string_view given_words) {
  const std::string words = squeeze(given_words);
  if (equal_ignoring_case(words, "me") || equal_ignoring_case(words, "myself")) {
    if (context.actor.user.empty())
      return make_error(Code::invalid_argument, "Nobody is logged in here; name the person.");
    return context.txn.org().find_user(context.actor.user);
  }
  if (is_uuid(words)) return context.txn.org().find_user(UserId(to_lower(words)));
  const Result<std::vector<User>> users = context.txn.org().users();
  if (!users) return users.error();
  const Words query = words_of(words);
  std::vector<User> exact, partial;
  std::vector<std::string> known;
  for (const User& user : *users) {
    if (!user.active) continue;
    known.push_back(user.name);
    if (equal_ignoring_case(user.login, words) || words_of(user.name) == query) exact.push_back(user);
    if (!query.empty() && all_equal(query, words_of(user.name))) partial.push_back(user);
  }
  const std::vector<User>& best = exact.empty() ? partial : exact;
  if (best.size() == 1) return best.front();
  if (known.size() > limits::kCandidates) known.resize(limits::kCandidates);
  if (best.empty())
    return make_error(Code::not_found,
                      "Nobody here is called " + in_quotes(words) + "; there are " + join(known, ", ") + ".");
  return make_error(Code::ambiguous,
                    in_quotes(words) + " could be more than one person here; say the whole name or the login.");
}

}  // namespace deskhand::tools
