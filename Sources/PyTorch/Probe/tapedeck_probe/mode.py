"""Sees the operators of a watched step, above autograd."""

import torch
import torch.overrides

from .own import is_busy, is_compiling


class OperatorMode(torch.overrides.TorchFunctionMode):
    """A function mode that hands every operator to the watch of the deck."""

    def __init__(self, deck):
        super().__init__()
        self._deck = deck

    def __torch_function__(self, func, types, args=(), kwargs=None):
        """Runs an operator, and adds it to the watched step's graph."""
        kwargs = kwargs or {}
        watch = self._deck.watch
        if watch is None or watch.is_over or is_busy() or is_compiling() or self._deck.trainers.is_apart():
            return func(*args, **kwargs)
        return watch.run(func, args, kwargs)


def is_on(mode):
    """Whether a mode is on this thread's stack."""
    return any(one is mode for one in torch.overrides._get_current_function_mode_stack())


def switch(mode, on):
    """Puts a mode below those of the script, or takes it away, wherever it is.

    A mode on top would be popped in place of the script's own when that ends. The default device's stays at the bottom,
    where torch expects it.
    """
    stack = torch.overrides._get_current_function_mode_stack()
    if any(one is mode for one in stack) == on:
        return
    for _ in stack:
        torch.overrides._pop_mode()
    rest = [one for one in stack if one is not mode]
    if on:
        is_device = bool(rest) and type(rest[0]).__name__ == "DeviceContext"
        rest.insert(1 if is_device else 0, mode)
    for one in rest:
        torch.overrides._push_mode(one)
