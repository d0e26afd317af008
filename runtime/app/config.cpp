#include "app/config.h"

#include "app/config_section.h"

#include <yaml-cpp/yaml.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>

#include "base/email.h"
#include "base/limits.h"
#include "base/money.h"
#include "base/phone.h"
#include "base/text.h"

namespace deskhand::app {
namespace {

constexpr int kDepthMax = 8;

Done read_strings(const Section& section, const std::string& name, const YAML::Node& value, std::vector<std::string>& target) {
  if (!value.IsSequence()) return section.error(value, section.path_of(name) + " must be a list");
  target.clear();
  for (const YAML::Node& item : value) {
    std::string text;
    if (auto done = section.read_text(name, item, text); !done) return done;
    target.push_back(std::move(text));
  }
  return {};
}

std::optional<Weekday> parse_weekday(std::string_view text) {
  for (int i = 1; i <= 7; ++i) {
    const auto name = weekday_name(static_cast<Weekday>(i));
    if (text.size() >= 3 && starts_with_ignoring_case(name, text)) return static_cast<Weekday>(i);
  }
  return std::nullopt;
}

Done read_org(const YAML::Node& node, const std::string& file, OrgSeed& org) {
  Section section(node, file, "org");
  org.given = true;
  section.text("slug", org.slug).text("name", org.name).text("timezone", org.timezone).text("region", org.region);
  section.text("currency", org.currency).text("phone", org.phone).text("email", org.email).text("address", org.address);
  section.text("signature", org.signature).text("service_area", org.service_area);
  section.key("owner", [&](const YAML::Node& value) {
    Section owner(value, file, "org.owner");
    owner.text("name", org.owner_name).text("email", org.owner_email).text("login", org.owner_login);
    return owner.read();
  });
  if (auto done = section.read(); !done) return done;
  if (!org.timezone.empty())
    if (auto zone = Zone::find(org.timezone); !zone) return section.error(node, "org.timezone: " + zone.error().message);
  if (!is_region(org.region)) return section.error(node, "org.region \"" + printable_line(org.region) + "\" is no country; write two letters such as US or DE");
  if (!is_currency(org.currency)) return section.error(node, "org.currency \"" + printable_line(org.currency) + "\" is no currency; write three letters such as USD");
  for (const std::string* address : {&org.email, &org.owner_email})
    if (!address->empty())
      if (auto email = parse_email(*address); !email) return section.error(node, "org: " + email.error().message);
  return {};
}

Done read_store(const YAML::Node& node, const std::string& file, Config& config) {
  Section section(node, file, "store");
  std::string synchronous = "full";
  section.text("synchronous", synchronous);
  if (auto done = section.read(); !done) return done;
  if (synchronous != "full" && synchronous != "normal") return section.error(node, "store.synchronous is full or normal");
  config.synchronous_full = synchronous == "full";
  return {};
}

Result<std::int64_t> read_price(const Section& section, const YAML::Node& value, const std::string& name) {
  std::string text;
  if (auto done = section.read_text(name, value, text); !done) return done.error();
  const auto is_number = [](std::string_view digits, std::size_t digits_max) {
    return !digits.empty() && digits.size() <= digits_max &&
           digits.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const std::size_t point = text.find('.');
  const std::string whole = text.substr(0, point);
  std::string decimals = point == std::string::npos ? "0" : text.substr(point + 1);
  if (!is_number(whole, 7) || !is_number(decimals, 6))
    return section.error(value, section.path_of(name) + ": write an amount such as 2.50");
  decimals.resize(6, '0');
  return static_cast<std::int64_t>(std::stoll(whole + decimals));
}

Done read_provider(const Section& section, const YAML::Node& at, const std::string& file, ModelProvider& provider) {
  Section one(at, file, "model.providers." + provider.name);
  one.text("kind", provider.kind).text("base_url", provider.base_url).text("model", provider.model).text("server", provider.server).secret("key", provider.key);
  one.key("prices", [&](const YAML::Node& value) {
    Section prices(value, file, one.path_of("prices"));
    const auto price = [&](const std::string& name, auto& target) {
      prices.key(name, [&prices, name, &target](const YAML::Node& where) -> Done {
        auto read = read_price(prices, where, name);
        if (!read) return read.error();
        target = *read;
        return {};
      });
    };
    price("input", provider.input_price_micros);
    price("output", provider.output_price_micros);
    price("cached_input", provider.cached_input_price_micros);
    price("cache_write", provider.cache_write_price_micros);
    return prices.read();
  });
  if (auto done = one.read(); !done) return done;
  if (provider.kind != "embedded" && provider.kind != "openai" && provider.kind != "anthropic")
    return section.error(at, one.path_of("kind") + " is openai, anthropic or embedded");
  if (provider.name == "embedded" && provider.kind != "embedded")  // its words are shown as the program's own
    return section.error(at, "model.providers: the name embedded is the built-in model's; choose another");
  return {};
}

// "none" lifts a limit.
Done read_limits(const YAML::Node& node, const std::string& file, ModelLimits& limits) {
  Section section(node, file, "model.limits");
  section.text("currency", limits.currency);
  const auto cost = [&](const std::string& name, std::optional<std::int64_t>& target) {
    section.key(name, [&section, name, &target](const YAML::Node& at) -> Done {
      target.reset();
      if (at.IsScalar() && at.Scalar() == "none") return {};
      auto read = read_price(section, at, name);
      if (!read) return read.error();
      target = *read;
      return {};
    });
  };
  const auto tokens = [&](const std::string& name, std::optional<std::int64_t>& target) {
    section.key(name, [&section, name, &target](const YAML::Node& at) -> Done {
      target.reset();
      std::string text;
      if (auto done = section.read_text(name, at, text); !done) return done;
      if (text == "none") return {};
      std::int64_t count = 0;
      for (const char letter : text) {
        if (letter < '0' || letter > '9' || count > 1'000'000'000'000)
          return section.error(at, section.path_of(name) + ": write a number of tokens such as 200000, or none");
        count = count * 10 + (letter - '0');
      }
      target = count;
      return {};
    });
  };
  cost("cost_per_turn", limits.turn_cost_micros);
  cost("cost_per_conversation", limits.conversation_cost_micros);
  cost("cost_per_day", limits.day_cost_micros);
  tokens("tokens_per_turn", limits.turn_tokens);
  tokens("tokens_per_conversation", limits.conversation_tokens);
  tokens("tokens_per_day", limits.day_tokens);
  if (auto done = section.read(); !done) return done;
  if (!is_currency(limits.currency))
    return section.error(node, "model.limits.currency \"" + printable_line(limits.currency) +
                                   "\" is no currency; write three letters such as USD");
  return {};
}

Done read_model(const YAML::Node& node, const std::string& file, Config& config) {
  Section section(node, file, "model");
  section.key("chain", [&](const YAML::Node& value) { return read_strings(section, "chain", value, config.model_chain); });
  section.key("providers", [&](const YAML::Node& value) -> Done {
    if (!value.IsMap()) return section.error(value, "model.providers must hold one mapping per provider");
    for (const auto& item : value) {
      ModelProvider provider;
      provider.name = item.first.Scalar();
      if (auto done = read_provider(section, item.second, file, provider); !done) return done;
      config.model_providers[provider.name] = provider;
    }
    return {};
  });
  section.key("limits", [&](const YAML::Node& value) { return read_limits(value, file, config.model_limits); });
  if (auto done = section.read(); !done) return done;
  for (const std::string& name : config.model_chain)
    if (name != "embedded" && !config.model_providers.contains(name))
      return section.error(node, "model.chain names \"" + printable_line(name) + "\", which model.providers does not describe");
  if (config.model_chain.empty()) return section.error(node, "model.chain is empty; write [embedded]");
  return {};
}

Done read_email(const YAML::Node& node, const std::string& file, Config& config) {
  auto email = read_email_config(node, file);
  if (!email) return email.error();
  config.email = std::move(*email);
  return {};
}

Result<int> read_clock(const Section& section, const YAML::Node& value, const std::string& name) {
  std::string text;
  if (auto done = section.read_text(name, value, text); !done) return done.error();
  auto minute = parse_clock(text);
  if (!minute) return section.error(value, section.path_of(name) + ": write a time of day such as \"08:00\"");
  return *minute;
}

Done read_hours(const YAML::Node& node, const std::string& file, Config& config) {
  Section section(node, file, "hours");
  const auto clock_key = [&](const std::string& name, int& target) {
    section.key(name, [&section, name, &target](const YAML::Node& value) -> Done {
      auto minute = read_clock(section, value, name);
      if (!minute) return minute.error();
      target = *minute;
      return {};
    });
  };
  clock_key("open", config.hours.open_minute);
  clock_key("close", config.hours.close_minute);
  section.key("business_days", [&](const YAML::Node& value) -> Done {
    std::vector<std::string> names;
    if (auto done = read_strings(section, "business_days", value, names); !done) return done;
    config.calendar.business_days.clear();
    for (const std::string& name : names) {
      const auto weekday = parse_weekday(name);
      if (!weekday) return section.error(value, "hours.business_days: \"" + printable_line(name) + "\" is no weekday");
      config.calendar.business_days.insert(*weekday);
    }
    return {};
  });
  section.key("holidays", [&](const YAML::Node& value) -> Done {
    std::vector<std::string> days;
    if (auto done = read_strings(section, "holidays", value, days); !done) return done;
    for (const std::string& text : days) {
      if (text.ends_with(".ics")) {
        config.holiday_files.push_back((std::filesystem::path(file).parent_path() / text).string());  // an absolute path stays itself
        continue;
      }
      auto day = parse_iso_day(text);
      if (!day) return section.error(value, "hours.holidays: " + day.error().message);
      config.calendar.holidays.insert(*day);
    }
    return {};
  });
  section.key("quiet", [&](const YAML::Node& value) -> Done {
    Section quiet(value, file, "hours.quiet");
    QuietHours hours;
    const auto quiet_key = [&](const std::string& name, int& target) {
      quiet.key(name, [&quiet, name, &target](const YAML::Node& at) -> Done {
        auto minute = read_clock(quiet, at, name);
        if (!minute) return minute.error();
        target = *minute;
        return {};
      });
    };
    quiet_key("begin", hours.begin_minute);
    quiet_key("end", hours.end_minute);
    if (auto done = quiet.read(); !done) return done;
    config.quiet = hours;
    return {};
  });
  if (auto done = section.read(); !done) return done;
  if (config.hours.open_minute >= config.hours.close_minute) return section.error(node, "hours.open must be earlier than hours.close");
  return {};
}

// Depth and size are checked before yaml-cpp builds its tree; aliases are refused because they can grow without bound.
Done check_shape(std::string_view text, const std::string& file) {
  if (text.size() > limits::kConfigBytes) return make_error(Code::invalid_argument, file + " is larger than " + std::to_string(limits::kConfigBytes / 1024) + " KB; a configuration is not.");
  if (!is_utf8(text)) return make_error(Code::invalid_argument, file + " is not UTF-8 text.");
  int depth = 0, deepest = 0;
  for (const char c : text) {
    if (c == '{' || c == '[') deepest = std::max(deepest, ++depth);
    if (c == '}' || c == ']') --depth;
  }
  if (deepest > kDepthMax) return make_error(Code::invalid_argument, file + " is nested deeper than a configuration is.");
  return {};
}

}  // namespace

Result<Config> parse_config(std::string_view text, const std::string& file_name) {
  if (auto done = check_shape(text, file_name); !done) return done.error();
  Config config;
  config.path = file_name;
  try {
    const YAML::Node root = YAML::Load(std::string(text));
    Section section(root, file_name, "");
    section.key("org", [&](const YAML::Node& value) { return read_org(value, file_name, config.org); });
    section.text("data", config.data);
    section.key("store", [&](const YAML::Node& value) { return read_store(value, file_name, config); });
    section.key("procedures", [&](const YAML::Node& value) { return read_strings(section, "procedures", value, config.procedures); });
    section.key("model", [&](const YAML::Node& value) { return read_model(value, file_name, config); });
    section.key("email", [&](const YAML::Node& value) { return read_email(value, file_name, config); });
    section.key("hours", [&](const YAML::Node& value) { return read_hours(value, file_name, config); });
    section.key("schedule", [&](const YAML::Node& value) -> Done {
      if (!value.IsMap()) return section.error(value, "schedule must hold one time per behaviour");
      for (const auto& item : value) config.schedule[item.first.Scalar()] = item.second.Scalar();
      return {};
    });
    section.key("log", [&](const YAML::Node& value) -> Done {
      Section log(value, file_name, "log");
      log.text("level", config.log_level);
      if (auto done = log.read(); !done) return done;
      static const std::set<std::string> kLevels{"debug", "info", "warn", "error"};
      return kLevels.contains(config.log_level) ? Done{} : Done{log.error(value, "log.level is debug, info, warn or error")};
    });
    if (auto done = section.read(); !done) return done.error();
  } catch (const YAML::Exception& failure) {
    return make_error(Code::invalid_argument, file_name + ":" + std::to_string(failure.mark.line + 1) + ": " + failure.msg + ".");
  }
  return config;
}

Result<Config> load_config(const std::string& path) {
  const std::string name = path.empty() ? "config.yaml" : path;
  std::ifstream file(name, std::ios::binary);
  if (!file) {
    if (path.empty()) return Config{};
    return make_error(Code::not_found, "There is no configuration file " + name + ".");
  }
  std::string text(limits::kConfigBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return parse_config(text, name);
}

}  // namespace deskhand::app
