#include "crm/job.h"

#include "base/text.h"
#include "crm/name_table.h"

namespace deskhand {
namespace {

constexpr std::pair<JobState, std::string_view> kJobStates[] = {
    {JobState::leased, "leased"}, {JobState::done, "done"}, {JobState::failed, "failed"}};

// The line of a digest that says "3. ": its own numbers stand at the beginning of lines, one after the other.
bool begins_with_number(std::string_view line, int number) { return line.starts_with(std::to_string(number) + ". "); }

}  // namespace

NumberedDigests number_through(const std::vector<Digest>& digests) {
  NumberedDigests all;
  for (const Digest& digest : digests) {
    const int before = static_cast<int>(all.items.size());
    const int count = static_cast<int>(digest.items.size());
    if (!all.text.empty()) all.text += "\n\n";
    int own = 1;
    bool is_first = true;
    for (const std::string& line : split(digest.text, '\n')) {
      if (!is_first) all.text += "\n";
      is_first = false;
      if (own <= count && begins_with_number(line, own)) {
        all.text += std::to_string(before + own) + line.substr(std::to_string(own).size());
        ++own;
      } else {
        all.text += line;
      }
    }
    for (const ListItem& item : digest.items) all.items.push_back({static_cast<int>(all.items.size()) + 1, item.noun, item.ref, item.label});
  }
  return all;
}

std::string_view name_of(JobState state) { return name_in(kJobStates, state); }
std::optional<JobState> parse_job_state(std::string_view name) { return value_in(kJobStates, name); }

}  // namespace deskhand
