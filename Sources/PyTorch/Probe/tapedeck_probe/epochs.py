"""Epochs, where a data loader is run through again and again."""

import weakref

from .scalars import number
from .tensors import number_array


class Epochs:
    """Follows the data loaders that training steps take their batches from."""

    def __init__(self, deck):
        self._deck = deck
        self.number = 0
        self.of_last_step = 0
        self._current = None  # the iterator that gave the last batch
        self._last = weakref.WeakKeyDictionary()  # data loader: its last iterator
        self._steps = 0
        self._losses = []
        self._fed = weakref.WeakKeyDictionary()  # iterator: the steps that it has given batches to
        self._loaders = weakref.WeakKeyDictionary()  # iterator: its data loader
        self._training = weakref.WeakSet()  # the data loaders that training takes its batches from

    def batch_came(self, iterator):
        """An iterator of a data loader has given a batch."""
        self._current = weakref.ref(iterator)
        if self.number == 0:
            self.number = 1

    def run_begins(self, loader, iterator):
        """A data loader begins again; what was left before its end counts as an epoch too."""
        last = self._last.get(loader)
        iterator_before = last() if last is not None else None
        if iterator_before is not None and self._fed.pop(iterator_before, 0) > 1:
            self._end()
        self._last[loader] = weakref.ref(iterator)
        self._loaders[iterator] = weakref.ref(loader)

    def run_ended(self, iterator):
        """An iterator has given its last batch."""
        if self._fed.pop(iterator, 0):
            self._end()

    def trains_on(self, loader):
        """Whether training takes its samples from this data loader, or from another with the same samples."""
        return any(loader is one or loader.dataset is one.dataset for one in self._training)

    def step_done(self, loss):
        """A training step has ended."""
        self.of_last_step = self.number
        iterator = self._current() if self._current is not None else None
        if iterator is None:
            return
        if iterator not in self._fed:
            loader = self._loaders.get(iterator, lambda: None)()
            if loader is not None:
                self._training.add(loader)
        self._fed[iterator] = self._fed.get(iterator, 0) + 1
        if loss is not None and len(self._losses) < 100_000:
            self._losses.append(loss)

    def _end(self):
        values = [number(loss) for loss in self._losses]
        self._losses = []
        mean = sum(values) / len(values) if values else float("nan")
        self._deck.wire.send(
            {"type": "epoch", "epoch": self.number, "step": self._deck.step - 1},
            [number_array("loss", "f64", [mean]), number_array("seconds", "f64", [self._deck.scalars.seconds()])],
        )
        self.number += 1


