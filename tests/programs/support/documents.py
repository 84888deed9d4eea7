# SPDX-License-Identifier: MIT
"""The document root that both nginx and nghttpd serve, and comparing what was fetched with it."""
import hashlib
import os
import pathlib
import random

MIB = 1024 * 1024
RECORD_BYTES = 64


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def records(number, count):
    """A file of fixed-size lines that each name their file and place, so that bodies which
    arrive interleaved on standard output can be told apart."""
    lines = []
    for place in range(count):
        mark = hashlib.sha256(f"{number}/{place}".encode()).hexdigest()
        lines.append(f"{number:04d} {place:06d} {mark}"[:RECORD_BYTES - 1] + "\n")
    return "".join(lines).encode("ascii")


def split_records(content):
    """Undo the interleaving: file number -> content."""
    assert len(content) % RECORD_BYTES == 0, f"{len(content)} bytes are not whole records"
    files = {}
    for start in range(0, len(content), RECORD_BYTES):
        line = content[start:start + RECORD_BYTES]
        files.setdefault(int(line[:4]), []).append(line)
    return {number: b"".join(sorted(lines)) for number, lines in files.items()}


class Documents:
    """A directory tree with known contents, and a secret beside it that must never be served."""

    SECRET = b"this file is outside of the document root\n"

    def __init__(self, directory):
        base = pathlib.Path(directory)
        self.root = base / "htdocs"
        (self.root / "sub").mkdir(parents=True)
        (self.root / "empty").mkdir()
        self.secret_path = base / "secret.txt"
        self.secret_path.write_bytes(self.SECRET)
        generator = random.Random(9113)
        self.write("index.html", b"<html><body>index</body></html>\n")
        self.write("sub/index.html", b"<html><body>sub index</body></html>\n")
        self.write("small.txt", b"0123456789abcdefghijklmnopqrstuvwxyz\n")
        self.write("empty.txt", b"")
        self.write("with space.txt", b"a space in the name\n")
        self.write("medium.bin", generator.randbytes(300_000))
        self.big = generator.randbytes(20 * MIB)
        self.write("big.bin", self.big)
        for number in range(100):
            self.write(f"many/{number}.txt", records(number, 10 + number % 7 * 300))
        for number in range(50):
            self.write(f"parallel/{number}.bin", generator.randbytes(MIB + number))
        os.symlink(self.secret_path, self.root / "link-out.txt")
        os.symlink(base, self.root / "dir-out")

    def write(self, name, content):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def read(self, name):
        return (self.root / name).read_bytes()
