#include "store/org_store.h"

#include "base/text.h"

namespace deskhand::store {
namespace {

// "1,2,3,4,5": Monday is 1.
std::string days_column(const std::set<Weekday>& days) {
  std::string column;
  for (const Weekday weekday : days) column += (column.empty() ? "" : ",") + std::to_string(static_cast<int>(weekday));
  return column;
}

std::string holidays_column(const std::set<Day>& days) {
  std::string column;
  for (const Day day : days) column += (column.empty() ? "" : ",") + to_iso(day);
  return column;
}

BusinessCalendar read_calendar(const std::string& business_days, const std::string& holidays) {
  BusinessCalendar calendar;
  calendar.business_days.clear();
  for (const std::string& number : split(business_days, ','))
    if (number.size() == 1 && number[0] >= '1' && number[0] <= '7')
      calendar.business_days.insert(static_cast<Weekday>(number[0] - '0'));
  for (const std::string& iso : split(holidays, ','))
    if (const Result<Day> parsed = parse_iso_day(iso)) calendar.holidays.insert(*parsed);
  return calendar;
}

Fields org_fields(const Org& org) {
  return {{"slug", org.slug},
          {"name", org.name},
          {"timezone", org.timezone},
          {"region", org.region},
          {"currency", org.currency},
          {"phone", org.phone},
          {"email", org.email},
          {"address", org.address},
          {"signature", org.signature},
          {"service_area", org.service_area},
          {"business_days", days_column(org.calendar.business_days)},
          {"holidays", holidays_column(org.calendar.holidays)},
          {"open_minute", number(org.hours.open_minute)},
          {"close_minute", number(org.hours.close_minute)},
          {"quiet_begin_minute", org.quiet ? number(org.quiet->begin_minute) : Value{}},
          {"quiet_end_minute", org.quiet ? number(org.quiet->end_minute) : Value{}},
          {"active", flag(org.active)}};
}

constexpr std::string_view kUserColumns =
    "id, ref_number, version, created_at, updated_at, name, login, role, email, email_verified, may_approve_messages, "
    "active";
constexpr std::int64_t kUsers = 1'000;  // people of one small business

Result<User> read_user(const Row& row) {
  ColumnReader in(row);
  User user;
  user.id = in.id<UserId>();
  user.head = in.head();
  user.name = in.text();
  user.login = in.text();
  user.role = in.name(parse_user_role);
  user.email = in.text();
  user.email_verified = in.flag();
  user.may_approve_messages = in.flag();
  user.active = in.flag();
  return in.finish(std::move(user));
}

Fields user_fields(const User& user) {
  return {{"name", user.name},
          {"login", user.login},
          {"role", text(name_of(user.role))},
          {"email", user.email},
          {"email_verified", flag(user.email_verified)},
          {"may_approve_messages", flag(user.may_approve_messages)},
          {"active", flag(user.active)}};
}

}  // namespace

Result<Org> read_org(const Row& row) {
  ColumnReader in(row);
  Org org;
  org.id = in.id<OrgId>();
  org.head = in.head();
  org.slug = in.text();
  org.name = in.text();
  org.timezone = in.text();
  org.region = in.text();
  org.currency = in.text();
  org.phone = in.text();
  org.email = in.text();
  org.address = in.text();
  org.signature = in.text();
  org.service_area = in.text();
  const std::string business_days = in.text(), holidays = in.text();
  org.calendar = read_calendar(business_days, holidays);
  org.hours.open_minute = static_cast<int>(in.number());
  org.hours.close_minute = static_cast<int>(in.number());
  const std::optional<std::int64_t> quiet_begin = in.maybe_number(), quiet_end = in.maybe_number();
  if (quiet_begin && quiet_end) org.quiet = QuietHours{static_cast<int>(*quiet_begin), static_cast<int>(*quiet_end)};
  org.active = in.flag();
  return in.finish(std::move(org));
}

Done insert_org(Session& session, Org& org) {
  std::string id = org.id.text();
  return session.insert(record_table("orgs"), id, org.head, org_fields(org));
}

Result<Org> SqlOrgStore::get() const {
  return session_.one("SELECT " + std::string(kOrgColumns) + " FROM orgs WHERE org_id = $1 AND id = $1", {}, read_org,
                      "business of that name");
}

Result<Org> SqlOrgStore::update(Org org) {
  if (org.id != session_.org()) return Session::none_of("business of that name");
  Done updated = session_.update(record_table("orgs"), org.id.text(), org.head, org_fields(org));
  if (!updated) return updated.error();
  return get();
}

Result<User> SqlOrgStore::insert(User user) {
  std::string id = user.id.text();
  Done inserted = session_.insert(record_table("users"), id, user.head, user_fields(user));
  if (!inserted) return inserted.error();
  user.id = UserId(id);
  return user;
}

Result<User> SqlOrgStore::update(User user) {
  Done updated = session_.update(record_table("users"), user.id.text(), user.head, user_fields(user));
  if (!updated) return updated.error();
  return find_user(user.id);
}

Result<User> SqlOrgStore::find_user(const UserId& id) const {
  return session_.one("SELECT " + std::string(kUserColumns) + " FROM users WHERE org_id = $1 AND id = $2", {id.text()},
                      read_user, "user of that name");
}

Result<User> SqlOrgStore::find_user_by_login(std::string_view login) const {
  return session_.one("SELECT " + std::string(kUserColumns) + " FROM users WHERE org_id = $1 AND login = $2",
                      {text(login)}, read_user, "user \"" + shorten(printable_line(login), 80) + "\"");
}

Result<std::vector<User>> SqlOrgStore::users() const {
  return session_.all(
      "SELECT " + std::string(kUserColumns) + " FROM users WHERE org_id = $1 ORDER BY ref_number LIMIT $2", {kUsers},
      read_user);
}

Result<std::string> SqlOrgStore::setting(std::string_view name) const {
  Result<std::optional<std::string>> value =
      session_.maybe<std::string>("SELECT value FROM settings WHERE org_id = $1 AND name = $2", {text(name)},
                                  [](const Row& row) -> Result<std::string> { return std::string(row.bytes(0)); });
  if (!value) return value.error();
  return value->value_or("");
}

Done SqlOrgStore::set_setting(std::string_view name, std::string_view value) {
  Result<std::optional<std::string>> known =
      session_.maybe<std::string>("SELECT id FROM settings WHERE org_id = $1 AND name = $2", {text(name)},
                                  [](const Row& row) -> Result<std::string> { return std::string(row.bytes(0)); });
  if (!known) return known.error();
  const RecordTable& settings = record_table("settings");
  if (!*known) {
    std::string id;
    RecordHead head;
    return session_.insert(settings, id, head, {{"name", text(name)}, {"value", text(value)}});
  }
  return session_.capture(settings, **known, [&] {
    return session_.run(
        "UPDATE settings SET value = $3, version = version + 1, updated_at = $4 WHERE org_id = $1 AND id = $2 AND "
        "value <> $3",
        {**known, text(value), instant(session_.now())});
  });
}

}  // namespace deskhand::store
