# SPDX-License-Identifier: MIT
"""Runs api_bench on one library or the other; a part of bench/compare."""
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

TIMES = {"family_index", "per_family_instance_index", "repetitions", "repetition_index", "threads",
         "iterations", "real_time", "cpu_time", "items_per_second", "items"}
FEW, MANY = 2, 8  # iterations: the difference of the two runs is free of what is done only once


def run(options, folder, *arguments, before=()):
    """The report of the program with the library of a folder."""
    command = [*before, options.program, "--benchmark_format=json", *arguments]
    if options.corpus:
        command.append(f"--corpus={options.corpus}")
    done = subprocess.run(command, env={**os.environ, "LD_LIBRARY_PATH": str(folder)},
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"compare: {' '.join(map(str, command))}: {done.stderr.strip()[-500:]}")
    report = json.loads(done.stdout)
    used = pathlib.Path(report["context"]["nghttp2_library"]).resolve().parent
    if used != folder:
        sys.exit(f"compare: the library in {used} was used instead of the one in {folder}")
    return report


def counters(bench):
    return {key: value for key, value in bench.items()
            if key not in TIMES and isinstance(value, (int, float))}


def timed(options, folder, case):
    (bench,) = run(options, folder, f"--benchmark_filter=^{case}(/iterations:.*)?$",
                   f"--benchmark_min_time={options.min_time}")["benchmarks"]
    return counters(bench), bench["cpu_time"] / bench["items"] if "items" in bench else None


def counted(options, folder, case):
    totals = []
    for iterations in (FEW, MANY):
        with tempfile.NamedTemporaryFile() as out:
            (bench,) = run(options, folder, f"--benchmark_filter=^{case}(/iterations:.*)?$",
                           f"--iterations={iterations}", before=[
                "valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}"])["benchmarks"]
            text = pathlib.Path(out.name).read_text()
            totals.append(int(re.search(r"^(?:summary|totals): (\d+)", text, re.M)[1]))
    each = (totals[1] - totals[0]) / (MANY - FEW)
    return counters(bench), each / bench["items"] if "items" in bench else None


def case_names(options, folder):
    """Those that --cases chooses."""
    command = [options.program, "--benchmark_list_tests", f"--benchmark_filter={options.cases}"]
    done = subprocess.run(command, env={**os.environ, "LD_LIBRARY_PATH": str(folder)},
                          capture_output=True, text=True)
    if done.returncode or not done.stdout:
        sys.exit(f"compare: no case is like {options.cases}: {done.stderr.strip()}")
    return done.stdout.split()


def figures(options, folders, case):
    """One dict of figures for each folder."""
    measure, rounds = (counted, 1) if options.instructions else (timed, options.rounds)
    values = [[], []]
    for _ in range(rounds):
        results = [measure(options, folder, case) for folder in folders]
        for side, (_, value) in zip(values, results):
            if value is not None:
                side.append(value)
    for (constant, _), side in zip(results, values):
        if side and options.instructions:
            constant["instructions"] = side[0]
        elif side:
            constant.update(best_ns=min(side), median_ns=statistics.median(side))
    return [constant for constant, _ in results]


def version(options, folder):
    """What the library of a folder calls itself."""
    context = run(options, folder, "--benchmark_filter=newdel", "--iterations=1")["context"]
    return {"version": context["nghttp2_version"], "library": context["nghttp2_library"]}
