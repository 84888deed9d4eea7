// SPDX-License-Identifier: MIT
// h2load and a hostile server of HTTP/1.1: it reads the heads of responses by itself.
#include "h2load/http1_protocol.h"
#include "h2load_server.h"

// The first octets choose the configuration, and how it goes.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 3) return 0;
  h2load::Config config;
  config.max_concurrent_streams = (data[0] & 0x01) != 0 ? 1 : Client::kMostAtOnce;
  if ((data[0] & 0x20) != 0) config.verbosity = 1;
  check(data + 1, h2load::Octets(data + 3, size - 3),
        [&](const Course& course, h2load::Octets input) {
          Client client((data[0] & 0x40) != 0);
          h2load::Http1Protocol protocol(config, client);
          return converse(protocol, client, input, course, [](const base::Buffer&) {});
        });
  return 0;
}
