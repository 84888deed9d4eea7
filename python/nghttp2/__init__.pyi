# SPDX-License-Identifier: MIT
from ._hpack import HDDeflater as HDDeflater
from ._hpack import HDInflater as HDInflater
from ._hpack import HDTableEntry as HDTableEntry
from ._hpack import print_hd_table as print_hd_table
from ._session import DATA_DEFERRED as DATA_DEFERRED
from ._session import DATA_EOF as DATA_EOF
from ._session import DATA_OK as DATA_OK
from .client import BaseResponseHandler as BaseResponseHandler
from .client import HTTP2Client as HTTP2Client
from .client import PushPromise as PushPromise
from .client import Response as Response
from .errors import Error as Error
from .errors import ErrorCode as ErrorCode
from .errors import HeaderCompressionError as HeaderCompressionError
from .errors import StreamClosedError as StreamClosedError
from .limits import Limits as Limits
from .server import BaseRequestHandler as BaseRequestHandler
from .server import HTTP2Server as HTTP2Server

__version__: str
__all__: list[str]

NO_ERROR: ErrorCode
PROTOCOL_ERROR: ErrorCode
INTERNAL_ERROR: ErrorCode
FLOW_CONTROL_ERROR: ErrorCode
SETTINGS_TIMEOUT: ErrorCode
STREAM_CLOSED: ErrorCode
FRAME_SIZE_ERROR: ErrorCode
REFUSED_STREAM: ErrorCode
CANCEL: ErrorCode
COMPRESSION_ERROR: ErrorCode
CONNECT_ERROR: ErrorCode
ENHANCE_YOUR_CALM: ErrorCode
INADEQUATE_SECURITY: ErrorCode
HTTP_1_1_REQUIRED: ErrorCode
