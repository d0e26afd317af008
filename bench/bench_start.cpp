// How long `deskhand call find_contact` takes from start to end, as a ratio to floor_start in the same run; and the peak memory
// of a chat. Medians of alternating runs, so that a slow moment of the machine hits both.
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace {

constexpr int kRuns = 21;
constexpr double kRatioMax = 2.0;
constexpr long kChatKilobytesMax = 40 * 1024;

struct Ran {
  double seconds = 0;
  long peak_kilobytes = 0;
  bool ok = false;
};

Ran run(const std::vector<std::string>& words, const std::string& input) {
  int pipe_ends[2];
  if (::pipe(pipe_ends) != 0) return {};
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe_ends[0], STDIN_FILENO);
    const int null = ::open("/dev/null", O_WRONLY);
    ::dup2(null, STDOUT_FILENO);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    std::vector<char*> argv;
    for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(pipe_ends[0]);
  const bool written = ::write(pipe_ends[1], input.data(), input.size()) == static_cast<ssize_t>(input.size());
  ::close(pipe_ends[1]);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return {seconds, usage.ru_maxrss, written && WIFEXITED(status) && WEXITSTATUS(status) == 0};
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  std::string folder = (std::filesystem::temp_directory_path() / "deskhand-bench-XXXXXX").string();
  if (::mkdtemp(folder.data()) == nullptr) return 1;
  const std::string database = folder + "/deskhand.db";
  const std::vector<std::string> call{DESKHAND_BINARY, "--data", folder, "call", "find_contact", R"({"query":"x"})"};
  const std::vector<std::string> floor{FLOOR_BINARY, database};
  bool ok = run(call, "").ok && run(floor, "").ok;  // makes the database and warms the caches
  std::vector<double> calls, floors;
  for (int i = 0; i < kRuns && ok; ++i) {
    const Ran one = run(call, ""), other = run(floor, "");
    ok = one.ok && other.ok;
    calls.push_back(one.seconds);
    floors.push_back(other.seconds);
  }
  const Ran chat = run({DESKHAND_BINARY, "--data", folder, "chat", "--json"},
                       "Add a new customer: Ana Ruiz, 512-555-0142, ana@ruiz.example, 9 Oak St\nopen a lead for Ana Ruiz: leaking shower\n"
                       "Follow up on the Ruiz lead\nyes\n");
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  if (!ok || !chat.ok) {
    std::puts("bench_start: a command failed");
    return 1;
  }
  const double ratio = median(calls) / median(floors);
  std::printf("call find_contact: %.1f ms, floor %.1f ms, ratio %.2f (at most %.1f)\n", median(calls) * 1e3, median(floors) * 1e3, ratio, kRatioMax);
  std::printf("chat, four messages: peak %.1f MB (at most %ld), %.0f ms\n", static_cast<double>(chat.peak_kilobytes) / 1024.0, kChatKilobytesMax / 1024, chat.seconds * 1e3);
  return ratio <= kRatioMax && chat.peak_kilobytes <= kChatKilobytesMax ? 0 : 1;
}
