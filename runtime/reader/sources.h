// How somebody heard of the business, in plain words: "found us on Google", "Dana's sister", "saw your flyer", "yelp".
//
// Thread rule: pure functions. Two codes come out (inventory 1b, Sources): the source of S2-L1e, which mixes channel
// and origin, and the acquisition of S4-S3. The words are kept as they were said.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/lead.h"
#include "reader/reading.h"

namespace deskhand::reader {

enum class Acquisition {
  website,
  referral,
  paid_ads,
  organic_search,
  social_media,
  cold_outreach,
  event,
  partner,
  other
};                                                  // S4-S3
std::string_view name_of(Acquisition acquisition);  // "organic_search"

struct Source {
  LeadSource source = LeadSource::other;
  std::optional<Acquisition> acquisition;  // absent where the words only name the channel ("called in")
  std::string words;                       // "found us on Google"
  std::string referrer;                    // "Bob Smith" of "referred by Bob Smith", else ""
};

// In running text, left to right; denied ("not from Google") and asked ones are left out.
std::vector<Reading<Source>> find_sources(std::string_view text);
// The text answers "how did they hear about us?": also "google", "a friend", "Dana Flores" (likely a referral).
std::optional<Reading<Source>> read_source(std::string_view text);

}  // namespace deskhand::reader
