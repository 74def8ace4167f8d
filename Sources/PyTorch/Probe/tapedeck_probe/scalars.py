"""The numbers of each step: loss, learning rate, accuracy, and norms of gradients and updates where time allows."""

import collections
import math
import threading
import time

import torch

from .own import Own
from .tensors import number_array

#: The share of the script's time that norms may take.
SHARE = 0.01
#: How long numbers wait before they are sent, in seconds.
DELAY = 0.1
#: How many steps are sent at once at most.
MOST_STEPS = 512

#: What stands for a number that a step does not have: a norm is never negative.
ABSENT = -1.0


class Scalars:
    """Collects the numbers of steps and sends them several at a time."""

    def __init__(self, deck):
        self._deck = deck
        self._begun, self._processor = time.perf_counter(), time.process_time()
        self._paused = 0.0
        self._sent = 0.0
        self._cost = 0.0
        self._last_cost = 0.0
        self._no_time_before = 0.0
        self._rows = []  # of each step that waits: its numbers, its time and its norms
        self._lock = threading.RLock()  # of the rows
        self._step = None

    # One step

    def begin_update(self, optimizer):
        """Measures the gradients before an optimizer's step, and keeps the parameters to measure its update."""
        self._step = None
        if not self.has_time() and not self._deck.ranks.measures(self._deck.step):
            return
        begun = time.thread_time()
        parameters = [tensor for _, tensor in self._deck.models.parameters]
        found = [(tensor, tensor.grad) for group in optimizer.param_groups for tensor in group["params"]]
        found = [(one, grad) for one, grad in found if grad is not None and one.layout == grad.layout == torch.strided]
        changed = [tensor for tensor, _ in found]
        with Own():
            gradients = _norms([gradient for _, gradient in found])
            # A watched step keeps the parameters itself.
            is_watched = hasattr(self._deck.watch, "before")
            before = None if is_watched else _copies(changed)
        self._step = (parameters, changed, gradients, before)
        self._last_cost = time.thread_time() - begun

    def end_update(self):
        """Measures the update that an optimizer has made."""
        step, self._step = self._step, None
        if step is None:
            return None
        begun = time.thread_time()
        parameters, changed, gradients, before = step
        with Own():
            if before is None:
                found = [self._deck.watch.before(tensor) for tensor in changed]
                if any(tensor is None for tensor in found):
                    return None
                before = found
            weights = _norms(before)
            updates = _norms(_differences(changed, before))
        self._last_cost += time.thread_time() - begun
        self._cost += self._last_cost
        found = {id(tensor): place for place, tensor in enumerate(changed)}
        return [found.get(id(tensor)) for tensor in parameters], gradients, weights, updates

    def add(self, row, norms):
        """Adds a step's numbers; losses may still be on the device."""
        with self._lock:
            self._rows.append((row, self.seconds(), norms))
        now = time.perf_counter()
        if now - self._sent > DELAY or len(self._rows) >= MOST_STEPS:
            self.send()

    def send(self):
        """Sends the steps that wait. Only here are numbers fetched from a device."""
        with self._lock:
            self._sent = time.perf_counter()
            if self._rows:
                rows, self._rows = self._rows, []
                self._send(rows)

    def _send(self, rows):
        self._deck.send_model()
        begun = time.thread_time()
        count = len(self._deck.models.parameters)
        columns = [[], [], []]
        measured = []
        for _, _, norm in rows:
            fits = norm is not None and len(norm[0]) == count
            measured.append(1 if fits else 0)
            if fits:
                for column, values in zip(columns, _spread(*norm)):
                    column += values
        data = [row for row, _, _ in rows]
        arrays = [
            number_array("step", "i64", [row.step for row in data]),
            number_array("optimizer", "i32", [row.optimizer for row in data]),
            number_array("epoch", "i32", [row.epoch for row in data]),
            number_array("backwards", "i32", [row.backwards for row in data]),
            number_array("closures", "i32", [row.closures for row in data]),
            number_array("skipped", "u8", [int(any(number(skip) > 0 for skip in row.skips)) for row in data]),
            number_array("loss", "f64", [number(row.loss) for row in data]),
            number_array("hasLoss", "u8", [int(is_known(row.loss)) for row in data]),
            number_array("learningRate", "f64", [number(row.learning_rate) for row in data]),
            number_array("accuracy", "f32", [accuracy(row.predictions) for row in data]),
            number_array("seconds", "f64", [seconds for _, seconds, _ in rows]),
            number_array("measured", "u8", measured),
            number_array("gradientNorms", "f32", columns[0]),
            number_array("updateRatios", "f32", columns[1]),
            number_array("updateNorms", "f32", columns[2]),
        ]
        if self._deck.ranks.is_one_of_several:
            arrays.append(number_array("hash", "i64", [row.hash for row in data]))
        self._deck.wire.send(
            {
                "type": "scalars",
                "model": self._deck.models.revision,
                "steps": len(rows),
                "parameters": count,
                "cost": self._deck.times.breakpoint_cost(),
            },
            arrays,
            can_be_spared=True,
        )
        self._cost += time.thread_time() - begun

    # Time

    def seconds(self):
        """The seconds since the run began, without pauses."""
        return time.perf_counter() - self._begun - self._paused

    def was_paused(self, seconds):
        """Leaves a pause out of the time."""
        self._paused += seconds

    def spend(self, seconds):
        """Counts time that was spent on numbers that can be left out."""
        self._cost += seconds

    def has_time(self):
        """Whether the numbers that can be left out have taken less than their share of the time."""
        now = time.perf_counter()
        if now < self._no_time_before:
            return False
        # On a busy machine the script has less of the processor than of the time.
        seconds = min(now - self._begun - self._paused, time.process_time() - self._processor)
        lacking = (self._cost + self._last_cost - 0.001) / SHARE - seconds
        self._no_time_before = now + lacking
        return lacking <= 0


#: One step's numbers but the norms.
Row = collections.namedtuple("Row", "step optimizer epoch backwards closures skips loss learning_rate predictions hash")


def number(value):
    """A loss as a float: a tensor's, a sum of several, or NaN for none."""
    if value is None:
        return math.nan
    if isinstance(value, list):
        return math.fsum(parts) if all(map(math.isfinite, parts := [number(part) for part in value])) else sum(parts)
    with Own():
        return math.nan if isinstance(value, torch.Tensor) and value.is_meta else float(value)


def is_known(value):
    """Whether a loss has a value, as it is given to ``number``."""
    if isinstance(value, list):
        return any(map(is_known, value))
    return value is not None and not (isinstance(value, torch.Tensor) and value.is_meta)


def joined(one, other):
    """What was measured of two updates in one step; None where one of them was not measured."""
    if one is None or other is None or len(one[0]) != len(other[0]):
        return None
    count = len(one[1])
    places = [first if second is None else second + count for first, second in zip(one[0], other[0])]
    return (places, *([*left, *right] for left, right in zip(one[1:], other[1:])))


def accuracy(predictions):
    """The share of targets that have the greatest output; absent where none were seen."""
    total = sum(count for _, count in predictions)
    return sum(number(right) for right, _ in predictions) / total if total else ABSENT


def count_right(output, target):
    """How many targets have the greatest output, still on the device, and how many targets there are."""
    with Own():
        return (output.argmax(1) == target).sum(), target.numel()


def _are_alike(tensors):
    """Whether tensors are plain ones of one kind, which one call takes together."""
    kinds = {(type(tensor), tensor.dtype, tensor.device) for tensor in tensors}
    if len(kinds) != 1 or tensors[0].is_meta:
        return False
    return type(tensors[0]) in (torch.Tensor, torch.nn.Parameter) and tensors[0].is_floating_point()


def _copies(tensors):
    # Times 1, every number stays what it is.
    return torch._foreach_mul(tensors, 1.0) if _are_alike(tensors) else [tensor.detach().clone() for tensor in tensors]


def _differences(tensors, before):
    if _are_alike(tensors) and _are_alike(before):
        return torch._foreach_sub(tensors, before)
    return [after.detach() - old for after, old in zip(tensors, before)]


def _norms(tensors):
    if not tensors:
        return []
    if any(tensor.is_meta for tensor in tensors):
        return [torch.tensor(ABSENT, device="cpu")] * len(tensors)
    tensors = [torch.view_as_real(tensor) if tensor.is_complex() else tensor for tensor in tensors]
    return torch._foreach_norm(tensors)


def _spread(places, gradients, weights, updates):
    """Norms of the changed parameters as columns of all parameters."""
    with Own():
        gradients, weights, updates = (_fetched(norms) for norms in (gradients, weights, updates))
    ratios = [update / weight if weight not in (0, ABSENT) else ABSENT for update, weight in zip(updates, weights)]
    return [[ABSENT if place is None else column[place] for place in places] for column in (gradients, ratios, updates)]


def _fetched(norms):
    """Norms as numbers, with one wait for their device."""
    if not norms:
        return []
    if len({norm.dtype for norm in norms}) != 1:
        norms = [norm.float() for norm in norms]
    return torch.stack(norms).tolist()
