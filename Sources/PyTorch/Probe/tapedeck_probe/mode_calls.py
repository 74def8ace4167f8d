"""Where in the script models were put into evaluation mode."""

import functools
import weakref

import torch

from .frames import place, script_frames
from .own import is_compiling


class ModeCalls:
    """Remembers the last ``eval()`` or ``train(False)`` of each module, until it is put back into training mode."""

    def __init__(self):
        self._places = weakref.WeakKeyDictionary()
        self._is_inside = False  # a module puts its parts into a mode by the same calls

    def install(self, patches):
        """Sees those calls."""
        for name in ("train", "eval"):
            patches.replace(torch.nn.Module, name, self._seen(torch.nn.Module.__dict__[name]))

    def place(self, modules):
        """Where the last of the calls was that put one of some modules into evaluation mode; None where that was not seen."""
        wanted = set(map(id, modules))
        called = reversed(list(self._places.items())) if wanted else ()
        return next((where for module, where in called if any(id(one) in wanted for one in module.modules())), None)

    def _seen(self, original):
        calls = self

        @functools.wraps(original)
        def call(self, *args, **kwargs):
            if calls._is_inside or is_compiling():
                return original(self, *args, **kwargs)
            calls._is_inside = True
            try:
                return original(self, *args, **kwargs)
            finally:
                calls._is_inside = False
                calls._called(self)

        return call

    def _called(self, module):
        try:
            self._places.pop(module, None)
            if not module.training:
                self._places[module] = place(next((one for one in script_frames() if not _is_own(one, module)), None))
        except (TypeError, AttributeError):
            # It cannot be told from others, or is not whole yet.
            pass


def _is_own(frame, module):
    """Whether a frame is of a method of the module's class that takes the place of torch's."""
    return frame.f_code.co_name in ("train", "eval") and frame.f_locals.get("self") is module
