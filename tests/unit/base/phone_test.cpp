#include "base/phone.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

namespace deskhand {
namespace {

std::string e164_of(std::string_view text, std::string_view region = "US") {
  const auto phone = parse_phone(text, region);
  return phone ? phone->e164 : "refused";
}

std::vector<std::string> found_in(std::string_view text, std::string_view region = "US") {
  std::vector<std::string> numbers;
  for (const PhoneMatch& match : find_phones(text, region, 20)) {
    EXPECT_EQ(text.substr(match.begin, match.end - match.begin), match.phone.as_typed);
    numbers.push_back(match.phone.e164);
  }
  return numbers;
}

using Numbers = std::vector<std::string>;

TEST(Phone, is_one_number_however_it_is_typed) {
  for (const char* text :
       {"512-555-0142", "(512) 555-0142", "512.555.0142", "5125550142", "1 512 555 0142", "+1 512 555 0142",
        "+15125550142", "1-512-555-0142", " 512-555-0142\n", "tel:+1-512-555-0142", "512/555-0142", "(512)5550142"}) {
    EXPECT_EQ(e164_of(text), "+15125550142") << text;
  }
}

TEST(Phone, keeps_what_was_typed) { EXPECT_EQ(parse_phone(" (512) 555-0142 ", "US")->as_typed, "(512) 555-0142"); }

TEST(Phone, takes_the_numbers_of_fiction_in_real_area_codes) {
  EXPECT_EQ(e164_of("(212) 555-1234"), "+12125551234");
  EXPECT_EQ(e164_of("(830) 555-0188"), "+18305550188");
  EXPECT_EQ(e164_of("713-555-0100"), "+17135550100");
}

TEST(Phone, with_a_country_code_needs_no_region) {
  EXPECT_EQ(e164_of("+44 20 7123 4567"), "+442071234567");
  EXPECT_EQ(e164_of("+44 20 7123 4567", ""), "+442071234567");
  EXPECT_EQ(e164_of("+33 6 12 34 56 78", "QQ"), "+33612345678");
  EXPECT_EQ(e164_of("020 7123 4567", "GB"), "+442071234567");
  EXPECT_EQ(e164_of("030 1234567", "de"), "+49301234567");
  EXPECT_EQ(e164_of("512-555-0142", ""), "refused");
}

TEST(Phone, keeps_an_extension_as_typed_only) {
  for (const char* text : {"512-555-0142 x12", "512-555-0142 ext. 12", "512-555-0142 extension 12"}) {
    const auto phone = parse_phone(text, "US");
    ASSERT_TRUE(phone) << text;
    EXPECT_EQ(phone->e164, "+15125550142");
    EXPECT_EQ(phone->as_typed, text);
  }
}

TEST(Phone, that_can_not_exist_is_refused_with_an_example) {
  for (const char* text : {"", " ", "555-0142", "123", "111-111-1111", "999 555 1234", "512 055 1234", "abc", "+", "+1",
                           "512-555-01422222", "2026-03-01", "00000000000", "--512--", "my number is 512-555-0142",
                           "512-555-0142 512-555-0143", "call 512-555-0142 after five please"}) {
    const auto phone = parse_phone(text, "US");
    ASSERT_FALSE(phone) << text;
    EXPECT_EQ(phone.error().code, Code::invalid_argument);
    EXPECT_NE(phone.error().message.find("+1"), std::string::npos) << phone.error().message;
  }
  EXPECT_NE(parse_phone("12", "GB").error().message.find("+44"), std::string::npos);
}

TEST(Phone, of_hostile_text_is_a_clean_error) {
  for (const std::string& text : {std::string("512\0"
                                              "5550142",
                                              11),
                                  std::string("\x1b[31m5125550142"), std::string("512-555-0142\r\nBcc: x"),
                                  std::string(1'000'000, '5'), std::string("+") + std::string(60, '1'),
                                  std::string("\xff\xfe"
                                              "5125550142"),
                                  std::string("512\u202e5550142")}) {
    const auto phone = parse_phone(text, "US");
    ASSERT_FALSE(phone);
    EXPECT_LT(phone.error().message.size(), 300u);
    EXPECT_EQ(phone.error().message.find_first_of("\n\r\x1b"), std::string::npos);
  }
}

TEST(Phone, is_shown_as_the_region_reads_it) {
  EXPECT_EQ(format_phone("+15125550142", "US"), "(512) 555-0142");
  EXPECT_EQ(format_phone("+15125550142", "CA"), "(512) 555-0142");
  EXPECT_EQ(format_phone("+15125550142", "GB"), "+1 512-555-0142");
  EXPECT_EQ(format_phone("+442071234567", "US"), "+44 20 7123 4567");
  EXPECT_EQ(format_phone("+442071234567", "GB"), "020 7123 4567");
  EXPECT_EQ(format_phone("+442071234567", ""), "+44 20 7123 4567");
}

TEST(Phone, that_is_no_number_is_shown_unchanged) {
  for (const char* text : {"", "unknown", "512-555-0142", "+", "+999999", "+1", "+abc"})
    EXPECT_EQ(format_phone(text, "US"), text);
}

TEST(Phone, that_is_shown_reads_back_as_the_same_number) {
  for (const char* e164 : {"+15125550142", "+442071234567", "+49301234567", "+33612345678", "+61255501234"}) {
    for (const char* region : {"US", "GB", "DE", "FR", "AU"})
      EXPECT_EQ(e164_of(format_phone(e164, region), region), e164);
  }
}

TEST(PhoneSearch, compares_digits_only) {
  EXPECT_EQ(phone_digits("(212) 555"), "212555");
  EXPECT_EQ(phone_digits("+1212"), "1212");
  EXPECT_EQ(phone_digits("no digits"), "");
  EXPECT_EQ(phone_digits(std::string(100, '7')), std::string(20, '7'));
}

TEST(Region, is_a_country_of_two_letters) {
  for (const char* region : {"US", "GB", "DE", "us"}) EXPECT_TRUE(is_region(region)) << region;
  for (const char* region : {"", "U", "USA", "ZZ", "XX", "001", "1", "--"}) EXPECT_FALSE(is_region(region)) << region;
}

TEST(FoundPhones, come_from_left_to_right_with_their_place) {
  EXPECT_EQ(found_in("Call me at 512-555-0142, or my wife: (212) 555-1234."),
            (Numbers{"+15125550142", "+12125551234"}));
  EXPECT_EQ(found_in("It's Ana Ruiz \u2013 5125550142 \u2013 thanks!"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("their number is 512.555.0142"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("phone:512-555-0142;fax:512-555-0143"), (Numbers{"+15125550142", "+15125550143"}));
  EXPECT_EQ(found_in("<+1 (512) 555-0142>"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("tel:+15125550142"), (Numbers{"+15125550142"}));
}

TEST(FoundPhones, from_abroad_need_their_country_code) {
  EXPECT_EQ(found_in("ring +44 20 7123 4567 please"), (Numbers{"+442071234567"}));
  EXPECT_EQ(found_in("ring 020 7123 4567 please", "GB"), (Numbers{"+442071234567"}));
  EXPECT_EQ(found_in("ring 020 7123 4567 please", "US"), Numbers{});
}

TEST(FoundPhones, are_not_dates_times_or_amounts) {
  for (const char* text : {"on 2026-03-01", "03/04/2026", "2026-03-01 10:30:00", "2026-03-01T10:30:00Z", "$2,400.50",
                           "$5125550142", "12,345,678.90", "between 2019 and 2026", "10:30-11:45", "78701-1234",
                           "20260301", "1,512,555,0142", "3.14159265358"}) {
    EXPECT_EQ(found_in(text), Numbers{}) << text;
  }
}

TEST(FoundPhones, are_not_numbers_of_orders_cards_and_parcels) {
  for (const char* text :
       {"order 5125550142", "Order #5125550142", "invoice no. 5125550142", "ref: 5125550142",
        "account number 5125550142", "tracking number is 5125550142", "card 4111 1111 1111 1111", "INV-5125550142",
        "1Z5125550142", "id=5125550142", "SN5125550142X", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}) {
    EXPECT_EQ(found_in(text), Numbers{}) << text;
  }
  EXPECT_EQ(found_in("about my order, call 5125550142"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("phone number 5125550142"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("order 512-555-0142"), (Numbers{"+15125550142"}));
}

TEST(FoundPhones, are_not_parts_of_addresses) {
  EXPECT_EQ(found_in("5125550142@carrier.example"), Numbers{});
  EXPECT_EQ(found_in("ana.5125550142@carrier.example"), Numbers{});
  EXPECT_EQ(found_in("see https://shop.example/item/5125550142"), Numbers{});
  EXPECT_EQ(found_in("ana@ruiz.example 512-555-0142"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("ana@ruiz.example,512-555-0142"), (Numbers{"+15125550142"}));
}

TEST(FoundPhones, stop_at_the_count_asked_for) {
  const std::string text = "512-555-0142 512-555-0143 512-555-0144";
  EXPECT_EQ(find_phones(text, "US", 2).size(), 2u);
  EXPECT_EQ(find_phones(text, "US", 0).size(), 0u);
}

TEST(FoundPhones, keep_their_place_after_other_letters_and_broken_bytes) {
  EXPECT_EQ(found_in("\u674e\u96f7 \U0001F600 512-555-0142"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in("Jos\xe9 \xff 512-555-0142"), (Numbers{"+15125550142"}));
  EXPECT_EQ(found_in(std::string("a\0b 512-555-0142", 16)), (Numbers{"+15125550142"}));
}

TEST(FoundPhones, of_random_text_lie_inside_it) {
  std::mt19937 random(13);
  const std::string letters = "0123456789+-().,$#x /@:\xe2\x82\xac\xff";
  for (int round = 0; round < 3'000; ++round) {
    std::string text(random() % 40, ' ');
    for (char& letter : text) letter = letters[random() % letters.size()];
    std::size_t last = 0;
    for (const PhoneMatch& match : find_phones(text, "US", 5)) {
      ASSERT_LE(last, match.begin);
      ASSERT_LT(match.begin, match.end);
      ASSERT_LE(match.end, text.size());
      last = match.end;
    }
  }
}

TEST(Phone, prints_nothing) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  (void)parse_phone("garbage", "QQ");
  (void)parse_phone("+999 1", "");
  (void)format_phone("+9", "nowhere");
  (void)find_phones("call 12 or 512-555-0142", "QQ", 5);
  (void)is_region("XX");
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Phone, may_be_read_by_many_threads_at_once) {
  std::vector<std::jthread> threads;
  std::atomic<int> right = 0;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&right] {
      for (int round = 0; round < 200; ++round) {
        if (e164_of("512-555-0142") == "+15125550142" && found_in("at 512-555-0142").size() == 1) ++right;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 800);
}

}  // namespace
}  // namespace deskhand
