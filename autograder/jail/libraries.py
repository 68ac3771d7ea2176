"""What an assignment's code may see of this machine: the interpreter's library and the packages it needs."""

from __future__ import annotations

import importlib.metadata
import re
import sysconfig
from dataclasses import dataclass
from pathlib import Path

SYSTEM = ("/usr/lib", "/usr/lib64", "/usr/lib32", "/lib", "/lib64")


@dataclass(frozen=True, slots=True)
class Libraries:
    """`views` are shown read-only, `hidden` folders inside them appear empty, `paths` is `sys.path`.

    `names` are the top-level modules of the packages: what may be imported beside the standard library.
    """

    views: tuple[str, ...]
    hidden: tuple[str, ...]
    paths: tuple[str, ...]
    names: tuple[str, ...] = ()


def of(needs: tuple[str, ...]) -> Libraries:
    """The libraries of an assignment that needs these distributions ("numpy", "torch")."""
    standard = dict.fromkeys(
        str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "platstdlib")
    )
    dynamic = [f"{path}/lib-dynload" for path in standard]
    system = [path for path in SYSTEM if Path(path).is_dir() and not Path(path).is_symlink()]
    packages = _packages(needs)
    hidden = [f"{path}/{name}" for path in standard for name in ("site-packages", "dist-packages")]
    hidden += [str(path) for base in system[:1] for path in Path(base).glob("python3*/dist-packages")]
    views = [*system, *standard, *packages]
    inside = [
        path
        for path in views
        if path in packages or not any(path.startswith(other + "/") for other in views if other != path)
    ]
    sites = dict.fromkeys(str(Path(path).parent) for path in packages)
    names = tuple(dict.fromkeys(Path(path).name.partition(".")[0] for path in packages))
    return Libraries(tuple(inside), tuple(dict.fromkeys(hidden)), (*standard, *dynamic, *sites), names)


def _packages(needs: tuple[str, ...]) -> list[str]:
    """Files and folders at the top level of the distributions, and of those they require."""
    found: dict[str, None] = {}
    queue, seen = list(needs), set()
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # optional on this platform
        for file in distribution.files or ():
            top = file.parts[0]
            if top not in ("..", "__pycache__") and not top.endswith(".dist-info"):
                found.setdefault(str(Path(str(distribution.locate_file(top)))))
        plain = (text for text in distribution.requires or () if "extra ==" not in text)
        queue += [re.split(r"[\s<>=!~;\[(]", text, maxsplit=1)[0] for text in plain]
    return [path for path in found if Path(path).exists()]
