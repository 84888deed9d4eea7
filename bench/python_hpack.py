#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""bench/python_hpack.py CORPUS: HDDeflater and HDInflater against python3-hpack, in one run.

CORPUS is a folder of hpack-test-case stories, for example tests/hpack/corpus/raw-data. Every story
is coded by each, in one process and in turns; the best of the rounds counts. Prints JSON.
"""
import json
import pathlib
import sys
import time

import hpack

import nghttp2

ROUNDS = 3


def read(folder):
    for path in sorted(pathlib.Path(folder).rglob("*.json")):
        cases = json.loads(path.read_text())["cases"]
        yield [[(name.encode(), value.encode()) for field in case["headers"]
                for name, value in field.items()] for case in cases]


def best(work, repeat=1):
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        for _ in range(repeat):
            work()
        times.append((time.perf_counter() - started) / repeat)
    return min(times)


def encode_here(stories):
    for story in stories:
        deflate = nghttp2.HDDeflater().deflate
        for headers in story:
            deflate(headers)


def encode_there(stories):
    for story in stories:
        encode = hpack.Encoder().encode
        for headers in story:
            encode(headers)


def decode_here(stories):
    for story in stories:
        inflate = nghttp2.HDInflater().inflate
        for block in story:
            inflate(block)


def decode_there(stories):
    for story in stories:
        decoder = hpack.Decoder()
        for block in story:
            decoder.decode(block, raw=True)


def main():
    stories = list(read(sys.argv[1]))
    if not stories:
        sys.exit(f"no stories in {sys.argv[1]}")
    blocks = []
    for story in stories:
        deflater = nghttp2.HDDeflater()
        blocks.append([deflater.deflate(headers) for headers in story])
    cases = sum(map(len, stories))
    for name, here, there, work in (("encode", encode_here, encode_there, stories),
                                    ("decode", decode_here, decode_there, blocks)):
        ours, theirs = best(lambda: here(work), 10), best(lambda: there(work))
        print(json.dumps({"benchmark": f"python_hpack/{name}", "header_blocks": cases,
                          "nghttp2_us_per_block": round(ours / cases * 1e6, 2),
                          "hpack_us_per_block": round(theirs / cases * 1e6, 2),
                          "ratio": round(theirs / ours, 1)}))


main()
