// SPDX-License-Identifier: MIT
// The run as a picture: a line for each request, on one axis of time.
#include "nghttp/waterfall.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/svg.h"
#include "nghttp/phases.h"
#include "nghttp/statistics.h"

namespace nghttp {

namespace {

using base::shorten;
using base::svg_box;
using base::svg_label;
using base::svg_number;
using base::svg_text;
using Span = Phases::Span;

// Columns, in pixels.
constexpr double kWidth = 1280;
constexpr double kPathAt = 20;
constexpr double kStatusAt = 380;
constexpr double kSizeAt = 475;  // its right end
constexpr double kPriorityAt = 490;
constexpr double kChartAt = 560;
constexpr double kChartEnd = 1250;
// Lines.
constexpr double kTop = 112;
constexpr double kLine = 24;
constexpr double kBar = 12;
constexpr std::size_t kPathColumns = 46;
constexpr std::size_t kReasonColumns = 60;

constexpr char kStyle[] =
    "text{font:12px system-ui,'DejaVu Sans',sans-serif;fill:#24292f}"
    ".title{font-size:18px;font-weight:600}.small{font-size:11px;fill:#57606a}"
    ".right{text-anchor:end}.middle{text-anchor:middle;font-size:11px;fill:#57606a}"
    ".origin{font-weight:600}.path{font-family:'DejaVu Sans Mono',monospace;font-size:11px}"
    ".reason{font-size:11px;fill:#b42318}.bad{fill:#b42318;font-weight:600}"
    ".good{fill:#1a7f37;font-weight:600}.paper{fill:#fff}.band{fill:#f6f8fa}"
    ".grid{stroke:#d0d7de;stroke-width:1}"
    ".resolve{fill:#0f9d9a}.connect{fill:#f59e0b}.secure{fill:#a855f7}.blocked{fill:#d0d7de}"
    ".send{fill:#1f2937}.wait{fill:#86c98f}.receive{fill:#2f81f7}"
    ".failed .row{fill:#fdecea}.request:hover .row{fill:#eaf2ff}.row{fill:transparent}";

struct PhaseStyle {
  const char* css_class;
  const char* text;
  Span Phases::*span;
};
constexpr PhaseStyle kPhases[] = {
    {"resolve", "DNS", &Phases::resolve},     {"connect", "connect", &Phases::connect},
    {"secure", "TLS", &Phases::secure},       {"blocked", "blocked", &Phases::blocked},
    {"send", "send", &Phases::send},          {"wait", "wait", &Phases::wait},
    {"receive", "receive", &Phases::receive},
};

std::string elapsed_text(Span span) {
  return format_elapsed(std::chrono::duration_cast<std::chrono::microseconds>(span));
}

// A request with its place in time.
struct Row {
  const Request* request;
  Phases phases;
  std::string failure;
};

// The connection and what was asked on it.
struct Group {
  const ConnectionRecord* connection;
  std::vector<Row> rows;
};

class Picture {
 public:
  explicit Picture(const Journal& journal);

  std::string draw();

 private:
  double x_of(Request::Time time) const;
  void add_heading();
  void add_axis(double bottom);
  void add_group(const Group& group);
  void add_row(const Row& row);
  void add_bar(const Row& row);
  void add_reason(const Row& row, double begin, double end);

  std::vector<Group> groups_;
  std::size_t requests_ = 0;
  std::size_t failures_ = 0;
  Request::Time begin_ = Request::Time::max();
  Request::Time end_ = Request::Time::min();
  double y_ = kTop;
  std::string out_;
};

Picture::Picture(const Journal& journal) {
  for (const Session& session : journal.sessions()) {
    Group group{&session.connection, {}};
    for (const Request& request : session.requests) {
      Row row{&request, phases_of(session.connection, request, group.rows.empty()),
              failure_of(session.connection, request)};
      begin_ = std::min(begin_, row.phases.begin);
      end_ = std::max(end_, row.phases.begin + row.phases.total());
      failures_ += row.failure.empty() ? 0 : 1;
      ++requests_;
      group.rows.push_back(std::move(row));
    }
    groups_.push_back(std::move(group));
  }
  if (groups_.empty()) begin_ = end_ = journal.began();
  end_ = std::max(end_, begin_ + std::chrono::microseconds(1));
}

double Picture::x_of(Request::Time time) const {
  const double part = std::chrono::duration<double>(time - begin_).count() /
                      std::chrono::duration<double>(end_ - begin_).count();
  return kChartAt + std::clamp(part, 0.0, 1.0) * (kChartEnd - kChartAt);
}

std::string Picture::draw() {
  double height = kTop + 16;
  for (const Group& group : groups_)
    height += kLine * static_cast<double>(group.rows.size() + 1) + 8;
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + svg_number(kWidth) +
         "\" height=\"" + svg_number(height) + "\" viewBox=\"0 0 " + svg_number(kWidth) + " " +
         svg_number(height) + "\">\n<title>Requests of nghttp</title>\n<style>" + kStyle +
         "</style>\n" + svg_box("paper", 0, 0, kWidth, height);
  add_heading();
  add_axis(height - 16);
  for (const Group& group : groups_)
    add_group(group);
  return out_ + "</svg>\n";
}

void Picture::add_heading() {
  std::string text = std::to_string(requests_) + (requests_ == 1 ? " request" : " requests");
  if (failures_ > 0) text += ", " + std::to_string(failures_) + " failed";
  out_ += svg_label("title", kPathAt, 34, text + " in " + elapsed_text(end_ - begin_));
  double x = kPathAt;
  for (const PhaseStyle& phase : kPhases) {
    out_ += svg_box(phase.css_class, x, 52, 14, kBar) + svg_label("small", x + 19, 62, phase.text);
    x += 88;
  }
  out_ += svg_label("small", kPathAt, kTop - 14, "resource");
  out_ += svg_label("small", kStatusAt, kTop - 14, "status");
  out_ += svg_label("small right", kSizeAt, kTop - 14, "size");
  out_ += svg_label("small", kPriorityAt, kTop - 14, "priority");
}

// Lines at 1, 2 or 5 times a power of ten, about eight of them.
void Picture::add_axis(double bottom) {
  const double total = std::chrono::duration<double>(end_ - begin_).count();
  double step = std::pow(10.0, std::floor(std::log10(total / 8)));
  for (const double factor : {2.0, 2.5, 2.0}) {
    if (total / step <= 10) break;
    step *= factor;
  }
  for (int i = 0; i * step <= total; ++i) {
    const Span at = std::chrono::duration_cast<Span>(std::chrono::duration<double>(i * step));
    const std::string x = svg_number(x_of(begin_ + at));
    out_ += "<line class=\"grid\" x1=\"" + x + "\" x2=\"" + x + "\" y1=\"" + svg_number(kTop - 8) +
            "\" y2=\"" + svg_number(bottom) + "\"/>\n";
    out_ += svg_label("middle", x_of(begin_ + at), kTop - 14, i == 0 ? "0" : elapsed_text(at));
  }
}

void Picture::add_group(const Group& group) {
  const ConnectionRecord& connection = *group.connection;
  std::string text = connection.peer.empty() ? "not connected" : connection.peer;
  if (!connection.security.empty()) text += ", " + connection.security;
  out_ += svg_box("band", 0, y_, kWidth, kLine) +
          svg_label("origin", kPathAt, y_ + 16, shorten(connection.origin, 70)) +
          svg_label("small", kChartAt, y_ + 16, text);
  y_ += kLine;
  for (const Row& row : group.rows)
    add_row(row);
  y_ += 8;
}

std::string tooltip(const Row& row) {
  const Request& request = *row.request;
  std::string text = (request.record ? request.record->request.method + " " : std::string()) +
                     request.url.to_string();
  if (request.is_pushed) {
    text += "\npushed";
    if (request.record && request.record->parent_id > 0) {
      text += " with stream " + std::to_string(request.record->parent_id);
    }
  }
  if (request.stream_id > 0) text += "\nstream " + std::to_string(request.stream_id);
  if (!request.priority.empty()) text += "\npriority " + request.priority;
  if (request.status > 0) text += "\nstatus " + std::to_string(request.status);
  text += "\n" + std::to_string(request.body_bytes) + " bytes of content";
  for (const PhaseStyle& phase : kPhases) {
    const Span span = row.phases.*phase.span;
    if (span > Span{0}) text += std::string("\n") + phase.text + " " + elapsed_text(span);
  }
  if (!row.failure.empty()) text += "\nfailed: " + row.failure;
  return text;
}

// Keeps line ends, which svg_text() would show.
std::string title(const std::string& text) {
  std::string out = "<title>";
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += (at == 0 ? "" : "\n") + svg_text(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  return out + "</title>\n";
}

void Picture::add_row(const Row& row) {
  const Request& request = *row.request;
  const bool is_good = row.failure.empty() && request.status < 400;
  const std::string status = request.status > 0 ? std::to_string(request.status) : "none";
  out_ += std::string("<g class=\"request") + (row.failure.empty() ? "" : " failed") +
          "\" data-uri=\"" + svg_text(request.url.to_string()) + "\" data-status=\"" + status +
          "\">\n" + title(tooltip(row)) + svg_box("row", 0, y_, kWidth, kLine);
  const std::string mark = request.is_pushed ? "\xe2\x87\xa3 " : "";  // an arrow downwards
  out_ += svg_label("path", kPathAt, y_ + 16,
                    mark + shorten(request.url.request_target(), kPathColumns)) +
          svg_label(is_good ? "good" : "bad", kStatusAt, y_ + 16, status) +
          svg_label("small right", kSizeAt, y_ + 16, format_bytes(request.body_bytes)) +
          svg_label("small", kPriorityAt, y_ + 16, shorten(request.priority, 10));
  add_bar(row);
  out_ += "</g>\n";
  y_ += kLine;
}

void Picture::add_bar(const Row& row) {
  Request::Time at = row.phases.begin;
  const double begin = x_of(at);
  for (const PhaseStyle& phase : kPhases) {
    const Span span = row.phases.*phase.span;
    if (span <= Span{0}) continue;
    // Whatever took time is seen.
    out_ += svg_box(phase.css_class, x_of(at), y_ + (kLine - kBar) / 2,
                    std::max(x_of(at + span) - x_of(at), 0.8), kBar);
    at += span;
  }
  add_reason(row, begin, x_of(at));
}

// How long it took or why it failed, on the side of the bar that has room.
void Picture::add_reason(const Row& row, double begin, double end) {
  const bool is_left = begin - kChartAt > std::max(kChartEnd - end, 60.0);
  const double x = is_left ? begin - 6 : end + 6;
  std::string text = elapsed_text(row.phases.total());
  std::string css_class = is_left ? "small right" : "small";
  double at = x;
  if (!row.failure.empty()) {
    text = shorten(row.failure, kReasonColumns);
    css_class = "reason";
    // A long reason begins where it can be read whole.
    const double length = 6.2 * static_cast<double>(text.size());
    at = is_left ? std::max(x - length, kChartAt) : std::min(x, kChartEnd - length);
  } else if (!is_left && x > kChartEnd - 50) {
    return;  // the bar fills the chart; the tooltip has it
  }
  out_ += svg_label(css_class, at, y_ + 16, text);
}

}  // namespace

std::string format_waterfall(const Journal& journal) {
  return Picture(journal).draw();
}

}  // namespace nghttp
