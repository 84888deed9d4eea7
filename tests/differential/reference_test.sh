#!/bin/sh
# SPDX-License-Identifier: MIT
# Runs the golden scenarios on another libnghttp2.so.14 and checks that it differs from ours only
# where known_differences.txt says so.
#
# REFERENCE_LIBDIR is the folder of that library; without it there is nothing to compare.
set -eu

if [ -z "${REFERENCE_LIBDIR:-}" ]; then
  echo "REFERENCE_LIBDIR is not set: no library to compare with"
  exit 77
fi
if [ ! -e "$REFERENCE_LIBDIR/libnghttp2.so.14" ]; then
  echo "$REFERENCE_LIBDIR has no libnghttp2.so.14" >&2
  exit 1
fi

# Beside the libtool wrapper, which would choose our own library, lies the program itself.
program=./.libs/scenarios
[ -x "$program" ] || program=./scenarios

here=${srcdir:-.}
LD_LIBRARY_PATH=$REFERENCE_LIBDIR exec "$program" compare \
  "$here/differential/known_differences.txt" "$here/golden"
