"""What the declarations of the npm package say, as API Extractor reports it."""

import json
import pathlib
import shutil
import subprocess
import tarfile
from typing import Iterator, List, Tuple

import blocks

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "surface" / "typescript"
NPM = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix"]
# The runtimes differ in how the core is loaded, and in no declaration.
SAME = 'export * from "./index.js";\n'
BOTH = 'export * from "./dist/index.js";\nexport * as codes from "./dist/generated/codes.js";\n'


def surface(packed: bool) -> str:
    package = WORK / "package"
    shutil.rmtree(package, ignore_errors=True)
    if packed:
        (archive,) = (ROOT / "target" / "packages" / "npm").glob("xportcn-*.tgz")
        with tarfile.open(archive) as file:
            file.extractall(WORK, filter="data")
    else:
        declare(package)
    (package / "surface.d.ts").write_text(BOTH)
    shutil.copy(HERE / "api-extractor.json", package)
    WORK.joinpath("xportcn.api.md").unlink(missing_ok=True)
    run = [str(extractor()), "run", "--local", "--config", str(package / "api-extractor.json")]
    ended = subprocess.run(run, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ended.returncode:
        raise SystemExit(ended.stdout)
    ways = "".join(f"{way} = {declarations}\n" for way, declarations in entries(package))
    return WORK.joinpath("xportcn.api.md").read_text() + f"\n## Entries\n\n```ts\n{ways}```\n"


def items(text: str) -> List[str]:
    return [item for code in text.split("```ts\n")[1:] for item in blocks.flat(code.partition("```")[0])]


def declare(package: pathlib.Path) -> None:
    """The declarations alone, which need nothing of the core."""
    source = ROOT / "packages" / "npm"
    subprocess.run(["./build", "--tools"], cwd=source, check=True)
    for project, folder in (("tsconfig.json", "dist"), ("tsconfig.cjs.json", "dist/cjs")):
        emit = ["--noEmit", "false", "--emitDeclarationOnly", "--outDir", str(package / folder)]
        subprocess.run(["node_modules/.bin/tsc", "--project", project, *emit], cwd=source, check=True)
    shutil.copy(source / "package.json", package)


def entries(package: pathlib.Path) -> Iterator[Tuple[str, str]]:
    """Each way into the package, with the declarations that a program gets there."""

    def below(way: str, place: object) -> Iterator[Tuple[str, str]]:
        if isinstance(place, dict):
            for name, inner in place.items():
                yield from [] if "types" in place and name == "default" else below(f"{way}, {name}", inner)
        else:
            text = package.joinpath(str(place)).read_text() if str(place).endswith(".d.ts") else ""
            yield way, f"{place}, all of index" if text.endswith(SAME) else str(place)

    for way, place in json.loads((package / "package.json").read_text())["exports"].items():
        yield from below(way, place)


def extractor() -> pathlib.Path:
    folder, lock = WORK / "tools", HERE / "package-lock.json"
    installed = folder / "installed.json"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "package.json", folder)
        shutil.copy(lock, folder)
        subprocess.run([*NPM, str(folder)], check=True)
        shutil.copy(lock, installed)
    return folder / "node_modules" / ".bin" / "api-extractor"
