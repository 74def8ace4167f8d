"""The optimizers and their updates."""

import weakref

import torch

from . import mode
from .models import describe_optimizer
from .own import Own
from .scalars import joined
from .turns import Turns
from .watch import Watch


class Updates:
    """Follows the updates of each step. An optimizer is known by its place among those that have made one."""

    def __init__(self, deck, every):
        self._deck = deck
        self.turns = Turns(every)
        #: How many updates there have been, skipped ones among them.
        self.count = 0
        self._optimizers = []
        self._follows = False
        self.forget()

    def forget(self):
        """A step begins, which has no update yet."""
        #: What was measured of the step's updates.
        self.norms = None
        #: Whether a gradient scaler left an update out; on a device until it is sent.
        self.skips = []
        self._done = []

    # What happens

    def begins(self, optimizer, has_closure):
        """An optimizer's step begins; what its closure computes is the script's."""
        deck = self._deck
        place = deck.here()
        if not deck.trainers.updates(optimizer):
            return
        deck.patches.has_optimizers = True
        place.forget_failed_steps()
        place.optimizers.append(optimizer)
        if len(place.optimizers) > 1:
            return
        self._know(optimizer)
        deck.facts.update_begins(optimizer)
        if deck.gate is not None:
            # What was changed in all processes while this one was in a collective holds for this update.
            deck.stops.poll()
        if deck.watch is not None and not has_closure and not deck.calls.is_handling:
            mode.switch(deck.mode, False)
        if deck.kept:
            with Own():
                for watch in deck.kept.values():
                    watch.seal()
        deck.scalars.begin_update(optimizer)
        deck.stops.check_numbers(is_gradients=True)
        if deck.watch is not None and (not self._follows or not isinstance(deck.watch, Watch) or deck.watch.visits):
            deck.watch.before_update(optimizer, has_closure)

    def ended(self, optimizer):
        """An optimizer's step has ended."""
        deck = self._deck
        place = deck.here()
        if not any(one is optimizer for one in place.optimizers):
            return
        while place.optimizers.pop() is not optimizer:
            pass
        if place.optimizers:
            return
        norms = deck.scalars.end_update()
        if deck.watch is not None:
            deck.calls.align_mode(place)
            deck.watch.after_update(optimizer)
        # Optimizers that know of gradient scalers leave the update out themselves.
        self._finish(optimizer, norms, getattr(optimizer, "found_inf", None))

    def skipped(self, optimizer):
        """A gradient scaler left out an optimizer's step."""
        self._know(optimizer)
        self._finish(optimizer, None, True)

    def unseen(self, optimizer):
        """Compiled code has updated an optimizer's parameters."""
        self._know(optimizer)
        self._finish(optimizer, None, None)

    def step_ended(self):
        """A step has ended; the first time that optimizers have taken turns it is told."""
        if self.turns.step_ended(self.last()):
            names = [self._name(place) for place in dict.fromkeys(self.turns.round)]
            count = len(self.turns.round)
            self._deck.event(
                "warning",
                "%s take turns: a round has %d updates, each a step here. --step-every %d makes a round one step."
                % (" and ".join(names), count, count),
            )

    def _know(self, optimizer):
        place = self._place(optimizer)
        if place < 0:
            place = len(self._optimizers)
            self._optimizers.append(weakref.ref(optimizer))
            models = self._deck.models
            models.meet_parameters([tensor for group in optimizer.param_groups for tensor in group["params"]])
            models.revision += 1
        self._follows = self.turns.updates(place)

    def _finish(self, optimizer, norms, skip):
        self.count += 1
        place = self._place(optimizer)
        self.norms = joined(self.norms, norms) if self._done else norms
        self._done.append(place)
        if skip is not None:
            skip = skip if isinstance(skip, torch.Tensor) and skip.device.type != "cpu" else bool(skip)
            self.skips.append(skip)
            if skip is True:
                self._deck.event("warning", "The gradient scaler skipped the step: a gradient is infinite or NaN.")
        if self.turns.ends_step(place, self._follows):
            self._deck.end_step()

    # What is known

    def live(self):
        """The optimizers that have made a step and are still alive."""
        found = [reference() for reference in self._optimizers]
        return [optimizer for optimizer in found if optimizer is not None]

    def done(self):
        """The optimizers that have updated in this step."""
        found = [self._optimizers[place]() for place in dict.fromkeys(self._done)]
        return [optimizer for optimizer in found if optimizer is not None]

    def all(self):
        """The optimizers that have made a step, in the order in which they did first, and those that the script has made beside them."""
        found = self.live()
        return found + [one for one in self._deck.patches.made_optimizers() if not any(one is other for other in found)]

    def last(self):
        """The optimizer that has updated last in this step; −1 for none."""
        return self._done[-1] if self._done else -1

    def expected(self):
        """The optimizer that ends this step: it has updated, or its turn has come; None where it is not known."""
        if self._done:
            return self._done[-1]
        return 0 if len(self._optimizers) == 1 else self.turns.next

    def learning_rate(self):
        """The learning rate of the optimizer that has updated last, maybe on a device; NaN for none."""
        optimizer = self._optimizers[self.last()]() if self._done else None
        if optimizer is None or not optimizer.param_groups:
            return float("nan")
        rate = optimizer.param_groups[0]["lr"]
        if not isinstance(rate, torch.Tensor):
            return float(rate)
        with Own():
            # It is fetched from a device only when numbers are sent.
            return rate.item() if rate.device.type == "cpu" else rate.clone()

    def texts(self):
        """The optimizers with their settings, as a moment has them."""
        return [describe_optimizer(optimizer) for optimizer in self.live()]

    def _place(self, optimizer):
        for place, one in enumerate(self._optimizers):
            if one() is optimizer:
                return place
        return -1

    def _name(self, place):
        """An optimizer's class, and the model whose parameters it updates where there are several."""
        optimizer = self._optimizers[place]()
        if optimizer is None:
            return "an optimizer that is gone"
        name, owner = type(optimizer).__name__, self._deck.models.owner(optimizer)
        return "%s of %s" % (name, owner) if owner else name
