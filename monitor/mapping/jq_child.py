"""The program that runs jq for `jq_program.py`: nothing of ours is loaded in it."""

from __future__ import annotations

import json
import resource
import sys

import jq

_SECONDS = 30
_MEMORY = 2 * 1024**3
_LARGEST = 256 * 1024**2


def main() -> None:
    """Reads `{"program": ..., "text": ...}`, writes the list of results."""
    given = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    # No file can be opened any more, whatever the program asks for.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    try:
        found = jq.compile(given["program"]).input_text(given["text"]).all()
        written = json.dumps(found, ensure_ascii=False)
        if len(written) > _LARGEST:
            raise MemoryError
    except (ValueError, MemoryError) as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        sys.stderr.write(f"jq: {lines[0].removeprefix('jq: ') if lines else 'out of memory'}\n")
        sys.exit(1)
    sys.stdout.write(written)


if __name__ == "__main__":
    main()
