"""Tells when the script has imported torch, so that the probe does not import it before the script's own settings."""

import importlib.util
import sys


class ImportWatch:
    """A finder that calls ``imported`` once, right after the module has run."""

    def __init__(self, name, imported):
        self._name = name
        self._imported = imported

    def install(self):
        """Puts the watch before all other finders; where the module is there already, tells at once."""
        if self._name in sys.modules:
            self._imported()
        else:
            sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        """Finds the module as Python does, and lends it a loader that tells."""
        if name != self._name:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _TellingLoader(spec.loader, self._imported)
        return spec


class _TellingLoader:
    """The module's own loader, which gets its place back when the module has run."""

    def __init__(self, loader, imported):
        self._loader = loader
        self._imported = imported

    def create_module(self, spec):
        """Makes the module as its own loader does."""
        return self._loader.create_module(spec)

    def exec_module(self, module):
        """Runs the module, and tells."""
        module.__spec__.loader = module.__loader__ = self._loader
        self._loader.exec_module(module)
        self._imported()
