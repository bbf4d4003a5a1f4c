"""The releases of `packaging` that this Python can import, by version."""

import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType


class Release:
    """One release, whether installed or carried inside another project."""

    def __init__(self, package: ModuleType) -> None:
        self.package = package
        self.version: str = package.__version__

    def module(self, module: str) -> ModuleType:
        """One of its modules, by its name within the package."""
        return importlib.import_module(f"{self.package.__name__}.{module}")


def installed() -> Release:
    """The one that `import packaging` finds: the truth that everything is held against."""
    return Release(importlib.import_module("packaging"))


def carried(folder: str, alias: str) -> Release:
    """One that lies in a folder, such as `…/pip/_vendor/packaging`, under a name of our own."""
    spec = importlib.util.spec_from_file_location(
        alias, Path(folder) / "__init__.py", submodule_search_locations=[folder]
    )
    assert spec is not None and spec.loader is not None, folder
    module = importlib.util.module_from_spec(spec)
    sys.modules[alias] = module
    spec.loader.exec_module(module)
    return Release(module)


def inside_pip() -> Release:
    """The one that this Python's pip carries."""
    return Release(importlib.import_module("pip._vendor.packaging"))
