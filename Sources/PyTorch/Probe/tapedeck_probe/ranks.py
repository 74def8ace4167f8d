"""Several processes that train together: whether their parameters are the same."""

import torch

from .own import Own

_PRIME = 1_000_003
_MASK = (1 << 63) - 1


def hashes(models):
    """A hash of each parameter's bits, in the models' order."""
    with Own():
        sums = [_bits(tensor).sum(dtype=torch.int64) for _, tensor in models.parameters]
        return [int(total) & _MASK for total in sums]


def parameter_hash(models):
    """A hash of all parameters, which differs where one of them does."""
    result = 0
    for one in hashes(models):
        result = (result * _PRIME + one) & _MASK
    return result


def _bits(tensor):
    tensor = tensor.detach().contiguous().reshape(-1)
    kinds = {8: torch.int64, 4: torch.int32, 2: torch.int16, 1: torch.int8}
    return tensor.view(kinds[tensor.element_size()]) if not tensor.is_complex() else torch.view_as_real(tensor).reshape(-1).view(torch.int32)
