# SPDX-License-Identifier: MIT
"""Where the programs under test and the peers from the distribution are."""
import os
import pathlib
import shutil

_ROOT = pathlib.Path(__file__).resolve().parents[3]
_SANITIZER_MARKS = (b"__asan_init", b"__tsan_init")


def under_test(name):
    """Path of one of our programs: $NGHTTP or $NGHTTPD, a build directory, or build/gcc."""
    override = os.environ.get(name.upper())
    if override:
        return os.path.abspath(override)
    build = os.environ.get("NGHTTP2_BUILD_DIR", str(_ROOT / "build" / "gcc"))
    place = pathlib.Path(build).absolute() / "src"
    for path in (place / name, place / name / name):
        if path.is_file():
            return str(path)
    raise FileNotFoundError(
        f"{place / name} does not exist: build first, or set NGHTTP2_BUILD_DIR or {name.upper()}")


def peer(name, package):
    """Path of a program of the distribution; says which package is missing if it is not there."""
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if path is None:
        raise FileNotFoundError(f"{name} not found: these tests need the package {package}")
    return path


def is_sanitized(path):
    """True if the program was built with a sanitizer, which makes it slow and large."""
    path = pathlib.Path(path)
    for candidate in (path.parent / ".libs" / path.name, path):
        if candidate.exists():
            content = candidate.read_bytes()
            return any(mark in content for mark in _SANITIZER_MARKS)
    return False


def any_sanitized():
    try:
        return any(is_sanitized(under_test(name)) for name in ("nghttp", "nghttpd"))
    except FileNotFoundError:
        return False
