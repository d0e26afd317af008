#include "net/curl_client.h"

#include <gtest/gtest.h>

#include <latch>
#include <thread>

#include "tests/support/vendor_server/hand_clock.h"
#include "tests/support/vendor_server/loopback_server.h"
#include "tests/support/vendor_server/tls_server.h"

using namespace deskhand;
using namespace std::chrono_literals;
using net::CurlClient;
using test::Connection;
using test::HandClock;
using test::LoopbackServer;
using test::ReceivedRequest;

namespace {

HttpRequest post(const std::string& url, std::string body = "{}") {
  HttpRequest request;
  request.url = url;
  request.headers = {{"Authorization", "Bearer secret-key"}, {"Content-Type", "application/json"}};
  request.body = std::move(body);
  request.repeatable = true;
  return request;
}

void answer_ok(Connection& connection, const ReceivedRequest&) {
  connection.send(test::http_answer(200, {{"Content-Type", "application/json"}, {"X-Twice", " a "}}, "{\"ok\":true}"));
}

}  // namespace

TEST(CurlClient, brings_status_headers_and_body_back) {
  LoopbackServer server(answer_ok);
  HandClock clock;
  CurlClient client(clock, {});
  const HttpAnswer answer = client.send(post(server.url() + "/v1/x?y=1", "{\"a\":1}"), {});
  ASSERT_EQ(answer.end, HttpEnd::complete) << answer.detail;
  EXPECT_EQ(answer.head.status, 200);
  EXPECT_EQ(answer.head.header("content-type"), "application/json");
  EXPECT_EQ(answer.head.header("x-twice"), "a");
  EXPECT_EQ(answer.body, "{\"ok\":true}");
  const auto received = server.received();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].method, "POST");
  EXPECT_EQ(received[0].path, "/v1/x?y=1");
  EXPECT_EQ(received[0].body, "{\"a\":1}");
  EXPECT_EQ(received[0].headers.at("authorization"), "Bearer secret-key");
  EXPECT_FALSE(received[0].headers.contains("expect"));
  EXPECT_FALSE(received[0].headers.contains("accept-encoding"));  // nothing to unpack, so nothing that swells
}

TEST(CurlClient, keeps_its_connection_only_for_requests_that_may_be_repeated) {
  LoopbackServer server(answer_ok);
  HandClock clock;
  CurlClient client(clock, {});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(client.send(post(server.url()), {}).end, HttpEnd::complete);
  EXPECT_EQ(server.connections(), 1);
  HttpRequest once = post(server.url());
  once.repeatable = false;
  EXPECT_EQ(client.send(once, {}).end, HttpEnd::complete);
  EXPECT_EQ(server.connections(), 2);
}

TEST(CurlClient, does_not_send_an_unrepeatable_request_twice_when_the_server_drops_it) {
  int seen = 0;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest& request) {
    if (++seen == 1) return answer_ok(connection, request);
    connection.reset();
  });
  HandClock clock;
  CurlClient client(clock, {});
  HttpRequest once = post(server.url());
  once.repeatable = false;
  EXPECT_EQ(client.send(once, {}).end, HttpEnd::complete);
  EXPECT_EQ(client.send(once, {}).end, HttpEnd::broken_off);
  EXPECT_EQ(server.received().size(), 2u);
}

TEST(CurlClient, follows_no_redirect) {
  LoopbackServer other(answer_ok);
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    connection.send(test::http_answer(307, {{"Location", other.url() + "/steal"}}, ""));
  });
  HandClock clock;
  CurlClient client(clock, {});
  const HttpAnswer answer = client.send(post(server.url()), {});
  EXPECT_EQ(answer.end, HttpEnd::complete);
  EXPECT_EQ(answer.head.status, 307);
  EXPECT_TRUE(other.received().empty());
}

TEST(CurlClient, says_that_nothing_was_sent_when_nobody_listens) {
  HandClock clock;
  CurlClient client(clock, {});
  const HttpAnswer answer = client.send(post("http://127.0.0.1:" + std::to_string(test::closed_port())), {});
  EXPECT_EQ(answer.end, HttpEnd::not_sent);
  EXPECT_TRUE(is_surely_unseen(answer.end));
}

TEST(CurlClient, refuses_addresses_and_headers_that_could_smuggle_another_request) {
  HandClock clock;
  CurlClient client(clock, {});
  EXPECT_EQ(client.send(post(""), {}).end, HttpEnd::invalid);
  EXPECT_EQ(client.send(post("file:///etc/passwd"), {}).end, HttpEnd::invalid);
  EXPECT_EQ(client.send(post("http://127.0.0.1:1/a b"), {}).end, HttpEnd::invalid);
  EXPECT_EQ(client.send(post("http://127.0.0.1:1/a\r\nX: y"), {}).end, HttpEnd::invalid);
  HttpRequest request = post("http://127.0.0.1:1/");
  request.headers.push_back({"X-Key", "a\r\nX-Other: b"});
  EXPECT_EQ(client.send(request, {}).end, HttpEnd::invalid);
}

TEST(CurlClient, gives_up_on_a_server_that_says_nothing) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    clock.advance(60s);
    connection.wait_until_client_leaves();
  });
  CurlClient client(clock, {});
  HttpRequest request = post(server.url());
  request.deadlines = {.connect = 3600s, .first_byte = 60s, .between_bytes = 30s, .total = 3600s};
  const HttpAnswer answer = client.send(request, {});
  EXPECT_EQ(answer.end, HttpEnd::no_answer);
  EXPECT_FALSE(is_surely_unseen(answer.end));
}

TEST(CurlClient, gives_up_on_an_answer_that_pauses_too_long) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    connection.send(test::chunked_head(200, {}) + test::chunk("half"));
    connection.wait_until_client_leaves();
  });
  CurlClient client(clock, {});
  HttpRequest request = post(server.url());
  request.deadlines = {.connect = 3600s, .first_byte = 3600s, .between_bytes = 30s, .total = 3600s};
  request.on_body = [&](const HttpHead&, std::string_view) {
    clock.advance(30s);
    return HttpFlow::more;
  };
  EXPECT_EQ(client.send(request, {}).end, HttpEnd::stalled);
}

TEST(CurlClient, ends_a_drip_that_never_pauses) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    connection.send(test::chunked_head(200, {}));
    while (connection.send(test::chunk("."))) clock.advance(1s);
    connection.close();
  });
  CurlClient client(clock, {});
  HttpRequest request = post(server.url());
  request.deadlines = {.connect = 100'000s, .first_byte = 100'000s, .between_bytes = 100'000s, .total = 120s};
  EXPECT_EQ(client.send(request, {}).end, HttpEnd::overtime);
}

TEST(CurlClient, tells_a_connection_that_broke_from_a_whole_answer) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest& request) {
    if (request.path == "/cut") connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    if (request.path == "/reset") connection.send(test::chunked_head(200, {}) + test::chunk("half"));
    request.path == "/reset" ? connection.reset() : connection.close();
  });
  CurlClient client(clock, {});
  for (const char* path : {"/cut", "/reset", "/nothing"}) {
    const HttpAnswer answer = client.send(post(server.url() + path), {});
    EXPECT_EQ(answer.end, HttpEnd::broken_off) << path;
  }
}

TEST(CurlClient, stops_reading_an_answer_that_is_too_large) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest& request) {
    connection.send(test::chunked_head(request.path == "/error" ? 500 : 200, {}));
    while (connection.send(test::chunk(std::string(64 * 1024, 'x')))) {
    }
    connection.close();
  });
  CurlClient client(clock, {});
  HttpRequest request = post(server.url());
  request.response_bytes_max = 1024 * 1024;
  const HttpAnswer answer = client.send(request, {});
  EXPECT_EQ(answer.end, HttpEnd::too_large);
  EXPECT_LE(answer.body.size(), request.response_bytes_max);
  request.url += "/error";
  const HttpAnswer error = client.send(request, {});
  EXPECT_EQ(error.end, HttpEnd::complete);  // the status is the answer
  EXPECT_EQ(error.head.status, 500);
  EXPECT_LE(error.body.size(), limits::kHttpErrorBytes);
}

TEST(CurlClient, stops_reading_headers_without_end) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    connection.send("HTTP/1.1 200 OK\r\n");
    for (int i = 0; connection.send("X-" + std::to_string(i) + ": " + std::string(1000, 'h') + "\r\n"); ++i) {
    }
    connection.close();
  });
  CurlClient client(clock, {});
  EXPECT_EQ(client.send(post(server.url()), {}).end, HttpEnd::too_large);
}

TEST(CurlClient, ends_when_it_is_told_to_stop) {
  HandClock clock;
  std::stop_source source;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    source.request_stop();
    connection.wait_until_client_leaves();
  });
  CurlClient client(clock, {});
  EXPECT_EQ(client.send(post(server.url()), source.get_token()).end, HttpEnd::cancelled);
  EXPECT_EQ(client.send(post(server.url()), source.get_token()).end, HttpEnd::cancelled);
  EXPECT_EQ(server.received().size(), 1u);
}

TEST(CurlClient, hands_a_body_out_as_it_comes_and_does_not_wait_for_a_server_that_keeps_the_connection_open) {
  HandClock clock;
  LoopbackServer server([&](Connection& connection, const ReceivedRequest&) {
    connection.send(test::chunked_head(200, {}) + test::chunk("one") + test::chunk("two"));
    while (connection.send(test::chunk("three"))) clock.advance(100ms);
    connection.close();
  });
  CurlClient client(clock, {});
  HttpRequest request = post(server.url());
  std::string body;
  request.on_body = [&](const HttpHead& head, std::string_view bytes) {
    EXPECT_EQ(head.status, 200);
    body += bytes;
    return body.size() < 6 ? HttpFlow::more : HttpFlow::enough;
  };
  request.deadlines = {.connect = 10'000'000s, .first_byte = 10'000'000s, .between_bytes = 10'000'000s, .total = 10'000'000s};
  const HttpAnswer answer = client.send(request, {});
  EXPECT_EQ(answer.end, HttpEnd::complete) << answer.detail;
  EXPECT_EQ(body, "onetwo");
}

TEST(CurlClient, gives_the_body_of_a_refusal_back_instead_of_handing_it_out) {
  LoopbackServer server([](Connection& connection, const ReceivedRequest&) {
    connection.send(test::http_answer(429, {{"Retry-After", "7"}}, "slow down"));
  });
  HandClock clock;
  CurlClient client(clock, {});
  HttpRequest request = post(server.url());
  request.on_body = [](const HttpHead&, std::string_view) {
    ADD_FAILURE() << "handed out";
    return HttpFlow::more;
  };
  const HttpAnswer answer = client.send(request, {});
  EXPECT_EQ(answer.head.status, 429);
  EXPECT_EQ(answer.head.header("retry-after"), "7");
  EXPECT_EQ(answer.body, "slow down");
}

TEST(CurlClient, goes_through_the_environments_proxy_and_shows_it_no_key) {
  LoopbackServer proxy([](Connection& connection, const ReceivedRequest& request) {
    connection.send(test::http_answer(request.method == "CONNECT" ? 403 : 200, {}, "{}"));
  });
  LoopbackServer here(answer_ok);
  ::setenv("HTTPS_PROXY", proxy.url().c_str(), 1);
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  HandClock clock;
  {
    CurlClient client(clock, {});
    const HttpAnswer refused = client.send(post("https://api.vendor.example/v1/messages"), {});
    EXPECT_NE(refused.end, HttpEnd::complete) << "the proxy let nobody through";
    EXPECT_EQ(client.send(post(here.url() + "/v1"), {}).head.status, 200) << "this machine is reached directly";
  }
  {
    net::CurlOptions alone;
    alone.use_environment_proxy = false;
    CurlClient client(clock, alone);
    HttpRequest request = post("https://127.0.0.1:" + std::to_string(test::closed_port()) + "/v1");
    EXPECT_EQ(client.send(request, {}).end, HttpEnd::not_sent);
  }
  ::unsetenv("HTTPS_PROXY");
  ::unsetenv("http_proxy");
  const auto received = proxy.received();
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].method, "CONNECT");
  EXPECT_EQ(received[0].path, "api.vendor.example:443");
  EXPECT_FALSE(received[0].headers.contains("authorization"));
}

TEST(CurlClient, works_from_many_threads_at_once) {
  LoopbackServer server(answer_ok);
  HandClock clock;
  CurlClient client(clock, {});
  std::latch together(16);
  std::vector<std::jthread> threads;
  std::atomic<int> whole{0};
  for (int i = 0; i < 16; ++i)
    threads.emplace_back([&] {
      together.arrive_and_wait();
      for (int j = 0; j < 5; ++j)
        if (client.send(post(server.url()), {}).end == HttpEnd::complete) ++whole;
    });
  threads.clear();
  EXPECT_EQ(whole.load(), 80);
  EXPECT_LE(server.connections(), 80);
}

TEST(CurlClient, says_nothing_to_a_server_whose_certificate_nobody_signed) {
  test::TlsServer server("localhost");
  HandClock clock;
  CurlClient client(clock, {});
  const HttpAnswer answer = client.send(post("https://localhost:" + std::to_string(server.port()) + "/"), {});
  EXPECT_EQ(answer.end, HttpEnd::untrusted) << answer.detail;
  EXPECT_EQ(server.received(), "");
}

TEST(CurlClient, trusts_the_authority_it_is_given_and_only_for_the_name_it_vouches_for) {
  test::TlsServer server("localhost");
  HandClock clock;
  CurlClient client(clock, {.authorities_file = server.certificate_file()});
  EXPECT_EQ(client.send(post("https://localhost:" + std::to_string(server.port()) + "/"), {}).end, HttpEnd::complete);
  EXPECT_EQ(client.send(post("https://127.0.0.1:" + std::to_string(server.port()) + "/"), {}).end, HttpEnd::untrusted);
}
