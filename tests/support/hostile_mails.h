// Mails that are made to cost: as large as a server lets through, nested without end, or shaped so that careless reading takes time
// that grows with the square of their size.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace deskhand::test {

// Their names, for hostile_mail().
std::vector<std::string_view> hostile_mails();
std::string hostile_mail(std::string_view name);

}  // namespace deskhand::test
