"""Reading: JSON and YAML of the same generated document, as ratios to orjson's parse.

python -m benchmarks reading [--quick] [--entities 10000]
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable

import orjson
import yaml
import yaml_rs

from benchmarks.generate import pair
from monitor.collect.reader import Limits, read_document


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks reading")
    parser.add_argument("--quick", action="store_true", help="1,000 entities")
    parser.add_argument("--entities", type=int, default=10_000)
    options = parser.parse_args(arguments)
    document = pair(1_000 if options.quick else options.entities, 0.01).old
    as_json = orjson.dumps(document)
    as_yaml = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True).encode()
    text = as_yaml.decode()
    limits = Limits.large()
    print(f"{len(as_json) / 1e6:.1f} MB of JSON, {len(as_yaml) / 1e6:.1f} MB of YAML")
    floor = _median(lambda: orjson.loads(as_json))
    readers: dict[str, Callable[[], object]] = {
        "orjson": lambda: orjson.loads(as_json),
        "json (standard library)": lambda: json.loads(as_json),
        "monitor, JSON": lambda: read_document(as_json, name="a.json", limits=limits).document,
        "yaml-rs": lambda: yaml_rs.loads(text, parse_datetime=False),
        "monitor, YAML": lambda: read_document(as_yaml, name="a.yaml", limits=limits).document,
    }
    right = True
    print(f"{'reader':<26}{'ms':>9}{'x orjson':>10}  right")
    for name, read in readers.items():
        taken = _median(read)
        same = read() == document
        right &= same
        answer = "yes" if same else "no"
        print(f"{name:<26}{taken * 1000:9.1f}{taken / floor:10.2f}  {answer}", flush=True)
    return 0 if right else 1


def _median(work: Callable[[], object], *, times: int = 5) -> float:
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
