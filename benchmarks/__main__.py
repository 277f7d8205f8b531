"""Run every benchmark, one after another: `python -m benchmarks`, or those named: `python -m benchmarks plan`."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = (
    "plan",
    "scenarios",
    "tables",
    "lots",
    "screening",
    "clearing",
    "words",
    "matching",
    "consortia",
    "watching",
    "serving",
    "stopping",
)

if __name__ == "__main__":
    for name in sys.argv[1:] or BENCHMARKS:
        print(f"\n# {name}\n", flush=True)
        import_module(f"benchmarks.{name}").main([])
