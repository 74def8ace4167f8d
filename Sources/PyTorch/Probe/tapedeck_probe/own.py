"""What the probe itself computes: without gradients, and unseen by function modes."""

import threading

import torch

_thread = threading.local()


class Own:
    """A context for the probe's own operators."""

    __slots__ = ("_grad", "_guard", "_before")

    def __enter__(self):
        self._grad = torch.is_grad_enabled()
        self._guard = torch._C.DisableTorchFunction()
        self._guard.__enter__()
        torch._C._set_grad_enabled(False)
        self._before = getattr(_thread, "busy", False)
        _thread.busy = True
        return self

    def __exit__(self, *_):
        _thread.busy = self._before
        torch._C._set_grad_enabled(self._grad)
        self._guard.__exit__(None, None, None)


class Unseen:
    """A context for operators of torch's that are no part of the script's computation."""

    def __enter__(self):
        self._before = getattr(_thread, "busy", False)
        _thread.busy = True
        return self

    def __exit__(self, *_):
        _thread.busy = self._before


def is_busy():
    """Whether this thread runs the probe's own operators, which are not the script's."""
    return getattr(_thread, "busy", False)


try:
    _is_compiling = torch.compiler.is_compiling
except AttributeError:

    def _is_compiling():
        return False


#: Whether torch.compile is tracing what runs.
is_compiling = _is_compiling


_peek = getattr(getattr(torch._C, "_functorch", None), "peek_interpreter_stack", None)


def inside_transform():
    """Whether ``torch.func`` transforms what runs, so that tensors have no plain values."""
    return _peek is not None and _peek() is not None


def alive(reference):
    """The tensor of a weak reference; None where it is gone."""
    tensor = reference()
    if tensor is not None:
        # Only C++ may hold it by now; this hands its Python object back to Python.
        tensor._fix_weakref()
    return tensor


def tensors_in(value, found=None, depth=3):
    """The tensors in nested tuples, lists and dictionaries, in order."""
    found = [] if found is None else found
    if isinstance(value, torch.Tensor):
        found.append(value)
    elif depth and isinstance(value, (tuple, list)):
        for part in value:
            tensors_in(part, found, depth - 1)
    elif depth and isinstance(value, dict):
        for part in value.values():
            tensors_in(part, found, depth - 1)
    return found


def operands(args, kwargs):
    """The tensors that an operator is given, each once."""
    found = []
    for tensor in tensors_in(args) + (tensors_in(kwargs) if kwargs else []):
        if not any(tensor is other for other in found):
            found.append(tensor)
    return found


def guarded(deck, method, is_for_all=False):
    """A method that does nothing where the probe has stepped aside, and raises nothing of its own.

    It does nothing in a thread that is left alone either, unless it is for all.
    """

    def call(*args):
        if deck.is_aside or is_busy() or not is_for_all and deck.trainers.is_apart():
            return None
        try:
            return method(*args)
        except Exception:
            deck.trouble()
            return None

    return call
