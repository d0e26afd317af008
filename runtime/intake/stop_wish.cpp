#include "intake/stop_wish.h"

#include <algorithm>
#include <string_view>

#include "intake/letter_marks.h"
#include "reader/lexicon.h"

namespace deskhand::intake {
namespace {

using reader::PhraseMatch;
using reader::PhraseSet;
using reader::Tokens;

// Mail and lists by name: nothing else can be meant.
const PhraseSet& leavings() {
  static const PhraseSet set({
      "unsubscribe|remove|delete|take|drop|get|scratch|strike|leave|erase me|us|my "
      "[email|e|mail|address|name|number|info|contact|information] [-] [mail] [address] off|from|of|out *4 "
      "list|lists|mailing|mailings|distribution|database|newsletter|newsletters|emails|mails|marketing|promotions|"
      "records|campaign|campaigns|spam",
      "removed|unsubscribed|deleted|taken|dropped off|from|of|out *4 "
      "list|lists|mailing|mailings|distribution|database|newsletter|newsletters|emails|mails|marketing|promotions|"
      "records|campaign|campaigns|spam",
      "want|wish|like|need|ask|asked|asking|prefer to be removed|unsubscribed|deleted|taken off|from|of|out *4 "
      "list|lists|mailing|mailings|distribution|database|newsletter|newsletters|emails|mails|marketing|promotions|"
      "records|campaign|campaigns|spam",
      "can|could|would|will you [please] unsubscribe|remove|delete|take|drop me|us|my "
      "[email|e|mail|address|name|number|info|contact|information] [-] [mail] [address] off|from|of|out *4 "
      "list|lists|mailing|mailings|distribution|database|newsletter|newsletters|emails|mails|marketing|promotions|"
      "records|campaign|campaigns|spam",
      "unsubscribe me|us|this",
      "please unsubscribe",
      "unsubscribe please|from [all] your|this|these|all|the",
      "want|wish|like|need to be [permanently] unsubscribed|unsubscribe",
      "want|wish|like to unsubscribe",
      "remove|delete|erase my|our email|e|mail|phone|number|contact|name|data [address|number|details|info] "
      "from",
      "opt|opting me|us out",
      "want|wish|like|choose|wanted to opt out",
      "darme|denme|dame|deme|dar|den|darnos|darse de baja",
      "quitenme|quiteme|borrenme|borreme|eliminenme|elimineme|saquenme|saqueme *4 lista|listas|base",
      "mich|uns|meine *6 verteiler|mailingliste|newsletter|adressliste *2 "
      "streichen|loschen|nehmen|austragen|entfernen|abmelden",
      "newsletter abbestellen|abmelden|kundigen",
      "streichen|loschen|nehmen|entfernen sie mich|uns|meine *6 verteiler|mailingliste|liste|newsletter|datenbank",
      "mich|uns [bitte] abmelden|austragen",
      "desinscrire|desabonner|desinscrivez|desabonnez",
      "me|nous retirer|enlever|supprimer|effacer|rayer|radier *3 liste|listes|base|fichier|fichiers|newsletter",
      "retirez|enlevez|supprimez|effacez|rayez *7 liste|listes|fichier|fichiers|newsletter",
  });
  return set;
}

// The same with no word more: their sentence has to end behind them.
const PhraseSet& short_leavings() {
  static const PhraseSet set({"remove|delete|unsubscribe me|us", "take me|us off", "unsubscribe", "opt out|me|us",
                              "leave me|us alone", "abmelden|austragen"});
  return set;
}

// To be left alone, unless it is only one way of several, or a time.
const PhraseSet& refusals() {
  static const PhraseSet set({
      "stop|quit|cease emailing|contacting|texting|calling|messaging|writing|bothering|spamming|mailing|harassing",
      "stop|quit|cease e mailing|mails",
      "stop|quit|cease e",
      "stop|quit|cease sending [me|us] *2 "
      "email|emails|e|mail|mails|messages|texts|this|these|newsletters|newsletter|stuff|spam|junk|offers|promotions|"
      "ads|advertising|marketing|anything",
      "do|please not [ever] contact|email|e|call|text|message|write|mail [me|us]",
      "dont [ever] contact|email|e|call|text|message|write|mail me|us|again|anymore|any",
      "please dont [ever] contact|email|e|call|text|message|write|mail",
      "never|not contact|email|text|write|call|message me|us",
      "dont|never|not send me|us *3 email|emails|e|mail|mails|messages|texts|newsletters|spam|junk|offers|promotions|ads|"
      "anything|stuff",
      "dont|never|not send|sending [me|us] *3 of these|this|those|your",
      "dont|never|not send|sending me|us these|anymore|anything",
      "no more emails|mails|messages|mailings|texts|newsletters|spam",
      "longer|dont|not want|wish|like|care *3 receive|get|receiving|getting *4 "
      "email|emails|mail|mails|messages|texts|newsletter|newsletters|communications|correspondence|offers|promotions|"
      "calls|marketing|advertising|mailings",
      "longer|dont|not want|wish|like *3 contacted|emailed|texted|messaged|bothered|spammed",
      "longer|dont|not want|wish|like|care *2 hear *2 from you|your|this|anyone",
      "dont|not want [any] [more|further] [of] [your|these] emails|messages|texts|newsletters|mailings|spam",
      "leave me|us alone [and|please|now]",
      "dejen|deje|dejar de escribir|escribirme|contactarme|llamarme|enviarme|mandarme|molestar|molestarme",
      "no me|nos [vuelvan|vuelva] [a] "
      "escriban|escriba|contacten|contacte|llamen|llame|envien|envie|manden|mande|escribir|contactar|llamar",
      "no quiero|queremos|deseo|deseamos *2 recibir *3 "
      "correos|correo|mensajes|emails|publicidad|ofertas|llamadas|boletin|boletines",
      "keine [weiteren] mails|emails|nachrichten|werbung [mehr]",
      "kontaktieren|schreiben|rufen|mailen sie mich|uns *1 nicht [mehr]",
      "plus *2 recevoir *4 mail|mails|emails|courriels|messages|newsletter|newsletters|publicite|offres|appels|sms",
      "ne me|nous contactez|ecrivez|appelez|envoyez plus",
      "ne plus me|nous contacter|ecrire|appeler|envoyer",
  });
  return set;
}

// "Call me", "by phone only": another way is open.
const PhraseSet& other_ways() {
  static const PhraseSet set({
      "please|just|only|rather|better|instead call|phone|text|ring|email|write|message|contact",
      "call|phone|ring|text|reach|contact|email|message|write me|us|my|our|to|at|on|between|only|instead|after|before|(|+",
      "call|phone|ring|text|contact #",
      "by|via|through|over|on phone|text|email|mail|letter|telephone|post only|instead|please|is",
      "phone|call|calls|text|texts|email|emails|telephone only|instead|is|are|works|work|preferred",
      "prefer a|to|phone|call|calls|text|texts|email|emails|telephone",
      "llamenme|llameme|llamame|llamar|llame|escribame|escribanme",
      "rufen sie|mich",
      "anrufen|telefonisch",
      "appelez|telephonez",
  });
  return set;
}

bool ends_sentence(const Tokens& tokens, std::size_t end) {
  static const reader::WordSet closing("please thanks thank now immediately asap and bitte ty permanently");
  if (end >= tokens.size() || tokens[end].line_start) return true;
  return tokens.is_word(end) ? closing.has(tokens.word(end)) : !tokens.is_number(end);
}

// Behind "don't contact me": "before March", "at work", "until we are back".
bool is_for_a_time(const Tokens& tokens, std::size_t end) {
  static const reader::WordSet limits(
      "before until till unless after during between while when on past later than early earlier weekdays weekends "
      "today tomorrow tonight yet first antes hasta vor bis avant jusqu");
  static const reader::WordSet places("work night home dinner lunch noon school office job");
  constexpr std::size_t kNear = 6;
  for (std::size_t at = end; at < std::min(tokens.size(), end + kNear); ++at) {
    if (!tokens.is_word(at) && !tokens.is_number(at)) return false;
    if (limits.has(tokens.word(at))) return true;
    if (places.has(tokens.word(at)) && (tokens.is(at - 1, "at") || tokens.is(at - 2, "at"))) return true;
  }
  return false;
}

// "I do not text", "if you don't call me": told, not asked.
bool is_told(const Tokens& tokens, std::size_t first) {
  static const reader::WordSet people("i we you he she they who people plumbers contractors nobody everyone if why");
  return first > 0 && people.has(tokens.word(first - 1));
}

bool offers_another_way(const Tokens& tokens, const std::vector<PhraseMatch>& refused) {
  for (const PhraseMatch& match : other_ways().find(tokens)) {
    const bool is_refused = std::any_of(refused.begin(), refused.end(), [&](const PhraseMatch& each) {
      return match.first < each.end && each.first < match.end;
    });
    const bool goes_on = tokens.is(match.first - 1, "or") || tokens.is(match.first - 1, "nor");
    if (!is_refused && !goes_on && match.certainty == reader::Certainty::sure &&
        !reader::is_denied(tokens, match.first))
      return true;
  }
  return false;
}

std::string_view line_of(const Tokens& tokens, std::size_t index) {
  const std::string_view text = tokens.text();
  const std::size_t at = tokens[index].span.begin;
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
}

// The links and notes below a letter: "View my listings | Unsubscribe", "To unsubscribe click here".
bool is_in_a_footer(const Tokens& tokens, const PhraseMatch& match) {
  const std::string_view line = line_of(tokens, match.first);
  if (is_small_print(line) || line.find('|') != std::string_view::npos || line.find("://") != std::string_view::npos ||
      line.find("\xC2\xB7") != std::string_view::npos || line.find("\xE2\x80\xA2") != std::string_view::npos)
    return true;
  static const reader::WordSet invites("to can may could cannot instantly link you reply or");
  const bool is_invited = tokens.word(match.first).starts_with("unsub") && match.first > 0 &&
                          invites.has(tokens.word(match.first - 1));
  const bool is_link = tokens.is(match.end, "click") || tokens.is(match.end, "here") || tokens.is(match.end, "link");
  return is_invited || is_link;
}

bool is_sure(const Tokens& tokens, const PhraseMatch& match) {
  if (match.certainty == reader::Certainty::sure) return true;
  for (std::size_t at = match.first; at < match.end; ++at)
    if (tokens.word(at).starts_with("unsub") || tokens.word(at).starts_with("unsus")) return true;
  return false;
}

}  // namespace

StopWish read_stop_wish(const Tokens& tokens) {
  StopWish stop;
  const auto is_meant = [&](const PhraseMatch& match) { return is_sure(tokens, match) && !is_in_a_footer(tokens, match); };
  for (const PhraseMatch& match : leavings().find(tokens))
    if (is_meant(match)) stop.places.push_back(match);
  for (const PhraseMatch& match : short_leavings().find(tokens))
    if (is_meant(match) && ends_sentence(tokens, match.end) &&
        (match.end - match.first > 1 || tokens.starts_sentence(match.first)))
      stop.places.push_back(match);
  const std::vector<PhraseMatch> refused = refusals().find(tokens);
  if (!refused.empty() && !offers_another_way(tokens, refused))
    for (const PhraseMatch& match : refused)
      if (is_meant(match) && !is_told(tokens, match.first) && !is_for_a_time(tokens, match.end))
        stop.places.push_back(match);
  return stop;
}

bool has_number_beside(const Tokens& tokens, const StopWish& stop) {
  constexpr std::size_t kDigits = 7;
  std::size_t digits = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens.is_word(at) || tokens[at].line_start) digits = 0;
    if (!tokens.is_number(at)) continue;
    digits += tokens[at].span.size();
    if (digits < kDigits) continue;
    const bool is_meant_by_it = std::any_of(stop.places.begin(), stop.places.end(), [&](const PhraseMatch& each) {
      if (at < each.first) return false;
      for (std::size_t between = each.end; between <= at; ++between)
        if (tokens[between].line_start || tokens.is(between, ".") || tokens.is(between, "!")) return false;
      return true;
    });
    if (!is_meant_by_it) return true;
  }
  return false;
}

}  // namespace deskhand::intake
