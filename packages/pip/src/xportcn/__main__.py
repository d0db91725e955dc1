"""``python -m xportcn``: the command line, which ``pip install 'xportcn[sandbox]'`` brings."""

import subprocess
import sys

from xportcn.sandbox import SandboxError, program


def main() -> int:
    try:
        return subprocess.call([program(), *sys.argv[1:]])
    except (OSError, SandboxError) as absent:
        print(f"python -m xportcn: {absent}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
