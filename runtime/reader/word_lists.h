// The lists behind lexicon.h; only lexicon.cpp includes this.
#pragma once

#include <string_view>

namespace deskhand::reader {

extern const std::string_view kCommonWords;
extern const std::string_view kTradeWords;
extern const std::string_view kGivenNames;
extern const std::string_view kHispanicSurnames;
extern const std::string_view kPlaces;
extern const std::string_view kCalendarWords;
extern const std::string_view kBrands;

}  // namespace deskhand::reader
