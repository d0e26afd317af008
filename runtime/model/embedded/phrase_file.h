// The phrase files of prompts/embedded: what an owner says and what the embedded model says back, as lines that anyone can
// read and extend. docs/formats/phrases.md describes the form.
//
// Thread rule: value types and pure functions. Codes: invalid_argument (file and line in the message), limit_exceeded,
// not_found (no such folder), unavailable (a file that can't be read).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace deskhand::embedded {

struct PhraseLine {
  std::string key, argument, text;  // "ask body: How did it go?" is ask, body, "How did it go?"
  std::string place;                // "requests.txt line 12"
};

// Lines that stand under one heading, from however many files.
struct PhraseSection {
  std::string heading, name;  // "request log_call" is request, log_call; "" for the lines before any heading
  std::vector<PhraseLine> lines;
};

// Every section by heading and name; one of the same heading and name in a later file adds its lines to the first.
class PhraseFiles {
 public:
  Done add(std::string_view text, std::string_view file_name);
  const std::vector<PhraseSection>& sections() const { return sections_; }

 private:
  PhraseSection& section(std::string heading, std::string name);
  std::vector<PhraseSection> sections_;
  std::map<std::string, std::size_t> by_title_;
};

// All *.txt files of a folder, in the order of their names.
Result<PhraseFiles> read_phrase_folder(const std::string& folder);

}  // namespace deskhand::embedded
