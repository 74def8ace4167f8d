"""Epochs, where a data loader is run through again and again."""

import weakref

import torch

from .scalars import number
from .tensors import number_array


class _Run:
    """One run through a data loader."""

    __slots__ = ("loader", "batches", "lead", "steps", "awaited", "is_over")

    def __init__(self, loader):
        self.loader = weakref.ref(loader)
        self.batches = 0
        #: How many batches it is ahead of the one that training uses; None before the first backward.
        self.lead = None
        #: How many steps it has given batches to.
        self.steps = 0
        #: How many steps are still to come where it has ended before them.
        self.awaited = 0
        self.is_over = False

    def is_complete(self):
        """Whether it has given as many batches as its data loader has."""
        loader = self.loader()
        if loader is None or isinstance(loader.dataset, torch.utils.data.IterableDataset):
            return False
        try:
            return self.batches >= len(loader)
        except (TypeError, NotImplementedError):
            return False


class Epochs:
    """Follows the data loaders that training steps take their batches from.

    A loop takes a data loader's end as the end of its epoch. Some know how many batches there are and do not wait for the
    end; others take each batch before the one ahead of it is used, so that the end comes before the epoch's last step.
    """

    def __init__(self, deck):
        self._deck = deck
        self.number = 0
        self.of_last_step = 0
        self._runs = weakref.WeakKeyDictionary()  # iterator: its run
        self._last = weakref.WeakKeyDictionary()  # data loader: its last run with gradients
        self._drawn = {}  # the runs that have given a batch with gradients since the last step, in order
        self._run = None  # the one that the last step took its batch from
        self._batches = 0  # of the last epoch
        self._losses = []
        self._training = weakref.WeakSet()  # the data loaders that training takes its batches from

    @property
    def has_drawn(self):
        """Whether a batch has been taken with gradients since the last step."""
        return bool(self._drawn)

    def run_begins(self, loader, iterator):
        """A data loader begins; what was left before its end counts as an epoch too."""
        self._settle()
        run = self._runs[iterator] = _Run(loader)
        if not torch.is_grad_enabled():
            # An evaluation, maybe on training's own samples and amid an epoch.
            return
        before = self._last.get(loader)
        if before is not None and before.steps > 1:
            self._end(before)
        self._last[loader] = run

    def batch_came(self, iterator):
        """An iterator of a data loader has given a batch."""
        if self.number == 0:
            self.number = 1
        run = self._runs.get(iterator)
        if run is None:
            return
        run.batches += 1
        if torch.is_grad_enabled():
            self._drawn[run] = True

    def backward_begins(self):
        """A batch is used."""
        for run in self._drawn:
            if run.lead is None:
                run.lead = run.batches - 1

    def run_ended(self, iterator):
        """An iterator has given its last batch."""
        run = self._runs.pop(iterator, None)
        if run is None:
            return
        run.is_over = True
        if run.lead is None:
            # One batch that is still to be used; several that were not are no training.
            run.awaited = int(run.batches == 1 and run in self._drawn)
        elif run.lead and run.batches > run.lead:
            run.awaited = -(-run.lead * run.steps // (run.batches - run.lead))
        elif self._deck.backward.count:
            # Gradients that were accumulated wait for an update.
            run.awaited = 1
        if run.steps and not run.awaited:
            self._end(run)

    def trains_on(self, loader):
        """Whether training takes its samples from this data loader, or from another with the same samples."""
        return any(loader is one or loader.dataset is one.dataset for one in self._training)

    def training_loader(self):
        """The data loader that training takes its batches from; None where there is none, or several."""
        return next(iter(self._training), None) if len(self._training) == 1 else None

    def step_done(self, loss):
        """A training step has ended."""
        self.of_last_step = self.number
        drawn, self._drawn = self._drawn, {}
        run = next((run for run in drawn if run is self._run or not run.is_over or run.awaited), self._run)
        if run is None or run.is_over and not run.awaited:
            return
        if not run.steps:
            loader = run.loader()
            if loader is not None:
                self._training.add(loader)
        self._run = run
        run.steps += 1
        if loss is not None and len(self._losses) < 100_000:
            self._losses.append(loss)
        if run.is_over:
            run.awaited -= 1
            if not run.awaited:
                self._end(run, self._deck.step)

    def script_ends(self):
        """No step comes any more: a run that gave as many batches as the one before it was an epoch, too."""
        self._settle()
        run = self._run
        if run is not None and run.steps and not self._drawn and 0 < self._batches <= run.batches:
            self._end(run)

    def _settle(self):
        """Ends an epoch whose steps have all been made, or do not come any more."""
        run = self._run
        if run is not None and run.steps and (run.is_over or not self._drawn and run.is_complete()):
            self._end(run)

    def _end(self, run, step=None):
        # Where a step takes batches from several data loaders, their ends are that of one epoch.
        for one in (run, self._run, *self._last.values()):
            one.steps = one.awaited = 0
        self._batches = run.batches
        values = [number(loss) for loss in self._losses]
        self._losses = []
        mean = sum(values) / len(values) if values else float("nan")
        self._deck.wire.send(
            {"type": "epoch", "epoch": self.number, "step": self._deck.step - 1 if step is None else step},
            [number_array("loss", "f64", [mean]), number_array("seconds", "f64", [self._deck.scalars.seconds()])],
        )
        self.number += 1
        self._deck.facts.epoch_ended()
