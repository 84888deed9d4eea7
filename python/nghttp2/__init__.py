# SPDX-License-Identifier: MIT
"""HTTP/2 (RFC 9113) and HPACK (RFC 7541) by libnghttp2.

HDDeflater and HDInflater code header blocks. HTTP2Server and HTTP2Client speak HTTP/2 on asyncio.
The module nghttp2.asgi serves ASGI applications.
"""
try:
    from ._hpack import HDDeflater, HDInflater, HDTableEntry, print_hd_table
except ImportError as error:
    raise ImportError(f"nghttp2 needs the libnghttp2 that it was built with: {error}") from error
from ._session import DATA_DEFERRED, DATA_EOF, DATA_OK
from .client import BaseResponseHandler, HTTP2Client, PushPromise, Response
from .errors import Error, ErrorCode, HeaderCompressionError, StreamClosedError
from .limits import Limits
from .server import BaseRequestHandler, HTTP2Server

globals().update(ErrorCode.__members__)

__version__ = "1.70.0"
__all__ = [
    "DATA_DEFERRED", "DATA_EOF", "DATA_OK", "BaseRequestHandler", "BaseResponseHandler", "Error",
    "ErrorCode", "HDDeflater", "HDInflater", "HDTableEntry", "HTTP2Client", "HTTP2Server",
    "HeaderCompressionError", "Limits", "PushPromise", "Response", "StreamClosedError",
    "print_hd_table", *ErrorCode.__members__,
]
