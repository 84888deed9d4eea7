# SPDX-License-Identifier: MIT
"""server.py PORT [CERTIFICATE KEY]: a page with a pushed style sheet."""
import ssl
import sys

import nghttp2


class Handler(nghttp2.BaseRequestHandler):
    def on_headers(self):
        if self.path != b"/":
            self.send_response(404, body="not found\n")
            return
        self.push("/style.css", headers=[("content-type", "text/css")], body="p { color: teal }\n")
        self.send_response(headers=[("content-type", "text/html")],
                           body='<link rel=stylesheet href="/style.css"><p>HTTP/2\n')


context = None
if len(sys.argv) == 4:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
nghttp2.HTTP2Server(("127.0.0.1", int(sys.argv[1])), Handler, ssl=context).serve_forever()
