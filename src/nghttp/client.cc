// SPDX-License-Identifier: MIT
// Fetches everything that is wanted from one origin, on one connection.
#include "nghttp/client.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/log.h"
#include "base/number.h"
#include "base/text.h"
#include "nghttp/priorities.h"
#include "nghttp/request_head.h"
#include "nghttp/statistics.h"

namespace nghttp {

namespace {

// How long the last GOAWAY may take to leave.
constexpr std::chrono::seconds kGoodbyeTime(2);

std::uint32_t window_size(int bits) {
  return (std::uint32_t{1} << bits) - 1;
}

}  // namespace

std::vector<nghttp2_settings_entry> settings_for(const Config& config) {
  std::vector<nghttp2_settings_entry> settings;
  settings.push_back({NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, config.max_concurrent_streams});
  settings.push_back({NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE,
                      config.window_bits ? window_size(*config.window_bits)
                                         : std::uint32_t{NGHTTP2_INITIAL_WINDOW_SIZE}});
  const auto& sizes = config.header_table_sizes;
  if (!sizes.empty()) {
    const std::uint32_t smallest = *std::min_element(sizes.begin(), sizes.end());
    if (smallest < sizes.back()) {
      settings.push_back({NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, smallest});
    }
    settings.push_back({NGHTTP2_SETTINGS_HEADER_TABLE_SIZE, sizes.back()});
  }
  if (config.no_push) settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
  if (!uses_tree(config)) settings.push_back({NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES, 1});
  return settings;
}

Client::Client(const ClientParts& parts, std::vector<Request> requests)
    : parts_(parts),
      requests_(std::make_move_iterator(requests.begin()), std::make_move_iterator(requests.end())),
      asked_for_(requests_.size()),
      connect_(parts.loop, parts.resolver, parts.tls, parts.config),
      upgrade_timer_(parts.loop,
                     [this] {
                       upgraded(
                           {ExitStatus::timeout, "the upgrade timed out after " +
                                                     base::format_duration(parts_.config.timeout)},
                           {}, {});
                     }),
      goodbye_timer_(parts.loop, [this] { finish(); }) {
  for (const Request& request : requests_)
    known_resources_.insert(resource_name(request.url));
}

void Client::start(std::function<void()> done) {
  done_ = std::move(done);
  trace_ = parts_.observation->trace_connection();
  if (Capture* capture = parts_.observation->capture()) {
    connect_.set_tap_maker([capture](const net::Address& local, const net::Address& peer) {
      return capture->connection(local, peer);
    });
  }
  connect_.start(requests_.front().url,
                 [this](std::unique_ptr<net::Transport> transport, const Failure& failure) {
                   connected(std::move(transport), failure);
                 });
}

void Client::connected(std::unique_ptr<net::Transport> transport, const Failure& failure) {
  if (!transport) {
    fail_all(failure);
    return;
  }
  connected_at_ = std::chrono::steady_clock::now();
  record_connection(*transport);
  if (trace_) trace_->connected(requests_.front().url.origin(), *transport);
  if (parts_.log) {
    parts_.log->note("Connected");
    if (transport->is_secure()) {
      const std::string_view alpn = transport->alpn();
      parts_.output.write(
          "The negotiated protocol: " + std::string(alpn.empty() ? "http/1.1" : alpn) + "\n");
    }
  }
  if (parts_.config.network.http1 && transport->alpn() != "h2") {
    begin_http1(std::move(transport));
    return;
  }
  if (parts_.config.upgrade && !transport->is_secure()) {
    upgrade_transport_ = std::move(transport);
    begin_upgrade();
    return;
  }
  begin_http2(std::move(transport));
  connection_->start();
  declare_groups(parts_.config, *connection_);
  for (Request& request : requests_)
    submit(request);
}

void Client::begin_upgrade() {
  // A request with content cannot upgrade, because its content would come before the switch.
  upgrade_head_ = make_request_head(parts_.config, requests_.front(), std::nullopt);
  if (parts_.upload != nullptr) {
    upgrade_head_.method = "OPTIONS";
    upgrade_head_.path = "*";
  }
  // A coding that is undone only once HTTP/2 runs is fine: the response comes on stream 1.
  const auto text =
      upgrade_request(upgrade_head_, http2::pack_settings(settings_for(parts_.config)));
  if (!text) {
    fail_all({ExitStatus::usage, text.error()});
    return;
  }
  if (parts_.log) parts_.log->note("HTTP Upgrade request\n" + *text);
  if (trace_) trace_->upgrade(trace::Direction::sent, *text);
  if (parts_.config.timeout.count() > 0) upgrade_timer_.start(parts_.config.timeout);
  upgrade_.emplace(*upgrade_transport_, *text,
                   [this](const Failure& failure, std::string_view head, std::string_view rest) {
                     upgraded(failure, head, rest);
                   });
}

void Client::upgraded(const Failure& failure, std::string_view head, std::string_view rest) {
  upgrade_timer_.stop();
  if (trace_ && !head.empty()) trace_->upgrade(trace::Direction::received, head);
  if (parts_.log && !head.empty()) {
    std::string text = "HTTP Upgrade response\n";
    for (const std::string_view line : base::split(head, '\n')) {
      text += base::escape(base::trim(line.substr(0, line.find('\r')))) + "\n";
    }
    parts_.log->note(text.substr(0, text.size() - 1));
  }
  if (!failure.text.empty()) {
    fail_all(failure);
    return;
  }
  begin_http2(std::move(upgrade_transport_));
  const std::string payload = http2::pack_settings(settings_for(parts_.config));
  const http::StreamPtr stream =
      connection_->adopt_upgraded(base::as_bytes(payload), upgrade_head_.method);
  if (!stream) {
    fail_all({ExitStatus::protocol, "the connection could not be upgraded"});
    return;
  }
  if (trace_) trace_->upgraded(upgrade_head_.method, base::as_bytes(payload));
  const DownloadParts download_parts{parts_.loop, parts_.config, parts_.output, *this, nullptr};
  auto first = requests_.begin();
  declare_groups(parts_.config, *connection_);
  if (parts_.upload == nullptr) {
    record_request(*first, upgrade_head_);
    const auto download = std::make_shared<Download>(download_parts, *first++, stream);
    ++running_;
    stream->receive_with(download);
    download->await();
    if (uses_tree(parts_.config)) {
      connection_->send_priority(1, place_in_tree(parts_.config, requests_.front()));
    }
  }
  // All is submitted before the input is read: with the first response the last one could seem to
  // have come.
  std::for_each(first, requests_.end(), [this](Request& request) { submit(request); });
  connection_->start(base::as_bytes(rest));
}

void Client::begin_http2(std::unique_ptr<net::Transport> transport) {
  connection_ = http2::ClientConnection::create(parts_.loop, std::move(transport),
                                                connection_config(), *this);
}

void Client::begin_http1(std::unique_ptr<net::Transport> transport) {
  if (transport->is_secure()) {
    base::log_warning(requests_.front().url.host + " does not speak HTTP/2: fetching by HTTP/1.1");
  }
  http1_ = std::make_unique<Http1Fetch>(Http1Parts{
      parts_.loop, parts_.config, parts_.output, connect_, requests_.front().url, parts_.log,
      [this](Request& request, const http::StreamPtr& stream) { send(request, stream); },
      [this](Request& request, const Failure& failure) { request_failed(request, failure); }});
  http1_->begin(std::move(transport));
  for (Request& request : requests_)
    submit(request);
}

http2::ConnectionConfig Client::connection_config() const {
  const Config& config = parts_.config;
  http2::ConnectionConfig to;
  to.settings = settings_for(config);
  if (config.connection_window_bits) {
    to.connection_window = window_size(*config.connection_window_bits);
  }
  to.session.peer_max_concurrent_streams = config.peer_max_concurrent_streams;
  if (config.encoder_header_table_size) {
    to.session.max_encoder_table_bytes = *config.encoder_header_table_size;
  }
  to.padding = config.padding;
  to.log = parts_.log;
  to.observer = trace_;
  if (config.hexdump) {
    to.on_raw_input = [&output = parts_.output](http::Bytes input) {
      output.write(base::hex_dump(input));
    };
  }
  return to;
}

void Client::submit(Request& request) {
  ++running_;
  if (http1_) {
    http1_->add(request);
  } else {
    send(request, connection_->open(place_in_tree(parts_.config, request)));
  }
}

void Client::send(Request& request, const http::StreamPtr& stream) {
  const Upload* upload = request.asset ? nullptr : parts_.upload;
  const DownloadParts download_parts{parts_.loop, parts_.config, parts_.output, *this, upload};
  const auto download = std::make_shared<Download>(download_parts, request, stream);
  stream->receive_with(download);
  const auto upload_bytes = upload == nullptr ? std::nullopt : std::optional(upload->size());
  const http::Head head = make_request_head(parts_.config, request, upload_bytes);
  record_request(request, head);
  download->send(head);
}

void Client::download_ended(Request& request, const std::string& reason) {
  if (http1_ && request.failed && request.failure == http::ReasonKind::refused) {
    // The server had closed the connection before it could see the request.
    request.failed = false;
    http1_->repeat(request);
    return;
  }
  --running_;
  if (!reason.empty()) tell_failure(request, {exit_status_of(request.failure), reason});
  shut_down_if_idle();
}

void Client::request_failed(Request& request, const Failure& failure) {
  --running_;
  request.failed = true;
  record_.failure = failure.text;
  tell_failure(request, failure);
  shut_down_if_idle();
}

// What ends a connection ends many requests alike: that is told once, with their number.
void Client::tell_failure(const Request& request, const Failure& failure) {
  if (status_ == ExitStatus::success && !request.is_pushed) status_ = failure.status;
  if (failure.text == last_failure_) {
    ++untold_failures_;
    return;
  }
  tell_untold_failures();
  last_failure_ = failure.text;
  const std::string text = request.url.to_string() + ": " + failure.text;
  if (request.is_pushed) {
    base::log_warning("pushed response: " + text);
  } else {
    base::log_error(text);
  }
}

void Client::tell_untold_failures() {
  if (untold_failures_ == 0) return;
  base::log_error("the same happened to " + std::to_string(untold_failures_) + " more");
  untold_failures_ = 0;
}

void Client::assets_found(const Request& page, std::vector<Asset> assets) {
  const auto page_place = std::find_if(requests_.begin(), requests_.end(),
                                       [&page](const Request& each) { return &each == &page; });
  const auto page_index = static_cast<std::size_t>(page_place - requests_.begin());
  for (Asset& asset : assets) {
    const bool is_new = known_resources_.insert(resource_name(asset.url)).second;
    // With --multiply every page is loaded with all that it has.
    if (!is_new && parts_.config.multiply == 1) continue;
    if (!connection_ && !http1_) continue;
    Request request;
    request.url = std::move(asset.url);
    request.asset = asset.kind;
    request.page = page_index;
    request.priority = priority_field(parts_.config, asset.kind);
    requests_.push_back(std::move(request));
    ++asked_for_;
    submit(requests_.back());
  }
}

void Client::on_push(http2::ClientConnection&, std::int64_t parent_id, http::Head&& head,
                     const http::StreamPtr& stream) {
  auto url = base::parse_url(head.scheme + "://" + head.authority + head.path);
  if (!url) return;
  known_resources_.insert(resource_name(*url));
  Request request;
  request.url = *std::move(url);
  request.is_pushed = true;
  record_request(request, head);
  if (request.record) request.record->parent_id = parent_id;
  requests_.push_back(std::move(request));
  const DownloadParts download_parts{parts_.loop, parts_.config, parts_.output, *this, nullptr};
  const auto download = std::make_shared<Download>(download_parts, requests_.back(), stream);
  ++running_;
  stream->receive_with(download);
  download->await();
}

void Client::shut_down_if_idle() {
  if (running_ > 0 || shutting_down_) return;
  if (http1_) {
    shutting_down_ = true;
    finish();
  }
  if (!connection_) return;
  shutting_down_ = true;
  connection_->shut_down();
  goodbye_timer_.start(kGoodbyeTime);
}

void Client::on_closed(http2::ClientConnection&, const http::Reason& reason) {
  if (trace_) trace_->closed(reason.text);
  finish();
}

void Client::fail_all(const Failure& failure) {
  status_ = failure.status;
  record_.failure = failure.text;
  if (trace_ && connected_at_ == Request::Time()) {
    trace_->not_connected(requests_.front().url.origin(), failure.text);
  } else if (trace_) {
    trace_->closed(failure.text);
  }
  base::log_error(requests_.front().url.origin() + ": " + failure.text);
  finish();
}

void Client::finish() {
  goodbye_timer_.stop();
  if (trace_) trace_->closed("the connection is not needed any more");
  record_.ended = std::chrono::steady_clock::now();
  tell_untold_failures();
  const auto done = std::exchange(done_, nullptr);
  if (done) done();
}

std::size_t Client::complete_count() const {
  return static_cast<std::size_t>(
      std::count_if(requests_.begin(), requests_.end(),
                    [](const Request& request) { return request.complete && !request.is_pushed; }));
}

// ---- Reports ----

void Client::record_connect_times() {
  const ConnectTimes& times = connect_.times();
  record_.started = times.started;
  record_.resolved = times.resolved;
  record_.connected = times.connected;
}

// Further connections, which HTTP/1.1 may need, belong to the requests that wait for them.
void Client::record_connection(const net::Transport& transport) {
  record_connect_times();
  record_.address = transport.peer_address().host();
  record_.peer = transport.peer_address().to_string();
  const auto security = transport.security();
  if (security) record_.security = security->version;
}

void Client::record_request(Request& request, const http::Head& head) {
  if (!parts_.observation->keeps_records()) return;
  request.record = std::make_shared<RequestRecord>();
  request.record->request = head;
}

Session Client::take_session() {
  record_.origin = requests_.front().url.origin();
  const bool is_clear = requests_.front().url.scheme == "http";
  const bool would_be_http1 = !connection_ && parts_.config.network.http1 && is_clear;
  record_.protocol = http1_ || would_be_http1 ? "HTTP/1.1" : "HTTP/2.0";
  if (record_.peer.empty()) record_connect_times();
  record_.ready = connected_at_;
  for (Request& request : requests_) {
    if (!request.record) {
      record_request(request, make_request_head(parts_.config, request, std::nullopt));
    }
  }
  return {std::move(record_),
          {std::make_move_iterator(requests_.begin()), std::make_move_iterator(requests_.end())}};
}

void Client::print_statistics() {
  std::vector<const Request*> rows;
  for (const Request& request : requests_)
    rows.push_back(&request);
  parts_.output.write(format_statistics(rows, connected_at_));
}

}  // namespace nghttp
