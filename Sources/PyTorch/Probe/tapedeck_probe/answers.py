"""Answers to questions for tensors: whole ones thinned to what a picture needs, or parts and cells of them."""

import bisect

import torch

from .own import Own
from .tensors import (
    dtype_word,
    histogram,
    matrix_size,
    number_array,
    oddity,
    plain,
    shape_of,
    statistics,
    window,
    wire_array,
)

#: How many cells of a tensor are sent where nothing else is asked for.
USUAL_CELLS = 16_384
#: The part of a complex tensor that is not shown at first.
IMAGINARY = "imaginary"
#: How many cells are sent at most.
MOST_CELLS = 1 << 24


class Answers:
    """Finds the tensors that the host asks for, and sends their numbers."""

    def __init__(self, deck):
        self._deck = deck

    def send_focus(self, watch):
        """Sends the tensor that the host looks at, where this moment has it."""
        request = dict(self._deck.focus, isFocus=True)
        try:
            self.send_tensor(request, watch)
        except (ValueError, KeyError):
            self._deck.wire.send({"type": "tensor", "isFocus": True, "node": request.get("node"), "isMissing": True})

    def send_tensor(self, request, watch):
        """Answers with a tensor's numbers, or a part of them."""
        step = request.get("step")
        if step is not None and (watch is None or watch.step != step):
            watch = self._deck.kept.get(int(step))
            if watch is None:
                raise ValueError("The tensors of step %s were not kept." % step)
        with Own():
            tensor, remark, parts = self._find(request, watch)
            if tensor.is_complex():
                parts = parts + [IMAGINARY]
                tensor = tensor.imag if request.get("part") == IMAGINARY else tensor.real
            header = {
                "type": "tensor",
                "id": request.get("id"),
                "step": watch.step if watch is not None else self._deck.step,
                "node": request["node"],
                "view": request.get("view") or "value",
                "part": request.get("part"),
                "parts": parts,
                "isFocus": bool(request.get("isFocus")),
                "remark": remark,
            }
            self._send_numbers(header, tensor, request)

    def _find(self, request, watch):
        """The tensor of a request, what is to be said of it, and the node's further tensors."""
        name, view, part = str(request["node"]), request.get("view") or "value", request.get("part")
        node = watch.graph.named(name) if watch is not None else None
        parameter = self._deck.models.parameter(name)
        if parameter is None and node is not None and node.tensor is not None:
            parameter = node.tensor
        memory = self.memory(parameter)
        parts = ["output %d" % (place + 1) for place in range(1, len(node.values) if node is not None else 0)] + sorted(memory)
        if part in memory:
            return memory[part], None, parts
        if part and part != IMAGINARY and part not in parts:
            raise ValueError("%s has no %s at this moment." % (name, part))
        output = int(part[len("output ") :]) - 1 if part and part.startswith("output ") else 0
        if node is None:
            return self._of_parameter(name, parameter, view), None, parts
        if view == "update":
            update = node.update()
            if update is None:
                raise ValueError("%s has not been updated in this step." % name)
            return update, None, parts
        kept = kept_value(node, view, output, request.get("visit"))
        if kept is None:
            left = _left_gradient(parameter, watch, request.get("visit")) if view == "gradient" else None
            if left is None:
                raise ValueError("%s has no %s yet." % (name, view))
            return left, "left from before this step", parts
        if kept.tensor is None:
            raise ValueError("The %s of %s was %s." % (view, name, kept.note or "not kept"))
        return kept.tensor, kept.remark(), parts

    def _of_parameter(self, name, parameter, view):
        if parameter is None:
            raise ValueError("There is no node %s." % name)
        if view == "update":
            raise ValueError("The update of %s was not measured in this step." % name)
        tensor = parameter.grad if view == "gradient" else parameter
        if tensor is None:
            raise ValueError("%s has no gradient." % name)
        return tensor

    def memory(self, parameter):
        """What the optimizers remember of a parameter, by name."""
        if parameter is None:
            return {}
        found = {}
        for optimizer in self._deck.updates.live():
            state = optimizer.state.get(parameter) or {}
            found.update({name: value for name, value in state.items() if isinstance(value, torch.Tensor)})
        return found

    def _send_numbers(self, header, tensor, request):
        header.update(shape=shape_of(tensor), dtype=dtype_word(tensor), device=str(tensor.device))
        header["remark"] = oddity(tensor) or header.get("remark")
        values = plain(tensor)
        arrays = []
        if values is not None:
            found = statistics(values)
            arrays.append(number_array("statistics", "f64", found))
            arrays.append(number_array("histogram", "i64", histogram(values, found[1], found[2])))
            arrays += self._cells(header, values, request)
        self._deck.wire.send({key: value for key, value in header.items() if value is not None}, arrays)

    def _cells(self, header, values, request):
        leading = [int(index) for index in request.get("leading") or ()]
        if len(leading) > max(0, values.dim() - 1):
            raise ValueError("A slice is chosen by fewer indices than the tensor has dimensions.")
        rows, columns = matrix_size(values.shape, leading)
        limit = min(MOST_CELLS, max(1, int(request.get("limit") or USUAL_CELLS)))
        chosen_rows = _chosen(request.get("rows"), rows)
        chosen_columns = _chosen(request.get("columns"), columns)
        if len(chosen_rows) * len(chosen_columns) > limit:
            header["isThinned"] = True
            height = values.shape[-2] if values.dim() - len(leading) > 2 else rows
            if request.get("rows") is None and height * len(chosen_columns) <= limit:
                size = height * len(chosen_columns)
                wanted = None if request.get("cell") is None or leading else int(request["cell"]) // (height * columns)
                chosen_rows = _whole_slices(rows // height, height, limit // size, wanted)
            else:
                chosen_rows, chosen_columns = _thinned(chosen_rows, chosen_columns, limit)
        header.update(leading=leading, size=[rows, columns])
        if len(chosen_rows) != rows:
            header["rows"] = list(chosen_rows)
        if len(chosen_columns) != columns:
            header["columns"] = list(chosen_columns)
        if len(chosen_rows) == rows and len(chosen_columns) == columns and not leading:
            cells = values
        else:
            cells = window(values, leading, list(chosen_rows), list(chosen_columns))
        arrays = [wire_array("values", cells)]
        cell = request.get("cell")
        if cell is not None and 0 <= int(cell) < values.numel():
            indices = _indices(int(cell), values.shape)
            arrays.append(wire_array("cell", values[tuple(indices)].reshape(1)))
            header["cell"] = int(cell)
        return arrays


def kept_value(node, view, output, visit):
    """What a node had in a view when a visit had just run, or has now."""
    if view == "gradient":
        entries = [kept for number_, kept in node.gradients.get(output, ()) if visit is None or number_ <= visit]
        return entries[-1] if entries else None
    if visit is not None and node.updated is not None and visit < node.updated and node.before is not None:
        return node.before
    return node.values[output] if output < len(node.values) else None


def _left_gradient(parameter, watch, visit):
    """What ``.grad`` still has from before the step, where the run is now; else None."""
    is_now = not watch.is_over and (visit is None or visit >= len(watch.visits) - 1)
    return parameter.grad if parameter is not None and is_now else None


def _chosen(span, size):
    if span is None:
        return range(size)
    start, stop = int(span[0]), int(span[1])
    return range(max(0, start), max(0, min(size, stop)))


def _thinned(rows, columns, limit):
    """As many rows and columns as the limit allows, at even distances, with the first and the last."""
    column_count = min(len(columns), max(1, int(limit**0.5)))
    row_count = min(len(rows), max(1, limit // column_count))
    column_count = min(len(columns), max(1, limit // row_count))
    return _evenly(rows, row_count), _evenly(columns, column_count)


def _whole_slices(slices, height, count, wanted):
    """The rows of as many matrices as ``count``, at even distances and with a wanted one: a picture needs all rows of one."""
    chosen = _evenly(range(slices), count)
    if wanted is not None and 0 <= wanted < slices:
        chosen[max(0, bisect.bisect_right(chosen, wanted) - 1)] = wanted
    return [number * height + row for number in chosen for row in range(height)]


def _evenly(places, count):
    if count >= len(places):
        return list(places)
    if count == 1:
        return [places[0]]
    return [places[index * (len(places) - 1) // (count - 1)] for index in range(count)]


def _indices(cell, shape):
    indices = []
    for size in reversed(shape):
        indices.append(cell % size)
        cell //= size
    return reversed(indices)
