#include "tests/support/hostile_mails.h"

#include <functional>
#include <utility>

namespace deskhand::test {
namespace {

constexpr std::size_t kMega = 1024 * 1024;
constexpr std::size_t kLarge = 25 * kMega;

std::string head(const std::string& more) {
  return "From: Ana Ruiz <ana@ruiz.example>\r\nTo: office@hill.example\r\nSubject: Leaking shower\r\nMessage-ID: <hostile@ruiz.example>\r\n"
         "Date: Mon, 2 Mar 2026 09:00:00 -0600\r\nMIME-Version: 1.0\r\n" +
         more + "\r\n";
}
const std::string kText = "Content-Type: text/plain; charset=utf-8\r\n";
const std::string kHtml = "Content-Type: text/html; charset=utf-8\r\n";
const std::string kMixed = "Content-Type: multipart/mixed; boundary=\"b\"\r\n";
const std::string kWords = "Our shower is leaking, could you come and fix it? 512-555-0142\r\n";

std::string repeated(const std::string& piece, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + piece.size());
  while (text.size() < bytes) text += piece;
  return text;
}

std::string base64_line() {
  std::string line(76, 'Q');
  line += "\r\n";
  return line;
}

std::string one_large_file() {
  return head(kMixed) + "--b\r\n" + kText + "\r\n" + kWords +
         "--b\r\nContent-Type: application/pdf; name=\"plan.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + repeated(base64_line(), kLarge) + "--b--\r\n";
}

std::string many_files() {
  std::string mail = head(kMixed) + "--b\r\n" + kText + "\r\n" + kWords;
  for (int number = 0; mail.size() < kLarge; ++number)
    mail += "--b\r\nContent-Type: image/jpeg; name=\"" + std::to_string(number) + ".jpg\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + std::to_string(1000000 + number) + repeated(base64_line(), 100 * 1024);
  return mail + "--b--\r\n";
}

std::string nested(const std::string& type, std::size_t depth) {
  std::string mail = head("Content-Type: " + type + "; boundary=\"b0\"\r\n");
  for (std::size_t level = 0; level < depth; ++level)
    mail += "--b" + std::to_string(level) + "\r\nContent-Type: " + type + "; boundary=\"b" + std::to_string(level + 1) + "\"\r\n\r\n";
  return mail + kWords;
}

std::string mails_in_mails() {
  std::string mail = head("Content-Type: message/rfc822\r\n");
  while (mail.size() < 8 * kMega) mail += "From: x@y.example\r\nContent-Type: message/rfc822\r\n\r\n";
  return mail + kWords;
}

std::string same_boundary_everywhere() {
  std::string mail = head(kMixed);
  while (mail.size() < kLarge) mail += "--b\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n";
  return mail;
}

std::string many_headers() {
  std::string mail = "From: Ana Ruiz <ana@ruiz.example>\r\n";
  for (int number = 0; mail.size() < kLarge; ++number) mail += "X-Field-" + std::to_string(number) + ": " + std::string(60, 'x') + "\r\n";
  return mail + "\r\n" + kWords;
}

using Maker = std::function<std::string()>;
const std::vector<std::pair<std::string_view, Maker>>& makers() {
  static const std::vector<std::pair<std::string_view, Maker>> all{
      {"one_large_file", one_large_file},
      {"many_files", many_files},
      {"large_text", [] { return head(kText) + repeated(kWords, kLarge); }},
      {"large_text_in_one_line", [] { return head(kText) + repeated("leak ", kLarge); }},
      {"large_text_of_marks", [] { return head(kText) + repeated("> ", kLarge) + "\r\n" + kWords; }},
      {"large_text_of_numbers", [] { return head(kText) + repeated("512-555-0142 ", kLarge); }},
      {"large_text_of_addresses", [] { return head(kText) + repeated("a@b.example,", kLarge); }},
      {"large_form", [] { return head(kText) + repeated("Name: Ana Ruiz\r\nPhone: 512-555-0142\r\nMessage: leak\r\n", kLarge); }},
      {"large_page", [] { return head(kHtml) + repeated("<p>Our shower is leaking</p>\r\n", kLarge); }},
      {"nested_page", [] { return head(kHtml) + repeated("<div><b><table><tr><td>", kLarge) + kWords; }},
      {"page_of_open_marks", [] { return head(kHtml) + repeated("<a href='x' ", kLarge) + kWords; }},
      {"page_of_entities", [] { return head(kHtml) + "<p>" + repeated("&amp;&#x110000;&notanentity", kLarge); }},
      {"nested_parts", [] { return nested("multipart/mixed", 50'000); }},
      {"nested_choices", [] { return nested("multipart/alternative", 50'000); }},
      {"mails_in_mails", mails_in_mails},
      {"same_boundary_everywhere", same_boundary_everywhere},
      {"boundaries_only", [] { return head(kMixed) + repeated("--b\r\n\r\n", kLarge); }},
      {"many_headers", many_headers},
      {"one_large_header", [] { return "From: Ana Ruiz <ana@ruiz.example>\r\nSubject: " + repeated("=?utf-8?Q?leak?= ", kLarge) + "\r\n\r\n" + kWords; }},
      {"folded_header", [] { return "From: Ana Ruiz <ana@ruiz.example>\r\nSubject: leak\r\n" + repeated(" leak\r\n", kLarge) + "\r\n" + kWords; }},
      {"many_recipients", [] { return "From: Ana Ruiz <ana@ruiz.example>\r\nTo: " + repeated("\"Bo (((\" <bo@li.example>, ", kLarge) + "\r\n\r\n" + kWords; }},
      {"many_references", [] { return "From: Ana Ruiz <ana@ruiz.example>\r\nReferences: " + repeated("<a@b.example> ", kLarge) + "\r\n\r\n" + kWords; }},
      {"open_comment", [] { return "From: " + repeated("(", kLarge) + "\r\nSubject: leak\r\n\r\n" + kWords; }},
      {"encoded_to_nothing", [] { return head(kText + "Content-Transfer-Encoding: quoted-printable\r\n") + repeated("=\r\n", kLarge); }},
      {"wide_letters", [] { return head("Content-Type: text/plain; charset=utf-16le\r\n") + repeated(std::string("l\0e\0a\0k\0", 8), kLarge); }},
      {"escapes_of_japan", [] { return head("Content-Type: text/plain; charset=iso-2022-jp\r\n") + repeated("\x1b$B", kLarge); }},
      {"nothing_but_zeros", [] { return head(kText) + std::string(kLarge, '\0'); }}};
  return all;
}

}  // namespace

std::vector<std::string_view> hostile_mails() {
  std::vector<std::string_view> names;
  for (const auto& [name, maker] : makers()) names.push_back(name);
  return names;
}

std::string hostile_mail(std::string_view name) {
  for (const auto& [known, maker] : makers())
    if (known == name) return maker();
  return {};
}

}  // namespace deskhand::test
