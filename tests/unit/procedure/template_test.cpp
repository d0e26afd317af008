#include "procedure/template.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "procedure/catalogue.h"
#include "procedure_testing.h"

namespace deskhand::procedure {
namespace {

using namespace testing;

Template message_of(std::string_view markdown) {
  auto root = parse_markdown(markdown, "x.md");
  return template_of(root->children.front(), "x.md");
}

std::string filled(std::string_view id, std::string_view markdown, const FactValues& values) {
  return render(message_of(markdown), *core_catalogue().find(id), values).text;
}

std::string fact_in(std::string_view id, std::string_view markdown, std::size_t index = 0) {
  const auto message = message_of(markdown);
  return fact_of(*core_catalogue().find(id), message, placeholders_of(message).at(index));
}

TEST(Template, keeps_the_breaks_that_its_author_meant) {
  EXPECT_EQ(
      message_of("> Hi [name],\n> thanks for calling about the thing that you called about on\n> Monday. See you.\n")
          .text(),
      "Hi [name],\nthanks for calling about the thing that you called about on Monday. See you.");
  EXPECT_EQ(message_of("> One line that is certainly long enough to wrap\\\n> forced here\n").rows.size(), 2u);
  EXPECT_EQ(message_of("> First.\n>\n> Second.\n").text(), "First.\n\nSecond.");
  EXPECT_EQ(message_of("```\nas  it\n  stands\n```\n").text(), "as  it\n  stands");
  EXPECT_EQ(message_of("> Prices given, no answer yet: [N], worth quite a lot of money\n> Booked: [N]\n").rows.size(),
            2u);
}

TEST(Template, loses_the_quotation_marks_around_the_whole_only) {
  EXPECT_EQ(message_of("> \"Hi [name].\"\n").text(), "Hi [name].");
  EXPECT_EQ(message_of("> “Hi [name].”\n").text(), "Hi [name].");
  EXPECT_EQ(message_of("> \"Yes\" or \"no\"?\n").text(), "\"Yes\" or \"no\"?");
  EXPECT_EQ(message_of("> \"\n").text(), "\"");
}

TEST(Template, knows_its_placeholders_with_their_lines) {
  const auto found =
      placeholders_of(message_of("> [Contact Name] and [[title]]\n> [] [ ] [1] and more. \n> [suggested day/time]\n"));
  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0].words, "contact name");
  EXPECT_EQ(found[1].as_written, "[title]");
  EXPECT_EQ(found[3].words, "suggested day time");
  EXPECT_EQ(found[3].line, 3);
  std::string many = "> ";
  for (int count = 0; count < 1000; ++count) many += "[n]";
  EXPECT_EQ(placeholders_of(message_of(many)).size(), limits::kPlaceholders);
}

TEST(Template, of_a_list_has_a_head_forms_by_purpose_and_a_foot) {
  const auto list =
      list_of(message_of("> Good morning!\n> * Ring [name]\n> * Text [name] about [topic]\n> * [name] waits for a "
                         "price\n> ...\n>\n> Have a good one.\n"));
  EXPECT_EQ(list.head.text(), "Good morning!");
  ASSERT_EQ(list.items.size(), 3u);
  EXPECT_EQ(list.form_for(ItemPurpose::message)->message.text(), "Text [name] about [topic]");
  EXPECT_EQ(list.form_for(ItemPurpose::proposal)->message.text(), "[name] waits for a price");
  EXPECT_EQ(list.form_for(ItemPurpose::visit)->message.text(), "Ring [name]");
  EXPECT_EQ(list.foot.rows.back().text, "Have a good one.");
  EXPECT_EQ(list_of(message_of("> Nothing listed\n")).form_for(ItemPurpose::any), nullptr);
}

TEST(Rendering, never_looks_for_placeholders_in_what_it_put_in) {
  EXPECT_EQ(filled("DR1", "> Hi [name], about [job description].\n",
                   {{"contact_name", "[job description]"}, {"job_description", "[name]"}}),
            "Hi [job description], about [name].");
}

TEST(Rendering, leaves_what_it_does_not_know_and_reports_it) {
  const auto rendered = render(message_of("> Hi [name], your [warranty] ends on [date].\n"),
                               *core_catalogue().find("DR2"), {{"contact_name", "Ana"}, {"estimate_date", ""}});
  EXPECT_EQ(rendered.text, "Hi Ana, your [warranty] ends on [date].");
  ASSERT_EQ(rendered.open.size(), 2u);
  EXPECT_EQ(rendered.open[0].as_written, "[warranty]");
}

TEST(Rendering, puts_a_value_on_one_line_and_writes_no_currency_twice) {
  EXPECT_EQ(filled("T1", "> [name]: quiet for [N] days\n", {{"contact_name", "Ana\nRuiz"}, {"days_quiet", "4"}}),
            "Ana Ruiz: quiet for 4 days");
  EXPECT_EQ(filled("T3", "> Won: [N] ($[X])\n", {{"won_count", "1"}, {"won_value", "$2,400"}}), "Won: 1 ($2,400)");
  EXPECT_EQ(filled("T3", "> Won: [N] for [X]\n", {{"won_count", "1"}, {"won_value", "€2,400"}}), "Won: 1 for €2,400");
}

TEST(Rendering, takes_custom_fields_by_their_words) {
  EXPECT_EQ(filled("DR1", "> About the [boiler model]\n", {{"contact.x_boiler_model", "Vaillant"}}),
            "About the Vaillant");
}

TEST(Placeholder, means_what_the_words_around_it_say) {
  EXPECT_EQ(fact_in("EV1", "> Phone: [number]\n"), "contact_phone");
  EXPECT_EQ(fact_in("T1", "> nothing for [X] days\n"), "days_quiet");
  EXPECT_EQ(fact_in("T3", "> [N] new, [N] won, [N] lost\n", 0), "new_leads_count");
  EXPECT_EQ(fact_in("T3", "> [N] new, [N] won, [N] lost\n", 1), "won_count");
  EXPECT_EQ(fact_in("T3", "> [N] new, [N] won, [N] lost\n", 2), "lost_count");
  EXPECT_EQ(fact_in("T3", "> Quotes out: [count], worth [total]\n", 1), "proposals_out_value");
  EXPECT_EQ(fact_in("T3", "> Being followed up: [#], on average [X] days\n", 1), "in_follow_up_average_days");
  EXPECT_EQ(fact_in("T3", "> Longest waiting: [client], [days] days, at [stage]\n", 1), "oldest_days");
  EXPECT_EQ(fact_in("T4", "> Win rate: [X]%\n"), "win_rate");
  EXPECT_EQ(fact_in("T4", "> Average days to close: [N]\n"), "average_days_to_close");
  EXPECT_EQ(fact_in("DR2", "> the estimate of [date]\n"), "estimate_date");
  EXPECT_EQ(fact_in("T3", "> as of [date]\n"), "today");
  EXPECT_EQ(fact_in("EV4", "> Set up [the customer] in QuickBooks?\n"), "contact_name");
  EXPECT_EQ(fact_in("DR1", "> your [warranty]\n"), "");
}

}  // namespace
}  // namespace deskhand::procedure
