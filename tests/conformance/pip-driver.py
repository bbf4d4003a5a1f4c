"""Drives real pip, in one process, on small local indexes: a case a line in, what pip did a line out (JSON).

A case: {"index": {name: {version: {"requires", "requires_python"?, "extras"?}}}, "requirements", "constraints",
"installed": {name: [version, requires]}, "options"}. The answer: {"events", "pins", "code"}.
"""

import contextlib
import io
import json
import logging
import os
import shutil
import sys
import tempfile
import zipfile

real_output = sys.stdout
os.environ["PIP_RESOLVER_DEBUG"] = "1"
os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"

from pip._internal.cli.main import main  # noqa: E402
from pip._internal.resolution.resolvelib import reporter, resolver  # noqa: E402

events = []
pins = {}


def candidate_label(candidate):
    if candidate is None:
        return None
    if candidate.name.startswith("<Python"):
        return f"<Python {candidate.version}>"
    return f"{candidate.name}=={candidate.version}"


def requirement_text(requirement):
    kind = type(requirement).__name__
    if kind == "ExplicitRequirement":
        return candidate_label(requirement.candidate)
    if kind == "RequiresPythonRequirement":
        return f"Requires-Python {requirement.specifier}"
    return str(requirement)


class Recorder:
    def __init__(self, *args, **kwargs):
        pass

    def starting(self):
        pass

    def starting_round(self, index):
        events.append(["round", index])

    def ending_round(self, index, state):
        pass

    def ending(self, state):
        pass

    def resolving_conflicts(self, causes):
        pass

    def adding_requirement(self, requirement, parent):
        events.append(["require", requirement_text(requirement), candidate_label(parent)])

    def rejecting_candidate(self, criterion, candidate):
        causes = [[requirement_text(i.requirement), candidate_label(i.parent)] for i in criterion.information]
        events.append(["reject", candidate_label(candidate), causes])

    def backtracking(self, candidate):
        events.append(["backtrack", candidate_label(candidate)])

    def pinning(self, candidate):
        events.append(["pin", candidate_label(candidate)])


resolver.PipDebuggingReporter = Recorder
resolver.PipReporter = Recorder
resolve = resolver.RLResolver.resolve


def recording_resolve(self, requirements, max_rounds):
    result = resolve(self, requirements, max_rounds=min(max_rounds, 3000))
    for candidate in result.mapping.values():
        if not candidate.name.startswith("<Python"):
            pins[candidate.project_name] = str(candidate.version)
    return result


resolver.RLResolver.resolve = recording_resolve


def metadata(name, version, release):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    if release.get("requires_python"):
        lines.append(f"Requires-Python: {release['requires_python']}")
    lines += [f"Provides-Extra: {extra}" for extra in release.get("extras", [])]
    lines += [f"Requires-Dist: {text}" for text in release.get("requires", [])]
    return "\n".join(lines) + "\n"


def write_wheel(folder, name, version, release):
    path = os.path.join(folder, f"{name}-{version}-py3-none-any.whl")
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", metadata(name, version, release))
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def write_installed(folder, name, version, requires):
    info = os.path.join(folder, f"{name}-{version}.dist-info")
    os.makedirs(info)
    with open(os.path.join(info, "METADATA"), "w") as file:
        file.write(metadata(name, version, {"requires": requires}))
    with open(os.path.join(info, "RECORD"), "w") as file:
        file.write("")


def run(case):
    folder = tempfile.mkdtemp()
    links, site = os.path.join(folder, "links"), os.path.join(folder, "site")
    os.makedirs(links)
    os.makedirs(site)
    events.clear()
    pins.clear()
    try:
        for name, releases in case["index"].items():
            for version, release in releases.items():
                write_wheel(links, name, version, release)
        for name, (version, requires) in case["installed"].items():
            write_installed(site, name, version, requires)
        arguments = ["install", "--dry-run", "--no-index", "--find-links", links, "--no-cache-dir", *case["options"]]
        if case["constraints"]:
            path = os.path.join(folder, "constraints.txt")
            with open(path, "w") as file:
                file.write("\n".join(case["constraints"]) + "\n")
            arguments += ["-c", path]
        sys.path.insert(0, site)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            code = main([*arguments, *case["requirements"]])
    finally:
        if site in sys.path:
            sys.path.remove(site)
        shutil.rmtree(folder, ignore_errors=True)
        for handler in list(logging.getLogger().handlers):
            logging.getLogger().removeHandler(handler)
    return {"events": events, "pins": pins if code == 0 else None, "code": code}


import pip  # noqa: E402

print(json.dumps({"pip": pip.__version__, "python": "%d.%d.%d" % sys.version_info[:3]}), file=real_output, flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), file=real_output, flush=True)
