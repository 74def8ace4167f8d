"""What changes the learning rate: schedulers, and how often they are moved on."""

import functools
import sys
import weakref

import torch

from .frames import is_machinery, is_probe, place, script_frame
from .own import guarded, is_compiling


class Schedules:
    """Follows the schedulers of the script."""

    def __init__(self):
        self._steps = weakref.WeakKeyDictionary()  # scheduler: how often it was moved on
        self._places = weakref.WeakKeyDictionary()
        self._planned = weakref.WeakKeyDictionary()  # scheduler: how many steps it was told an epoch has
        self._before = 0
        self._in_epoch = None

    def install(self, patches, deck):
        """Sees the ``step`` of every kind of scheduler."""
        module = torch.optim.lr_scheduler
        moved = guarded(deck, self._moved)
        for kind in list(vars(module).values()):
            if isinstance(kind, type) and callable(vars(kind).get("step")):
                patches.replace(kind, "step", _seen(vars(kind)["step"], moved))
        cycle = getattr(module, "OneCycleLR", None)
        if cycle is not None:
            patches.replace(cycle, "__init__", self._noted(cycle.__init__))

    def _noted(self, original):
        planned = self._planned

        @functools.wraps(original)
        def __init__(self, optimizer, max_lr, total_steps=None, epochs=None, steps_per_epoch=None, *args, **kwargs):
            if total_steps is None and isinstance(steps_per_epoch, int):
                planned[self] = steps_per_epoch
            original(self, optimizer, max_lr, total_steps, epochs, steps_per_epoch, *args, **kwargs)

        return __init__

    def _moved(self, scheduler, frame):
        if _is_inside_torch(frame):
            # Its constructor begins with a step, and one scheduler moves on others.
            return
        self._steps[scheduler] = self._steps.get(scheduler, 0) + 1
        self._places[scheduler] = place(script_frame(frame))

    def epoch_ended(self):
        """An epoch has ended."""
        total = max(self._steps.values(), default=0)
        self._in_epoch, self._before = total - self._before, total

    def message(self):
        """The scheduler that was moved on most; None without one."""
        if not self._steps:
            return None
        scheduler = max(self._steps, key=self._steps.get)
        return {
            "name": type(scheduler).__name__,
            "span": _span(scheduler),
            "stepsInEpoch": self._in_epoch,
            "location": self._places.get(scheduler),
            "plannedStepsPerEpoch": self._planned.get(scheduler),
        }


def _seen(original, moved):
    @functools.wraps(original)
    def step(self, *args, **kwargs):
        if not is_compiling():
            moved(self, sys._getframe(1))
        return original(self, *args, **kwargs)

    return step


def _is_inside_torch(frame):
    while frame is not None and is_probe(frame.f_code):
        frame = frame.f_back
    return frame is None or is_machinery(frame.f_code)


def _span(scheduler):
    """How many of its steps a scheduler's plan covers; None where it has none."""
    milestones = getattr(scheduler, "milestones", None)
    if milestones:
        return int(max(milestones))
    for name in ("step_size", "T_max", "total_steps", "T_0", "total_iters"):
        value = getattr(scheduler, name, None)
        if isinstance(value, (int, float)) and value > 0:
            return int(value)
    return None
