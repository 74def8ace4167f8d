"""What is measured of a batch: what the model is given, and the targets of the loss."""

import torch

from .measures import real_numbers
from .run_facts import MOST_CLASSES
from .tensors import number_array, shape_of

#: Loss functions whose targets are numbers of classes.
CLASSIFYING = ("cross_entropy", "nll_loss")


class Targets:
    """What is measured of the targets of a loss function."""

    def __init__(self, call, measures):
        target, output = call.target, call.output
        self._is_there = isinstance(target, torch.Tensor) and target.numel() > 0 and not target.is_meta
        self.are_classes = self._is_there and call.name in CLASSIFYING and target.dtype == torch.int64
        self._shape = shape_of(target) if self._is_there else []
        self.classes = int(output.shape[1 if output.dim() > 1 else 0]) if self.are_classes and output.dim() else None
        self._range = self._counts = self._wrong = None
        if not self._is_there:
            return
        target = target.detach()
        if self.are_classes:
            is_wrong = output.detach().argmax(1 if output.dim() > 1 else 0) != target
            is_counted = target != call.ignored
            target, is_wrong = target[is_counted], is_wrong[is_counted]
        if target.numel() == 0 or target.is_complex():
            self._is_there = False
            return
        self._range = measures.later(torch.stack(torch.aminmax(target)))
        if self.are_classes and self.classes <= MOST_CLASSES:
            # What is beyond the classes is counted as none.
            inside = target.clamp(-1, self.classes) + 1
            counts = torch.bincount(inside, minlength=self.classes + 2)
            self._counts = measures.later(counts[1:-1])
            self._wrong = measures.later(torch.bincount(inside, is_wrong.float(), self.classes + 2)[1:-1])

    def message(self):
        """What is no number, for the host."""
        if not self._is_there:
            return None
        return {"shape": self._shape, "areClasses": self.are_classes, "classCount": self.classes}

    def arrays(self):
        """The smallest and the largest, and the counts by class."""
        if not self._is_there:
            return []
        return [
            number_array("targetRange", "f64", self._range),
            number_array("targetCounts", "i64", [int(one) for one in self._counts or ()]),
            number_array("mispredicted", "i64", [int(one) for one in self._wrong or ()]),
        ]


class Inputs:
    """What is measured of what the model is given."""

    def __init__(self, graph, models, measures):
        self._statistics = self._features = None
        self.are_images = False
        self.count = None
        node = _input_of(graph, models)
        values = real_numbers(value_of(node)) if node is not None and value_of(node) is not None else None
        if values is None or values.dim() == 0:
            return
        self.count = int(values.shape[0])
        self._statistics = measures.statistics(values)
        shapes = [node.shapes[0], *(graph.nodes[one].shapes[0] for one in node.inputs if graph.nodes[one].shapes)]
        self.are_images = any(len(shape) >= 4 for shape in shapes) or _is_flattened_image(values)
        if values.dim() in (2, 3) and values.shape[0] > 1 and not self.are_images:
            self._features = measures.later(_features(values))

    def message(self):
        """What is no number, for the host."""
        return None if self._statistics is None else {"areImages": self.are_images}

    def arrays(self):
        """The statistics, and three features: their place, mean and deviation."""
        if self._statistics is None:
            return []
        return [
            number_array("inputStatistics", "f64", self._statistics.numbers()),
            number_array("inputFeatures", "f64", self._features or []),
        ]


def value_of(node):
    """A node's value as forward read it, a parameter's before its update; None where it is not kept."""
    kept = node.before or (node.values[0] if node.values else None)
    return kept.tensor if kept is not None else None


def _input_of(graph, models):
    """The node that enters the model: what its first operator is given beside parameters and buffers."""
    buffers = {name for _, root in models.roots() for name, _ in root.named_buffers()}
    for node in graph.nodes:
        if node.kind != "operation" or not node.in_model and models.roots():
            continue
        for one in node.inputs:
            given = graph.nodes[one]
            if given.kind != "parameter" and not given.in_model and given.name not in buffers and given.shapes and given.shapes[0]:
                return given
    return None


def _features(values):
    """The place, mean and deviation of the feature of the smallest deviation, of that of the largest, and of that whose mean is
    the most of its deviations from 0. Constant ones are left out."""
    spread, mean = torch.var_mean(values.reshape(-1, values.shape[-1]), 0, unbiased=False)
    spread = spread.sqrt()
    is_varied = spread > 0
    narrowest = torch.where(is_varied, spread, torch.full_like(spread, float("inf"))).argmin()
    farthest = torch.where(is_varied, mean.abs() / spread, torch.zeros_like(spread)).argmax()
    places = torch.stack([narrowest, spread.argmax(), farthest])
    return torch.stack([places.to(spread.dtype), mean[places], spread[places]], 1)


def _is_flattened_image(values):
    """Whether rows look like images: as many numbers as a square has, once or for three colours."""
    if values.dim() != 2 or values.shape[1] < 64:
        return False
    width = values.shape[1]
    return any(width % colours == 0 and round((width // colours) ** 0.5) ** 2 == width // colours for colours in (1, 3))
