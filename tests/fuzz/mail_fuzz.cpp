// Any bytes through the whole reading of a mail: MIME, forms, quotes, the customer, what they want. No crash, no hang.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "channel/email/parse.h"
#include "intake/classify.h"
#include "intake/customer.h"
#include "intake/intent.h"
#include "intake/letter_marks.h"
#include "intake/title.h"

namespace {

using namespace deskhand;
using namespace deskhand::intake;

void require(bool holds) {
  if (!holds) std::abort();
}

OwnIdentity hill_plumbing() {
  Org org;
  org.name = "Hill Plumbing";
  org.email = "office@hill.example";
  org.phone = "+15125550100";
  org.region = "US";
  return OwnIdentity(org, {}, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kMailMax = 64 * 1024;
  if (size > kMailMax) return 0;
  static const channel::email::MimeMailParser parser;
  static const OwnIdentity own = hill_plumbing();
  const auto mail = parser.parse(std::string_view(reinterpret_cast<const char*>(data), size));
  if (!mail) return 0;
  Material material = material_of(*mail, own);
  require(material.letter.fresh.size() <= mail->text.size());
  material.kind = classify(*mail, material.form, own).kind;
  const Customer customer = read_customer(material);
  for (const FoundPhone& phone : customer.phones) require(!own.is_phone(phone.phone.e164));
  for (const FoundEmail& email : customer.emails) require(!own.is_address(email.email.folded));
  require(brief_title(customer).size() <= kTitleBytes);
  (void)read_intent(bare_subject(mail->subject), customer.words);
  (void)bounced_message_id(*mail);
  return 0;
}
