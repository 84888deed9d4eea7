/* SPDX-License-Identifier: MIT */
/* Downloads several files from one server at the same time, over one connection, on an event loop.
 *
 *     libevent-client [-k] [-c CAFILE] HOST PORT PATH...
 *
 * Each file is written to the current directory under the last part of its path. -k accepts any
 * certificate, -c trusts those of CAFILE. Shows how a session is driven by events and how bodies
 * of several streams are told apart. The exit status is 0 when all downloads succeeded. */
#define _POSIX_C_SOURCE 200809L
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>
#include <event2/event.h>
#include <fcntl.h>
#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

struct download {
  const char* path;
  const char* file_name;
  FILE* file; /* open once a successful response began */
  int status;
};

struct client {
  const char* host;
  char authority[280];
  struct event_base* loop;
  struct bufferevent* connection;
  nghttp2_session* session;
  struct download* downloads;
  size_t count;
  size_t unfinished;
  size_t succeeded;
};

enum { kWindow = 1 << 20, kTimeoutSeconds = 30 };

static void stop(struct client* client, const char* what, const char* why) {
  if (why != NULL) fprintf(stderr, "libevent-client: %s: %s\n", what, why);
  event_base_loopbreak(client->loop);
}

/* Moves what the session wants to send into the connection's output, and ends the loop when the
 * session has no more use for the connection. */
static void flush_session(struct client* client) {
  const uint8_t* data;
  nghttp2_ssize length;

  while ((length = nghttp2_session_mem_send2(client->session, &data)) > 0) {
    if (bufferevent_write(client->connection, data, (size_t)length) != 0) {
      length = NGHTTP2_ERR_NOMEM;
      break;
    }
  }
  if (length < 0) {
    stop(client, "sending", nghttp2_strerror((int)length));
  } else if (!nghttp2_session_want_read(client->session) &&
             evbuffer_get_length(bufferevent_get_output(client->connection)) == 0) {
    stop(client, NULL, NULL);
  }
}

static void on_readable(struct bufferevent* connection, void* user_data) {
  struct client* client = user_data;
  struct evbuffer* input = bufferevent_get_input(connection);
  size_t length = evbuffer_get_length(input);
  nghttp2_ssize used =
      nghttp2_session_mem_recv2(client->session, evbuffer_pullup(input, -1), length);

  if (used < 0) {
    stop(client, "receiving", nghttp2_strerror((int)used));
    return;
  }
  evbuffer_drain(input, (size_t)used);
  flush_session(client);
}

static void on_writable(struct bufferevent* connection, void* user_data) {
  (void)connection;
  flush_session(user_data);
}

static struct download* find_download(nghttp2_session* session, int32_t stream_id) {
  return nghttp2_session_get_stream_user_data(session, stream_id);
}

/* Gives up one download; the others go on. */
static int give_up(nghttp2_session* session, int32_t stream_id, const struct download* download) {
  fprintf(stderr, "libevent-client: %s cannot be written, or is there already\n",
          download->file_name);
  return nghttp2_submit_rst_stream(session, NGHTTP2_FLAG_NONE, stream_id, NGHTTP2_CANCEL) == 0
             ? 0
             : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int on_header(nghttp2_session* session, const nghttp2_frame* frame, const uint8_t* name,
                     size_t namelen, const uint8_t* value, size_t valuelen, uint8_t flags,
                     void* user_data) {
  struct download* download = find_download(session, frame->hd.stream_id);
  int fd;

  (void)valuelen;
  (void)flags;
  (void)user_data;
  if (download == NULL || namelen != 7 || memcmp(name, ":status", 7) != 0) return 0;
  download->status = atoi((const char*)value);
  if (download->status != 200) return 0;
  fd = open(download->file_name, O_WRONLY | O_CREAT | O_EXCL, 0666);
  download->file = fd >= 0 ? fdopen(fd, "w") : NULL;
  return download->file != NULL ? 0 : give_up(session, frame->hd.stream_id, download);
}

/* Keeps the body of a successful response. */
static int on_data(nghttp2_session* session, uint8_t flags, int32_t stream_id, const uint8_t* data,
                   size_t len, void* user_data) {
  struct download* download = find_download(session, stream_id);

  (void)flags;
  (void)user_data;
  if (download == NULL || download->file == NULL) return 0;
  return fwrite(data, 1, len, download->file) == len ? 0 : give_up(session, stream_id, download);
}

static int on_stream_close(nghttp2_session* session, int32_t stream_id, uint32_t error_code,
                           void* user_data) {
  struct client* client = user_data;
  struct download* download = find_download(session, stream_id);
  int good;

  if (download == NULL) return 0;
  good = error_code == NGHTTP2_NO_ERROR && download->file != NULL;
  if (download->file != NULL && fclose(download->file) != 0) good = 0;
  printf("%s: status %d, %s\n", download->path, download->status,
         nghttp2_http2_strerror(error_code));
  client->succeeded += (size_t)good;
  if (--client->unfinished > 0) return 0;
  return nghttp2_session_terminate_session(session, NGHTTP2_NO_ERROR) == 0
             ? 0
             : NGHTTP2_ERR_CALLBACK_FAILURE;
}

static int make_session(struct client* client) {
  const nghttp2_settings_entry settings[] = {{NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
                                             {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kWindow}};
  nghttp2_session_callbacks* callbacks;
  int error = nghttp2_session_callbacks_new(&callbacks);

  if (error != 0) return error;
  nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
  nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
  nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
  error = nghttp2_session_client_new(&client->session, callbacks, client);
  nghttp2_session_callbacks_del(callbacks);
  if (error == 0) error = nghttp2_submit_settings(client->session, 0, settings, 2);
  /* The window of all streams together is not part of the settings. */
  if (error == 0) {
    error = nghttp2_session_set_local_window_size(client->session, 0, 0, 4 * kWindow);
  }
  return error;
}

static nghttp2_nv field(const char* name, const char* value) {
  nghttp2_nv field = {(uint8_t*)name, (uint8_t*)value, strlen(name), strlen(value),
                      NGHTTP2_NV_FLAG_NONE};
  return field;
}

/* All requests at once; those beyond the server's limit wait inside the session. */
static int submit_all(struct client* client) {
  size_t i;

  for (i = 0; i < client->count; ++i) {
    nghttp2_nv fields[4];
    int32_t stream_id;
    fields[0] = field(":method", "GET");
    fields[1] = field(":scheme", "https");
    fields[2] = field(":authority", client->authority);
    fields[3] = field(":path", client->downloads[i].path);
    stream_id =
        nghttp2_submit_request2(client->session, NULL, fields, 4, NULL, &client->downloads[i]);
    if (stream_id < 0) return stream_id;
  }
  return 0;
}

static void on_connected(struct client* client) {
  const unsigned char* protocol = NULL;
  unsigned int length = 0;
  int error;

  SSL_get0_alpn_selected(bufferevent_openssl_get_ssl(client->connection), &protocol, &length);
  if (length != NGHTTP2_PROTO_VERSION_ID_LEN ||
      memcmp(protocol, NGHTTP2_PROTO_VERSION_ID, length) != 0) {
    stop(client, client->authority, "the server does not speak HTTP/2");
    return;
  }
  error = make_session(client);
  if (error == 0) error = submit_all(client);
  if (error != 0) {
    stop(client, "session", nghttp2_strerror(error));
    return;
  }
  flush_session(client);
}

static void on_event(struct bufferevent* connection, short events, void* user_data) {
  struct client* client = user_data;
  int system_error = EVUTIL_SOCKET_ERROR();
  const char* reason;

  if (events & BEV_EVENT_CONNECTED) {
    on_connected(client);
    return;
  }
  reason = ERR_reason_error_string(bufferevent_get_openssl_error(connection));
  if (events & BEV_EVENT_TIMEOUT) reason = "timed out";
  if (reason == NULL && (events & BEV_EVENT_ERROR) && system_error != 0) {
    reason = evutil_socket_error_to_string(system_error);
  }
  stop(client, client->authority, reason != NULL ? reason : "the connection ended");
}

static SSL_CTX* make_context(int insecure, const char* ca_file) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());

  if (context == NULL || SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) != 1 ||
      SSL_CTX_set_alpn_protos(context, (const unsigned char*)NGHTTP2_PROTO_ALPN,
                              NGHTTP2_PROTO_ALPN_LEN) != 0 ||
      (ca_file != NULL ? SSL_CTX_load_verify_locations(context, ca_file, NULL)
                       : SSL_CTX_set_default_verify_paths(context)) != 1) {
    SSL_CTX_free(context);
    return NULL;
  }
  SSL_CTX_set_verify(context, insecure ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, NULL);
  return context;
}

static int start(struct client* client, SSL_CTX* context, int port) {
  const struct timeval timeout = {kTimeoutSeconds, 0};
  SSL* ssl = SSL_new(context);

  if (ssl == NULL || SSL_set1_host(ssl, client->host) != 1 ||
      SSL_set_tlsext_host_name(ssl, client->host) != 1) {
    SSL_free(ssl);
    return -1;
  }
  client->connection =
      bufferevent_openssl_socket_new(client->loop, -1, ssl, BUFFEREVENT_SSL_CONNECTING,
                                     BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
  if (client->connection == NULL) {
    SSL_free(ssl);
    return -1;
  }
  bufferevent_setcb(client->connection, on_readable, on_writable, on_event, client);
  bufferevent_set_timeouts(client->connection, &timeout, &timeout);
  bufferevent_enable(client->connection, EV_READ | EV_WRITE);
  return bufferevent_socket_connect_hostname(client->connection, NULL, AF_UNSPEC, client->host,
                                             port);
}

static int add_downloads(struct client* client, char** paths, size_t count) {
  size_t i;

  client->downloads = calloc(count, sizeof(*client->downloads));
  if (client->downloads == NULL) return -1;
  client->count = client->unfinished = count;
  for (i = 0; i < count; ++i) {
    const char* slash = strrchr(paths[i], '/');
    if (paths[i][0] != '/') return -1;
    client->downloads[i].path = paths[i];
    client->downloads[i].file_name = slash[1] != '\0' ? slash + 1 : "index.html";
  }
  return 0;
}

int main(int argc, char** argv) {
  const char* ca_file = NULL;
  int option, insecure = 0;
  struct client client;
  SSL_CTX* context;

  while ((option = getopt(argc, argv, "kc:")) != -1) {
    if (option == 'k') insecure = 1;
    if (option == 'c') ca_file = optarg;
    if (option == '?') return 2;
  }
  memset(&client, 0, sizeof(client));
  if (argc - optind < 3 ||
      add_downloads(&client, argv + optind + 2, (size_t)(argc - optind - 2)) != 0) {
    fprintf(stderr, "usage: libevent-client [-k] [-c CAFILE] HOST PORT /PATH...\n");
    return 2;
  }
  signal(SIGPIPE, SIG_IGN);
  client.host = argv[optind];
  snprintf(client.authority, sizeof(client.authority), "%s:%s", client.host, argv[optind + 1]);
  client.loop = event_base_new();
  context = make_context(insecure, ca_file);
  if (client.loop == NULL || context == NULL ||
      start(&client, context, atoi(argv[optind + 1])) != 0) {
    fprintf(stderr, "libevent-client: cannot start\n");
    return 1;
  }
  event_base_dispatch(client.loop);
  nghttp2_session_del(client.session);
  bufferevent_free(client.connection);
  event_base_free(client.loop);
  SSL_CTX_free(context);
  free(client.downloads);
  return client.succeeded == client.count ? 0 : 1;
}
