#include "channel/email/gmime_library.h"

#include <mutex>

namespace deskhand::channel::email {

void start_gmime() {
  static std::once_flag once;  // GMime wants to be started exactly once in a process
  std::call_once(once, [] { g_mime_init(); });
}

}  // namespace deskhand::channel::email
