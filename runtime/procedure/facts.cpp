#include "procedure/facts.h"

#include <string>
#include <utility>

#include "base/text.h"
#include "procedure/lists.h"
#include "procedure/words.h"

namespace deskhand::procedure {
namespace {

using Words = std::vector<std::string>;

// Phrases parted by commas.
Words list(std::string_view phrases) { return split(phrases, ','); }

// What an owner calls each thing. Every list is folded: lower case, no marks.
const Words kNumber = list("n,x,y,number,count,no,total,how many,num,k,z");
const Words kCount = {"n", "x", "count", "how many", "total"};  // where "number" is a telephone number
const Words kPerson = list(
    "name,contact name,contact,customer,customer name,client,client name,patient,patient name,full name,"
    "person,caller,caller name,homeowner,homeowner name,lead name,prospect,prospect name,who,their name,"
    "guest,guest name,student,student name,pet parent,owner of the pet,member,tenant,family,last name");
const Words kFirstName = {"first name", "firstname", "given name"};
const Words kPhone = list(
    "phone,number,phone number,telephone,tel,mobile,cell,callback number,contact number,telephone number,"
    "their number,mobile number,cell number,call back number");
const Words kEmail = {"email", "email address", "mail", "mail address", "their email"};
const Words kAddress = list("address,service address,street,street address,location,property,site");
const Words kTitle = list(
    "title,lead title,inquiry,enquiry,lead,request,short description,what they want,what it is about,subject,"
    "matter,inquiry title,job,job title,project,booking,service,job type,work,what,groom,deal,deal name");
const Words kDescription = list(
    "description,job description,need,details,their message,message,what they described,what they said,"
    "what they need,problem,summary,body,request details");
const Words kSource = list(
    "source,channel,lead source,how they heard,how they found us,how they came,referral source,via,origin,"
    "how they heard about us");
const Words kStage = list("stage,pipeline stage,new stage,lead stage,current stage,next stage");
const Words kStatus = {"status", "lead status"};
const Words kAmount = list(
    "amount,value,estimated value,price,estimate amount,quote amount,total,deal value,deal amount,job value,"
    "budget,estimate total");
const Words kLastTouch = list(
    "last interaction summary,last interaction,last touchpoint,last touchpoint summary,last contact,"
    "last contact summary,last touch,last touch summary,summary,last note,last activity,"
    "last activity summary,last message,last conversation,touchpoint,touchpoint summary,interaction summary,"
    "summary of last interaction,what was said last,history,last call");
const Words kLastDate = list(
    "last contact date,date of last contact,last touch date,last interaction date,last activity date,"
    "last date,date of last touchpoint,touchpoint date,last touchpoint date,last contacted,date");
const Words kDays = list(
    "n,x,days,number of days,day count,no of days,n days,days quiet,days idle,age,days since,count,number,"
    "how long");
const Words kTopic = list(
    "topic,re,subject,about,reason,what,purpose,what about,why,note,next step,item,what we promised,"
    "follow up,follow up topic,task,matter,title,lead title,job,inquiry,request,project,lead,deal,deal name,"
    "service,job description,description");
const Words kDueDate = list("date,due date,follow up date,due,when,day");
const Words kSuggested = list(
    "suggested day time,suggested day,suggested time,day time,suggested date,time,date and time,day and time,"
    "next opening,slot,available time,day,suggested day and time,day or time,suggested slot,next available,"
    "next available day,when,suggested appointment,proposed time,proposed day,suggested date time,date time,"
    "appointment time,visit time,proposed day time");
const Words kEstimateDateWords = list(
    "date,estimate date,date sent,sent date,day sent,quote date,proposal date,estimate sent date,"
    "date of estimate,sent on");
const Words kDeal = list(
    "deal name,deal,opportunity,opportunity name,opportunity title,job,job name,job title,title,project,"
    "project name,lead title,booking,booking name,matter,matter name,case,case name,what,lead,inquiry,"
    "job description,service");
const Words kReasonWords = list("reason,why,lost reason,loss reason,reason for loss,disqualification reason,outcome");
const Words kTodayWords =
    list("date,today,week,week of,day,report date,week ending,this week,period,month,dates,week date");
const Words kBusiness = list(
    "business,business name,company,company name,our name,shop,shop name,our business,firm,clinic,practice,"
    "our company,salon");
const Words kBusinessPhoneWords = list(
    "our number,our phone,business phone,company phone,shop phone,office number,business number,"
    "our phone number");
const Words kOwner = list("owner,owner name,my name,your name,me,signature,sender,us");

FactForm form(std::string_view name, const Words& words) { return {std::string(name), words, {}, FactShape::text}; }

// Labels are kept without endings, as the rows are that they are looked for in.
FactForm labelled(std::string_view name, const Words& words, Words labels, FactShape shape) {
  for (auto& label : labels) label = stemmed(label);
  return {std::string(name), words, std::move(labels), shape};
}

// What every message may name. These come last: a more specific form wins.
std::vector<FactForm> common_facts() {
  return {form(fact::kBusinessName, kBusiness), form(fact::kBusinessPhone, kBusinessPhoneWords),
          form(fact::kOwnerName, kOwner)};
}

std::vector<FactForm> contact_forms() {
  return {form(fact::kContactName, kPerson), form(fact::kContactFirstName, kFirstName),
          form(fact::kContactPhone, kPhone), form(fact::kContactEmail, kEmail), form(fact::kContactAddress, kAddress)};
}

std::vector<FactForm> lead_forms() {
  return {form(fact::kLeadTitle, kTitle),
          form(fact::kLeadDescription, kDescription),
          form(fact::kLeadSource, kSource),
          form(fact::kLeadStage, kStage),
          form(fact::kLeadStatus, kStatus),
          form(fact::kLeadValue, kAmount),
          form(fact::kLeadRef, {"ref", "lead ref", "reference", "id", "lead id"}),
          form(fact::kLeadAssignee, {"assignee", "assigned to", "rep", "responsible"})};
}

std::vector<FactForm> touch_forms() {
  return {form(fact::kLastTouchSummary, kLastTouch), form(fact::kLastTouchDate, kLastDate),
          labelled(fact::kDaysQuiet, kDays, {}, FactShape::days)};
}

std::vector<FactForm> finished(std::vector<FactForm> forms) {
  append(forms, common_facts());
  return forms;
}

}  // namespace

std::vector<FactForm> stale_lead_facts() {
  auto forms = touch_forms();
  append(forms, contact_forms());
  append(forms, lead_forms());
  forms.push_back(labelled(fact::kDaysQuiet, {"n", "x"}, {}, FactShape::count));
  forms.push_back(form(fact::kListCount, {"total", "leads"}));
  return finished(std::move(forms));
}

std::vector<FactForm> follow_up_facts() {
  std::vector<FactForm> forms = contact_forms();
  forms.push_back(form(fact::kFollowUpTopic, kTopic));
  forms.push_back(form(fact::kFollowUpDate, kDueDate));
  append(forms, lead_forms());
  forms.push_back(form(fact::kLastTouchSummary, kLastTouch));
  forms.push_back(labelled(fact::kListCount, kCount, {}, FactShape::count));
  forms.push_back(form(fact::kToday, {
                                         "today",
                                     }));
  return finished(std::move(forms));
}

std::vector<FactForm> pipeline_facts() {
  const Words new_labels = list(
      "new leads,new inquiries,new enquiries,new lead,new inquiry,new enquiry,new this week,new requests,"
      "came in,inquiries this week,leads this week,incoming,new,enquiries,inquiries,intake,calls and forms,"
      "forms,inquiries taken,requests");
  const Words follow_labels = list(
      "leads in follow up,in follow up,follow up,followed up,following up,being followed,being followed up,"
      "working,in progress,active leads,nurturing,follow ups,chasing,in conversation,pursuing,under follow up,"
      "nudged,in touch");
  const Words out_labels = list(
      "proposals out,estimates out,quotes out,bids out,offers out,proposals,estimates,quotes,bids,letters out,"
      "engagement letters out,out,waiting for an answer,awaiting answer,open proposals,open estimates,"
      "open quotes,sent,pending,prices given,prices out,fee letters out,no answer yet");
  const Words won_labels = list(
      "won this week,won,wins,closed won,booked,sold,retained,accepted,signed,booked in,jobs won,deals won,"
      "new customers,new clients,engaged,hired,closed,said yes,yeses,landed,got the job,jobs booked,sales");
  const Words lost_labels = list(
      "lost this week,lost,losses,closed lost,declined,jobs lost,deals lost,turned down,fell through,"
      "gone elsewhere,gone,went elsewhere,gone cold,dropped out,backed out,slipped away,got away,not won,no sale,missed,"
      "lost to others,did not book,said no,noes");
  const Words oldest_labels = list(
      "oldest open lead,oldest open,oldest lead,oldest,longest waiting,longest open,waiting longest,longest,"
      "oldest inquiry,oldest enquiry,oldest open inquiry,stalest,quietest,longest silent,waits longest,"
      "longest wait");
  const Words overdue_labels = list(
      "past close,past expected close,past their expected close date,overdue,past due,past close date,late,"
      "slipped");
  std::vector<FactForm> forms = {
      labelled(fact::kNewLeads, kNumber, new_labels, FactShape::count),
      labelled(fact::kInFollowUp, kNumber, follow_labels, FactShape::count),
      labelled(fact::kInFollowUpAge, kDays, follow_labels, FactShape::average),
      labelled(fact::kInFollowUpAge, kDays, follow_labels, FactShape::days),
      labelled(fact::kInFollowUpAge, {"avg age", "average age", "average days", "avg days", "avg"}, {},
               FactShape::text),
      labelled(fact::kProposalsOut, kNumber, out_labels, FactShape::count),
      labelled(fact::kProposalsOutValue, kNumber, out_labels, FactShape::money),
      labelled(fact::kProposalsOutValue, kAmount, out_labels, FactShape::text),
      labelled(fact::kWon, kNumber, won_labels, FactShape::count),
      labelled(fact::kWonValue, kNumber, won_labels, FactShape::money),
      labelled(fact::kWonValue, kAmount, won_labels, FactShape::text),
      labelled(fact::kLost, kNumber, lost_labels, FactShape::count),
      labelled(fact::kLostValue, kNumber, lost_labels, FactShape::money),
      labelled(fact::kLostValue, kAmount, lost_labels, FactShape::text),
      labelled(fact::kOldestName, kPerson, oldest_labels, FactShape::text),
      labelled(fact::kOldestTitle, kTitle, oldest_labels, FactShape::text),
      labelled(fact::kOldestDays, kDays, oldest_labels, FactShape::days),
      labelled(fact::kOldestDays, kDays, oldest_labels, FactShape::count),
      labelled(fact::kOldestStage, kStage, oldest_labels, FactShape::text),
      labelled(fact::kOverdue, kNumber, overdue_labels, FactShape::count),
      labelled(fact::kOpenLeads, kNumber, {"open leads", "open", "total leads", "open inquiries", "total open"},
               FactShape::count),
      labelled(fact::kAppointments, kNumber,
               {"visits", "appointments", "site visits", "visits booked", "booked visits"}, FactShape::count),
      labelled(fact::kPipelineValue, kNumber, {"pipeline value", "total pipeline", "pipeline", "in the pipeline"},
               FactShape::money),
      form(fact::kPipelineValue, {"pipeline value", "total pipeline value"}),
      form(fact::kToday, kTodayWords)};
  return finished(std::move(forms));
}

std::vector<FactForm> win_loss_facts() {
  const Words won_labels = list("won,wins,jobs won,deals won,closed won,retained,booked,accepted");
  const Words lost_labels = list("lost,losses,jobs lost,deals lost,closed lost,declined");
  const Words close_labels = list(
      "average days to close,days to close,average time to close,time to close,avg days to close,average,avg,"
      "to close,on average");
  std::vector<FactForm> forms = {
      labelled(fact::kWon, kNumber, won_labels, FactShape::count),
      labelled(fact::kWonValue, kNumber, won_labels, FactShape::money),
      labelled(fact::kWonValue, kAmount, won_labels, FactShape::text),
      labelled(fact::kLost, kNumber, lost_labels, FactShape::count),
      labelled(fact::kLostValue, kNumber, lost_labels, FactShape::money),
      labelled(fact::kLostValue, kAmount, lost_labels, FactShape::text),
      labelled(fact::kDisqualified, kNumber, {"disqualified", "not a fit", "turned away", "unqualified"},
               FactShape::count),
      labelled(fact::kOpenLeads, kNumber, {"open", "still open", "open leads"}, FactShape::count),
      labelled(fact::kNewLeads, kNumber,
               {"new leads", "new inquiries", "new enquiries", "new", "leads", "inquiries", "enquiries"},
               FactShape::count),
      labelled(fact::kWinRate, {"x", "n", "rate", "percent", "win rate", "close rate", "p"},
               {"win rate", "close rate", "conversion rate", "conversion", "rate", "won"}, FactShape::percent),
      form(fact::kWinRate, {"win rate", "close rate", "conversion rate"}),
      labelled(fact::kAverageDaysToClose, kDays, close_labels, FactShape::days),
      labelled(fact::kAverageDaysToClose, kDays, close_labels, FactShape::average),
      labelled(fact::kAverageDaysToClose, kDays, close_labels, FactShape::count),
      form(fact::kAverageDaysToClose,
           {"average days to close", "days to close", "average days", "avg days to close", "average"}),
      form(fact::kTopSources, {"top sources", "sources", "source", "best sources", "top source", "source list",
                               "list of sources", "top lead sources", "lead sources"}),
      form(fact::kOutcomes,
           {"outcomes", "leads by outcome", "outcome", "counts by outcome", "by outcome", "outcome list"}),
      form(fact::kLostReasons, {"reasons", "reason", "lost reasons", "loss reasons", "top reasons", "why"}),
      form(fact::kMonth, {"month", "date", "period", "last month", "month name", "month and year"}),
      form(fact::kToday, {
                             "today",
                         })};
  return finished(std::move(forms));
}

std::vector<FactForm> inquiry_facts() {
  auto forms = contact_forms();
  append(forms, lead_forms());
  forms.push_back(form(fact::kToday, {"date", "time", "today", "received"}));
  return finished(std::move(forms));
}

std::vector<FactForm> lead_facts() {
  auto forms = contact_forms();
  append(forms, lead_forms());
  append(forms, touch_forms());
  forms.push_back(form(fact::kDealName, kDeal));
  forms.push_back(form(fact::kReason, kReasonWords));
  forms.push_back(form(fact::kToday, {"today", "date"}));
  return finished(std::move(forms));
}

std::vector<FactForm> opportunity_facts() {
  std::vector<FactForm> forms = {
      form(fact::kDealName, kDeal),
      form(fact::kDealAmount, kAmount),
      form(fact::kReason, kReasonWords),
      form(fact::kLeadStage, kStage),
      labelled(fact::kReminderCount, kNumber, {}, FactShape::days),
      labelled(fact::kReminderCount, {"n", "x", "days", "months", "weeks", "number of months", "number of days"}, {},
               FactShape::text),
      form(fact::kReminderDate, {"reminder date", "follow up date", "then"})};
  append(forms, contact_forms());
  forms.push_back(form(fact::kLeadSource, kSource));
  forms.push_back(form(fact::kToday, {"today", "date", "close date"}));
  return finished(std::move(forms));
}

std::vector<FactForm> person_facts() {
  auto forms = contact_forms();
  forms.push_back(form(fact::kContactSource, kSource));
  forms.push_back(form(fact::kCompanyName, {"company", "company name", "organization", "their company"}));
  append(forms, touch_forms());
  forms.push_back(form(fact::kContactSince, {"since", "customer since", "added", "added on", "date added"}));
  forms.push_back(form(fact::kFollowUpDate, {"follow up date", "next date", "next step date"}));
  forms.push_back(form(fact::kFollowUpTopic, {"next step", "topic", "follow up", "subject"}));
  forms.push_back(form(fact::kLeadTitle, kTitle));
  forms.push_back(labelled(fact::kListCount, kCount, {}, FactShape::count));
  forms.push_back(form(fact::kToday, {"today"}));
  return finished(std::move(forms));
}

std::vector<FactForm> draft_facts() {
  auto forms = contact_forms();
  forms.push_back(form(fact::kJobDescription, {"job description",
                                               "job",
                                               "description",
                                               "what they asked for",
                                               "service",
                                               "project",
                                               "problem",
                                               "topic",
                                               "request",
                                               "title",
                                               "lead title",
                                               "inquiry",
                                               "need",
                                               "work",
                                               "matter",
                                               "what they need",
                                               "issue",
                                               "reason for calling",
                                               "subject",
                                               "enquiry",
                                               "deal name",
                                               "deal",
                                               "what",
                                               "what they want",
                                               "booking",
                                               "repair",
                                               "job type"}));
  forms.push_back(form(fact::kSuggestedTime, kSuggested));
  forms.push_back(form(fact::kEstimateDate, kEstimateDateWords));
  forms.push_back(form(fact::kEstimateAmount, kAmount));
  forms.push_back(form(fact::kLastTouchSummary, {"last interaction summary", "last touchpoint", "last conversation"}));
  forms.push_back(form(fact::kLastTouchDate, {"last contact date", "last touch date", "last call date"}));
  forms.push_back(form(fact::kLeadSource, kSource));
  forms.push_back(form(fact::kToday, {"today"}));
  return finished(std::move(forms));
}

}  // namespace deskhand::procedure
