// What people write when they want something, sell something, look for work: the phrases that intent.cpp counts.
//
// Thread rule: immutable sets, made at their first use.
#pragma once

#include "reader/phrases.h"

namespace deskhand::intake::signs {

const reader::PhraseSet& requests();
const reader::PhraseSet& troubles();
const reader::PhraseSet& offers();
const reader::PhraseSet& applications();
const reader::PhraseSet& supplies();
const reader::PhraseSet& loose_offers();
const reader::PhraseSet& purchases();
const reader::PhraseSet& disputes();
const reader::PhraseSet& talks();
const reader::PhraseSet& new_matters();
const reader::PhraseSet& hurries();
const reader::PhraseSet& calms();
const reader::PhraseSet& aftermaths();
const reader::PhraseSet& changes_of_date();

}  // namespace deskhand::intake::signs
