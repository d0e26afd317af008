// The people who write to a simulated business. Their mails go through the real intake; what was not acknowledged is
// handed in again, as a mail server does.
//
// Thread rule: one thread. Every act returns the error of the machine that stopped it, if one did.
#pragma once

#include <string>
#include <vector>

#include "app/simulate/scene.h"

namespace deskhand::app::simulate {

struct Customer {
  std::string name, address, last_mail;
  std::string contact, lead;  // refs once they are on file
  bool wrote = false, opted_out = false;
};

class Customers {
 public:
  explicit Customers(Scene& scene);

  Done inquire();
  Done reply();
  // Somebody who would like the program to take their word for the owner's; sometimes under the owner's own address.
  Done lie();
  Done repeat();
  Done opt_out();
  Done post_again();

  // One who has written; nullptr: nobody has, or the dice did not find one.
  Customer* some();

 private:
  // A mail as its sender's server holds it until it is acknowledged.
  struct Posted {
    std::size_t customer = 0;
    std::string raw;
  };
  std::size_t number_of(const Customer& customer) const {
    return static_cast<std::size_t>(&customer - customers_.data());
  }
  std::string mail_of(const std::string& from, const std::string& subject, const std::string& body);
  Done post(Customer& customer, const std::string& subject, const std::string& body);
  Done take(Posted posted);

  Scene& scene_;
  std::vector<Customer> customers_;
  std::vector<Posted> unacknowledged_;
  std::int64_t mail_number_ = 0;
};

}  // namespace deskhand::app::simulate
