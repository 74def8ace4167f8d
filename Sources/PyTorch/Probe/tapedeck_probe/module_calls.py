"""The calls of modules: where the run is in the models, and what is not looked into."""

import torch

from . import mode


class ModuleCalls:
    """Follows the calls of modules, and has the function mode on where what runs is to be seen."""

    def __init__(self, deck):
        self._deck = deck
        #: Whether the mode's own handler runs, during which torch has taken it off.
        self.is_handling = False

    def enter(self, module):
        """A module is called; returns what ``leave`` needs, None where it is not watched."""
        models = self._deck.models
        place = self._deck.here()
        if not place.modules:
            if not self._deck.trainers.calls(module, torch.is_grad_enabled()):
                return None
            self._enter_model(module, place)
        path = models.path(module)
        if path is None and place.modules and place.modules[0][1] is not None:
            models.refresh()
            path = models.path(module)
        is_root = any(module is root for _, root in models.roots()) if not place.modules else False
        place.modules.append((module, path, is_root))
        is_loss = "loss" in type(module).__module__
        place.losses += is_loss
        is_hidden = self._is_whole(module, place)
        if is_hidden:
            self.hide(place, _is_compiled(module))
        return place, is_loss, is_hidden

    def leave(self, module, entry, args, kwargs, result):
        """A module's call has ended; ``result`` is None where it raised an error."""
        place, is_loss, is_hidden = entry
        place.losses -= is_loss
        if is_hidden and self.reveal(place, _is_compiled(module)) and result is not None and not _is_evaluation(place):
            self._add_whole(module, args, kwargs, result)
        is_root = place.modules.pop()[2]
        is_trained = torch.is_grad_enabled() and not (place.in_backward or place.in_optimizer or place.hidden)
        if is_root and is_trained and result is not None:
            self._deck.facts.trials.called(module, args, kwargs, result)

    def hide(self, place, is_compiled):
        """What runs from here on is not looked into."""
        place.hidden += 1
        if is_compiled:
            self._deck.patches.suspend_calls(True)
        mode.switch(self._deck.mode, False)

    def reveal(self, place, is_compiled):
        """What was not looked into has run; returns whether all that runs is looked into again."""
        place.hidden -= 1
        if is_compiled:
            self._deck.patches.suspend_calls(False)
        if not place.hidden:
            self.align_mode(place)
        return not place.hidden

    def align_mode(self, place):
        """Puts the function mode on this thread, or takes it away, as what runs needs it."""
        if self.is_handling:
            return
        is_on = self._deck.watch is not None and not place.hidden
        if is_on or place.has_mode:
            mode.switch(self._deck.mode, is_on)
            place.has_mode = is_on

    def _enter_model(self, module, place):
        deck = self._deck
        deck.models.meet(module)
        if torch.is_grad_enabled():
            deck.begin_watch_late(is_whole=not deck.backward.count)
        self.align_mode(place)

    def _add_whole(self, module, args, kwargs, result):
        if self._deck.watch is not None:
            remark = "compiled: its inside is not seen" if _is_compiled(module) else "its inside is not seen"
            name = type(getattr(module, "_orig_mod", module)).__name__
            self._deck.watch.add_whole(name, remark, args, kwargs, result)

    def _is_whole(self, module, place):
        """Whether a module is not looked into: compiled code, whose graphs a mode breaks, or evaluation."""
        if place.hidden:
            return True
        if len(place.modules) == 1 and _is_evaluation(place):
            return True
        if _is_compiled(module):
            return True
        # In evaluation mode these choose faster code, with other roundings, where no function mode is on.
        name = type(module).__name__
        return not module.training and name in ("MultiheadAttention", "TransformerEncoderLayer", "TransformerEncoder")


def _is_evaluation(place):
    """Whether the outermost module runs in evaluation mode and without gradients: no part of training."""
    return not torch.is_grad_enabled() and not place.modules[0][0].training and not place.in_backward


def _is_compiled(module):
    """Whether ``torch.compile`` has made a module, or it has compiled itself."""
    return type(module).__name__ == "OptimizedModule" or getattr(module, "_compiled_call_impl", None) is not None
