// Runs the built program as a user would, and looks at what it left behind.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace deskhand::test {

struct Ran {
  int status = -1;  // exit status; 128 + signal when a signal ended it
  std::string out, err;
};

// `environment` is added to the test's own; `input` goes to standard input.
Ran run(const std::vector<std::string>& words, const std::string& input = {},
        const std::map<std::string, std::string>& environment = {});
// The program itself with --data `folder`.
Ran deskhand(const std::string& folder, std::vector<std::string> words, const std::string& input = {},
             const std::map<std::string, std::string>& environment = {});
// Starts it and returns at once; wait() ends it.
int start(const std::vector<std::string>& words, const std::string& out_file);
int wait_for(int process);

// A chat of the built program that stays up while the test talks with it: `deskhand --data FOLDER chat --json` and
// `words`.
class Talk {
 public:
  explicit Talk(const std::string& folder, std::vector<std::string> words = {});
  ~Talk();  // ends the input and waits
  Talk(const Talk&) = delete;
  Talk& operator=(const Talk&) = delete;
  // The reply's line as it stands; empty when the program ended.
  std::string say(const std::string& line);
  int process() const { return process_; }

 private:
  int process_ = -1, input_ = -1, output_ = -1;
  std::string unread_;
};

// A folder of its own for one test, removed at the end.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string read_file(const std::string& path);
std::vector<std::string> mails(const std::string& data_folder);  // every .eml in its outbox, complete
void remove_folder(const std::string& path);
void copy_folder(const std::string& from, const std::string& to);
std::string program();  // path of the built binary

}  // namespace deskhand::test
