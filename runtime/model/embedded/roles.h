// Roles: what a piece of a message is for a request. The names stand in phrase files as {contact}, {amount}, {body}; most are
// names of tool arguments as well. What kind of words can stand for a role is settled here.
//
// Thread rule: pure functions.
#pragma once

#include <string_view>

namespace deskhand::embedded {

enum class RoleKind {
  reference,  // somebody or something on file: a name, a ref, a pronoun
  name,       // of a person who may be new
  date, time, money, number, phone, email, address,
  choice,     // one of a few values that phrase files name ("choices stage")
  text        // words as they are
};

RoleKind kind_of_role(std::string_view role);  // text for roles it does not know

}  // namespace deskhand::embedded
