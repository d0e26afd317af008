// config.yaml as one struct. It describes the process and seeds the first business; afterwards the business's own rows lead.
// With no file at all: the embedded model, mail written to a folder, data in ./data.
//
// Thread rule: value type. Codes: not_found (a file that was named is not there), invalid_argument (one line with file, line and
// the nearest known key). `${NAME}` in a value reads the environment; an unset name is an error, not an empty text.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/config_email.h"
#include "base/result.h"
#include "crm/org.h"

namespace deskhand::app {

struct OrgSeed {
  std::string slug = "main", name = "My Business", timezone, region = "US", currency = "USD";
  std::string phone, email, address, signature, service_area;
  std::string owner_name, owner_email, owner_login = "owner";
  bool given = false;  // the file has an org section: nothing is asked at the first start
};

struct ModelProvider {
  std::string name, kind;   // kind: openai, anthropic or embedded
  std::string base_url, model;
  std::string server;  // openai: whose dialect, when the address does not tell
  std::string key;     // "${NAME}", "env:NAME" or "file:PATH"
  std::int64_t input_price_micros = 0, output_price_micros = 0;                     // for a million tokens
  std::optional<std::int64_t> cached_input_price_micros, cache_write_price_micros;  // absent: as input
};

// What models may use; absent: no limit. Money in millionths of the currency that the prices are in.
struct ModelLimits {
  std::string currency = "USD";
  std::optional<std::int64_t> turn_cost_micros{1'000'000}, conversation_cost_micros{10'000'000},
      day_cost_micros{10'000'000};
  std::optional<std::int64_t> turn_tokens, conversation_tokens, day_tokens;
};

struct Config {
  std::string path;  // "" when there is no file
  OrgSeed org;
  std::string data = "./data";
  bool synchronous_full = true;
  std::vector<std::string> procedures{"procedures/crm.md"};
  std::vector<std::string> model_chain{"embedded"};
  std::map<std::string, ModelProvider> model_providers;
  EmailConfig email;
  ModelLimits model_limits;
  std::map<std::string, std::string> schedule;  // behaviour to when, checked by the schedule
  BusinessCalendar calendar;
  std::vector<std::string> holiday_files;       // .ics, beside the configuration file
  OpeningHours hours;
  std::optional<QuietHours> quiet;
  std::string log_level = "info";
};

// `path` empty: ./config.yaml when it exists, else the defaults.
Result<Config> load_config(const std::string& path);
Result<Config> parse_config(std::string_view text, const std::string& file_name);

}  // namespace deskhand::app
