"""What loss functions are called with: accuracy, and the loss of evaluation, which is no part of training."""

import time
import weakref

import torch

from .own import Own
from .scalars import ABSENT, count_right, number
from .tensors import number_array

_CLASSIFYING = ("cross_entropy", "nll_loss")
#: More predictions than this are not kept for one step.
_MOST_PREDICTIONS = 64


class Evaluation:
    """Sees the loss functions that the script calls."""

    def __init__(self, deck):
        self._deck = deck
        self._scaled = {}
        self._training_functions = set()
        self._predictions = []
        self._begin()

    def _begin(self):
        self._losses = {}
        self._right = self._total = 0

    def loss_computed(self, name, args, kwargs, result):
        """A loss function has returned."""
        if type(result) is not torch.Tensor:
            return
        output = args[0] if args else kwargs.get("input")
        target = args[1] if len(args) > 1 else kwargs.get("target")
        classifies = name in _CLASSIFYING and _is_classification(output, target)
        if torch.is_grad_enabled():
            self._training_functions.add(name)
            scalars = self._deck.scalars
            if classifies and len(self._predictions) < _MOST_PREDICTIONS and scalars.has_time():
                begun = time.perf_counter()
                self._predictions.append(count_right(output, target))
                scalars.spend(time.perf_counter() - begun)
            return
        with Own():
            if classifies:
                right, total = count_right(output, target)
                self._right = self._right + right
                self._total += total
            if result.numel() == 1:
                count = int(output.shape[0]) if output.dim() else 1
                is_sum = kwargs.get("reduction") == "sum"
                self._losses.setdefault(name, []).append((result.detach().clone(), count, is_sum))

    def take_predictions(self):
        """The right predictions of the step's losses, which are forgotten."""
        predictions, self._predictions = self._predictions, []
        return predictions

    def finish(self):
        """Sends the result of an evaluation that has ended."""
        if not self._losses and not self._total:
            return
        losses = {name: found for name, found in self._losses.items() if name in self._training_functions}
        right, total = self._right, self._total
        if not losses and self._training_functions and not total:
            self._begin()
            return
        found = [entry for entries in (losses or self._losses).values() for entry in entries]
        self._begin()
        weight = sum(count for _, count, _ in found)
        loss = sum(number(value) * (1 if is_sum else count) for value, count, is_sum in found)
        self._deck.wire.send(
            {"type": "evaluation", "step": self._deck.step - 1, "epoch": self._deck.epochs.of_last_step, "batches": len(found), "samples": weight},
            [
                number_array("loss", "f64", [loss / weight if weight else float("nan")]),
                number_array("accuracy", "f32", [number(right) / total if total else ABSENT]),
            ],
        )

    # The gradient scaler

    def scaled(self, result, loss):
        """Notes what a scaled loss was before."""
        if isinstance(result, torch.Tensor) and isinstance(loss, torch.Tensor) and result is not loss:
            self._scaled = {id(result): (weakref.ref(result), loss.detach())}

    def unscaled(self, tensor):
        """The loss that a scaled one was; other tensors as they are."""
        known = self._scaled.get(id(tensor))
        return known[1] if known is not None and known[0]() is tensor else tensor


def _is_classification(output, target):
    return (
        isinstance(output, torch.Tensor)
        and isinstance(target, torch.Tensor)
        and target.dtype == torch.int64
        and output.dim() == target.dim() + 1
        and output.dim() >= 2
    )
