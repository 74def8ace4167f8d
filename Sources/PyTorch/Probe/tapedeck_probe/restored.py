"""Puts back what a script's model changes where it is run once more for a diagnosis."""

import contextlib
import gc

import torch

from .reach import Reach
from .silence import silence


class RandomNumbers:
    """The states of torch's generators of random numbers."""

    def __init__(self):
        self._undo = [(torch.set_rng_state, torch.get_rng_state())]
        if torch.cuda.is_initialized():
            self._undo.append((torch.cuda.set_rng_state_all, torch.cuda.get_rng_state_all()))
        if hasattr(torch, "mps") and torch.backends.mps.is_available():
            self._undo.append((torch.mps.set_rng_state, torch.mps.get_rng_state()))

    def put_back(self):
        """Gives the generators the states they had."""
        for put, state in self._undo:
            put(state)


class Restored:
    """A context in which a model runs in evaluation mode, without gradients and without a word.

    All that calls of it can touch is afterwards as it was; a model whose calls may touch more is refused with an error.
    """

    def __init__(self, root, *arguments):
        self._root = root
        self._reach = Reach(root, *arguments)

    def __enter__(self):
        with contextlib.ExitStack() as stack:
            if gc.isenabled():
                # What the script has left behind may have something to say at its end.
                stack.callback(gc.enable)
                gc.disable()
            stack.enter_context(torch.no_grad())
            stack.enter_context(silence())
            self.random = RandomNumbers()
            stack.callback(self.random.put_back)
            for tensor in self._reach.tensors:
                stack.callback(_put_numbers_back, tensor, tensor.data, tensor.detach().clone())
            for container in self._reach.containers:
                stack.callback(_put_back, container, dict(container) if isinstance(container, dict) else list(container))
            for module in self._root.modules():
                module.training = False
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *error):
        self._stack.close()


def _put_numbers_back(tensor, data, before):
    is_same = tensor.data_ptr() == data.data_ptr() and tensor.shape == data.shape
    # Numbers that are none are never equal.
    if not is_same or not (torch.equal(data, before) or ((data == before) | (data != data) & (before != before)).all()):
        data.copy_(before)
        tensor.data = data


def _put_back(held, before):
    if isinstance(held, dict):
        if list(held) != list(before):
            held.clear()
        for key, value in before.items():
            if key not in held or held[key] is not value:
                held[key] = value
    elif isinstance(held, set):
        if held != set(before):
            held.clear()
            held.update(before)
    elif len(held) != len(before) or any(one is not other for one, other in zip(held, before)):
        held.clear()
        held.extend(before)
