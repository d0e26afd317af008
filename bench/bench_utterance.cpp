// How much CPU the embedded model needs to see that a line means nothing to it, as a ratio to a plain request in the same run:
// every phrase is tried at every word there, so it is the dearest line of its length. Medians of alternating runs.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "model/embedded/embedded_model.h"

namespace {

constexpr int kRuns = 31;
constexpr double kRatioMax = 8.0;

double cpu_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double answer_ms(deskhand::Model& model, const deskhand::ModelRequest& base, const std::string& text) {
  deskhand::ModelRequest request = base;
  deskhand::ModelMessage said;
  said.text = text;
  request.messages.push_back(said);
  const double begin = cpu_ms();
  const auto reply = model.complete(request, std::chrono::steady_clock::time_point::max(), {});
  return reply ? cpu_ms() - begin : 1e9;
}

}  // namespace

int main() {
  auto model = deskhand::embedded::make_embedded_model(DESKHAND_SOURCE_DIR "/prompts/embedded");
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return 1;
  }
  deskhand::ModelRequest request;
  request.now = {*deskhand::make_day(2026, 3, 4), 600, 0};
  request.zone = "America/Chicago";
  const std::string plain = "set a follow-up with Ana Ruiz for next Tuesday about the estimate for the leaking shower in the guest bathroom please";
  const std::string garbage = "purple call the monkey lead dishwasher never sings about follow customers note quote under seventeen green moved job phones again twice";
  std::vector<double> plains, garbages;
  for (int at = 0; at < kRuns; ++at) {
    plains.push_back(answer_ms(**model, request, plain));
    garbages.push_back(answer_ms(**model, request, garbage));
  }
  const double ratio = median(garbages) / median(plains);
  std::printf("a line without meaning: %.2f ms of CPU, a plain request: %.2f ms, ratio %.2f (at most %.1f)\n", median(garbages), median(plains), ratio, kRatioMax);
  return ratio <= kRatioMax ? 0 : 1;
}
