#include "app/mailboxes.h"

namespace deskhand::app {
namespace {

intake::FetchRules rules_of(const Runtime& runtime) {
  intake::FetchRules rules;
  rules.down_after_seconds = std::int64_t{60} * runtime.config().email.down_after_minutes;
  return rules;
}

}  // namespace

Mailboxes::Mailboxes(Runtime& runtime, MailSources mail)
    : runtime_(runtime),
      mail_(std::move(mail)),
      fetch_(runtime.store(), runtime.mail_intake(), runtime.clock(), runtime.worker(), rules_of(runtime)) {}

Result<std::unique_ptr<Mailboxes>> Mailboxes::make(Runtime& runtime) {
  auto mail = make_mail_sources(runtime.config().email, runtime.moving_clock());
  if (!mail) return mail.error();
  return std::unique_ptr<Mailboxes>(new Mailboxes(runtime, std::move(*mail)));
}

intake::FetchReport Mailboxes::visit(std::size_t which, intake::Telling telling, std::stop_token stop) {
  return fetch_.visit(runtime_.org().id, *mail_.sources[which], telling, std::move(stop));
}

Result<std::vector<intake::MailOutcome>> Mailboxes::finish_old(intake::Telling telling) {
  return runtime_.mail_intake().resume(runtime_.org().id, telling);
}

std::int64_t Mailboxes::poll_seconds() const { return runtime_.config().email.poll_seconds; }

}  // namespace deskhand::app
