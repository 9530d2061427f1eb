"""python -m benchmarks NAME [OPTIONS], or `all`: measure us and the peers in one run."""

from __future__ import annotations

import importlib
import sys

# name -> (module with main(arguments) -> exit code, what it measures)
BENCHMARKS = {
    "compare": ("benchmarks.compare", "documents of known difference, us and other diff tools"),
    "startup": ("benchmarks.startup", "the whole command on the shipped snapshots"),
    "reading": ("benchmarks.reading", "JSON and YAML into a checked document"),
    "mail": ("benchmarks.mail", "enqueue, make and send mail"),
    "scale": ("benchmarks.scale", "many situations, readers and nodes, before and after"),
    "pages": ("benchmarks.pages.command", "pages of the web over many versions"),
    "sources": ("benchmarks.sources", "what people keep: taken in, stored and compared"),
}


def main(arguments: list[str]) -> int:
    name, *options = arguments or ["all"]
    if name == "all":
        return max(_run(each, options) for each in BENCHMARKS)
    if name not in BENCHMARKS:
        print("python -m benchmarks NAME; there are:", file=sys.stderr)
        for each, (_, summary) in BENCHMARKS.items():
            print(f"  {each:<10}{summary}", file=sys.stderr)
        return 2
    return _run(name, options)


def _run(name: str, options: list[str]) -> int:
    module, summary = BENCHMARKS[name]
    print(f"\n== {name}: {summary}", flush=True)
    return int(importlib.import_module(module).main(options))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
