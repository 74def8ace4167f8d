"""Answers the benchmark's lines: {"prepare": {...}} when a row is ready, {"run": n} with the seconds of n steps, {"rest": true} at rest."""

import gzip
import json
import sys
import time


def serve(version, prepare):
    """`prepare(row)` gives a function that takes one step."""
    print(json.dumps({"version": version}), flush=True)
    step = None
    for line in sys.stdin:
        request = json.loads(line)
        if "prepare" in request:
            step = None
            step = prepare(request["prepare"])
            print(json.dumps({}), flush=True)
        elif "rest" in request:
            rest()
            print(json.dumps({}), flush=True)
        else:
            start = time.perf_counter()
            for _ in range(request["run"]):
                step()
            print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)


def rest():
    """Waits, for a second at most, until no thread of this process computes: idle ones look for work for a while."""
    for _ in range(40):
        before = time.process_time()
        time.sleep(0.025)
        if time.process_time() - before < 0.001:
            return


def missing(package):
    print(json.dumps({"missing": package}), flush=True)
    sys.exit(0)


def read_images(folder, count):
    """Pixels [count, 28, 28] and labels [count] as uint8; made up where there is no folder."""
    import numpy

    if folder is None:
        generator = numpy.random.default_rng(1)
        return generator.integers(0, 256, (count, 28, 28), numpy.uint8), numpy.arange(count) % 10
    def content(name, header):
        try:
            with gzip.open(f"{folder}/{name}.gz") as file:
                return numpy.frombuffer(file.read(), numpy.uint8)[header:]
        except FileNotFoundError:
            return numpy.fromfile(f"{folder}/{name}", numpy.uint8)[header:]
    images = content("train-images-idx3-ubyte", 16).reshape(-1, 28, 28)
    return images[:count].copy(), content("train-labels-idx1-ubyte", 8)[:count].copy()
