"""What loss functions are called with: accuracy, and the loss of evaluation, which is no part of training."""

import time
import weakref

import torch

from .models import object_name
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
        self._unsure = []
        self._loader = None  # what the loop is called that takes its batches, and whether training takes them too
        self._loops = []
        self._begin()

    def _begin(self):
        self._losses = {}
        self._right = self._total = 0

    def loader_begins(self, loader):
        """A data loader begins: the loop of an evaluation that runs ends here."""
        self._settle(is_training=False)
        self._close_loop()
        self._deck.figures.loop_ends()
        self._loader = (object_name(loader), self._deck.epochs.trains_on(loader))

    def loss_computed(self, name, args, kwargs, result):
        """A loss function has returned."""
        if type(result) is not torch.Tensor:
            return
        output = args[0] if args else kwargs.get("input")
        target = args[1] if len(args) > 1 else kwargs.get("target")
        classifies = name in _CLASSIFYING and _is_classification(output, target)
        self._deck.figures.loss_computed(name, args, kwargs, self._loader)
        if torch.is_grad_enabled():
            if self._deck.models.are_evaluated():
                self._deck.facts.evaluations.loss_computed(has_gradients=True)
                # An evaluation that leaves gradients on, or training in evaluation mode: a backward will tell.
                if len(self._unsure) < _MOST_PREDICTIONS:
                    self._unsure.append(self._measured(name, classifies, output, target, result, kwargs))
                return
            self._training_functions.add(name)
            self._deck.facts.loss_computed(name, output, target, result, kwargs)
            self._deck.facts.trials.loss_computed(name, args, kwargs, result)
            scalars = self._deck.scalars
            if classifies and len(self._predictions) < _MOST_PREDICTIONS and scalars.has_time():
                begun = time.thread_time()
                self._predictions.append(count_right(output, target))
                scalars.spend(time.thread_time() - begun)
            return
        self._deck.facts.evaluations.loss_computed(has_gradients=False)
        self._add(self._measured(name, classifies, output, target, result, kwargs))

    def _measured(self, name, classifies, output, target, result, kwargs):
        with Own():
            right = count_right(output, target) if classifies else None
            loss = None
            if result.numel() == 1:
                count = int(output.shape[0]) if output.dim() else 1
                loss = (result.detach().clone(), count, kwargs.get("reduction") == "sum")
        return name, right, loss

    def _add(self, measured):
        name, right, loss = measured
        if right is not None:
            with Own():
                self._right = self._right + right[0]
            self._total += right[1]
        if loss is not None:
            self._losses.setdefault(name, []).append(loss)

    def _settle(self, is_training):
        """Decides what the losses of models in evaluation mode were, whose gradients were on."""
        self._deck.figures.settle(is_training, self._loader)
        unsure, self._unsure = self._unsure, []
        self._deck.facts.evaluations.settled(is_training)
        for name, right, loss in unsure:
            if not is_training:
                self._add((name, right, loss))
                continue
            self._training_functions.add(name)
            if right is not None:
                self._predictions.append(right)

    def take_predictions(self):
        """The right predictions of the step's losses, which are forgotten."""
        predictions, self._predictions = self._predictions, []
        return predictions

    def backward_begins(self):
        """Training goes on: what was evaluated is sent."""
        if self._unsure:
            self._settle(self._deck.models.are_evaluated())
        self.finish()
        self._deck.figures.loop_ends()
        self._loader = None

    def script_ends(self):
        """No backward comes any more."""
        self._settle(is_training=False)
        self.finish()
        self._deck.epochs.script_ends()
        self._deck.facts.script_ends()

    def finish(self):
        """Sends the results of the evaluations that have ended, those on training's own samples last."""
        self._close_loop()
        if not self._loops:
            return
        loops, self._loops = self._loops, []
        for header, arrays in sorted(loops, key=lambda loop: loop[0]["isTraining"]):
            self._deck.wire.send(header, arrays)

    def _close_loop(self):
        if not self._losses and not self._total:
            return
        losses = {name: found for name, found in self._losses.items() if name in self._training_functions}
        right, total = self._right, self._total
        if not losses and self._training_functions and not total:
            self._begin()
            return
        losses = losses or self._losses
        found = [entry for entries in losses.values() for entry in entries]
        self._begin()
        weight = sum(count for _, count, _ in found)
        loss = sum(number(value) * (1 if is_sum else count) for value, count, is_sum in found)
        name, is_training = self._loader or (None, False)
        header = {
            "type": "evaluation",
            "step": self._deck.step - 1,
            "epoch": self._deck.epochs.of_last_step,
            "batches": len(found),
            "samples": weight,
            "functions": sorted(losses),
            "loader": name,
            "isTraining": is_training,
        }
        arrays = [
            number_array("loss", "f64", [loss / weight if weight else float("nan")]),
            number_array("accuracy", "f32", [number(right) / total if total else ABSENT]),
        ]
        self._loops.append((header, arrays))

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
