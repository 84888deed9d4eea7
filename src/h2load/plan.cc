// SPDX-License-Identifier: MIT
// What a run does, worked out before it begins.
#include "h2load/plan.h"

#include <config.h>

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "h2load/scenario_plan.h"
#include "h2load/uri_list.h"
#include "tls/identity.h"

namespace h2load {

namespace {

constexpr std::size_t kMaxBodyBytes = std::size_t{1} << 30;
// In front of a message of gRPC: whether it is compressed, and its length.
constexpr std::size_t kGrpcPrefixBytes = 5;

base::Result<SharedText> read_body(const Config& config) {
  if (config.data_file.empty() && !config.grpc) return SharedText();
  std::string text;
  if (!config.data_file.empty()) {
    auto content = base::read_file(config.data_file, kMaxBodyBytes);
    if (!content) return base::Error{content.error()};
    text = *std::move(content);
  }
  if (config.grpc) {
    std::string prefix(kGrpcPrefixBytes, '\0');
    for (std::size_t i = 0; i < 4; ++i)
      prefix[4 - i] = static_cast<char>(text.size() >> (8 * i));
    text.insert(0, prefix);
  }
  return SharedText(std::make_shared<const std::string>(std::move(text)));
}

std::string* pseudo_field(http::Head& head, std::string_view name) {
  if (name == ":method") return &head.method;
  if (name == ":path") return &head.path;
  if (name == ":scheme") return &head.scheme;
  if (name == ":authority" || name == "host") return &head.authority;
  return nullptr;
}

http::Head make_head(const Config& config, const base::Url& origin, const base::Url& url,
                     const SharedText& body) {
  http::Head head = http::request_head(body ? "POST" : "GET", origin.scheme, origin.authority(),
                                       url.request_target());
  head.fields.add("user-agent", "h2load nghttp2/" NGHTTP2_VERSION);
  if (config.grpc) {
    head.fields.add("content-type", "application/grpc");
    head.fields.add("te", "trailers");
  } else if (body) {
    head.fields.add("content-length", std::to_string(body->size()));
  }
  std::set<std::string_view> replaced;
  for (const auto& [name, value] : config.headers) {
    if (std::string* const part = pseudo_field(head, name)) {
      *part = value;
    } else if (replaced.insert(name).second) {
      head.fields.set(name, value);
    } else {
      head.fields.add(name, value);
    }
  }
  return head;
}

class Planner {
 public:
  Planner(Plan& plan, SharedText body) : plan_(plan), body_(std::move(body)) {}

  base::Result<void> add(const std::string& text) {
    const auto url = parse(text);
    if (!url) return base::Error{url.error()};
    latest_ = *url;
    Target& target = target_of(*url);
    auto request = Request::prepare(make_head(plan_.config, target.origin, *url, body_), body_);
    if (!request) return base::Error{request.error()};
    target.requests.push_back(*std::move(request));
    return {};
  }

 private:
  // A path alone is for the host of --base-uri, or that of the URI before.
  base::Result<base::Url> parse(const std::string& text) const {
    const auto& base = plan_.config.base_uri ? plan_.config.base_uri : latest_;
    if (!base || !text.starts_with('/')) return base::parse_url(base::escape_uri(text));
    return base::resolve_url(*base, base::escape_uri(text));
  }

  // The first URI says which host is asked for all of them, unless there are to be several.
  Target& target_of(const base::Url& url) {
    const base::Url& wanted = plan_.config.base_uri ? *plan_.config.base_uri : url;
    if (!plan_.targets.empty() && !plan_.config.multi_host) return plan_.targets.front();
    for (Target& target : plan_.targets)
      if (target.origin.origin() == wanted.origin()) return target;
    Target& target = plan_.targets.emplace_back();
    target.origin = wanted;
    return target;
  }

  Plan& plan_;
  SharedText body_;
  std::optional<base::Url> latest_;
};

base::Result<std::vector<std::string>> list_uris(const Config& config,
                                                 const std::vector<std::string>& operands,
                                                 std::vector<double>& script) {
  if (!config.timing_script_file.empty()) {
    auto lines = read_timing_script(config.timing_script_file);
    if (!lines) return base::Error{lines.error()};
    std::vector<std::string> uris;
    for (ScriptLine& line : *lines) {
      script.push_back(line.seconds);
      uris.push_back(std::move(line.uri));
    }
    return uris;
  }
  if (!config.input_file.empty()) return read_uri_list(config.input_file);
  if (!operands.empty()) return operands;
  if (config.base_uri) return std::vector<std::string>{config.base_uri->to_string()};
  return base::Error{"a URI is missing\nTry 'h2load --help'."};
}

base::Result<void> add_requests(Plan& plan, const std::vector<std::string>& operands) {
  const auto uris = list_uris(plan.config, operands, plan.script);
  if (!uris) return base::Error{uris.error()};
  auto body = read_body(plan.config);
  if (!body) return base::Error{body.error()};
  Planner planner(plan, *std::move(body));
  for (const std::string& uri : *uris)
    if (const auto added = planner.add(uri); !added) return added;
  return {};
}

#ifdef HAVE_JANSSON
// With a scenario, URIs only say which hosts it is for.
base::Result<void> add_scenario_of(Plan& plan, const std::vector<std::string>& operands) {
  std::vector<base::Url> servers;
  for (const std::string& text : operands) {
    auto url = base::parse_url(base::escape_uri(text));
    if (!url) return base::Error{url.error()};
    if (url->request_target() != "/") {
      return base::Error{
          base::quote(text) +
          ": with --scenario, paths are in the scenario and a URI only names a host"};
    }
    const auto is_it = [&](const base::Url& known) { return known.origin() == url->origin(); };
    if (std::ranges::none_of(servers, is_it)) servers.push_back(*std::move(url));
  }
  if (servers.empty() && plan.config.base_uri) servers.push_back(*plan.config.base_uri);
  if (servers.size() > 1 && !plan.config.multi_host) {
    return base::Error{"a scenario for several hosts needs --multi-host"};
  }
  return add_scenario(plan, std::move(servers));
}
#else
base::Result<void> add_scenario_of(Plan&, const std::vector<std::string>&) {
  return base::Error{"this h2load was built without Jansson, hence has no --scenario"};
}
#endif

base::Result<tls::Context> make_tls_context(const Config& config) {
  tls::ContextOptions options;
  options.ciphers = config.tls.ciphers;
  options.suites = config.tls.suites;
  options.groups = config.tls.groups;
  options.alpn = config.tls.alpn;
  options.ca_file = config.tls.ca_file;
  options.read_system_trust = config.tls.verify_peer;
  options.ktls = config.tls.ktls;
  options.keep_sessions = !config.tls.session_file.empty();
  options.read_buffer_bytes = 64 * 1024;
  options.keylog_file = tls::keylog_file_from_environment();
  if (!config.tls.certificate_file.empty()) {
    auto identity = tls::load_identity(config.tls.certificate_file, config.tls.key_file);
    if (!identity) return base::Error{identity.error()};
    options.identities.push_back(*std::move(identity));
  }
  return tls::Context::for_client(std::move(options));
}

base::Result<void> add_tls(Plan& plan) {
  if (std::ranges::none_of(plan.targets, &Target::is_secure)) return {};
  auto context = make_tls_context(plan.config);
  if (!context) return base::Error{context.error()};
  plan.tls = *std::move(context);
  if (plan.config.tls.session_file.empty()) return {};
  auto session = tls::Session::load(plan.config.tls.session_file);
  if (!session) return base::Error{session.error()};
  plan.session = *std::move(session);
  return {};
}

base::Result<void> add_sources(Plan& plan) {
  for (const std::string& text : plan.config.source_addresses) {
    const auto address = net::Address::from_ip(text, 0);
    if (!address) return base::Error{base::quote(text) + " is no IP address"};
    plan.sources.push_back(*address);
  }
  return {};
}

void settle_amount(Plan& plan) {
  const Config& config = plan.config;
  if (config.is_timed()) return;
  if (plan.script.empty()) {
    plan.requests = config.requests.value_or(1);
    return;
  }
  const auto lines = static_cast<std::uint64_t>(plan.script.size());
  plan.requests = std::min(config.requests.value_or(lines), lines);
}

}  // namespace

base::Result<std::unique_ptr<Plan>> make_plan(const Config& config,
                                              const std::vector<std::string>& operands) {
  std::unique_ptr<Plan> plan(new Plan{config, {}, {}, {}, {}, {}, {}, {}, {}});
  const auto added = config.scenario_file.empty() ? add_requests(*plan, operands)
                                                  : add_scenario_of(*plan, operands);
  if (!added) return base::Error{added.error()};
  if (const auto done = add_tls(*plan); !done) return base::Error{done.error()};
  if (const auto done = add_sources(*plan); !done) return base::Error{done.error()};
  settle_amount(*plan);
  if (plan->targets.size() > config.clients) {
    return base::Error{"--clients must be at least the number of hosts, " +
                       std::to_string(plan->targets.size())};
  }
  return plan;
}

}  // namespace h2load
