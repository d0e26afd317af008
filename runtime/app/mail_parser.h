// The parser of mails that the runtime uses, for who reads mails beside it. Made in wiring.cpp, which names its class.
//
// Thread rule: what it makes may be called from any thread. Ownership: the caller's.
#pragma once

#include <memory>

#include "ports/inbound_mail.h"

namespace deskhand::app {

std::unique_ptr<MailParser> make_mail_parser();

}  // namespace deskhand::app
