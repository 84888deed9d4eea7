/* SPDX-License-Identifier: MIT */
/* The smallest client: one GET over TLS on a blocking socket; the body goes to standard output.
 *
 *     client [-k] [-c CAFILE] https://HOST[:PORT][/PATH]
 *
 * -k accepts any certificate, -c trusts those of CAFILE. Shows how TLS, ALPN and a session fit
 * together. The exit status is 0 when the response was complete and its status is 2xx. */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <netdb.h>
#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct request {
  char host[256];
  char port[6];
  char authority[272];
  const char* path;
  int32_t stream_id;
  int status;
  int done;            /* the stream was closed */
  uint32_t close_code; /* and why */
};

static int fail(const char* what, const char* why) {
  fprintf(stderr, "client: %s: %s\n", what, why);
  return -1;
}

static const char* tls_error(void) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason != NULL ? reason : "connection closed";
}

/* Splits https://HOST[:PORT][/PATH]; HOST may be an IPv6 address in brackets. */
static int parse_url(struct request* request, const char* url) {
  static const char scheme[] = "https://";
  const char *host = url + sizeof(scheme) - 1, *host_end, *authority_end, *port;
  size_t host_length, port_length;
  int bracketed;

  if (strncmp(url, scheme, sizeof(scheme) - 1) != 0) return fail(url, "not an https URL");
  authority_end = host + strcspn(host, "/?#");
  bracketed = *host == '[';
  host_end =
      bracketed ? memchr(host, ']', (size_t)(authority_end - host)) : host + strcspn(host, ":/?#");
  if (host_end == NULL) return fail(url, "no ] after [");
  port = host_end + bracketed;
  if (port != authority_end && *port != ':') return fail(url, "no port after the host");
  port += port != authority_end;
  port_length = (size_t)(authority_end - port);
  host += bracketed;
  host_length = (size_t)(host_end - host);
  if (host_length == 0 || host_length >= sizeof(request->host)) return fail(url, "bad host");
  if (port_length >= sizeof(request->port)) return fail(url, "bad port");
  if (strchr(authority_end, '#') != NULL) return fail(url, "a fragment is not sent");
  memcpy(request->host, host, host_length);
  if (port_length > 0) {
    memcpy(request->port, port, port_length);
  } else {
    strcpy(request->port, "443");
  }
  memcpy(request->authority, url + sizeof(scheme) - 1,
         (size_t)(authority_end - url) - (sizeof(scheme) - 1));
  if (*authority_end == '?') return fail(url, "a query needs a path");
  request->path = *authority_end == '\0' ? "/" : authority_end;
  return 0;
}

static int connect_to(const struct request* request) {
  struct addrinfo hints, *found, *address;
  int error, fd = -1;

  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  error = getaddrinfo(request->host, request->port, &hints, &found);
  if (error != 0) return fail(request->host, gai_strerror(error));
  for (address = found; address != NULL && fd < 0; address = address->ai_next) {
    fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (fd >= 0 && connect(fd, address->ai_addr, address->ai_addrlen) != 0) {
      error = errno;
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(found);
  return fd >= 0 ? fd : fail(request->authority, strerror(error));
}

/* Names are sent to the server, so that it can choose a certificate; addresses must not be. */
static int is_name(const char* host) {
  return strchr(host, ':') == NULL && host[strspn(host, "0123456789.")] != '\0';
}

/* Makes a TLS connection that was verified and agreed on HTTP/2. */
static SSL* start_tls(SSL_CTX* context, int fd, const struct request* request) {
  SSL* ssl = SSL_new(context);
  const unsigned char* protocol = NULL;
  unsigned int protocol_length = 0;

  if (ssl == NULL || SSL_set_fd(ssl, fd) != 1 || SSL_set1_host(ssl, request->host) != 1 ||
      (is_name(request->host) && SSL_set_tlsext_host_name(ssl, request->host) != 1)) {
    fail("TLS", tls_error());
  } else if (SSL_connect(ssl) != 1) {
    long verified = SSL_get_verify_result(ssl);
    fail("TLS handshake",
         verified == X509_V_OK ? tls_error() : X509_verify_cert_error_string(verified));
  } else {
    SSL_get0_alpn_selected(ssl, &protocol, &protocol_length);
    if (protocol_length == NGHTTP2_PROTO_VERSION_ID_LEN &&
        memcmp(protocol, NGHTTP2_PROTO_VERSION_ID, protocol_length) == 0) {
      return ssl;
    }
    fail(request->authority, "the server does not speak HTTP/2");
  }
  SSL_free(ssl);
  return NULL;
}

static SSL_CTX* make_context(int insecure, const char* ca_file) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());

  if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_alpn_protos(context, (const unsigned char*)NGHTTP2_PROTO_ALPN,
                              NGHTTP2_PROTO_ALPN_LEN) != 0 ||
      (ca_file != NULL ? SSL_CTX_load_verify_locations(context, ca_file, NULL)
                       : SSL_CTX_set_default_verify_paths(context)) != 1) {
    fail("TLS", tls_error());
    SSL_CTX_free(context);
    return NULL;
  }
  SSL_CTX_set_verify(context, insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
  return context;
}

/* The session asks for bytes to be written; the socket blocks, so all of them are. */
static nghttp2_ssize on_send(nghttp2_session* session, const uint8_t* data, size_t length,
                             int flags, void* user_data) {
  int written = SSL_write((SSL*)user_data, data, (int)length);

  (void)session;
  (void)flags;
  return written > 0 ? written : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                     size_t namelen, const uint8_t* value, size_t valuelen, uint8_t flags,
                     void* user_data) {
  struct request* request = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);

  (void)flags;
  (void)user_data;
  if (request == NULL || frame->hd.type != NGHTTP2_HEADERS) return 0;
  /* An interim response (1xx) is followed by the final one, which replaces the status. */
  if (namelen == 7 && memcmp(name, ":status", 7) == 0) request->status = atoi((const char*)value);
  fprintf(stderr, "%.*s: %.*s\n", (int)namelen, (const char*)name, (int)valuelen,
          (const char*)value);
  return 0;
}

static int on_data(nghttp2_session* session, uint8_t flags, int32_t stream_id, const uint8_t* data,
                   size_t len, void* user_data) {
  (void)flags;
  (void)user_data;
  if (nghttp2_session_get_stream_user_data(session, stream_id) == NULL) return 0;
  return fwrite(data, 1, len, stdout) == len ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

/* Our only stream has ended, so the connection is not needed any more. */
static int on_stream_close(nghttp2_session* session, int32_t stream_id, uint32_t error_code,
                           void* user_data) {
  struct request* request = nghttp2_session_get_stream_user_data(session, stream_id);

  (void)user_data;
  if (request == NULL) return 0;
  request->done = 1;
  request->close_code = error_code;
  return nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR) == 0
             ? 0
             : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static nghttp2_session* make_session(SSL* ssl) {
  nghttp2_session_callbacks* callbacks;
  nghttp2_session* session = NULL;

  if (nghttp2_session_callbacks_new(&callbacks) != 0) return NULL;
  nghttp2_session_callbacks_set_send_callback2(callbacks, on_send);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  if (nghttp2_session_client_new(&session, callbacks, ssl) != 0) session = NULL;
  nghttp2_session_callbacks_del(callbacks);
  return session;
}

static nghttp2_nv field(const char* name, const char* value) {
  nghttp2_nv field = {(uint8_t*)name, (uint8_t*)value, strlen(name), strlen(value),
                      NGHTTP2_NV_FLAG_NONE};
  return field;
}

static int submit(nghttp2_session* session, struct request* request) {
  const nghttp2_settings_entry no_push = {NGHTTP2_SETTINGS_ENABLE_PUSH, 0};
  nghttp2_nv fields[6];
  int error = nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &no_push, 1);

  if (error != 0) return fail("settings", nghttp2_strerror(error));
  fields[0] = field(":method", "GET");
  fields[1] = field(":scheme", "https");
  fields[2] = field(":authority", request->authority);
  fields[3] = field(":path", request->path);
  fields[4] = field("accept", "*/*");
  fields[5] = field("user-agent", "nghttp2-example/" NGHTTP2_VERSION);
  request->stream_id = nghttp2_submit_request2(session, NULL, fields, 6, NULL, request);
  if (request->stream_id < 0) return fail("request", nghttp2_strerror(request->stream_id));
  return 0;
}

/* Writes what the session has and feeds it what arrives, until neither is of use any more. */
static int run(nghttp2_session* session, SSL* ssl) {
  for (;;) {
    unsigned char input[16384];
    int length;
    nghttp2_ssize used;
    int error = nghttp2_session_send(session);

    if (error != 0) return fail("sending", nghttp2_strerror(error));
    if (!nghttp2_session_want_read(session)) return 0;
    length = SSL_read(ssl, input, sizeof(input));
    if (length <= 0) return fail("receiving", tls_error());
    used = nghttp2_session_mem_recv2(session, input, (size_t)length);
    if (used < 0) return fail("receiving", nghttp2_strerror((int)used));
  }
}

static int get(struct request* request, SSL* ssl) {
  nghttp2_session* session = make_session(ssl);
  int result;

  if (session == NULL) return fail("session", nghttp2_strerror(NGHTTP2_ERR_NOMEM));
  result = submit(session, request);
  if (result == 0) result = run(session, ssl);
  nghttp2_session_del(session);
  if (result != 0) return result;
  if (!request->done || request->close_code != NGHTTP2_NO_ERROR) {
    return fail("response", request->done ? nghttp2_http2_strerror(request->close_code)
                                          : "the connection ended too early");
  }
  return request->status / 100 == 2 ? 0 : fail("response", "the status is no success");
}

int main(int argc, char** argv) {
  struct request request;
  const char* ca_file = NULL;
  int option, fd, insecure = 0, result = -1;
  SSL_CTX* context;
  SSL* ssl;

  while ((option = getopt(argc, argv, "kc:")) != -1) {
    if (option == 'k') insecure = 1;
    if (option == 'c') ca_file = optarg;
    if (option == '?') return 2;
  }
  if (optind != argc - 1) {
    fprintf(stderr, "usage: client [-k] [-c CAFILE] https://HOST[:PORT][/PATH]\n");
    return 2;
  }
  memset(&request, 0, sizeof(request));
  signal(SIGPIPE, SIG_IGN);
  if (parse_url(&request, argv[optind]) != 0) return 2;
  context = make_context(insecure, ca_file);
  if (context == NULL) return 1;
  fd = connect_to(&request);
  ssl = fd >= 0 ? start_tls(context, fd, &request) : NULL;
  if (ssl != NULL) {
    result = get(&request, ssl);
    SSL_shutdown(ssl);
    SSL_free(ssl);
  }
  if (fd >= 0) close(fd);
  SSL_CTX_free(context);
  return result == 0 ? 0 : 1;
}
