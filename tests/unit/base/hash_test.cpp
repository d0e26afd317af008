#include "base/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>
#include <vector>

namespace deskhand {
namespace {

TEST(Sha256, gives_the_digests_of_the_standard) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, reads_every_byte_also_a_nul) {
  EXPECT_NE(sha256_hex(std::string("a\0b", 3)), sha256_hex(std::string("a\0c", 3)));
  EXPECT_NE(sha256_hex(std::string("a")), sha256_hex(std::string("a\0", 2)));
}

using Fields = std::vector<std::pair<std::string, std::string>>;

std::string bytes_of(const std::string& format, const Fields& fields) {
  CanonicalBytes bytes(format);
  for (const auto& [name, value] : fields) bytes.add(name, value);
  return bytes.bytes();
}

TEST(CanonicalBytes, of_two_different_lists_are_never_the_same) {
  const std::vector<Fields> lists = {
      {},
      {{"", ""}},
      {{"to", "a"}},
      {{"to", "a"}, {"cc", ""}},
      {{"to", ""}, {"cc", "a"}},
      {{"cc", "a"}, {"to", ""}},
      {{"to", "a,2:cc,0:"}},
      {{"to", "a,2:cc,0:,"}},
      {{"to,1:a", ""}},
      {{"t", "o"}, {"a", ""}},
      {{"to", std::string("a\0", 2)}},
      {{"to", "a"}, {"to", "a"}},
      {{"toa", ""}},
  };
  std::set<std::string> seen;
  for (const Fields& fields : lists) EXPECT_TRUE(seen.insert(bytes_of("form-1", fields)).second);
  EXPECT_TRUE(seen.insert(bytes_of("form-2", {})).second);
}

TEST(CanonicalBytes, of_equal_lists_are_the_same) {
  const Fields fields = {{"to", "ana@ruiz.example"}, {"body", "Hi Ana,\nsee you Tuesday"}};
  EXPECT_EQ(bytes_of("form-1", fields), bytes_of("form-1", fields));
}

TEST(CanonicalReader, gives_back_what_was_written) {
  const std::string bytes = bytes_of("form-1", {{"to", "a,b:c"}, {"body", std::string("x\0y", 3)}, {"cc", ""}});
  CanonicalReader reader(bytes);
  ASSERT_TRUE(reader.take_form("form-1"));
  EXPECT_TRUE(reader.next_is("to"));
  EXPECT_EQ(reader.take("to"), "a,b:c");
  EXPECT_EQ(reader.take("body"), std::string("x\0y", 3));
  EXPECT_FALSE(reader.at_end());
  EXPECT_EQ(reader.take("cc"), "");
  EXPECT_TRUE(reader.at_end());
}

TEST(CanonicalReader, takes_nothing_of_another_name_or_form) {
  const std::string bytes = bytes_of("form-1", {{"to", "a"}});
  CanonicalReader reader(bytes);
  EXPECT_FALSE(reader.take_form("form-2"));
  ASSERT_TRUE(reader.take_form("form-1"));
  EXPECT_FALSE(reader.take("cc"));
  EXPECT_EQ(reader.take("to"), "a");
}

TEST(CanonicalReader, refuses_bytes_that_deviate_from_the_form) {
  for (const char* bytes :
       {"", "6", "6:", ":form-1,", "6:form-1", "7:form-1,", "5:form-1,", "06:form-1,", "+6:form-1,", " 6:form-1,",
        "-1:form-1,", "6 :form-1,", "99999999999999999999999:form-1,", "18446744073709551615:form-1,"}) {
    EXPECT_FALSE(CanonicalReader(bytes).take_form("form-1")) << bytes;
  }
  const std::string whole = bytes_of("form-1", {{"to", "ana"}});
  for (std::size_t length = bytes_of("form-1", {}).size(); length < whole.size(); ++length) {
    CanonicalReader reader(std::string_view(whole).substr(0, length));
    ASSERT_TRUE(reader.take_form("form-1"));
    EXPECT_FALSE(reader.take("to"));
  }
}

TEST(EqualInConstantTime, says_what_equality_says) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("abc", "abc"));
  EXPECT_FALSE(equal_in_constant_time("abc", "abd"));
  EXPECT_FALSE(equal_in_constant_time("abc", "ab"));
  EXPECT_FALSE(equal_in_constant_time("", "a"));
  EXPECT_FALSE(equal_in_constant_time(std::string("a\0b", 3), std::string("a\0c", 3)));
}

}  // namespace
}  // namespace deskhand
