"""Drives real pip, in one process, on small local indexes: a case a line in, what pip did a line out (JSON).

The form of a case is LiveCase of live-cases.ts. The answer: {"events", "pins", "text"}; no pins where nothing was found;
text is what pip printed, line by line, with WORLD and FOLDER for where the case is.
"""

import contextlib
import html
import io
import json
import logging
import os
import shutil
import sys
import tarfile
import tempfile
import zipfile

real_output = sys.stdout
# What this machine's pip is set to (further indexes, folders) is not part of a case.
for name in [name for name in os.environ if name.startswith("PIP_")]:
    del os.environ[name]
os.environ["PIP_CONFIG_FILE"] = os.devnull
os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"

import pip  # noqa: E402
from pip._internal.cli.main import main  # noqa: E402
from pip._internal.resolution.resolvelib import reporter, resolver  # noqa: E402

events = []
pins = {}
solved = []
said = []  # what was printed until a run was ended


VERSION = tuple(int(part) for part in pip.__version__.split(".")[:2])
HAS_DRY_RUN = VERSION >= (22, 2)


class Solved(BaseException):
    """Ends a run of a release that has no --dry-run once it has chosen."""


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


class Recorder(reporter.PipReporter):
    """pip's own reporter, which prints, with a record of what it is told."""

    def starting_round(self, index):
        events.append(["round", index])

    def adding_requirement(self, requirement, parent):
        events.append(["require", requirement_text(requirement), candidate_label(parent)])

    def rejecting_candidate(self, criterion, candidate):
        causes = [[requirement_text(i.requirement), candidate_label(i.parent)] for i in criterion.information]
        events.append(["reject", candidate_label(candidate), causes])
        super().rejecting_candidate(criterion, candidate)

    def backtracking(self, candidate):
        events.append(["backtrack", candidate_label(candidate)])
        super().backtracking(candidate)

    def pinning(self, candidate):
        events.append(["pin", candidate_label(candidate)])


resolver.PipReporter = Recorder
resolve = resolver.RLResolver.resolve


def recording_resolve(self, requirements, max_rounds):
    result = resolve(self, requirements, max_rounds=min(max_rounds, 3000))
    for candidate in result.mapping.values():
        # Of a package with extras its base is what is installed.
        if not candidate.name.startswith("<Python") and "[" not in candidate.name:
            pins[candidate.project_name] = str(candidate.version)
    solved.append(True)
    return result


resolver.RLResolver.resolve = recording_resolve
choose = resolver.Resolver.resolve


def recording_choose(self, root_requirements, check_supported_wheels):
    chosen = choose(self, root_requirements, check_supported_wheels)
    if not HAS_DRY_RUN:
        said.append(sys.stdout.getvalue())
        raise Solved
    return chosen


resolver.Resolver.resolve = recording_choose


class Listed(list):
    """For frozensets of old pkg_resources, whose order changes from run to run: as listed, which is what we do."""

    def __init__(self, members=()):
        super().__init__(dict.fromkeys(members))

    def __sub__(self, other):
        return Listed(member for member in self if member not in other)

    def __hash__(self):
        return hash(frozenset(self))

    def __eq__(self, other):
        return frozenset(self) == frozenset(other)


# Releases since 22.1 read metadata by other means where Python has them (3.11).
if VERSION < (22, 1) or sys.version_info < (3, 11):
    from pip._vendor import pkg_resources

    requires = pkg_resources.Distribution.requires
    pkg_resources.frozenset = Listed
    pkg_resources.Distribution.requires = lambda self, extras=(): requires(self, sorted(extras))
else:
    pkg_resources = None


def metadata(name, version, release):
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {release.get('says', version)}"]
    if release.get("requires_python"):
        lines.append(f"Requires-Python: {release['requires_python']}")
    lines += [f"Provides-Extra: {extra}" for extra in release.get("extras", [])]
    lines += [f"Requires-Dist: {text}" for text in release.get("requires", [])]
    return "\n".join(lines) + "\n"


def address(path):
    return "file://" + path


def placed(release, direct):
    """The release with the addresses that its requirements name."""
    return {**release, "requires": [text.replace("DIRECT", direct) for text in release.get("requires", [])]}


# What builds an sdist here: it copies the metadata that lies beside it.
BACKEND = """
import os, shutil
def get_requires_for_build_wheel(settings=None):
    return []
def prepare_metadata_for_build_wheel(folder, settings=None):
    info = os.path.join(folder, "NAME-VERSION.dist-info")
    os.makedirs(info)
    shutil.copy("PKG-INFO", os.path.join(info, "METADATA"))
    return os.path.basename(info)
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'


def write_sdist(folder, name, version, release):
    filename = f"{name}-{version}.tar.gz"
    backend = BACKEND.replace("NAME", name).replace("VERSION", release.get("says", version))
    texts = {"PKG-INFO": metadata(name, version, release), "backend.py": backend, "pyproject.toml": PROJECT}
    with tarfile.open(os.path.join(folder, filename), "w:gz") as archive:
        for path, text in texts.items():
            member = tarfile.TarInfo(f"{name}-{version}/{path}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return filename


def write_files(folder, name, version, release):
    for file in release.get("files", ["py3-none-any"]):
        if file == "sdist":
            yield write_sdist(folder, name, version, release)
        else:
            yield write_wheel(folder, name, version, release, file)


def write_wheel(folder, name, version, release, tag):
    filename = f"{name}-{version}-{tag}.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(os.path.join(folder, filename), "w") as wheel:
        wheel.writestr(f"{info}/METADATA", metadata(name, version, release))
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return filename


def write_folder(folder, index, direct):
    os.makedirs(folder)
    for name, releases in index.items():
        for version, release in releases.items():
            list(write_files(folder, name, version, placed(release, direct)))


def write_pages(folder, index, direct):
    """A simple index: a page for each project, files beside it."""
    for name, releases in index.items():
        project = os.path.join(folder, name)
        os.makedirs(project)
        links = []
        for version, release in releases.items():
            attributes = ""
            if "requires_python" in release:
                attributes += f' data-requires-python="{html.escape(release["requires_python"])}"'
            if "yanked" in release:
                attributes += f' data-yanked="{html.escape(release["yanked"])}"'
            for filename in write_files(project, name, version, placed(release, direct)):
                links.append(f'<a href="{filename.replace("+", "%2B")}"{attributes}>{filename}</a>')
        with open(os.path.join(project, "index.html"), "w") as page:
            page.write("<!DOCTYPE html><html><body>" + "\n".join(links) + "</body></html>")


def write_installed(folder, name, version, requires, extras):
    info = os.path.join(folder, f"{name}-{version}.dist-info")
    os.makedirs(info)
    with open(os.path.join(info, "METADATA"), "w") as file:
        file.write(metadata(name, version, {"requires": requires, "extras": extras}))
    with open(os.path.join(info, "RECORD"), "w") as file:
        file.write("")


def command(case, folder, direct):
    """Writes what the case describes, and gives the words that ask pip about it."""
    main_index = os.path.join(folder, "index")
    words = ["install", *(["--dry-run"] if HAS_DRY_RUN else []), "--no-cache-dir", *case["options"]]
    if case["layout"] == "pages":
        os.makedirs(main_index)
        write_pages(main_index, case["index"], direct)
        words += ["--index-url", address(main_index)]
    else:
        write_folder(main_index, case["index"], direct)
        words += ["--no-index", "--find-links", main_index]
    if case["extra"]:
        write_pages(os.path.join(folder, "extra"), case["extra"], direct)
        words += ["--extra-index-url", address(os.path.join(folder, "extra"))]
    if case["links"]:
        write_folder(os.path.join(folder, "links"), case["links"], direct)
        words += ["--find-links", os.path.join(folder, "links")]
    write_folder(os.path.join(folder, "direct"), case["direct"], direct)
    if case["constraints"]:
        path = os.path.join(folder, "constraints.txt")
        with open(path, "w") as file:
            file.write("\n".join(case["constraints"]).replace("DIRECT", direct) + "\n")
        words += ["-c", path]
    return [*words, *[text.replace("DIRECT", direct) for text in case["requirements"]]]


def run(case):
    folder = tempfile.mkdtemp()
    site = os.path.join(folder, "site")
    direct = address(os.path.join(folder, "direct"))
    os.makedirs(site)
    events.clear()
    pins.clear()
    solved.clear()
    said.clear()
    try:
        for name, (version, requires, extras) in case["installed"].items():
            write_installed(site, name, version, [text.replace("DIRECT", direct) for text in requires], extras)
        words = command(case, folder, direct)
        sys.path.insert(0, site)
        pkg_resources_reset()
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
            try:
                main(words)
            except Solved:
                pass
    finally:
        if site in sys.path:
            sys.path.remove(site)
        shutil.rmtree(folder, ignore_errors=True)
        for handler in list(logging.getLogger().handlers):
            logging.getLogger().removeHandler(handler)
    text = "".join(said) if said else printed.getvalue()
    text = text.replace(address(folder), "WORLD").replace(folder, "FOLDER")
    return {"events": events, "pins": pins if solved else None, "text": text.split("\n")}


def pkg_resources_reset():
    """Old releases look at what is installed once a process."""
    if pkg_resources is not None:
        pkg_resources.working_set.__init__()


print(json.dumps({"pip": pip.__version__, "python": "%d.%d.%d" % sys.version_info[:3]}), file=real_output, flush=True)
for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), file=real_output, flush=True)
