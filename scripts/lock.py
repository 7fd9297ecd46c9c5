"""Lock the dependencies of pyproject.toml with their hashes: `make update`.

Writes requirements.txt (what a site needs), requirements-dev.txt (what the tests need besides) and
requirements-fuzz.txt (for `make fuzz`), for every platform and Python from 3.11 on.
"""

import subprocess
import sys

_COMMON = (
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-header",
    "--quiet",
    "pyproject.toml",
)

_FILES = {
    "requirements.txt": (),
    "requirements-dev.txt": ("--group=dev",),
    "requirements-fuzz.txt": ("--group=dev", "--group=fuzz"),
}


def main() -> None:
    """Run uv once for each file; arguments such as --upgrade are handed on."""
    for file, groups in _FILES.items():
        command = [sys.executable, "-m", "uv", "pip", "compile", *_COMMON, *groups]
        subprocess.run([*command, *sys.argv[1:], "-o", file], check=True)


if __name__ == "__main__":
    main()
