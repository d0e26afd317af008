#include "net/sse.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/limits.h"

using deskhand::net::EventStreamReader;
using deskhand::net::ServerEvent;

namespace {

struct Read {
  std::vector<ServerEvent> events;
  bool ok = true;
};

Read read(std::string_view stream, std::size_t piece) {
  Read result;
  EventStreamReader reader([&](const ServerEvent& event) {
    result.events.push_back(event);
    return true;
  });
  for (std::size_t at = 0; at < stream.size() && result.ok; at += piece) result.ok = reader.take(stream.substr(at, piece)).has_value();
  return result;
}

std::string shown(const std::vector<ServerEvent>& events) {
  std::string text;
  for (const ServerEvent& event : events) text += event.type + "=" + event.data + ";";
  return text;
}

}  // namespace

TEST(EventStreamReader, reads_the_same_events_wherever_the_stream_is_cut) {
  const std::string stream =
      "\xEF\xBB\xBF: a comment\n\ndata: one\r\ndata:two\r\n\r\nevent: ping\rdata: {\"a\":1}\r\revent: empty\n\ndata\n\nid: 7\nretry: 10\nfoo: bar\n"
      "data:  two spaces\n\ndata: Gr\xC3\xBC\xC3\x9F" "e\n\ndata: cut off";
  const std::string expected = "message=one\ntwo;ping={\"a\":1};message=;message= two spaces;message=Gr\xC3\xBC\xC3\x9F" "e;";
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) EXPECT_EQ(shown(read(stream, piece).events), expected) << "cut every " << piece;
}

TEST(EventStreamReader, keeps_bytes_that_only_begin_like_a_byte_order_mark) {
  for (std::size_t piece : {1u, 2u, 50u}) EXPECT_EQ(shown(read("\xEF\xBB: x\ndata: 1\n\n", piece).events), "message=1;");
}

TEST(EventStreamReader, takes_each_kind_of_line_end) {
  for (const char* end : {"\n", "\r", "\r\n"})
    for (std::size_t piece : {1u, 2u, 3u, 100u}) {
      const std::string e = end;
      EXPECT_EQ(shown(read("data: a" + e + "data: b" + e + e + "data: c" + e + e, piece).events), "message=a\nb;message=c;");
    }
}

TEST(EventStreamReader, refuses_a_line_or_an_event_without_end) {
  EXPECT_FALSE(read("data: " + std::string(deskhand::limits::kSseLineBytes, 'x'), 4096).ok);
  std::string many;
  while (many.size() <= deskhand::limits::kSseEventBytes) many += "data: " + std::string(1000, 'y') + "\n";
  many += "data: " + std::string(10'000, 'y') + "\n";
  EXPECT_FALSE(read(many, 4096).ok);
}

TEST(EventStreamReader, stops_when_the_receiver_has_enough) {
  int seen = 0;
  EventStreamReader reader([&](const ServerEvent&) { return ++seen < 2; });
  ASSERT_TRUE(reader.take("data: 1\n\ndata: 2\n\ndata: 3\n\n"));
  ASSERT_TRUE(reader.take("data: 4\n\n"));
  EXPECT_EQ(seen, 2);
  EXPECT_TRUE(reader.is_stopped());
}
