#include "intake/intent.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/utf8.h"
#include "reader/outcomes.h"
#include "reader/phrases.h"

namespace deskhand::intake {
namespace {

using reader::PhraseMatch;
using reader::PhraseSet;
using reader::Tokens;

constexpr std::size_t kJudgedBytes = 6 * 1024;  // of a letter; what it is about stands at its start
constexpr int kRequestSigns = 2;

// --- Requests --------------------------------------------------------------------------------------------------------

// "I need a quote for …", "could you come and look at …", "how much is …".
const PhraseSet& requests() {
  static const PhraseSet set({
      "need|needs|needing|want|wants|require|requires *3 quote|estimate|price|pricing|appointment|consultation|consult|visit|someone|somebody|plumber|electrician|technician|tech|help|repair|repaired|replacement|replaced|installed|fixed|cleaned|looked|checked|inspection|service|work|new|bid|proposal|callback",
      "i|we [also] [really] [just] need|needs|want|require",
      "in need of", "are|were|is|was|am|im|ive|been [also] [currently] looking|searching for|to|into", "looking for", "looking to", "looking at getting|having|doing",
      "interested in", "id|wed like|love|want to|a|an|some", "would like|love|want to|a|an|some|you|someone", "i|we would like", "hoping|wanting|trying|wishing to|you|for|someone", "thinking about|of getting|doing|having|replacing|adding|starting|redoing|installing|trying|a|an",
      "can|could|would|will you [please] [possibly] [also] [help] [me|us] come|look|fix|repair|replace|install|check|clean|give|send|quote|help|do|take|provide|call|schedule|book|get|tell|let|make|paint|build|fit|see|stop|remove|handle|design|squeeze|swing|unclog|move|add|recommend",
      "can|could someone|somebody|anyone|anybody|one *2 come|look|fix|call|help|give|check|get|take|stop",
      "can|could i|we [please] get|have|book|schedule|make|come|set|request|see|arrange|speak|talk", "may i|we get|have|book|schedule",
      "is it possible to", "would it be possible to", "would you be able|available|willing|interested to|for|in",
      "how much *5 cost|charge|run|would|is|are|do|does|for|to|it", "what *4 cost|charge|price|rate|rates|prices|charges|pricing|fee|fees", "what would|does|do|is *4 run|cost", "whats your|the rate|price|cost|hourly|fee|pricing", "price|prices|pricing|cost|costs|rate|rates for|on|of",
      "do you [guys|all|also|still|ever] do|offer|have|take|handle|service|work|install|repair|fix|provide|cover|make|accept|carry|sell|treat|know|come|build|design|shoot|replace|service|clean",
      "are you [guys|all|currently|still] able|available|taking|accepting|free|open|licensed", "any availability|openings|appointments|chance|slots|opening|time", "when could|can|would|are *2 you|someone|somebody|come|available", "what|when *3 availability|available|openings|soonest|earliest", "soonest|earliest|next available|appointment|opening|time|slot|you",
      "please call|contact|text|email|send|give|let|advise|quote|schedule|get|provide|come|help|reach|reply|respond [me|us]", "give me|us a call|ring|quote|price|estimate|ballpark|idea", "call|text|contact|reach me|us", "get back to|with me|us", "let me|us know *5 available|availability|cost|much|price|come|when|if|what|how",
      "free|rough|ballpark estimate|quote|consultation|price", "request|requesting|requested|requests a|an|for|quote|estimate|appointment|service|consultation|pricing", "get|getting|got a|an|some|your [free] [rough] quote|estimate|price|bid|appointment|idea|quotes|estimates|bids|pricing",
      "book|schedule|arrange|set|make [up] a|an|my|another|some appointment|consultation|visit|time|service|call|session|treatment|inspection|cleaning|estimate", "set up a|an", "book in|an|a|me|us", "come|stop by|out|over|take [and] [to] take|look|see|give|fix", "come out", "take a look", "have|get someone|somebody|it|this|them *2 looked|fixed|come|replaced|repaired|out|installed|removed|done|cleaned|checked",
      "want|wanted to get|have|know|book|schedule|ask|see|discuss|hire|do|replace|add|start|build|inquire|find", "wondering if|whether|how|what|when", "inquiring|enquiring|inquire|asking|writing about|regarding|to", "quote|estimate|bid|proposal for|on|to|please|request",
      "would you|someone|somebody please", "need|needs to be|get", "needs|need fixing|replacing|repair|attention|work|cleaning|painting|replaced|fixed|installed|help|doing|repairing",
      "help with|us|me", "send someone|somebody|me|us", "asap|emergency please|help",
      // Spanish
      "necesito|necesitamos|necesita|necesitaria", "quisiera|quisieramos|quiero|queremos|querria", "me|nos gustaria|interesa|interesaria", "busco|buscamos|estoy|estamos [buscando]", "cuanto cuesta|cobran|costaria|vale|saldria|seria", "pueden|podrian|puede|podria|puedes|podrias *2 venir|ayudar|ayudarme|ayudarnos|darme|enviar|enviarme|llamar|llamarme|mandar|hacer|arreglar|pasar|revisar|cotizar|decirme|reparar|hacerme", "presupuesto|cotizacion para|de|por", "pedir|solicitar|agendar|reservar|hacer una|un|cita|presupuesto", "hacen|ofrecen|tienen ustedes|disponibilidad|citas|instalaciones|reparaciones|servicio", "llamenme|llameme|contactenme|escribanme",
      // German
      "ich|wir brauche|brauchen|benotige|benotigen|suche|suchen|mochte|mochten|hatte|hatten|interessiere|wurde|wurden|wunsche", "konnen|konnten|kann|konnte|wurden sie|jemand|ihr|man", "was|wieviel kostet|kosten|wurde", "wie viel|teuer kostet|kosten|wurde|ist|ware", "angebot|kostenvoranschlag|termin fur|machen|vereinbaren|bekommen|erhalten|zu", "einen|ein termin|angebot|kostenvoranschlag", "bitte um|rufen|melden|schicken|geben|senden", "haben sie", "bieten sie",
      // French
      "jai|nous|on besoin|avons|cherchons|cherche|aimerais", "je|nous cherche|cherchons|voudrais|voudrions|souhaite|souhaitons|souhaiterais|aimerais", "pouvez|pourriez|pourrait vous|on|quelqu", "combien coute|couterait|ca|pour", "un|le devis|rendez", "avez vous",
  });
  return set;
}

// What is wrong, without saying what is wanted: "the toilet won't stop running".
const PhraseSet& troubles() {
  static const PhraseSet set({
      "is|are|was|keeps|keep|started|has|have|been|just|its|are|still leaking|dripping|clogged|broken|backed|flooding|flooded|overflowing|running|stuck|jammed|cracked|burst|out|down|dead|making|smelling|slow|blocked|rusted|stopped|failing|tripping|frozen|peeling|swollen|infected|bleeding|hurting|painful|outdated|old",
      "wont|doesnt|cant|isnt|not|dont|never|stopped|quit|no [longer] work|working|works|turn|start|stop|drain|draining|flush|flushing|heat|heating|cool|cooling|light|ignite|open|close|hot|heat|water|power|pressure|ac|load|loading|get|go|shut",
      "there is|s|are *3 leak|water|smell|puddle|crack|noise|problem|issue", "a|the leak|smell|clog|puddle|crack", "broke|died|burst|leaked|failed|cracked|flooded|backed|collapsed|fell|froze", "went|gone out|down|bad", "problem|problems|issue|issues|trouble with|in",
      "sewage|water coming|everywhere|on|under|all|in|backing", "no hot|heat|water|power|pressure",
      "gotea|goteando|rota|roto|tapado|tapada|atascado|atascada|inundado|inundada", "no funciona|calienta|sale|hay|tengo|tenemos", "hay una|un fuga", "tropft|undicht|verstopft|kaputt|defekt|ausgefallen|lauft", "funktioniert|geht nicht", "fuit|bouche|bouchee|casse|cassee|panne",
  });
  return set;
}

// --- Other wishes ----------------------------------------------------------------------------------------------------

const PhraseSet& offers() {
  static const PhraseSet set({
      "came across your|you", "found your|you website|business|company|listing|profile|site online|on|while|and", "visiting|visited|reviewed|reviewing|looking|looked|browsing at|your|over website|site|profile|listing|business", "we|i help|work|partner|specialize|specialise [with] *3 businesses|companies|clinics|plumbers|contractors|agencies|brands|practices|owners|like|such|get|grow|in|rank",
      "we|i offer|provide|supply|manufacture|specialize|specialise|are *4 services|solutions|products|leading|agency|company|developers|team|range|provider|manufacturer|seo|leads|staff|loans|funding", "our services|team|company|agency|clients|platform|software|solution|solutions|experts|developers|product|products|tool|specialists|packages|candidates|rates|catalog|catalogue",
      "increase|boost|grow|improve|double|triple|skyrocket|explode your *3 traffic|sales|revenue|leads|ranking|rankings|presence|business|visibility|roi|bookings|profits|website|reviews|clients|calls|customers|growth", "first|1st|top page of|on google|results", "page one", "rank|ranking|ranked higher|on|in|#|for google|page", "guest post|posts|posting|article", "link exchange|building|insertion|juice", "backlink|backlinks", "sponsored post|article|content", "domain authority",
      "business loan|loans|funding|credit|line|capital", "working capital", "merchant cash|services|account", "no obligation", "free audit|demo|trial|analysis|report|strategy|mockup|sample|samples", "book|schedule|hop|jump|set [on] [up] a|an [quick] [#] [minute|min] [quick] demo|call|chat|meeting to|with|and|so|this|next", "quick|short|brief|#  call|chat|zoom|demo", "open to a|exploring|hearing|having|learning|discussing|a", "would you|be|are interested in our|learning|hearing|a|seeing|purchasing|receiving|having us",
      "partnership|collaboration opportunity|opportunities|proposal|with", "exclusive leads|offer|deal", "qualified leads|appointments", "pay per|only lead|appointment|when|for", "leads per|a|every|for|month|week|day", "limited time", "special|exclusive|introductory offer|price|discount|rate|pricing", "virtual assistant|assistants|receptionist", "outsource|outsourcing|offshore", "hire our|dedicated|remote developers|team|staff|virtual", "web|app|mobile|software development company|services|team|firm|agency", "digital marketing agency|company|services|expert|specialist|experts", "seo expert|specialist|company|services|agency|consultant|packages|audit", "email list|lists|database|leads|marketing", "contact list|lists|database", "following up on|my|regarding previous|last|earlier email|message", "just bumping|circling|following|checking this|back|up", "top of your inbox", "opt out|unsubscribe [of|from]", "not interested *3 reply|let|just|tell|respond|please|say",
      "million|billion dollars|usd|euros|pounds", "inheritance|beneficiary|lottery|bitcoin|crypto|cryptocurrency|investor|investors", "wire transfer", "gift card|cards", "next of kin", "media kit", "advertise|advertising with|in|on|space|opportunity|opportunities|rates", "sponsor|sponsorship", "case study|studies", "reply yes|stop|interested|with", "calendly|hubspot", "white label", "bulk order|pricing|discount|supply|orders", "wholesale", "our catalog|catalogue|brochure|pricelist", "moq", "employee benefits", "credit card processing", "health insurance plans|for", "google reviews|my|business listing|profile|reviews", "cold|outbound email|emails|outreach",
      "verkaufen|bieten|anbieten ihnen|wir|unsere", "unsere dienstleistungen|produkte|losungen|leistungen|agentur", "ofrecemos|somos una|un|nuestros|servicios|empresa|agencia", "nuestros servicios|productos|clientes", "nous proposons|offrons", "nos services|produits",
  });
  return set;
}

const PhraseSet& applications() {
  static const PhraseSet set({
      "my|attached|a|the|updated resume|cv|portfolio|resumes", "resume|cv|curriculum attached|is|below|vitae|for", "apply|applying|application|applied for|to|at *4 job|position|role|internship|opening|apprenticeship|post|vacancy|team|work", "apply|applying|application for|to", "are|is you|there [currently] hiring|recruiting", "hiring|job|open|current|any|employment opening|openings|position|positions|opportunity|opportunities|vacancy|vacancies", "looking|searching|seeking for|a|an *2 job|employment|internship|apprenticeship|position|work|role", "seeking employment|a|an|internship", "years of|experience experience|in|as", "cover letter", "references available|upon", "internship|apprenticeship", "candidate|candidates for|i|we|who", "recruiter|recruiting|staffing|recruitment", "join your team|company|crew", "work for you|your", "bewerbung|bewerbe|lebenslauf|praktikum|ausbildungsplatz", "solicitud de empleo|trabajo", "curriculum", "candidature|stage"});
  return set;
}

const PhraseSet& supplies() {
  static const PhraseSet set({
      "your order|account|invoice|statement|purchase|shipment|delivery|payment|balance|parts|policy|lease|rent|subscription|membership|renewal|remittance", "invoice|statement|po|remittance|receipt|order [number|no] #|attached|is|for|dated|from", "attached|enclosed|please|find [find] [is] [the|your|our] invoice|statement|receipt|remittance|quote|w9|coi|certificate|1099", "past due", "net #", "amount due|owing", "purchase order", "back order|ordered", "backorder|backordered", "ready for pickup|collection", "has|have|will|been shipped|ship|shipping|dispatched|delivered", "will call", "price increase|list|change", "credit memo|limit|application", "account number|manager|rep|payable|receivable", "insurance certificate|renewal|audit|premium", "payroll|bookkeeping|1099|w9|tax|taxes|deposit|quarterly return|filing|due|form|documents", "past|overdue invoice|balance", "our records", "remit|remittance", "license|permit renewal|expires|expiring|inspection",
  });
  return set;
}

const PhraseSet& stops() {
  static const PhraseSet set({
      "unsubscribe|remove|delete|take me|us|my [address|email|name|number|off|out]", "take me|us|my off", "stop|quit|cease emailing|e|contacting|texting|calling|messaging|sending|writing|bothering|spamming [mailing]", "do|please not|dont [ever] contact|email|e|call|text|message|write|mail [me|us]", "dont|never|not contact|email|text|write|call|message me|us", "opt|opting [me|us] out", "no longer wish|want|like *4 receive|contacted|emails|hear|emailed|messages", "dont|not want|wish *3 receive|hear|emails|contacted|messages|texts", "leave me|us alone", "remove from your|this|the list|mailing", "please unsubscribe", "unsubscribe please|me|from",
      "darme|denme|dame|deme|dar de|baja", "dejen|deje|no de|me|vuelvan|quiero *2 escribir|escribirme|contactar|contactarme|llamar|llamarme|recibir|contacten", "keine [weiteren] mails|emails|nachrichten|werbung", "abmelden|austragen", "desinscrire|desabonner|desinscrivez", "ne plus me|recevoir",
  });
  return set;
}

// Talk about work that is on the record already.
const PhraseSet& talks() {
  static const PhraseSet set({
      "thank|thanks [you] for|so|again|you", "sounds good|great|perfect|fine", "that works|time|day|is|sounds", "see you", "works for me|us", "confirm|confirmed|confirming|reschedule|rescheduling|cancel|move|push|change *3 appointment|visit|time|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|date|booking|that|our|my|it", "running late", "on my|the way", "as discussed|agreed|promised|requested|mentioned", "per our|your conversation|call|email|message|request", "following up on|with|about|regarding my|our|the|your|that quote|estimate|proposal|visit|appointment|invoice|job|conversation|call|request|email|message|this|lead|work", "any update|updates|news|word|progress", "have you had", "did you get|receive|see|have|send|hear", "the|your quote|estimate|proposal|invoice|bill|contract|mockup|mockups|draft|drafts you|looks|is|seems|was|i|we|from|and|that", "go ahead", "lets do|go|proceed", "we accept|approve|decided|chose|have|went", "went with|another|someone", "decided to|against|not", "attached is|are|please|you", "here is|are|s the|my|a|some|our", "as attached|requested", "questions about|on|regarding my|the|our|your quote|estimate|invoice|proposal|visit|appointment|bill", "great|good|wonderful|nice|excellent|amazing job|work|to|meeting|speaking|talking|seeing|chatting", "danke|gracias|merci fur|por|pour", "paid|payment|pay the|for|invoice|bill|by|my|sent", "gate code", "the code|dog|key|keys is|are", "my|the new number|address|phone|email|cell is",
  });
  return set;
}

const PhraseSet& new_matters() {
  static const PhraseSet set({
      "another|different|separate|second|new|other|unrelated|additional|next job|project|issue|problem|property|house|question|thing|one|matter|request|location|leak|quote|estimate|room|bathroom|building|unit|site|topic|campaign|apartment|treatment|area|service|address|appointment",
      "something else|different|new|unrelated", "on a|an different|separate|unrelated|another|side note", "while|since you *3 here|there|at|out", "also need|needs|want|wanted|wondering|looking|have|interested|like|could|can|would|do|id", "one more thing|question|job", "in addition", "this time", "again *6 need|quote|estimate|help|appointment|book", "need|have you|your [guys|team] again|back|help again", "otra|otro cosa|trabajo|problema|proyecto", "noch|eine|ein andere|anderes|weitere|weiteres|etwas anliegen|problem|frage|auftrag|anderes", "autre chose|probleme|projet",
  });
  return set;
}

const PhraseSet& hurries() {
  static const PhraseSet set({
      "urgent|urgently|asap|emergency|immediately|urgente|urgentemente|dringend|notfall|sofort|emergencia|urgence", "as soon as", "right away|now", "today|tonight please|if|or|asap|before", "need|needs|can|could|come|someone|somebody|anyone|help|here|out|you|it|get|fixed|done|seen|in *4 today|tonight|immediately|now", "cant|can|not|wont wait", "flooding|flooded|inundado|inundada|uberschwemmung|inondation", "burst pipe|pipes|water", "pipe|pipes|line|hose *2 burst|bursted|broke|exploded", "water *3 everywhere|pouring|gushing|spraying|ceiling|floor|floors", "pouring|gushing|spraying water|out|from|everywhere|through", "gas leak|smell|odor", "smell|smelling|smells [like] [of] gas|burning|smoke", "no heat|water|power|electricity", "sewage|sewer *3 backing|backed|backup|coming|everywhere|overflowing", "sparks|sparking|smoke|smoking", "carbon monoxide", "severe|extreme|terrible|unbearable|excruciating|intense pain|swelling|bleeding|reaction", "in pain", "swollen|swelling|infected|infection|blister|blistering|blisters|oozing|pus", "allergic reaction", "trouble breathing", "site|website|store|shop|checkout *3 down|hacked|offline|crashed|broken", "deadline *3 today|tomorrow|tonight", "lo antes|antes posible", "cuanto antes", "hoy mismo", "schnellstmoglich", "so schnell wie", "right this", "this very",
  });
  return set;
}

const PhraseSet& calms() {
  static const PhraseSet set({"not|isnt|nothing|no|non|never [an|super|too|really|terribly|that|particularly] urgent|emergency|hurry|rush|urgency|asap", "no rush|hurry|urgency|emergency", "whenever you|works|convenient|is", "in no rush|hurry", "theres no rush|hurry", "sin prisa", "nicht dringend|eilig", "eilt nicht", "keine eile", "pas urgent|presse"});
  return set;
}

bool is_denied_or_calm(const Tokens& tokens, const PhraseMatch& match, const std::vector<PhraseMatch>& calm) {
  const bool is_calm = std::any_of(calm.begin(), calm.end(), [&](const PhraseMatch& each) { return each.first <= match.first && match.first < each.end; });
  return is_calm || reader::is_denied(tokens, match.first);
}

bool is_urgent_in(const Tokens& tokens) {
  const std::vector<PhraseMatch> calm = calms().find(tokens);
  for (const PhraseMatch& match : hurries().find(tokens)) {
    const bool says_if = tokens.is(match.first - 1, "if");
    // "No heat" and "no water" begin with the word that elsewhere denies.
    const bool begins_with_no = tokens.is(match.first, "no") || tokens.is(match.first, "cant") || tokens.is(match.first, "not") || tokens.is(match.first, "wont");
    const bool is_calm = std::any_of(calm.begin(), calm.end(), [&](const PhraseMatch& each) { return each.first <= match.first && match.first < each.end; });
    if (says_if || is_calm || (!begins_with_no && is_denied_or_calm(tokens, match, calm))) continue;
    return true;
  }
  return false;
}

int count(const PhraseSet& set, const Tokens& tokens) { return static_cast<int>(set.find(tokens).size()); }

int work_words_in(const Tokens& tokens) {
  int found = 0;
  for (std::size_t at = 0; at < tokens.size(); ++at)
    if (tokens[at].is_word() && is_work_word(tokens.word(at))) ++found;
  return found;
}

// Letters that the phrases above could be written with. Japanese or Russian text has to be read by a person.
bool is_written_in_latin(std::string_view words) {
  std::size_t latin = 0, other = 0;
  for (std::size_t at = 0; at < words.size();) {
    const CodePoint next = decode_utf8(words, at);
    at += next.bytes;
    if (next.value < 0x250) latin += (next.value | 0x20) >= 'a' ? 1 : 0;
    else if (next.value >= 0x370 && next.value < 0x1F000) other += 1;
  }
  return other * 2 <= latin;
}

std::optional<Outcome> outcome_of(std::string_view words) {
  const auto read = reader::read_outcome(words);
  if (!read) return std::nullopt;
  if (read->value == Outcome::accepted_proposal || read->value == Outcome::rejected_proposal) return read->value;
  return std::nullopt;
}

}  // namespace

bool is_urgent_text(std::string_view text) { return is_urgent_in(Tokens(prefix_utf8(text, kJudgedBytes))); }

Intent read_intent(std::string_view subject, std::string_view words) {
  // One text, so that a sentence begun in the subject is one sentence; a full stop keeps them apart otherwise.
  const std::string text = std::string(subject) + ".\n" + std::string(prefix_utf8(words, kJudgedBytes));
  Intent intent;
  if (!is_written_in_latin(text)) {
    intent.reason = "it is written in letters that are not read here";
    return intent;
  }
  const Tokens tokens(text);
  const int request = count(requests(), tokens), trouble = count(troubles(), tokens), work = work_words_in(tokens);
  const int offer = count(offers(), tokens), application = count(applications(), tokens), supply = count(supplies(), tokens);
  const int talk = count(talks(), tokens);
  const bool is_short = words.size() < 400;
  const int stop = count(stops(), tokens);
  intent.request_signs = request + std::min(trouble, 2) + std::min(work, 2);
  intent.is_new_matter = count(new_matters(), tokens) > 0;
  intent.is_urgent = is_urgent_in(tokens);
  intent.outcome = outcome_of(words);
  const bool asks = (request > 0 && work + trouble > 0) || request >= 2 || (trouble > 0 && work > 0) || trouble >= 2;
  if (stop > 0 && (is_short || request == 0) && trouble == 0 && offer < 2) {
    intent.wish = Wish::stop;
    intent.reason = "its writer does not want to be written to";
  } else if (application >= 2 && application >= offer && application * 2 > trouble) {
    intent.wish = Wish::apply;
    intent.reason = "its writer looks for work";
  } else if (offer >= 3 || (offer >= 2 && trouble == 0 && offer * 2 >= request)) {
    intent.wish = Wish::sell;
    intent.reason = "its writer offers something to the business";
  } else if (supply >= 2 && supply > request && trouble == 0) {
    intent.wish = Wish::supply;
    intent.reason = "it is about what the business buys or owes";
  } else if (asks) {
    intent.wish = Wish::work;
    intent.reason = "its writer asks for something to be done";
  } else if (talk > 0 || intent.outcome) {
    intent.wish = Wish::talk;
    intent.reason = "its writer speaks about what goes on";
  } else {
    intent.reason = "what its writer wants could not be read";
  }
  return intent;
}

}  // namespace deskhand::intake
