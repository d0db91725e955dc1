"""What the headers of a program or a library say, beside what its target asks for; run by the environment that has LIEF."""

import pathlib
import re
import subprocess
import sys
import tempfile
from typing import Iterator, List

import lief

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent.parent / "packages" / "cross"))

from targets import Target  # noqa: E402

# Names of processors in the three formats.
ELF = {"x64": lief.ELF.ARCH.X86_64, "arm64": lief.ELF.ARCH.AARCH64}
MACHO = {"x64": lief.MachO.Header.CPU_TYPE.X86_64, "arm64": lief.MachO.Header.CPU_TYPE.ARM64}
PE = {"x64": lief.PE.Header.MACHINE_TYPES.AMD64, "arm64": lief.PE.Header.MACHINE_TYPES.ARM64}
# The glibc that manylinux2014 promises.
GLIBC = (2, 17)
# Kernels for arm64 have pages of up to 64 KB.
PAGE = {"x64": 0x1000, "arm64": 0x10000}
# What hosts look for by name in modules of Python, and in libraries of the JVM and of Swift.
ENTRIES = {
    r"^_core\.": ["PyInit__core"],
    r"xportcn_uniffi\.": ["Java_io_github_xportcn_core_Door_begin", "ffi_xportcn_uniffi_uniffi_contract_version"],
}
# Parts of compilers: no Windows has them.
FOREIGN = re.compile(r"^(libgcc|libunwind|libstdc|libwinpthread|libc\+\+)", re.IGNORECASE)


def faults(file: pathlib.Path, target: Target) -> List[str]:
    """What is wrong with a file that is for this target. Libraries have a dot in their names, and programs for Linux none."""
    if file.suffix == ".a":
        return list(_archive(file, target))
    binary = lief.parse(str(file))
    formats = {"linux": (lief.ELF.Binary, _elf), "macos": (lief.MachO.Binary, _macho), "windows": (lief.PE.Binary, _pe)}
    wanted, check = formats[target.system]
    if isinstance(binary, lief.MachO.FatBinary):
        binary = binary.at(0)
    if not isinstance(binary, wanted):
        return [f"it is no file of {target.system}"]
    return [*check(binary, target, "." not in file.name), *_entries(binary, file.name)]


def _entries(binary: lief.Binary, name: str) -> Iterator[str]:
    """What hosts look for by name."""
    wanted = [names for pattern, names in ENTRIES.items() if re.search(pattern, name)]
    exported = {function.name.removeprefix("_") for function in binary.exported_functions}
    if isinstance(binary, lief.PE.Binary) and binary.has_exports:
        exported = {entry.name for entry in binary.get_export().entries}
    for entry in sum(wanted, []):
        if entry not in exported:
            yield f"it does not export {entry}"


def _archive(file: pathlib.Path, target: Target) -> Iterator[str]:
    """A static library for Linux: what its objects are for."""
    list_them = subprocess.run(["ar", "t", file], check=True, capture_output=True, text=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["ar", "x", file.resolve()], check=True, cwd=folder)
        objects = [lief.ELF.parse(str(path)) for path in pathlib.Path(folder).glob("*.o")]
    machines = {binary.header.machine_type for binary in objects if binary is not None}
    if machines != {ELF[target.processor]}:
        yield f"its {len(list_them.stdout.split())} objects are for {', '.join(map(str, machines)) or 'nothing'}"


def _elf(binary: lief.ELF.Binary, target: Target, is_program: bool) -> Iterator[str]:
    if binary.header.machine_type != ELF[target.processor]:
        yield f"it is for {binary.header.machine_type}"
    for segment in binary.segments:
        if segment.type == lief.ELF.Segment.TYPE.LOAD and segment.alignment < PAGE[target.processor]:
            yield f"a part of it begins on a page of {segment.alignment} bytes"
    needed = list(binary.libraries)
    if target.libc == "musl":
        if is_program and (needed or binary.has_interpreter):
            yield f"it is not static: {', '.join(needed)}"
        # Else it shares the libc of what loads it.
        if any(name not in ("libc.so",) for name in needed):
            yield f"it needs {', '.join(needed)}"
        return
    for version in binary.symbols_version_requirement:
        for symbol in version.get_auxiliary_symbols():
            found = re.fullmatch(r"GLIBC_(\d+)\.(\d+)(?:\.\d+)?", symbol.name)
            if found and tuple(map(int, found.groups())) > GLIBC:
                yield f"it needs {symbol.name}"
    if not needed:
        yield "it needs no libc"


def _macho(binary: lief.MachO.Binary, target: Target, _: bool) -> Iterator[str]:
    if binary.header.cpu_type != MACHO[target.processor]:
        yield f"it is for {binary.header.cpu_type}"
    own = binary.get(lief.MachO.LoadCommand.TYPE.ID_DYLIB)
    for library in binary.libraries:
        if (own is None or library.name != own.name) and not library.name.startswith(("/usr/lib/", "/System/Library/")):
            yield f"it needs {library.name}"
    least = tuple((binary.build_version.minos if binary.has_build_version else binary.version_min.version)[:2])
    if least > tuple(map(int, target.oldest.split("."))):
        yield f"it needs macOS {least[0]}.{least[1]}"
    if target.processor == "arm64" and not binary.has_code_signature:
        yield "it is not signed, and such a Mac starts only what is"


def _pe(binary: lief.PE.Binary, target: Target, _: bool) -> Iterator[str]:
    if binary.header.machine != PE[target.processor]:
        yield f"it is for {binary.header.machine}"
    for library in binary.imports:
        if FOREIGN.match(library.name):
            yield f"it needs {library.name}"
