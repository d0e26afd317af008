#include "procedure/catalogue.h"

#include <algorithm>

#include "procedure/facts.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

std::vector<CatalogueItem> schedule_items() {
  return {
      {"T1",
       ItemKind::schedule,
       "leads that went quiet",
       {"no|not|without|nobody|nothing|none "
        "interaction|activity|contact|touch|heard|hear|word|movement|attention|touched|answered",
        "quiet|cold|stale|idle|silent|untouched|forgotten|dormant|neglected "
        "lead|inquiry|matter|days|day|week|go|went|for|someone",
        "lead|inquiry waiting|wait days|day|long|for", "stale_lead|stale_leads|quiet_leads|cold_leads"},
       stale_lead_facts()},
      {"T2",
       ItemKind::schedule,
       "follow-ups that are due",
       {"follow_up|callback|call_back|reminder|promise|promised today|due|pending|list|morning|overdue",
        "morning|action|call|to_do list", "follow_up_date", "due today", "callbacks"},
       follow_up_facts()},
      {"T3",
       ItemKind::schedule,
       "the pipeline summary",
       {"pipeline summary|report|overview|review|numbers|snapshot|update|status|digest", "pipeline",
        "weekly|week summary|report|numbers|recap|review|overview|digest", "week in_numbers|figures"},
       pipeline_facts()},
      {"T4",
       ItemKind::schedule,
       "the win/loss summary",
       {"win|won loss|lost", "win_loss", "outcome|outcomes lead|source|close|month|summary|matter|job",
        "close_rate|win_rate|conversion_rate", "top|best source|sources", "month|monthly win|won lost|loss", "outcomes",
        "month|monthly summary|report|recap|review|numbers"},
       win_loss_facts()},
  };
}

std::vector<CatalogueItem> trigger_items() {
  return {
      {"EV1",
       ItemKind::trigger,
       "a new inquiry",
       {"new|incoming|fresh|first "
        "inquiry|lead|request|call|message|enquiry|caller|customer|client|contact|booking|patient "
        "!qualify|won|lost|convert|stage",
        "inquiry|lead|request|enquiry receive|arrive|come|in|reach|land|write !won|lost|convert|qualify",
        "someone|somebody|anyone|person new|first|reach|contact|write|call|ask|asks", "missed call",
        "new inquiry|enquiry|lead"},
       inquiry_facts()},
      {"EV2",
       ItemKind::trigger,
       "a lead qualified",
       {"qualify|qualified|qualifies|qualifying !disqualify|disqualified",
        "lead|inquiry active|pursuit|serious|promising|real|worth"},
       lead_facts()},
      {"EV3",
       ItemKind::trigger,
       "a lead converted",
       {"convert|converted|conversion|converts|converting",
        "lead|inquiry become|turn|becomes|turns job|opportunity|deal|project|booking|matter|customer"},
       lead_facts()},
      {"EV4",
       ItemKind::trigger,
       "an opportunity won",
       {"won !not|never|lost",
        "opportunity|deal|job|estimate|quote|proposal|bid|booking|matter accept|approve|sign|retain|=booked "
        "!not|never|decline|lost",
        "customer|client|patient|they say_yes|accept !not|never"},
       opportunity_facts()},
      {"EV5",
       ItemKind::trigger,
       "an opportunity lost",
       {"lost",
        "opportunity|deal|job|estimate|quote|proposal|bid|booking|matter decline|reject|turn_down|refuse|not_accept",
        "customer|client|patient|they say_no|decline|refuse"},
       opportunity_facts()},
  };
}

std::vector<CatalogueItem> request_items() {
  return {
      {"RQ1",
       ItemKind::request,
       "add a customer",
       {"add|new|create|enter|register|open "
        "customer|client|contact|patient|person|homeowner|student|guest|tenant|someone|file|member|parent|family "
        "!newest|latest|recent|who|talk|call|last|quickbooks"},
       person_facts(),
       {"create|add contact ask_for name"}},
      {"RQ2",
       ItemKind::request,
       "log a call",
       {"log|record|note|write_down|jot|save call|conversation|chat|phone|talk|visit|meeting|text|email",
        "speak|talk|meet|call|phone|ring|chat with|to !how|when|long|last|since",
        "just|i|we speak|talk|meet|call|ring !how|when|long|last|since"},
       person_facts(),
       {"ask how_did_it_go interaction", "create|log|record interaction call"}},
      {"RQ3",
       ItemKind::request,
       "show the pipeline",
       {"pipeline",
        "how|what|show|where look|looking|stand|=book|board|deal|work|business|things|numbers !long|talk|newest|follow",
        "weekly summary|report|numbers", "summary|report|numbers week|pipeline", "=numbers|=figures !phone|telephone"},
       pipeline_facts(),
       {"pipeline summary|report demand|format|now|current"}},
      {"RQ4",
       ItemKind::request,
       "follow up on a lead",
       {"follow_up|chase|nudge|check_in|check_back|get_back|ping|touch_base|follow",
        "draft|write follow_up|message|reply|email|text|note"},
       lead_facts(),
       {"draft follow_up|message stage|touchpoint|history"}},
      {"RQ5",
       ItemKind::request,
       "convert a lead",
       {"convert", "turn|make|move|=book|open|start job|opportunity|deal|project|booking|matter|case !won|lost",
        "go_ahead|going_ahead|moving_forward|move_forward"},
       lead_facts(),
       {"create|open opportunity contact|complete|lead"}},
      {"RQ6",
       ItemKind::request,
       "disqualify a lead",
       {"disqualify|decline|reject|drop|dismiss|rule_out|not_a_fit|no_fit|bad_lead|close_out|write_off|kill",
        "close|archive lead|inquiry !won", "mark dead|unqualified|bad !won"},
       lead_facts(),
       {"status disqualified", "never delete lead reason"}},
      {"RQ7",
       ItemKind::request,
       "time since the last contact",
       {"long|when|last talk|speak|hear|heard|contact|touch|see|spoke|call|met|touchpoint !log", "how_long since",
        "last_contact|last_touch"},
       person_facts(),
       {"most_recent|last touchpoint|interaction|contact date"}},
      {"RQ8",
       ItemKind::request,
       "the newest customers",
       {"newest|latest|recent|recently|new "
        "customer|client|patient|people|homeowner|student|guest|tenant|member|family|parent "
        "who|list|show|newest|latest|recent|recently",
        "newest|latest|most_recent customer|client|patient|people|homeowner|student|guest|tenant|member|family|parent"},
       person_facts(),
       {"contact|customer lifecycle_stage newest|sort|recent|list"}},
  };
}

std::vector<CatalogueItem> draft_items() {
  return {
      {"DR1",
       ItemKind::draft,
       "a draft after an inquiry",
       {"inquiry|enquiry|lead|request|contact|caller|call|intake "
        "new|first|no|not|yet|before|without|after|initial|fresh|just|only|inquiry|enquiry "
        "!sent|accepted|won|out",
        "no_estimate|no_quote|no_proposal|no_bid|no_price|before_the_estimate|first_contact|first_reply"},
       draft_facts()},
      {"DR2",
       ItemKind::draft,
       "a draft after the estimate",
       {"estimate|quote|proposal|bid|offer|price|letter "
        "send|out|pending|no_answer|no_response|no_reply|deliver|give|waiting|follow|after|silent "
        "!no_estimate|no_quote|no_proposal|accept|approve|won|not_yet",
        "estimate|quote|proposal|bid !no|accept|approve|won|before"},
       draft_facts()},
      {"DR3",
       ItemKind::draft,
       "a draft before scheduling",
       {"accept|approve|won|booked|agreed|sign|signed|yes "
        "schedule|scheduling|date|unscheduled|not|waiting|await|book|calendar|slot",
        "await|waiting|before|needs schedule|scheduling|date|slot", "accept|approve|won|signed"},
       draft_facts()},
  };
}

// S2-X: the other side of each hand-off. Their ids are the names of the parts that carry them out.
std::vector<CatalogueItem> integration_items() {
  return {
      {"estimating",
       ItemKind::integration,
       "hand-offs to estimating",
       {"estimating|estimate|estimator|quoting"},
       {},
       {}},
      {"scheduling",
       ItemKind::integration,
       "hand-offs to scheduling",
       {"scheduling|scheduler|dispatch|booking|appointment"},
       {},
       {}},
      {"invoicing", ItemKind::integration, "hand-offs to invoicing", {"invoicing|invoice|billing|bookkeeping"}, {}, {}},
      {"quickbooks", ItemKind::integration, "customers in QuickBooks", {"quickbooks|qb|qbo"}, {}, {}},
      {"email",
       ItemKind::integration,
       "inbound and outbound mail",
       {"gmail|email|mail|imap|smtp|outlook|inbox"},
       {},
       {}},
      {"web_form", ItemKind::integration, "the web form", {"form|website"}, {}, {}},
  };
}

std::vector<CatalogueItem> guard_items() {
  return {
      {"HS1", ItemKind::guard, "no message to a customer without the owner's review", {}, {}},
      {"HS2", ItemKind::guard, "nothing is deleted", {}, {}},
      {"HS3", ItemKind::guard, "no duplicate customer, no merge unasked", {}, {}},
      {"HS4", ItemKind::guard, "nothing is won without confirmation", {}, {}},
      {"HS5", ItemKind::guard, "no QuickBooks customer without confirmation", {}, {}},
      {"DO-NOT-CONTACT", ItemKind::guard, "no message to somebody who asked not to be contacted", {}, {}},
  };
}

Catalogue make_core_catalogue() {
  Catalogue catalogue;
  for (const auto& items :
       {schedule_items(), trigger_items(), request_items(), draft_items(), integration_items(), guard_items()})
    catalogue.items.insert(catalogue.items.end(), items.begin(), items.end());
  return catalogue;
}

using Patterns = std::vector<Pattern> CatalogueItem::*;

const CatalogueItem* best_of(const Catalogue& catalogue, ItemKind kind, Patterns patterns, std::string_view text) {
  const Stems stems(text);
  const CatalogueItem* best = nullptr;
  int best_score = 0;
  for (const auto& item : catalogue.items) {
    if (item.kind != kind) continue;
    const int score = stems.match_any(item.*patterns);
    if (score <= best_score) continue;
    best = &item;
    best_score = score;
  }
  return best;
}

// "Convert [name] to a job" without what stands in brackets.
std::string without_slots(std::string_view title) {
  std::string result;
  int depth = 0;
  for (const char byte : title) {
    if (byte == '[') ++depth;
    if (depth == 0) result += byte;
    if (byte == ']' && depth > 0) --depth;
  }
  return result;
}

}  // namespace

const CatalogueItem* Catalogue::find(std::string_view id) const {
  for (const auto& item : items)
    if (item.id == id) return &item;
  return nullptr;
}

const Catalogue& core_catalogue() {
  static const Catalogue catalogue = make_core_catalogue();
  return catalogue;
}

const CatalogueItem* recognise(const Catalogue& catalogue, ItemKind kind, std::string_view title,
                               std::string_view prose) {
  if (const auto* item = best_of(catalogue, kind, &CatalogueItem::patterns, without_slots(title))) return item;
  if (const auto* item = best_of(catalogue, kind, &CatalogueItem::patterns, title)) return item;
  return best_of(catalogue, kind, &CatalogueItem::prose_patterns, prose);
}

}  // namespace deskhand::procedure
