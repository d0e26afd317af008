#include "intake/title.h"

#include <re2/re2.h>

#include <algorithm>

#include "base/text.h"
#include "intake/intent.h"
#include "intake/letter_marks.h"
#include "reader/addresses.h"
#include "reader/lexicon.h"
#include "reader/tokenizer.h"

namespace deskhand::intake {
namespace {

constexpr std::size_t kSentences = 40;
constexpr std::size_t kSentencesBytes = 4 * 1024;
constexpr std::size_t kSubjectEnough = 3;  // telling words that need no sentence beside them

// Words of a subject that name no job: "Question about your services", "Hello!", "Quote request", "New message".
bool tells_nothing(std::string_view folded) {
  static const reader::WordSet words(
      "a an and the of for to in on at by with from re fwd fw i we my our your you me us is are it this that please hi "
      "hello hey dear good morning afternoon evening "
      "question questions inquiry enquiry inquiring quote quotes estimate estimates request requests requested request "
      "help needed need needs want wanted info information service services work job "
      "appointment appointments booking consultation consult price pricing prices cost message new contact form "
      "website web site online submission lead customer client urgent asap emergency important "
      "interested interest available availability possible potential project about regarding some quick free schedule "
      "scheduling call callback back follow up following untitled no subject none test email mail mailing via "
      "thanks thank looking get getting can could do does how much any today tomorrow notification received someone "
      "somebody opportunity reply response needed intro introduction meet "
      "anfrage angebot frage termin kontakt hallo bitte kontaktanfrage nachricht kostenvoranschlag consulta pregunta "
      "presupuesto cotizacion cita hola solicitud mensaje nuevo nueva contacto demande devis bonjour");
  return words.has(folded);
}

std::size_t telling_words(std::string_view text) {
  const reader::Tokens tokens(text);
  std::size_t count = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() && tokens.word(at).size() > 1 && !tells_nothing(tokens.word(at))) ++count;
  return count;
}

std::size_t work_words(std::string_view text) {
  const reader::Tokens tokens(text);
  std::size_t count = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() && is_work_word(tokens.word(at)) && !tells_nothing(tokens.word(at))) ++count;
  return count;
}

// A full stop ends a sentence; the one in "St." or "1.5" does not.
std::vector<std::string> sentences_of(std::string_view words) {
  std::vector<std::string> sentences;
  std::string sentence;
  const auto finish = [&] {
    if (!trim(sentence).empty() && sentences.size() < kSentences) sentences.push_back(squeeze(sentence));
    sentence.clear();
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    const char c = words[at];
    const bool is_last = at + 1 >= words.size();
    const bool before_gap = is_last || words[at + 1] == ' ' || words[at + 1] == '\n';
    const bool is_abbreviation = c == '.' && at >= 2 && (words[at - 2] == ' ' || (at >= 3 && words[at - 3] == ' '));
    const bool is_paragraph = c == '\n' && !is_last && words[at + 1] == '\n';
    const bool starts_item = c == '\n' && !is_last && (words[at + 1] == '-' || words[at + 1] == '*');
    sentence += c == '\n' ? ' ' : c;
    if (((c == '!' || c == '?' || (c == '.' && !is_abbreviation)) && before_gap) || is_paragraph || starts_item)
      finish();
  }
  finish();
  return sentences;
}

std::string without_greeting(std::string sentence) {
  static const RE2 greeting(
      R"((?i)^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|greetings|hola|buenos d[ií]as|buenas tardes|hallo|guten (?:tag|morgen|abend)|sehr geehrte[rn]?|bonjour|moin|servus)\b(?:[\s,]+(?:there|all|team|everyone|folks|guys|sir|madam|damen und herren|herr|frau|mr\.?|mrs\.?|ms\.?|dr\.?|\p{Lu}[\p{L}'’&.-]*|to whom it may concern))*\s*[,!.:–—-]+\s*)");
  RE2::Replace(&sentence, greeting, "");
  return sentence;
}

// Greetings and the polite way to the point: "Hi Ruth, I was wondering if you could give me a quote for …".
std::string without_lead_in(std::string sentence) {
  static const RE2 lead(
      R"((?i)^(?:so|and|also|well|ok|okay|basically|anyway|please|thanks|just|i hope (?:you are|you're|this finds you) [^,.]{0,20}[,.]|my name is [^,.]{2,40}?(?:,| and)|this is [^,.]{2,40}?(?:,| and)|i am writing (?:to|because|about)|i'm writing (?:to|because|about)|i (?:was|am|'m) (?:just )?(?:wondering|hoping|looking|trying|inquiring|interested|writing|reaching out)(?: (?:if|whether|to|for|about|in|that|because))*|i'm (?:just )?(?:wondering|hoping|looking|trying|inquiring|interested)(?: (?:if|whether|to|for|about|in))*|we(?:'re| are) (?:looking|hoping|trying|interested|wondering)(?: (?:if|whether|to|for|about|in))*|looking (?:for|to)|interested in|(?:i|we)(?:'d| would) (?:like|love)(?: to)?|(?:i|we) (?:also )?(?:need|want|require)(?: to)?|(?:can|could|would|will) (?:you|someone|somebody)(?: (?:please|possibly|guys))?|(?:you|someone|somebody|anyone) (?:can|could|would|might|may)(?: (?:please|possibly))?|do you (?:guys )?(?:do|offer|handle|service)|please|how much (?:do you charge (?:for|to)|would it (?:cost|be) (?:for|to)|(?:is|are|for|to)|does it cost (?:for|to))|to (?:get|have|book|schedule|request|set up|arrange)|(?:get|have|give|send|book|schedule|request|come|provide)(?: (?:me|us|out|by))*(?: (?:a|an|some|your))?(?: (?:free|rough|ballpark|quick))?(?: (?:quote|estimate|price|pricing|appointment|consultation|visit))?(?: (?:for|on|about|to|and))?|(?:a|an) (?:free )?(?:quote|estimate|price|appointment|consultation)(?: (?:for|on|about|to))?|you|if|for|to|about|and|come|out|take a look at|look at|help (?:me|us)?(?: with)?)\b[\s,:]*)");
  sentence = without_greeting(std::move(sentence));
  for (int step = 0; step < 6; ++step) {
    const std::size_t before = sentence.size();
    re2::StringPiece rest(sentence);
    if (!RE2::Consume(&rest, lead)) break;
    // Whatever is left must still name the job.
    const std::string shorter(rest);
    if (telling_words(shorter) == 0 || shorter.size() == before) break;
    sentence = shorter;
  }
  return sentence;
}

// The sentence that says most about the job; an early one where several do.
std::string key_sentence(std::string_view words) {
  std::string best;
  int best_score = 0, place = 0;
  for (const std::string& sentence : sentences_of(words)) {
    const int work = static_cast<int>(std::min<std::size_t>(work_words(sentence), 4)),
              telling = static_cast<int>(std::min<std::size_t>(telling_words(sentence), 5));
    const int score = work * 4 + telling + (work > 0 && asks_for_something(sentence) ? 5 : 0) - std::min(place, 6);
    ++place;
    if (telling == 0 || (!best.empty() && score <= best_score)) continue;
    best = sentence;
    best_score = score;
  }
  return best;
}

// A place is no job: "Service call - 905 Quail St unit 3" says "Service call".
std::string without_places(const std::string& text) {
  std::string bare = text;
  for (const auto& reading : reader::find_addresses(text))
    for (std::size_t at = reading.span.begin; at < reading.span.end && at < bare.size(); ++at) bare[at] = ' ';
  static const RE2 room(R"((?i)\b(?:unit|apt\.?|apartment|suite|ste\.?|room|flat|#)\s*#?\d\w{0,4}\b)");
  RE2::GlobalReplace(&bare, room, " ");
  return bare;
}

// Of a sentence too long for a title the clause that says most about the job.
std::string key_clause(const std::string& sentence) {
  if (sentence.size() <= kTitleBytes) return sentence;
  std::string best, clause;
  std::size_t best_score = 0, best_work = 0;
  const auto finish = [&] {
    constexpr std::size_t kOfWork = 4, kOfAsking = 3;
    const std::size_t work = work_words(clause);
    const std::size_t score = work == 0 ? 0 : work * kOfWork + std::min<std::size_t>(telling_words(clause), 2) + (asks_for_something(clause) ? kOfAsking : 0);
    if (score > best_score) {
      best_score = score;
      best_work = work;
      best = squeeze(clause);
    }
    clause.clear();
  };
  for (std::size_t at = 0; at < sentence.size();) {
    bool cut = false;
    for (const std::string_view mark : {", ", "; ", " - ", " and ", " because ", " but ", " und ", " y ", " et "}) {
      if (sentence.compare(at, mark.size(), mark) != 0) continue;
      finish();
      at += mark.size();
      cut = true;
      break;
    }
    if (!cut) clause += sentence[at++];
  }
  finish();
  // Its start stands in the title anyhow.
  return best_work <= work_words(prefix_utf8(sentence, kTitleBytes)) ? sentence : without_lead_in(best);
}

std::string capital(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

std::string cut_at_word(std::string_view text, std::size_t bytes_max) {
  if (text.size() <= bytes_max) return std::string(text);
  std::string_view start = prefix_utf8(text, bytes_max - 3);
  if (const std::size_t space = start.rfind(' '); space != std::string_view::npos && space > bytes_max / 2)
    start = start.substr(0, space);
  return std::string(trim(start)) + "…";
}

std::string without_end_marks(std::string text) {
  while (!text.empty() && std::string_view(".,;:! ").find(text.back()) != std::string_view::npos) text.pop_back();
  return text;
}

// Numbers and addresses of people are no title.
bool is_clean(std::string_view text) {
  return text.find('@') == std::string_view::npos && text.find("http") == std::string_view::npos;
}

std::string label(std::string_view text) {
  return capital(cut_at_word(without_end_marks(squeeze(printable_line(text))), kTitleBytes));
}

}  // namespace

std::vector<std::string> sentences_without_greeting(std::string_view words) {
  std::vector<std::string> sentences = sentences_of(prefix_utf8(words, kSentencesBytes));
  if (!sentences.empty()) sentences.front() = without_greeting(std::move(sentences.front()));
  std::erase_if(sentences, [](const std::string& sentence) { return trim(sentence).empty(); });
  return sentences;
}

std::string brief_title(const Customer& customer) {
  const std::string sentence = key_clause(without_lead_in(key_sentence(customer.words)));
  const std::string subject = bare_subject(customer.subject), matter = without_places(subject);
  const std::size_t subject_tells = is_clean(subject) ? telling_words(matter) : 0;
  if (!customer.service.empty()) {
    const bool adds = telling_words(sentence) > 0 && customer.service.size() < 45;
    return label(adds ? customer.service + ": " + sentence : customer.service);
  }
  if (subject_tells >= kSubjectEnough && work_words(matter) > 0) return label(subject);
  if (work_words(matter) > 0 && work_words(sentence) > 0 && subject_tells > 0) return label(subject + ": " + sentence);
  if (work_words(matter) > 0 || (subject_tells >= 2 && work_words(sentence) == 0)) return label(subject);
  if (!sentence.empty()) return label(sentence);
  if (!subject.empty()) return label(subject);
  return label(customer.words);
}

}  // namespace deskhand::intake
