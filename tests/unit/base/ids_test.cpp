#include "base/ids.h"

#include <gtest/gtest.h>

#include <limits>
#include <unordered_set>

namespace deskhand {
namespace {

TEST(UuidV7, gives_the_example_of_the_standard) {
  // RFC 9562, appendix A.6.
  EXPECT_EQ(uuid_v7(0x017F22E279B0, 0xCC3, 0x18C4DC0C0C07398F), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

TEST(UuidV7, keeps_version_and_variant_whatever_the_random_bits_are) {
  for (const std::uint64_t bits : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{0x123456789ABCDEF0}}) {
    const std::string text = uuid_v7(1'772'373'900'000, bits, bits);
    EXPECT_TRUE(is_uuid(text)) << text;
    EXPECT_EQ(text[14], '7');
    EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos) << text;
  }
}

TEST(UuidV7, sorts_as_text_in_the_order_of_time) {
  std::string last = uuid_v7(0, ~0ull, ~0ull);
  for (const std::int64_t ms :
       {1ll, 255ll, 256ll, 65'536ll, 1'772'373'900'000ll, 1'772'373'900'001ll, 0xFFFF'FFFF'FFFFll}) {
    const std::string next = uuid_v7(ms, 0, 0);
    EXPECT_LT(last, next);
    last = uuid_v7(ms, ~0ull, ~0ull);
  }
}

TEST(UuidV7, stays_a_uuid_for_times_that_can_not_be) {
  EXPECT_TRUE(is_uuid(uuid_v7(-1, 1, 2)));
  EXPECT_TRUE(is_uuid(uuid_v7(std::numeric_limits<std::int64_t>::max(), 1, 2)));
}

TEST(Uuid, is_thirty_six_characters_of_the_right_shape) {
  EXPECT_TRUE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
  EXPECT_TRUE(is_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"));
  EXPECT_FALSE(is_uuid(""));
  EXPECT_FALSE(is_uuid("017f22e279b07cc398c4dc0c0c07398f"));
  EXPECT_FALSE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398g"));
  EXPECT_FALSE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f "));
  EXPECT_FALSE(is_uuid("017f22e2a79b0-7cc3-98c4-dc0c0c07398f"));
  EXPECT_FALSE(is_uuid(std::string(36, '-')));
}

TEST(Ref, is_read_as_people_and_models_type_it) {
  for (const char* text : {"C-12", "c-12", "C12", "c12", "#C-12", "#c12"}) {
    const auto ref = parse_ref(text);
    ASSERT_TRUE(ref) << text;
    EXPECT_EQ(*ref, (Ref{'C', 12})) << text;
    EXPECT_EQ(ref->text(), "C-12");
  }
}

TEST(Ref, is_nothing_else) {
  for (const char* text : {"",      "#",     "C",      "C-",   "-12",           "12",          "C--12",
                           "C-0",   "C-012", "C-+1",   "C 12", " C-12",         "C-12 ",       "CC-12",
                           "C-12x", "C-1.5", "##C-12", "C#12", "C-99999999999", "\xC3\x89-12", "C-\xD9\xA1"}) {
    EXPECT_FALSE(parse_ref(text)) << text;
  }
}

TEST(Ref, reaches_ten_digits_and_no_more) {
  EXPECT_EQ(parse_ref("L-9999999999")->number, 9'999'999'999);
  EXPECT_FALSE(parse_ref("L-10000000000"));
}

TEST(Ref, comes_back_from_its_own_text) {
  for (std::int64_t number = 1; number < 10'000'000'000; number = number * 7 + 3) {
    const Ref ref{'O', number};
    EXPECT_EQ(parse_ref(ref.text()), ref);
  }
}

TEST(Id, of_one_noun_is_not_the_id_of_another) {
  EXPECT_FALSE((std::is_convertible_v<ContactId, LeadId>));
  EXPECT_FALSE((std::is_constructible_v<ContactId, LeadId>));
  EXPECT_FALSE((std::is_convertible_v<std::string, ContactId>));
}

TEST(Id, compares_and_hashes_by_its_text) {
  const ContactId first("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  EXPECT_TRUE(ContactId().empty());
  EXPECT_EQ(first, ContactId(first.text()));
  EXPECT_EQ((std::unordered_set<ContactId>{first, ContactId(first.text()), ContactId()}.size()), 2u);
}

}  // namespace
}  // namespace deskhand
