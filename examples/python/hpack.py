# SPDX-License-Identifier: MIT
"""Header blocks: encode, decode, and look at the table."""
import nghttp2

deflater = nghttp2.HDDeflater()
inflater = nghttp2.HDInflater()

data = deflater.deflate([(b"foo", b"bar"), (b"baz", b"buz")])
print(inflater.inflate(data))
nghttp2.print_hd_table(deflater.get_hd_table())
