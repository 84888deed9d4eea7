// SPDX-License-Identifier: MIT
// nghttp: an HTTP/2 client that shows what it does.
#include <unistd.h>

#include <cstdio>

#include "base/colour.h"
#include "base/log.h"
#include "base/program.h"
#include "base/text.h"
#include "nghttp/client.h"
#include "nghttp/observation.h"
#include "nghttp/options.h"
#include "nghttp/plan.h"
#include "nghttp/priority_options.h"

namespace nghttp {

namespace {

base::Result<tls::Context> make_tls_context(const Config& config, Capture* capture) {
  tls::ContextOptions options;
  if (capture != nullptr) {
    options.on_key = [capture](std::string_view line) { capture->add_secret(line); };
  }
  // http/1.1 is offered, too, so that a server without HTTP/2 can say so instead of hanging up.
  options.alpn = {"h2", "http/1.1"};
  if (!config.network.alpn.empty()) options.alpn = config.network.alpn;
  options.ca_file = config.network.ca_file;
  options.ktls = config.ktls;
  options.keylog_file = tls::keylog_file_from_environment();
  if (!config.certificate_file.empty()) {
    auto identity = tls::load_identity(config.certificate_file, config.key_file);
    if (!identity) return base::Error{identity.error()};
    options.identities.push_back(*std::move(identity));
  }
  return tls::Context::for_client(std::move(options));
}

struct Totals {
  std::size_t requests = 0;
  std::size_t complete = 0;
  ExitStatus status = ExitStatus::success;
};

void fetch(const ClientParts& parts, Batch batch, Totals& totals) {
  Client client(parts, std::move(batch));
  client.start([&parts] { parts.loop.stop(); });
  parts.loop.run();
  totals.requests += client.request_count();
  totals.complete += client.complete_count();
  if (totals.status == ExitStatus::success) totals.status = client.status();
  if (parts.config.statistics) client.print_statistics();
  if (parts.observation->keeps_records()) parts.observation->add(client.take_session());
}

ExitStatus fail(ExitStatus status, const std::string& text) {
  base::log_error(text);
  return status;
}

ExitStatus fetch_all(const Config& config, std::vector<Batch> batches) {
  const auto observation = Observation::open(config.observation);
  if (!observation) return fail(ExitStatus::local, observation.error());
  const auto tls = make_tls_context(config, (*observation)->capture());
  if (!tls) return fail(ExitStatus::local, tls.error());
  std::optional<Upload> upload;
  if (!config.data_path.empty()) {
    auto opened = Upload::open(config.data_path);
    if (!opened) return fail(ExitStatus::local, opened.error());
    upload = *std::move(opened);
  }
  net::EventLoop loop;
  net::Resolver resolver(loop);
  Output output;
  ClientParts parts{loop,    resolver,          *tls, config, output, upload ? &*upload : nullptr,
                    nullptr, observation->get()};
  if (config.verbosity > 0) {
    http2::FrameLogOptions options;
    options.colour = config.colour;
    options.verbosity = config.verbosity;
    options.start = (*observation)->began();
    parts.log = std::make_shared<http2::FrameLog>(std::move(options));
    if (config.observation.explain) (*observation)->explain_in(parts.log);
  }
  Totals totals;
  for (Batch& batch : batches)
    fetch(parts, std::move(batch), totals);
  if (!output.error().empty()) return fail(ExitStatus::local, output.error());
  if (const auto done = (*observation)->finish(); !done) {
    return fail(ExitStatus::local, done.error());
  }
  if (totals.complete == totals.requests) return ExitStatus::success;
  std::fprintf(stderr, "Some requests were not processed. total=%zu, processed=%zu\n",
               totals.requests, totals.complete);
  return totals.status == ExitStatus::success ? ExitStatus::incomplete : totals.status;
}

ExitStatus run(Config&& config, std::vector<std::string>&& operands) {
  std::string problem = check_combination(config);
  if (problem.empty() && operands.empty()) problem = "a URI is missing";
  if (!problem.empty()) {
    base::usage_error(problem);
    return ExitStatus::usage;
  }
  warn_of_useless_priorities(config);
  if (config.observation.json_path == "-") config.null_out = true;
  if (config.observation.explain && config.observation.json_path.empty() && config.verbosity == 0) {
    config.verbosity = 1;
  }
  config.colour = config.colour || base::Colour::is_supported(STDOUT_FILENO);
  auto batches = plan_requests(config, operands);
  if (!batches) return fail(ExitStatus::usage, batches.error());
  return fetch_all(config, *std::move(batches));
}

}  // namespace

}  // namespace nghttp

int main(int argc, char** argv) {
  return base::run_program(nghttp::option_table, argc, argv, nghttp::run,
                           static_cast<int>(nghttp::ExitStatus::local));
}
