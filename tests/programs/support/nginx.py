# SPDX-License-Identifier: MIT
"""nginx as an independent server for nghttp."""
import pathlib

from . import ports, process, programs

_CONFIGURATION = """
daemon off;
master_process off;
pid {directory}/nginx.pid;
error_log stderr;
events {{ worker_connections 512; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; text/plain txt; image/png png; }}
  default_type application/octet-stream;
  access_log off;
  client_max_body_size 64m;
  client_body_temp_path {directory}/body;
  proxy_temp_path {directory}/proxy;
  fastcgi_temp_path {directory}/fastcgi;
  uwsgi_temp_path {directory}/uwsgi;
  scgi_temp_path {directory}/scgi;
  http2_max_concurrent_streams 128;
  root {root};
  ssl_certificate {server.cert};
  ssl_certificate_key {server.key};
  server {{ listen 127.0.0.1:{port[0]} ssl http2; {locations} }}
  server {{ listen 127.0.0.1:{port[1]} http2; {locations} }}
  server {{ listen 127.0.0.1:{port[2]} ssl; }}
  server {{
    listen 127.0.0.1:{port[3]} ssl http2;
    ssl_certificate {expired.cert};
    ssl_certificate_key {expired.key};
  }}
  server {{
    listen 127.0.0.1:{port[4]} ssl http2;
    ssl_certificate {self_signed.cert};
    ssl_certificate_key {self_signed.key};
  }}
  server {{
    listen 127.0.0.1:{port[5]} ssl http2;
    ssl_protocols TLSv1.2;
    ssl_client_certificate {ca.cert};
    ssl_verify_client on;
    location = /whoami {{ return 200 "$ssl_client_s_dn"; }}
  }}
}}
"""
_LOCATIONS = """
  location = /show {
    return 200 "[$request_method|$http_x_first|$http_x_second|$http_user_agent|$host]";
  }
  location = /moved { return 302 /index.html; }
"""


class Nginx:
    """One process with listeners for everything the tests want from a foreign server."""

    def __init__(self, directory, documents, authority):
        directory = pathlib.Path(directory)
        configuration = directory / "nginx.conf"

        def launch(port):
            configuration.write_text(_CONFIGURATION.format(
                directory=directory, root=documents.root, port=port, locations=_LOCATIONS,
                ca=authority.ca, server=authority.server, expired=authority.expired,
                self_signed=authority.self_signed), encoding="ascii")
            return process.Background(
                [programs.peer("nginx", "nginx"), "-e", "stderr", "-p", directory,
                 "-c", configuration], directory / "nginx.log")

        self.server, port = ports.start(launch, 6)
        self.tls = f"https://localhost:{port[0]}"
        self.clear = f"http://localhost:{port[1]}"
        self.http1_only = f"https://localhost:{port[2]}"
        self.expired = f"https://localhost:{port[3]}"
        self.self_signed = f"https://localhost:{port[4]}"
        self.client_certificate = f"https://localhost:{port[5]}"

    def stop(self):
        self.server.stop()
