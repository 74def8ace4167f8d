"""Tensors in words and numbers: what kind one is, its statistics, and windows into it."""

import array
import ctypes
import math

import torch

#: How many numbers are summarised at a time, so that a large tensor is never copied whole.
_PIECE = 1 << 22

_WIRE_TYPES = {
    torch.float64: "f64",
    torch.float32: "f32",
    torch.int64: "i64",
    torch.int32: "i32",
    torch.int16: "i16",
    torch.int8: "i8",
    torch.uint8: "u8",
}


def dtype_word(tensor):
    """The element type in PyTorch's word, ``bfloat16``."""
    return str(tensor.dtype).replace("torch.", "")


_jagged = getattr(torch, "jagged", None)
_is_wrapped = getattr(getattr(torch._C, "_functorch", None), "is_functorch_wrapped_tensor", None)


def oddity(tensor):
    """Why a tensor has no plain numbers, in a few words; None for ordinary tensors."""
    if tensor.is_meta:
        return "a meta tensor has no values"
    if tensor.layout == _jagged or getattr(tensor, "is_nested", False):
        return "nested"
    if tensor.is_sparse:
        return "sparse, %d of %d values stored" % (tensor._nnz(), tensor.numel())
    if tensor.layout != torch.strided:
        return "sparse, layout %s" % str(tensor.layout).replace("torch.", "")
    if tensor.is_quantized:
        return "quantised as %s" % dtype_word(tensor)
    if is_fake(tensor):
        return "%s has no values" % type(tensor).__name__
    if _is_transformed(tensor):
        return "inside torch.func, which transforms it"
    return None


def is_fake(tensor):
    """Whether a tensor only stands for another, without values."""
    return type(tensor).__name__ in ("FakeTensor", "FunctionalTensor", "DTensor", "UninitializedParameter", "UninitializedBuffer")


def _is_transformed(tensor):
    if _is_wrapped is not None:
        return _is_wrapped(tensor)
    try:
        # Older versions have no test; their wrapped tensors have no storage.
        return tensor.numel() > 0 and tensor.data_ptr() == 0
    except (RuntimeError, NotImplementedError):
        return True


def plain(tensor):
    """The tensor as ordinary numbers where it can be had without loss: a sparse one's stored values; else None."""
    tensor = tensor.detach()
    if oddity(tensor) is None:
        return tensor.resolve_conj().resolve_neg() if tensor.is_complex() else tensor
    if tensor.is_sparse:
        return tensor._values() if not tensor.is_coalesced() else tensor.values()
    if tensor.is_quantized:
        return tensor.dequantize()
    return None


def shape_of(tensor):
    """The sizes of the dimensions; of a nested tensor the number of its parts."""
    try:
        return [int(size) for size in tensor.shape]
    except (RuntimeError, TypeError, ValueError):
        try:
            return [int(tensor.size(0))]
        except (RuntimeError, TypeError, ValueError):
            return []


def byte_count(tensor):
    """How many bytes its values take."""
    try:
        return tensor.numel() * tensor.element_size()
    except (RuntimeError, NotImplementedError, ValueError):
        return 0


def norm(tensor):
    """The Euclidean norm, as a float; NaN or infinite only where a value is. None for a tensor without values."""
    values = plain(tensor)
    if values is None:
        return None
    if values.is_complex():
        values = torch.view_as_real(values)
    if not values.is_floating_point():
        values = values.double()
    if values.numel() == 0:
        return 0.0
    kind = torch.float64 if values.dtype == torch.float64 else torch.float32
    result = float(torch.linalg.vector_norm(values, dtype=kind))
    if result in (0.0, math.inf) and kind == torch.float32:
        # The squares of its values are too small, or too large, for float32.
        result = float(torch.linalg.vector_norm(values, dtype=torch.float64))
    return result


def is_finite(tensor):
    """Whether no value is NaN or infinite."""
    if not (tensor.is_floating_point() or tensor.is_complex()):
        return True
    total = tensor.sum()
    if math.isfinite(abs(complex(total.item()))):
        return True
    # A sum also overflows where no value is infinite.
    return bool(torch.isfinite(tensor).all())


#: How many parts a sketch has from the smallest value to the greatest, and how many values it looks at.
SKETCH_BINS, _MOST_SKETCHED = 8, 4096


def sketch(tensor):
    """How a tensor's values are spread: the least, the greatest, and how full each part between is, from 0 to 255.

    None of a single value, and where none is finite. Of many values those at even distances are looked at.
    """
    values = plain(tensor)
    if values is None or values.numel() < 2:
        return None
    if values.is_complex():
        values = torch.view_as_real(values)
    flat = values.reshape(-1)
    # An odd distance does not keep to some columns of a matrix.
    if flat.numel() > _MOST_SKETCHED:
        flat = flat[:: flat.numel() // _MOST_SKETCHED | 1]
    flat = flat.to(device="cpu", dtype=torch.float32).double()
    flat = flat[torch.isfinite(flat)]
    if flat.numel() == 0:
        return None
    low, high = float(flat.min()), float(flat.max())
    if low == high:
        return low, high, [255] + [0] * (SKETCH_BINS - 1)
    counts = torch.histc(flat, SKETCH_BINS, low, high).tolist()
    fullest = max(counts)
    return low, high, [max(1, int(count * 255 / fullest)) if count else 0 for count in counts]


#: The names of the statistics, in the order in which they are sent.
STATISTICS = ("count", "minimum", "maximum", "mean", "deviation", "norm", "zeroCount", "nanCount", "infiniteCount")


def statistics(values):
    """The statistics of plain numbers in the order of STATISTICS; NaN and infinite values are counted, else left out."""
    count = values.numel()
    flat = torch.view_as_real(values) if values.is_complex() else values
    flat = flat.reshape(-1)
    total = squares = 0.0
    finite = zeros = nans = 0
    low, high = math.inf, -math.inf
    pieces = [flat[start : start + _PIECE] for start in range(0, count, _PIECE)]
    for place, piece in enumerate(pieces):
        piece = good = _exact(piece)
        if not is_finite(piece):
            good = piece[torch.isfinite(piece)]
            nans += int(torch.isnan(piece).sum())
            pieces[place] = good
        if good.numel():
            finite += good.numel()
            total += float(good.sum(dtype=torch.float64))
            squares += _squares(good)
            zeros += good.numel() - int(torch.count_nonzero(good))
            least, most = torch.aminmax(good)
            low, high = min(low, float(least)), max(high, float(most))
    infinite = flat.numel() - finite - nans
    if finite == 0:
        norm_value = 0.0 if count == 0 else math.nan
        return [count, math.nan, math.nan, math.nan, math.nan, norm_value, 0, nans, infinite]
    mean = total / finite
    spread = sum(_squares_about(mean, _exact(piece)) for piece in pieces if piece.numel())
    deviation = math.sqrt(max(0.0, spread) / finite)
    return [count, low, high, mean, deviation, math.sqrt(squares), zeros, nans, infinite]


def _exact(piece):
    """Numbers in float32 or float64, whichever holds them as they are."""
    if piece.dtype in (torch.float32, torch.float64):
        return piece
    return piece.to(torch.float32 if piece.is_floating_point() else torch.float64)


def _squares(piece):
    return float(torch.linalg.vector_norm(piece, dtype=torch.float64)) ** 2


def _squares_about(mean, piece):
    """The sum of the squares of the distances from the mean, which may lie between two numbers of the piece's type."""
    centre = float(torch.tensor(mean, dtype=piece.dtype, device="cpu"))
    if abs(mean) > 1e37 and piece.dtype == torch.float32:
        piece, centre = piece.double(), mean
    return _squares(piece - centre) - piece.numel() * (mean - centre) ** 2


def histogram(values, low, high, bins=64):
    """How many finite values lie in each of ``bins`` equal parts from ``low`` to ``high``."""
    if values.is_complex():
        values = torch.view_as_real(values)
    if not (math.isfinite(low) and math.isfinite(high)):
        return [0] * bins
    counts = torch.zeros(bins, dtype=torch.int64, device="cpu")
    span = high - low
    flat = values.reshape(-1)
    for start in range(0, flat.numel(), _PIECE):
        piece = _exact(flat[start : start + _PIECE])
        if not 1e-30 < span < 1e30:
            piece = piece.double()
        if not is_finite(piece):
            piece = piece[torch.isfinite(piece)]
        places = ((piece - low) * (bins / (span or bins))).clamp_(0, bins - 1).to(torch.int32)
        counts += torch.bincount(places, minlength=bins).cpu()
    return counts.tolist()


def window(values, leading, rows, columns):
    """Cells of a tensor seen as a matrix, at the given row and column numbers.

    ``leading`` chooses a slice of the first dimensions, by one index each. The last dimension is the columns, and those
    between are folded into the rows, so that a vector is one row.
    """
    for index in leading:
        values = values[index]
    width = values.shape[-1] if values.dim() else 1
    if values.dim() == 0:
        return values.reshape(1, 1)
    if not columns or not rows:
        return values.reshape(-1)[:0]
    columns = torch.tensor(columns, dtype=torch.long, device=values.device)
    if values.is_contiguous() or values.dim() <= 2:
        matrix = values.reshape(-1, width)
        return matrix[torch.tensor(rows, dtype=torch.long, device=values.device)][:, columns]
    picked = []
    for row in rows:
        part = values
        for index in _unravelled(row, values.shape[:-1]):
            part = part[index]
        picked.append(part[columns])
    return torch.stack(picked)


def _unravelled(number, shape):
    indices = []
    for size in reversed(shape):
        indices.append(number % size)
        number //= size
    return list(reversed(indices))


def matrix_size(shape, leading):
    """The rows and columns of what ``window`` sees."""
    rest = list(shape[len(leading) :])
    columns = rest[-1] if rest else 1
    rows = 1
    for size in rest[:-1]:
        rows *= size
    return rows, columns


def wire_array(name, tensor):
    """A plain tensor as an array of a message; half precision as f32, which holds it exactly, and bool as u8."""
    tensor = tensor.detach().cpu()
    if tensor.dtype == torch.bool:
        tensor = tensor.to(torch.uint8)
    if tensor.dtype not in _WIRE_TYPES:
        tensor = tensor.to(torch.float32 if tensor.is_floating_point() else torch.int64)
    tensor = tensor.contiguous()
    size = tensor.numel() * tensor.element_size()
    data = ctypes.string_at(tensor.data_ptr(), size) if size else b""
    return (name, _WIRE_TYPES[tensor.dtype], tensor.numel(), data)


_CODES = {"f32": "f", "f64": "d", "i32": "i", "i64": "q", "u8": "B"}


def number_array(name, kind, numbers):
    """Numbers as an array of a message."""
    data = array.array(_CODES[kind], numbers)
    return (name, kind, len(data), data.tobytes())
