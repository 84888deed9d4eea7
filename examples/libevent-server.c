/* SPDX-License-Identifier: MIT */
/* A server for files on an event loop: one thread, any number of connections.
 *
 *     libevent-server PORT KEYFILE CERTFILE DIRECTORY
 *
 * Serves GET and HEAD for regular files below DIRECTORY. Shows bodies read from files, output
 * that waits for slow clients instead of piling up, and a graceful end on SIGINT and SIGTERM. */
#define _POSIX_C_SOURCE 200809L
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <fcntl.h>
#include <netdb.h>
#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct connection;

struct server {
  struct event_base* loop;
  struct evconnlistener* listener;
  struct event* signals[2];
  SSL_CTX* tls;
  int directory; /* what requests are relative to */
  struct connection* connections;
};

struct request {
  char path[1024];
  char method[8];
  int fd; /* the file being sent, or -1 */
  struct request* next;
};

struct connection {
  struct server* server;
  struct bufferevent* stream;
  nghttp2_session* session;
  struct request* requests; /* deleting a session reports no streams, so they are listed */
  struct connection* next;
};

enum { kMaxOutput = 65536, kIdleSeconds = 60, kMaxConcurrentStreams = 100 };

static void delete_request(struct connection* connection, struct request* request) {
  struct request** link = &connection->requests;

  while (*link != request)
    link = &(*link)->next;
  *link = request->next;
  if (request->fd >= 0) close(request->fd);
  free(request);
}

static void delete_connection(struct connection* connection) {
  struct connection** link = &connection->server->connections;

  while (*link != connection)
    link = &(*link)->next;
  *link = connection->next;
  nghttp2_session_del(connection->session);
  while (connection->requests != NULL)
    delete_request(connection, connection->requests);
  bufferevent_free(connection->stream);
  free(connection);
}

/* Moves output from the session to the connection, but no more than the client keeps up with: the
 * rest waits in files, not in memory. Returns 0 when the connection was deleted. */
static int flush_session(struct connection* connection) {
  struct evbuffer* output = bufferevent_get_output(connection->stream);
  nghttp2_ssize length = 0;

  while (length >= 0 && evbuffer_get_length(output) < kMaxOutput) {
    const uint8_t* data;
    length = nghttp2_session_mem_send2(connection->session, &data);
    if (length <= 0) break;
    if (evbuffer_add(output, data, (size_t)length) != 0) length = NGHTTP2_ERR_NOMEM;
    if (length < 0) break;
  }
  if (length < 0 ||
      (!nghttp2_session_want_read(connection->session) &&
       !nghttp2_session_want_write(connection->session) && evbuffer_get_length(output) == 0)) {
    delete_connection(connection);
    return 0;
  }
  return 1;
}

static void on_readable(struct bufferevent* stream, void* user_data) {
  struct connection* connection = user_data;
  struct evbuffer* input = bufferevent_get_input(stream);
  size_t length = evbuffer_get_length(input);
  nghttp2_ssize used;

  if (connection->session == NULL) return;
  used = nghttp2_session_mem_recv2(connection->session, evbuffer_pullup(input, -1), length);
  if (used < 0) {
    fprintf(stderr, "libevent-server: %s\n", nghttp2_strerror((int)used));
    delete_connection(connection);
    return;
  }
  evbuffer_drain(input, (size_t)used);
  flush_session(connection);
}

/* The output has run empty. */
static void on_writable(struct bufferevent* stream, void* user_data) {
  struct connection* connection = user_data;

  (void)stream;
  if (connection->session != NULL) flush_session(connection);
}

static int on_begin_headers(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  struct connection* connection = user_data;
  struct request* request;

  if (frame->headers.cat != NGHTTP2_HCAT_REQUEST) return 0; /* trailers */
  request = calloc(1, sizeof(*request));
  if (request == NULL) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  request->fd = -1;
  request->next = connection->requests;
  connection->requests = request;
  nghttp2_session_set_stream_user_data(session, frame->hd.stream_id, request);
  return 0;
}

static int on_header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                     size_t namelen, const uint8_t* value, size_t valuelen, uint8_t flags,
                     void* user_data) {
  struct request* request = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);

  (void)flags;
  (void)user_data;
  if (request == NULL) return 0;
  if (namelen == 7 && memcmp(name, ":method", 7) == 0 && valuelen < sizeof(request->method)) {
    memcpy(request->method, value, valuelen + 1);
  }
  if (namelen == 5 && memcmp(name, ":path", 5) == 0 && valuelen < sizeof(request->path)) {
    memcpy(request->path, value, valuelen + 1);
    request->path[strcspn(request->path, "?")] = '\0';
  }
  return 0;
}

/* Opens the file a path names, if it is a regular one below the directory. */
static int open_file(const struct server* server, const char* path, off_t* size) {
  struct stat status;
  const char* name = path + strspn(path, "/");
  int fd;

  if (*path != '/' || strstr(path, "/..") != NULL || strchr(path, '%') != NULL) return -1;
  fd = openat(server->directory, *name != '\0' ? name : "index.html",
              O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  if (fd < 0) return -1;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(fd);
    return -1;
  }
  *size = status.st_size;
  return fd;
}

static nghttp2_ssize read_file(nghttp2_session* session, int32_t stream_id, uint8_t* buf,
                               size_t length, uint32_t* data_flags, nghttp2_data_source* source,
                               void* user_data) {
  ssize_t count = read(source->fd, buf, length);

  (void)session;
  (void)stream_id;
  (void)user_data;
  if (count < 0) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  if (count == 0) *data_flags |= NGHTTP2_DATA_FLAG_EOF;
  return count;
}

static nghttp2_nv field(const char* name, const char* value) {
  nghttp2_nv field = {(uint8_t*)name, (uint8_t*)value, strlen(name), strlen(value),
                      NGHTTP2_NV_FLAG_NONE};
  return field;
}

static int respond(nghttp2_session* session, const struct server* server, int32_t stream_id,
                   struct request* request) {
  int is_head = strcmp(request->method, "HEAD") == 0;
  char length[24];
  off_t size = 0;
  nghttp2_data_provider2 body;
  nghttp2_nv fields[2];

  if (!is_head && strcmp(request->method, "GET") != 0) {
    fields[0] = field(":status", "405");
    fields[1] = field("allow", "GET, HEAD");
    return nghttp2_submit_response2(session, stream_id, fields, 2, NULL);
  }
  request->fd = open_file(server, request->path, &size);
  if (request->fd < 0) {
    fields[0] = field(":status", "404");
    return nghttp2_submit_response2(session, stream_id, fields, 1, NULL);
  }
  snprintf(length, sizeof(length), "%lld", (long long)size);
  fields[0] = field(":status", "200");
  fields[1] = field("content-length", length);
  body.source.fd = request->fd;
  body.read_callback = read_file;
  return nghttp2_submit_response2(session, stream_id, fields, 2, is_head ? NULL : &body);
}

static int on_frame_recv(nghttp2_session* session, const nghttp2_frame* frame, void* user_data) {
  struct connection* connection = user_data;
  struct request* request;

  if (frame->hd.type != NGHTTP2_HEADERS && frame->hd.type != NGHTTP2_DATA) return 0;
  if (!(frame->hd.flags & NGHTTP2_FLAG_END_STREAM)) return 0;
  request = nghttp2_session_get_stream_user_data(session, frame->hd.stream_id);
  if (request == NULL) return 0;
  return respond(session, connection->server, frame->hd.stream_id, request) == 0
             ? 0
             : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_stream_close(nghttp2_session* session, int32_t stream_id, uint32_t error_code,
                           void* user_data) {
  struct request* request = nghttp2_session_get_stream_user_data(session, stream_id);

  (void)error_code;
  if (request != NULL) delete_request(user_data, request);
  return 0;
}

static int make_session(struct connection* connection) {
  const nghttp2_settings_entry limit = {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS,
                                        kMaxConcurrentStreams};
  nghttp2_session_callbacks* callbacks;
  int error = nghttp2_session_callbacks_new(&callbacks);

  if (error != 0) return error;
  nghttp2_session_callbacks_set_on_begin_headers_callback(callbacks, on_begin_headers);
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame_recv);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  error = nghttp2_session_server_new(&connection->session, callbacks, connection);
  nghttp2_session_callbacks_del(callbacks);
  if (error != 0) return error;
  return nghttp2_submit_settings(connection->session, NGHTTP2_FLAG_NONE, &limit, 1);
}

static void on_event(struct bufferevent* stream, short events, void* user_data) {
  struct connection* connection = user_data;
  const unsigned char* protocol = NULL;
  unsigned int length = 0;

  if (events & BEV_EVENT_CONNECTED) {
    SSL_get0_alpn_selected(bufferevent_openssl_get_ssl(stream), &protocol, &length);
    if (length == NGHTTP2_PROTO_VERSION_ID_LEN && make_session(connection) == 0) {
      flush_session(connection);
      return;
    }
  }
  delete_connection(connection); /* refused, broken, idle for too long, or ended */
}

static void on_accept(struct evconnlistener* listener, evutil_socket_t fd, struct sockaddr* address,
                      int address_length, void* user_data) {
  const struct timeval idle = {kIdleSeconds, 0};
  struct server* server = user_data;
  struct connection* connection = calloc(1, sizeof(*connection));
  SSL* ssl = SSL_new(server->tls);

  (void)listener;
  (void)address;
  (void)address_length;
  if (connection != NULL && ssl != NULL) {
    connection->stream =
        bufferevent_openssl_socket_new(server->loop, fd, ssl, BUFFEREVENT_SSL_ACCEPTING,
                                       BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
  }
  if (connection == NULL || connection->stream == NULL) {
    evutil_closesocket(fd);
    SSL_free(ssl);
    free(connection);
    return;
  }
  connection->server = server;
  connection->next = server->connections;
  server->connections = connection;
  bufferevent_setcb(connection->stream, on_readable, on_writable, on_event, connection);
  bufferevent_set_timeouts(connection->stream, &idle, &idle);
  bufferevent_enable(connection->stream, EV_READ | EV_WRITE);
}

/* Stops accepting and lets every connection finish what it has begun. */
static void on_signal(evutil_socket_t number, short events, void* user_data) {
  struct server* server = user_data;
  struct connection *connection, *next;

  (void)number;
  (void)events;
  evconnlistener_disable(server->listener);
  event_del(server->signals[0]);
  event_del(server->signals[1]);
  for (connection = server->connections; connection != NULL; connection = next) {
    next = connection->next;
    if (connection->session == NULL ||
        nghttp2_submit_goaway(connection->session, NGHTTP2_FLAG_NONE,
                              nghttp2_session_get_last_proc_stream_id(connection->session),
                              NGHTTP2_NO_ERROR, NULL, 0) != 0) {
      delete_connection(connection);
    } else {
      flush_session(connection);
    }
  }
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
    SSL_CTX_free(context);
    return NULL;
  }
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_alpn_select_cb(context, select_protocol, NULL);
  return context;
}

static struct evconnlistener* listen_on(struct server* server, const char* port) {
  struct addrinfo hints, *found, *address;
  struct evconnlistener* listener = NULL;

  memset(&hints, 0, sizeof(hints));
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  if (getaddrinfo(NULL, port, &hints, &found) != 0) return NULL;
  for (address = found; address != NULL && listener == NULL; address = address->ai_next) {
    listener = evconnlistener_new_bind(server->loop, on_accept, server,
                                       LEV_OPT_CLOSE_ON_FREE | LEV_OPT_REUSEABLE, 256,
                                       address->ai_addr, (int)address->ai_addrlen);
  }
  freeaddrinfo(found);
  return listener;
}

static int fail(const char* what) {
  fprintf(stderr, "libevent-server: cannot use %s\n", what);
  return 1;
}

int main(int argc, char** argv) {
  static const int signals[] = {SIGINT, SIGTERM};
  struct server server;
  size_t i;

  if (argc != 5) {
    fprintf(stderr, "usage: libevent-server PORT KEYFILE CERTFILE DIRECTORY\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  memset(&server, 0, sizeof(server));
  server.loop = event_base_new();
  if (server.loop == NULL) return fail("an event loop");
  server.directory = open(argv[4], O_RDONLY | O_DIRECTORY);
  if (server.directory < 0) return fail(argv[4]);
  server.tls = make_context(argv[2], argv[3]);
  if (server.tls == NULL) return fail("key and certificate");
  server.listener = listen_on(&server, argv[1]);
  if (server.listener == NULL) return fail(argv[1]);
  for (i = 0; i < 2; ++i) {
    server.signals[i] = evsignal_new(server.loop, signals[i], on_signal, &server);
    if (server.signals[i] == NULL || event_add(server.signals[i], NULL) != 0)
      return fail("signals");
  }
  event_base_dispatch(server.loop); /* until on_signal, and then the last connection, are done */
  for (i = 0; i < 2; ++i)
    event_free(server.signals[i]);
  evconnlistener_free(server.listener);
  SSL_CTX_free(server.tls);
  event_base_free(server.loop);
  close(server.directory);
  return 0;
}
