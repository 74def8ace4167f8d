"""Numbers of many tensors: they are computed where the tensors are, and fetched from each device at once."""

import torch

from .own import Own
from .tensors import STATISTICS, plain, statistics

#: A tensor with more rows than this is not searched for equal ones, nor one with more numbers.
_MOST_ROWS, _MOST_CELLS = 1 << 14, 1 << 22
#: A variance below this part of the mean's square is computed about the mean.
_CLOSE = 0.05
#: More numbers than this are not counted in float32.
_MOST_COUNTED = 1 << 24
#: Tensors of at most so many numbers are measured together with others of their size, so many numbers at a time.
_MOST_TOGETHER, _PIECE = 1 << 14, 1 << 22


class Measures:
    """Collects what is to be fetched. What the methods return is asked for its number after ``fetch``."""

    def __init__(self):
        self._waiting = {}  # device: {element type: [(tensor, where its numbers go)]}
        self._alike = {}  # what is measured, and the size, element type and device: [(tensor, where its numbers go)]

    def later(self, tensor):
        """The numbers of a small tensor, as a list that is filled by ``fetch``."""
        numbers = []
        by_type = self._waiting.setdefault(tensor.device, {})
        by_type.setdefault(tensor.dtype, []).append((tensor.reshape(-1), numbers))
        return numbers

    def fetch(self):
        """Fetches all numbers, with one wait for each device."""
        rows = [one for (measure, size, *_), entries in self._alike.items() for one in self._measured(measure, size, entries)]
        self._alike = {}
        for device, by_type in self._waiting.items():
            kind = torch.float32 if device.type == "mps" else torch.float64
            joined = [torch.cat([tensor for tensor, _ in entries]).to(kind) for entries in by_type.values()]
            found, place = torch.cat(joined).cpu().tolist(), 0
            for entries in by_type.values():
                for tensor, numbers in entries:
                    numbers += found[place : place + tensor.numel()]
                    place += tensor.numel()
        self._waiting = {}
        for found, (width, lists) in rows:
            for place, numbers in enumerate(lists):
                numbers += found[place * width : (place + 1) * width]

    def rows(self, measure, values):
        """What a function gives for the numbers of a tensor, as a list that is filled by ``fetch``.

        It is given a matrix with a row for each tensor, and gives one with a row of results for each.
        """
        if values.numel() > _MOST_TOGETHER:
            return self.later(measure(values.reshape(1, -1)))
        numbers = []
        self._alike.setdefault((measure, values.numel(), values.dtype, values.device), []).append((values, numbers))
        return numbers

    def _measured(self, measure, size, entries):
        """The results of tensors of one size, as (numbers to be fetched, (how many each has, where they go))."""
        most = max(1, _PIECE // size)
        for start in range(0, len(entries), most):
            some = entries[start : start + most]
            found = measure(torch.stack([values.reshape(-1) for values, _ in some]))
            yield self.later(found), (found.shape[1], [numbers for _, numbers in some])

    def statistics(self, tensor):
        """The statistics of a tensor of floating-point numbers; None for one without numbers."""
        values = real_numbers(tensor)
        return None if values is None else Statistics(self, values)

    def magnitude(self, tensor):
        """The mean magnitude of a tensor's numbers; None for one without."""
        values = real_numbers(tensor)
        return None if values is None else self.rows(_magnitudes, values)

    def norm(self, tensor):
        """The norm of a tensor; None for one without numbers."""
        values = real_numbers(tensor)
        return None if values is None else self.rows(_norms, values)


class Statistics:
    """The statistics of one tensor, in the order of STATISTICS.

    Only sums that the processor takes several numbers at a time for: torch's variance and its count of what is not 0 take
    many times as long.
    """

    def __init__(self, measures, values):
        self._values = values
        self._found = measures.rows(_sums, values)

    def numbers(self):
        """The nine numbers; with NaN or infinite values, or beyond the element type, they are computed anew."""
        size = self._values.numel()
        least, most, total, norm, nonzero = self._found
        everything = least + most + total + norm
        # A number that is not finite is unequal to itself less itself, and small ones have squares of 0.
        if everything - everything != 0 or norm == 0 and nonzero:
            with Own():
                return statistics(self._values)
        mean = total / size
        spread = norm * norm / size - mean * mean
        if spread < _CLOSE * mean * mean:
            # Too little is left of the difference.
            with Own():
                spread = float(torch.var(self._values, unbiased=False))
        numbers = [size, least, most, mean, spread**0.5, norm, size - nonzero, 0, 0]
        assert len(numbers) == len(STATISTICS)
        return numbers


def _sums(rows):
    least, most = torch.aminmax(rows, dim=1)
    parts = (least, most, rows.sum(1), torch.linalg.vector_norm(rows, dim=1), count(torch.ne, rows, 0, [1]))
    return torch.stack([part.to(rows.dtype) for part in parts], 1)


def _magnitudes(rows):
    return rows.abs().sum(1, keepdim=True) / rows.shape[1]


def _norms(rows):
    return torch.linalg.vector_norm(rows, dim=1, keepdim=True)


def count(compare, values, limit, dimensions=None):
    """How many numbers are so, as a tensor of their own type where that can count them: those sums are fast."""
    if values.numel() > _MOST_COUNTED:
        return compare(values, limit).sum(dimensions) if dimensions else compare(values, limit).sum().to(values.dtype)
    marks = compare(values, limit, out=torch.empty_like(values))
    return marks.sum(dimensions) if dimensions else marks.sum()


def real_numbers(tensor):
    """A tensor's numbers as float32 or float64; None where it has none that can be summed up."""
    values = plain(tensor)
    if values is None or values.numel() == 0 or not (values.is_floating_point() or values.is_complex()):
        return None
    if values.is_complex():
        values = torch.view_as_real(values)
    return values if values.dtype in (torch.float32, torch.float64) else values.float()


def equal_rows(weight, gradient):
    """Two rows with the same numbers in both tensors, as (whether there are any, first, second), to be fetched; None where
    that is not looked for. Rows without a gradient are left out.

    Rows are compared by a sum over their bits, in whole numbers that wrap around: equal rows have equal sums whatever the
    order of adding, and others hardly ever.
    """
    if weight.dim() < 2 or not 2 <= weight.shape[0] <= _MOST_ROWS or weight.numel() > _MOST_CELLS:
        return None
    if weight.dtype != torch.float32 or gradient.dtype != torch.float32 or gradient.layout != torch.strided:
        return None
    rows = weight.shape[0]
    place = torch.arange(1, weight[0].numel() + 1, device=weight.device)
    factors = place * 2654435761 + 40503
    parts = [one.detach().reshape(rows, -1).contiguous() for one in (weight, gradient)]
    sums = [(part.view(torch.int32).to(torch.int64) * factors).sum(1) for part in parts]
    keys = sums[0] * 1000003 + sums[1]
    # Each row without a gradient gets a key of its own.
    unique = torch.arange(rows, device=weight.device) * 6700417 + 1
    keys = torch.where((parts[1] != 0).any(1), keys, unique)
    keys, order = keys.sort()
    same = keys[1:] == keys[:-1]
    first = same.to(torch.int8).argmax()
    ends = torch.stack([order[first], order[first + 1]]).sort()[0]
    return torch.cat([same.any().to(torch.int64).reshape(1), ends])
