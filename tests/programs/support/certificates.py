# SPDX-License-Identifier: MIT
"""Throw-away certificates made with the openssl program."""
import pathlib

from . import process, programs


class Pair:
    """A private key and its certificate, PEM files."""

    def __init__(self, directory, name):
        self.key = str(pathlib.Path(directory) / f"{name}.key")
        self.cert = str(pathlib.Path(directory) / f"{name}.crt")


class Authority:
    """A certificate authority in a directory, and the certificates the tests need from it."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.openssl_ = programs.peer("openssl", "openssl")
        self.ca = Pair(directory, "ca")
        self._openssl("req", "-x509", *self._new_key(self.ca), "-out", self.ca.cert, "-days", "2",
                      "-subj", "/CN=program tests CA")
        self.server = self.issue("server", "localhost")
        self.client = self.issue("client", "a client")
        self.expired = self.issue("expired", "localhost", days="-1")
        self.self_signed = Pair(directory, "self-signed")
        self._openssl("req", "-x509", *self._new_key(self.self_signed), "-out",
                      self.self_signed.cert, "-days", "2", "-subj", "/CN=localhost",
                      "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")

    def issue(self, name, common_name, days="2"):
        pair = Pair(self.directory, name)
        request = self.directory / f"{name}.csr"
        extensions = self.directory / f"{name}.ext"
        extensions.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n", encoding="ascii")
        self._openssl("req", *self._new_key(pair), "-out", request, "-subj", f"/CN={common_name}")
        self._openssl("x509", "-req", "-in", request, "-CA", self.ca.cert, "-CAkey", self.ca.key,
                      "-CAcreateserial", "-days", days, "-extfile", extensions, "-out", pair.cert)
        return pair

    def trust_environment(self):
        """Environment in which OpenSSL's default trust store is this authority alone."""
        return {"SSL_CERT_FILE": self.ca.cert, "SSL_CERT_DIR": str(self.directory / "none")}

    @staticmethod
    def _new_key(pair):
        return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-keyout", pair.key]

    def _openssl(self, *arguments):
        process.run([self.openssl_, *arguments]).check_ok()
