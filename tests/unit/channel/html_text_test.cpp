// HTML as words.
#include <gtest/gtest.h>

#include "channel/email/flowed.h"
#include "channel/email/html_strip.h"
#include "channel/email/html_text.h"

namespace deskhand::channel::email {
namespace {

std::string text(std::string_view html) { return text_of_html(html, 100'000); }

TEST(HtmlText, sets_blocks_on_lines_and_rows_on_one_line) {
  EXPECT_EQ(text("<p>One</p><div>Two<br>Three</div>"), "One\n\nTwo\nThree");
  EXPECT_EQ(text("<table><tr><th>Name</th><td>Ana&nbsp;Ruiz</td></tr><tr><td><p>Phone</p></td><td><p>512-555-0142</p></td></tr></table>"),
            "Name\tAna Ruiz\nPhone\t512-555-0142");
  EXPECT_EQ(text("<ul><li>tap<li>sink</ul>"), "- tap\n- sink");
}

TEST(HtmlText, keeps_cells_apart_that_hold_lines_of_their_own) {
  EXPECT_EQ(text("<table><tr><td><div>A</div><div>B</div></td><td>C</td></tr></table>"), "A\nB\nC");
}

TEST(HtmlText, reads_no_scripts_styles_titles_or_hidden_words) {
  EXPECT_EQ(text("<html><head><title>T</title><style>p{}</style></head><body><script>alert(1)</script><p>Yes</p>"
                 "<p style=\"display: none\">No</p><div hidden>No</div><span style='font-size:0px'>No</span></body></html>"),
            "Yes");
}

TEST(HtmlText, marks_quotes_and_signatures) {
  EXPECT_EQ(text("<div>Yes</div><blockquote><div>Is it?</div></blockquote>"), "Yes\n\n> Is it?");
  EXPECT_EQ(text("<div>Yes</div><div class=\"gmail_signature\">Ana</div>"), "Yes\n-- \nAna");
}

TEST(HtmlText, says_what_only_a_link_says) {
  EXPECT_EQ(text("<a href=\"tel:+15125550142\">Call</a>"), "Call (+15125550142)");
  EXPECT_EQ(text("<a href=\"tel:+15125550142\">(512) 555-0142</a>"), "(512) 555-0142");
  EXPECT_EQ(text("<a href=\"mailto:ana@ruiz.example?subject=x\">Ana</a>"), "Ana (ana@ruiz.example)");
  EXPECT_EQ(text("<a href=\"https://evil.example\">Ana</a>"), "Ana");
}

TEST(HtmlText, reads_entities_and_text_that_is_no_markup) {
  EXPECT_EQ(text("Fish &amp; chips &lt;now&gt; &#8364;&#x20AC;"), "Fish & chips <now> €€");
}

TEST(HtmlText, leaves_documents_made_to_exhaust_it_to_the_stripper) {
  std::string deep, unclosed, attributes = "<p ";
  for (int at = 0; at < 100'000; ++at) deep += "<div>";
  for (int at = 0; at < 20'000; ++at) unclosed += "<b id=" + std::to_string(at) + "><p>";
  for (int at = 0; at < 100'000; ++at) attributes += "a" + std::to_string(at) + "=1 ";
  EXPECT_FALSE(is_tame_html(deep));
  EXPECT_FALSE(is_tame_html(unclosed));
  EXPECT_FALSE(is_tame_html(attributes + ">"));
  EXPECT_EQ(text(deep + "drip"), "drip");
  EXPECT_TRUE(is_tame_html("<p>Hello <b>you</b></p>"));
}

TEST(HtmlText, strips_like_it_reads) {
  EXPECT_EQ(stripped_html("<style>x</style><div>Ana &amp; Bo</div><table><tr><td>Name</td><td>Ana</td></tr></table><!-- no -->", 1000),
            "Ana & Bo\nName\tAna\n");
}

TEST(HtmlText, knows_markup_that_calls_itself_plain) {
  EXPECT_TRUE(looks_like_html("<html><body>x"));
  EXPECT_TRUE(looks_like_html("Hello<br>Ana<br>"));
  EXPECT_FALSE(looks_like_html("price < 100 and > 50"));
}

TEST(Flowed, unstuffs_and_drops_the_space_where_told) {
  EXPECT_EQ(unflowed(" From here\nlong \nline", false), "From here\nlong line");
  EXPECT_EQ(unflowed("lon \ng", true), "long");
  EXPECT_EQ(unflowed(">> a \n>> b\n> c", false), ">> a b\n> c");
}

}  // namespace
}  // namespace deskhand::channel::email
