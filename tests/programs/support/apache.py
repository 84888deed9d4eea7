# SPDX-License-Identifier: MIT
"""Apache httpd as an independent server that still speaks Upgrade: h2c."""
import os
import pathlib

from . import ports, process, programs

_MODULES = "/usr/lib/apache2/modules"
_CONFIGURATION = """
ServerRoot {directory}
ServerName localhost
PidFile {directory}/apache.pid
Mutex file:{directory} default
DefaultRuntimeDir {directory}
ErrorLog {directory}/apache-error.log
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule http2_module {modules}/mod_http2.so
ServerLimit 1
StartServers 1
ThreadsPerChild 8
MaxRequestWorkers 8
MinSpareThreads 1
MaxSpareThreads 8
{user}
Listen 127.0.0.1:{port}
Protocols h2c http/1.1
H2Upgrade on
H2Direct on
DocumentRoot {root}
<Directory />
  Require all granted
</Directory>
"""


def start(directory, documents):
    """Start httpd in the foreground; returns (Background, base URI)."""
    directory = pathlib.Path(directory)
    configuration = directory / "apache.conf"
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""

    def launch(port):
        configuration.write_text(_CONFIGURATION.format(
            directory=directory, modules=_MODULES, port=port[0], root=documents.root, user=user),
            encoding="ascii")
        program = programs.peer("apache2", "apache2-bin")
        return process.Background([program, "-X", "-f", configuration], directory / "apache.log")

    server, port = ports.start(launch, 1)
    return server, f"http://localhost:{port[0]}"
