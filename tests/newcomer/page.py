"""docs/start.md, read as its readers do."""

import pathlib
import re
from typing import Dict, List

BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
SERVES = "xportcn sandbox"


class Page:
    """What the page tells to do."""

    def __init__(self, text: str) -> None:
        self._text = text
        start, account = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)[:2]
        lines = [line.strip() for line in start.splitlines()]
        # The clone is there, and one stands in it.
        self.install = [line for line in lines if not line.startswith(("git clone", "cd ", SERVES))]
        (self.sandbox,) = [line for line in lines if line.startswith(SERVES)]
        self.account: Dict[str, str] = dict(re.findall(r"(XPORTCN_\w+)=(\S+)", account))
        # What the programs print first.
        (self.title,) = re.findall(r"^    (\S+) \d+ variants$", text, re.MULTILINE)

    def listens_on(self, port: int) -> None:
        """Takes another port than the page's, which may be taken."""
        written = self.sandbox.split()[-1]
        self.sandbox = self.sandbox.replace(written, str(port))
        self.account["XPORTCN_BASE_URL"] = self.account["XPORTCN_BASE_URL"].replace(written, str(port))

    def commands(self, language: str, clone: pathlib.Path) -> List[str]:
        """What the table tells users of a language to do, from the sources."""
        (cell,) = re.findall(rf"^\| {language} \| (.*?) \|", self._text, re.MULTILINE)
        commands = re.findall(r"`([^`]+)`", cell)
        for page in re.findall(r"then \[[^]]+\]\(([^)]+)\)", cell):
            commands += [installs(clone / "docs" / page)]
        return [command.replace("../xportcn", str(clone)) for command in commands]

    def program(self, language: str) -> str:
        """The file of the program in a language, from the page."""
        (path,) = re.findall(rf"\[{language}\]\(([^)#]+)#first\)", self._text)
        return path

    def with_figures(self, figures: str) -> str:
        """The page with these figures."""
        start, end = self._text.index(BEGIN) + len(BEGIN), self._text.index(END)
        return f"{self._text[:start]}{figures}{self._text[end:]}"


def installs(page: pathlib.Path) -> str:
    """How a page puts the package into Maven's repository; the command stands in the clone."""
    (block,) = re.findall(r"^    mvn .*install-file(?:.*\\\n)+.*\n", page.read_text(encoding="utf-8"), re.MULTILINE)
    return f"cd {page.parent.parent.parent} && {block.strip()}"
