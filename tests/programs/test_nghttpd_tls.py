# SPDX-License-Identifier: MIT
"""TLS options of nghttpd: client certificates, groups, DH parameters, kernel TLS."""
import re
import ssl

import pytest

from support import certificates, field_block, patience, process, programs, raw_client
from support.options import covers
from support.raw_client import RawClient
from support.wire import Wire


def client_context(pair=None, **named):
    context = raw_client.tls_context(**named)
    if pair:
        context.load_cert_chain(pair.cert, pair.key)
    return context


def handshake(server, context):
    """A TLS connection; raises ssl.SSLError when either side refuses."""
    return context.wrap_socket(raw_client.connect(server.port), server_hostname="localhost")


def get_status(server, context):
    with Wire(handshake(server, context)) as wire:
        RawClient.start(wire)
        return RawClient.get(wire, 1, field_block.request("/small.txt"))[0].field(":status")


def use(server, context):
    """As handshake(), and reads once: with TLS 1.3 a client learns later that it was refused."""
    with handshake(server, context) as sock:
        sock.recv(1)


@pytest.fixture
def verifying(start_nghttpd, authority):
    with start_nghttpd("-V", "--cacert", authority.ca.cert, tls=True) as server:
        yield server


# Client certificates -----------------------------------------------------------------------------


@covers("nghttpd", "--cacert")
@pytest.mark.parametrize("highest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_trusted_client(verifying, authority, highest):
    assert get_status(verifying, client_context(authority.client, highest=highest)) == "200"


@covers("nghttpd", "--verify-client")
@pytest.mark.parametrize("highest", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("who, alert, reason", [
    ("self_signed", "UNKNOWN_CA|unknown ca", "self-signed certificate"),
    ("expired", "EXPIRED|expired", "certificate has expired")])
def test_untrusted_client(verifying, authority, who, alert, reason, highest):
    with pytest.raises(ssl.SSLError, match=alert):
        use(verifying, client_context(getattr(authority, who), highest=highest))
    patience.poll(lambda: re.search(rf"refused 127\.0\.0\.1:\d+: .*{reason}", verifying.log()),
                  "the reason in the log")


def test_client_of_another_authority(verifying, directory):
    other = certificates.Authority(directory)
    with pytest.raises(ssl.SSLError, match="UNKNOWN_CA|unknown ca"):
        use(verifying, client_context(other.client))
    patience.poll(lambda: re.search("refused .*unable to .* certificate", verifying.log()),
                  "the reason in the log")


@pytest.mark.parametrize("highest, alert", [
    (ssl.TLSVersion.TLSv1_2, "HANDSHAKE_FAILURE|handshake failure"),
    (ssl.TLSVersion.TLSv1_3, "CERTIFICATE_REQUIRED|certificate required")])
def test_client_without_certificate(verifying, highest, alert):
    with pytest.raises(ssl.SSLError, match=alert):
        use(verifying, client_context(highest=highest))
    patience.poll(lambda: re.search("refused .*did not return a certificate", verifying.log()),
                  "the reason in the log")


def test_acceptable_authorities_are_named(verifying, authority):
    """A client with several certificates chooses by the authorities the server names."""
    run = process.run([programs.peer("openssl", "openssl"), "s_client", "-connect",
                       f"127.0.0.1:{verifying.port}", "-cert", authority.client.cert, "-key",
                       authority.client.key])
    assert re.search("Acceptable client certificate CA names\nCN *= *program tests CA", run.text)


@pytest.mark.parametrize("trusted", [True, False])
def test_system_store_by_default(start_nghttpd, authority, trusted):
    env = authority.trust_environment()
    if not trusted:
        env["SSL_CERT_FILE"] = authority.self_signed.cert
    with start_nghttpd("-V", tls=True, env=env) as server:
        if trusted:
            assert get_status(server, client_context(authority.client)) == "200"
            return
        with pytest.raises(ssl.SSLError):
            use(server, client_context(authority.client))


def test_no_certificate_is_asked_for_by_default(start_nghttpd):
    with start_nghttpd(tls=True) as server:
        assert get_status(server, client_context()) == "200"


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_unusable_cacert(documents, authority, directory, content):
    path = directory / "bad-ca.pem"
    if content:
        path.write_text(content, encoding="ascii")
    process.run([programs.under_test("nghttpd"), "-V", "--cacert", path, "-d", documents.root,
                 "0", authority.server.key, authority.server.cert]).check_failed("bad-ca.pem")
