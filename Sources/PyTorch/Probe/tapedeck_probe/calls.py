"""What an operator was called with, as plain values that a host can read."""

import math
import numbers

import torch

from .tensors import dtype_word, shape_of

#: The most parts of a list that are described.
MOST_PARTS = 64
#: How deep lists may lie in lists.
DEEPEST = 3


def described(operation, names, args, kwargs, graph):
    """The arguments of a call as pairs of a name, None where it is not known, and a value."""
    pairs = [(names[place] if place < len(names) else None, value) for place, value in enumerate(args)]
    told = [[name, _value(value, graph, 0)] for name, value in pairs + list(kwargs.items())]
    if operation == "getitem" and any(isinstance(one, list) for one in args):
        # Unlike a tuple, a list picks entries.
        told[1][1] = {"other": "list"}
    return told


def _value(value, graph, depth):
    if isinstance(value, torch.Tensor):
        return _tensor(value, graph)
    if value is None or isinstance(value, (bool, str)):
        return value if not isinstance(value, str) else value[:200]
    if isinstance(value, numbers.Integral):
        return int(value)
    if isinstance(value, numbers.Real):
        number = float(value)
        return number if math.isfinite(number) else {"number": str(number)}
    if isinstance(value, (list, tuple)) and len(value) <= MOST_PARTS and depth < DEEPEST:
        return [_value(part, graph, depth + 1) for part in value]
    if isinstance(value, slice):
        return {"slice": [_value(part, graph, depth + 1) for part in (value.start, value.stop, value.step)]}
    if value is Ellipsis:
        return {"ellipsis": True}
    if isinstance(value, torch.dtype):
        return {"dtype": str(value).replace("torch.", "")}
    return {"other": type(value).__name__}


def _tensor(tensor, graph):
    node, output = graph.place_of(tensor)
    if node is None:
        return {"other": "Tensor"}
    return {"node": node, "output": output, "shape": shape_of(tensor), "dtype": dtype_word(tensor)}
