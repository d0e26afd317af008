// update_contact: corrections and additions, each told back in words. See contacts.h.
#include <algorithm>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "ports/store/store.h"
#include "tools/arguments.h"
#include "tools/contacts.h"
#include "tools/present.h"
#include "tools/resolve.h"
#include "tools/schema_parts.h"

namespace deskhand::tools {
namespace {

struct Change {
  Contact contact;                  // as it will stand
  std::vector<std::string> told;    // "address 9 Oak St"
  std::vector<ContactPoint> added;  // not live on the contact before
  bool identity = false;            // a name, phone, e-mail or address on file changes
};

using Points = std::vector<ContactPoint>;

bool same(const ContactPoint& left, const ContactPoint& right) {
  return left.kind == right.kind && left.normal == right.normal;
}
bool holds_point(const Points& points, const ContactPoint& point) {
  return std::any_of(points.begin(), points.end(), [&](const ContactPoint& each) { return same(each, point); });
}

Result<Points> read_points(const Json& arguments, const ToolContext& context, std::string_view name, PointKind kind) {
  Json alone = Json::object();
  if (given(arguments, name)) alone[kind == PointKind::phone ? "phones" : "emails"] = arguments.at(name);
  return contact_points(alone, context.org, context.origin);
}

// One kind of point: `phones` says the whole list, `phone` takes the first one's place, the others add and take away.
Done edit_points(const Json& arguments, const ToolContext& context, PointKind kind, Points& points) {
  const std::string one = kind == PointKind::phone ? "phone" : "email";
  if (given(arguments, one + "s")) {
    Result<Points> all = read_points(arguments, context, one + "s", kind);
    if (!all) return all.error();
    points = std::move(*all);
  }
  Result<Points> primary = read_points(arguments, context, one, kind);
  if (!primary) return primary.error();
  if (!primary->empty()) {
    const bool had_it = holds_point(points, primary->front());
    std::erase_if(points, [&](const ContactPoint& point) { return same(point, primary->front()); });
    if (!had_it && !points.empty()) points.erase(points.begin());
    points.insert(points.begin(), std::move(primary->front()));
  }
  Result<Points> more = read_points(arguments, context, "add_" + one, kind);
  if (!more) return more.error();
  for (ContactPoint& point : *more)
    if (!holds_point(points, point)) points.push_back(std::move(point));
  const Result<Points> less = read_points(arguments, context, "remove_" + one, kind);
  if (!less) return less.error();
  for (const ContactPoint& point : *less) {
    if (!holds_point(points, point))
      return make_error(Code::not_found, "The record has no " + points_text({point}, context.org) + " to take away.");
    std::erase_if(points, [&](const ContactPoint& each) { return same(each, point); });
  }
  return {};
}

Done change_points(const Json& arguments, const ToolContext& context, Change& change) {
  Points live, wanted;
  for (const ContactPoint& point : change.contact.points)
    if (!point.retired) live.push_back(point);
  for (const PointKind kind : {PointKind::phone, PointKind::email}) {
    Points of_kind;
    std::copy_if(live.begin(), live.end(), std::back_inserter(of_kind),
                 [&](const ContactPoint& point) { return point.kind == kind; });
    if (Done done = edit_points(arguments, context, kind, of_kind); !done) return done;
    wanted.insert(wanted.end(), of_kind.begin(), of_kind.end());
  }
  if (wanted.size() > limits::kContactPoints)
    return make_error(Code::limit_exceeded, "One person can have at most " + std::to_string(limits::kContactPoints) +
                                                " phones and e-mail addresses.");
  Points gone;
  for (const ContactPoint& point : live)
    if (!holds_point(wanted, point)) gone.push_back(point);
  for (ContactPoint& point : wanted)
    if (!holds_point(live, point)) change.added.push_back(point);
  const bool reordered = !std::equal(live.begin(), live.end(), wanted.begin(), wanted.end(), same);
  if (!change.added.empty()) change.told.push_back(points_text(change.added, context.org));
  if (!gone.empty()) change.told.push_back("without " + points_text(gone, context.org));
  if (reordered && change.added.empty() && gone.empty())
    change.told.push_back(points_text({wanted.front()}, context.org) + " first");
  change.identity = change.identity || reordered;
  change.contact.points = std::move(wanted);
  return {};
}

void change_line(const Json& arguments, std::string_view name, std::string& field, std::string_view label,
                 Change& change) {
  const std::optional<std::string> said = optional_line(arguments, name);
  if (!said || *said == field) return;
  field = *said;
  change.told.push_back(field.empty() ? "no " + std::string(label) : std::string(label) + " " + field);
}

void change_name(const Json& arguments, Change& change) {
  const std::string before = change.contact.full_name();
  if (const std::string whole = line(arguments, "name"); !whole.empty()) {
    const PersonName name = split_name(whole);
    change.contact.first_name = name.first;
    change.contact.last_name = name.last;
  }
  if (const auto first = optional_line(arguments, "first_name")) change.contact.first_name = *first;
  if (const auto last = optional_line(arguments, "last_name")) change.contact.last_name = *last;
  if (change.contact.full_name() == before) return;
  change.told.push_back("name " + change.contact.full_name());
  change.identity = true;
}

void change_words(const Json& arguments, std::string_view name, std::string_view one, std::vector<std::string>& words,
                  std::string_view label, Change& change) {
  const std::vector<std::string> before = words;
  if (given(arguments, name)) words = lines(arguments, name, limits::kTags);
  for (const std::string& word : lines(arguments, "add_" + std::string(one), limits::kTags)) {
    const bool known =
        std::any_of(words.begin(), words.end(), [&](const std::string& own) { return equal_ignoring_case(own, word); });
    if (!known && words.size() < limits::kTags) words.push_back(word);
  }
  for (const std::string& word : lines(arguments, "remove_" + std::string(one), limits::kTags))
    std::erase_if(words, [&](const std::string& own) { return equal_ignoring_case(own, word); });
  if (words != before)
    change.told.push_back(words.empty() ? "no " + std::string(label) : std::string(label) + " " + join(words, ", "));
}

Done change_notes(const Json& arguments, Change& change) {
  std::string& notes = change.contact.notes;
  const std::string before = notes;
  if (const auto whole = optional_text(arguments, "notes")) notes = *whole;
  if (const std::string more = text(arguments, "add_note"); !more.empty()) notes += (notes.empty() ? "" : "\n") + more;
  if (notes.size() > limits::kBodyBytes)
    return make_error(Code::limit_exceeded, "The notes would be too long; shorten them or log an interaction.");
  if (notes != before) change.told.push_back(notes.empty() ? "no notes" : "notes");
  return {};
}

Done change_choices(const Json& arguments, const ToolContext& context, Change& change) {
  Contact& contact = change.contact;
  if (given(arguments, "preferred_channel")) {
    const auto channel = choice(arguments, "preferred_channel", parse_preferred_channel);
    if (!channel) return channel.error();
    const PreferredChannel wanted = channel->value_or(PreferredChannel::none);
    if (wanted != contact.preferred_channel)
      change.told.push_back(wanted == PreferredChannel::none ? "no preferred channel"
                                                             : "prefers " + std::string(name_of(wanted)));
    contact.preferred_channel = wanted;
  }
  const auto lifecycle = choice(arguments, "lifecycle_stage", parse_lifecycle);
  if (!lifecycle) return lifecycle.error();
  if (*lifecycle && **lifecycle != contact.lifecycle) {
    contact.lifecycle = **lifecycle;
    if (contact.lifecycle == Lifecycle::customer && !contact.became_customer_at)
      contact.became_customer_at = context.now;
    change.told.push_back("now a " + spoken(name_of(contact.lifecycle)));
  }
  if (const auto words = optional_line(arguments, "company")) {
    CompanyId wanted;
    std::string told = "no company";
    if (!words->empty()) {
      const Result<Company> company = resolve_company(context, *words);
      if (!company) return company.error();
      wanted = company->id;
      told = "company " + name_with_ref(*company);
    }
    if (wanted != contact.company) change.told.push_back(told);
    contact.company = wanted;
  }
  return {};
}

Result<Change> read_change(const Json& arguments, const ToolContext& context) {
  Result<Contact> contact = resolve_contact(context, line(arguments, "contact"));
  if (!contact) return contact.error();
  Change change;
  change.contact = std::move(*contact);
  change_name(arguments, change);
  if (Done done = change_points(arguments, context, change); !done) return done.error();
  const std::string address = change.contact.address;
  change_line(arguments, "address", change.contact.address, "address", change);
  change.identity = change.identity || change.contact.address != address;
  change_line(arguments, "source", change.contact.source, "source", change);
  change_words(arguments, "tags", "tags", change.contact.tags, "tags", change);
  change_words(arguments, "services_interested", "services", change.contact.services_interested, "services", change);
  if (Done done = change_notes(arguments, change); !done) return done.error();
  if (Done done = change_choices(arguments, context, change); !done) return done.error();
  const CustomFields custom = change.contact.custom;
  if (Done done = apply_custom_fields(arguments, change.contact.custom); !done) return done.error();
  for (const auto& [name, value] : change.contact.custom)
    if (const auto before = custom.find(name); before == custom.end() || before->second != value)
      change.told.push_back(spoken(std::string_view(name).substr(2)) + " " + value);
  for (const auto& [name, value] : custom)
    if (!change.contact.custom.contains(name)) change.told.push_back("no " + spoken(std::string_view(name).substr(2)));
  return change;
}

// The mail that made this record may still say what it left empty: it changes nobody's word but its own.
bool only_completes(const Contact& before, const Contact& after, const std::string& origin) {
  const bool made_by_it = !before.points.empty() && std::all_of(before.points.begin(), before.points.end(),
                                                                [&](const ContactPoint& point) { return point.origin == origin; });
  const bool had_name = !before.first_name.empty() || !before.last_name.empty();
  const bool same_name = before.first_name == after.first_name && before.last_name == after.last_name;
  const bool same_place = before.address == after.address;
  const bool keeps_points = std::all_of(before.points.begin(), before.points.end(),
                                        [&](const ContactPoint& point) { return point.retired || holds_point(after.points, point); });
  return made_by_it && (same_name || !had_name) && (same_place || before.address.empty()) && keeps_points;
}

Result<Proposal> propose_update_contact(const Json& arguments, const ToolContext& context) {
  const Result<Change> change = read_change(arguments, context);
  if (!change) return change.error();
  const Contact& contact = change->contact;
  Json resolved = arguments;
  resolved["contact"] = ref_of(contact);
  if (!line(arguments, "company").empty()) resolved["company"] = ref_of_company(context, contact.company);
  Proposal proposal;
  proposal.effects = {ChangesRecord{Noun::contact}};
  if (!change->added.empty()) proposal.effects.push_back(AddsContactPoints{contact.id, change->added});
  const Result<Contact> before = context.txn.contacts().find(contact.id);
  if (!before) return before.error();
  if (change->identity && !context.origin.empty() && !only_completes(*before, contact, context.origin))
    proposal.effects.push_back(ChangesIdentityFromOutside{contact.id});
  proposal.arguments = share(std::move(resolved));
  proposal.contact = contact.id;
  proposal.stamps = {stamp_of(contact)};
  proposal.summary = "Change " + name_with_ref(contact) + ": " + join(change->told, ", ");
  proposal.card_lines = {"Change " + name_with_ref(*before) + " to: " + join(change->told, ", ")};
  Result<std::vector<Contact>> holders = holders_of(context, change->added);
  if (!holders) return holders.error();
  std::erase_if(*holders, [&](const Contact& holder) { return holder.id == contact.id; });
  // One card asks one question: a stranger's word about a phone that somebody else holds is two.
  if (!context.origin.empty() && !holders->empty())
    return make_error(Code::conflict, name_with_ref(holders->front()) +
                                          " has that phone or e-mail already; ask the owner whose it is.");
  for (const Contact& holder : *holders) {
    proposal.card_lines.push_back("Has the same phone or e-mail: " + contact_label(holder, context.org) + " (" +
                                  ref_of(holder) + ")");
    proposal.stamps.push_back(stamp_of(holder));
  }
  return proposal;
}

Result<ToolOutcome> run_update_contact(const Json& arguments, ToolContext& context) {
  Result<Change> change = read_change(arguments, context);
  if (!change) return change.error();
  ToolOutcome outcome;
  if (change->told.empty()) {
    outcome.text = name_with_ref(change->contact) + " already reads so; nothing was changed.";
    outcome.data = share(to_data(change->contact, context));
    return outcome;
  }
  if (context.approval != nullptr && context.approval->kind == ApprovalKind::share_contact_point) {
    for (ContactPoint& point : change->contact.points) {
      if (!holds_point(change->added, point)) continue;
      const Result<std::vector<Contact>> holders = holders_of(context, {point});
      if (!holders) return holders.error();
      if (std::any_of(holders->begin(), holders->end(),
                      [&](const Contact& holder) { return holder.id != change->contact.id; }))
        point.separate = context.approval->id;
    }
  }
  const Result<Contact> stored = context.txn.contacts().update(std::move(change->contact));
  if (!stored) return stored.error();
  outcome.text = "Updated " + name_with_ref(*stored) + ": " + join(change->told, ", ") + ".";
  outcome.data = share(to_data(*stored, context));
  outcome.touched = {ref_of(*stored)};
  return outcome;
}

}  // namespace

std::unique_ptr<Tool> make_update_contact(const schema::RecordSchemas& records) {
  ToolSpec spec;
  spec.name = "update_contact";
  spec.description =
      "Correct or complete a customer's record. phone and email replace the first one; add_phone and add_email keep "
      "the others. null takes a value away.";
  schema::ArgumentShape shape;
  shape.noun = "contact";
  shape.fields = {"first_name",        "last_name",       "phones", "emails", "address",
                  "preferred_channel", "lifecycle_stage", "tags",   "notes"};
  shape.required = {"contact"};
  shape.clearable = true;
  const Json phone = text_of("A phone number.", limits::kPhoneBytes),
             email = text_of("An e-mail address.", limits::kEmailBytes);
  spec.arguments = share(records.argument_schema(
      shape, {{"contact", text_of("Who: a ref such as C-12, or a name, phone or e-mail.", limits::kNameBytes)},
              {"name", text_of("The whole name.", limits::kNameBytes)},
              {"phone", phone},
              {"add_phone", phone},
              {"remove_phone", phone},
              {"email", email},
              {"add_email", email},
              {"remove_email", email},
              {"add_tags", list_of("Tags to add.", limits::kTags, limits::kTagBytes)},
              {"remove_tags", list_of("Tags to take away.", limits::kTags, limits::kTagBytes)},
              {"services_interested", list_of("What they may want.", limits::kTags, limits::kTagBytes)},
              {"add_services", list_of("Services to add.", limits::kTags, limits::kTagBytes)},
              {"remove_services", list_of("Services to take away.", limits::kTags, limits::kTagBytes)},
              {"add_note", text_of("A note to put behind the others.", limits::kBodyBytes)},
              {"company",
               {{"type", {"string", "null"}},
                {"maxLength", limits::kNameBytes},
                {"description", "The company they belong to, a ref or a name on file; null for none."}}},
              {"source", text_of("How they heard of the business.", limits::kNameBytes)}}));
  spec.effect = EffectClass::write;
  spec.undoable = true;
  return make_tool(std::move(spec), propose_update_contact, run_update_contact);
}

}  // namespace deskhand::tools
