"""Several processes that train together: whether their parameters are the same."""

import array
import collections
import os

import torch

from .own import Own

_PRIME = 1_000_003
_MASK = (1 << 63) - 1
#: How many hashes are kept of steps that have ended: the host asks for them where those of all parameters differ.
_MOST_KEPT = 1 << 20
_MOST_STEPS = 4_096
#: In every so many steps all processes measure norms.
_EVERY = 32
#: In every so many steps it is looked for others.
_LOOKS_EVERY = 8


class Ranks:
    """The hashes of this process's parameters, step by step; none where it trains alone."""

    def __init__(self):
        self.is_one_of_several = os.environ.get("WORLD_SIZE", "1") != "1"
        self._kept = collections.OrderedDict()
        self._count = 0

    def look(self, step):
        """Finds out now and then whether there are others: some launchers say it only to torch."""
        if self.is_one_of_several or step % _LOOKS_EVERY != 1:
            return
        distributed = torch.distributed
        if distributed.is_available() and distributed.is_initialized():
            self.is_one_of_several = distributed.get_world_size() > 1

    def measures(self, step):
        """Whether norms are measured in a step even where time is short, so that all processes have some of the same steps."""
        return self.is_one_of_several and step % _EVERY == 1

    def hash(self, models, step):
        """A hash of all parameters after a step, which differs where one of them does."""
        if not self.is_one_of_several:
            return 0
        found = hashes(models)
        result = 0
        for one in found:
            result = (result * _PRIME + one) & _MASK
        self._kept[step] = array.array("q", found)
        self._count += len(found)
        while len(self._kept) > _MOST_STEPS or self._count > _MOST_KEPT and len(self._kept) > 1:
            self._count -= len(self._kept.popitem(last=False)[1])
        return result

    def of_step(self, step):
        """The hash of each parameter after a step; None where they are not kept."""
        return self._kept.get(step)


def hashes(models):
    """A hash of each parameter's bits, in the models' order."""
    with Own():
        sums = [_bits(tensor).sum(dtype=torch.int64) for _, tensor in models.parameters]
        if len({total.device for total in sums}) == 1:
            return [total & _MASK for total in torch.stack(sums).tolist()]
        return [int(total) & _MASK for total in sums]


def _bits(tensor):
    tensor = tensor.detach().contiguous().reshape(-1)
    kinds = {8: torch.int64, 4: torch.int32, 2: torch.int16, 1: torch.int8}
    return tensor.view(kinds[tensor.element_size()]) if not tensor.is_complex() else torch.view_as_real(tensor).reshape(-1).view(torch.int32)
