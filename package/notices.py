#!/usr/bin/env python3
"""Writes the licences and copyright notices of the libraries that are linked into the programs.

Usage: package/notices.py FILE

Their sources have to be there, as after a build. Equal texts are written once, with all who use them.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense)([-._].*)?$", re.IGNORECASE)


def packages():
    """The packages that the programs are built from, without those that only the build or tests need."""
    command = ["cargo", "metadata", "--format-version=1", "--locked", "--offline"]
    host = re.search(r"^host: (\S+)", subprocess.check_output(["rustc", "-vV"], text=True), re.MULTILINE)[1]
    meta = json.loads(subprocess.check_output(command + ["--filter-platform", host], cwd=ROOT))
    nodes = {node["id"]: node for node in meta["resolve"]["nodes"]}
    by_id = {package["id"]: package for package in meta["packages"]}
    ours = set(meta["workspace_members"])
    wanted = [one for one in ours if (ROOT / "bins") in pathlib.Path(by_id[one]["manifest_path"]).parents]
    seen = set()
    while wanted:
        one = wanted.pop()
        if one in seen:
            continue
        seen.add(one)
        for needed in nodes[one]["deps"]:
            if any(kind["kind"] is None for kind in needed["dep_kinds"]):
                wanted.append(needed["pkg"])
    return sorted((by_id[one] for one in seen - ours), key=lambda package: (package["name"], package["version"]))


def texts(folder):
    """The licences in a package's sources; also those of C and C++ that came with it."""
    for path in sorted(folder.rglob("*")):
        if NAMES.match(path.name) and path.is_file() and path.suffix not in {".rs", ".py", ".c", ".h", ".cpp"}:
            yield path.read_text(encoding="utf-8", errors="replace").strip()


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    users = collections.defaultdict(list)
    out = ["The programs of ISEE Tutor contain these libraries.", ""]
    for package in packages():
        name = f"{package['name']} {package['version']}"
        by = f", by {', '.join(package['authors'])}" if package["authors"] else ""
        out.append(f"{name} ({package['license'] or 'see its licence'}){by}")
        for text in texts(pathlib.Path(package["manifest_path"]).parent):
            if name not in users[text]:
                users[text].append(name)
    for text, names in sorted(users.items(), key=lambda item: item[1]):
        out += ["", "-" * 100, f"Of {', '.join(names)}:", "", text]
    pathlib.Path(sys.argv[1]).write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
