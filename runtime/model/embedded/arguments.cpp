#include "model/embedded/arguments.h"

#include <algorithm>
#include <cstdio>

#include "base/json.h"
#include "base/limits.h"
#include "base/text.h"
#include "model/embedded/roles.h"
#include "reader/lexicon.h"

namespace deskhand::embedded {
namespace {

// Role: the arguments that can hold it, in the order tried.
struct RolePlaces {
  std::string_view role, arguments;
};
constexpr RolePlaces kPlaces[] = {
    {"who", "contact lead opportunity follow_up appointment"},
    {"contact", "contact survivor lead"},
    {"other", "loser"},
    {"lead", "lead opportunity contact"},
    {"opportunity", "opportunity lead contact"},
    {"deal", "opportunity lead contact"},
    {"company", "company"},
    {"follow_up", "follow_up reminder"},
    {"reminder", "reminder follow_up"},
    {"appointment", "appointment"},
    {"estimate", "estimate"},
    {"message", "message"},
    {"assignee", "assignee owner"},
    {"change", "ref"},
    {"query", "query"},
    {"company_name", "name"},
    {"deal_name", "name"},
    {"title", "title"},
    {"new_title", "title"},
    {"description", "description"},
    {"body", "body text note"},
    {"note", "note notes add_note body"},
    {"notes", "notes note"},
    {"topic", "topic follow_up_topic"},
    {"follow_up_topic", "follow_up_topic topic"},
    {"text", "text body"},
    {"new_text", "text"},
    {"service", "service"},
    {"source_words", "source_words source"},
    {"reason", "reason"},
    {"reason_words", "reason note"},
    {"amount", "amount estimated_value"},
    {"estimated_value", "estimated_value amount"},
    {"value_min", "value_min"},
    {"value_max", "value_max"},
    {"date", "date sent_on"},
    {"time", "time"},
    {"due", "date due"},
    {"follow_up_date", "follow_up_date date"},
    {"expected_close_date", "expected_close_date"},
    {"created_from", "created_from"},
    {"created_to", "created_to"},
    {"closed_from", "closed_from"},
    {"closed_to", "closed_to"},
    {"period", "month"},
    {"count", "count limit"},
    {"days", "days"},
    {"stage", "to stage pipeline_stage"},
    {"lead_state", "state status"},
    {"deal_stage", "stage"},
    {"open", "open"},
    {"order", "order"},
    {"topic_words", "text"},
    {"source_is", "source"},
    {"follow_ups_when", "when"},
    {"outcome", "outcome"},
    {"channel", "channel preferred_channel"},
    {"prefers", "preferred_channel"},
    {"lifecycle", "lifecycle_stage"},
    {"address", "address billing_address"},
    {"billing_address", "billing_address"},
    {"main_phone", "main_phone"},
    {"add_tags", "add_tags tags"},
    {"remove_tags", "remove_tags"},
    {"tags", "tags tag"},
    {"first_name", "first_name"},
    {"last_name", "last_name"},
};

bool allows_type(const Json& property, std::string_view type) {
  const auto types = property.find("type");
  if (types == property.end()) return property.contains("anyOf") || type == "string";
  if (types->is_string()) return types->get<std::string>() == type;
  return types->is_array() && std::any_of(types->begin(), types->end(), [&](const Json& each) { return each == type; });
}

std::string shortened(const Json& property, std::string text) {
  const auto longest = property.find("maxLength");
  if (longest != property.end() && longest->is_number_unsigned() && text.size() > longest->get<std::size_t>())
    return std::string(prefix_utf8(text, longest->get<std::size_t>()));
  return text;
}

Json number_of(const Money& money) {
  const std::string decimal = to_decimal(money);
  const auto parsed = parse_json(decimal.ends_with(".00") ? decimal.substr(0, decimal.size() - 3) : decimal, 64);
  return parsed ? *parsed : Json(decimal);
}

// The word of an enum that a code means; "" when the enum has none.
std::string allowed(const std::vector<std::string>& values, const std::string& code) {
  if (values.empty()) return code;
  for (const std::string& option : split(code, '|'))
    if (std::find(values.begin(), values.end(), option) != values.end()) return option;
  return {};
}

std::vector<std::string> parts_of(std::string_view words) {
  std::vector<std::string> parts;
  for (const std::string& piece : split(replace_all(replace_all(std::string(words), " and ", ","), "&", ","), ',')) {
    std::string_view part = trim(piece);
    for (std::string_view opener : {"as ", "a ", "an ", "the ", "and ", "\"", "'"})
      if (starts_with_ignoring_case(part, opener)) part = trim(part.substr(opener.size()));
    while (!part.empty() && (part.back() == '"' || part.back() == '\'' || part.back() == '.')) part.remove_suffix(1);
    for (std::string_view ending : {" customer", " client", " tag"})
      if (part.size() > ending.size() && part.ends_with(ending)) part.remove_suffix(ending.size());
    if (!part.empty()) parts.emplace_back(shorten(part, limits::kTagBytes));
  }
  return parts;
}

class Builder {
 public:
  Builder(const Frame& frame, const ToolView& tool) : frame_(frame), tool_(tool) {}

  Json build() {
    for (const auto& [argument, value] : frame_.kind->sets) set(argument, value);
    for (const auto& [role, filled] : frame_.slots) put(role, filled);
    return std::move(arguments_);
  }

 private:
  void set(const std::string& argument, const std::string& value) {
    const Json* property = tool_.property(argument);
    if (property == nullptr) return;
    if (value == "true" || value == "false") arguments_[argument] = value == "true";
    else if (const std::string word = allowed(tool_.values(argument), value); !word.empty()) arguments_[argument] = word;
  }

  void put(const std::string& role, const Filled& filled) {
    if (role == "name" || role == "new_name") return put_name(filled);
    if (role == "phone" || role == "more_phones" || role == "email") return put_point(role, filled);
    if (role == "source") return put_source(filled);
    if (role == "arrived") return put_arrival(filled);
    if (role == "lead_state") return put_states(filled);
    const std::string argument = tool_.argument_for(role, &filled);
    if (argument.empty()) return;
    const Json* property = tool_.property(argument);
    if (role == "tags" || role == "add_tags" || role == "remove_tags") return put_tags(argument, *property, filled);
    if (Json value = value_of(*property, argument, filled); !value.is_null()) arguments_[argument] = std::move(value);
  }

  Json value_of(const Json& property, const std::string& argument, const Filled& filled) const {
    if (!filled.ref.empty()) return filled.ref;
    if (filled.money) return allows_type(property, "number") ? number_of(*filled.money) : Json(to_decimal(*filled.money));
    if (filled.minute && argument == "time") return to_iso_clock(*filled.minute);
    if (filled.day && argument != "month") return to_iso(*filled.day);
    if (filled.number && (allows_type(property, "integer") || allows_type(property, "number"))) return *filled.number;
    if (allows_type(property, "boolean") && !allows_type(property, "string")) return filled.code == "true" || filled.words == "true";
    const std::vector<std::string> values = tool_.values(argument);
    if (!filled.code.empty()) {
      const std::string word = allowed(values, filled.code);
      return word.empty() ? Json() : Json(word);
    }
    if (!values.empty()) {
      // An enum that an owner may have extended: its values are said with spaces.
      for (const std::string& value : values)
        if (fold_name(replace_all(value, "_", " ")) == fold_name(filled.words)) return value;
      return Json();
    }
    const std::string words = filled.reference ? filled.reference->words : filled.words;
    if (allows_type(property, "array")) return Json::array({words});
    if (!allows_type(property, "string") && allows_type(property, "number")) {
      const auto number = parse_json(trim(words), 64);
      return number && number->is_number() ? *number : Json();
    }
    return words.empty() ? Json() : Json(shortened(property, words));
  }

  void put_name(const Filled& filled) {
    if (filled.person && tool_.has("first_name") && tool_.has("last_name")) {
      std::string last = filled.person->last;
      if (!filled.person->suffix.empty()) last += (last.empty() ? "" : " ") + filled.person->suffix;
      if (last.empty() && is_last_name(filled)) {
        arguments_["last_name"] = filled.person->first;
        return;
      }
      if (!filled.person->first.empty()) arguments_["first_name"] = filled.person->first;
      if (!last.empty()) arguments_["last_name"] = last;
      return;
    }
    if (tool_.has("name")) arguments_["name"] = filled.person ? filled.person->text() : filled.words;
  }

  // "It's spelled Mendez, not Mendes": one word put right stands where the wrong one stood.
  bool is_last_name(const Filled& filled) const {
    const Filled* contact = frame_.slot("contact");
    if (contact == nullptr || !frame_.kind->takes_role("new_name")) return false;
    return !reader::is_given_name(fold_name(filled.person->first)) && !reader::is_given_name(fold_name(contact->words)) &&
           contact->words.find(' ') == std::string::npos && contact->ref.empty();
  }

  void put_point(const std::string& role, const Filled& filled) {
    const bool is_phone = role != "email";
    const std::string one = is_phone ? "phone" : "email", many = is_phone ? "phones" : "emails";
    const std::string more = "add_" + one;
    if (frame_.slot("adds") != nullptr && tool_.has(more)) {
      arguments_[more] = filled.words;
    } else if (role == "more_phones") {
      if (arguments_.contains(one) && tool_.has(many)) {
        arguments_[many] = Json::array({arguments_[one], filled.words});
        arguments_.erase(one);
      } else if (tool_.has(many)) {
        pending_phones_.push_back(filled.words);
      }
    } else if (!pending_phones_.empty() && is_phone && tool_.has(many)) {
      arguments_[many] = Json::array({filled.words, pending_phones_.front()});
    } else if (tool_.has(one)) {
      arguments_[one] = filled.words;
    } else if (tool_.has(many)) {
      arguments_[many] = Json::array({filled.words});
    } else if (tool_.has("main_phone") && is_phone) {
      arguments_["main_phone"] = filled.words;
    } else if (tool_.has("query") && frame_.slot("query") == nullptr) {
      arguments_["query"] = filled.words;
    }
  }

  // A channel of S2-L1e where the tool wants one, and the words beside it where it takes them.
  void put_source(const Filled& filled) {
    const std::vector<std::string> values = tool_.values("source");
    if (!values.empty()) {
      if (const std::string word = allowed(values, filled.code); !word.empty()) arguments_["source"] = word;
    } else if (tool_.has("source") && !filled.words.empty()) {
      arguments_["source"] = filled.words;
    }
    if (tool_.has("source_words") && !filled.words.empty()) arguments_["source_words"] = filled.words;
  }

  void put_arrival(const Filled& filled) {
    if (frame_.slot("source") != nullptr) return;
    if (const std::string word = allowed(tool_.values("source"), filled.code); !word.empty()) arguments_["source"] = word;
  }

  void put_states(const Filled& filled) {
    const std::string argument = tool_.argument_for("lead_state", &filled);
    if (argument.empty()) return;
    Json states = Json::array();
    for (const std::string& state : split(filled.words, ',')) states.push_back(state);
    arguments_[argument] = states.size() == 1 ? states[0] : states;
  }

  void put_tags(const std::string& argument, const Json& property, const Filled& filled) {
    const std::vector<std::string> tags = parts_of(filled.words);
    if (tags.empty()) return;
    if (!allows_type(property, "array")) {
      arguments_[argument] = tags.front();
      return;
    }
    for (const std::string& tag : tags) arguments_[argument].push_back(tag);
  }

  const Frame& frame_;
  const ToolView& tool_;
  Json arguments_ = Json::object();
  std::vector<std::string> pending_phones_;
};

}  // namespace

const Json* ToolView::property(std::string_view argument) const {
  if (!tool_.arguments || !tool_.arguments->is_object()) return nullptr;
  const auto properties = tool_.arguments->find("properties");
  if (properties == tool_.arguments->end() || !properties->is_object()) return nullptr;
  const auto found = properties->find(argument);
  return found == properties->end() ? nullptr : &*found;
}

bool ToolView::has(std::string_view argument) const { return property(argument) != nullptr; }

std::vector<std::string> ToolView::values(std::string_view argument) const {
  std::vector<std::string> values;
  const Json* found = property(argument);
  if (found == nullptr || !found->is_object() || !found->contains("enum")) return values;
  for (const Json& value : (*found)["enum"])
    if (value.is_string()) values.push_back(value.get<std::string>());
  return values;
}

std::vector<std::pair<std::string, std::string>> ToolView::custom_fields() const {
  std::vector<std::pair<std::string, std::string>> fields;
  if (!tool_.arguments || !tool_.arguments->is_object() || !tool_.arguments->contains("properties")) return fields;
  for (const auto& [name, property] : (*tool_.arguments)["properties"].items())
    if (name.starts_with("x_") && fields.size() < limits::kCustomFields) fields.emplace_back(name, replace_all(name.substr(2), "_", " "));
  return fields;
}

std::string ToolView::argument_for(std::string_view role, const Filled* filled) const {
  if (role.starts_with("x_")) return has(role) ? std::string(role) : std::string();
  // A ref goes where its noun is asked for.
  if (filled != nullptr && kind_of_role(role) == RoleKind::reference) {
    std::optional<Noun> noun = filled->reference ? filled->reference->noun : std::nullopt;
    if (const auto ref = parse_ref(filled->ref)) noun = noun_of_prefix(ref->prefix);
    if (noun && role != "other" && role != "assignee" && has(noun_name(*noun))) return std::string(noun_name(*noun));
  }
  const auto places = std::find_if(std::begin(kPlaces), std::end(kPlaces), [&](const RolePlaces& each) { return each.role == role; });
  if (places == std::end(kPlaces)) return has(role) ? std::string(role) : std::string();
  for (const std::string& argument : split(places->arguments, ' '))
    if (has(argument)) return argument;
  return {};
}

std::vector<Noun> ToolView::nouns_for(std::string_view role) const {
  using enum Noun;
  if (role == "company") return {company};
  if (role == "assignee") return {user};
  if (role == "follow_up") return {interaction, reminder, contact, lead};
  if (role == "reminder") return {reminder, contact, lead};
  if (role == "appointment") return {appointment, contact, lead};
  if (role == "message") return {message, contact, lead};
  if (role == "contact" || role == "other") return {contact, lead};
  if (role == "lead") return {lead, contact, opportunity};
  if (role == "opportunity" || role == "deal") return {opportunity, lead, contact};
  return has("contact") ? std::vector<Noun>{contact, lead, opportunity} : std::vector<Noun>{lead, opportunity, contact};
}

const OfferedTool* find_tool(const ModelRequest& request, std::string_view name) {
  const auto found = std::find_if(request.tools.begin(), request.tools.end(), [&](const OfferedTool& tool) { return tool.name == name; });
  return found == request.tools.end() ? nullptr : &*found;
}

std::string arguments_text(const Frame& frame, const ToolView& tool) { return to_text(Builder(frame, tool).build()); }

}  // namespace deskhand::embedded
