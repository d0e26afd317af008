// The configured mailboxes of this process, each visited by itself: what `serve` does all the time and `fetch email` does once.
//
// Thread rule: visits to different mailboxes may run at once; to one of them, one at a time. The runtime must outlive it. Codes of
// make(): invalid_argument and not_found (a secret that is not there or that others can read).
#pragma once

#include <memory>
#include <stop_token>
#include <vector>

#include "app/mail_channels.h"
#include "app/runtime.h"
#include "intake/mail_fetch.h"

namespace deskhand::app {

class Mailboxes {
 public:
  static Result<std::unique_ptr<Mailboxes>> make(Runtime& runtime);
  std::size_t count() const { return mail_.sources.size(); }
  intake::FetchReport visit(std::size_t which, intake::Telling telling, std::stop_token stop);
  // Mails that a process took in and could not finish with.
  Result<std::vector<intake::MailOutcome>> finish_old(intake::Telling telling);
  std::int64_t poll_seconds() const;

 private:
  Mailboxes(Runtime& runtime, MailSources mail);

  Runtime& runtime_;
  MailSources mail_;
  intake::MailFetch fetch_;
};

}  // namespace deskhand::app
