# SPDX-License-Identifier: MIT
# cython: language_level=3, boundscheck=False, wraparound=False
# Connections and streams: asyncio on one side, the library's session on the other.
import logging
from asyncio import get_running_loop, shield

from cpython.bytes cimport PyBytes_FromStringAndSize

from .libnghttp2 cimport *

include "fields.pxi"

logger = logging.getLogger("nghttp2")

cdef enum:
    HIGH_WATER = 65536  # what a queue of content holds before its writer is to wait
    LOW_WATER = 16384

include "body.pxi"
include "stream.pxi"
include "callbacks.pxi"
include "connection.pxi"

if nghttp2_version(NGHTTP2_VERSION_NUM) == NULL:
    raise ImportError(
        f"libnghttp2 {nghttp2_version(0).version_str.decode()} is older than the one that the "
        "module nghttp2 was built with")
