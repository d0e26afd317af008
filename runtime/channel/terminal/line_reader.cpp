#include "channel/terminal/line_reader.h"

#include <histedit.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdio>
#include <mutex>
#include <thread>
#include <vector>

#include "base/limits.h"
#include "base/text.h"

namespace deskhand::channel::terminal {
namespace {

constexpr int kHistoryLines = 500;
constexpr std::string_view kPasteEnd = "\x1b[201~";

class PipedReader final : public LineReader {
 public:
  explicit PipedReader(int descriptor) : descriptor_(descriptor) {}
  std::optional<Line> next(const std::string&) override {
    Line line;
    bool any = false;
    for (;;) {
      if (position_ == filled_ && !fill()) break;
      any = true;
      const char c = buffer_[position_++];
      if (c == '\n') return cut(std::move(line));
      if (line.text.size() <= limits::kChatLineBytes) line.text += c;
    }
    if (!any) return std::nullopt;
    return cut(std::move(line));
  }
  void forget_typed_ahead() override {}
  bool is_terminal() const override { return false; }
  int width() const override { return 80; }

 private:
  static Line cut(Line line) {
    if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
    return line;
  }
  bool fill() {
    ssize_t count = 0;
    do count = ::read(descriptor_, buffer_, sizeof buffer_);
    while (count < 0 && errno == EINTR);
    position_ = 0;
    filled_ = count > 0 ? static_cast<std::size_t>(count) : 0;
    return filled_ > 0;
  }

  int descriptor_;
  char buffer_[4096];
  std::size_t position_ = 0, filled_ = 0;
};

constexpr std::chrono::milliseconds kInterruptLook{50};  // how soon Ctrl-C stops a turn

// A signal handler can reach nothing but this.
std::atomic<int> interrupted_by_signal = 0;
static_assert(std::atomic<int>::is_always_lock_free);
void on_interrupt(int) { interrupted_by_signal = 1; }

class EditingReader final : public LineReader {
 public:
  explicit EditingReader(const std::string& history_file) : history_file_(history_file) {
    editor_ = el_init("deskhand", stdin, stdout, stderr);
    el_set(editor_, EL_CLIENTDATA, this);
    el_set(editor_, EL_PROMPT, &EditingReader::show_prompt);
    el_set(editor_, EL_EDITOR, "emacs");
    el_set(editor_, EL_SIGNAL, 0);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, kHistoryLines);
    history(history_, &event, H_SETUNIQUE, 1);
    if (!history_file_.empty()) history(history_, &event, H_LOAD, history_file_.c_str());
    el_set(editor_, EL_HIST, history, history_);
    el_set(editor_, EL_ADDFN, "deskhand-paste", "a paste of several lines is one message", &EditingReader::take_paste);
    el_set(editor_, EL_BIND, "\x1b[200~", "deskhand-paste", nullptr);
    struct sigaction action {};
    action.sa_handler = on_interrupt;  // without SA_RESTART: the read ends, and the line is dropped
    sigaction(SIGINT, &action, &previous_);
    if (write(STDOUT_FILENO, "\x1b[?2004h", 8) < 0) pasting_ = false;
  }
  ~EditingReader() override {
    if (write(STDOUT_FILENO, "\x1b[?2004l", 8) < 0) pasting_ = false;
    HistEvent event;
    if (!history_file_.empty()) history(history_, &event, H_SAVE, history_file_.c_str());
    sigaction(SIGINT, &previous_, nullptr);
    history_end(history_);
    el_end(editor_);
  }
  EditingReader(const EditingReader&) = delete;
  EditingReader& operator=(const EditingReader&) = delete;

  std::optional<Line> next(const std::string& prompt) override {
    prompt_ = prompt;
    pastes_.clear();
    interrupted_by_signal = 0;
    int count = 0;
    const char* text = el_gets(editor_, &count);
    if (text == nullptr || count <= 0) {
      if (interrupted_by_signal == 0 && errno != EINTR) return std::nullopt;
      el_reset(editor_);
      return Line{"", true};
    }
    Line line{expand_pastes(std::string(text, static_cast<std::size_t>(count))), false};
    while (!line.text.empty() && (line.text.back() == '\n' || line.text.back() == '\r')) line.text.pop_back();
    if (!trim(line.text).empty()) {
      HistEvent event;
      history(history_, &event, H_ENTER, text);
    }
    if (line.text.size() > limits::kChatLineBytes) line.text.resize(limits::kChatLineBytes + 1);
    return line;
  }
  void forget_typed_ahead() override { tcflush(STDIN_FILENO, TCIFLUSH); }
  void run_stoppable(const std::function<void(std::stop_token)>& work) override {
    interrupted_by_signal = 0;
    std::stop_source stop;
    std::jthread watcher([&stop](std::stop_token over) {
      std::mutex mutex;
      std::condition_variable_any nobody;
      std::unique_lock lock(mutex);
      while (!nobody.wait_for(lock, over, kInterruptLook, [&over] { return over.stop_requested(); }))
        if (interrupted_by_signal != 0) stop.request_stop();
    });
    work(stop.get_token());
    watcher.request_stop();
    watcher.join();
    interrupted_by_signal = 0;
  }
  bool is_terminal() const override { return true; }
  int width() const override {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
  }

 private:
  static EditingReader* self_of(EditLine* editor) {
    void* self = nullptr;
    el_get(editor, EL_CLIENTDATA, &self);
    return static_cast<EditingReader*>(self);
  }
  static char* show_prompt(EditLine* editor) { return self_of(editor)->prompt_.data(); }
  static unsigned char take_paste(EditLine* editor, int) {
    EditingReader& self = *self_of(editor);
    std::string pasted;
    char c = 0;
    while (pasted.size() <= limits::kChatLineBytes && el_getc(editor, &c) == 1) {
      pasted += c == '\r' ? '\n' : c;
      if (pasted.size() >= kPasteEnd.size() && pasted.compare(pasted.size() - kPasteEnd.size(), kPasteEnd.size(), kPasteEnd) == 0) {
        pasted.resize(pasted.size() - kPasteEnd.size());
        break;
      }
    }
    while (!pasted.empty() && pasted.back() == '\n') pasted.pop_back();
    if (pasted.find('\n') == std::string::npos) {
      el_insertstr(editor, pasted.c_str());
    } else {
      self.pastes_.push_back(std::move(pasted));
      el_insertstr(editor, mark(self.pastes_.size(), self.pastes_.back()).c_str());
    }
    return CC_REFRESH;
  }
  static std::string mark(std::size_t number, const std::string& pasted) {
    return "[paste " + std::to_string(number) + ": " + count_of(split(pasted, '\n').size(), "line", "lines") + "]";
  }
  std::string expand_pastes(std::string text) const {
    for (std::size_t i = 0; i < pastes_.size(); ++i) text = replace_all(std::move(text), mark(i + 1, pastes_[i]), pastes_[i]);
    return text;
  }

  EditLine* editor_;
  History* history_;
  struct sigaction previous_ {};
  std::string history_file_, prompt_;
  std::vector<std::string> pastes_;
  bool pasting_ = true;
};

}  // namespace

std::unique_ptr<LineReader> make_piped_reader(int descriptor) { return std::make_unique<PipedReader>(descriptor); }
std::unique_ptr<LineReader> make_editing_reader(const std::string& history_file) {
  return std::make_unique<EditingReader>(history_file);
}

}  // namespace deskhand::channel::terminal
