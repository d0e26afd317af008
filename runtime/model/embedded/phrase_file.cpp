#include "model/embedded/phrase_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/text.h"
#include "base/utf8.h"

namespace deskhand::embedded {
namespace {

constexpr std::size_t kFileBytes = 256 * 1024;  // a thousand ways of saying things are 40 KB
constexpr std::size_t kLineBytes = 1000;
constexpr std::size_t kFiles = 50;

constexpr std::string_view kHeadings[] = {"request", "group", "part", "alike", "shorthand", "replies", "cues", "choices"};

bool is_heading(std::string_view word) {
  return std::find(std::begin(kHeadings), std::end(kHeadings), word) != std::end(kHeadings);
}

std::pair<std::string_view, std::string_view> cut(std::string_view line, char at) {
  const std::size_t position = line.find(at);
  if (position == std::string_view::npos) return {trim(line), {}};
  return {trim(line.substr(0, position)), trim(line.substr(position + 1))};
}

}  // namespace

PhraseSection& PhraseFiles::section(std::string heading, std::string name) {
  const auto [known, is_new] = by_title_.emplace(heading + " " + name, sections_.size());
  if (is_new) sections_.push_back({std::move(heading), std::move(name), {}});
  return sections_[known->second];
}

Done PhraseFiles::add(std::string_view text, std::string_view file_name) {
  if (text.size() > kFileBytes || !is_utf8(text))
    return make_error(Code::limit_exceeded, std::string(file_name) + " is longer than 256 KB or is no UTF-8 text; phrase files are short and plain.");
  std::string heading, name;
  int number = 0;
  for (const std::string& raw : split(text, '\n')) {
    ++number;
    const std::string_view line = trim(raw);
    if (line.empty() || line.front() == '#') continue;
    const std::string place = std::string(file_name) + " line " + std::to_string(number);
    if (line.size() > kLineBytes) return make_error(Code::invalid_argument, place + " is longer than 1,000 characters; write it as several lines.");
    const auto [before, after] = cut(line, ':');
    const auto [word, rest] = cut(before, ' ');
    if (line.find(':') == std::string_view::npos) {
      if (!is_heading(word) || rest.empty() || rest.find(' ') != std::string_view::npos)
        return make_error(Code::invalid_argument, place + ": expected \"key: text\" or a heading such as \"request log_call\", found \"" + shorten(line, 60) + "\".");
      heading = word;
      name = rest;
      section(heading, name);
      continue;
    }
    if (heading.empty())
      return make_error(Code::invalid_argument, place + " stands before the first heading; begin with a line such as \"request log_call\".");
    section(heading, name).lines.push_back({std::string(word), std::string(rest), std::string(after), place});
  }
  return {};
}

Result<PhraseFiles> read_phrase_folder(const std::string& folder) {
  std::error_code failed;
  std::vector<std::filesystem::path> paths;
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end; entry.increment(failed))
    if (entry->path().extension() == ".txt") paths.push_back(entry->path());
  if (failed) return make_error(Code::not_found, "The phrase files can't be read: " + folder + " (" + failed.message() + ").");
  if (paths.empty()) return make_error(Code::not_found, "There are no phrase files (*.txt) in " + folder + ".");
  if (paths.size() > kFiles) return make_error(Code::limit_exceeded, folder + " holds more than 50 phrase files; put them together.");
  std::sort(paths.begin(), paths.end());
  PhraseFiles files;
  for (const std::filesystem::path& path : paths) {
    std::ifstream input(path, std::ios::binary);
    std::ostringstream content;
    content << input.rdbuf();
    if (!input) return make_error(Code::unavailable, "The phrase file " + path.string() + " can't be read.");
    if (Done done = files.add(content.str(), path.filename().string()); !done) return done.error();
  }
  return files;
}

}  // namespace deskhand::embedded
