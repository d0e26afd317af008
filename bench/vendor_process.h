// A model vendor in a process of its own, so that what it costs is nobody else's: it reads what the person asked for and
// answers with the calls of that request, one after another, in OpenAI's format.
//
// What it knows: "New customer NAME, PHONE, E-MAIL, ..." ends in find_contact, create_contact, create_lead and a sentence;
// the same with "write to" in it has draft_message in the place of create_lead.
//
// Thread rule: made before the program starts threads (it forks); one thread.
#pragma once

#include <sys/types.h>

#include <string>

namespace deskhand::bench {

class VendorProcess {
 public:
  // Every request's body is added to `bodies_file`, a length in decimals and a line's end before each; "" keeps none.
  explicit VendorProcess(const std::string& bodies_file);
  ~VendorProcess();
  VendorProcess(const VendorProcess&) = delete;
  VendorProcess& operator=(const VendorProcess&) = delete;
  std::string base_url() const;  // as configuration would name it

 private:
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace deskhand::bench
