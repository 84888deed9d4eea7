// SPDX-License-Identifier: MIT
// nghttp2_session_*: making and deleting sessions, and the two directions of bytes.
#include "api/handle.h"
#include "api/option.h"

using nghttp2::Allocator;
using nghttp2::Bytes;
using nghttp2::Memory;
using nghttp2::memory_or_default;
using nghttp2::Result;
using nghttp2::Status;
using nghttp2::api::BusyScope;
using nghttp2::api::kNoRareCallbacks;
using nghttp2::api::RareCallbacks;
using nghttp2::session::Role;

namespace {

constexpr nghttp2::session::Options kDefaultOptions;

void destroy_rare(const Allocator& allocator, const RareCallbacks* rare) {
  if (rare != &kNoRareCallbacks) allocator.destroy(const_cast<RareCallbacks*>(rare));
}

int make_session(nghttp2_session** session_ptr, Role role,
                 const nghttp2_session_callbacks* callbacks, void* user_data,
                 const nghttp2_option* option, const Memory* mem) {
  const Memory& memory = memory_or_default(mem);
  const Allocator allocator(memory);
  const RareCallbacks* rare = &kNoRareCallbacks;
  if (callbacks->has_any()) rare = allocator.create<RareCallbacks>(*callbacks);
  if (!rare) return NGHTTP2_ERR_NOMEM;
  nghttp2_session* session = allocator.create<nghttp2_session>(
      memory, role, option ? option->values : kDefaultOptions, *callbacks, *rare, user_data);
  if (!session) {
    destroy_rare(allocator, rare);
    return NGHTTP2_ERR_NOMEM;
  }
  *session_ptr = session;
  return 0;
}

// One pass of nghttp2_session_send(): hands frames over until one does not fit.
Status send_all(nghttp2_session* handle) {
  while (true) {
    const Result<Bytes> output = handle->session.next_output();
    if (!output.ok()) return output.status;
    Bytes rest = output.value;
    if (rest.empty()) return Status::ok;
    while (!rest.empty()) {
      const int64_t count = handle->bridge.send(rest);
      // That nothing was taken says the same, and asking again at once could go on forever.
      if (count == NGHTTP2_ERR_WOULDBLOCK || count == 0) {
        handle->session.keep_unsent(rest.size());
        return Status::ok;
      }
      if (count < 0 || size_t(count) > rest.size()) return Status::callback_failure;
      rest = rest.from(size_t(count));
    }
    RETURN_IF_ERROR(handle->session.finish_frame());
  }
}

}  // namespace

int nghttp2_session_client_new(nghttp2_session** session_ptr,
                               const nghttp2_session_callbacks* callbacks, void* user_data) {
  return make_session(session_ptr, Role::client, callbacks, user_data, nullptr, nullptr);
}

int nghttp2_session_server_new(nghttp2_session** session_ptr,
                               const nghttp2_session_callbacks* callbacks, void* user_data) {
  return make_session(session_ptr, Role::server, callbacks, user_data, nullptr, nullptr);
}

int nghttp2_session_client_new2(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option) {
  return make_session(session_ptr, Role::client, callbacks, user_data, option, nullptr);
}

int nghttp2_session_server_new2(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option) {
  return make_session(session_ptr, Role::server, callbacks, user_data, option, nullptr);
}

int nghttp2_session_client_new3(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option, nghttp2_mem* mem) {
  return make_session(session_ptr, Role::client, callbacks, user_data, option, mem);
}

int nghttp2_session_server_new3(nghttp2_session** session_ptr,
                                const nghttp2_session_callbacks* callbacks, void* user_data,
                                const nghttp2_option* option, nghttp2_mem* mem) {
  return make_session(session_ptr, Role::server, callbacks, user_data, option, mem);
}

void nghttp2_session_del(nghttp2_session* session) {
  if (!session) return;
  if (session->is_busy) {
    session->delete_when_idle = true;
    session->bridge.mute();
    return;
  }
  const Allocator allocator = session->session.allocator;
  const RareCallbacks* rare = &session->bridge.rare();
  allocator.destroy(session);
  destroy_rare(allocator, rare);
}

void nghttp2_session_release_memory(nghttp2_session* session) {
  const BusyScope scope(session);
  if (scope.entered()) session->session.release_memory();
}

nghttp2_ssize nghttp2_session_mem_send2(nghttp2_session* session, const uint8_t** data_ptr) {
  const BusyScope scope(session);
  *data_ptr = nullptr;
  if (!scope.entered()) return NGHTTP2_ERR_INVALID_STATE;
  const Result<Bytes> output = session->session.next_output();
  if (!output.ok()) return nghttp2::api::to_c(output.status);
  if (output.value.empty()) return 0;
  // The stream may close with this frame, and its place become free for the peer before the
  // application calls again: so the frame counts as sent now.
  if (Status status = session->session.finish_frame(); status != Status::ok) {
    return nghttp2::api::to_c(status);
  }
  *data_ptr = output.value.data();
  return nghttp2_ssize(output.value.size());
}

nghttp2_ssize nghttp2_session_mem_send_into(nghttp2_session* session, uint8_t* buf, size_t buflen) {
  const nghttp2_vec vec = {buf, buflen};
  return nghttp2_session_mem_send_vec(session, &vec, 1);
}

nghttp2_ssize nghttp2_session_mem_send_vec(nghttp2_session* session, const nghttp2_vec* vec,
                                           size_t veclen) {
  const BusyScope scope(session);
  if (!scope.entered()) return NGHTTP2_ERR_INVALID_STATE;
  size_t total = 0;
  for (size_t i = 0; i < veclen; ++i) {
    const Result<size_t> written = session->session.send_into({.bytes = {vec[i].base, vec[i].len},
                                                               .follows_other = total > 0,
                                                               .is_last = i + 1 == veclen});
    if (!written.ok()) return nghttp2::api::to_c(written.status);
    total += written.value;
    if (written.value < vec[i].len) break;
  }
  return nghttp2_ssize(total);
}

int nghttp2_session_send(nghttp2_session* session) {
  const BusyScope scope(session);
  if (!scope.entered()) return NGHTTP2_ERR_INVALID_STATE;
  if (!session->bridge.has_send()) return NGHTTP2_ERR_CALLBACK_FAILURE;
  return nghttp2::api::to_c(send_all(session));
}

nghttp2_ssize nghttp2_session_mem_recv2(nghttp2_session* session, const uint8_t* in, size_t inlen) {
  const BusyScope scope(session);
  if (!scope.entered()) return NGHTTP2_ERR_INVALID_STATE;
  const Result<size_t> used = session->session.receive({in, inlen});
  return used.ok() ? nghttp2_ssize(used.value) : nghttp2::api::to_c(used.status);
}

int nghttp2_session_recv(nghttp2_session* session) {
  const BusyScope scope(session);
  if (!scope.entered()) return NGHTTP2_ERR_INVALID_STATE;
  if (!session->bridge.has_recv()) return NGHTTP2_ERR_CALLBACK_FAILURE;
  uint8_t buffer[16384];
  while (true) {
    const int64_t count = session->bridge.receive(nghttp2::MutableBytes(buffer));
    if (count == 0 || count == NGHTTP2_ERR_WOULDBLOCK) return 0;
    if (count == NGHTTP2_ERR_EOF) return NGHTTP2_ERR_EOF;
    if (count < 0 || size_t(count) > sizeof buffer) return NGHTTP2_ERR_CALLBACK_FAILURE;
    const Result<size_t> used = session->session.receive({buffer, size_t(count)});
    if (!used.ok()) return nghttp2::api::to_c(used.status);
  }
}

int nghttp2_session_want_read(nghttp2_session* session) {
  return session->session.wants_read();
}

int nghttp2_session_want_write(nghttp2_session* session) {
  return session->session.wants_write();
}

int nghttp2_session_terminate_session(nghttp2_session* session, uint32_t error_code) {
  return nghttp2::api::to_c(
      session->session.terminate(session->session.last_processed_stream_id, error_code, nullptr));
}

int nghttp2_session_terminate_session2(nghttp2_session* session, int32_t last_stream_id,
                                       uint32_t error_code) {
  return nghttp2::api::to_c(session->session.terminate(last_stream_id, error_code, nullptr));
}
