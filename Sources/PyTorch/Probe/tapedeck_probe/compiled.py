"""Functions that ``torch.compile`` has made: their inside runs unseen, and each call is one node."""

import functools

import torch

from .own import guarded, is_busy, is_compiling


class CompiledCalls:
    """Stands around the calls of compiled functions, since a function mode would break their graphs."""

    def __init__(self, deck):
        self._deck = deck

    def around(self, compiled):
        """A function that calls a compiled one; what is no compiled function stays as it is."""
        function = getattr(compiled, "_torchdynamo_orig_callable", None)
        if function is None or isinstance(compiled, torch.nn.Module):
            return compiled
        deck = self._deck
        enters, leaves = guarded(deck, self._enter), guarded(deck, self._leave)

        @functools.wraps(compiled)
        def call(*args, **kwargs):
            if deck.is_aside or is_busy() or is_compiling():
                return compiled(*args, **kwargs)
            entry = enters(function)
            result = None
            try:
                result = compiled(*args, **kwargs)
            finally:
                if entry is not None:
                    leaves(function, entry, args, kwargs, result)
            return result

        return call

    def _enter(self, function):
        deck = self._deck
        place = deck.here()
        deck.calls.hide(place, True)
        optimizer = getattr(function, "__self__", None)
        if isinstance(optimizer, torch.optim.Optimizer):
            deck.updates.begins(optimizer, False)
            return place, optimizer, 0, []
        return place, None, deck.updates.count, [(one, _version(one)) for one in deck.patches.made_optimizers()]

    def _leave(self, function, entry, args, kwargs, result):
        place, optimizer, updates, versions = entry
        deck = self._deck
        if deck.calls.reveal(place, True) and result is not None and deck.watch is not None:
            deck.watch.add_whole(getattr(function, "__name__", "compiled"), "compiled: its inside is not seen", args, kwargs, result)
        if optimizer is not None:
            deck.updates.ended(optimizer)
        elif deck.updates.count == updates:
            # Compiled code that updates calls no hooks.
            for one, version in versions:
                if _version(one) != version:
                    deck.updates.unseen(one)


def _version(optimizer):
    return sum(tensor._version for group in optimizer.param_groups for tensor in group["params"][:1])
