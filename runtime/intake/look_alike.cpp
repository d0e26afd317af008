#include "intake/look_alike.h"

#include <utility>

#include "base/text.h"
#include "base/utf8.h"
#include "intake/own_identity.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kDomainBytes = 255;
constexpr std::size_t kLongName = 8;  // letters from which on two may differ

constexpr std::pair<char32_t, char> kConfusables[] = {
    {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'}, {0x456, 'i'}, {0x458, 'j'}, {0x455, 's'}, {0x501, 'd'}, {0x51B, 'q'}, {0x51D, 'w'},
    {0x4BB, 'h'}, {0x432, 'b'}, {0x43D, 'h'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x442, 't'}, {0x3BF, 'o'}, {0x3B1, 'a'}, {0x3B5, 'e'}, {0x3B9, 'i'}, {0x3BA, 'k'}, {0x3BD, 'v'}, {0x3C1, 'p'},
    {0x3C4, 't'}, {0x3C5, 'u'}, {0x3C7, 'x'}, {0x131, 'i'}, {0x261, 'g'}, {0x269, 'i'}, {'0', 'o'}, {'1', 'l'}, {'|', 'l'}, {'5', 's'}, {'i', 'l'}};

}  // namespace

std::string skeleton(std::string_view domain) {
  std::string seen;
  const std::string lower = to_lower(domain.substr(0, kDomainBytes));
  for (std::size_t at = 0; at < lower.size();) {
    const CodePoint next = decode_utf8(lower, at);
    at += next.bytes;
    char32_t shown = next.value;
    for (const auto& [from, to] : kConfusables)
      if (from == shown) {
        shown = static_cast<char32_t>(to);
        break;
      }
    append_utf8(seen, shown);
  }
  // fold_name drops accents (ö, ı) and the marks between letters, which an eye passes over as well.
  std::string bare;
  for (const char c : fold_name(seen))
    if (c != ' ') bare += c == 'i' ? 'l' : c;
  return replace_all(replace_all(replace_all(std::move(bare), "rn", "m"), "vv", "w"), "cl", "d");
}

bool looks_like(std::string_view domain, std::string_view known_domain) {
  const std::string left = to_lower(domain), right = to_lower(known_domain);
  if (left == right || left.empty() || right.empty()) return false;
  if (skeleton(left) == skeleton(right)) return true;
  const std::string_view name = std::string_view(right).substr(0, right.find('.'));
  const std::size_t edits = name.size() >= kLongName ? 2 : 1;
  if (name.size() < 4) return false;
  const std::string_view left_name = std::string_view(left).substr(0, left.find('.'));
  const std::string_view left_rest = std::string_view(left).substr(left_name.size()), rest = std::string_view(right).substr(name.size());
  // The same name under another ending ("acme.co" for "acme.com"), or nearly the same name under the same ending.
  if (left_name == name) return left_rest != rest && edit_distance(left_rest, rest, 2) <= 2;
  return left_rest == rest && edit_distance(left_name, name, edits) <= edits;
}

bool address_looks_like(std::string_view email, std::string_view known_email) {
  const std::string left = to_lower(email), right = to_lower(known_email);
  if (left == right) return false;
  const std::string_view left_domain = domain_of(left), right_domain = domain_of(right);
  const std::string_view left_local = std::string_view(left).substr(0, left.find('@')), right_local = std::string_view(right).substr(0, right.find('@'));
  if (left_domain == right_domain) return !left_domain.empty() && skeleton(left_local) == skeleton(right_local);
  return looks_like(left_domain, right_domain) && (left_local == right_local || skeleton(left_local) == skeleton(right_local));
}

}  // namespace deskhand::intake
