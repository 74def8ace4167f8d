"""Backward as autograd's engine runs it, and the losses that it is called on."""

import torch

from . import mode
from .own import Own
from .scalars import number


class Backward:
    """Follows the backwards of each step."""

    def __init__(self, deck):
        self._deck = deck
        self.forget()

    def forget(self):
        """A step begins, which has no backward yet."""
        #: How many backwards belong to the step so far.
        self.count = 0
        self.closure_losses = []
        self._losses = []
        self._slopes = []  # what ``autograd.grad`` was called on

    def losses(self):
        """What the step's loss is the sum of; of closures the first. Some may still be on a device."""
        return self.closure_losses[:1] or self._losses or self._slopes

    def loss(self):
        """The loss of the step so far; None before there is one."""
        losses = self.losses()
        return number(list(losses)) if losses else None

    def begins(self, tensors, accumulates):
        """Autograd's engine is about to run; returns what ``ended`` needs."""
        deck = self._deck
        place = deck.here()
        place.backwards += 1
        hooks, pushed = None, False
        try:
            if place.backwards == 1:
                self._first_begins(place, tensors, accumulates)
            if deck.watch is not None and not place.hidden:
                pushed = not mode.is_on(deck.mode)
                mode.switch(deck.mode, True)
                hooks = deck.watch.hook_backward(tensors)
        except Exception:
            deck.trouble()
        return place, hooks, pushed

    def _first_begins(self, place, tensors, accumulates):
        deck = self._deck
        place.forget_failed_steps()
        deck.evaluation.backward_begins()
        deck.epochs.backward_begins()
        if not place.in_optimizer and deck.updates.turns.backward_begins():
            # An optimizer that used to update after another has not.
            deck.end_step()
        deck.facts.backward_begins(tensors, accumulates, place.in_optimizer)
        self._note(tensors, accumulates, place)
        deck.stops.poll_now_and_then()
        deck.stops.check_numbers(is_loss=True)
        deck.begin_watch_late(is_whole=False)

    def ended(self, entry):
        """Autograd's engine has run, or failed."""
        place, hooks, pushed = entry
        try:
            if hooks is not None:
                hooks.remove()
            if pushed:
                mode.switch(self._deck.mode, False)
        except Exception:
            self._deck.trouble()
        place.backwards -= 1

    def succeeded(self, entry):
        """Backward is done; without any optimizer it is the step's last part."""
        deck = self._deck
        if deck.patches.has_optimizers or deck.here().in_backward:
            return
        # Where ``Tensor.backward`` runs inside the mode's handler, torch puts the mode back itself.
        deck.calls.is_handling = entry[2]
        try:
            deck.end_step()
        finally:
            deck.calls.is_handling = False

    def _note(self, tensors, accumulates, place):
        if not accumulates and (self._losses or self._slopes):
            return
        unscaled = self._deck.evaluation.unscaled
        scalars = [unscaled(tensor) for tensor in tensors if getattr(tensor, "numel", int)() == 1]
        if not scalars:
            return
        if not torch._C._len_torch_function_stack() and all(type(one) is torch.Tensor and one.is_cpu for one in scalars):
            # Nobody sees it, and nothing is to be kept from it.
            values = [one.item() for one in scalars]
        else:
            with Own():
                # A loss is fetched from a device only when numbers are sent; a copy keeps it from later changes.
                values = [one.item() if one.is_cpu else one.detach().clone() for one in scalars]
        self.count += 1
        if place.in_optimizer:
            self.closure_losses += values
        elif accumulates:
            self._losses += values
        else:
            self._slopes += values
