"""Where the public items of each host are kept."""

from typing import Dict

SNAPSHOTS: Dict[str, str] = {
    "rust": "rust.txt",
    "typescript": "typescript.api.md",
    "python": "python.txt",
    "kotlin": "kotlin.txt",
    "swift": "swift.txt",
}
