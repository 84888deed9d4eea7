# SPDX-License-Identifier: MIT
"""Exceptions, and the names of error codes (RFC 9113, section 7)."""
import enum


class ErrorCode(enum.IntEnum):
    """Why a stream or a connection ended."""

    NO_ERROR = 0x00
    PROTOCOL_ERROR = 0x01
    INTERNAL_ERROR = 0x02
    FLOW_CONTROL_ERROR = 0x03
    SETTINGS_TIMEOUT = 0x04
    STREAM_CLOSED = 0x05
    FRAME_SIZE_ERROR = 0x06
    REFUSED_STREAM = 0x07
    CANCEL = 0x08
    COMPRESSION_ERROR = 0x09
    CONNECT_ERROR = 0x0A
    ENHANCE_YOUR_CALM = 0x0B
    INADEQUATE_SECURITY = 0x0C
    HTTP_1_1_REQUIRED = 0x0D


class Error(Exception):
    """The library refused a call. ``code`` is its reason as a number, ``str()`` as text."""

    def __init__(self, message, code=0):
        super().__init__(message)
        self.code = code


class HeaderCompressionError(Error):
    """A header block cannot be decoded or encoded. The object that raised it is of no more use."""


class StreamClosedError(Error, ConnectionError):
    """The stream, or its connection, has ended. ``code`` is the error code of the protocol."""
