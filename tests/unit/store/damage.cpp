// A damaged file is told of, or reads as it was: it never crashes the program and never lies.
#include <fstream>

#include "sample.h"

namespace deskhand::testing {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Everything a caller could read, as one text; "" when some of it is refused.
std::string reading_of(store::OpenedStore& opened, const OrgId& org) {
  std::string text;
  const Done done = opened.store->read(org, [&](Txn& txn) -> Done {
    const auto add = [&](const auto& list, auto describe) -> Done {
      if (!list) return list.error();
      for (const auto& each : *list) text += describe(each) + "\n";
      return {};
    };
    Done part = add(txn.contacts().list({}), [](const Contact& each) {
      return each.id.text() + each.full_name() + each.phone() + each.email() + each.notes;
    });
    if (part)
      part = add(txn.leads().list({}),
                 [](const Lead& each) { return each.id.text() + each.title + std::string(state_name(each.state)); });
    if (part)
      part = add(txn.approvals().recent(9), [](const Approval& each) {
        return each.id.text() + each.canonical + std::string(name_of(each.status));
      });
    if (part)
      part = add(txn.outbox().list(std::nullopt, 9), [](const OutboxRow& each) {
        return each.id.text() + each.canonical + std::string(name_of(each.state));
      });
    if (part)
      part = add(txn.messages().open_drafts(9),
                 [](const Message& each) { return each.id.text() + canonical_bytes(each.content); });
    if (part) part = add(txn.audit().recent(9), [](const AuditEntry& each) { return each.hash + each.payload; });
    if (part) part = add(txn.contacts().search("ruiz", true, 9), [](const Contact& each) { return each.id.text(); });
    return part;
  });
  return done ? text : "";
}

TEST(Damage, of_any_page_is_told_or_harmless) {
  Sample sample;
  const std::string expected = reading_of(sample.opened, sample.org.id);
  ASSERT_NE(expected, "");
  sample.close();
  RawFile(sample.path()).must_run("PRAGMA journal_mode = DELETE");
  const std::string good = bytes_of(sample.path());
  constexpr std::size_t kPage = 4096;
  ASSERT_EQ(good.size() % kPage, 0u);
  int told_when_opened = 0, told_later = 0, harmless = 0;
  TestRandom random;
  for (std::size_t page = 0; page < good.size() / kPage; ++page) {
    for (int round = 0; round < 3; ++round) {
      std::string bad = good;
      // Its head, a burst somewhere in it, or all of it.
      const std::size_t from = round == 0 ? (page == 0 ? 100 : 0) : round == 1 ? random.next() % (kPage - 16) : 0;
      const std::size_t count = round == 0 ? 12 : round == 1 ? 16 : kPage;
      for (std::size_t at = 0; at < count; ++at)
        bad[page * kPage + from + at] =
            static_cast<char>(bad[page * kPage + from + at] ^ static_cast<char>(random.next() | 1));
      const std::string path = sample.folder.file("bad.db");
      std::ofstream(path, std::ios::binary) << bad;
      store::SqliteOptions options;
      options.path = path;
      auto opened = store::open_sqlite(options, sample.clock, sample.random);
      if (!opened) {
        ++told_when_opened;
        EXPECT_EQ(opened.error().message.find('\n'), std::string::npos);
      } else {
        const auto report = opened->system->verify(sample.org.id);
        const bool told = !opened->system->check_integrity() || !report || !report->findings.empty();
        const std::string reading = reading_of(*opened, sample.org.id);
        if (told)
          ++told_later;
        else {
          ++harmless;
          EXPECT_EQ(reading, expected) << "page " << page + 1 << " round " << round
                                       << " reads differently and nothing says so";
        }
        // Writing to it is an error or works; it does not crash.
        (void)opened->store->write(sample.org.id, [&](Txn& txn) -> Done {
          auto inserted = txn.contacts().insert(person("After", "Damage"));
          if (!inserted) return inserted.error();
          auto noted = txn.audit().append(audit_entry("test"), false);
          return noted ? Done{} : Done(noted.error());
        });
      }
      opened = tl::unexpected(Error{});
      for (const char* end : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path + end);
    }
  }
  EXPECT_GT(told_when_opened + told_later, harmless) << told_when_opened << " " << told_later << " " << harmless;
}

TEST(Damage, of_the_write_ahead_log_loses_at_most_what_was_being_written) {
  Sample sample;
  const std::string wal = sample.path() + "-wal";
  ASSERT_TRUE(std::filesystem::exists(wal));
  const std::string good_file = bytes_of(sample.path()), good_wal = bytes_of(wal);
  for (std::size_t at = 0; at < good_wal.size(); at += 1 + good_wal.size() / 40) {
    const std::string path = sample.folder.file("bad.db");
    std::ofstream(path, std::ios::binary) << good_file;
    std::string bad = good_wal;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    std::ofstream(path + "-wal", std::ios::binary) << bad;
    store::SqliteOptions options;
    options.path = path;
    auto opened = store::open_sqlite(options, sample.clock, sample.random);
    if (opened) {
      // Whole transactions up to the damage: what is there verifies.
      must(opened->system->check_integrity());
      auto orgs = must(opened->system->orgs());
      for (const Org& org : orgs) EXPECT_TRUE(must(opened->system->verify(org.id)).findings.empty()) << at;
    }
    opened = tl::unexpected(Error{});
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
  }
}

}  // namespace
}  // namespace deskhand::testing
