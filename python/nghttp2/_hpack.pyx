# SPDX-License-Identifier: MIT
# cython: language_level=3, boundscheck=False, wraparound=False
# HPACK (RFC 7541): HDDeflater, HDInflater and their tables.
from cpython.buffer cimport PyBUF_SIMPLE, PyBuffer_Release, PyObject_GetBuffer
from cpython.bytes cimport PyBytes_FromStringAndSize

from .libnghttp2 cimport *

include "fields.pxi"

cdef enum:
    FIRST_DYNAMIC = 62  # after the 61 entries of the static table


cdef class HDTableEntry:
    """An entry of a dynamic table: ``name`` and ``value`` as bytes, and their lengths."""
    cdef readonly bytes name
    cdef readonly size_t namelen
    cdef readonly bytes value
    cdef readonly size_t valuelen

    def __init__(self, name, namelen, value, valuelen):
        self.name = name
        self.namelen = namelen
        self.value = value
        self.valuelen = valuelen

    def space(self):
        """Bytes that the entry takes in its table: both lengths and 32."""
        return self.namelen + self.valuelen + 32

    def __repr__(self):
        return f"HDTableEntry({self.name!r}, {self.namelen}, {self.value!r}, {self.valuelen})"


cdef HDTableEntry make_entry(const nghttp2_nv *field):
    return HDTableEntry(field.name[:field.namelen], field.namelen,
                        field.value[:field.valuelen], field.valuelen)


cdef size_t table_size(size) except? 0:
    if not 0 <= size <= 0xffffffff:
        raise ValueError(f"a table has 0 to 4294967295 bytes, not {size}")
    return size


cdef class HDDeflater:
    """Encodes header blocks.

    ``hd_table_bufsize_max`` is the most that its dynamic table may take, in bytes, whatever the
    decoder allows.
    """
    cdef nghttp2_hd_deflater *deflater

    def __cinit__(self, hd_table_bufsize_max=4096):
        code = nghttp2_hd_deflate_new(&self.deflater, table_size(hd_table_bufsize_max))
        if code != 0:
            raise library_error(code, "HDDeflater")

    def __dealloc__(self):
        if self.deflater != NULL:
            nghttp2_hd_deflate_del(self.deflater)

    def deflate(self, headers):
        """Returns the header block of ``headers``, an iterable of (name, value), str or bytes.

        A third element that is true keeps the field out of every table on the way, as is due to
        secrets (RFC 7541, section 7.1.3).
        """
        cdef FieldArray fields = FieldArray()
        cdef size_t bound
        cdef nghttp2_ssize length
        cdef bytes block
        if type(headers) is list:
            fields.reserve(len(<list>headers))
        fields.extend(headers)
        bound = nghttp2_hd_deflate_bound(self.deflater, fields.at, fields.length)
        block = PyBytes_FromStringAndSize(NULL, bound)
        length = nghttp2_hd_deflate_hd2(self.deflater, <uint8_t *>PyBytes_AS_STRING(block), bound,
                                        fields.at, fields.length)
        if length < 0:
            raise library_error(<int>length, "deflate")
        return PyBytes_FromStringAndSize(PyBytes_AS_STRING(block), length)

    def change_table_size(self, hd_table_bufsize_max):
        """Sets what the decoder allows; the next header block announces the table's new size."""
        code = nghttp2_hd_deflate_change_table_size(self.deflater, table_size(hd_table_bufsize_max))
        if code != 0:
            raise library_error(code, "change_table_size")

    def get_hd_table(self):
        """Returns the dynamic table, the latest entry first, as a list of HDTableEntry."""
        cdef size_t i
        return [make_entry(nghttp2_hd_deflate_get_table_entry(self.deflater, i)) for i in range(
            FIRST_DYNAMIC, nghttp2_hd_deflate_get_num_table_entries(self.deflater) + 1)]


cdef class HDInflater:
    """Decodes header blocks.

    ``max_header_list_size`` bounds what one block may become, in bytes: lengths of names and
    values, and 32 for each field. Without it a few kilobytes could become gigabytes.
    """
    cdef nghttp2_hd_inflater *inflater
    cdef size_t max_header_list_size
    cdef bint failed

    def __cinit__(self, max_header_list_size=1048576):
        if max_header_list_size < 0:
            raise ValueError("max_header_list_size is negative")
        self.max_header_list_size = max_header_list_size
        code = nghttp2_hd_inflate_new(&self.inflater)
        if code != 0:
            raise library_error(code, "HDInflater")

    def __dealloc__(self):
        if self.inflater != NULL:
            nghttp2_hd_inflate_del(self.inflater)

    def inflate(self, data):
        """Returns the fields of a whole header block as a list of (name, value), both bytes."""
        cdef Py_buffer view
        if self.failed:
            raise HeaderCompressionError("inflate: an earlier header block failed",
                                         NGHTTP2_ERR_HEADER_COMP)
        PyObject_GetBuffer(data, &view, PyBUF_SIMPLE)
        try:
            return self.decode(<const uint8_t *>view.buf, view.len)
        finally:
            PyBuffer_Release(&view)

    cdef list decode(self, const uint8_t *data, size_t length):
        cdef nghttp2_nv field
        cdef nghttp2_ssize used
        cdef int flags = 0
        cdef size_t total = 0
        cdef list fields = []
        while True:
            flags = 0
            used = nghttp2_hd_inflate_hd3(self.inflater, &field, &flags, data, length, 1)
            if used < 0:
                self.failed = True
                raise library_error(<int>used, "inflate")
            data += used
            length -= used
            if flags & NGHTTP2_HD_INFLATE_EMIT:
                total += field.namelen + field.valuelen + 32
                if total > self.max_header_list_size:
                    self.failed = True
                    raise HeaderCompressionError(
                        f"inflate: the fields take more than {self.max_header_list_size} bytes",
                        NGHTTP2_ERR_HEADER_COMP)
                fields.append((PyBytes_FromStringAndSize(<char *>field.name, field.namelen),
                               PyBytes_FromStringAndSize(<char *>field.value, field.valuelen)))
            if flags & NGHTTP2_HD_INFLATE_FINAL:
                nghttp2_hd_inflate_end_headers(self.inflater)
                return fields
            if not flags and length == 0:
                self.failed = True
                raise library_error(NGHTTP2_ERR_HEADER_COMP, "inflate: the block is not complete")

    def change_table_size(self, hd_table_bufsize_max):
        """Sets what the encoder may use for its dynamic table, in bytes."""
        code = nghttp2_hd_inflate_change_table_size(self.inflater, table_size(hd_table_bufsize_max))
        if code != 0:
            raise library_error(code, "change_table_size")

    def get_hd_table(self):
        """Returns the dynamic table, the latest entry first, as a list of HDTableEntry."""
        cdef size_t i
        return [make_entry(nghttp2_hd_inflate_get_table_entry(self.inflater, i)) for i in range(
            FIRST_DYNAMIC, nghttp2_hd_inflate_get_num_table_entries(self.inflater) + 1)]


def print_hd_table(hdtable):
    """Prints a dynamic table: index, space in bytes, name and value of each entry.

    ``hdtable`` is what get_hd_table() returned, or a HDDeflater or HDInflater itself.
    """
    if isinstance(hdtable, (HDDeflater, HDInflater)):
        hdtable = hdtable.get_hd_table()
    for index, entry in enumerate(hdtable, 1):
        name = entry.name.decode("utf-8", "backslashreplace")
        value = entry.value.decode("utf-8", "backslashreplace")
        print(f"[{index}] (s={entry.space()}) {name}: {value}")
