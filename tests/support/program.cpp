#include "tests/support/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace deskhand::test {
namespace {

namespace fs = std::filesystem;

int status_of(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

void become(const std::vector<std::string>& words, const std::map<std::string, std::string>& environment) {
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  ::execv(argv[0], argv.data());
  ::_exit(127);
}

}  // namespace

std::string program() { return DESKHAND_BINARY; }

// Input and output go through files, so that no pipe can fill up and block either side.
Ran run(const std::vector<std::string>& words, const std::string& input,
        const std::map<std::string, std::string>& environment) {
  const Folder folder;
  const std::string in = folder.path() + "/in", out = folder.path() + "/out", err = folder.path() + "/err";
  std::ofstream(in, std::ios::binary) << input;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open(in.c_str(), O_RDONLY), STDIN_FILENO);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    become(words, environment);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {status_of(status), read_file(out), read_file(err)};
}

Ran deskhand(const std::string& folder, std::vector<std::string> words, const std::string& input,
             const std::map<std::string, std::string>& environment) {
  std::vector<std::string> all{program(), "--data", folder};
  all.insert(all.end(), words.begin(), words.end());
  return run(all, input, environment);
}

int start(const std::vector<std::string>& words, const std::string& out_file) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(::open("/dev/null", O_RDONLY), STDIN_FILENO);
    const int out = ::open(out_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    become(words, {});
  }
  return child;
}

int wait_for(int process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return status_of(status);
}

Talk::Talk(const std::string& folder, std::vector<std::string> words) {
  std::vector<std::string> all{program(), "--data", folder, "chat", "--json"};
  all.insert(all.end(), words.begin(), words.end());
  int in[2], out[2];
  if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) std::abort();
  process_ = ::fork();
  if (process_ == 0) {
    ::dup2(in[0], STDIN_FILENO);
    ::dup2(out[1], STDOUT_FILENO);
    become(all, {});
  }
  ::close(in[0]);
  ::close(out[1]);
  input_ = in[1];
  output_ = out[0];
}

Talk::~Talk() {
  ::close(input_);
  ::close(output_);
  wait_for(process_);
}

std::string Talk::say(const std::string& line) {
  const std::string bytes = line + "\n";
  if (::write(input_, bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) return {};
  char buffer[4096];
  while (unread_.find('\n') == std::string::npos) {
    const ssize_t count = ::read(output_, buffer, sizeof buffer);
    if (count <= 0) return {};
    unread_.append(buffer, static_cast<std::size_t>(count));
  }
  const std::size_t end = unread_.find('\n');
  std::string reply = unread_.substr(0, end);
  unread_.erase(0, end + 1);
  return reply;
}

Folder::Folder() {
  std::error_code ignored;
  const std::string base = fs::is_directory("/dev/shm", ignored) ? "/dev/shm" : fs::temp_directory_path().string();
  path_ = base + "/deskhand-test-XXXXXX";
  if (::mkdtemp(path_.data()) == nullptr) std::abort();
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> mails(const std::string& data_folder) {
  std::vector<std::string> texts;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(data_folder + "/outbox", ignored))
    if (entry.path().extension() == ".eml") texts.push_back(read_file(entry.path().string()));
  return texts;
}

void remove_folder(const std::string& path) {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

void copy_folder(const std::string& from, const std::string& to) {
  fs::create_directories(to);
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

}  // namespace deskhand::test
