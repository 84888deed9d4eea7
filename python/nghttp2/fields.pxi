# SPDX-License-Identifier: MIT
# Header fields of Python as the library takes them, and errors of the library as exceptions.
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport int32_t, uint8_t, uint32_t
from libc.string cimport memcmp, memcpy

from .errors import Error, HeaderCompressionError, StreamClosedError


cdef object library_error(int code, str doing):
    """An exception with the library's reason; NOMEM becomes MemoryError."""
    cdef str reason = nghttp2_strerror(code).decode()
    if code == NGHTTP2_ERR_NOMEM:
        return MemoryError(f"{doing}: {reason}")
    if code == NGHTTP2_ERR_HEADER_COMP:
        return HeaderCompressionError(f"{doing}: {reason}", code)
    return Error(f"{doing}: {reason}", code)


cdef bytes to_bytes(object text, str what):
    if type(text) is bytes:
        return text
    if isinstance(text, str):
        return (<str>text).encode()
    if isinstance(text, (bytes, bytearray, memoryview)):
        return bytes(text)
    raise TypeError(f"{what} must be str or bytes, not {type(text).__name__}")


cdef bint has_upper_case(bytes name):
    cdef const char *at = PyBytes_AS_STRING(name)
    cdef Py_ssize_t i
    for i in range(PyBytes_GET_SIZE(name)):
        if 65 <= at[i] <= 90:
            return True
    return False


cdef class FieldArray:
    """An array of nghttp2_nv over bytes objects that it keeps alive."""
    cdef nghttp2_nv *at
    cdef size_t length, capacity
    cdef list owners

    def __cinit__(self):
        self.owners = []

    def __dealloc__(self):
        PyMem_Free(self.at)

    cdef int reserve(self, size_t more) except -1:
        cdef nghttp2_nv *grown
        if self.length + more > self.capacity:
            grown = <nghttp2_nv *>PyMem_Realloc(
                self.at, (self.length + more) * sizeof(nghttp2_nv))
            if grown == NULL:
                raise MemoryError()
            self.at = grown
            self.capacity = self.length + more
        return 0

    cdef int add(self, bytes name, bytes value, uint8_t flags) except -1:
        cdef nghttp2_nv *field
        if self.length == self.capacity:
            self.reserve(self.capacity + 8)
        self.owners.append(name)
        self.owners.append(value)
        field = &self.at[self.length]
        field.name = <uint8_t *>PyBytes_AS_STRING(name)
        field.namelen = PyBytes_GET_SIZE(name)
        field.value = <uint8_t *>PyBytes_AS_STRING(value)
        field.valuelen = PyBytes_GET_SIZE(value)
        field.flags = flags
        self.length += 1
        return 0

    cdef int extend(self, object fields) except -1:
        """Adds (name, value) or (name, value, never index) of an iterable, or of a mapping."""
        cdef tuple field
        cdef Py_ssize_t count
        if hasattr(fields, "items"):
            fields = fields.items()
        for item in fields:
            field = item if type(item) is tuple else tuple(item)
            count = len(field)
            if count != 2 and count != 3:
                raise ValueError(f"a header field has a name, a value and maybe a flag, not {count} parts")
            self.add(to_bytes(field[0], "the name of a header field"),
                     to_bytes(field[1], "the value of a header field"),
                     NGHTTP2_NV_FLAG_NO_INDEX if count == 3 and field[2] else NGHTTP2_NV_FLAG_NONE)
        return 0

    cdef int extend_checked(self, object fields) except -1:
        """As extend, for messages: lower case names, legal octets, nothing about HTTP/1.1
        connections, no pseudo-header fields."""
        cdef FieldArray given = FieldArray()
        cdef nghttp2_nv *field
        cdef bytes name, value
        cdef size_t i
        if fields is None:
            return 0
        given.extend(fields)
        self.reserve(given.length)
        for i in range(given.length):
            field = &given.at[i]
            name = given.owners[2 * i]
            value = given.owners[2 * i + 1]
            if has_upper_case(name):
                name = name.lower()
            if (field.namelen == 0 or field.name[0] == b':' or not nghttp2_check_header_name(
                    <const uint8_t *>PyBytes_AS_STRING(name), field.namelen)):
                raise ValueError(f"{name!r} is not the name of a header field")
            if not nghttp2_check_header_value_rfc9113(field.value, field.valuelen):
                raise ValueError(f"the value of header field {name!r} has bytes that no value may have")
            if not is_connection_specific(name):
                self.add(name, value, field.flags)
        return 0


cdef bint is_connection_specific(bytes name):
    """RFC 9113, section 8.2.2. ASGI applications and the like send such fields anyway."""
    cdef Py_ssize_t length = PyBytes_GET_SIZE(name)
    if length == 7:
        return name == b"upgrade"
    if length == 10:
        return name == b"connection" or name == b"keep-alive"
    if length == 16:
        return name == b"proxy-connection"
    if length == 17:
        return name == b"transfer-encoding"
    return False
