/* SPDX-License-Identifier: MIT */
/* The C interface of libnghttp2: HTTP/2 (RFC 9113), HPACK (RFC 7541) and their extensions. */
#ifndef NGHTTP2_H
#define NGHTTP2_H

#if (defined(_WIN32) || defined(__WIN32__)) && !defined(WIN32)
#define WIN32
#endif

#include <inttypes.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/types.h>

#include <nghttp2/nghttp2ver.h>

#if defined(NGHTTP2_STATICLIB)
#define NGHTTP2_EXTERN
#elif defined(WIN32)
#ifdef BUILDING_NGHTTP2
#define NGHTTP2_EXTERN __declspec(dllexport)
#else
#define NGHTTP2_EXTERN __declspec(dllimport)
#endif
#elif defined(BUILDING_NGHTTP2)
#define NGHTTP2_EXTERN __attribute__((visibility("default")))
#else
#define NGHTTP2_EXTERN
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @topic overview: Reading this reference
 *
 * The library turns bytes into events and requests into bytes. It opens no socket, starts no
 * thread and keeps no global state. An application
 *
 * 1. fills a callback set (`nghttp2_session_callbacks_new()`),
 * 2. creates one `nghttp2_session` per connection,
 * 3. hands received bytes to `nghttp2_session_mem_recv2()`, which calls back for what it finds,
 * 4. queues frames with the ``nghttp2_submit_...`` functions, from callbacks or elsewhere,
 * 5. writes what `nghttp2_session_mem_send2()` returns to the connection, and
 * 6. closes the connection when neither `nghttp2_session_want_read()` nor
 *    `nghttp2_session_want_write()` asks for more.
 *
 * The header is arranged by topic; every topic starts with a guide like this one. Names in
 * backticks are declarations of this header or parameters of the function at hand.
 *
 * **Threads.** Different sessions may be used from different threads at the same time. One
 * session, its streams and its callbacks belong to one thread at a time. A callback set or an
 * option set may be shared between threads while nobody changes it.
 *
 * **Ownership.** Unless said otherwise the library copies what it is given and returns pointers
 * that belong to it. The lifetime of such a pointer is stated where it is handed out; for
 * arguments of a callback it ends when the callback returns.
 *
 * **NULL.** Deleting functions accept NULL where this is stated. Every other handle and output
 * pointer must be valid.
 *
 * **Calls from inside a callback.** A callback may submit frames, query the session and change
 * its parameters. It must not move bytes: `nghttp2_session_send()`, `nghttp2_session_recv()`,
 * `nghttp2_session_mem_send2()`, `nghttp2_session_mem_recv2()` and their older forms return
 * `NGHTTP2_ERR_INVALID_STATE` when called from a callback of the same session, and leave the
 * session as it was. `nghttp2_session_del()` in a callback takes effect when the call that led
 * to the callback returns.
 *
 * **Two spellings.** Functions that report a length exist twice: the older one returns
 * ``ssize_t``, which is not part of C and differs between systems, the newer one (mostly named
 * with a trailing 2) returns `nghttp2_ssize`. They behave alike. Define ``NGHTTP2_NO_SSIZE_T``
 * before including this header to hide the older forms; that is needed where ``ssize_t`` does
 * not exist.
 *
 * **Linking.** When the static library is used on Windows, define ``NGHTTP2_STATICLIB``.
 */

/**
 * A length, or a negative value of `nghttp2_error`.
 *
 * :since: 1.60.0
 */
typedef ptrdiff_t nghttp2_ssize;

/**
 * One HTTP/2 connection, client or server side. See topic "Sessions".
 *
 * :since: 1.0.0
 */
typedef struct nghttp2_session nghttp2_session;

/**
 * The functions a session calls back. See topic "Callback sets".
 *
 * :since: 1.0.0
 */
typedef struct nghttp2_session_callbacks nghttp2_session_callbacks;

/**
 * Settings of the local library that are fixed when a session is created. See topic "Options".
 *
 * :since: 1.0.0
 */
typedef struct nghttp2_option nghttp2_option;

/**
 * One stream of a session. See topic "Stream objects".
 *
 * :since: 1.3.0
 */
typedef struct nghttp2_stream nghttp2_stream;

/**
 * Bytes shared by counting references. See topic "Memory".
 *
 * :since: 1.9.0
 */
typedef struct nghttp2_rcbuf nghttp2_rcbuf;

/**
 * An HPACK encoder. See topic "HPACK on its own".
 *
 * :since: 1.0.0
 */
typedef struct nghttp2_hd_deflater nghttp2_hd_deflater;

/**
 * An HPACK decoder. See topic "HPACK on its own".
 *
 * :since: 1.0.0
 */
typedef struct nghttp2_hd_inflater nghttp2_hd_inflater;

/**
 * @topic version: Versions and protocol names
 *
 * ``NGHTTP2_VERSION`` and ``NGHTTP2_VERSION_NUM`` (in nghttp2ver.h) tell the release of the
 * header, `nghttp2_version()` the release of the library that is linked at run time. The
 * protocol names are those registered for ALPN (RFC 7301) and for the HTTP/1.1 Upgrade field.
 */

/**
 * The ALPN name of HTTP/2 over TLS (RFC 9113, section 3.1).
 *
 * :since: 1.0.0
 */
#define NGHTTP2_PROTO_VERSION_ID "h2"

/**
 * Length of `NGHTTP2_PROTO_VERSION_ID` in bytes.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_PROTO_VERSION_ID_LEN 2

/**
 * `NGHTTP2_PROTO_VERSION_ID` as it stands in an ALPN protocol list: one length byte, then the
 * name. TLS libraries take such a list as it is.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_PROTO_ALPN "\x2h2"

/**
 * Length of `NGHTTP2_PROTO_ALPN` in bytes, without the terminating NUL.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_PROTO_ALPN_LEN (sizeof(NGHTTP2_PROTO_ALPN) - 1)

/**
 * The Upgrade token of HTTP/2 over plain TCP (RFC 7540, section 3.2). RFC 9113 made it obsolete;
 * it must not be offered in ALPN.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_CLEARTEXT_PROTO_VERSION_ID "h2c"

/**
 * Length of `NGHTTP2_CLEARTEXT_PROTO_VERSION_ID` in bytes.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_CLEARTEXT_PROTO_VERSION_ID_LEN 3

/**
 * The value of `nghttp2_info`'s ``age`` that this header describes.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_VERSION_AGE 1

/**
 * What the library at run time is. Returned by `nghttp2_version()`.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Generation of this struct. A higher number has more members at the end. */
  int age;
  /** Release as a number, eight bits each for major, minor and patch level. */
  int version_num;
  /** Release as text, such as "1.70.0". */
  const char* version_str;
  /** Protocol the library speaks: `NGHTTP2_PROTO_VERSION_ID`. */
  const char* proto_str;
} nghttp2_info;

/**
 * Tells which library is linked, and whether it is new enough.
 *
 * `least_version` is a number in the form of ``NGHTTP2_VERSION_NUM``; 0 accepts every version.
 *
 * :returns: a struct that lives as long as the process and must not be changed; NULL when the
 *   library is older than `least_version`.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN nghttp2_info* nghttp2_version(int least_version);

/**
 * @topic errors: Errors
 *
 * Two kinds of error numbers must not be mixed up.
 *
 * `nghttp2_error` values are negative. They are return values between application and library
 * and never travel over the network. A value below `NGHTTP2_ERR_FATAL` means that the session
 * cannot go on: call `nghttp2_session_del()` and close the connection.
 * Every other error concerns the one call that returned it.
 *
 * `nghttp2_error_code` values are the error codes of RST_STREAM and GOAWAY frames (RFC 9113,
 * section 7). Peers may send numbers that are not listed, so such codes are passed as
 * ``uint32_t``.
 */

/**
 * Return values of library functions and of callbacks. 0 is success everywhere.
 *
 * :since: 1.0.0
 */
typedef enum {
  /** An argument has a value it must not have. Nothing was changed. */
  NGHTTP2_ERR_INVALID_ARGUMENT = -501,
  /** A field name or value exceeds what the HPACK decoder keeps (64 KiB each). */
  NGHTTP2_ERR_BUFFER_ERROR = -502,
  /** A protocol version is not supported. No function returns this today. */
  NGHTTP2_ERR_UNSUPPORTED_VERSION = -503,
  /**
   * From a callback that sends or receives: not a single byte can be moved now without waiting.
   * The library returns to its caller and tries again in the next call.
   */
  NGHTTP2_ERR_WOULDBLOCK = -504,
  /** The protocol, or the role of the endpoint in it, does not allow the operation. */
  NGHTTP2_ERR_PROTO = -505,
  /** A frame is malformed. */
  NGHTTP2_ERR_INVALID_FRAME = -506,
  /** The peer closed its side of the connection. */
  NGHTTP2_ERR_EOF = -507,
  /**
   * From a data source: no bytes at the moment. The stream is left alone until
   * `nghttp2_session_resume_data()`.
   */
  NGHTTP2_ERR_DEFERRED = -508,
  /** All 2^31 - 1 stream identifiers of this endpoint are used up. Open a new connection. */
  NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE = -509,
  /** The stream is closed already, or never existed. */
  NGHTTP2_ERR_STREAM_CLOSED = -510,
  /** RST_STREAM is queued for the stream; nothing more can be sent on it. */
  NGHTTP2_ERR_STREAM_CLOSING = -511,
  /** This endpoint ended its half of the stream (END_STREAM was sent). */
  NGHTTP2_ERR_STREAM_SHUT_WR = -512,
  /** The stream identifier cannot be used for the operation. */
  NGHTTP2_ERR_INVALID_STREAM_ID = -513,
  /** The stream's state does not allow the frame, for example DATA before response HEADERS. */
  NGHTTP2_ERR_INVALID_STREAM_STATE = -514,
  /** A deferred data source exists already for the stream. */
  NGHTTP2_ERR_DEFERRED_DATA_EXIST = -515,
  /** No new stream may be opened, because GOAWAY was sent or received. */
  NGHTTP2_ERR_START_STREAM_NOT_ALLOWED = -516,
  /** GOAWAY was sent already. */
  NGHTTP2_ERR_GOAWAY_ALREADY_SENT = -517,
  /** A header block breaks the rules. */
  NGHTTP2_ERR_INVALID_HEADER_BLOCK = -518,
  /**
   * The session is not in a state for the call; for example bytes may not be moved from inside
   * a callback.
   */
  NGHTTP2_ERR_INVALID_STATE = -519,
  /** From a callback: give up this one stream or frame and carry on with the rest. */
  NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE = -521,
  /** A frame is longer or shorter than its type allows. */
  NGHTTP2_ERR_FRAME_SIZE_ERROR = -522,
  /** HPACK encoding or decoding failed; the compression state is lost (RFC 7541). */
  NGHTTP2_ERR_HEADER_COMP = -523,
  /** A flow control window would leave its range (RFC 9113, section 6.9.1). */
  NGHTTP2_ERR_FLOW_CONTROL = -524,
  /** The output buffer is too small. */
  NGHTTP2_ERR_INSUFF_BUFSIZE = -525,
  /** From a callback: return to the caller of the library before going on. */
  NGHTTP2_ERR_PAUSE = -526,
  /** Too many SETTINGS frames wait for the peer's acknowledgement. */
  NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS = -527,
  /** The peer switched server push off. */
  NGHTTP2_ERR_PUSH_DISABLED = -528,
  /** A HEADERS frame or a body is queued for the stream and not finished. */
  NGHTTP2_ERR_DATA_EXIST = -529,
  /** The session is being closed after an error or on request of the application. */
  NGHTTP2_ERR_SESSION_CLOSING = -530,
  /** A received field makes the message malformed; the stream is reset. */
  NGHTTP2_ERR_HTTP_HEADER = -531,
  /** A received message breaks the rules of HTTP, for example its declared length. */
  NGHTTP2_ERR_HTTP_MESSAGING = -532,
  /** The stream was refused before anything of it was processed. It can be tried again. */
  NGHTTP2_ERR_REFUSED_STREAM = -533,
  /** An internal error the session survived. */
  NGHTTP2_ERR_INTERNAL = -534,
  /** From a callback: drop this frame. Also the reason reported for a frame dropped so. */
  NGHTTP2_ERR_CANCEL = -535,
  /** The peer's first frame was not SETTINGS (RFC 9113, section 3.4). */
  NGHTTP2_ERR_SETTINGS_EXPECTED = -536,
  /** A SETTINGS frame has more entries than `nghttp2_option_set_max_settings()` allows. */
  NGHTTP2_ERR_TOO_MANY_SETTINGS = -537,
  /** The boundary: every value *below* this one is fatal. Not returned itself. */
  NGHTTP2_ERR_FATAL = -900,
  /** Memory ran out. Fatal. */
  NGHTTP2_ERR_NOMEM = -901,
  /** A callback failed. Fatal. */
  NGHTTP2_ERR_CALLBACK_FAILURE = -902,
  /** The client's first bytes are not `NGHTTP2_CLIENT_MAGIC`. Fatal. */
  NGHTTP2_ERR_BAD_CLIENT_MAGIC = -903,
  /**
   * The peer makes this endpoint queue more than it lets it send: see
   * `nghttp2_option_set_max_outbound_ack()` and `nghttp2_option_set_max_outbound_queue_size()`.
   * Fatal.
   */
  NGHTTP2_ERR_FLOODED = -904,
  /**
   * One header block came in more CONTINUATION frames than
   * `nghttp2_option_set_max_continuations()` allows. Fatal. Since 1.61.0.
   */
  NGHTTP2_ERR_TOO_MANY_CONTINUATIONS = -905
} nghttp2_error;

/**
 * Error codes of RST_STREAM and GOAWAY (RFC 9113, section 7).
 *
 * :since: 1.0.0
 */
typedef enum {
  /** No error: an orderly end. */
  NGHTTP2_NO_ERROR = 0x00,
  /** The peer broke the protocol, and no code below says it better. */
  NGHTTP2_PROTOCOL_ERROR = 0x01,
  /** This endpoint failed. */
  NGHTTP2_INTERNAL_ERROR = 0x02,
  /** The peer sent more than its window, or made a window overflow. */
  NGHTTP2_FLOW_CONTROL_ERROR = 0x03,
  /** SETTINGS was not acknowledged in time. */
  NGHTTP2_SETTINGS_TIMEOUT = 0x04,
  /** A frame came after the stream was half closed. */
  NGHTTP2_STREAM_CLOSED = 0x05,
  /** A frame has a wrong length. */
  NGHTTP2_FRAME_SIZE_ERROR = 0x06,
  /** The stream was not processed at all; the request can be repeated. */
  NGHTTP2_REFUSED_STREAM = 0x07,
  /** The stream is not needed any more. */
  NGHTTP2_CANCEL = 0x08,
  /** The HPACK state cannot be maintained. */
  NGHTTP2_COMPRESSION_ERROR = 0x09,
  /** The connection behind a CONNECT request was reset. */
  NGHTTP2_CONNECT_ERROR = 0x0a,
  /** The peer may cause too much load. */
  NGHTTP2_ENHANCE_YOUR_CALM = 0x0b,
  /** The TLS connection does not meet the requirements of HTTP/2. */
  NGHTTP2_INADEQUATE_SECURITY = 0x0c,
  /** Use HTTP/1.1 for this request. */
  NGHTTP2_HTTP_1_1_REQUIRED = 0x0d
} nghttp2_error_code;

/**
 * Describes a value of `nghttp2_error` in English.
 *
 * :returns: a NUL-terminated text that lives as long as the process, never NULL. 0 is described
 *   too; a number that is no library error gives "Unknown error code". The wording may change.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN const char* nghttp2_strerror(int lib_error_code);

/**
 * Names an HTTP/2 error code as RFC 9113 does, for example "PROTOCOL_ERROR".
 *
 * :returns: a NUL-terminated text that lives as long as the process, never NULL; "unknown" for
 *   numbers the RFC does not define.
 * :since: 1.9.0
 */
NGHTTP2_EXTERN const char* nghttp2_http2_strerror(uint32_t error_code);

/**
 * Tells whether a library error ends the session.
 *
 * :returns: nonzero when `lib_error_code` is below `NGHTTP2_ERR_FATAL`.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_is_fatal(int lib_error_code);

/**
 * @topic memory: Memory
 *
 * All memory of a session, an encoder or a decoder comes from one set of four functions, by
 * default those of the C library. `nghttp2_session_client_new3()`,
 * `nghttp2_session_server_new3()`, `nghttp2_hd_deflate_new2()` and `nghttp2_hd_inflate_new2()`
 * take a set of the application, which makes arenas or limits per connection possible. The
 * struct is copied; the functions and ``mem_user_data`` must stay usable until everything made
 * with them is gone, including `nghttp2_rcbuf` objects the application kept.
 *
 * Every allocation may fail. The library then returns `NGHTTP2_ERR_NOMEM` and remains safe to
 * delete.
 */

/**
 * Like ``malloc()``. Returns NULL when it fails.
 *
 * :since: 1.0.0
 */
typedef void* (*nghttp2_malloc)(size_t size, void* mem_user_data);

/**
 * Like ``free()``. `ptr` may be NULL.
 *
 * :since: 1.0.0
 */
typedef void (*nghttp2_free)(void* ptr, void* mem_user_data);

/**
 * Like ``calloc()``: the memory is zeroed, and a product that overflows is a failure.
 *
 * :since: 1.0.0
 */
typedef void* (*nghttp2_calloc)(size_t nmemb, size_t size, void* mem_user_data);

/**
 * Like ``realloc()``. On failure it returns NULL and keeps the old memory.
 *
 * :since: 1.0.0
 */
typedef void* (*nghttp2_realloc)(void* ptr, size_t size, void* mem_user_data);

/**
 * An allocator: four functions and the pointer each of them is given. All four must be set.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Passed to the functions as their last argument; the library does not look at it. */
  void* mem_user_data;
  /** Allocates. */
  nghttp2_malloc malloc;
  /** Releases. */
  nghttp2_free free;
  /** Allocates zeroed memory. */
  nghttp2_calloc calloc;
  /** Changes the size of an allocation. */
  nghttp2_realloc realloc;
} nghttp2_mem;

/**
 * A range of bytes.
 *
 * :since: 1.9.0
 */
typedef struct {
  /** First byte; may be NULL when ``len`` is 0. */
  uint8_t* base;
  /** Number of bytes. */
  size_t len;
} nghttp2_vec;

/**
 * Adds a reference, so that the bytes outlive the callback that was given them. Pair it with
 * `nghttp2_rcbuf_decref()`. The count is not atomic: keep all references in one thread.
 *
 * :since: 1.9.0
 */
NGHTTP2_EXTERN void nghttp2_rcbuf_incref(nghttp2_rcbuf* rcbuf);

/**
 * Drops a reference added by `nghttp2_rcbuf_incref()`. The last one frees the bytes with the
 * allocator of the session they came from; that session need not exist any more. NULL is
 * allowed.
 *
 * :since: 1.9.0
 */
NGHTTP2_EXTERN void nghttp2_rcbuf_decref(nghttp2_rcbuf* rcbuf);

/**
 * Gives the bytes of `rcbuf`. They are followed by a NUL that is not counted, must not be
 * changed, and live as long as a reference is held.
 *
 * :since: 1.9.0
 */
NGHTTP2_EXTERN nghttp2_vec nghttp2_rcbuf_get_buf(nghttp2_rcbuf* rcbuf);

/**
 * Tells whether the bytes are constants of the library, such as names of the HPACK static
 * table. Language bindings can map those to interned strings.
 *
 * :returns: nonzero when the bytes are never freed.
 * :since: 1.25.0
 */
NGHTTP2_EXTERN int nghttp2_rcbuf_is_static(const nghttp2_rcbuf* rcbuf);

/**
 * @topic fields: Fields
 *
 * A field is a name and a value (RFC 9110, section 5). Pseudo-header fields such as ``:path``
 * are fields whose name starts with a colon (RFC 9113, section 8.3); they come first.
 *
 * **Giving fields to the library.** Functions that take an array of `nghttp2_nv` copy names and
 * values, turn upper case letters of names into lower case and keep the order. The flags
 * `NGHTTP2_NV_FLAG_NO_COPY_NAME` and `NGHTTP2_NV_FLAG_NO_COPY_VALUE` avoid the copy: then the
 * name must be lower case already, and the bytes must stay unchanged until
 * `nghttp2_on_frame_send_callback` or `nghttp2_on_frame_not_send_callback` is called for the
 * frame. The library does not judge fields it sends; use the ``nghttp2_check_...`` functions on
 * text that comes from elsewhere.
 *
 * **Receiving fields.** Each field is passed to one callback as soon as it is decoded, after
 * the checks described at `nghttp2_option_set_no_http_messaging()`.
 */

/**
 * Flags of one field, to be combined with bitwise or.
 *
 * :since: 1.0.0
 */
typedef enum {
  /** None. */
  NGHTTP2_NV_FLAG_NONE = 0,
  /**
   * Encode the field as never indexed (RFC 7541, section 7.1.3), for secrets. On a received
   * field: the sender asked for this, and whoever forwards the field must keep it.
   */
  NGHTTP2_NV_FLAG_NO_INDEX = 0x01,
  /** Use the caller's bytes for the name instead of copying them. Since 1.5.0. */
  NGHTTP2_NV_FLAG_NO_COPY_NAME = 0x02,
  /** Use the caller's bytes for the value instead of copying them. Since 1.5.0. */
  NGHTTP2_NV_FLAG_NO_COPY_VALUE = 0x04
} nghttp2_nv_flag;

/**
 * One field. Neither name nor value needs a terminating NUL when given to the library. Those
 * the library provides have one, unless they are the caller's own bytes not copied.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Name in lower case. Not changed by the library. */
  uint8_t* name;
  /** Value. Not changed by the library. */
  uint8_t* value;
  /** Length of the name in bytes. */
  size_t namelen;
  /** Length of the value in bytes. */
  size_t valuelen;
  /** Values of `nghttp2_nv_flag`. */
  uint8_t flags;
} nghttp2_nv;

/**
 * Orders two fields by name, bytewise; a name that is the start of another one comes first.
 *
 * :returns: a negative number, 0 or a positive number when the name of `lhs` is less than,
 *   equal to or greater than the name of `rhs`.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_nv_compare_name(const nghttp2_nv* lhs, const nghttp2_nv* rhs);

/**
 * Tells whether `name` may be the name of an HTTP/2 field: a nonempty token (RFC 9110, section
 * 5.6.2) without upper case letters. One leading colon is accepted when more follows, as
 * pseudo-header fields have it.
 *
 * :returns: nonzero when the name is valid.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_check_header_name(const uint8_t* name, size_t len);

/**
 * Tells whether `value` consists of characters a field value may have (RFC 9110, section 5.5):
 * no control characters but the tab. White space at the ends is accepted, which RFC 9113
 * forbids: prefer `nghttp2_check_header_value_rfc9113()`.
 *
 * :returns: nonzero when the value is valid. The empty value is.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_check_header_value(const uint8_t* value, size_t len);

/**
 * Like `nghttp2_check_header_value()`, and also refuses a value that starts or ends with a
 * space or a tab (RFC 9113, section 8.2.1).
 *
 * :returns: nonzero when the value is valid. The empty value is.
 * :since: 1.49.0
 */
NGHTTP2_EXTERN int nghttp2_check_header_value_rfc9113(const uint8_t* value, size_t len);

/**
 * Tells whether `value` may stand in ``:method``: a nonempty token (RFC 9110, section 9.1).
 *
 * :returns: nonzero when the method is valid.
 * :since: 1.45.0
 */
NGHTTP2_EXTERN int nghttp2_check_method(const uint8_t* value, size_t len);

/**
 * Tells whether `value` has only characters that may stand in ``:path``: those of a field value
 * without space and tab. The structure of the path is not looked at.
 *
 * :returns: nonzero when the characters are valid.
 * :since: 1.45.0
 */
NGHTTP2_EXTERN int nghttp2_check_path(const uint8_t* value, size_t len);

/**
 * Tells whether `value` has only characters of an authority (RFC 3986, section 3.2), as in
 * ``:authority`` or ``host``. The structure is not looked at. User information is accepted
 * here; in a received request it makes the message malformed (RFC 9113, section 8.3.1).
 *
 * :returns: nonzero when the characters are valid.
 * :since: 1.40.0
 */
NGHTTP2_EXTERN int nghttp2_check_authority(const uint8_t* value, size_t len);

/**
 * @topic frames: Frames
 *
 * Callbacks see frames as members of the union `nghttp2_frame`. All members begin with the
 * frame head, so ``frame->hd.type`` tells which one is valid.
 *
 * A header block may be spread over CONTINUATION frames. The library joins them: the
 * application sees one HEADERS or PUSH_PROMISE frame whose head is that of the first piece.
 *
 * When a frame is *received*, its fields are not in the struct (``nva`` is NULL and ``nvlen``
 * is 0): they were reported one by one. When it is *sent*, they are.
 */

/**
 * Frame types (RFC 9113, section 6, and the extensions the library knows).
 *
 * :since: 1.0.0
 */
typedef enum {
  /** DATA, section 6.1: body bytes, under flow control. */
  NGHTTP2_DATA = 0x00,
  /** HEADERS, section 6.2: a request, a response or trailers. */
  NGHTTP2_HEADERS = 0x01,
  /** PRIORITY, section 6.3: priority of RFC 7540. */
  NGHTTP2_PRIORITY = 0x02,
  /** RST_STREAM, section 6.4: ends a stream at once. */
  NGHTTP2_RST_STREAM = 0x03,
  /** SETTINGS, section 6.5: parameters of the connection. */
  NGHTTP2_SETTINGS = 0x04,
  /** PUSH_PROMISE, section 6.6: announces a pushed response. */
  NGHTTP2_PUSH_PROMISE = 0x05,
  /** PING, section 6.7: round trip measurement, sign of life. */
  NGHTTP2_PING = 0x06,
  /** GOAWAY, section 6.8: shuts the connection down. */
  NGHTTP2_GOAWAY = 0x07,
  /** WINDOW_UPDATE, section 6.9: flow control. */
  NGHTTP2_WINDOW_UPDATE = 0x08,
  /**
   * CONTINUATION, section 6.10: more of a header block. Only `nghttp2_on_begin_frame_callback`
   * sees this type.
   */
  NGHTTP2_CONTINUATION = 0x09,
  /** ALTSVC, RFC 7838, section 4. Since 1.10.0. */
  NGHTTP2_ALTSVC = 0x0a,
  /** ORIGIN, RFC 8336. Since 1.33.0. */
  NGHTTP2_ORIGIN = 0x0c,
  /** PRIORITY_UPDATE, RFC 9218, section 7. Since 1.48.0. */
  NGHTTP2_PRIORITY_UPDATE = 0x10
} nghttp2_frame_type;

/**
 * Frame flags. The meaning of a bit depends on the frame type.
 *
 * :since: 1.0.0
 */
typedef enum {
  /** None. */
  NGHTTP2_FLAG_NONE = 0,
  /** DATA, HEADERS: the last frame the sender has for the stream. */
  NGHTTP2_FLAG_END_STREAM = 0x01,
  /** HEADERS, PUSH_PROMISE, CONTINUATION: the header block ends here. */
  NGHTTP2_FLAG_END_HEADERS = 0x04,
  /** SETTINGS, PING: the answer to one. */
  NGHTTP2_FLAG_ACK = 0x01,
  /** DATA, HEADERS, PUSH_PROMISE: the payload is padded. */
  NGHTTP2_FLAG_PADDED = 0x08,
  /** HEADERS: priority of RFC 7540 is included. */
  NGHTTP2_FLAG_PRIORITY = 0x20
} nghttp2_flag;

/**
 * Identifiers of settings (RFC 9113, section 6.5.2). See topic "Settings".
 *
 * :since: 1.0.0
 */
typedef enum {
  /** Size in bytes of the table its sender's HPACK decoder keeps. Initially 4096. */
  NGHTTP2_SETTINGS_HEADER_TABLE_SIZE = 0x01,
  /** Whether its sender, a client, accepts server push: 0 or 1. Initially 1. */
  NGHTTP2_SETTINGS_ENABLE_PUSH = 0x02,
  /** How many streams its sender lets the peer have open at a time. Initially unlimited. */
  NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS = 0x03,
  /** Window of new streams for sending to its sender, 0 to 2^31 - 1 bytes. Initially 65535. */
  NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE = 0x04,
  /** Longest payload its sender accepts, 16384 to 16777215 bytes. Initially 16384. */
  NGHTTP2_SETTINGS_MAX_FRAME_SIZE = 0x05,
  /**
   * Advice on the largest header list its sender accepts: names and values plus 32 bytes per
   * field. Initially unlimited.
   */
  NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE = 0x06,
  /** Whether its sender, a server, accepts extended CONNECT (RFC 8441): 0 or 1. Since 1.34.0. */
  NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL = 0x08,
  /**
   * 1 when its sender has no use for RFC 7540 priorities (RFC 9218, section 2.1); must be in
   * the first SETTINGS frame or never. Since 1.48.0.
   */
  NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES = 0x09
} nghttp2_settings_id;

/**
 * What a HEADERS frame is to its stream. HTTP/2 does not say this on the wire; the library
 * derives it from the stream's state.
 *
 * :since: 1.0.0
 */
typedef enum {
  /** Opens a stream: a request. */
  NGHTTP2_HCAT_REQUEST = 0,
  /** First HEADERS of the answer to a request, with a final or an interim (1xx) status. */
  NGHTTP2_HCAT_RESPONSE = 1,
  /** First HEADERS on a stream that was promised by PUSH_PROMISE. */
  NGHTTP2_HCAT_PUSH_RESPONSE = 2,
  /** Any other one: trailers, or a response that follows an interim one. */
  NGHTTP2_HCAT_HEADERS = 3
} nghttp2_headers_category;

/**
 * The nine bytes every frame begins with (RFC 9113, section 4.1).
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Length of the payload in bytes, the head excluded. */
  size_t length;
  /** Stream the frame belongs to; 0 is the connection. */
  int32_t stream_id;
  /** A value of `nghttp2_frame_type`, or the type of an extension frame. */
  uint8_t type;
  /** Values of `nghttp2_flag`. */
  uint8_t flags;
  /** The reserved bit. Always 0. */
  uint8_t reserved;
} nghttp2_frame_hd;

/**
 * A DATA frame. The bytes come separately, through `nghttp2_on_data_chunk_recv_callback`.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** Bytes of padding including the one that tells the padding's length; 0 when not padded. */
  size_t padlen;
} nghttp2_data;

/**
 * Weight of a stream that was given no other (RFC 7540, section 5.3.5).
 *
 * :since: 1.0.0
 */
#define NGHTTP2_DEFAULT_WEIGHT 16

/**
 * Greatest weight of a stream.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_MAX_WEIGHT 256

/**
 * Least weight of a stream.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_MIN_WEIGHT 1

/**
 * A priority of RFC 7540, section 5.3: a place in the tree of streams. See topic "Priorities of
 * RFC 7540".
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Stream this one depends on; 0 is the root. */
  int32_t stream_id;
  /** Share among those that depend on the same stream, 1 to 256. */
  int32_t weight;
  /** Nonzero: become the only dependent of that stream and adopt the others. */
  uint8_t exclusive;
} nghttp2_priority_spec;

/**
 * A HEADERS frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** Bytes of padding including the one that tells the padding's length; 0 when not padded. */
  size_t padlen;
  /** Priority. The default one unless `NGHTTP2_FLAG_PRIORITY` is set in the head. */
  nghttp2_priority_spec pri_spec;
  /** Fields of a frame being sent; NULL for a received frame. */
  nghttp2_nv* nva;
  /** Number of fields in ``nva``. */
  size_t nvlen;
  /** What the frame is to its stream. */
  nghttp2_headers_category cat;
} nghttp2_headers;

/**
 * A PRIORITY frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** The new priority of the stream. */
  nghttp2_priority_spec pri_spec;
} nghttp2_priority;

/**
 * An RST_STREAM frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** Why the stream ends: a value of `nghttp2_error_code` or any other number. */
  uint32_t error_code;
} nghttp2_rst_stream;

/**
 * One entry of a SETTINGS frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** A value of `nghttp2_settings_id`, or one the library does not know. */
  int32_t settings_id;
  /** The value. */
  uint32_t value;
} nghttp2_settings_entry;

/**
 * A SETTINGS frame. An acknowledgement has `NGHTTP2_FLAG_ACK` and no entries.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** Number of entries in ``iv``. */
  size_t niv;
  /** The entries. A received frame lists each identifier the library knows once. */
  nghttp2_settings_entry* iv;
} nghttp2_settings;

/**
 * A PUSH_PROMISE frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. Its stream is the one the promise answers to. */
  nghttp2_frame_hd hd;
  /** Bytes of padding including the one that tells the padding's length; 0 when not padded. */
  size_t padlen;
  /** Fields of the promised request when sending; NULL for a received frame. */
  nghttp2_nv* nva;
  /** Number of fields in ``nva``. */
  size_t nvlen;
  /** Stream on which the promised response will come. */
  int32_t promised_stream_id;
  /** The reserved bit. Always 0. */
  uint8_t reserved;
} nghttp2_push_promise;

/**
 * A PING frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** Eight bytes the answer repeats. */
  uint8_t opaque_data[8];
} nghttp2_ping;

/**
 * A GOAWAY frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /** Highest stream of the receiver that its sender may have acted on. */
  int32_t last_stream_id;
  /** Why the connection ends: a value of `nghttp2_error_code` or any other number. */
  uint32_t error_code;
  /** Additional text for diagnosis, not NUL-terminated. */
  uint8_t* opaque_data;
  /** Length of ``opaque_data`` in bytes. */
  size_t opaque_data_len;
  /** The reserved bit. Always 0. */
  uint8_t reserved;
} nghttp2_goaway;

/**
 * A WINDOW_UPDATE frame.
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. Stream 0 means the window of the connection. */
  nghttp2_frame_hd hd;
  /** Bytes the window grows by, 1 to 2^31 - 1. */
  int32_t window_size_increment;
  /** The reserved bit. Always 0. */
  uint8_t reserved;
} nghttp2_window_update;

/**
 * A frame that RFC 9113 does not define. See topic "Extension frames".
 *
 * :since: 1.0.0
 */
typedef struct {
  /** Frame head. */
  nghttp2_frame_hd hd;
  /**
   * For types the library reads itself: `nghttp2_ext_altsvc`, `nghttp2_ext_origin` or
   * `nghttp2_ext_priority_update`. For types the application reads: what
   * `nghttp2_unpack_extension_callback` stored, or what was given to
   * `nghttp2_submit_extension()`.
   */
  void* payload;
} nghttp2_extension;

/**
 * Any frame. ``hd.type`` tells which member is valid.
 *
 * :since: 1.0.0
 */
typedef union {
  /** The head, common to all. */
  nghttp2_frame_hd hd;
  /** `NGHTTP2_DATA`. */
  nghttp2_data data;
  /** `NGHTTP2_HEADERS`. */
  nghttp2_headers headers;
  /** `NGHTTP2_PRIORITY`. */
  nghttp2_priority priority;
  /** `NGHTTP2_RST_STREAM`. */
  nghttp2_rst_stream rst_stream;
  /** `NGHTTP2_SETTINGS`. */
  nghttp2_settings settings;
  /** `NGHTTP2_PUSH_PROMISE`. */
  nghttp2_push_promise push_promise;
  /** `NGHTTP2_PING`. */
  nghttp2_ping ping;
  /** `NGHTTP2_GOAWAY`. */
  nghttp2_goaway goaway;
  /** `NGHTTP2_WINDOW_UPDATE`. */
  nghttp2_window_update window_update;
  /** Every type from 0x0a up. */
  nghttp2_extension ext;
} nghttp2_frame;

/**
 * @topic bodies: Message bodies
 *
 * To send a body, the application gives the library a function to read it from. It is called
 * while output is produced, whenever the peer's windows have room and it is the stream's turn,
 * and never asked for more than fits in one frame. So a body needs no memory of its own, and
 * can be as slow as its origin.
 *
 * *The end.* Setting `NGHTTP2_DATA_FLAG_EOF` ends the body and, unless
 * `NGHTTP2_DATA_FLAG_NO_END_STREAM` is set too, this side of the stream.
 *
 * *Nothing to send yet.* Return `NGHTTP2_ERR_DEFERRED`; call `nghttp2_session_resume_data()`
 * when there is something, then move bytes again.
 *
 * *Trailers.* Set both flags at the end and call `nghttp2_submit_trailer()` from the same
 * callback, or later.
 *
 * *No copy.* Set `NGHTTP2_DATA_FLAG_NO_COPY` and return a length without filling the buffer;
 * the bytes are then written by `nghttp2_send_data_callback`.
 */

/**
 * What the data source callback tells about the bytes it returns; combined with bitwise or.
 *
 * :since: 1.0.0
 */
typedef enum {
  /** More will follow. */
  NGHTTP2_DATA_FLAG_NONE = 0,
  /** These bytes are the last ones. They may be none. */
  NGHTTP2_DATA_FLAG_EOF = 0x01,
  /** With the flag above: do not end the stream, trailers follow. */
  NGHTTP2_DATA_FLAG_NO_END_STREAM = 0x02,
  /** The buffer was not filled; `nghttp2_send_data_callback` will write the frame. */
  NGHTTP2_DATA_FLAG_NO_COPY = 0x04
} nghttp2_data_flag;

/**
 * What identifies a body to the application. The library copies it and looks at neither member.
 *
 * :since: 1.0.0
 */
typedef union {
  /** A number, for example a file descriptor. */
  int fd;
  /** A pointer to anything. */
  void* ptr;
} nghttp2_data_source;

/**
 * Reads the next bytes of a body.
 *
 * Called while output is produced. `source` is a copy of the provider's member; changes to it
 * last. At most `length` bytes, which is at least 1, are stored in `buf`. `length` is
 * limited by the peer's windows, by its largest frame and, unless
 * `nghttp2_data_source_read_length_callback2` is set, by 16384. `data_flags` points to 0;
 * values of `nghttp2_data_flag` are stored there.
 *
 * When reading fails for good, call `nghttp2_submit_rst_stream()` to choose an error code and
 * return `NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE`; without the call the code is
 * `NGHTTP2_INTERNAL_ERROR`.
 *
 * :returns: the number of bytes, 0 to `length`, or
 *
 *   - `NGHTTP2_ERR_DEFERRED`: nothing now. The stream waits for
 *     `nghttp2_session_resume_data()`.
 *   - `NGHTTP2_ERR_PAUSE`: return to the caller of the library; ask again in the next call.
 *   - `NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE`: reset this stream.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.60.0
 */
typedef nghttp2_ssize (*nghttp2_data_source_read_callback2)(nghttp2_session* session,
                                                            int32_t stream_id, uint8_t* buf,
                                                            size_t length, uint32_t* data_flags,
                                                            nghttp2_data_source* source,
                                                            void* user_data);

/**
 * A body: what it is and how to read it. Both members are copied when it is submitted.
 *
 * :since: 1.60.0
 */
typedef struct {
  /** Passed to ``read_callback``. */
  nghttp2_data_source source;
  /** Called for the bytes. Must not be NULL. */
  nghttp2_data_source_read_callback2 read_callback;
} nghttp2_data_provider2;

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * Reads the next bytes of a body. `nghttp2_data_source_read_callback2` describes it.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_data_source_read_callback2`
 */
typedef ssize_t (*nghttp2_data_source_read_callback)(nghttp2_session* session, int32_t stream_id,
                                                     uint8_t* buf, size_t length,
                                                     uint32_t* data_flags,
                                                     nghttp2_data_source* source, void* user_data);

/**
 * A body: what it is and how to read it. Both members are copied when it is submitted.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_data_provider2`
 */
typedef struct {
  /** Passed to ``read_callback``. */
  nghttp2_data_source source;
  /** Called for the bytes. Must not be NULL. */
  nghttp2_data_source_read_callback read_callback;
} nghttp2_data_provider;
#endif

/**
 * @topic callbacks: Callbacks
 *
 * Every callback gets the session and the `user_data` of the session. Frames and bytes passed
 * as arguments are valid until the callback returns.
 *
 * **Return values.** 0 means: go on. `NGHTTP2_ERR_CALLBACK_FAILURE` ends the session: the call
 * that led to the callback returns the same value, and only `nghttp2_session_del()` may follow.
 * Other values are listed where they have a meaning; elsewhere any value but 0 counts as
 * `NGHTTP2_ERR_CALLBACK_FAILURE`.
 *
 * **Order when a frame is received.**
 *
 * 1. `nghttp2_on_begin_frame_callback`: the frame head was read.
 * 2. DATA: `nghttp2_on_data_chunk_recv_callback` for each piece, as it arrives.
 *    HEADERS, PUSH_PROMISE: `nghttp2_on_begin_headers_callback`, then
 *    `nghttp2_on_header_callback2` per field, or `nghttp2_on_invalid_header_callback2` for one
 *    that is not valid.
 *    Extension frames the application reads: `nghttp2_on_extension_chunk_recv_callback` for
 *    each piece, then `nghttp2_unpack_extension_callback`.
 * 3. `nghttp2_on_frame_recv_callback`: the frame is complete and was acted on; or
 *    `nghttp2_on_invalid_frame_recv_callback`: it was malformed or not allowed, and a reset of
 *    the stream or the connection is on its way.
 * 4. `nghttp2_on_stream_close_callback`: if the frame ended the stream.
 *
 * Frames the protocol tells to ignore (unknown types, frames for streams that were just reset,
 * everything after the session was terminated) cause no callback after the first step.
 *
 * **Order when a frame is sent.**
 *
 * 1. `nghttp2_select_padding_callback2` for HEADERS, PUSH_PROMISE and DATA.
 * 2. `nghttp2_before_frame_send_callback`, not for DATA.
 * 3. The bytes: from `nghttp2_session_mem_send2()`, or by `nghttp2_send_callback2`.
 * 4. `nghttp2_on_frame_send_callback`; then `nghttp2_on_stream_close_callback` if the frame
 *    ended the stream.
 *
 * A frame that cannot be sent after all is reported by `nghttp2_on_frame_not_send_callback`
 * instead. `nghttp2_on_frame_send_callback` means that the library is done with the frame, not
 * that the peer has it.
 */

/**
 * Writes to the connection. Used by `nghttp2_session_send()` alone.
 *
 * Writes up to `length` bytes of `data`. The pieces may be small; buffer them when the
 * transport sends each one as a packet. `flags` is 0.
 *
 * :returns: the number of bytes written, at least 1, or
 *
 *   - `NGHTTP2_ERR_WOULDBLOCK`: nothing can be written now. `nghttp2_session_send()` returns
 *     and keeps the bytes. 0 is taken for the same.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.60.0
 */
typedef nghttp2_ssize (*nghttp2_send_callback2)(nghttp2_session* session, const uint8_t* data,
                                                size_t length, int flags, void* user_data);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * Writes to the connection. `nghttp2_send_callback2` describes it.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_send_callback2`
 */
typedef ssize_t (*nghttp2_send_callback)(nghttp2_session* session, const uint8_t* data,
                                         size_t length, int flags, void* user_data);
#endif

/**
 * Writes a whole DATA frame whose body bytes the application has, after its data source
 * returned `NGHTTP2_DATA_FLAG_NO_COPY`.
 *
 * Write, in this order and completely: the nine bytes at `framehd`; when
 * ``frame->data.padlen`` is above 0, one byte of the value ``frame->data.padlen - 1``; `length`
 * bytes of the body; ``frame->data.padlen - 1`` zero bytes if that is above 0. Output the
 * library returned before must go first. `source` is that of the data source.
 *
 * A frame cannot be left half written: buffer what the connection does not take, or write
 * nothing and return `NGHTTP2_ERR_WOULDBLOCK`.
 *
 * :returns: 0 when everything was written, or
 *
 *   - `NGHTTP2_ERR_WOULDBLOCK`: nothing was written. The same call comes again later.
 *   - `NGHTTP2_ERR_PAUSE`: everything was written; return to the caller of the library.
 *   - `NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE`: nothing was written; reset the stream with
 *     `NGHTTP2_INTERNAL_ERROR`.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.0.0
 */
typedef int (*nghttp2_send_data_callback)(nghttp2_session* session, nghttp2_frame* frame,
                                          const uint8_t* framehd, size_t length,
                                          nghttp2_data_source* source, void* user_data);

/**
 * Reads from the connection. Used by `nghttp2_session_recv()` alone.
 *
 * Stores up to `length` bytes in `buf`. `flags` is 0.
 *
 * :returns: the number of bytes, or
 *
 *   - `NGHTTP2_ERR_WOULDBLOCK`, or 0: nothing to read now.
 *   - `NGHTTP2_ERR_EOF`: the peer closed the connection.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.60.0
 */
typedef nghttp2_ssize (*nghttp2_recv_callback2)(nghttp2_session* session, uint8_t* buf,
                                                size_t length, int flags, void* user_data);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * Reads from the connection. `nghttp2_recv_callback2` describes it.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_recv_callback2`
 */
typedef ssize_t (*nghttp2_recv_callback)(nghttp2_session* session, uint8_t* buf, size_t length,
                                         int flags, void* user_data);
#endif

/**
 * A frame head was received; the payload was not. Called for every frame, CONTINUATION and
 * unknown types included, before any other callback for it.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_begin_frame_callback)(nghttp2_session* session, const nghttp2_frame_hd* hd,
                                               void* user_data);

/**
 * The header block of a received HEADERS or PUSH_PROMISE frame begins.
 *
 * A server makes its object for a new request here, when ``frame->headers.cat`` is
 * `NGHTTP2_HCAT_REQUEST`; trailers of a request have `NGHTTP2_HCAT_HEADERS`. A client sees
 * `NGHTTP2_HCAT_RESPONSE` for the first HEADERS of a response. When that is an interim one
 * (status 1xx), later ones have `NGHTTP2_HCAT_HEADERS`, as have trailers, which carry no
 * ``:status``. The new stream of a PUSH_PROMISE is
 * ``frame->push_promise.promised_stream_id``.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE`: reset the stream (for PUSH_PROMISE: the promised
 *     one) with `NGHTTP2_INTERNAL_ERROR`, or with the code of an
 *     `nghttp2_submit_rst_stream()` made before returning. Neither the fields nor
 *     `nghttp2_on_frame_recv_callback` follow.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_begin_headers_callback)(nghttp2_session* session,
                                                 const nghttp2_frame* frame, void* user_data);

/**
 * A field of the received HEADERS or PUSH_PROMISE `frame`, with shared bytes.
 *
 * `name` and `value` are valid during the callback; use `nghttp2_rcbuf_incref()` to keep them
 * without a copy. `flags` is `NGHTTP2_NV_FLAG_NO_INDEX` or 0.
 *
 * Fields come in the order they were sent. Unless `nghttp2_option_set_no_http_messaging()`
 * switched the checks off, the name is nonempty and in lower case, the value has no forbidden
 * characters, and pseudo-header fields come first, are known and do not repeat. That required
 * ones are there is known when `nghttp2_on_frame_recv_callback` comes.
 *
 * A small header block can expand to many fields. The library bounds that, but applications
 * that store fields should have a bound of their own.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_PAUSE`: let `nghttp2_session_mem_recv2()` return; the next call goes on with
 *     the next field. Not for `nghttp2_session_recv()`.
 *   - `NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE`: reset the stream (for PUSH_PROMISE: the promised
 *     one) with `NGHTTP2_INTERNAL_ERROR`, or with the code of an
 *     `nghttp2_submit_rst_stream()` made before returning. The rest of the block is decoded, to
 *     keep HPACK in step, but not reported.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.9.0
 */
typedef int (*nghttp2_on_header_callback2)(nghttp2_session* session, const nghttp2_frame* frame,
                                           nghttp2_rcbuf* name, nghttp2_rcbuf* value, uint8_t flags,
                                           void* user_data);

/**
 * A field of the received HEADERS or PUSH_PROMISE `frame`. The bytes at `name` and `value` are
 * followed by a NUL that the lengths do not count.
 *
 * Not called when `nghttp2_on_header_callback2` is set, which describes meaning and return
 * values.
 *
 * :returns: as `nghttp2_on_header_callback2`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_header_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                          const uint8_t* name, size_t namelen, const uint8_t* value,
                                          size_t valuelen, uint8_t flags, void* user_data);

/**
 * A received regular field that is not valid (RFC 9113, section 8.2.1), with shared bytes.
 *
 * Without this callback such a field is a stream error: the message is malformed and the stream
 * is reset. With it, the application decides: returning 0 drops the field and accepts the
 * message. Bear in mind that forwarding text that was judged invalid is how requests get
 * smuggled.
 *
 * The choice is offered for names with characters no token has and for values with control
 * characters or white space at an end. It is not offered for pseudo-header fields, for names
 * in upper case, nor for fields the protocol itself depends on (``content-length``, ``te``,
 * ``connection`` and the like): those always reset the stream.
 *
 * Not called when `nghttp2_option_set_no_http_messaging()` switched the checks off.
 *
 * :returns: 0 to drop the field, or
 *
 *   - `NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE`: the message is malformed after all. The stream
 *     is reset with `NGHTTP2_PROTOCOL_ERROR`, or with the code of an
 *     `nghttp2_submit_rst_stream()` made before returning, and
 *     `nghttp2_on_invalid_frame_recv_callback` gets `NGHTTP2_ERR_HTTP_HEADER`.
 *   - `NGHTTP2_ERR_PAUSE`: drop the field and let `nghttp2_session_mem_recv2()` return.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.14.0
 */
typedef int (*nghttp2_on_invalid_header_callback2)(nghttp2_session* session,
                                                   const nghttp2_frame* frame, nghttp2_rcbuf* name,
                                                   nghttp2_rcbuf* value, uint8_t flags,
                                                   void* user_data);

/**
 * A received regular field that is not valid. The bytes at `name` and `value` are followed by a
 * NUL that the lengths do not count, and may have others within.
 *
 * Not called when `nghttp2_on_invalid_header_callback2` is set, which describes meaning and
 * return values.
 *
 * :returns: as `nghttp2_on_invalid_header_callback2`.
 * :since: 1.14.0
 */
typedef int (*nghttp2_on_invalid_header_callback)(nghttp2_session* session,
                                                  const nghttp2_frame* frame, const uint8_t* name,
                                                  size_t namelen, const uint8_t* value,
                                                  size_t valuelen, uint8_t flags, void* user_data);

/**
 * A piece of a received body, as it arrives and without padding.
 *
 * `flags` is that of the DATA frame: `NGHTTP2_FLAG_END_STREAM` in it does not make this the last
 * piece, since a frame may come in several. The end of a body is told by
 * `nghttp2_on_frame_recv_callback`. A frame without bytes causes no call.
 *
 * The bytes count against the flow control windows until they are given back: by the library at
 * once, or by `nghttp2_session_consume()` when
 * `nghttp2_option_set_no_auto_window_update()` is on.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_PAUSE`: let `nghttp2_session_mem_recv2()` return. `data` then stays valid
 *     until the next call that moves bytes in, if the application keeps the input it gave. Not
 *     for `nghttp2_session_recv()`.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_data_chunk_recv_callback)(nghttp2_session* session, uint8_t flags,
                                                   int32_t stream_id, const uint8_t* data,
                                                   size_t len, void* user_data);

/**
 * A valid frame was received completely. Not called for CONTINUATION, which belongs to the
 * frame before it.
 *
 * When `NGHTTP2_FLAG_END_STREAM` is set in the flags of HEADERS or DATA, the peer's message is
 * complete; a server usually answers now.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_frame_recv_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                              void* user_data);

/**
 * A received frame is malformed or not allowed. The library has queued RST_STREAM or GOAWAY
 * already, so this is for logging and counting.
 *
 * `lib_error_code` is a value of `nghttp2_error`: `NGHTTP2_ERR_PROTO`,
 * `NGHTTP2_ERR_FRAME_SIZE_ERROR`, `NGHTTP2_ERR_FLOW_CONTROL`, `NGHTTP2_ERR_HEADER_COMP`,
 * `NGHTTP2_ERR_HTTP_HEADER`, `NGHTTP2_ERR_HTTP_MESSAGING`, `NGHTTP2_ERR_STREAM_CLOSED`,
 * `NGHTTP2_ERR_REFUSED_STREAM`, `NGHTTP2_ERR_PUSH_DISABLED` and others. DATA frames that make a
 * message malformed are reported too.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_invalid_frame_recv_callback)(nghttp2_session* session,
                                                      const nghttp2_frame* frame,
                                                      int lib_error_code, void* user_data);

/**
 * A frame other than DATA is about to be sent. It can still be dropped.
 *
 * For a request this is the first moment at which its stream exists.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_CANCEL`: do not send it. `nghttp2_on_frame_not_send_callback` gets the same
 *     code; a stream that the frame was to open is closed.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.0.0
 */
typedef int (*nghttp2_before_frame_send_callback)(nghttp2_session* session,
                                                  const nghttp2_frame* frame, void* user_data);

/**
 * A frame was sent: all its bytes were accepted by `nghttp2_send_callback2`, or are what
 * `nghttp2_session_mem_send2()` is about to return. Fields given with a no-copy flag may be
 * released.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_frame_send_callback)(nghttp2_session* session, const nghttp2_frame* frame,
                                              void* user_data);

/**
 * A frame other than DATA will not be sent, for example because its stream was closed while it
 * waited. `lib_error_code` is a value of `nghttp2_error` that says why. Fields given with a
 * no-copy flag may be released.
 *
 * Frames that simply lost their purpose, such as RST_STREAM for a stream that is gone, are
 * dropped without this call.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_frame_not_send_callback)(nghttp2_session* session,
                                                  const nghttp2_frame* frame, int lib_error_code,
                                                  void* user_data);

/**
 * A stream is closed, for whatever reason; also a reserved one, and a request that could not
 * be sent.
 *
 * `error_code` is `NGHTTP2_NO_ERROR` for a complete exchange, otherwise the code of the reset,
 * which need not be one of `nghttp2_error_code`. The stream's user data can still be asked for.
 * This is the place to release what belongs to the stream. `nghttp2_session_del()` does not
 * call back for streams that are open.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.0.0
 */
typedef int (*nghttp2_on_stream_close_callback)(nghttp2_session* session, int32_t stream_id,
                                                uint32_t error_code, void* user_data);

/**
 * Chooses the padding of a HEADERS, PUSH_PROMISE or DATA frame (RFC 9113, section 10.7).
 *
 * ``frame->hd.length`` is the payload's length without padding, `max_payloadlen` the greatest
 * length with it.
 *
 * :returns: the length of the payload with padding, from ``frame->hd.length`` (none) to
 *   `max_payloadlen`; any other value ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.60.0
 */
typedef nghttp2_ssize (*nghttp2_select_padding_callback2)(nghttp2_session* session,
                                                          const nghttp2_frame* frame,
                                                          size_t max_payloadlen, void* user_data);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * Chooses padding. `nghttp2_select_padding_callback2` describes it.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_select_padding_callback2`
 */
typedef ssize_t (*nghttp2_select_padding_callback)(nghttp2_session* session,
                                                   const nghttp2_frame* frame,
                                                   size_t max_payloadlen, void* user_data);
#endif

/**
 * Chooses how many bytes the data source may be asked for at most.
 *
 * `frame_type` is `NGHTTP2_DATA`. The windows are what the peer accepts at the moment, in
 * bytes; `remote_max_frame_size` is its `NGHTTP2_SETTINGS_MAX_FRAME_SIZE`. Without this
 * callback frames have up to 16384 bytes; with it, up to what the peer allows.
 *
 * :returns: a length of at least 1. More than the least of the three limits is cut to it; less
 *   than 1 ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.60.0
 */
typedef nghttp2_ssize (*nghttp2_data_source_read_length_callback2)(
    nghttp2_session* session, uint8_t frame_type, int32_t stream_id,
    int32_t session_remote_window_size, int32_t stream_remote_window_size,
    uint32_t remote_max_frame_size, void* user_data);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * Limits one read of a body. `nghttp2_data_source_read_length_callback2` describes it.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_data_source_read_length_callback2`
 */
typedef ssize_t (*nghttp2_data_source_read_length_callback)(nghttp2_session* session,
                                                            uint8_t frame_type, int32_t stream_id,
                                                            int32_t session_remote_window_size,
                                                            int32_t stream_remote_window_size,
                                                            uint32_t remote_max_frame_size,
                                                            void* user_data);
#endif

/**
 * A piece of the payload of an extension frame whose type was given to
 * `nghttp2_option_set_user_recv_extension_type()`. Collect the pieces until
 * `nghttp2_unpack_extension_callback`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_CANCEL`: ignore the rest of the frame.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.8.0
 */
typedef int (*nghttp2_on_extension_chunk_recv_callback)(nghttp2_session* session,
                                                        const nghttp2_frame_hd* hd,
                                                        const uint8_t* data, size_t len,
                                                        void* user_data);

/**
 * The payload of an extension frame the application reads is complete.
 *
 * What is stored in `payload`, which points to NULL, becomes ``frame->ext.payload`` in
 * `nghttp2_on_frame_recv_callback`. The library does not own it: release it there.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_CANCEL`: ignore the frame.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, or any other value: end the session.
 * :since: 1.8.0
 */
typedef int (*nghttp2_unpack_extension_callback)(nghttp2_session* session, void** payload,
                                                 const nghttp2_frame_hd* hd, void* user_data);

/**
 * Writes the payload of a frame queued by `nghttp2_submit_extension()`.
 *
 * ``frame->ext.payload`` is the pointer given there. `buf` has room for `len` bytes, at least
 * 16384. The frame head is written by the library.
 *
 * :returns: the number of bytes written, or
 *
 *   - `NGHTTP2_ERR_CANCEL`: do not send the frame; `nghttp2_on_frame_not_send_callback` is
 *     called.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`, any other negative value, or more than `len`: end the
 *     session.
 * :since: 1.60.0
 */
typedef nghttp2_ssize (*nghttp2_pack_extension_callback2)(nghttp2_session* session, uint8_t* buf,
                                                          size_t len, const nghttp2_frame* frame,
                                                          void* user_data);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * Writes an extension payload. `nghttp2_pack_extension_callback2` describes it.
 *
 * :since: 1.8.0
 * :deprecated: since 1.60.0, use `nghttp2_pack_extension_callback2`
 */
typedef ssize_t (*nghttp2_pack_extension_callback)(nghttp2_session* session, uint8_t* buf,
                                                   size_t len, const nghttp2_frame* frame,
                                                   void* user_data);
#endif

/**
 * Explains in English what went wrong, for people who look for the cause.
 *
 * `lib_error_code` is a value of `nghttp2_error`. `msg` has `len` bytes and a NUL behind them;
 * it may quote what the peer sent, and its wording may change: do not parse it.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.28.0
 */
typedef int (*nghttp2_error_callback2)(nghttp2_session* session, int lib_error_code,
                                       const char* msg, size_t len, void* user_data);

/**
 * Explains what went wrong, without a code. Not called when `nghttp2_error_callback2` is set.
 *
 * :returns: 0; anything else ends the session with `NGHTTP2_ERR_CALLBACK_FAILURE`.
 * :since: 1.9.0
 * :deprecated: since 1.28.0, use `nghttp2_error_callback2`
 */
typedef int (*nghttp2_error_callback)(nghttp2_session* session, const char* msg, size_t len,
                                      void* user_data);

/**
 * Fills `dest` with `destlen` random bytes that a peer cannot guess. There is no way to fail.
 *
 * Used where the library needs randomness, such as the seeds of hash tables. Without it the
 * library takes the system's source.
 *
 * :since: 1.67.0
 */
typedef void (*nghttp2_rand_callback)(uint8_t* dest, size_t destlen);

/**
 * Receives one line of debug output, in the form of ``vprintf()``. Set by
 * `nghttp2_set_debug_vprintf_callback()`.
 *
 * :since: 1.16.0
 */
typedef void (*nghttp2_debug_vprintf_callback)(const char* format, va_list args);

/**
 * @topic callback-sets: Callback sets
 *
 * A callback set holds the functions for sessions to come. A session copies it when it is
 * created, so one set can serve many sessions and may be changed or deleted afterwards. Only the
 * functions an application needs have to be set; NULL, the initial value, means none.
 *
 * Where an older and a newer form of a callback are both set, the newer one is used.
 */

/**
 * Makes an empty callback set and stores it in `callbacks_ptr`. Memory comes from ``malloc()``.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `callbacks_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_callbacks_new(nghttp2_session_callbacks** callbacks_ptr);

/**
 * Deletes a callback set. Sessions made with it are not affected. NULL is allowed.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_del(nghttp2_session_callbacks* callbacks);

/**
 * Sets the function by which `nghttp2_session_send()` writes. Not needed with
 * `nghttp2_session_mem_send2()`.
 *
 * See `nghttp2_send_callback2`.
 *
 * :since: 1.60.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_send_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_send_callback2 send_callback);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_session_callbacks_set_send_callback2()`.
 * Not used when that one set a function.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_session_callbacks_set_send_callback2()`
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_send_callback send_callback);
#endif

/**
 * Sets the function by which `nghttp2_session_recv()` reads. Not needed with
 * `nghttp2_session_mem_recv2()`.
 *
 * See `nghttp2_recv_callback2`.
 *
 * :since: 1.60.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_recv_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_recv_callback2 recv_callback);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_session_callbacks_set_recv_callback2()`.
 * Not used when that one set a function.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_session_callbacks_set_recv_callback2()`
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_recv_callback(
    nghttp2_session_callbacks* cbs, nghttp2_recv_callback recv_callback);
#endif

/**
 * Sets the function that writes DATA frames whose bytes the application keeps. Needed when a data
 * source uses `NGHTTP2_DATA_FLAG_NO_COPY`.
 *
 * See `nghttp2_send_data_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_send_data_callback(
    nghttp2_session_callbacks* cbs, nghttp2_send_data_callback send_data_callback);

/**
 * Sets the function called for each received frame head.
 *
 * See `nghttp2_on_begin_frame_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_begin_frame_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_begin_frame_callback on_begin_frame_callback);

/**
 * Sets the function called when a received header block begins.
 *
 * See `nghttp2_on_begin_headers_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_begin_headers_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_begin_headers_callback on_begin_headers_callback);

/**
 * Sets the function called for each received field, with shared bytes. It is preferred to one set
 * by `nghttp2_session_callbacks_set_on_header_callback()`.
 *
 * See `nghttp2_on_header_callback2`.
 *
 * :since: 1.9.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_header_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_on_header_callback2 on_header_callback2);

/**
 * Sets the function called for each received field, with plain bytes. Not used when
 * `nghttp2_session_callbacks_set_on_header_callback2()` set one.
 *
 * See `nghttp2_on_header_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_header_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_header_callback on_header_callback);

/**
 * Sets the function called for invalid fields, with shared bytes. It is preferred to one set by
 * `nghttp2_session_callbacks_set_on_invalid_header_callback()`. Without either, an invalid field
 * resets its stream.
 *
 * See `nghttp2_on_invalid_header_callback2`.
 *
 * :since: 1.14.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_invalid_header_callback2(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_invalid_header_callback2 on_invalid_header_callback2);

/**
 * Sets the function called for invalid fields, with plain bytes. Not used when
 * `nghttp2_session_callbacks_set_on_invalid_header_callback2()` set one.
 *
 * See `nghttp2_on_invalid_header_callback`.
 *
 * :since: 1.14.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_invalid_header_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_invalid_header_callback on_invalid_header_callback);

/**
 * Sets the function called for each received piece of a body.
 *
 * See `nghttp2_on_data_chunk_recv_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_data_chunk_recv_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_data_chunk_recv_callback on_data_chunk_recv_callback);

/**
 * Sets the function called for each valid frame that was received completely.
 *
 * See `nghttp2_on_frame_recv_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_frame_recv_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_recv_callback on_frame_recv_callback);

/**
 * Sets the function called for each received frame that breaks the rules.
 *
 * See `nghttp2_on_invalid_frame_recv_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_invalid_frame_recv_callback on_invalid_frame_recv_callback);

/**
 * Sets the function called before a frame other than DATA is sent.
 *
 * See `nghttp2_before_frame_send_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_before_frame_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_before_frame_send_callback before_frame_send_callback);

/**
 * Sets the function called after a frame was sent.
 *
 * See `nghttp2_on_frame_send_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_frame_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_send_callback on_frame_send_callback);

/**
 * Sets the function called when a queued frame other than DATA cannot be sent.
 *
 * See `nghttp2_on_frame_not_send_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_frame_not_send_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_frame_not_send_callback on_frame_not_send_callback);

/**
 * Sets the function called when a stream is closed.
 *
 * See `nghttp2_on_stream_close_callback`.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_stream_close_callback(
    nghttp2_session_callbacks* cbs, nghttp2_on_stream_close_callback on_stream_close_callback);

/**
 * Sets the function that chooses padding. Without it nothing is padded.
 *
 * See `nghttp2_select_padding_callback2`.
 *
 * :since: 1.60.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_select_padding_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_select_padding_callback2 select_padding_callback);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_session_callbacks_set_select_padding_callback2()`.
 * Not used when that one set a function.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_session_callbacks_set_select_padding_callback2()`
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_select_padding_callback(
    nghttp2_session_callbacks* cbs, nghttp2_select_padding_callback select_padding_callback);
#endif

/**
 * Sets the function that limits how much a data source is asked for. Without it the limit is
 * 16384 bytes.
 *
 * See `nghttp2_data_source_read_length_callback2`.
 *
 * :since: 1.60.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_data_source_read_length_callback2(
    nghttp2_session_callbacks* cbs,
    nghttp2_data_source_read_length_callback2 data_source_read_length_callback);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_session_callbacks_set_data_source_read_length_callback2()`.
 * Not used when that one set a function.
 *
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use
 *   `nghttp2_session_callbacks_set_data_source_read_length_callback2()`
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_data_source_read_length_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_data_source_read_length_callback data_source_read_length_callback);
#endif

/**
 * Sets the function called for each piece of an extension frame the application reads.
 *
 * See `nghttp2_on_extension_chunk_recv_callback`.
 *
 * :since: 1.8.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_on_extension_chunk_recv_callback(
    nghttp2_session_callbacks* cbs,
    nghttp2_on_extension_chunk_recv_callback on_extension_chunk_recv_callback);

/**
 * Sets the function called when an extension frame the application reads is complete.
 *
 * See `nghttp2_unpack_extension_callback`.
 *
 * :since: 1.8.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_unpack_extension_callback(
    nghttp2_session_callbacks* cbs, nghttp2_unpack_extension_callback unpack_extension_callback);

/**
 * Sets the function that writes the payload of extension frames.
 * `nghttp2_submit_extension()` requires it.
 *
 * See `nghttp2_pack_extension_callback2`.
 *
 * :since: 1.60.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_pack_extension_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_pack_extension_callback2 pack_extension_callback);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_session_callbacks_set_pack_extension_callback2()`.
 * Not used when that one set a function.
 *
 * :since: 1.8.0
 * :deprecated: since 1.60.0, use `nghttp2_session_callbacks_set_pack_extension_callback2()`
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_pack_extension_callback(
    nghttp2_session_callbacks* cbs, nghttp2_pack_extension_callback pack_extension_callback);
#endif

/**
 * Sets the function that is told in words what went wrong.
 *
 * See `nghttp2_error_callback2`.
 *
 * :since: 1.28.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_error_callback2(
    nghttp2_session_callbacks* cbs, nghttp2_error_callback2 error_callback2);

/**
 * Sets the function that is told in words what went wrong, without a code. Not used when
 * `nghttp2_session_callbacks_set_error_callback2()` set one.
 *
 * See `nghttp2_error_callback`.
 *
 * :since: 1.9.0
 * :deprecated: since 1.28.0, use `nghttp2_session_callbacks_set_error_callback2()`
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_error_callback(
    nghttp2_session_callbacks* cbs, nghttp2_error_callback error_callback);

/**
 * Sets the source of random bytes. Without it the system is asked.
 *
 * See `nghttp2_rand_callback`.
 *
 * :since: 1.67.0
 */
NGHTTP2_EXTERN void nghttp2_session_callbacks_set_rand_callback(
    nghttp2_session_callbacks* cbs, nghttp2_rand_callback rand_callback);

/**
 * @topic options: Options
 *
 * Options change what a session does; most are limits against hostile peers and have defaults
 * that suit ordinary use. An option set is read when a session is created with
 * `nghttp2_session_client_new2()`, `nghttp2_session_server_new2()` or their forms with an
 * allocator, and can be changed, used again or deleted afterwards.
 *
 * Options that take an ``int val`` are switches: 0 is off, anything else is on, and all are off
 * initially.
 *
 * When a limit against abuse is exceeded the session either fails with a fatal error or queues
 * GOAWAY, as described at each. After GOAWAY with an error further input is ignored, and the
 * connection ends when the frame is written.
 */

/**
 * Makes an option set with the defaults and stores it in `option_ptr`. Memory comes from
 * ``malloc()``.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `option_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_option_new(nghttp2_option** option_ptr);

/**
 * Deletes an option set. Sessions made with it are not affected. NULL is allowed.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_option_del(nghttp2_option* option);

/**
 * Switch: leave it to the application to give received bytes back to the peer's windows.
 *
 * Off, the library sends WINDOW_UPDATE for received DATA by itself, so a peer can send as fast
 * as the library is fed. On, nothing is given back until `nghttp2_session_consume()` or one of
 * its relatives is called, which lets an application that stores bodies push back. DATA the
 * library discards is given back either way.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_no_auto_window_update(nghttp2_option* option, int val);

/**
 * Assumes how many streams the peer lets this endpoint open, until its first SETTINGS frame
 * says so. Default: 100. Requests beyond the number wait in the queue.
 *
 * The peer's first SETTINGS replaces the value; when it does not mention the number, there is
 * no limit.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_peer_max_concurrent_streams(nghttp2_option* option,
                                                                   uint32_t val);

/**
 * Switch, for servers: do not expect `NGHTTP2_CLIENT_MAGIC`.
 *
 * For applications that read the first 24 bytes themselves, to tell HTTP/2 from other
 * protocols. The client's SETTINGS frame is expected all the same.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_no_recv_client_magic(nghttp2_option* option, int val);

/**
 * Switch: do not check received messages against the rules of HTTP.
 *
 * Off, a malformed message is a stream error of type PROTOCOL_ERROR (RFC 9113, section 8.1.1)
 * that never reaches the application as a complete message. Checked are:
 *
 * - the order of a message: interim responses, one final head, body, trailers;
 * - pseudo-header fields: known, before all others, at most once, complete for the kind of
 *   message, with valid values; ``:protocol`` only where extended CONNECT was enabled; none in
 *   trailers (section 8.3);
 * - an authority in ``:authority`` or ``host``, without user information;
 * - names in lower case and made of token characters, values without control characters and
 *   without white space at the ends (section 8.2.1). Of these faults, some are left to
 *   `nghttp2_on_invalid_header_callback2`;
 * - no connection-specific fields: ``connection``, ``keep-alive``, ``proxy-connection``,
 *   ``transfer-encoding``, ``upgrade``, nor ``te`` but for "trailers" (section 8.2.2);
 * - ``content-length``: one, a number, equal to the sum of the DATA received, and absent where
 *   HTTP forbids it;
 * - ``:status``: three digits from 100 up.
 *
 * On, fields are passed as decoded, with any bytes in them. This is for uses of HTTP/2 framing
 * that are not HTTP; the roles of client and server remain. The ``priority`` field of requests
 * is not evaluated either.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_no_http_messaging(nghttp2_option* option, int val);

/**
 * Switch: accept spaces and tabs at the ends of received field values, which RFC 9113, section
 * 8.2.1, forbids. Does not apply to pseudo-header fields and other fields with checks of their
 * own.
 *
 * :since: 1.50.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_no_rfc9113_leading_and_trailing_ws_validation(
    nghttp2_option* option, int val);

/**
 * Switch: do not answer PING. The application answers with `nghttp2_submit_ping()` and
 * `NGHTTP2_FLAG_ACK`, for example to measure its own delay too.
 *
 * :since: 1.9.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_no_auto_ping_ack(nghttp2_option* option, int val);

/**
 * Limits, for clients, how many promised streams may wait for their response. Default: 200.
 * Promises beyond the number are reset without any callback.
 *
 * :since: 1.3.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_reserved_remote_streams(nghttp2_option* option,
                                                                   uint32_t val);

/**
 * Asks for extension frames of `type` to be given to the application's own callbacks:
 * `nghttp2_on_extension_chunk_recv_callback` and `nghttp2_unpack_extension_callback`.
 *
 * `type` must be above 0x09; others are ignored. Call once per type. This takes precedence over
 * `nghttp2_option_set_builtin_recv_extension_type()`. Sending needs no option.
 *
 * :since: 1.8.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_user_recv_extension_type(nghttp2_option* option,
                                                                uint8_t type);

/**
 * Asks the library to read extension frames of `type`: `NGHTTP2_ALTSVC`, `NGHTTP2_ORIGIN` or
 * `NGHTTP2_PRIORITY_UPDATE`. Other types are ignored. Call once per type.
 *
 * The frames are then reported by `nghttp2_on_frame_recv_callback`. Without the option they are
 * skipped.
 *
 * :since: 1.10.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_builtin_recv_extension_type(nghttp2_option* option,
                                                                   uint8_t type);

/**
 * Limits header blocks to be sent, measured in bytes by `nghttp2_hd_deflate_bound()`. Default:
 * 65536. A frame beyond it is not sent; `nghttp2_on_frame_not_send_callback` gets
 * `NGHTTP2_ERR_FRAME_SIZE_ERROR`.
 *
 * :since: 1.12.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_send_header_block_length(nghttp2_option* option,
                                                                    size_t val);

/**
 * Limits the memory of the HPACK encoder's dynamic table, in bytes as RFC 7541, section 4.1,
 * counts them. Default: 4096. The table has the lesser of this and what the peer announced.
 *
 * :since: 1.15.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_deflate_dynamic_table_size(nghttp2_option* option,
                                                                      size_t val);

/**
 * Limits how many acknowledgements of SETTINGS and PING may wait to be sent. Default: 1000. A
 * peer that asks for more without reading makes the session fail with `NGHTTP2_ERR_FLOODED`.
 *
 * :since: 1.40.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_outbound_ack(nghttp2_option* option, size_t val);

/**
 * Limits how many frames of any kind may wait to be sent when input is processed; bodies that
 * are deferred do not count. Default: 5000. A peer that makes this endpoint queue more than it
 * reads makes the session fail with `NGHTTP2_ERR_FLOODED`.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_outbound_queue_size(nghttp2_option* option, size_t val);

/**
 * Applies the rules about stream identifiers and closed streams to the letter if `val` is not 0
 * (RFC 9113, sections 5.1 and 5.1.1). Default: 0, as applications have come to expect.
 *
 * With the option, HEADERS on a stream that was passed over by a higher one are a connection
 * error of type PROTOCOL_ERROR, HEADERS and DATA on a closed stream one of type STREAM_CLOSED, and
 * PRIORITY on stream 0 is an error even where priorities of RFC 7540 are switched off; a
 * SETTINGS_INITIAL_WINDOW_SIZE that makes the window of a stream exceed 2^31-1 is a connection error
 * of type FLOW_CONTROL_ERROR (section 6.9.2) instead of resetting that stream. PRIORITY_UPDATE of
 * stream 0 is a connection error of type PROTOCOL_ERROR, and one of a pushed stream changes its
 * priority (RFC 9218, section 7.1); otherwise both are told and change nothing. A padded frame
 * without room for its fixed fields is an error of type FRAME_SIZE_ERROR (section 4.2), otherwise
 * PROTOCOL_ERROR. Frames for
 * streams that this endpoint has reset are ignored, since the peer may not have known; the 256
 * latest of them are remembered, and what is older is judged in the peer's favour.
 *
 * Without it, such frames are ignored.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_strict_stream_states(nghttp2_option* option, int val);

/**
 * Limits how many entries a received SETTINGS frame may have. Default: 32
 * (`NGHTTP2_DEFAULT_MAX_SETTINGS`). A frame with more ends the connection with GOAWAY
 * (ENHANCE_YOUR_CALM).
 *
 * :since: 1.41.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_settings(nghttp2_option* option, size_t val);

/**
 * Initial value of the limit set by `nghttp2_option_set_max_settings()`.
 *
 * :since: 1.41.0
 */
#define NGHTTP2_DEFAULT_MAX_SETTINGS 32

/**
 * Limits how many CONTINUATION frames a received header block may have. Default: 8. One more
 * makes the session fail with `NGHTTP2_ERR_TOO_MANY_CONTINUATIONS`.
 *
 * :since: 1.61.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_continuations(nghttp2_option* option, size_t val);

/**
 * Limits the size of a received header list, in octets: names and values of all fields of one
 * header block, decoded, and 32 more for each field (RFC 9113, section 6.5.2). Fields of one name,
 * such as the pieces of a cookie, count one by one. Default: 1048576.
 *
 * With the field that exceeds the limit delivery ends: the stream is reset with ENHANCE_YOUR_CALM
 * and `nghttp2_on_invalid_frame_recv_callback` gets `NGHTTP2_ERR_FRAME_SIZE_ERROR`. The rest of the
 * block is decoded without being delivered, so that other streams are not affected; a block of more
 * than four times the limit (and 256 KiB) ends the connection with GOAWAY (ENHANCE_YOUR_CALM).
 * Blocks that the application does not get to see count too.
 *
 * An explicit limit below 2^32-1 is announced: the first SETTINGS frame gets an entry
 * `NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE` unless the application's entries have one. If the peer has
 * acknowledged a larger value than `val` from the application, that one is the limit. A smaller
 * value is not enforced.
 *
 * A server that wants to answer a large request with 431 counts in its
 * `nghttp2_on_header_callback`, and lets the limit here be larger than its own.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_header_list_size(nghttp2_option* option, size_t val);

/**
 * Limits how many fields a received header block may have, pseudo-header fields included. Default:
 * 10000. More of them are treated as in `nghttp2_option_set_max_header_list_size()`: the stream is
 * reset, and a block of more than four times as many fields (and 1000) ends the connection.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_max_header_fields(nghttp2_option* option, size_t val);

/**
 * Limits, for servers, how often the client may reset streams. `burst` resets may come at
 * once, and `rate` per second are added up to that number. Defaults: 1000 and 33. Beyond it the
 * connection ends with GOAWAY.
 *
 * :since: 1.57.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_stream_reset_rate_limit(nghttp2_option* option,
                                                               uint64_t burst, uint64_t rate);

/**
 * Limits, for servers, how often the client may make the library reset its open streams by errors
 * that concern a stream alone, such as malformed messages, content of a wrong length, or windows
 * that overflow. `burst` and `rate` per second work as for
 * `nghttp2_option_set_stream_reset_rate_limit()`. Defaults: 10000 and 330. Beyond it the connection
 * ends with GOAWAY (ENHANCE_YOUR_CALM). Streams that the application resets, and those that are
 * refused because there are too many, do not count.
 *
 * What is to be done for a request is the same whoever cancels it. A server that works on many of
 * them at a time should set the limit of resets by the client here too.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_forced_reset_rate_limit(nghttp2_option* option,
                                                               uint64_t burst, uint64_t rate);

/**
 * Limits how often the peer may send SETTINGS and PING, acknowledgements not counted, and
 * WINDOW_UPDATE. `burst` and `rate` per second work as for
 * `nghttp2_option_set_stream_reset_rate_limit()`. Defaults: 100000 and 10000. Beyond it the
 * connection ends with GOAWAY (ENHANCE_YOUR_CALM).
 *
 * A SETTINGS frame counts once more for every 16 open streams. For each DATA frame that this
 * endpoint sends, if it has at least 256 octets or ends its stream, two WINDOW_UPDATE frames are
 * free, so that the speed of a transfer is not limited.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_control_frame_rate_limit(nghttp2_option* option,
                                                                uint64_t burst, uint64_t rate);

/**
 * Limits how often the peer may send DATA frames with a payload, padding included, of less than 64
 * octets that do not end their stream. They cost more to handle than flow control sees. `burst` and
 * `rate` per second work as for `nghttp2_option_set_stream_reset_rate_limit()`. Beyond it the
 * connection ends with GOAWAY (ENHANCE_YOUR_CALM). Default: no limit, since protocols of short
 * messages have reasons to send such frames.
 *
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_small_data_rate_limit(nghttp2_option* option, uint64_t burst,
                                                             uint64_t rate);

/**
 * Limits how often the peer may do what is allowed or harmless once but suspicious in numbers:
 * malformed messages, frames and header blocks that must be ignored, empty DATA frames, priority
 * changes, GOAWAY, more than two size updates in a header block, many informational responses, and
 * the like. `burst` and `rate` per second work as for `nghttp2_option_set_stream_reset_rate_limit()`.
 * Defaults: 10000 and 330. Beyond it the connection ends with GOAWAY (ENHANCE_YOUR_CALM).
 *
 * :since: 1.67.0
 */
NGHTTP2_EXTERN void nghttp2_option_set_glitch_rate_limit(nghttp2_option* option, uint64_t burst,
                                                         uint64_t rate);

/**
 * Switch: do not keep closed streams in the priority tree of RFC 7540.
 *
 * Closed streams are bounded in number whatever the switch says, and none are kept while
 * priorities of RFC 7540 are not in use.
 *
 * :since: 1.20.0
 * :deprecated: memory does not depend on it any more; nothing needs to replace it
 */
NGHTTP2_EXTERN void nghttp2_option_set_no_closed_streams(nghttp2_option* option, int val);

/**
 * Switch, for servers that send `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` of value 1: obey
 * priorities of RFC 7540 all the same when the client's first SETTINGS does not contain that
 * setting with value 1. Only the order of DATA is affected; the functions of topic "Priorities
 * of RFC 7540" stay without effect.
 *
 * :since: 1.48.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates; it works
 */
NGHTTP2_EXTERN void nghttp2_option_set_server_fallback_rfc7540_priorities(nghttp2_option* option,
                                                                          int val);

/**
 * @topic sessions: Sessions
 *
 * A session is one side of one connection. `user_data` is passed to every callback. Callbacks
 * and options are copied; the sets may be deleted at once.
 *
 * A client session first sends `NGHTTP2_CLIENT_MAGIC` by itself. Both sides must then send a
 * SETTINGS frame (RFC 9113, section 3.4): call `nghttp2_submit_settings()` right after creating
 * a session, with no entries when the initial values will do.
 */

/**
 * What a client sends before its first frame (RFC 9113, section 3.4).
 *
 * :since: 1.0.0
 */
#define NGHTTP2_CLIENT_MAGIC "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

/**
 * Length of `NGHTTP2_CLIENT_MAGIC` in bytes, without the terminating NUL.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_CLIENT_MAGIC_LEN 24

/**
 * Makes a client session and stores it in `session_ptr`.
 *
 * `callbacks` must not be NULL. A function to send is needed for `nghttp2_session_send()` and
 * one to receive for `nghttp2_session_recv()`; all others are optional.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `session_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_client_new(nghttp2_session** session_ptr,
                                              const nghttp2_session_callbacks* callbacks,
                                              void* user_data);

/**
 * Makes a server session and stores it in `session_ptr`. See `nghttp2_session_client_new()`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `session_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_server_new(nghttp2_session** session_ptr,
                                              const nghttp2_session_callbacks* callbacks,
                                              void* user_data);

/**
 * Makes a client session with options. NULL for `option` means the defaults.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `session_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_client_new2(nghttp2_session** session_ptr,
                                               const nghttp2_session_callbacks* callbacks,
                                               void* user_data, const nghttp2_option* option);

/**
 * Makes a server session with options. NULL for `option` means the defaults.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `session_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_server_new2(nghttp2_session** session_ptr,
                                               const nghttp2_session_callbacks* callbacks,
                                               void* user_data, const nghttp2_option* option);

/**
 * Makes a client session with options and an allocator. `mem` is copied; NULL means that of the
 * C library. NULL for `option` means the defaults.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `session_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_client_new3(nghttp2_session** session_ptr,
                                               const nghttp2_session_callbacks* callbacks,
                                               void* user_data, const nghttp2_option* option,
                                               nghttp2_mem* mem);

/**
 * Makes a server session with options and an allocator. `mem` is copied; NULL means that of the
 * C library. NULL for `option` means the defaults.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `session_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_server_new3(nghttp2_session** session_ptr,
                                               const nghttp2_session_callbacks* callbacks,
                                               void* user_data, const nghttp2_option* option,
                                               nghttp2_mem* mem);

/**
 * Deletes a session with all its streams and queued frames. No callback is called. NULL is
 * allowed.
 *
 * From inside a callback of the same session this only marks it: the session is deleted when the
 * call that led to the callback is done, which then returns `NGHTTP2_ERR_CALLBACK_FAILURE`
 * without further callbacks. The pointer must not be used after that call.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_session_del(nghttp2_session* session);

/**
 * Replaces the `user_data` that callbacks are given.
 *
 * :since: 1.31.0
 */
NGHTTP2_EXTERN void nghttp2_session_set_user_data(nghttp2_session* session, void* user_data);

/**
 * Tells the side of a session.
 *
 * :returns: nonzero for a server session.
 * :since: 1.5.0
 */
NGHTTP2_EXTERN int nghttp2_session_check_server_session(nghttp2_session* session);

/**
 * @topic io: Moving bytes
 *
 * There are two ways, which may be mixed. With the *memory* functions the application reads and
 * writes the connection itself; this is the simpler and faster way. With `nghttp2_session_recv()`
 * and `nghttp2_session_send()` the library asks callbacks to do so.
 *
 * After input was processed, or anything was submitted, there may be output: ask
 * `nghttp2_session_want_write()`, or just call `nghttp2_session_mem_send2()`.
 *
 * None of these functions may be called from a callback of the same session.
 */

/**
 * Processes received bytes.
 *
 * All of `in` is processed unless a callback returns `NGHTTP2_ERR_PAUSE`; then the rest must
 * be given again, in a later call. Frames may be split over calls in any way. The bytes need not
 * be kept after the call, but for a paused `nghttp2_on_data_chunk_recv_callback`.
 *
 * Mistakes of the peer are no errors of this function: it answers them with RST_STREAM or
 * GOAWAY and carries on. Once the session is terminated, input is swallowed without effect.
 *
 * :returns: the number of bytes processed, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`: a callback failed.
 *   - `NGHTTP2_ERR_BAD_CLIENT_MAGIC`: server: the peer does not speak HTTP/2.
 *   - `NGHTTP2_ERR_FLOODED`: too much output piled up because of the peer.
 *   - `NGHTTP2_ERR_TOO_MANY_CONTINUATIONS`: too many CONTINUATION frames.
 *   - `NGHTTP2_ERR_INVALID_STATE`: called from a callback. The only one that is not fatal.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_session_mem_recv2(nghttp2_session* session, const uint8_t* in,
                                                       size_t inlen);

/**
 * Gives the next bytes to be written to the connection, and stores where they are in
 * `data_ptr`.
 *
 * One call returns one frame, or one piece of a header block. Call until it returns 0. The bytes
 * are valid until the next call of this function or of `nghttp2_session_send()`, and must all
 * be written, in order.
 *
 * Pieces may be small: collect several before writing when each write makes a packet.
 *
 * :returns: the number of bytes; 0 when there is nothing to send now, because the queue is empty,
 *   the peer's windows are used up, or bodies are deferred or paused; or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`: a callback failed.
 *   - `NGHTTP2_ERR_INVALID_STATE`: called from a callback. The only one that is not fatal.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_session_mem_send2(nghttp2_session* session,
                                                       const uint8_t** data_ptr);

/**
 * Writes the next bytes for the connection to `buf`: as many frames as fit.
 *
 * This is `nghttp2_session_mem_send2()` for applications that collect frames before they write
 * them. Frames are made in `buf`, and content is read to where it belongs there, so that nothing
 * is copied and the session needs no memory for it. DATA frames become as long as the room
 * allows. Of a frame that does not fit, what fits is written; the rest comes first in the next call
 * of this function or of `nghttp2_session_mem_send2()`, so all bytes must be sent, in order. A
 * little room may stay unused at the end. Good sizes are 16 KiB and more; less than 2 KiB works,
 * but frames are then copied.
 *
 * `nghttp2_send_data_callback` is called only when nothing has been written to `buf` yet in the
 * same call: what the application sends from inside it goes after the bytes of earlier calls and
 * before those of this one. So 0 is returned only if there is really nothing to send.
 *
 * Callbacks are called as by `nghttp2_session_mem_send2()`; a frame counts as sent when the last
 * of its bytes has been written to `buf`.
 *
 * :returns: the number of bytes written; 0 when there is nothing to send now, or `buflen` is 0; or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`: a callback failed.
 *   - `NGHTTP2_ERR_INVALID_STATE`: called from a callback. The only one that is not fatal.
 * :since: 1.70.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_session_mem_send_into(nghttp2_session* session, uint8_t* buf,
                                                           size_t buflen);

/**
 * The same for several buffers, as for writev(): each is filled to its last byte before the next
 * one is used, so that a frame may begin in one and end in another. `nghttp2_send_data_callback`
 * is called only before anything was written to the first of them.
 *
 * :returns: the number of bytes written to all of them, else as
 *   `nghttp2_session_mem_send_into()`.
 * :since: 1.70.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_session_mem_send_vec(nghttp2_session* session,
                                                          const nghttp2_vec* vec, size_t veclen);

/**
 * Gives memory back that the session keeps for later use only, for connections that have been
 * quiet for a while and may remain so: the session works as before, and allocates again what it
 * needs next. What `nghttp2_session_mem_send2()` and the functions for HPACK tables returned is not
 * valid any more. Inside callbacks nothing happens.
 * :since: 1.70.0
 */
NGHTTP2_EXTERN void nghttp2_session_release_memory(nghttp2_session* session);

/**
 * Reads with `nghttp2_recv_callback2`, and processes what it read, until that callback returns
 * `NGHTTP2_ERR_WOULDBLOCK`. Otherwise like `nghttp2_session_mem_recv2()`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_EOF`: the peer closed the connection.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`: a callback failed.
 *   - `NGHTTP2_ERR_BAD_CLIENT_MAGIC`: server: the peer does not speak HTTP/2.
 *   - `NGHTTP2_ERR_FLOODED`: too much output piled up because of the peer.
 *   - `NGHTTP2_ERR_TOO_MANY_CONTINUATIONS`: too many CONTINUATION frames.
 *   - `NGHTTP2_ERR_INVALID_STATE`: called from a callback; not fatal.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_recv(nghttp2_session* session);

/**
 * Writes everything that can be sent now with `nghttp2_send_callback2`, until that callback
 * returns `NGHTTP2_ERR_WOULDBLOCK`. Otherwise like `nghttp2_session_mem_send2()`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 *   - `NGHTTP2_ERR_CALLBACK_FAILURE`: a callback failed.
 *   - `NGHTTP2_ERR_INVALID_STATE`: called from a callback; not fatal.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_send(nghttp2_session* session);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_session_mem_recv2()`.
 *
 * :returns: as `nghttp2_session_mem_recv2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_session_mem_recv2()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_session_mem_recv(nghttp2_session* session, const uint8_t* in,
                                                size_t inlen);

/**
 * The older form of `nghttp2_session_mem_send2()`.
 *
 * :returns: as `nghttp2_session_mem_send2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_session_mem_send2()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_session_mem_send(nghttp2_session* session, const uint8_t** data_ptr);
#endif

/**
 * Tells whether the session expects anything from the peer. When this and
 * `nghttp2_session_want_write()` are both 0, close the connection and delete the session.
 *
 * :returns: 0 after GOAWAY was sent or received and all streams are done, or after the session
 *   was terminated; nonzero otherwise.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_want_read(nghttp2_session* session);

/**
 * Tells whether the session has something that can be sent now. Output that was returned by
 * `nghttp2_session_mem_send2()` and not yet written is the application's business and does not
 * count; nor do frames that wait for room in a window or for an earlier stream to end.
 *
 * :returns: nonzero when sending would yield something.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_want_write(nghttp2_session* session);

/**
 * Counts frames that wait to be sent. Deferred bodies do not count.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN size_t nghttp2_session_get_outbound_queue_size(nghttp2_session* session);

/**
 * @topic messages: Requests and responses
 *
 * A client calls `nghttp2_submit_request2()`; a server answers a stream with
 * `nghttp2_submit_response2()`. Both take the head of the message as fields and its body as a
 * data provider, NULL when there is none. The frames are queued and sent when bytes are moved.
 *
 * A request has ``:method``, ``:scheme``, ``:path`` and, as a rule, ``:authority``; CONNECT has
 * ``:method`` and ``:authority`` alone; a response has ``:status`` (RFC 9113, section 8.3). They
 * must come before other fields. The library does not check what the application sends.
 *
 * **Order of sending.** PING and SETTINGS go first; then other frames in the order they were
 * submitted; then HEADERS that open streams, as far as the peer's limit on concurrent streams
 * allows; then DATA, by priority. RST_STREAM overtakes and discards what is queued for its
 * stream.
 *
 * **One message at a time.** A stream has at most one body or header block waiting; a second
 * one is refused with `NGHTTP2_ERR_DATA_EXIST`. `nghttp2_on_frame_send_callback` tells when the
 * next can be submitted. Using the data provider of a request or response avoids the matter.
 *
 * **User data of a stream** is a pointer the application attaches to it, usually when it is
 * submitted.
 */

/**
 * Queues a request: HEADERS, and DATA if there is a body.
 *
 * The `nvlen` fields at `nva` are copied; see topic "Fields". `data_prd` is the body; with
 * NULL, HEADERS ends the stream. `pri_spec` is a priority of RFC 7540, NULL for the default one;
 * a weight outside 1 to 256 is moved to the nearer end, and it is dropped when the server sent
 * `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` of value 1. `stream_user_data` is attached to the
 * stream.
 *
 * The stream comes into being when HEADERS is sent, from `nghttp2_before_frame_send_callback`
 * on. Until then the identifier returned may be given to
 * `nghttp2_session_set_stream_user_data()` and `nghttp2_submit_rst_stream()`, and to no other
 * function.
 *
 * When the request cannot be sent after all, because GOAWAY arrived meanwhile,
 * `nghttp2_on_frame_not_send_callback` and `nghttp2_on_stream_close_callback` (with
 * `NGHTTP2_REFUSED_STREAM`) are called.
 *
 * :returns: the stream identifier, or
 *
 *   - `NGHTTP2_ERR_PROTO`: the session is a server's.
 *   - `NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE`: identifiers are used up.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: the stream would depend on itself.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN int32_t nghttp2_submit_request2(nghttp2_session* session,
                                               const nghttp2_priority_spec* pri_spec,
                                               const nghttp2_nv* nva, size_t nvlen,
                                               const nghttp2_data_provider2* data_prd,
                                               void* stream_user_data);

/**
 * Queues the final response on a stream: HEADERS, and DATA if there is a body.
 *
 * The `nvlen` fields at `nva` are copied; see topic "Fields". `data_prd` is the body; with
 * NULL, HEADERS ends the stream. The stream is one the client opened, or one reserved by
 * `nghttp2_submit_push_promise()`. For interim responses (status 1xx) use
 * `nghttp2_submit_headers()` before.
 *
 * Whether the stream exists is known when the frame's turn comes: if it does not,
 * `nghttp2_on_frame_not_send_callback` gets `NGHTTP2_ERR_STREAM_CLOSED`. Respond once only: a
 * second response is not sent either.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is not positive.
 *   - `NGHTTP2_ERR_PROTO`: the session is a client's.
 *   - `NGHTTP2_ERR_DATA_EXIST`: the stream is a reserved one and has a response already.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN int nghttp2_submit_response2(nghttp2_session* session, int32_t stream_id,
                                            const nghttp2_nv* nva, size_t nvlen,
                                            const nghttp2_data_provider2* data_prd);

/**
 * Queues trailers: a header block that ends the stream (RFC 9113, section 8.1).
 *
 * The `nvlen` fields at `nva` are copied and must not contain pseudo-header fields. The body
 * before must have ended with `NGHTTP2_DATA_FLAG_NO_END_STREAM`; this function can be called
 * from the data source that does so.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is not positive.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_trailer(nghttp2_session* session, int32_t stream_id,
                                          const nghttp2_nv* nva, size_t nvlen);

/**
 * Queues a single HEADERS frame. For interim responses, and where the functions above are too
 * coarse.
 *
 * `flags` may have `NGHTTP2_FLAG_END_STREAM`; other flags are ignored. `stream_id` of -1 opens
 * a new stream, which only clients can. The `nvlen` fields at `nva` are copied; see topic
 * "Fields". `pri_spec` is as for `nghttp2_submit_request2()`. `stream_user_data` is used when
 * the frame opens the stream.
 *
 * :returns: with -1 the identifier of the new stream, otherwise 0; or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0 or below -1, or the stream would depend
 *     on itself.
 *   - `NGHTTP2_ERR_PROTO`: `stream_id` is -1 and the session is a server's.
 *   - `NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE`: identifiers are used up.
 *   - `NGHTTP2_ERR_DATA_EXIST`: something is waiting for a stream that is reserved.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_submit_headers(nghttp2_session* session, uint8_t flags,
                                              int32_t stream_id,
                                              const nghttp2_priority_spec* pri_spec,
                                              const nghttp2_nv* nva, size_t nvlen,
                                              void* stream_user_data);

/**
 * Queues a body for a stream whose HEADERS were submitted on their own.
 *
 * With `NGHTTP2_FLAG_END_STREAM` in `flags` the end of the body ends the stream. `data_prd`
 * must not be NULL; it is copied.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0.
 *   - `NGHTTP2_ERR_STREAM_CLOSED`: there is no such stream.
 *   - `NGHTTP2_ERR_DATA_EXIST`: a body or header block is waiting for the stream.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN int nghttp2_submit_data2(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                                        const nghttp2_data_provider2* data_prd);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_submit_request2()`.
 *
 * :returns: as `nghttp2_submit_request2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_submit_request2()`
 */
NGHTTP2_EXTERN int32_t nghttp2_submit_request(nghttp2_session* session,
                                              const nghttp2_priority_spec* pri_spec,
                                              const nghttp2_nv* nva, size_t nvlen,
                                              const nghttp2_data_provider* data_prd,
                                              void* stream_user_data);

/**
 * The older form of `nghttp2_submit_response2()`.
 *
 * :returns: as `nghttp2_submit_response2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_submit_response2()`
 */
NGHTTP2_EXTERN int nghttp2_submit_response(nghttp2_session* session, int32_t stream_id,
                                           const nghttp2_nv* nva, size_t nvlen,
                                           const nghttp2_data_provider* data_prd);

/**
 * The older form of `nghttp2_submit_data2()`.
 *
 * :returns: as `nghttp2_submit_data2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_submit_data2()`
 */
NGHTTP2_EXTERN int nghttp2_submit_data(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                                       const nghttp2_data_provider* data_prd);
#endif

/**
 * Makes a body go on that was deferred by `NGHTTP2_ERR_DEFERRED`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: there is no such stream, or its body is not deferred.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_resume_data(nghttp2_session* session, int32_t stream_id);

/**
 * Queues PUSH_PROMISE: announces, in answer to the open stream `stream_id` of the client, a
 * request the client did not make (RFC 9113, section 8.4). For servers.
 *
 * `nva` has the fields of that request and is copied; see topic "Fields". `flags` is ignored.
 * The promised stream exists at once with `promised_stream_user_data` attached; submit its
 * response with `nghttp2_submit_response2()`. When the client switched push off the frame is
 * not sent, and `nghttp2_on_frame_not_send_callback` gets `NGHTTP2_ERR_PUSH_DISABLED`.
 *
 * :returns: the identifier of the promised stream, or
 *
 *   - `NGHTTP2_ERR_PROTO`: the session is a client's.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is not a stream of the client.
 *   - `NGHTTP2_ERR_STREAM_CLOSED`: there is no such stream.
 *   - `NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE`: identifiers are used up.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_submit_push_promise(nghttp2_session* session, uint8_t flags,
                                                   int32_t stream_id, const nghttp2_nv* nva,
                                                   size_t nvlen, void* promised_stream_user_data);

/**
 * Queues RST_STREAM: ends a stream at once, with `error_code` as the reason (RFC 9113, section
 * 6.4). What is queued for the stream is discarded. `flags` is ignored.
 *
 * A request that was submitted and not yet sent is withdrawn; nothing is sent then. For a
 * stream that does not exist or is closed, nothing happens. To end a stream after its response,
 * wait for `nghttp2_on_frame_send_callback` of the last frame.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_rst_stream(nghttp2_session* session, uint8_t flags,
                                             int32_t stream_id, uint32_t error_code);

/**
 * Tells whether a client may still open streams.
 *
 * :returns: 0 for a server, when identifiers are used up, and after GOAWAY was sent or received;
 *   nonzero otherwise.
 * :since: 1.5.0
 */
NGHTTP2_EXTERN int nghttp2_session_check_request_allowed(nghttp2_session* session);

/**
 * Tells the identifier the next stream of this endpoint will have.
 *
 * :returns: the identifier; 2^31 or more when they are used up.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN uint32_t nghttp2_session_get_next_stream_id(nghttp2_session* session);

/**
 * Chooses the identifier of the next stream of this endpoint, to skip some.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: it is less than `nghttp2_session_get_next_stream_id()`, or
 *     even for a client, or odd for a server.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_set_next_stream_id(nghttp2_session* session,
                                                      int32_t next_stream_id);

/**
 * Gives the user data of a stream.
 *
 * :returns: what was attached; NULL when nothing was, or there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void* nghttp2_session_get_stream_user_data(nghttp2_session* session,
                                                          int32_t stream_id);

/**
 * Attaches user data to a stream, in place of what it had. Works for reserved streams, and for
 * requests that were submitted and not yet sent.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_set_stream_user_data(nghttp2_session* session, int32_t stream_id,
                                                        void* stream_user_data);

/**
 * Tells whether this endpoint has ended its half of a stream.
 *
 * :returns: 1 if so, 0 if not, -1 when there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_get_stream_local_close(nghttp2_session* session,
                                                          int32_t stream_id);

/**
 * Tells whether the peer has ended its half of a stream.
 *
 * :returns: 1 if so, 0 if not, -1 when there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_get_stream_remote_close(nghttp2_session* session,
                                                           int32_t stream_id);

/**
 * @topic flow-control: Flow control
 *
 * DATA is limited by two windows per direction, that of its stream and that of the connection
 * (RFC 9113, section 5.2). A *remote* window is what the peer lets this endpoint send, a *local*
 * one what this endpoint lets the peer send. Sizes are in bytes, padding included.
 *
 * Sending observes the remote windows without any doing. For receiving, the library keeps the
 * local windows open by itself; an application that cannot always keep pace switches that off
 * with `nghttp2_option_set_no_auto_window_update()` and tells what it is done with by
 * `nghttp2_session_consume()`. WINDOW_UPDATE is sent when about half of a window was given back.
 *
 * The window of the connection starts with 65535 bytes and can be changed by
 * `nghttp2_session_set_local_window_size()` only; those of streams start with the local
 * `NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE`. For fast transfers over long distances both must be
 * as large as the product of bandwidth and round trip time.
 *
 * When the peer exceeds a stream's window, or makes one overflow by WINDOW_UPDATE or SETTINGS,
 * the stream is reset with FLOW_CONTROL_ERROR, and DATA beyond the window is not delivered. For
 * the window of the connection it is a connection error.
 */

/**
 * The greatest window: 2^31 - 1 bytes (RFC 9113, section 6.9.1).
 *
 * :since: 1.0.0
 */
#define NGHTTP2_MAX_WINDOW_SIZE ((int32_t)((1U << 31) - 1))

/**
 * The window of a stream where SETTINGS said nothing else.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_INITIAL_WINDOW_SIZE ((1 << 16) - 1)

/**
 * The window of a connection at its start.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_INITIAL_CONNECTION_WINDOW_SIZE ((1 << 16) - 1)

/**
 * Gives `size` received bytes back to the windows of the stream and of the connection, after
 * the application is done with them. WINDOW_UPDATE is queued when it is worth a frame.
 *
 * A stream that is closed meanwhile is no error; the bytes count for the connection.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0.
 *   - `NGHTTP2_ERR_INVALID_STATE`: `nghttp2_option_set_no_auto_window_update()` is off.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_consume(nghttp2_session* session, int32_t stream_id,
                                           size_t size);

/**
 * Gives `size` received bytes back to the window of the connection alone, for example when a
 * slow stream shall not hold up the others.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: `nghttp2_option_set_no_auto_window_update()` is off.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_consume_connection(nghttp2_session* session, size_t size);

/**
 * Gives `size` received bytes back to the window of the stream alone. A stream that is closed
 * meanwhile is no error.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0.
 *   - `NGHTTP2_ERR_INVALID_STATE`: `nghttp2_option_set_no_auto_window_update()` is off.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_consume_stream(nghttp2_session* session, int32_t stream_id,
                                                  size_t size);

/**
 * Sets the size of a local window to `window_size` bytes, for a stream or, with `stream_id` 0,
 * for the connection. `flags` is ignored.
 *
 * To enlarge it, WINDOW_UPDATE is queued. To shrink it, that much is kept back of what the peer
 * uses up; there is no other way in HTTP/2. Received bytes that were not given back are not
 * touched. A stream that does not exist is no error.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `window_size` is negative.
 *   - `NGHTTP2_ERR_FLOW_CONTROL`: the window would leave its range.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.12.0
 */
NGHTTP2_EXTERN int nghttp2_session_set_local_window_size(nghttp2_session* session, uint8_t flags,
                                                         int32_t stream_id, int32_t window_size);

/**
 * Changes a local window by a difference, for a stream or, with `stream_id` 0, for the
 * connection. `flags` is ignored.
 *
 * A positive `window_size_increment` is sent as WINDOW_UPDATE. It first gives back received
 * bytes; what is left enlarges the window. A negative one shrinks the window. 0, and a
 * stream that does not exist, do nothing. `nghttp2_session_set_local_window_size()` is easier to
 * use.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_FLOW_CONTROL`: the window would leave its range.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_window_update(nghttp2_session* session, uint8_t flags,
                                                int32_t stream_id, int32_t window_size_increment);

/**
 * Tells how many bytes the peer lets this endpoint send on a stream now. The connection has its
 * own limit.
 *
 * :returns: the number, 0 also when the window is negative; -1 when there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_stream_remote_window_size(nghttp2_session* session,
                                                                     int32_t stream_id);

/**
 * Tells how many bytes the peer lets this endpoint send on the connection now.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_remote_window_size(nghttp2_session* session);

/**
 * Tells how many bytes the peer may send on a stream before it needs WINDOW_UPDATE. The
 * connection has its own limit.
 *
 * :returns: the number, 0 also when the window is negative; -1 when there is no such stream.
 * :since: 1.15.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_stream_local_window_size(nghttp2_session* session,
                                                                    int32_t stream_id);

/**
 * Tells how many bytes the peer may send on the connection before it needs WINDOW_UPDATE.
 *
 * :since: 1.15.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_local_window_size(nghttp2_session* session);

/**
 * Tells the size of a stream's local window as it was set, whatever of it is in use.
 *
 * :returns: the size; -1 when there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t
nghttp2_session_get_stream_effective_local_window_size(nghttp2_session* session, int32_t stream_id);

/**
 * Tells the size of the connection's local window as it was set, whatever of it is in use.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_effective_local_window_size(nghttp2_session* session);

/**
 * Tells how many received bytes of a stream were not given back by WINDOW_UPDATE yet. Bytes
 * kept back to shrink the window do not count.
 *
 * :returns: the number, 0 also when shrinking made it negative; -1 when there is no such stream.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t
nghttp2_session_get_stream_effective_recv_data_length(nghttp2_session* session, int32_t stream_id);

/**
 * Tells how many received bytes of the connection were not given back by WINDOW_UPDATE yet.
 * Bytes kept back to shrink the window do not count.
 *
 * :returns: the number, 0 also when shrinking made it negative.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_effective_recv_data_length(nghttp2_session* session);

/**
 * @topic settings: Settings
 *
 * Each side tells the other in SETTINGS frames what it will accept (RFC 9113, section 6.5). A
 * *local* setting is one this endpoint sent; it takes effect when the peer acknowledges it. A
 * *remote* setting is one the peer sent; it takes effect, and is acknowledged, when it arrives.
 *
 * There are no timers in the library: closing the connection when an acknowledgement does not
 * come (SETTINGS_TIMEOUT) is up to the application. The acknowledgement is a SETTINGS frame
 * with `NGHTTP2_FLAG_ACK` in `nghttp2_on_frame_recv_callback`.
 */

/**
 * Initial size of the HPACK dynamic tables in bytes.
 *
 * :since: 1.0.0
 */
#define NGHTTP2_DEFAULT_HEADER_TABLE_SIZE (1 << 12)

/**
 * A large number of streams. Without `NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS` the number is
 * unlimited, which getters tell as 0xffffffff.
 *
 * :since: 1.0.0
 * :deprecated: it is not the initial value of anything
 */
#define NGHTTP2_INITIAL_MAX_CONCURRENT_STREAMS ((1U << 31) - 1)

/**
 * Queues SETTINGS with the `niv` entries at `iv`, which are copied. `flags` is ignored;
 * acknowledgements are sent by the library.
 *
 * Entries are sent as given, those the library does not know too. When an identifier repeats,
 * the last one counts. The values are checked: `NGHTTP2_SETTINGS_ENABLE_PUSH`,
 * `NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL` and `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` are 0
 * or 1, the others have the ranges listed at `nghttp2_settings_id`. Extended CONNECT cannot be
 * withdrawn once offered, and `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` cannot change after the
 * first SETTINGS.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: an entry is not valid.
 *   - `NGHTTP2_ERR_TOO_MANY_INFLIGHT_SETTINGS`: too many SETTINGS frames were not acknowledged.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_settings(nghttp2_session* session, uint8_t flags,
                                           const nghttp2_settings_entry* iv, size_t niv);

/**
 * Gives the value of a remote setting; the initial value when the peer did not send it. Until
 * the first SETTINGS came, `NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS` is what
 * `nghttp2_option_set_peer_max_concurrent_streams()` assumes, and
 * `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` is 0xffffffff.
 *
 * `id` must be a constant of `nghttp2_settings_id`; for other values 0 is returned.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN uint32_t nghttp2_session_get_remote_settings(nghttp2_session* session,
                                                            nghttp2_settings_id id);

/**
 * Gives the value of a local setting the peer has acknowledged; the initial value when there is
 * none. For `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` that is 0xffffffff.
 *
 * `id` must be a constant of `nghttp2_settings_id`; for other values 0 is returned.
 *
 * :since: 1.15.0
 */
NGHTTP2_EXTERN uint32_t nghttp2_session_get_local_settings(nghttp2_session* session,
                                                           nghttp2_settings_id id);

/**
 * Writes the payload of a SETTINGS frame: six bytes per entry. For the ``HTTP2-Settings`` field
 * of topic "Upgrade from HTTP/1.1", which needs it in base64url.
 *
 * :returns: the number of bytes written to `buf`, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: an entry has a value it must not have.
 *   - `NGHTTP2_ERR_INSUFF_BUFSIZE`: `buflen` is less than six times `niv`.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_pack_settings_payload2(uint8_t* buf, size_t buflen,
                                                            const nghttp2_settings_entry* iv,
                                                            size_t niv);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_pack_settings_payload2()`.
 *
 * :returns: as `nghttp2_pack_settings_payload2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_pack_settings_payload2()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_pack_settings_payload(uint8_t* buf, size_t buflen,
                                                     const nghttp2_settings_entry* iv, size_t niv);
#endif

/**
 * Gives the bytes in use in the table of the session's HPACK decoder, 32 per entry included.
 *
 * :since: 1.15.0
 */
NGHTTP2_EXTERN size_t nghttp2_session_get_hd_inflate_dynamic_table_size(nghttp2_session* session);

/**
 * Gives the bytes in use in the table of the session's HPACK encoder, 32 per entry included.
 *
 * :since: 1.15.0
 */
NGHTTP2_EXTERN size_t nghttp2_session_get_hd_deflate_dynamic_table_size(nghttp2_session* session);

/**
 * @topic shutdown: PING and shutdown
 *
 * A connection ends with GOAWAY, which names the last stream of the peer that was or will be
 * processed; the peer may repeat later ones elsewhere (RFC 9113, section 6.8).
 *
 * - *At once*: `nghttp2_session_terminate_session()`.
 * - *After the open streams*: `nghttp2_submit_goaway()` with
 *   `nghttp2_session_get_last_proc_stream_id()`.
 * - *Gracefully, for servers*: `nghttp2_submit_shutdown_notice()`, and about one round trip
 *   later, when requests under way have arrived, the second way. PING measures the round trip.
 *
 * In each case go on moving bytes until `nghttp2_session_want_read()` and
 * `nghttp2_session_want_write()` return 0, then close the connection.
 */

/**
 * Queues PING. `opaque_data` points to eight bytes the peer will repeat; NULL means zeros.
 *
 * `flags` is 0, or `NGHTTP2_FLAG_ACK` for an answer, which only makes sense with
 * `nghttp2_option_set_no_auto_ping_ack()`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_ping(nghttp2_session* session, uint8_t flags,
                                       const uint8_t* opaque_data);

/**
 * Queues GOAWAY and lets the open streams finish.
 *
 * `last_stream_id` is a stream identifier of the peer, or 0; more than was sent in an earlier
 * GOAWAY is lowered to that. `opaque_data` is text for diagnosis and is copied; it may be NULL
 * when `opaque_data_len` is 0. `flags` is ignored.
 *
 * When the frame was sent, streams of the peer above `last_stream_id` are closed with
 * `NGHTTP2_REFUSED_STREAM`, and new ones are ignored.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `last_stream_id` is negative or one of this endpoint, or
 *     `opaque_data_len` does not fit in a frame of 16384 bytes.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_goaway(nghttp2_session* session, uint8_t flags,
                                         int32_t last_stream_id, uint32_t error_code,
                                         const uint8_t* opaque_data, size_t opaque_data_len);

/**
 * Queues a GOAWAY that refuses nothing yet: its last stream is 2^31 - 1 and its error code
 * `NGHTTP2_NO_ERROR`. Clients stop sending requests when they see it. Without effect after
 * another GOAWAY.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session is a client's.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_submit_shutdown_notice(nghttp2_session* session);

/**
 * Ends the session: GOAWAY with `error_code` is sent before anything else, what was queued is
 * dropped, and further input is ignored. The last stream of the frame is that of
 * `nghttp2_session_get_last_proc_stream_id()`, or a lower one when an earlier GOAWAY had it.
 *
 * Once the frame is sent, `nghttp2_session_want_read()` and `nghttp2_session_want_write()` are
 * 0. In a callback this stops the processing of input right away. A second call does nothing.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_terminate_session(nghttp2_session* session, uint32_t error_code);

/**
 * Like `nghttp2_session_terminate_session()`, with the last stream chosen by the application: a
 * stream identifier of the peer or 0. More than was sent in an earlier GOAWAY is lowered to that.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `last_stream_id` is negative or one of this endpoint.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_session_terminate_session2(nghttp2_session* session,
                                                      int32_t last_stream_id, uint32_t error_code);

/**
 * Tells the highest stream of the peer that `nghttp2_on_frame_recv_callback` was called for,
 * which is what to put into GOAWAY.
 *
 * :returns: the identifier; 0 when there was none.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int32_t nghttp2_session_get_last_proc_stream_id(nghttp2_session* session);

/**
 * @topic extpri: Extensible priorities (RFC 9218)
 *
 * Each response has an urgency from 0 (first) to 7 (last) and may be incremental, that is, of
 * use in parts. A server sends DATA of the most urgent streams first; among equals, those that
 * are not incremental one after the other, and incremental ones by turns.
 *
 * A client states its wish in the ``priority`` field of the request, for example ``u=1, i``,
 * and may change it later by `nghttp2_submit_priority_update()`. A server learns of the field by
 * itself, and of the frame when `nghttp2_option_set_builtin_recv_extension_type()` was called
 * with `NGHTTP2_PRIORITY_UPDATE`.
 *
 * A server schedules in this way when it sent `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` of value
 * 1, or when the client did, and otherwise by topic "Priorities of RFC 7540".
 */

/**
 * Urgency of a stream that was given no other.
 *
 * :since: 1.48.0
 */
#define NGHTTP2_EXTPRI_DEFAULT_URGENCY 3

/**
 * The highest urgency.
 *
 * :since: 1.48.0
 */
#define NGHTTP2_EXTPRI_URGENCY_HIGH 0

/**
 * The lowest urgency.
 *
 * :since: 1.48.0
 */
#define NGHTTP2_EXTPRI_URGENCY_LOW 7

/**
 * Number of urgencies.
 *
 * :since: 1.48.0
 */
#define NGHTTP2_EXTPRI_URGENCY_LEVELS (NGHTTP2_EXTPRI_URGENCY_LOW + 1)

/**
 * A priority of RFC 9218.
 *
 * :since: 1.48.0
 */
typedef struct nghttp2_extpri {
  /** `NGHTTP2_EXTPRI_URGENCY_HIGH` to `NGHTTP2_EXTPRI_URGENCY_LOW`. */
  uint32_t urgency;
  /** 1 when the response is incremental, otherwise 0. */
  int inc;
} nghttp2_extpri;

/**
 * The payload of a received `NGHTTP2_PRIORITY_UPDATE` frame, at ``frame->ext.payload``.
 *
 * :since: 1.48.0
 */
typedef struct {
  /** Stream the priority is for. */
  int32_t stream_id;
  /** The value as in a ``priority`` field, not NUL-terminated. */
  uint8_t* field_value;
  /** Length of ``field_value`` in bytes. */
  size_t field_value_len;
} nghttp2_ext_priority_update;

/**
 * Queues PRIORITY_UPDATE for a stream. For clients. `flags` is ignored; the value is copied.
 *
 * Nothing is sent when the server's first SETTINGS came without
 * `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` of value 1, as RFC 9218, section 2.1.1, advises.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session is a server's.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0, or `field_value_len` is above 16380.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.48.0
 */
NGHTTP2_EXTERN int nghttp2_submit_priority_update(nghttp2_session* session, uint8_t flags,
                                                  int32_t stream_id, const uint8_t* field_value,
                                                  size_t field_value_len);

/**
 * Changes the priority of a stream. For servers that know better. With `ignore_client_signal`,
 * later wishes of the client for this stream are not obeyed.
 *
 * An urgency above `NGHTTP2_EXTPRI_URGENCY_LOW` counts as that. Without effect, and successful,
 * when priorities of RFC 7540 are in use.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session is a client's.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0, or there is no such stream.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.48.0
 */
NGHTTP2_EXTERN int nghttp2_session_change_extpri_stream_priority(nghttp2_session* session,
                                                                 int32_t stream_id,
                                                                 const nghttp2_extpri* extpri,
                                                                 int ignore_client_signal);

/**
 * Stores the priority of a stream in `extpri`. For servers.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session is a client's, or priorities of RFC 7540 are in
 *     use.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0, or there is no such stream.
 * :since: 1.59.0
 */
NGHTTP2_EXTERN int nghttp2_session_get_extpri_stream_priority(nghttp2_session* session,
                                                              nghttp2_extpri* extpri,
                                                              int32_t stream_id);

/**
 * Reads the value of a ``priority`` field: a Dictionary of RFC 9651 with the members ``u`` and
 * ``i``. Members it does not mention leave the struct as it was, so initialize it.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: the value is malformed, or a member has a wrong type or
 *     range. The struct is unchanged.
 * :since: 1.59.0
 */
NGHTTP2_EXTERN int nghttp2_extpri_parse_priority(nghttp2_extpri* extpri, const uint8_t* value,
                                                 size_t len);

/**
 * @topic rfc7540-priorities: Priorities of RFC 7540
 *
 * Streams form a tree: a stream that depends on another is served when the other cannot use the
 * connection, and those that depend on the same stream share it in proportion to their weights
 * (RFC 7540, section 5.3). RFC 9113 deprecates the scheme, but many clients still signal in it,
 * and a server schedules by it unless one side sent `NGHTTP2_SETTINGS_NO_RFC7540_PRIORITIES` of
 * value 1. The functions here are therefore marked as deprecated and fully working. When the
 * scheme was switched off by that setting they do nothing and return success.
 *
 * The tree is bounded: streams that are closed or idle are dropped from it as new ones need the
 * room.
 */

/**
 * Fills a priority: `stream_id` to depend on, `weight` and whether the dependency is
 * `exclusive`.
 *
 * :since: 1.0.0
 * :deprecated: with the scheme, which RFC 9113 deprecates; prefer RFC 9218
 */
NGHTTP2_EXTERN void nghttp2_priority_spec_init(nghttp2_priority_spec* pri_spec, int32_t stream_id,
                                               int32_t weight, int exclusive);

/**
 * Fills the default priority: on the root, weight 16, not exclusive.
 *
 * :since: 1.0.0
 * :deprecated: with the scheme, which RFC 9113 deprecates; prefer RFC 9218
 */
NGHTTP2_EXTERN void nghttp2_priority_spec_default_init(nghttp2_priority_spec* pri_spec);

/**
 * Tells whether a priority is the default one.
 *
 * :returns: nonzero if it is.
 * :since: 1.0.0
 * :deprecated: with the scheme, which RFC 9113 deprecates; prefer RFC 9218
 */
NGHTTP2_EXTERN int nghttp2_priority_spec_check_default(const nghttp2_priority_spec* pri_spec);

/**
 * Queues PRIORITY, which tells the peer a new priority of a stream, and applies it here. `flags`
 * is ignored; a weight outside 1 to 256 is moved to the nearer end. Nothing is sent when the
 * peer switched the scheme off.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0, `pri_spec` is NULL, or the stream would
 *     depend on itself.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 * :deprecated: with the scheme, which RFC 9113 deprecates; prefer
 *   `nghttp2_submit_priority_update()`
 */
NGHTTP2_EXTERN int nghttp2_submit_priority(nghttp2_session* session, uint8_t flags,
                                           int32_t stream_id,
                                           const nghttp2_priority_spec* pri_spec);

/**
 * Changes the place of a stream in the tree at once, without telling the peer.
 *
 * When the stream to depend on does not exist, a server creates it as idle, with the default
 * priority; where that is not possible, the default priority is applied instead.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0, there is no such stream, or it would
 *     depend on itself.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.5.0
 * :deprecated: with the scheme, which RFC 9113 deprecates; prefer
 *   `nghttp2_session_change_extpri_stream_priority()`
 */
NGHTTP2_EXTERN int nghttp2_session_change_stream_priority(nghttp2_session* session,
                                                          int32_t stream_id,
                                                          const nghttp2_priority_spec* pri_spec);

/**
 * Puts a stream into the tree that was never opened, to group others under it. The peer is not
 * told; use `nghttp2_submit_priority()` for that.
 *
 * Choose an identifier of this endpoint that will not be opened, and skip it with
 * `nghttp2_session_set_next_stream_id()`. The stream to depend on is treated as by
 * `nghttp2_session_change_stream_priority()`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `stream_id` is 0, was used already or is lower than one
 *     that was, or the stream would depend on itself.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.6.0
 * :deprecated: with the scheme, which RFC 9113 deprecates; RFC 9218 needs no such streams
 */
NGHTTP2_EXTERN int nghttp2_session_create_idle_stream(nghttp2_session* session, int32_t stream_id,
                                                      const nghttp2_priority_spec* pri_spec);

/**
 * @topic extensions: Extension frames
 *
 * Peers ignore frames of types they do not know (RFC 9113, section 5.5), so extensions can be
 * used without asking. The library reads and writes ALTSVC, ORIGIN and PRIORITY_UPDATE: ask for
 * them by `nghttp2_option_set_builtin_recv_extension_type()`.
 *
 * For types of its own an application writes the payload in
 * `nghttp2_pack_extension_callback2`, and reads it with
 * `nghttp2_option_set_user_recv_extension_type()`,
 * `nghttp2_on_extension_chunk_recv_callback` and `nghttp2_unpack_extension_callback`.
 */

/**
 * Queues a frame of a type from 0x0a up whose payload the application writes.
 *
 * `flags` and `stream_id` are sent as given. `payload` is for
 * `nghttp2_pack_extension_callback2`; keep it until that was called, or until
 * `nghttp2_on_frame_send_callback` or `nghttp2_on_frame_not_send_callback` if it is used there.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session has no callback to write the payload.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: `type` is 0x09 or less.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.8.0
 */
NGHTTP2_EXTERN int nghttp2_submit_extension(nghttp2_session* session, uint8_t type, uint8_t flags,
                                            int32_t stream_id, void* payload);

/**
 * The payload of a received `NGHTTP2_ALTSVC` frame, at ``frame->ext.payload`` (RFC 7838, section
 * 4).
 *
 * :since: 1.10.0
 */
typedef struct {
  /** Origin the service is for; empty when the stream's own origin is meant. */
  uint8_t* origin;
  /** Length of ``origin`` in bytes. */
  size_t origin_len;
  /** The value as in an ``alt-svc`` field, not NUL-terminated. */
  uint8_t* field_value;
  /** Length of ``field_value`` in bytes. */
  size_t field_value_len;
} nghttp2_ext_altsvc;

/**
 * Queues ALTSVC: offers another place to get an origin from. For servers. `flags` is ignored;
 * the texts are copied. With `stream_id` 0 an origin must be given, with a stream it must be
 * empty.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session is a client's.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: the origin is missing or must not be there, or both texts
 *     have more than 16382 bytes together.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.10.0
 */
NGHTTP2_EXTERN int nghttp2_submit_altsvc(nghttp2_session* session, uint8_t flags, int32_t stream_id,
                                         const uint8_t* origin, size_t origin_len,
                                         const uint8_t* field_value, size_t field_value_len);

/**
 * One origin, such as ``https://example.org``.
 *
 * :since: 1.33.0
 */
typedef struct {
  /** The text, not NUL-terminated and not checked by the library. */
  uint8_t* origin;
  /** Length of ``origin`` in bytes. */
  size_t origin_len;
} nghttp2_origin_entry;

/**
 * The payload of a received `NGHTTP2_ORIGIN` frame, at ``frame->ext.payload`` (RFC 8336).
 *
 * :since: 1.33.0
 */
typedef struct {
  /** Number of origins. */
  size_t nov;
  /** The origins. */
  nghttp2_origin_entry* ov;
} nghttp2_ext_origin;

/**
 * Queues ORIGIN: tells which origins the connection can be used for. For servers. `flags` is
 * ignored; the `nov` origins at `ov` are copied.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: the session is a client's.
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: the origins do not fit in one frame of 16384 bytes.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.33.0
 */
NGHTTP2_EXTERN int nghttp2_submit_origin(nghttp2_session* session, uint8_t flags,
                                         const nghttp2_origin_entry* ov, size_t nov);

/**
 * @topic upgrade: Upgrade from HTTP/1.1
 *
 * Over plain TCP a client may ask in an HTTP/1.1 request, by ``Upgrade: h2c``, to go on with
 * HTTP/2 (RFC 7540, section 3.2). RFC 9113 made this obsolete; clients that know that a server
 * speaks HTTP/2 simply start with it. Where it is wanted: handle the HTTP/1.1 exchange in the
 * application, create the session after the 101 response, and call `nghttp2_session_upgrade2()`
 * before moving bytes. The request becomes stream 1.
 */

/**
 * Tells the session that it continues an HTTP/1.1 connection. Call before any bytes were moved.
 *
 * `settings_payload` is the value of the ``HTTP2-Settings`` field, decoded from base64url.
 *
 * - *Client*: the settings become the first SETTINGS frame, in place of a call of
 *   `nghttp2_submit_settings()`. Stream 1 is half closed on this side, and
 *   `stream_user_data` is attached to it. `head_request` must be nonzero when the
 *   method was HEAD, so that ``content-length`` of the response is understood.
 * - *Server*: the settings are treated as if the client had sent them in a frame, callbacks
 *   included. Stream 1 is half closed on the client's side. `stream_user_data` is not used;
 *   attach data by `nghttp2_session_set_stream_user_data()`. Respond by
 *   `nghttp2_submit_response2()`.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_ARGUMENT`: the payload is malformed.
 *   - `NGHTTP2_ERR_PROTO`: stream 1 is in use or was.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.5.0
 */
NGHTTP2_EXTERN int nghttp2_session_upgrade2(nghttp2_session* session,
                                            const uint8_t* settings_payload,
                                            size_t settings_payloadlen, int head_request,
                                            void* stream_user_data);

/**
 * Like `nghttp2_session_upgrade2()`, without being told the method: the length of a response to
 * HEAD is judged wrongly.
 *
 * :returns: as `nghttp2_session_upgrade2()`.
 * :since: 1.0.0
 * :deprecated: since 1.5.0, use `nghttp2_session_upgrade2()`
 */
NGHTTP2_EXTERN int nghttp2_session_upgrade(nghttp2_session* session,
                                           const uint8_t* settings_payload,
                                           size_t settings_payloadlen, void* stream_user_data);

/**
 * @topic hpack: HPACK on its own
 *
 * A *deflater* encodes lists of fields into header blocks, an *inflater* decodes them (RFC
 * 7541). Sessions have their own; these functions are for tools and other protocols. Encoder
 * and decoder share a changing table, so every block must be decoded, once and in order.
 *
 * A table has 61 static entries, numbered from 1, followed by the dynamic ones, newest first. The
 * size of a dynamic table is counted as lengths of names and values plus 32 bytes per entry.
 */

/**
 * Makes an encoder and stores it in `deflater_ptr`. Its dynamic table never has more than
 * `max_deflate_dynamic_table_size` bytes, whatever the decoder allows.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `deflater_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_deflate_new(nghttp2_hd_deflater** deflater_ptr,
                                          size_t max_deflate_dynamic_table_size);

/**
 * Makes an encoder with an allocator. `mem` is copied; NULL means that of the C library.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `deflater_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_deflate_new2(nghttp2_hd_deflater** deflater_ptr,
                                           size_t max_deflate_dynamic_table_size, nghttp2_mem* mem);

/**
 * Deletes an encoder. NULL is allowed.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_hd_deflate_del(nghttp2_hd_deflater* deflater);

/**
 * Applies the size of the decoder's table, as received in `NGHTTP2_SETTINGS_HEADER_TABLE_SIZE`.
 * Entries are dropped as necessary, and the next block announces the change (RFC 7541, section
 * 4.2).
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_deflate_change_table_size(nghttp2_hd_deflater* deflater,
                                                        size_t settings_max_dynamic_table_size);

/**
 * Encodes `nvlen` fields into one header block at `buf`. The fields need not be kept. Names
 * must be in lower case already.
 *
 * Once encoding has failed the table is out of step with the decoder's; a buffer of
 * `nghttp2_hd_deflate_bound()` bytes is always large enough.
 *
 * :returns: the length of the block in bytes, or
 *
 *   - `NGHTTP2_ERR_INSUFF_BUFSIZE`: `buflen` is too small. Every later call fails with
 *     `NGHTTP2_ERR_HEADER_COMP`.
 *   - `NGHTTP2_ERR_HEADER_COMP`: an earlier call failed.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out. Every later call fails.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_hd_deflate_hd2(nghttp2_hd_deflater* deflater, uint8_t* buf,
                                                    size_t buflen, const nghttp2_nv* nva,
                                                    size_t nvlen);

/**
 * Like `nghttp2_hd_deflate_hd2()`, writing to `veclen` buffers that are filled one after the
 * other.
 *
 * :returns: the length of the block in bytes, or
 *
 *   - `NGHTTP2_ERR_INSUFF_BUFSIZE`: the buffers are too small. Every later call fails with
 *     `NGHTTP2_ERR_HEADER_COMP`.
 *   - `NGHTTP2_ERR_HEADER_COMP`: an earlier call failed.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out. Every later call fails.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_hd_deflate_hd_vec2(nghttp2_hd_deflater* deflater,
                                                        const nghttp2_vec* vec, size_t veclen,
                                                        const nghttp2_nv* nva, size_t nvlen);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_hd_deflate_hd2()`.
 *
 * :returns: as `nghttp2_hd_deflate_hd2()`.
 * :since: 1.0.0
 * :deprecated: since 1.60.0, use `nghttp2_hd_deflate_hd2()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_hd_deflate_hd(nghttp2_hd_deflater* deflater, uint8_t* buf,
                                             size_t buflen, const nghttp2_nv* nva, size_t nvlen);

/**
 * The older form of `nghttp2_hd_deflate_hd_vec2()`.
 *
 * :returns: as `nghttp2_hd_deflate_hd_vec2()`.
 * :since: 1.14.0
 * :deprecated: since 1.60.0, use `nghttp2_hd_deflate_hd_vec2()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_hd_deflate_hd_vec(nghttp2_hd_deflater* deflater,
                                                 const nghttp2_vec* vec, size_t veclen,
                                                 const nghttp2_nv* nva, size_t nvlen);
#endif

/**
 * Tells how many bytes are certainly enough to encode these fields.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_deflate_bound(nghttp2_hd_deflater* deflater, const nghttp2_nv* nva,
                                               size_t nvlen);

/**
 * Counts the entries of the encoder's table, the 61 static ones included.
 *
 * :since: 1.4.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_deflate_get_num_table_entries(nghttp2_hd_deflater* deflater);

/**
 * Gives an entry of the encoder's table by its HPACK index.
 *
 * :returns: the entry, valid until the next use of the encoder; NULL when `idx` is 0 or above the
 *   number of entries.
 * :since: 1.4.0
 */
NGHTTP2_EXTERN const nghttp2_nv* nghttp2_hd_deflate_get_table_entry(nghttp2_hd_deflater* deflater,
                                                                    size_t idx);

/**
 * Gives the size in use of the encoder's dynamic table in bytes.
 *
 * :since: 1.4.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_deflate_get_dynamic_table_size(nghttp2_hd_deflater* deflater);

/**
 * Gives the greatest size of the encoder's dynamic table in bytes.
 *
 * :since: 1.4.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_deflate_get_max_dynamic_table_size(nghttp2_hd_deflater* deflater);

/**
 * What a step of decoding achieved; combined with bitwise or.
 *
 * :since: 1.0.0
 */
typedef enum {
  /** Neither of the below: all input was used, and a field is incomplete. */
  NGHTTP2_HD_INFLATE_NONE = 0,
  /** The block is finished. */
  NGHTTP2_HD_INFLATE_FINAL = 0x01,
  /** A field was stored. */
  NGHTTP2_HD_INFLATE_EMIT = 0x02
} nghttp2_hd_inflate_flag;

/**
 * Makes a decoder and stores it in `inflater_ptr`. Its table has 4096 bytes at first.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `inflater_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_inflate_new(nghttp2_hd_inflater** inflater_ptr);

/**
 * Makes a decoder with an allocator. `mem` is copied; NULL means that of the C library.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out; `inflater_ptr` is unchanged.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_inflate_new2(nghttp2_hd_inflater** inflater_ptr, nghttp2_mem* mem);

/**
 * Deletes a decoder. NULL is allowed.
 *
 * :since: 1.0.0
 */
NGHTTP2_EXTERN void nghttp2_hd_inflate_del(nghttp2_hd_inflater* inflater);

/**
 * Sets the greatest size of the decoder's table, as announced by
 * `NGHTTP2_SETTINGS_HEADER_TABLE_SIZE`. When it shrinks, the next block must announce that. Call
 * between blocks.
 *
 * :returns: 0, or
 *
 *   - `NGHTTP2_ERR_INVALID_STATE`: a block is being decoded; call
 *     `nghttp2_hd_inflate_end_headers()` first.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_inflate_change_table_size(nghttp2_hd_inflater* inflater,
                                                        size_t settings_max_dynamic_table_size);

/**
 * Decodes up to one field of a header block.
 *
 * The block may be given in pieces; `in_final` is nonzero with the last one. Call again and
 * again, with what was not used: with `NGHTTP2_HD_INFLATE_EMIT` in `inflate_flags` a field is in
 * `nv_out`; with `NGHTTP2_HD_INFLATE_FINAL` the block is finished, so call
 * `nghttp2_hd_inflate_end_headers()`; when neither is set and no input is left, wait for more.
 *
 * The bytes `nv_out` points to belong to the decoder, end with a NUL that is not counted, and
 * are valid until its next use. ::
 *
 *     static int decode(nghttp2_hd_inflater *inflater, const uint8_t *in, size_t len, int last) {
 *       for (;;) {
 *         nghttp2_nv field;
 *         int flags = 0;
 *         nghttp2_ssize used = nghttp2_hd_inflate_hd3(inflater, &field, &flags, in, len, last);
 *         if (used < 0) return (int)used;
 *         in += used;
 *         len -= (size_t)used;
 *         if (flags & NGHTTP2_HD_INFLATE_EMIT) print_field(&field);
 *         if (flags & NGHTTP2_HD_INFLATE_FINAL) return nghttp2_hd_inflate_end_headers(inflater);
 *         if (!(flags & NGHTTP2_HD_INFLATE_EMIT) && len == 0) return 0;
 *       }
 *     }
 *
 * :returns: the number of bytes used of `in`, or
 *
 *   - `NGHTTP2_ERR_HEADER_COMP`: the block is malformed. Every later call fails.
 *   - `NGHTTP2_ERR_BUFFER_ERROR`: a name or value is too long.
 *   - `NGHTTP2_ERR_NOMEM`: memory ran out.
 * :since: 1.60.0
 */
NGHTTP2_EXTERN nghttp2_ssize nghttp2_hd_inflate_hd3(nghttp2_hd_inflater* inflater,
                                                    nghttp2_nv* nv_out, int* inflate_flags,
                                                    const uint8_t* in, size_t inlen, int in_final);

#ifndef NGHTTP2_NO_SSIZE_T
/**
 * The older form of `nghttp2_hd_inflate_hd3()`.
 *
 * :returns: as `nghttp2_hd_inflate_hd3()`.
 * :since: 1.11.0
 * :deprecated: since 1.60.0, use `nghttp2_hd_inflate_hd3()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_hd_inflate_hd2(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out,
                                              int* inflate_flags, const uint8_t* in, size_t inlen,
                                              int in_final);

/**
 * The oldest form of `nghttp2_hd_inflate_hd3()`. `in` is not changed.
 *
 * :returns: as `nghttp2_hd_inflate_hd3()`.
 * :since: 1.0.0
 * :deprecated: since 1.11.0, use `nghttp2_hd_inflate_hd3()`
 */
NGHTTP2_EXTERN ssize_t nghttp2_hd_inflate_hd(nghttp2_hd_inflater* inflater, nghttp2_nv* nv_out,
                                             int* inflate_flags, uint8_t* in, size_t inlen,
                                             int in_final);
#endif

/**
 * Finishes a block and prepares for the next one.
 *
 * :returns: 0, always.
 * :since: 1.0.0
 */
NGHTTP2_EXTERN int nghttp2_hd_inflate_end_headers(nghttp2_hd_inflater* inflater);

/**
 * Counts the entries of the decoder's table, the 61 static ones included.
 *
 * :since: 1.4.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_inflate_get_num_table_entries(nghttp2_hd_inflater* inflater);

/**
 * Gives an entry of the decoder's table by its HPACK index.
 *
 * :returns: the entry, valid until the next use of the decoder; NULL when `idx` is 0 or above the
 *   number of entries.
 * :since: 1.4.0
 */
NGHTTP2_EXTERN const nghttp2_nv* nghttp2_hd_inflate_get_table_entry(nghttp2_hd_inflater* inflater,
                                                                    size_t idx);

/**
 * Gives the size in use of the decoder's dynamic table in bytes.
 *
 * :since: 1.4.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_inflate_get_dynamic_table_size(nghttp2_hd_inflater* inflater);

/**
 * Gives the greatest size of the decoder's dynamic table in bytes.
 *
 * :since: 1.4.0
 */
NGHTTP2_EXTERN size_t nghttp2_hd_inflate_get_max_dynamic_table_size(nghttp2_hd_inflater* inflater);

/**
 * @topic stream-objects: Stream objects
 *
 * Most of what an application wants to know of a stream it asks the session, by identifier. The
 * stream itself can be looked at too: its state and, while priorities of RFC 7540 are in use,
 * its place in the tree. Where they are not, a stream has no relatives and weight 16.
 *
 * A pointer to a stream is valid until bytes are moved; that to the root as long as the session.
 */

/**
 * States of a stream (RFC 9113, section 5.1). "Local" is this endpoint.
 *
 * :since: 1.3.0
 */
typedef enum {
  /** Not opened yet. Also the state of the root. */
  NGHTTP2_STREAM_STATE_IDLE = 1,
  /** Both sides may send. */
  NGHTTP2_STREAM_STATE_OPEN,
  /** Promised by this endpoint. */
  NGHTTP2_STREAM_STATE_RESERVED_LOCAL,
  /** Promised by the peer. */
  NGHTTP2_STREAM_STATE_RESERVED_REMOTE,
  /** This endpoint has ended its half. */
  NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL,
  /** The peer has ended its half. */
  NGHTTP2_STREAM_STATE_HALF_CLOSED_REMOTE,
  /** Over. */
  NGHTTP2_STREAM_STATE_CLOSED
} nghttp2_stream_proto_state;

/**
 * Finds a stream. 0 gives the root of the tree.
 *
 * :returns: the stream; NULL when it does not exist. A closed one may be found or not.
 * :since: 1.3.0
 */
NGHTTP2_EXTERN nghttp2_stream* nghttp2_session_find_stream(nghttp2_session* session,
                                                           int32_t stream_id);

/**
 * Tells the state of a stream.
 *
 * :since: 1.3.0
 */
NGHTTP2_EXTERN nghttp2_stream_proto_state nghttp2_stream_get_state(nghttp2_stream* stream);

/**
 * Tells the identifier of a stream; 0 for the root.
 *
 * :since: 1.3.0
 */
NGHTTP2_EXTERN int32_t nghttp2_stream_get_stream_id(nghttp2_stream* stream);

/**
 * Gives the root of the priority tree, which stands for the connection.
 *
 * :returns: the root, never NULL.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN nghttp2_stream* nghttp2_session_get_root_stream(nghttp2_session* session);

/**
 * Gives the stream this one depends on.
 *
 * :returns: the stream, or the root; NULL for the root itself.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN nghttp2_stream* nghttp2_stream_get_parent(nghttp2_stream* stream);

/**
 * Gives the next of the streams that depend on the same one.
 *
 * :returns: the stream; NULL when there is none.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN nghttp2_stream* nghttp2_stream_get_next_sibling(nghttp2_stream* stream);

/**
 * Gives the previous of the streams that depend on the same one.
 *
 * :returns: the stream; NULL when there is none.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN nghttp2_stream* nghttp2_stream_get_previous_sibling(nghttp2_stream* stream);

/**
 * Gives the first of the streams that depend on this one.
 *
 * :returns: the stream; NULL when there is none.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN nghttp2_stream* nghttp2_stream_get_first_child(nghttp2_stream* stream);

/**
 * Tells the weight of a stream.
 *
 * :returns: the weight, 1 to 256.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN int32_t nghttp2_stream_get_weight(nghttp2_stream* stream);

/**
 * Adds up the weights of the streams that depend on this one.
 *
 * :returns: the sum; 0 when there are none.
 * :since: 1.3.0
 * :deprecated: with the scheme of RFC 7540, which RFC 9113 deprecates
 */
NGHTTP2_EXTERN int32_t nghttp2_stream_get_sum_dependency_weight(nghttp2_stream* stream);

/**
 * @topic utilities: Protocol selection and debugging
 *
 * Helpers around a session.
 */

/**
 * Chooses a protocol from an ALPN list (RFC 7301), as a server's TLS callback has to: "h2" if it
 * is there, otherwise "http/1.1".
 *
 * `in` is the peer's list in wire format: for each protocol one length byte and the name,
 * `inlen` bytes together. Reading stops at an entry that is longer than the list. ::
 *
 *     static int select_protocol(SSL *ssl, const unsigned char **out, unsigned char *outlen,
 *                                const unsigned char *in, unsigned int inlen, void *arg) {
 *       (void)ssl;
 *       (void)arg;
 *       return nghttp2_select_alpn(out, outlen, in, inlen) == 1 ? SSL_TLSEXT_ERR_OK
 *                                                               : SSL_TLSEXT_ERR_ALERT_FATAL;
 *     }
 *
 * :returns: 1 for "h2" and 0 for "http/1.1", with `out` pointing to the name inside `in` and
 *   `outlen` its length; -1 when neither is offered, and nothing is stored.
 * :since: 1.59.0
 */
NGHTTP2_EXTERN int nghttp2_select_alpn(const unsigned char** out, unsigned char* outlen,
                                       const unsigned char* in, unsigned int inlen);

/**
 * The older form of `nghttp2_select_alpn()`, in the shape of the callback for NPN, which TLS
 * libraries no longer have.
 *
 * :returns: as `nghttp2_select_alpn()`.
 * :since: 1.0.0
 * :deprecated: since 1.59.0, use `nghttp2_select_alpn()`
 */
NGHTTP2_EXTERN int nghttp2_select_next_protocol(unsigned char** out, unsigned char* outlen,
                                                const unsigned char* in, unsigned int inlen);

/**
 * Sets where debug output goes, for the whole process. NULL means standard error.
 *
 * Only a library built with ``DEBUGBUILD`` writes any; in others this does nothing. Such a
 * build is slow. Set it before sessions are used.
 *
 * :since: 1.16.0
 */
NGHTTP2_EXTERN void nghttp2_set_debug_vprintf_callback(
    nghttp2_debug_vprintf_callback debug_vprintf_callback);

#ifdef __cplusplus
}
#endif

#endif /* NGHTTP2_H */
