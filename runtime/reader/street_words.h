// The words and shapes that addresses.cpp is made of: kinds of street, units, states, postal codes.
//
// Thread rule: pure functions over tokens.
#pragma once

#include <optional>
#include <string_view>

#include "reader/tokenizer.h"

namespace deskhand::reader {

// st, street, ave, road, blvd, lane, ...: words that hardly mean anything else behind a number and a name.
bool is_street_kind(std::string_view folded);
// drive, way, court, park, hill, row, ...: words of everyday English as well.
bool is_weak_street_kind(std::string_view folded);
// rue, calle, via, avenida, ...: they stand before the name.
bool is_leading_street_kind(std::string_view folded);
// Ends in straße, strasse, str, weg, allee, platz, straat, laan, gatan, vej ...
bool is_compound_street(std::string_view folded);
// Streets often named by one word alone: Main, Broadway, Oak.
bool is_bare_street_name(std::string_view folded);
bool is_direction(std::string_view folded);

// Each returns the token after what it read, 0 when nothing of the kind starts here.
std::size_t skip_house_number(const Tokens& tokens, std::size_t index);  // 9, 12B, 12-14, 221 1/2
std::size_t skip_unit(const Tokens& tokens, std::size_t index);          // Apt 4, Unit B, #12, Suite 200, 2nd floor
std::size_t skip_po_box(const Tokens& tokens, std::size_t index);        // P.O. Box 12
std::size_t skip_state(const Tokens& tokens, std::size_t index);         // TX, Texas, New York
std::size_t skip_postcode(const Tokens& tokens, std::size_t index);      // 78704, 78704-1234, NW1 6XE, 1012 AB, K1A 0B1
std::size_t skip_five_digits(const Tokens& tokens, std::size_t index);   // 10969, 1012 AB: before a town
std::size_t skip_known_place(const Tokens& tokens, std::size_t index);   // Austin, New York, San Antonio

}  // namespace deskhand::reader
