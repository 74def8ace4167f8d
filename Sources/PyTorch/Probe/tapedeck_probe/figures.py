"""How well the script predicts, counted where it calls a loss function, for a host that can show that."""

import time

import torch

from .own import Own, inside_transform
from .tally import CLASSES, LABELS, NUMBERS, Tally
from .tensors import is_fake

_SCORES = ("cross_entropy", "nll_loss")
_BINARY = ("binary_cross_entropy_with_logits", "binary_cross_entropy")
_NUMBERS = ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss")
#: Outputs with more numbers than this are left out.
_LARGEST = 1 << 24
#: The share of the script's time that training batches may take; and evaluations, while nothing is shown.
_SHARE = 0.03

EPOCH, VALIDATION, TRAINING = "epoch", "validation", "training"


class Figures:
    """Counts predictions: of the epoch's training batches, and of the last evaluations."""

    def __init__(self, deck):
        self._deck = deck
        self._is_counting = False
        self._is_shown = False
        self._is_left_out = False  # the evaluation that runs
        self._epoch = None
        self._tallies = {}  # part: (tally, what the script calls the samples)
        self._unsure = None  # a loop of a model in evaluation mode whose gradients are on: a backward tells what it is
        self._is_open = False
        self._new = set()
        self._cost = 0.0  # in seconds, of training batches
        self._hidden_cost = 0.0  # of evaluations while nothing is shown

    def show(self, is_shown):
        """Sends what has been counted and will be, or keeps it until it is shown."""
        self._is_counting, self._is_shown = True, is_shown
        self.send()

    def loss_computed(self, name, args, kwargs, loader):
        """A loss function has returned; ``loader`` says which loop has called it."""
        if not self._is_counting or inside_transform():
            return
        is_training = torch.is_grad_enabled()
        try:
            with Own():
                self._count(name, args, kwargs, loader, is_training)
        except Exception as error:
            # Never worth the watching itself.
            self._is_counting = False
            self._deck.event("warning", "Predictions are no longer counted: %s" % str(error)[:200])

    def settle(self, is_training, loader):
        """Decides what the losses of models in evaluation mode were, whose gradients were on."""
        unsure, self._unsure = self._unsure, None
        if unsure is not None:
            with Own():
                self._put(EPOCH if is_training else self._part(loader), unsure, loader)

    def loop_ends(self):
        """The loop of an evaluation has ended: the next one is counted anew."""
        self._is_open = self._is_left_out = False

    def send(self):
        """Sends what has been counted since the last time."""
        if not self._is_shown:
            return
        with Own():
            for part in sorted(self._new):
                tally, source = self._tallies[part]
                self._deck.wire.send(*tally.message(part, source), can_be_spared=True)
        self._new.clear()

    # Counting

    def _count(self, name, args, kwargs, loader, is_training):
        deck = self._deck
        is_evaluated = deck.models.are_evaluated()
        limit = _SHARE * deck.scalars.seconds() + 0.001
        if is_training and not is_evaluated:
            # A watched step takes its time anyway.
            if deck.watch is None and self._cost > limit:
                return
        elif not self._is_open and self._unsure is None:
            # An evaluation is counted whole or not at all.
            self._is_left_out = self._is_left_out or not self._is_shown and self._hidden_cost > limit
            if self._is_left_out:
                return
        begun = time.perf_counter()
        tally = self._tally(name, args, kwargs, deck.step if is_training else 0)
        if tally is None:
            return
        if is_training and is_evaluated:
            if self._unsure is not None and _fit(self._unsure, tally):
                self._unsure.absorb(tally)
            else:
                self._unsure = tally
        elif is_training:
            self._put(EPOCH, tally, None)
            self._cost += time.perf_counter() - begun
            return
        else:
            self._put(self._part(loader), tally, loader)
        if not self._is_shown:
            self._hidden_cost += time.perf_counter() - begun

    def _put(self, part, tally, loader):
        known = self._tallies.get(part)
        if part == EPOCH:
            is_same = self._epoch == self._deck.epoch
            self._epoch = self._deck.epoch
        else:
            is_same, self._is_open = self._is_open, True
            tally.first_step, tally.step = 0, self._deck.step - 1
        if known is not None and is_same and _fit(known[0], tally):
            known[0].absorb(tally)
        else:
            self._tallies[part] = (tally, loader[0] if loader else None)
        self._new.add(part)

    @staticmethod
    def _part(loader):
        return TRAINING if loader and loader[1] else VALIDATION

    def _tally(self, name, args, kwargs, step):
        """The counts of one call; None where its numbers are not of a kind that can be counted."""
        output = args[0] if args else kwargs.get("input")
        target = args[1] if len(args) > 1 else kwargs.get("target")
        if not (_is_plain(output) and _is_plain(target)) or output.dim() == 0 or not output.is_floating_point():
            return None
        output = output.detach()
        if output.dtype in (torch.float16, torch.bfloat16):
            output = output.float()
        if name in _SCORES:
            return _of_classes(output, target, name, step)
        if output.shape != target.shape or target.is_complex():
            return None
        rows = output.reshape(len(output), -1)
        targets = target.detach().to(rows.dtype).reshape(len(output), -1)
        if name in _BINARY:
            return _of_labels(rows, targets, name == _BINARY[0], step)
        if name in _NUMBERS:
            tally = Tally(NUMBERS, rows.shape[1], step)
            errors = (rows - targets).abs() if name == "l1_loss" else (rows - targets) ** 2
            tally.add_numbers(rows, targets, errors.mean(1))
            return tally
        return None


def _fit(one, other):
    return (one.kind, one.width) == (other.kind, other.width)


def _is_plain(tensor):
    return (
        type(tensor) in (torch.Tensor, torch.nn.Parameter)
        and tensor.layout == torch.strided
        and 0 < tensor.numel() <= _LARGEST
        and not tensor.is_meta
        and not is_fake(tensor)
    )


def _of_classes(output, target, name, step):
    if output.dim() < 2 or output.shape[1] < 2:
        return None
    if target.dim() == output.dim() and target.is_floating_point():
        # Of soft labels the greatest counts.
        target = target.argmax(1)
    if target.dtype != torch.int64 or target.dim() != output.dim() - 1:
        return None
    count = output.shape[1]
    scores = output.movedim(1, -1).reshape(-1, count)
    labels = target.reshape(-1)
    chosen = scores.gather(1, labels.clamp(0, count - 1)[:, None])[:, 0]
    losses = (scores.logsumexp(1) if name == "cross_entropy" else 0) - chosen
    tally = Tally(CLASSES, count, step)
    tally.add_classes(scores, labels, losses)
    return tally


def _of_labels(rows, targets, are_logits, step):
    if are_logits:
        losses = rows.clamp(min=0) - rows * targets + (-rows.abs()).exp().log1p()
        predictions, probability = rows >= 0, rows.sigmoid()
    else:
        losses = -(targets * rows.log().clamp(min=-100) + (1 - targets) * (1 - rows).log().clamp(min=-100))
        predictions, probability = rows >= 0.5, rows
    losses = losses.mean(1)
    truth = targets >= 0.5
    if rows.shape[1] > 1:
        tally = Tally(LABELS, rows.shape[1], step)
        tally.add_labels(truth, predictions, losses)
        return tally
    tally = Tally(CLASSES, 2, step)
    predicted, sure = predictions[:, 0], probability[:, 0]
    tally.add_predictions(truth[:, 0].long(), predicted.long(), torch.where(predicted, sure, 1 - sure), losses)
    return tally
