/* SPDX-License-Identifier: MIT */
/* The smallest server: TLS on blocking sockets, one process per connection. It answers every
 * request with what it received: the request's fields and the length of its body.
 *
 *     server PORT KEYFILE CERTFILE
 *
 * Shows the server's side of a session, data attached to streams, and a body made on the fly. */
#define _DEFAULT_SOURCE
#define _POSIX_C_SOURCE 200809L
#include <netdb.h>
#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* A request that is being received, then its response that is being sent. */
struct exchange {
  char text[4096];
  size_t length;      /* used bytes of text */
  size_t sent;        /* of them, bytes sent */
  size_t body_length; /* received bytes of the request's body */
  int is_head;        /* the response must not have a body */
  struct exchange* next;
  struct exchange* previous;
};

/* Exchanges are linked, because deleting a session reports no streams. */
struct connection {
  SSL* ssl;
  struct exchange list;
};

enum { kIdleSeconds = 30 };

static int fail(const char* what, const char* why) {
  fprintf(stderr, "server: %s: %s\n", what, why);
  return -1;
}

static const char* tls_error(void) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  return reason != NULL ? reason : "connection closed";
}

/* Adds to the text as much as there is room for. */
static void append(struct exchange* exchange, const void* bytes, size_t count) {
  size_t room = sizeof(exchange->text) - exchange->length;

  if (count > room) count = room;
  memcpy(exchange->text + exchange->length, bytes, count);
  exchange->length += count;
}

static struct exchange* new_exchange(struct connection* connection) {
  struct exchange* exchange = calloc(1, sizeof(*exchange));

  if (exchange == NULL) return NULL;
  exchange->next = connection->list.next;
  exchange->previous = &connection->list;
  exchange->next->previous = exchange;
  connection->list.next = exchange;
  return exchange;
}

static void delete_exchange(struct exchange* exchange) {
  exchange->next->previous = exchange->previous;
  exchange->previous->next = exchange->next;
  free(exchange);
}

static nghttp2_ssize on_send(nghttp2_session* session, const uint8_t* data, size_t length,
                             int flags, void* user_data) {
  struct connection* connection = user_data;
  int written = SSL_write(connection->ssl, data, (int)length);

  (void)session;
  (void)flags;
  return written > 0 ? written : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_begin_headers(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  struct exchange* exchange;

  if (frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0; /* trailers */
  exchange = new_exchange(user_data);
  if (exchange == NULL) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, exchange);
  return 0;
}

static int on_header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                     size_t namelen, const uint8_t* value, size_t valuelen, uint8_t flags,
                     void* user_data) {
  struct exchange* exchange = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);

  (void)flags;
  (void)user_data;
  if (exchange == NULL) return 0;
  if (namelen == 7 && memcmp(name, ":method", 7) == 0) {
    exchange->is_head = valuelen == 4 && memcmp(value, "HEAD", 4) == 0;
  }
  append(exchange, name, namelen);
  append(exchange, ": ", 2);
  append(exchange, value, valuelen);
  append(exchange, "\n", 1);
  return 0;
}

static int on_data(nghttp2_session* session, uint8_t flags, int32_t stream_id, const uint8_t* data,
                   size_t len, void* user_data) {
  struct exchange* exchange = nghttp2_session_get_stream_user_data(session, stream_id);

  (void)flags;
  (void)data;
  (void)user_data;
  if (exchange != NULL) exchange->body_length += len;
  return 0;
}

static nghttp2_ssize read_text(nghttp2_session* session, int32_t stream_id, uint8_t* buf,
                               size_t length, uint32_t* data_flags, nghttp2_data_source* source,
                               void* user_data) {
  struct exchange* exchange = source->ptr;
  size_t count = exchange->length - exchange->sent;

  (void)session;
  (void)stream_id;
  (void)user_data;
  if (count > length) count = length;
  memcpy(buf, exchange->text + exchange->sent, count);
  exchange->sent += count;
  if (exchange->sent == exchange->length) *data_flags |= NGHTTP2_DATA_FLAG_EOF;
  return (nghttp2_ssize)count;
}

static int respond(nghttp2_session* session, int32_t stream_id, struct exchange* exchange) {
  char number[24], note[64];
  nghttp2_data_provider2 body;
  nghttp2_nv fields[] = {
      {(uint8_t*)":status", (uint8_t*)"200", 7, 3, NGHTTP2_NV_FLAG_NONE},
      {(uint8_t*)"content-type", (uint8_t*)"text/plain", 12, 10, NGHTTP2_NV_FLAG_NONE},
      {(uint8_t*)"content-length", (uint8_t*)number, 14, 0, NGHTTP2_NV_FLAG_NONE}};

  snprintf(note, sizeof(note), "(body of %lu bytes)\n", (unsigned long)exchange->body_length);
  append(exchange, note, strlen(note));
  snprintf(number, sizeof(number), "%lu", (unsigned long)exchange->length);
  fields[2].valuelen = strlen(number);
  body.source.ptr = exchange;
  body.read_callback = read_text;
  return nghttp2_submit_response2(session, stream_id, fields, 3, exchange->is_head ? NULL : &body);
}

/* The request is complete when its last frame was received. */
static int on_frame_recv(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  struct exchange* exchange;

  (void)user_data;
  if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) return 0;
  if (!(frame->hd.flags & NGHTTP2_FLAG_END_STREAM)) return 0;
  exchange = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  if (exchange == NULL) return 0;
  return respond(session, frame->hd.stream_id, exchange) == 0 ? 0 : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_stream_close(nghttp2_session* session, int32_t stream_id, uint32_t error_code,
                           void* user_data) {
  struct exchange* exchange = nghttp2_session_get_stream_user_data(session, stream_id);

  (void)error_code;
  (void)user_data;
  if (exchange != NULL) delete_exchange(exchange);
  return 0;
}

static nghttp2_session* make_session(struct connection* connection) {
  const nghttp2_settings_entry limit = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 100};
  nghttp2_session_callbacks* callbacks;
  nghttp2_session* session = NULL;

  if (nghttp2_session_callbacks_new(&callbacks) != 0) return NULL;
  nghttp2_session_callbacks_set_send_callback2(callbacks, on_send);
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  if (nghttp2_session_server_new(&session, callbacks, connection) != 0) session = NULL;
  nghttp2_session_callbacks_del(callbacks);
  if (session != NULL && nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &limit, 1) != 0) {
    nghttp2_session_del(session);
    session = NULL;
  }
  return session;
}

static int run(nghttp2_session* session, SSL* ssl) {
  for (;;) {
    unsigned char input[16384];
    int length;
    nghttp2_ssize used;
    int error = nghttp2_session_send(session);

    if (error != 0) return fail("sending", nghttp2_strerror(error));
    if (!nghttp2_session_want_read(session)) return 0;
    length = SSL_read(ssl, input, sizeof(input));
    if (length <= 0) return SSL_get_error(ssl, length) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
    used = nghttp2_session_mem_recv2(session, input, (size_t)length);
    if (used < 0) return fail("receiving", nghttp2_strerror((int)used));
  }
}

/* Life of a child process. */
static int serve(SSL_CTX* context, int fd) {
  const struct timeval idle = {kIdleSeconds, 0};
  struct connection connection;
  nghttp2_session* session;
  int result = -1;

  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &idle, sizeof(idle));
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &idle, sizeof(idle));
  connection.list.next = connection.list.previous = &connection.list;
  connection.ssl = SSL_new(context);
  if (connection.ssl == NULL || SSL_set_fd(connection.ssl, fd) != 1 ||
      SSL_accept(connection.ssl) != 1) {
    return fail("TLS handshake", tls_error());
  }
  session = make_session(&connection);
  if (session != NULL) result = run(session, connection.ssl);
  nghttp2_session_del(session);
  while (connection.list.next != &connection.list)
    delete_exchange(connection.list.next);
  SSL_shutdown(connection.ssl);
  SSL_free(connection.ssl);
  return result;
}

static int select_protocol(SSL* ssl, const unsigned char** out, unsigned char* outlen,
                           const unsigned char* in, unsigned int inlen, void* arg) {
  (void)ssl;
  (void)arg;
  return nghttp2_select_alpn(out, outlen, in, inlen) == 1 ? SSL_TLSEXT_ERR_OK
                                                          : SSL_TLSEXT_ERR_ALERT_FATAL;
}

static SSL_CTX* make_context(const char* key_file, const char* certificate_file) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());

  if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_use_certificate_chain_file(context, certificate_file) != 1 ||
      SSL_CTX_use_PrivateKey_file(context, key_file, SSL_FILETYPE_PEM) != 1) {
    fail("TLS", tls_error());
    SSL_CTX_free(context);
    return NULL;
  }
  SSL_CTX_set_alpn_select_cb(context, select_protocol, NULL);
  return context;
}

static int listen_on(const char* port) {
  const int on = 1;
  struct addrinfo hints, *found, *address;
  int error, fd = -1;

  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  error = getaddrinfo(NULL, port, &hints, &found);
  if (error != 0) return fail(port, gai_strerror(error));
  for (address = found; address != NULL && fd < 0; address = address->ai_next) {
    fd = socket(address->ai_family, address->ai_socktype, address->ai_protocol);
    if (fd < 0) continue;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (bind(fd, address->ai_addr, address->ai_addrlen) != 0 || listen(fd, 64) != 0) {
      close(fd);
      fd = -1;
    }
  }
  freeaddrinfo(found);
  return fd >= 0 ? fd : fail(port, "cannot listen on this port");
}

int main(int argc, char** argv) {
  SSL_CTX* context;
  int listener;

  if (argc != 4) {
    fprintf(stderr, "usage: server PORT KEYFILE CERTFILE\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  signal(SIGCHLD, SIG_IGN); /* children leave nothing behind */
  context = make_context(argv[2], argv[3]);
  listener = context != NULL ? listen_on(argv[1]) : -1;
  if (listener < 0) return 1;
  for (;;) {
    int fd = accept(listener, NULL, NULL);
    pid_t child = fd >= 0 ? fork() : -1;

    if (child == 0) {
      close(listener);
      _exit(serve(context, fd) == 0 ? 0 : 1);
    }
    if (fd >= 0) {
      close(fd);
    } else {
      sleep(1); /* out of descriptors, most likely: let some connections end */
    }
  }
}
