"""What the jar shows to those who compile against it, as the Kotlin compiler's own tools tell it."""

import pathlib
import subprocess
import tempfile
import zipfile
from typing import List

import blocks

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "target" / "surface" / "kotlin"
MAVEN = ["mvn", "--quiet", "--batch-mode", "--file", str(HERE / "kotlin" / "pom.xml")]


def surface(packed: bool) -> str:
    if not packed:
        subprocess.run(["packages/kotlin/package", "--quick"], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    classpath = WORK / "classpath"
    build = [*MAVEN, "dependency:build-classpath", f"-Dmdep.outputFile={classpath}"]
    subprocess.run(build, stdout=subprocess.DEVNULL, check=True)
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(ROOT / "target" / "packages" / "kotlin" / "xportcn-0.1.0.jar") as jar:
            jar.extractall(folder)
        java = ["java", "-cp", classpath.read_text(), str(HERE / "kotlin" / "Abi.java"), folder]
        text = subprocess.run(java, stdout=subprocess.PIPE, text=True, check=True).stdout
    return "\n".join(sorted(blocks.flat(text))) + "\n"


def items(text: str) -> List[str]:
    return text.splitlines()
