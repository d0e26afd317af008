// The second look at mails that are on the record already: a model in quarantine copies out what the reader in code could not
// find, each value is held against the mail, and what stands there is written by the same tools as everything else; and it sums
// up in one line. The lead and the owner's notice are there before a model is asked, and stay when none answers.
//
// The code leads: what it has read is never overwritten, because it takes identity only where the mail says whose it is, and a
// wrong number on a record costs more than a missing one. A model fills what is empty, turns a mail that nobody could place into
// an inquiry when the mail asks for work, and says it can't wait when the mail does. Where the two differ, the reading notes it.
//
// Thread rule: read_waiting() may be called from several threads and processes at once; a mail is read by one of them.
// References must outlive the object. Bounds: limits::kReadingsAtOnce a pass, limits::kReadingAttempts a mail.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "intake/mail_intake.h"
#include "ports/clock.h"
#include "ports/quarantine.h"

namespace deskhand::intake {

// A mail that has been read: as it stands now, and what was added, a line each.
struct ReadMail {
  MailOutcome outcome;
  std::vector<std::string> lines;
};

class MailReader {
 public:
  MailReader(Store& store, const toolbox::Toolbox& toolbox, const MailParser& parser, Quarantine& quarantine,
             const Clock& clock, MailIntakeSettings settings);

  // What is due; ends early, and without an error, when no model can be reached or `stop` is asked for. Codes: those of the
  // store. A mail of more than a day ago is left to the rules: its owner has long dealt with it.
  Result<std::vector<ReadMail>> read_waiting(const OrgId& org, std::stop_token stop) const;

 private:
  Store& store_;
  const toolbox::Toolbox& toolbox_;
  const MailParser& parser_;
  Quarantine& quarantine_;
  const Clock& clock_;
  MailIntakeSettings settings_;
};

}  // namespace deskhand::intake
