"""Answers what the arithmetic of a cell is asked from: single cells of tensors, and what operators were called with."""

import torch

from .own import Own
from .answers import MOST_CELLS, kept_value
from .tensors import dtype_word, oddity, plain, shape_of, wire_array


def send_cells(deck, request, watch):
    """Sends cells of several tensors, and the calls of several nodes."""
    step = request.get("step")
    if step is not None and (watch is None or watch.step != step):
        watch = deck.kept.get(int(step))
    if watch is None:
        raise ValueError("The tensors of this step were not kept.")
    limit = min(MOST_CELLS, int(request.get("limit") or MOST_CELLS))
    tensors, arrays = [], []
    with Own():
        for place, wanted in enumerate(request.get("tensors") or ()):
            entry, values = _found(watch, wanted, request.get("visit"), limit)
            tensors.append(entry)
            if values is not None:
                arrays.append(wire_array("t%d" % place, values))
    nodes = watch.graph.nodes
    calls = [call_of(nodes[int(node)]) if 0 <= int(node) < len(nodes) else None for node in request.get("calls") or ()]
    header = {"type": "cells", "id": request.get("id"), "step": watch.step, "tensors": tensors, "calls": calls}
    deck.wire.send(header, arrays)


def _found(watch, wanted, visit, limit):
    """What is said of a tensor, and its cells; without cells it is said why."""
    node = watch.graph.nodes[int(wanted["node"])]
    view = wanted.get("view") or "value"
    # A value is wanted as forward read it: before any update of the step.
    kept = kept_value(node, view, int(wanted.get("output", 0)), 0 if view == "value" else visit)
    tensor = kept.tensor if kept is not None else None
    if tensor is None:
        return {"missing": "the %s of %s %s" % (view, node.name, _reason(kept))}, None
    odd = oddity(tensor)
    values = None if odd is not None or tensor.is_complex() else plain(tensor)
    if values is None:
        return {"missing": "%s is %s" % (node.name, odd or dtype_word(tensor))}, None
    entry = {"shape": shape_of(tensor), "dtype": dtype_word(tensor)}
    if view == "gradient":
        entry["count"] = len(node.gradients[int(wanted.get("output", 0))])
    cells = wanted.get("cells")
    if (values.numel() if cells is None else len(cells)) > limit:
        return {"missing": "%s has too many cells" % node.name}, None
    if cells is None:
        return entry, values
    places = torch.tensor([int(cell) for cell in cells], dtype=torch.long, device=values.device)
    return entry, torch.take(values, places)


def _reason(kept):
    return "was %s" % (kept.note or "not kept") if kept is not None else "is not there yet"


def call_of(node):
    """What a node's operator was called with; None where that was not seen."""
    if node.arguments is None:
        return None
    return {
        "node": node.id,
        "operation": node.operation,
        "arguments": node.arguments,
        "results": [{"shape": shape, "dtype": node.dtype} for shape in node.shapes],
    }
