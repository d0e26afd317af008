#include "procedure/guard_language.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

constexpr char kWeightless = ' ';
constexpr std::size_t kPhraseWords = 4;

struct Entry {
  char letter;
  std::string_view words;  // phrases parted by commas
};

// Where a phrase has several words the longest one that fits is taken.
constexpr Entry kEntries[] = {
    {kWeightless,
     "a,an,the,to,any,ever,is,are,be,been,being,was,were,am,has,have,had,having,will,would,shall,should,do,does,did,it,"
     "its,they,them,"
     "their,there,this,that,these,those,of,for,by,on,in,into,at,and,or,nor,as,so,who,which,whatever,own,one,ones,"
     "explicit,"
     "explicitly,express,expressly,prior,clear,clearly,human,actual,actually,personally,personal,always,ever so,at "
     "all,at any time,"
     "under any circumstances,no matter what,he,she,him,her,his,hers,get,gets,got,getting,been "
     "given,given,give,gives,giving,out loud,"
     "no exceptions,without exception,without exceptions,please,just,simply,really,every time,each time,every single "
     "time,himself,herself,also,too,per,via,through,even,if in doubt,"
     "when in doubt,otherwise,making,made "
     "sure,ourselves,yourself,recorded,final,formal,full,single,mean,means,doing,done,guess,guessing,assume,worry,"
     "forget,hesitate"},
    {letter::kNegation, "no,never,not,nothing,none,neither,under no circumstances,at no time,not ever,never ever"},
    {letter::kNobody, "nobody,no one,noone,no body"},
    {letter::kMessage,
     "message,messages,reminder,reminders,replies,confirmations,outreach,mailing,mailings,reply,response,responses,"
     "correspondence,communication,communications,follow up,follow ups,"
     "followup,followups,anything,something,letter,letters,outgoing message,outbound message,outgoing "
     "messages,outbound messages,"
     "outgoing,outbound,word,words,texts,emails,mails,sms,note to,text message,text messages"},
    {letter::kDraft, "draft,drafts"},
    {letter::kMessageOrSend, "answer,answers,answering,email,text,mail,texting,emailing,messaging"},
    {letter::kSend,
     "send,sent,sending,hit send,press send,click send,leaves the shop,leaves the office,leaves the building,leaves "
     "the house,"
     "leave the shop,leave the office,leave the building,go out,goes out,going out,went out,gone "
     "out,go,goes,going,leave,leaves,leaving,left,reach,reaches,reached,"
     "reaching,transmit,transmitted,dispatch,dispatched,deliver,delivered,go to,goes to,gone to,reply to,write "
     "to,writes to,"
     "contacting,post,posted,forward,forwarded,release,released,sent out,send out,sending out,sent off,send off,get "
     "sent,"
     "gets sent,receive,receives,received,sent to,go out to,goes out to,leaves for,leave for"},
    {letter::kContacted, "contacted,emailed,texted,messaged,mailed"},
    {letter::kSends, "sends,writes,transmits,dispatches,delivers,sends out"},
    {letter::kCustomer,
     "customer facing,client facing,customer,customers,client,clients,patient,patients,homeowner,homeowners,home "
     "owner,home owners,pet parent,pet parents,pet owner,"
     "pet owners,dog owner,dog owners,cat owner,cat owners,car owner,car owners,property owner,property owners,boat "
     "owner,guest,guests,"
     "tenant,tenants,member,members,student,students,parent,parents,family,families,couple,couples,bride,brides,buyer,"
     "buyers,seller,"
     "sellers,prospect,prospects,caller,callers,shopper,patron,patrons,resident,residents,landlord,landlords,person,"
     "people,anyone,"
     "anybody,somebody,someone,everyone,everybody,contacts,household,households,diner,diners,rider,riders,pupil,pupils,"
     "consumer,"
     "consumers,recipient,recipients,outsider,outsiders,owner of the pet,the "
     "public,inquirer,inquirers,enquirer,enquirers"},
    {letter::kCustomerOrSend, "contact"},
    {letter::kLead,
     "lead,leads,inquiry,inquiries,enquiry,enquiries,opportunity,opportunities,deal,deals,job,jobs,booking,bookings,"
     "matter,matters,"
     "case,cases,project,projects,sale,sales,engagement,engagements,order,orders,request,requests"},
    {letter::kPaper, "estimate,estimates,quote,quotes,proposal,proposals,bid,bids,offer,offers"},
    {letter::kRecord,
     "record,records,history,histories,timeline,interaction,interactions,data,entry,entries,company,companies,profile,"
     "profiles"},
    {letter::kDelete,
     "delete,deletes,deleted,deleting,deletion,erase,erases,erased,erasing,remove,removes,removed,removing,purges,"
     "purge,purged,purging,wipe,"
     "wiped,wiping,destroy,destroyed,discard,discarded,trash,trashed,throw away,thrown away,throws away,throwing "
     "away,get rid of,"
     "throw out,thrown out,shred,shredded,scrub,scrubbed,wipe out,wiped out,clean up,cleaned up,clean out,cleaned "
     "out,clear out,cleared out,weed out,weeded out"},
    {letter::kDuplicate,
     "two records,two entries,two profiles,two "
     "contacts,duplicate,duplicates,duplicated,duplicating,double,doubles,twice,a second time,two times,already "
     "exists,already exist,"
     "already on file,already in the system,we already have,already in,already in the,already in our,already "
     "on,already on the,already there,already known,already have,already has a record,already has one,already have "
     "one,double up,"
     "doubled"},
    {letter::kSecond, "second"},
    {letter::kCreate,
     "create,creates,created,creating,creation,add,adds,added,adding,make,makes,made,enter,enters,entered,entering,set "
     "up,goes into,"
     "go into,going "
     "into,put,puts,push,pushes,pushed,pushing,sync,synced,syncing,export,exported,opened,registered,register,copied "
     "into,touch,touches,touched,touching,"
     "added to,goes in,go in,written into"},
    {letter::kNew, "new"},
    {letter::kMark,
     "mark,marks,marked,marking,set,sets,setting,move,moves,moved,moving,count,counts,counted,flag,flagged,treat,"
     "treated,recorded as,"
     "closed,close,closes,closing,become,becomes,logged,status,stage,put down,declare,declared"},
    {letter::kWon, "won,win,wins,winning,closed won"},
    {letter::kQuickBooks,
     "quickbooks,qb,qbo,quick books,quickbooks online,billing system,the books,accounting "
     "system,billing,accounting,bookkeeping system,"
     "accounting software,billing software,quick book"},
    {letter::kWithout, "without,w o,lacking"},
    {letter::kBefore, "before,until,till,prior to,ahead of"},
    {letter::kUnless, "unless"},
    {letter::kAfter, "after,once,when,as soon as,upon,following"},
    {letter::kWith, "with"},
    {letter::kUnreviewed, "unreviewed,unapproved,unconfirmed,unseen,unread,unauthorized,unauthorised,unchecked"},
    {letter::kHold, "hold,holds,held,holding,park,parks,parked,hold back,held back,hold on to,queue,queued"},
    {letter::kPlace,
     "book,crm,database,system,the system,list,file,files,ledger,card index,software,our system,our records,our "
     "books,books"},
    {letter::kOnly, "only,solely,exclusively,nobody but,no one but"},
    {letter::kFirst, "first,beforehand,in advance,up front,upfront"},
    {letter::kNeed, "need,needs,needed,require,requires,required,must,has to,have to,subject to,pass,passes"},
    {letter::kWait, "wait for,waits for,wait,waits,waiting,waiting for"},
    {letter::kAbout, "about,concerning,regarding"},
    {letter::kEvery, "every,each,all,everything"},
    {letter::kApproval,
     "review,reviews,reviewed,reviewing,approval,approvals,approve,approves,approved,approving,sign off,signs "
     "off,signed off,signing off,"
     "signoff,sign offs,ok,okay,oks,okays,okayed,oked,ok'd,o "
     "k,yes,consent,permission,confirmation,confirm,confirms,confirmed,confirming,"
     "go ahead,say so,says so,said so,saying so,saying yes,says yes,said yes,green "
     "light,greenlight,nod,authorization,authorisation,"
     "authorize,authorized,authorise,authorised,authorizes,look at,looks at,looked at,looking "
     "at,seen,sees,see,seeing,checked,agreed,"
     "agrees,agree,agreeing,agreement from,blessing,thumbs up,cleared,clears,read,reads,reading,approve of,say,says "
     "it,looked over,"
     "look over,looked it over,looked them over,look it over,look them over,read it over,checked it over,looks "
     "over,looking over,sanction,acceptance by,says,said,decision,decides,decided"},
    {letter::kOwner,
     "owner,owners,business owner,boss,proprietor,me,my,mine,i,shop owner,salon owner,company owner,store "
     "owner,practice owner,"
     "the owner,studio owner,owner of the business"},
    {letter::kAsk,
     "confirm with,confirms with,ask,asks,asked,asking,check with,checks with,checking with,check in with,run it "
     "by,run them by,question"},
    {letter::kShow,
     "show,shows,shown,showing,present,presents,presented,presenting,laid before,put before,placed before,lay "
     "before,surface,surfaced,bring,put to"},
    {letter::kOurs,
     "ai,you,we,assistant,deskhand,agent,agents,bot,app,us,automation,back office,program,our,machine,"
     "the assistant,computer"},
    {letter::kAutoSend, "auto send,autosend,automatic sending,auto sending,auto send grant,automatic send,auto sends"},
    {letter::kEnabled,
     "off,turned it on,switched it on,turns it on,switches it on,has turned it on,enabled,enable,enables,turned "
     "on,switched on,turn on,turns on,allowed by,activated,granted,opted into,switches on,set up by"},
    {letter::kMay,
     "may,can,could,might,allowed,permitted,automatically,automatic,auto,by default,immediately,right "
     "away,straight,straight away,directly,"
     "instantly,freely,fine,optional,optionally,at once,free to,okay to,ok "
     "to,skip,skips,skipped,waive,waived,exempt,exempted,"
     "exception,exceptions,excepted,excluded,exclude,needless,silently,anyway,as usual"},
    {letter::kForbidden,
     "forbidden,prohibited,banned,not allowed,not permitted,never allowed,never permitted,off limits,out of the "
     "question,never ok,"
     "never okay,not ok,not okay,taboo,never acceptable,not acceptable"},
    {letter::kArchive,
     "archive,archived,archives,archiving,disqualify,disqualified,disqualifies,inactive,retire,retired,mark "
     "disqualified,marked disqualified"},
    {letter::kKept,
     "kept,keep,keeps,keeping,permanent,permanently,stay,stays,stayed,remain,remains,forever,for "
     "good,preserved,preserve"},
    {letter::kMerge, "merge,merges,merged,merging,merger,combine,combined,combining"},
    {letter::kMatch,
     "check,checks,checking,match,matches,matched,matching,compare,compares,compared,comparing,look for,looks for,look "
     "up,looked up,"
     "search,searched,search for,existing,exists,exist,found,find,known,already,separate,separately,both,create "
     "separate"},
    {letter::kSame, "same,identical"},
    {letter::kContactPoint,
     "phone,phones,telephone,number,numbers,phone number,phone numbers,address,addresses,email address,e mail address"},
    {letter::kOptOut,
     "opted out,opt out,unsubscribed,asked not to be contacted,do not contact list,marked do not contact,do not "
     "contact flag,asked us not to,asked us to stop,unsubscribe,"
     "asked to be left alone,does not want to be contacted,asked us to stop contacting,told us to stop"},
    {letter::kFrom, "from"},
    {letter::kIf, "if,whether"},
    {letter::kThen, "then,by itself,on its own,itself,on his own,on your own,by yourself,on our own,themselves,alone"},
    {letter::kBreak, "but,instead,rather,because,since"},
};

using Lexicon = std::unordered_map<std::string, char>;

Lexicon make_lexicon() {
  Lexicon lexicon;
  for (const auto& entry : kEntries)
    for (const auto& phrase : split(entry.words, ',')) lexicon.emplace(std::string(trim(phrase)), entry.letter);
  return lexicon;
}

const Lexicon& lexicon() {
  static const Lexicon words = make_lexicon();
  return words;
}

// True when a dash, a semicolon or a colon stands between two words.
bool is_parted(std::string_view between) {
  for (const std::string_view mark : {"—", "–", ";", ":", " - ", "…", "."})
    if (between.find(mark) != std::string_view::npos) return true;
  return false;
}

void add(Meaning& meaning, char letter, std::string_view words, std::size_t offset) {
  if (letter == kWeightless) return;
  if (letter == letter::kBreak && (meaning.letters.empty() || meaning.letters.back() == letter::kBreak)) return;
  meaning.letters += letter;
  meaning.words.emplace_back(words);
  meaning.offsets.push_back(offset);
}

void erase_at(Meaning& meaning, std::size_t index) {
  const auto offset = static_cast<std::ptrdiff_t>(index);
  meaning.letters.erase(index, 1);
  meaning.words.erase(meaning.words.begin() + offset);
  meaning.offsets.erase(meaning.offsets.begin() + offset);
}

bool is_negated(const Meaning& meaning, std::size_t index) {
  const auto clause = meaning.letters.rfind(letter::kBreak, index);
  const auto begin = clause == std::string::npos ? 0 : clause + 1;
  const auto before = std::string_view(meaning.letters).substr(begin, index - begin);
  const char next = index + 1 < meaning.letters.size() ? meaning.letters[index + 1] : ' ';
  const std::string_view negations = "NuP";
  return before.find_first_of(negations) != std::string_view::npos || negations.find(next) != std::string_view::npos;
}

// "No message may be sent", "can not be sent": a permission that is negated says nothing of its own, and what does not
// happen "automatically" does not happen "on its own".
void settle_negated_permissions(Meaning& meaning) {
  for (std::size_t index = 0; index < meaning.letters.size();) {
    const auto& word = meaning.words[index];
    const bool is_permission = meaning.letters[index] == letter::kMay && is_negated(meaning, index);
    if (is_permission && (word == "may" || word == "can" || word == "could" || word == "might")) {
      erase_at(meaning, index);
      continue;
    }
    if (is_permission && (word.starts_with("auto") || word == "by default")) meaning.letters[index] = letter::kThen;
    ++index;
  }
}

}  // namespace

std::vector<std::string> Meaning::unknown() const {
  std::vector<std::string> found;
  for (std::size_t index = 0; index < letters.size(); ++index)
    if (letters[index] == letter::kUnknown) found.push_back(words[index]);
  return found;
}

Meaning meaning_of(std::string_view sentence) {
  Meaning meaning;
  const auto words = words_of(sentence);
  std::size_t at = 0;
  std::size_t last_end = 0;
  while (at < words.size()) {
    if (at > 0 && is_parted(sentence.substr(last_end, words[at].begin > last_end ? words[at].begin - last_end : 0)))
      add(meaning, letter::kBreak, ";", words[at].begin);
    std::size_t taken = 0;
    char found = letter::kUnknown;
    std::string phrase;
    for (std::size_t count = 1; count <= kPhraseWords + 2 && at + count <= words.size(); ++count) {
      phrase += (count > 1 ? " " : "") + words[at + count - 1].text;
      const auto entry = lexicon().find(phrase);
      if (entry == lexicon().end()) continue;
      taken = count;
      found = entry->second;
    }
    const auto last = at + std::max<std::size_t>(taken, 1) - 1;
    // "No lead and no contact" negates once.
    const bool repeats = found == letter::kNegation && at > 0 &&
                         meaning.letters.find(letter::kNegation) != std::string::npos &&
                         (words[at - 1].text == "and" || words[at - 1].text == "or" || words[at - 1].text == "nor");
    if (repeats) found = kWeightless;
    add(meaning, found, sentence.substr(words[at].begin, words[last].end - words[at].begin), words[at].begin);
    last_end = words[last].end;
    at = last + 1;
  }
  for (auto& word : meaning.words) word = to_lower(word);
  settle_negated_permissions(meaning);
  while (!meaning.letters.empty() && meaning.letters.back() == letter::kBreak)
    erase_at(meaning, meaning.letters.size() - 1);
  return meaning;
}

bool has(const Meaning& meaning, std::string_view letters) {
  return meaning.letters.find_first_of(letters) != std::string::npos;
}

}  // namespace deskhand::procedure
