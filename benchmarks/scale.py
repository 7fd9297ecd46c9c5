"""How the time to read, check and render grows with the source: `python benchmarks/scale.py`.

For each kind of big text, the time for size n and for 2n, in one run, and their ratio: 2 is linear.
Times are CPU seconds of this process. Then the sizes that the project promises to bear.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from big import TEXTS, process

PROMISED = {
    "a file of 50 MB": ("prose", 1_430_000),
    "a line of 10 MB": ("one long line", 2_000_000),
    "100,000 steps": ("numbered steps", 100_000),
    "100,000 notes on one step": ("notes on one step", 100_000),
    "100,000 unknown references": ("unknown references", 100_000),
    "1,000,000 open brackets": ("open brackets", 1_000_000),
}


def seconds(text: str) -> float:
    """CPU time to process a text."""
    begin = time.process_time()
    process(text)
    return time.process_time() - begin


def main() -> None:
    """Print both tables."""
    print(f"{'':28}{'n':>10}{'2n':>10}{'ratio':>8}")
    for name, text in TEXTS.items():
        size = 20_000
        while (one := seconds(text(size))) < 0.1 and size < 2_000_000:
            size *= 2
        two = seconds(text(2 * size))
        print(f"{name:28}{one:>9.2f}s{two:>9.2f}s{two / one:>8.2f}   n = {size:,}", flush=True)
    print()
    for what, (name, size) in PROMISED.items():
        source = TEXTS[name](size)
        print(f"{what:28}{len(source) / 1e6:>7.1f} MB{seconds(source):>9.1f}s", flush=True)


if __name__ == "__main__":
    main()
