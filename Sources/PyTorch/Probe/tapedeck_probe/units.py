"""The units of activation functions: columns of a matrix, channels of images."""

import torch

from .measures import count, real_numbers

#: A number of at least this magnitude is active.
_ACTIVE = 1e-5
#: Beyond which inputs a function is saturated.
_SATURATED = {"tanh": (-9.5, 9.5), "sigmoid": (-23.0, 17.0)}
#: The functions whose units can be shut or saturated.
FUNCTIONS = frozenset(("relu", "relu_", "relu6", "tanh", "tanh_", "sigmoid", "sigmoid_"))
#: The operators that have channels in the second dimension of three.
_CHANNELS_FIRST = frozenset("conv1d conv_transpose1d batch_norm group_norm instance_norm max_pool1d avg_pool1d".split())
#: More units than this are not told apart.
_MOST_UNITS = 1 << 13


class Units:
    """What is to be fetched of one activation function."""

    def __init__(self, node, size, shut, saturated):
        self.node, self.count = node, size
        self._shut, self._saturated = shut, saturated

    def active(self):
        """How many numbers of each unit are active."""
        return [self.count - int(one) for one in self._shut]

    def saturated(self):
        """How many numbers of each unit are saturated; empty for functions that do not saturate."""
        return [int(one) for one in self._saturated or ()]


def units(node, graph, measures):
    """What is to be fetched of the units of a node; None where it has none, or too many."""
    if node.operation not in FUNCTIONS or not node.values or node.values[0].tensor is None:
        return None
    values = real_numbers(node.values[0].tensor)
    if values is None or values.dim() < 1:
        return None
    axis = _axis(node, values, graph)
    if values.shape[axis] > _MOST_UNITS:
        return None
    others = [one for one in range(values.dim()) if one != axis]

    def counted(mask):
        return measures.later(mask.sum(others) if others else mask.to(torch.int64))

    size = values.numel() // values.shape[axis]
    # NaN is active, so those that are not are counted.
    shut = measures.later(count(torch.lt, values.abs(), _ACTIVE, others) if others else (values.abs() < _ACTIVE).to(torch.int64))
    saturated = None
    limits = _SATURATED.get(node.operation.rstrip("_"))
    given = graph.nodes[node.inputs[0]] if node.inputs else None
    if limits and given is not None and given.values and given.values[0].tensor is not None:
        inputs = real_numbers(given.values[0].tensor)
        if inputs is not None and inputs.shape == values.shape:
            saturated = counted((inputs < limits[0]) | (inputs > limits[1]))
    return Units(node.id, size, shut, saturated)


def _axis(node, values, graph):
    """Which dimension the units are."""
    if values.dim() >= 4:
        return 1
    if values.dim() == 3 and _comes_from_channels(node, graph):
        return 1
    return values.dim() - 1


def _comes_from_channels(node, graph):
    return any(graph.nodes[one].operation in _CHANNELS_FIRST for one in node.inputs)
