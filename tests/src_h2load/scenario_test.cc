// SPDX-License-Identifier: MIT
// Files of --scenario: what is read, and mistakes with their line and place.
#include "h2load/scenario.h"

#include <stdlib.h>

#include <filesystem>

#include "base/file.h"
#include "support/check.h"

using h2load::Scenario;
using h2load::ScenarioRequest;

namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "h2load-scenario-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path_); }

  Folder& write(const std::string& name, std::string_view text) {
    CHECK(base::write_file((path_ / name).string(), text).ok());
    return *this;
  }
  base::Result<std::unique_ptr<Scenario>> read(std::string_view text) {
    write("s.json", text);
    return h2load::read_scenario((path_ / "s.json").string());
  }
  // Without the folder's name.
  std::string problem(std::string_view text) {
    const auto scenario = read(text);
    if (scenario) return "none";
    std::string error = scenario.error();
    const std::string prefix = path_.string() + "/";
    for (std::size_t at = error.find(prefix); at != std::string::npos; at = error.find(prefix))
      error.erase(at, prefix.size());
    return error;
  }

 private:
  fs::path path_;
};

// A scenario whose one request has these members besides its path.
std::string with(const std::string& members, const std::string& variables = "{}") {
  return "{\"variables\": " + variables + ",\n\"sets\": [{\"requests\": [\n{\"path\": \"/\"" +
         (members.empty() ? "" : ",\n" + members) + "}]}]}";
}

std::string with_path(const std::string& path, const std::string& variables = "{}") {
  return "{\"variables\": " + variables + ", \"sets\": [{\"requests\": [{\"path\": \"" + path +
         "\"}]}]}";
}

}  // namespace

TEST(scenario, the_least) {
  const auto scenario = Folder().read(R"({"sets": [{"requests": [{"path": "/"}]}]})");
  CHECK(scenario.ok());
  const Scenario& s = **scenario;
  CHECK(!s.seed);
  CHECK_EQ(s.setup.requests.size(), 0U);
  CHECK(!s.sets[0].is_sequence);
  const ScenarioRequest& request = s.sets[0].requests[0];
  CHECK_STR(request.method, "GET");
  CHECK_STR(request.path.text(), "/");
  CHECK(request.path.is_constant() && !request.origin && !request.has_body());
  CHECK(request.think_time.is_none());
  CHECK_STR(s.names[request.label], "GET /");
}

TEST(scenario, everything) {
  Folder folder;
  folder.write("users.csv", "name,key\nann,1\nbob,2\n").write("data.bin", "content");
  const auto scenario = folder.read(R"({
    "seed": 7, "max_capture": 1000,
    "variables": {"user": {"csv": "users.csv", "per": "client"},
                  "n": {"counter": {"from": 5, "step": 2}},
                  "r": {"random": {"from": 1, "to": 6}, "per": "sequence"}},
    "setup": [{"name": "log in", "path": "https://example.org/login?{{n}}#f", "method": "PUT",
               "json": {"user": "{{user.name}}"}, "expect": [201, "3xx"],
               "capture": {"token": {"json": "/token"},
                           "next": {"header": "Location", "required": false}}}],
    "sets": [{"weight": 3, "order": "sequence", "on_failure": "continue",
              "think_time": {"uniform": ["10ms", 0.5]},
              "requests": [{"path": "/a", "headers": {"X": ["{{token}}", "2"]},
                            "body_file": "data.bin", "trailers": {"sum": "{{r}}"}},
                           {"path": "/b", "think_time": 1, "body": "{{user.key}}"}]},
             {"requests": [{"path": "/{{next}}", "weight": 9}]}]})");
  CHECK_STR(scenario ? "" : scenario.error(), "");
  if (!scenario) return;
  const Scenario& s = **scenario;
  CHECK_EQ(*s.seed, 7U);
  CHECK_EQ(s.max_capture, 1000U);
  const ScenarioRequest& login = s.setup.requests[0];
  CHECK_STR(s.names[login.label], "log in");
  CHECK_STR(login.origin->origin(), "https://example.org:443");
  CHECK_STR(login.path.text(), "/login?");
  CHECK_STR(login.body->text(), R"({"user":""})");
  CHECK_STR(login.headers[0].name, "content-type");
  CHECK(login.expected.contains(201) && login.expected.contains(302));
  CHECK(!login.expected.contains(200));
  CHECK_EQ(login.captures.size(), 2U);
  CHECK(login.captures[0].is_for_fields && login.captures[0].is_required);
  CHECK(!login.captures[1].is_for_fields && !login.captures[1].is_required);
  // The user stays, the counter goes on.
  CHECK(login.renewed_sources == std::vector<std::size_t>{1});
  CHECK(s.setup.leave_on_failure);
  CHECK(s.sets[0].is_sequence && !s.sets[0].leave_on_failure);
  CHECK_EQ(s.sets[0].weight, 3U);
  const ScenarioRequest& a = s.sets[0].requests[0];
  CHECK_STR(a.method, "POST");
  CHECK_STR(*a.fixed_body, "content");
  CHECK_EQ(a.headers.size(), 2U);
  CHECK_STR(a.trailers[0].name, "sum");
  CHECK(a.think_time.high == std::chrono::milliseconds(500));
  CHECK(s.sets[0].requests[1].think_time.low == std::chrono::seconds(1));
  CHECK_EQ(s.sets[1].requests[0].weight, 9U);
}

TEST(scenario, mistakes_of_structure) {
  Folder folder;
  CHECK_STR(folder.problem("{\n\"sets\": [}"), "s.json:2:10: unexpected token near '}'");
  CHECK_STR(folder.problem("[]"), "s.json:1: expected an object");
  CHECK_STR(folder.problem("{}"), "s.json:1: \"sets\" is missing");
  CHECK_STR(folder.problem(R"({"sets": []})"), "s.json:1: sets: expected at least one set");
  CHECK_STR(folder.problem(R"({"sets": {}})"), "s.json:1: sets: expected an array");
  CHECK_STR(folder.problem("{\"sets\": [\n{}]}"), "s.json:2: sets[0]: \"requests\" is missing");
  CHECK_STR(folder.problem(R"({"sets": [{"requests": []}]})"),
            "s.json:1: sets[0].requests: expected at least one request");
  CHECK_STR(folder.problem(R"({"sets": [{"requests": [{}]}]})"),
            "s.json:1: sets[0].requests[0]: \"path\" is missing");
  CHECK_STR(folder.problem("{\"sets\": [{\"requests\": [{\"path\": \"/\"}],\n\"weigth\": 1}]}"),
            "s.json:2: sets[0].weigth: is not known here; did you mean 'weight'?");
  CHECK_STR(folder.problem(R"({"sets": [{"order": "sequence",
                               "requests": [{"path": "/", "weight": 2}]}]})"),
            "s.json:2: sets[0].requests[0].weight: is not known here");
  CHECK_STR(folder.problem(R"({"sets": [{"on_failure": "leave", "requests": [{"path": "/"}]}]})"),
            "s.json:1: sets[0].on_failure: is not known here");
  CHECK_STR(folder.problem(R"({"sets": [{"order": "any", "requests": [{"path": "/"}]}]})"),
            "s.json:1: sets[0].order: expected one of \"independent\", \"sequence\"");
  CHECK_STR(folder.problem(R"({"sets": [{"weight": 0, "requests": [{"path": "/"}]}]})"),
            "s.json:1: sets[0].weight: expected an integer in the range 1 to 1000000");
  std::string many = R"({"sets": [{"requests": [{"path": "/"})";
  for (int i = 0; i < 200; ++i)
    many += R"(,{"path": "/"})";
  CHECK_STR(folder.problem(many + "]}]}"), "s.json:1: more than 200 requests");
}

TEST(scenario, mistakes_in_requests) {
  Folder folder;
  const std::string place = "s.json:4: sets[0].requests[0].";
  CHECK_STR(folder.problem(with(R"("expect": 99)")),
            place + "expect: expected a status from 200 to 599, or a class such as \"2xx\"");
  CHECK_STR(folder.problem(with(R"("expect": [])")),
            place + "expect: expected at least one status");
  CHECK_STR(folder.problem(with(R"("method": "A B")")),
            place + "method: this is no method to use here");
  CHECK_STR(folder.problem(with(R"("headers": {"Content-Length": "1"})")),
            place + "headers.Content-Length: h2load sets this field itself");
  CHECK_STR(folder.problem(with(R"("headers": {"a b": "1"})")),
            place + "headers.a b: this is no name of a field");
  CHECK_STR(folder.problem(with(R"("headers": {"a": "x\r\ny: z"})")),
            place + "headers.a: a field cannot have this value");
  CHECK_STR(folder.problem(with(R"("trailers": {":path": "x"})")),
            place + "trailers.:path: this is no name of a field");
  CHECK_STR(folder.problem(with(R"("body": 1)")), place + "body: expected a string");
  CHECK_STR(folder.problem(with(R"("body_file": "none")")),
            place + "body_file: cannot open none: No such file or directory");
  CHECK_STR(folder.problem(with(R"("think_time": "soon")")),
            place +
                "think_time: expected a duration such as \"500ms\" or a number of seconds, at "
                "most 24 hours");
  CHECK_STR(folder.problem(with(R"("think_time": {"uniform": [2, 1]})")),
            place + "think_time.uniform: the most is less than the least");
  CHECK_STR(folder.problem(with(R"("think_time": {"max": 1})")),
            place +
                "think_time: expected {\"uniform\": [LEAST, MOST]} or {\"exponential\": MEAN, "
                "\"max\": MOST}");
  CHECK_STR(folder.problem(with(R"("capture": {"x": {"json": "a"}})")),
            place + "capture.x.json: a JSON pointer begins with '/'");
  CHECK_STR(folder.problem(with(R"("capture": {"x": {}})")),
            place + "capture.x: expected one of the members \"header\", \"json\" and \"regex\"");
  CHECK_STR(
      folder.problem("{\"sets\": [{\"requests\": [{\"path\": \"/\",\n\"body\": \"\", "
                     "\"json\": 1}]}]}"),
      "s.json:1: sets[0].requests[0]: \"body\", \"body_file\" and \"json\" exclude each other");
}

TEST(scenario, mistakes_in_paths) {
  Folder folder;
  const std::string place = "s.json:1: sets[0].requests[0].path: ";
  CHECK_STR(folder.problem(with_path("a")),
            place + "expected a path that begins with '/', or an http or https URI");
  CHECK_STR(folder.problem(with_path("/a b")), place + "a space must be written as %20");
  CHECK_STR(folder.problem(with_path("/\\n")),
            place + "what is no printable ASCII must be percent-encoded");
  CHECK_STR(folder.problem(with_path("/{{x")), place + "'{{' has no '}}' after it");
  CHECK_STR(folder.problem(with_path("/{{cout}}", R"({"count": {"counter": {}}})")),
            place + "there is no variable 'cout'; did you mean 'count'?");
  CHECK_STR(folder.problem(with_path("/{{count.x}}", R"({"count": {"counter": {}}})")),
            place + "'count' is not from a CSV file, hence has no columns");
  CHECK_STR(folder.problem(with_path("/{{ count }}", R"({"count": {"counter": {}}})")), "none");
}

TEST(scenario, mistakes_in_variables) {
  Folder folder;
  folder.write("u.csv", "name,key\nann,1\n")
      .write("bad.csv", "a,b\n1\n")
      .write("v.csv", "v\nx\x01\n");
  const std::string place = "s.json:1: variables.";
  CHECK_STR(folder.problem(with("", R"({"u": {"csv": "none.csv"}})")),
            place + "u.csv: cannot open none.csv: No such file or directory");
  CHECK_STR(folder.problem(with("", R"({"u": {"csv": "bad.csv"}})")),
            place + "u.csv: bad.csv:2: 1 field instead of 2");
  CHECK_STR(folder.problem(with("", R"({"u": {"csv": "u.csv", "counter": {}}})")),
            place + "u: \"csv\", \"counter\" and \"random\" exclude each other");
  CHECK_STR(folder.problem(with("", R"({"u": {"cvs": "u.csv"}})")),
            place + "u.cvs: is not known here; did you mean 'csv'?");
  CHECK_STR(folder.problem(with("", R"({"u": {"random": {"from": 2, "to": 1}}})")),
            place + "u.random: \"to\" is less than \"from\"");
  CHECK_STR(folder.problem(with("", R"({"u": {"random": {"from": 2}}})")),
            place + "u.random: \"to\" is missing");
  CHECK_STR(folder.problem(with("", R"({"u": {"counter": {"from": 0.5}}})")),
            place + "u.counter.from: expected an integer");
  CHECK_STR(folder.problem(with("", R"({"a.b": {"counter": {}}})")),
            place +
                "a.b: the name of a variable has letters, digits, '_' and '-' and does not "
                "begin with a digit");
  const std::string in_path = "s.json:1: sets[0].requests[0].path: ";
  CHECK_STR(folder.problem(with_path("/{{u}}", R"({"u": {"csv": "u.csv"}})")),
            in_path + "'u' has several columns: say which, such as 'u.name'");
  CHECK_STR(folder.problem(with_path("/{{u.kay}}", R"({"u": {"csv": "u.csv"}})")),
            in_path + "'u' has no column 'kay'; did you mean 'key'?");
  CHECK_STR(folder.problem(with_path("/{{v}}", R"({"v": {"csv": "v.csv"}})")), "none");
  CHECK_STR(folder.problem(with(R"("headers": {"x": "{{v}}"})", R"({"v": {"csv": "v.csv"}})")),
            "s.json:1: variables: row 1 of 'v' has 'x\\x01' for 'v', which no header or trailer "
            "field can have");
}
