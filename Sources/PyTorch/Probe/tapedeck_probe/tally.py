"""How well some samples are predicted: by class, by label or by number. The counts stay on the device until they are sent."""

import torch

from .scalars import number
from .tensors import number_array

#: With more classes than this there is no matrix, only the counts by class.
MOST_IN_MATRIX = 256
#: How many of the samples with the greatest losses are kept.
MOST_WORST = 32
#: How many pairs of a target and a prediction are sent at most.
MOST_PAIRS = 2_000
#: How many pairs of a batch are kept.
PAIRS_OF_BATCH = 64

CLASSES, LABELS, NUMBERS = "classes", "labels", "numbers"


class Tally:
    """Adds up batches of one kind."""

    def __init__(self, kind, width, step):
        self.kind, self.width = kind, width
        self.first_step = self.step = step
        self.samples = self.batches = 0
        self._counts = None
        self._origin = None
        self._pairs = []
        self._worst = None

    def add_classes(self, scores, target, losses):
        """Adds samples with scores for each class, ``[samples, classes]``, and labels, ``[samples]``."""
        prediction = scores.argmax(1)
        greatest = scores.softmax(1).gather(1, prediction[:, None])[:, 0]
        self.add_predictions(target, prediction, greatest, losses)

    def add_predictions(self, target, prediction, probability, losses):
        """Adds samples with their class and the one that is predicted."""
        count = self.width
        # What has no class goes into a place of its own: looking for it would wait for the device.
        is_class = (target >= 0) & (target < count)
        if count <= MOST_IN_MATRIX:
            place = (target * count + prediction).masked_fill(~is_class, count * count)
            self._add(place, count * count + 1)
        else:
            places = torch.cat([target, prediction + count, target + 2 * count])
            is_counted = torch.cat([is_class, is_class, is_class & (target == prediction)])
            self._add(places.masked_fill(~is_counted, 3 * count), 3 * count + 1)
        losses = losses.masked_fill(~is_class, -1)
        self._keep_worst(losses, target, prediction, probability)
        self._took(len(target))

    def add_labels(self, truth, prediction, losses):
        """Adds samples with several labels, ``[samples, labels]`` of true and false."""
        exact = (truth == prediction).all(1).sum()[None]
        parts = (truth & prediction, ~truth & prediction, truth & ~prediction)
        self._sum(torch.cat([part.sum(0) for part in parts] + [exact]))
        self._keep_worst(losses)
        self._took(len(truth))

    def add_numbers(self, output, target, losses):
        """Adds samples with numbers to come near to, ``[samples, numbers]``."""
        kind = torch.float32 if output.device.type == "mps" else torch.float64
        outputs, targets = output.reshape(-1).to(kind), target.reshape(-1).to(kind)
        is_finite = outputs.isfinite() & targets.isfinite()
        if self._origin is None:
            self._origin = targets[0].masked_fill(~is_finite[0], 0)
        residual = (outputs - targets).masked_fill(~is_finite, 0)
        shifted = (targets - self._origin).masked_fill(~is_finite, 0)
        count = is_finite.sum().to(kind)
        sums = [count, residual.sum(), residual.abs().sum(), (residual**2).sum(), shifted.sum(), (shifted**2).sum()]
        self._sum(torch.stack(sums + [len(outputs) - count]))
        step = -(-len(outputs) // PAIRS_OF_BATCH)
        self._pairs.append(torch.stack([targets[::step], outputs[::step]], 1).float())
        if self.width == 1:
            self._keep_worst(losses, targets, outputs)
        else:
            self._keep_worst(losses)
        self._took(len(output))

    def absorb(self, other):
        """Adds what another tally of the same kind has."""
        counts = other._counts
        if self.kind == NUMBERS:
            # Targets are added up less the first one.
            count, distance = counts[0], other._origin - self._origin
            counts = counts.clone()
            counts[5] += 2 * distance * counts[4] + count * distance**2
            counts[4] += count * distance
            self._pairs += other._pairs
            self._thin()
        self._sum(counts)
        losses, columns = other._worst
        if not self.first_step:
            columns = columns.clone()
            columns[:, 3] += self.batches
        self._merge_worst(losses, columns)
        self.samples += other.samples
        self.batches += other.batches
        self.step = other.step

    def message(self, part, source):
        """The counts, as they are sent."""
        header = {
            "type": "figures",
            "part": part,
            "kind": self.kind,
            "width": self.width,
            "samples": self.samples,
            "firstStep": self.first_step,
            "step": self.step,
            "source": source,
        }
        counts = self._counts.cpu()
        if self.kind == NUMBERS:
            pairs = torch.cat(self._pairs).cpu()
            pairs = pairs[:: -(-len(pairs) // MOST_PAIRS)]
            arrays = [
                number_array("sums", "f64", counts.tolist() + [number(self._origin)]),
                number_array("pairs", "f32", pairs.reshape(-1).tolist()),
            ]
        else:
            arrays = [number_array("counts", "i64", counts.tolist())]
        losses, columns = self._worst
        arrays.append(number_array("worstLoss", "f64", losses.tolist()))
        arrays.append(number_array("worst", "f32", columns.reshape(-1).tolist()))
        return header, arrays

    def _thin(self):
        if len(self._pairs) * PAIRS_OF_BATCH > 4 * MOST_PAIRS:
            self._pairs = self._pairs[::2]

    def _took(self, samples):
        self.samples += samples
        self.batches += 1

    def _add(self, places, count):
        if self._counts is None:
            self._counts = torch.zeros(count, dtype=torch.int64, device=places.device)
        self._counts.index_add_(0, places, torch.ones_like(places))

    def _sum(self, numbers):
        self._counts = numbers if self._counts is None else self._counts + numbers

    def _keep_worst(self, losses, *known):
        """Keeps the greatest losses with their batch, their row, and what is known of their samples."""
        losses = losses.detach().float()
        greatest, rows = losses.topk(min(MOST_WORST, len(losses)))
        absent = torch.full_like(greatest, -1)
        columns = [column[rows].float() for column in known]
        columns += [absent] * (3 - len(columns))
        place = torch.full_like(greatest, self.step if self.first_step else self.batches)
        self._merge_worst(greatest, torch.stack([*columns, place, rows.float()], 1))

    def _merge_worst(self, losses, columns):
        if self._worst is not None:
            losses = torch.cat([self._worst[0], losses])
            columns = torch.cat([self._worst[1], columns])
        losses, order = losses.topk(min(MOST_WORST, len(losses)))
        self._worst = (losses, columns[order])
