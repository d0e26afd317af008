#include "intake/intent_signs.h"

namespace deskhand::intake::signs {

using reader::PhraseSet;

// --- Requests --------------------------------------------------------------------------------------------------------

// "I need a quote for …", "could you come and look at …", "how much is …".
const PhraseSet& requests() {
  static const PhraseSet set({
      "need|needs|needing|want|wants|require|requires *3 "
      "quote|estimate|price|pricing|appointment|consultation|consult|visit|someone|somebody|plumber|electrician|"
      "technician|tech|help|repair|repaired|replacement|replaced|installed|fixed|cleaned|looked|checked|inspection|"
      "service|work|new|bid|proposal|callback",
      "i|we [also] [really] [just] need|needs|want|require",
      "in need of",
      "are|were|is|was|am|im|ive|been [also] [currently] looking|searching for|to|into",
      "looking for",
      "looking to",
      "looking at getting|having|doing",
      "interested in",
      "id|wed like|love|want to|a|an|some",
      "would like|love|want to|a|an|some|you|someone",
      "i|we would like",
      "hoping|wanting|trying|wishing to|you|for|someone",
      "thinking about|of getting|doing|having|replacing|adding|starting|redoing|installing|trying|a|an",
      "can|could|would|will you [please] [possibly] [also] [help] [me|us] "
      "come|look|fix|repair|replace|install|check|clean|give|send|quote|help|do|take|provide|call|schedule|book|get|"
      "tell|let|make|paint|build|fit|see|stop|remove|handle|design|squeeze|swing|unclog|move|add|recommend",
      "can|could someone|somebody|anyone|anybody|one *2 come|look|fix|call|help|give|check|get|take|stop",
      "can|could i|we [please] get|have|book|schedule|make|come|set|request|see|arrange|speak|talk",
      "may i|we get|have|book|schedule",
      "is it possible to",
      "would it be possible to",
      "would you be able|available|willing|interested to|for|in",
      "how soon|quickly|fast can|could|would|will|might",
      "how much per|a|an",
      "how much *5 cost|charge|run|would|is|are|do|does|for|to|it",
      "what *4 cost|charge|price|rate|rates|prices|charges|pricing|fee|fees",
      "what would|does|do|is *4 run|cost",
      "whats your|the rate|price|cost|hourly|fee|pricing",
      "price|prices|pricing|cost|costs|rate|rates for|on|of",
      "do you [guys|all|also|still|ever] "
      "do|offer|have|take|handle|service|work|install|repair|fix|provide|cover|make|accept|carry|sell|treat|know|come|"
      "build|design|shoot|replace|service|clean",
      "are you [guys|all|currently|still] able|available|taking|accepting|free|open|licensed",
      "any availability|openings|appointments|chance|slots|opening|time",
      "when could|can|would|are *2 you|someone|somebody|come|available",
      "what|when *3 availability|available|openings|soonest|earliest",
      "soonest|earliest|next available|appointment|opening|time|slot|you",
      "please call|contact|text|email|send|give|let|advise|quote|schedule|get|provide|come|help|reach|reply|respond "
      "[me|us]",
      "give me|us a call|ring|quote|price|estimate|ballpark|idea",
      "call|text|contact|reach me|us",
      "get back to|with me|us",
      "let me|us know *5 available|availability|cost|much|price|come|when|if|what|how",
      "free|rough|ballpark estimate|quote|consultation|price",
      "request|requesting|requested|requests a|an|for|quote|estimate|appointment|service|consultation|pricing",
      "get|getting|got a|an|some|your [free] [rough] "
      "quote|estimate|price|bid|appointment|idea|quotes|estimates|bids|pricing",
      "book|schedule|arrange|set|make [up] a|an|my|another|some "
      "appointment|consultation|visit|time|service|call|session|treatment|inspection|cleaning|estimate",
      "set up a|an",
      "book in|an|a|me|us",
      "come|stop by|out|over|take [and] [to] take|look|see|give|fix",
      "come out",
      "take a look",
      "have|get someone|somebody|it|this|them *2 "
      "looked|fixed|come|replaced|repaired|out|installed|removed|done|cleaned|checked",
      "want|wanted to get|have|know|book|schedule|ask|see|discuss|hire|do|replace|add|start|build|inquire|find",
      "wondering if|whether|how|what|when",
      "invite|invites|inviting|accepting|soliciting *2 proposals|bids|quotes|estimates",
      "has|have|needs|need to be *2 "
      "done|laid|made|replaced|redone|fixed|moved|redesigned|rebuilt|repaired|removed|cleaned|painted",
      "inquiring|enquiring|inquire|asking|writing about|regarding|to",
      "quote|estimate|bid|proposal for|on|to|please|request",
      "would you|someone|somebody please",
      "need|needs to be|get",
      "needs|need "
      "fixing|replacing|repair|attention|work|cleaning|painting|replaced|fixed|installed|help|doing|repairing",
      "help with|us|me",
      "send someone|somebody|me|us",
      "asap|emergency please|help",
      // Spanish
      "necesito|necesitamos|necesita|necesitaria",
      "quisiera|quisieramos|quiero|queremos|querria",
      "me|nos gustaria|interesa|interesaria",
      "busco|buscamos|estoy|estamos [buscando]",
      "cuanto cuesta|cobran|costaria|vale|saldria|seria",
      "pueden|podrian|puede|podria|puedes|podrias *2 "
      "venir|ayudar|ayudarme|ayudarnos|darme|enviar|enviarme|llamar|llamarme|mandar|hacer|arreglar|pasar|revisar|"
      "cotizar|decirme|reparar|hacerme",
      "presupuesto|cotizacion para|de|por",
      "pedir|solicitar|agendar|reservar|hacer una|un|cita|presupuesto",
      "hacen|ofrecen|tienen ustedes|disponibilidad|citas|instalaciones|reparaciones|servicio",
      "llamenme|llameme|contactenme|escribanme",
      // German
      "ich|wir "
      "brauche|brauchen|benotige|benotigen|suche|suchen|mochte|mochten|hatte|hatten|interessiere|wurde|wurden|wunsche",
      "konnen|konnten|kann|konnte|wurden sie|jemand|ihr|man",
      "was|wieviel kostet|kosten|wurde",
      "wie viel|teuer kostet|kosten|wurde|ist|ware",
      "angebot|kostenvoranschlag|termin fur|machen|vereinbaren|bekommen|erhalten|zu",
      "einen|ein termin|angebot|kostenvoranschlag",
      "bitte um|rufen|melden|schicken|geben|senden",
      "haben sie",
      "bieten sie",
      // French
      "jai|nous|on besoin|avons|cherchons|cherche|aimerais",
      "je|nous cherche|cherchons|voudrais|voudrions|souhaite|souhaitons|souhaiterais|aimerais",
      "pouvez|pourriez|pourrait vous|on|quelqu",
      "combien coute|couterait|ca|pour",
      "un|le devis|rendez",
      "avez vous",
  });
  return set;
}

// What is wrong, without saying what is wanted: "the toilet won't stop running".
const PhraseSet& troubles() {
  static const PhraseSet set({
      "is|are|was|keeps|keep|started|has|have|been|just|its|are|still "
      "leaking|dripping|clogged|broken|backed|flooding|flooded|overflowing|running|stuck|jammed|cracked|burst|out|down|"
      "dead|making|smelling|slow|blocked|rusted|stopped|failing|tripping|frozen|peeling|swollen|infected|bleeding|"
      "hurting|painful|outdated|old",
      "wont|doesnt|cant|isnt|not|dont|never|stopped|quit|no [longer] "
      "work|working|works|turn|start|stop|drain|draining|flush|flushing|heat|heating|cool|cooling|light|ignite|open|"
      "close|hot|heat|water|power|pressure|ac|load|loading|get|go|shut",
      "there is|s|are *3 leak|water|smell|puddle|crack|noise|problem|issue",
      "a|the leak|smell|clog|puddle|crack",
      "broke|died|burst|leaked|failed|cracked|flooded|backed|collapsed|fell|froze",
      "went|gone out|down|bad",
      "problem|problems|issue|issues|trouble with|in",
      "sewage|water coming|everywhere|on|under|all|in|backing",
      "no hot|heat|water|power|pressure",
      "gotea|goteando|rota|roto|tapado|tapada|atascado|atascada|inundado|inundada",
      "no funciona|calienta|sale|hay|tengo|tenemos",
      "hay una|un fuga",
      "tropft|undicht|verstopft|kaputt|defekt|ausgefallen|lauft",
      "funktioniert|geht nicht",
      "fuit|bouche|bouchee|casse|cassee|panne",
  });
  return set;
}

// --- Other wishes ----------------------------------------------------------------------------------------------------

const PhraseSet& offers() {
  static const PhraseSet set({
      "came across your|you",
      "found your|you website|business|company|listing|profile|site online|on|while|and",
      "visiting|visited|reviewed|reviewing|looking|looked|browsing at|your|over website|site|profile|listing|business",
      "we|i help|work|partner|specialize|specialise [with] *3 "
      "businesses|companies|clinics|plumbers|contractors|agencies|brands|practices|owners|like|such|get|grow|in|rank",
      "we|i offer|provide|supply|manufacture|specialize|specialise|are *4 "
      "services|solutions|products|leading|agency|company|developers|team|range|provider|manufacturer|seo|leads|staff|"
      "loans|funding",
      "our "
      "services|team|company|agency|clients|platform|software|solution|solutions|experts|developers|product|products|"
      "tool|specialists|packages|candidates|rates|catalog|catalogue",
      "increase|boost|grow|improve|double|triple|skyrocket|explode your *3 "
      "traffic|sales|revenue|leads|ranking|rankings|presence|business|visibility|roi|bookings|profits|website|reviews|"
      "clients|calls|customers|growth",
      "first|1st|top page of|on google|results",
      "page one",
      "rank|ranking|ranked higher|on|in|#|for google|page",
      "guest post|posts|posting|article",
      "link exchange|building|insertion|juice",
      "backlink|backlinks",
      "sponsored post|article|content",
      "domain authority",
      "business loan|loans|funding|credit|line|capital",
      "working capital",
      "merchant cash|services|account",
      "no obligation",
      "trial ends|ended|ending|expires|expired",
      "upgrade to|now|today|your",
      // Spanish, German, French
      "somos distribuidores|distribuidor|fabricantes|proveedores|proveedor|expertos|especialistas|lideres",
      "somos una|un empresa|agencia|equipo|consultora|distribuidora",
      "ofrecemos|ofrecerle|ofrecerles|presentarle|presentarles|presentarte",
      "nuestro|nuestra|nuestros|nuestras catalogo|tarifas|productos|servicios|soluciones|gama|plataforma|clientes|empresa",
      "precios|condiciones|oferta|tarifa|descuento especial|especiales|exclusiva|exclusivo",
      "ahorre|aumente|mejore|duplique|incremente *2 sus|su|ventas|costes|clientes|un|en",
      "una llamada de *2 minutos",
      "wir sind *4 hersteller|anbieter|handler|agentur|spezialisiert|spezialist|dienstleister|grosshandler|lieferant",
      "wir helfen|unterstutzen|begleiten",
      "wir bieten|liefern *4 ihnen|unternehmen|betrieben|handwerkern|firmen|kunden",
      "anfragen|auftrage|kunden|leads *6 gewinnen|generieren|monat",
      "unser|unsere|unserem|unserer|unseren "
      "katalog|sortiment|produkte|produkten|losung|losungen|software|plattform|agentur|leistungen|portfolio",
      "steigern|optimieren|senken|verdoppeln|sparen sie",
      "mehr kunden|anfragen|umsatz|reichweite|sichtbarkeit",
      "kostenlose|kostenloses|kostenloser|unverbindliche|unverbindliches "
      "erstgesprach|demo|analyse|muster|testphase|beratungsgesprach",
      "nous sommes *4 fabricant|fournisseur|distributeur|agence|specialistes|specialises|specialiste",
      "nous proposons|offrons|accompagnons|aidons *4 entreprises|artisans|professionnels|gamme|produits|solutions|services|vous",
      "notre|nos catalogue|gamme|agence|solution|solutions|produits|services|tarifs|plateforme|logiciel",
      "tarifs|remise|offre preferentiels|preferentielle|speciale|exclusive",
      "augmentez|boostez|optimisez|developpez votre|vos",
      "free audit|demo|trial|analysis|report|strategy|mockup|sample|samples",
      "book|schedule|hop|jump|set [on] [up] a|an [quick] [#] [minute|min] [quick] demo|call|chat|meeting "
      "to|with|and|so|this|next",
      "quick|short|brief|#  call|chat|zoom|demo",
      "open to a|exploring|hearing|having|learning|discussing|a",
      "would you|be|are interested in our|learning|hearing|a|seeing|purchasing|receiving|having us",
      "partnership|collaboration opportunity|opportunities|proposal|with",
      "exclusive leads|offer|deal",
      "qualified leads|appointments",
      "pay per|only lead|appointment|when|for",
      "leads per|a|every|for|month|week|day",
      "limited time",
      "special|exclusive|introductory offer|price|discount|rate|pricing",
      "virtual assistant|assistants|receptionist",
      "outsource|outsourcing|offshore",
      "hire our|dedicated|remote developers|team|staff|virtual",
      "web|app|mobile|software development company|services|team|firm|agency",
      "digital marketing agency|company|services|expert|specialist|experts",
      "seo expert|specialist|company|services|agency|consultant|packages|audit",
      "email list|lists|database|leads|marketing",
      "contact list|lists|database",
      "following up on|my|regarding previous|last|earlier email|message",
      "just bumping|circling|following|checking this|back|up",
      "top of your inbox",
      "opt out|unsubscribe [of|from]",
      "not interested *3 reply|let|just|tell|respond|please|say",
      "million|billion dollars|usd|euros|pounds",
      "inheritance|beneficiary|lottery|bitcoin|crypto|cryptocurrency|investor|investors",
      "wire transfer",
      "gift card|cards",
      "next of kin",
      "media kit",
      "advertise|advertising with|in|on|space|opportunity|opportunities|rates",
      "sponsor|sponsorship",
      "case study|studies",
      "final notice",
      "this is not a bill",
      "domain|listing|subscription|registration|trademark *4 expires|expire|expiring|renewal|renew",
      "act now|immediately|today",
      "vetted|qualified|senior|experienced *2 "
      "candidates|designers|developers|engineers|plumbers|nurses|technicians|staff",
      "can|could|ready|able to|start start|begin on|next|this|immediately",
      "shall|should|may|can i send *2 profiles|details|info|information|samples|prices|a",
      "our fee|fees|commission is|are",
      "send|sending profiles|resumes|cvs",
      "businesses|clinics|studios|companies|practices|plumbers|contractors|agencies|teams|shops|restaurants|firms|"
      "offices|salons *2 like|such yours|you|this|as|size",
      "clinics|practices|studios|companies|businesses|shops your size",
      "worth a [quick] [short] chat|call|conversation|look|minute",
      "have|got|spare # [quick] minutes|min|mins",
      "have|got|spare ten|fifteen|five|twenty|a|few|some minutes|minute|mins",
      "i|we wont follow",
      "wont follow up",
      "not relevant|interested",
      "circling|circle back",
      "my last note|email|message",
      "big fan of your",
      "follow|dofollow [#] link|links",
      "publish|publishing|post|contribute|write *4 article|articles|link|content|post",
      "await|awaiting your [positive] reply|response|answer",
      "dear webmaster|sir|site|website|business",
      "the reason i ask",
      "our ai|software|platform|tool|app|agents|agent|network|system",
      "book|books|booked|generate|deliver|send|bring|add|adds *4 "
      "calls|leads|appointments|patients|customers|clients|jobs|month|week *3 for|month|week|to|you|with|businesses",
      "lunch for|with|and",
      "bring|buy lunch|donuts|coffee",
      "territory|account|sales|regional manager|executive|representative|rep|director",
      "business development",
      "grow|scale|double|boost|increase|skyrocket|triple your|revenue|sales|bookings|business",
      "reply yes|stop|interested|with",
      "calendly|hubspot",
      "white label",
      "bulk order|pricing|discount|supply|orders",
      "wholesale",
      "our catalog|catalogue|brochure|pricelist",
      "moq",
      "employee benefits",
      "credit card processing",
      "health insurance plans|for",
      "google reviews|my|business listing|profile|reviews",
      "cold|outbound email|emails|outreach",
      "verkaufen|bieten|anbieten ihnen|wir|unsere",
      "unsere dienstleistungen|produkte|losungen|leistungen|agentur",
      "ofrecemos|somos una|un|nuestros|servicios|empresa|agencia",
      "nuestros servicios|productos|clientes",
      "nous proposons|offrons",
      "nos services|produits",
  });
  return set;
}

const PhraseSet& applications() {
  static const PhraseSet set(
      {"my|attached|a|the|updated resume|cv|portfolio|resumes",
       "resume|cv|curriculum attached|is|below|vitae|for",
       "apply|applying|application|applied for|to|at *4 "
       "job|position|role|internship|opening|apprenticeship|post|vacancy|team|work",
       "apply|applying|application for|to",
       "are|is you|there [currently] hiring|recruiting",
       "hiring|job|open|current|any|employment "
       "opening|openings|position|positions|opportunity|opportunities|vacancy|vacancies",
       "looking|searching|seeking for|a|an *2 job|employment|internship|apprenticeship|position|work|role",
       "seeking employment|a|an|internship",
       "years of|experience experience|in|as",
       "cover letter",
       "intern|interning|apprentice at|with|for|under",
       "my portfolio",
       "graduate|graduating|graduated in|from|this|next|with",
       "looking|searching for work|employment|a job|an internship",
       "experience|experienced as a|an|plumber|designer|nurse|technician",
       "references available|upon",
       "internship|apprenticeship",
       "candidate|candidates for|i|we|who",
       "recruiter|recruiting|staffing|recruitment",
       "join your team|company|crew",
       "work for you|your",
       "bewerbung|bewerbe|lebenslauf|praktikum|ausbildungsplatz",
       "solicitud de empleo|trabajo",
       "curriculum",
       "candidature|stage"});
  return set;
}

const PhraseSet& supplies() {
  static const PhraseSet set({
      "your "
      "order|account|invoice|statement|purchase|shipment|delivery|payment|balance|parts|policy|lease|rent|subscription|"
      "membership|renewal|remittance",
      "invoice|statement|po|remittance|receipt|order [number|no] #|attached|is|for|dated|from",
      "attached|enclosed|please|find [find] [is] [the|your|our] "
      "invoice|statement|receipt|remittance|quote|w9|coi|certificate|1099",
      "past due",
      "net #",
      "domain|subscription|hosting|certificate|licence|membership|plan|trial|account *4 expires|expire|expired|expiring|renews|renewed",
      "expires|expire|expiring in # days|hours",
      "renew|renewal now|today|here|online|before|by",
      "action required",
      "amount due|owing",
      "purchase order",
      "back order|ordered",
      "backorder|backordered",
      "ready for pickup|collection",
      "has|have|will|been shipped|ship|shipping|dispatched|delivered",
      "will call",
      "price increase|list|change",
      "credit memo|limit|application",
      "account number|manager|rep|payable|receivable",
      "insurance certificate|renewal|audit|premium",
      "payroll|bookkeeping|1099|w9|tax|taxes|deposit|quarterly return|filing|due|form|documents",
      "past|overdue invoice|balance",
      "our records",
      "remit|remittance",
      "license|permit renewal|expires|expiring|inspection",
  });
  return set;
}

// Of the offers: things that customers want, or are, as well.
const PhraseSet& loose_offers() {
  static const PhraseSet set({
      "gift card|cards",
      "investor|investors|investment",
      "special|exclusive|introductory|bulk pricing|price|prices|rate|rates|discount|discounts",
      "sponsor|sponsorship",
      "wholesale",
      "health insurance",
      "google reviews|my|business",
      "domain|listing|subscription|registration|trademark",
      "trial ends|ended|ending|expires|expired",
      "virtual assistant|assistants|receptionist",
      "regional|account|sales|territory manager|director|executive|rep",
      "free audit|demo|trial|analysis|report|strategy|mockup|sample|samples",
      "million|billion dollars|usd|euros|pounds",
      "inheritance|bitcoin|crypto|cryptocurrency",
      "final notice",
      "following up on|my|regarding",
      "case study|studies",
      "opt out|unsubscribe",
  });
  return set;
}

// What is asked of a business by whoever pays it. A seller asks for a call and an applicant for a place.
const PhraseSet& purchases() {
  static const PhraseSet set({
      "do you [guys|all|also|still|ever] sell|take|repair|fix|install|clean|treat|build|service|replace|make|carry|give",
      "how much *5 cost|charge|would|is|are|do|does|for",
      "what *3 it|you|that|this cost|charge|run",
      "what do|would you charge",
      "what is|are|s your *1 rate|rates|price|prices|fee|fees|pricing|charge|charges",
      "whats your *1 rate|price|fee|pricing",
      "your hourly|daily rate|price|fee",
      "i|we|id|wed [would] [like|need|want] a|an|one|some|# *4 "
      "quote|estimate|appointment|consultation|massage|card|certificate|plumber|electrician|designer|photographer|"
      "contractor|technician|repair|replacement|installation|cleaning",
      "want|wants|need|needs|looking for a|an|one|someone|somebody *2 "
      "plumber|electrician|designer|photographer|contractor|technician|roofer|painter|cleaner|developer|handyman|"
      "landscaper",
      "want|need|looking to find|hire|book a|an|one|someone",
      "can|could|would you|someone|somebody [please] [also] "
      "fix|repair|replace|install|clean|quote|come|look|paint|build|unclog",
      "quote|estimate for|on my|our|a|an|the",
      "presupuesto|cotizacion para|de|por",
      "cuanto cuesta|cobran|costaria",
      "was kostet|kosten|wurde",
      "combien coute|couterait",
  });
  return set;
}

// What a customer says about a bill: a supplier says none of it.
const PhraseSet& disputes() {
  static const PhraseSet set({
      "i|we [have] [already] paid|pay",
      "i|we|ive|weve already|never paid|pay|ordered|received|agreed|asked|signed|sent",
      "plumber|electrician|technician|tech|guy|crew|man|worker|workers|nurse|doctor|designer was|were|came|left|spent|"
      "only|never",
      "you|they [guys] were|came|left|spent|only|never|charged|billed|overcharged",
      "overcharged|overcharge|overbilled|dispute|disputing|refund",
      "charged|billed me|us|twice|for",
      "why is|am|are|was|did|do *4 invoice|bill|charge|charged|billed|so",
      "invoice|bill|charge|statement|balance is|seems|looks *2 wrong|incorrect|high|off|mistake|twice|too|double",
      "question|questions about *3 invoice|bill|statement|charge|estimate",
      "dont|not understand|recognize|owe",
      "your work|plumber|technician|crew|guys|visit|service",
  });
  return set;
}

// Talk about work that is on the record already.
const PhraseSet& talks() {
  static const PhraseSet set({
      "thank|thanks [you] for|so|again|you",
      "sounds good|great|perfect|fine",
      "that works|time|day|is|sounds",
      "see you",
      "works for me|us",
      "confirm|confirmed|confirming|reschedule|rescheduling|cancel|move|push|change *3 "
      "appointment|visit|time|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday|date|booking|that|our|"
      "my|it",
      "running late",
      "on my|the way",
      "as discussed|agreed|promised|requested|mentioned",
      "per our|your conversation|call|email|message|request",
      "following up on|with|about|regarding my|our|the|your|that "
      "quote|estimate|proposal|visit|appointment|invoice|job|conversation|call|request|email|message|this|lead|work",
      "any update|updates|news|word|progress",
      "have you had",
      "did you get|receive|see|have|send|hear",
      "the|your quote|estimate|proposal|invoice|bill|contract|mockup|mockups|draft|drafts "
      "you|looks|is|seems|was|i|we|from|and|that",
      "go ahead",
      "lets do|go|proceed",
      "we accept|approve|decided|chose|have|went",
      "went with|another|someone",
      "decided to|against|not",
      "attached is|are|please|you",
      "here is|are|s the|my|a|some|our",
      "as attached|requested",
      "questions about|on|regarding my|the|our|your quote|estimate|invoice|proposal|visit|appointment|bill",
      "great|good|wonderful|nice|excellent|amazing job|work|to|meeting|speaking|talking|seeing|chatting",
      "danke|gracias|merci fur|por|pour",
      "paid|payment|pay the|for|invoice|bill|by|my|sent",
      "gate code",
      "the code|dog|key|keys is|are",
      "my|the new number|address|phone|email|cell is",
  });
  return set;
}

const PhraseSet& new_matters() {
  static const PhraseSet set({
      "another|different|separate|second|new|other|unrelated|additional|next "
      "job|project|issue|problem|property|house|question|thing|one|matter|request|location|leak|quote|estimate|room|"
      "bathroom|building|unit|site|topic|campaign|apartment|treatment|area|service|address|appointment",
      "something else|different|new|unrelated",
      "on a|an different|separate|unrelated|another|side note",
      "while|since you *3 here|there|at|out",
      "also need|needs|want|wanted|wondering|looking|have|interested|like|could|can|would|do|id",
      "one more thing|question|job",
      "in addition",
      "this time",
      "again *6 need|quote|estimate|help|appointment|book",
      "need|have you|your [guys|team] again|back|help again",
      "otra|otro cosa|trabajo|problema|proyecto",
      "noch|eine|ein andere|anderes|weitere|weiteres|etwas anliegen|problem|frage|auftrag|anderes",
      "autre chose|probleme|projet",
  });
  return set;
}

const PhraseSet& hurries() {
  static const PhraseSet set({
      "urgent|urgently|asap|emergency|immediately|urgente|urgentemente|dringend|notfall|sofort|emergencia|urgence",
      "as soon as",
      "right away|now",
      "today|tonight please|if|or|asap|before",
      "need|needs|can|could|come|someone|somebody|anyone|help|here|out|you|it|get|fixed|done|seen|in *4 "
      "today|tonight|immediately",
      "need|needs|come|help|fixed|someone|somebody *3 now",
      "cant|cannot|wont wait",
      "flooding|flooded|inundado|inundada|uberschwemmung|inondation",
      "burst pipe|pipes|water",
      "pipe|pipes|line|hose *2 burst|bursted|broke|exploded",
      "water *3 everywhere|pouring|gushing|spraying|ceiling|floor|floors",
      "pouring|gushing|spraying water|out|from|everywhere|through",
      "gas leak|smell|odor",
      "smell|smelling|smells [like] [of] gas|burning|smoke",
      "no heat|water|power|electricity",
      "sewage|sewer *3 backing|backed|backup|coming|everywhere|overflowing",
      "sparks|sparking|smoke|smoking",
      "carbon monoxide",
      "severe|extreme|terrible|unbearable|excruciating|intense pain|swelling|bleeding|reaction",
      "in pain",
      "swollen|swelling|infected|infection|blister|blistering|blisters|oozing|pus",
      "allergic reaction",
      "trouble breathing",
      "site|website|store|shop|checkout *3 down|hacked|offline|crashed|broken",
      "deadline *3 today|tomorrow|tonight",
      "lo antes|antes posible",
      "cuanto antes",
      "hoy mismo",
      "schnellstmoglich",
      "so schnell wie",
      "right this",
      "this very",
  });
  return set;
}

const PhraseSet& calms() {
  static const PhraseSet set(
      {"not|isnt|nothing|no|non|never [an|super|too|really|terribly|that|particularly] "
       "urgent|emergency|hurry|rush|urgency|asap",
       "no rush|hurry|urgency|emergency", "whenever you|works|convenient|is", "in no rush|hurry",
       "theres no rush|hurry", "sin prisa", "nicht dringend|eilig", "eilt nicht", "keine eile", "pas urgent|presse"});
  return set;
}

// Something about the work that was done: a complaint, a question afterwards.
const PhraseSet& aftermaths() {
  static const PhraseSet set(
      {"since|after|from|following *2 "
       "treatment|visit|repair|appointment|service|procedure|session|job|installation|install|work "
       "[yesterday|today|last|on]",
       "you|they|he|she|guys|team|technician|tech|guy|plumber|nurse|doctor *1 "
       "installed|fixed|repaired|replaced|treated|injected|serviced *6 "
       "yesterday|last|monday|tuesday|wednesday|thursday|friday|ago|week|month|again|still|already",
       "still|again leaking|leaks|dripping|drips|broken|clogged|swollen|hurts|not|doesnt|happening|running",
       "came|come|coming back again|already|after",
       "warranty|refund|complaint|complain|disappointed|unhappy|angry|unacceptable|upset"});
  return set;
}

// Moving or calling off what was agreed.
const PhraseSet& changes_of_date() {
  static const PhraseSet set(
      {"move|reschedule|rescheduling|cancel|push|change|shift|postpone|switch|swap *4 "
       "visit|appointment|appt|booking|time|date|session|consultation|meeting|slot|call",
       "reschedule|rescheduling|postpone",
       "cant|cannot|wont|unable *3 make|come|be *4 "
       "tomorrow|today|monday|tuesday|wednesday|thursday|friday|saturday|sunday|appointment|visit",
       "running late", "need to cancel", "something came up"});
  return set;
}

}  // namespace deskhand::intake::signs
