// Any bytes through every reader: no crash, no hang, spans inside the text.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/limits.h"
#include "reader/addresses.h"
#include "reader/amounts.h"
#include "reader/answers.h"
#include "reader/companies.h"
#include "reader/dates.h"
#include "reader/durations.h"
#include "reader/emails.h"
#include "reader/names.h"
#include "reader/outcomes.h"
#include "reader/phones.h"
#include "reader/reasons.h"
#include "reader/sources.h"

namespace {

using namespace deskhand;
using namespace deskhand::reader;

void require(bool holds) {
  if (!holds) std::abort();
}

template <class T>
void check(std::string_view text, const std::vector<Reading<T>>& readings) {
  for (const auto& reading : readings)
    require(reading.span.begin < reading.span.end && reading.span.end <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > 4096) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  DateContext context;
  // The first byte turns the calendar, so that month ends, leap days and every direction are met.
  context.now = {Day{20000 + data[0] * 7}, (data[0] * 37) % 1440, 0};
  context.direction = static_cast<Direction>(data[0] % 3);
  context.order = static_cast<DayOrder>(data[0] % 2);
  check(text, find_person_names(text));
  check(text, find_company_names(text));
  check(text, find_phone_numbers(text, data[0] % 2 == 0 ? "US" : "DE"));
  check(text, find_email_addresses(text));
  check(text, find_addresses(text));
  check(text, find_amounts(text, data[0] % 2 == 0 ? "USD" : "EUR"));
  check(text, find_durations(text));
  check(text, find_counts(text));
  check(text, find_sources(text));
  check(text, find_reasons(text));
  check(text, find_outcomes(text));
  check(text, find_contactings(text));
  for (const auto& reading : find_dates(text, context)) {
    require(reading.span.end <= text.size());
    require(!reading.value.last_day || (reading.value.day && *reading.value.day <= *reading.value.last_day));
    require(!reading.value.minute || (*reading.value.minute >= 0 && *reading.value.minute < 1440));
  }
  for (const Span& span : find_impossible_dates(text, context)) require(span.end <= text.size());
  for (const Answer& answer : read_answer(text, context)) require(answer.span.end <= text.size());
  static_cast<void>(read_choice(text));
  static_cast<void>(read_person_name(text));
  static_cast<void>(read_source(text));
  static_cast<void>(read_lost_reason(text));
  static_cast<void>(find_people_at_companies(text));
  return 0;
}
