"""Breakpoints as the host sends them: where they stop, and what must hold there."""

import math
import operator as compare

import torch

from .graph import BACKWARD, BATCH, FORWARD, LOSS, UPDATE
from .own import Own
from .tensors import is_finite, norm, plain, statistics

_COMPARISONS = {"<": compare.lt, "<=": compare.le, ">": compare.gt, ">=": compare.ge, "==": compare.eq, "!=": compare.ne}
#: Which outputs are at an end of a function: of inputs beyond ±9.5 of tanh, outside −23…17 of sigmoid.
_ENDS = {
    "tanh": lambda values: values.abs() >= _rounded(math.tanh(9.5), values),
    "sigmoid": lambda values: (values <= 1 / (1 + math.exp(23))) | (values >= _rounded(1 / (1 + math.exp(-17)), values)),
}
_MEASURES = {"min": 1, "max": 2, "mean": 3, "std": 4, "nan": 7, "inf": 8}


class Moment:
    """What a breakpoint is asked about: a node that has just run, or, without one, a step's numbers."""

    def __init__(self, deck, watch=None, visit=None, is_loss=False, is_gradients=False, is_start=False):
        self.deck, self.watch, self.visit = deck, watch, visit
        self.is_loss, self.is_gradients, self.is_start = is_loss, is_gradients, is_start
        self.node = watch.graph.nodes[visit.node] if visit is not None and visit.node is not None else None
        self.phase = visit.phase if visit is not None else None

    def results(self):
        """The tensors that the node has just computed, each with whose values they are; the node's own need no words."""
        if self.node is None:
            return []
        if self.phase in (FORWARD, LOSS, UPDATE) or self.phase == BACKWARD and not self._is_gradient():
            kept, words = self.node.values, ""
        else:
            kept = [entries[-1][1] for entries in self.node.gradients.values() if entries[-1][0] == self.visit.number]
            words = " of its gradient"
        return [(one.tensor, words) for one in kept if one.tensor is not None]

    def tensor(self, reference):
        """The tensor that a condition names, and whether it has just been computed; (None, False) without one."""
        name, is_gradient = reference.get("node"), reference.get("view") == "gradient"
        parameter = self.deck.models.parameter(name)
        node = self.watch.graph.named(name) if self.watch is not None else None
        is_here = node is not None and node is self.node
        if parameter is not None:
            is_new = self.is_gradients if is_gradient else False
            if is_here:
                is_new = self._is_gradient() if is_gradient else self.phase == UPDATE
            return (parameter.grad if is_gradient else parameter), is_new
        if node is None:
            return None, False
        if is_gradient:
            entries = node.gradients.get(0)
            return (entries[-1][1].tensor if entries else None), is_here and self._is_gradient()
        return (node.values[0].tensor if node.values else None), is_here and self.phase in (FORWARD, LOSS)

    def operation(self, reference):
        """The operator that computed the tensor that a condition names; None for a parameter."""
        node = self.watch.graph.named(reference.get("node")) if self.watch is not None else None
        return None if node is None else node.operation

    def _is_gradient(self):
        return self.visit.autograd is not None


class Breakpoint:
    """One breakpoint, as the host's JSON has it."""

    def __init__(self, said):
        self.id = int(said["id"])
        self.node = said.get("node")
        self.line = said.get("line")
        self.phases = frozenset(said.get("phases") or ())
        self.condition = said.get("condition")
        self.text = str(said.get("text") or "")
        _check(self.condition)
        self.has_place = self.node is not None or self.line is not None or self.condition is None or bool(self.phases)

    def references(self):
        """The tensors that its condition names."""
        return list(_references(self.condition))

    @property
    def waits_for_nan(self):
        """Whether it asks for NaN or infinity in any value."""
        return not self.has_place and _mentions_any_value(self.condition)

    def is_hit(self, moment):
        """Whether it stops here."""
        if self.has_place:
            return self._is_at(moment) and (self.condition is None or _verdict(self.condition, moment)[0])
        if not _is_touched(self.condition, moment):
            return False
        holds, is_new = _verdict(self.condition, moment)
        return holds and is_new

    def measured(self, moment):
        """What was measured, as a sentence part; None for a bare place."""
        return " and ".join(_measured(self.condition, moment)) or None if self.condition else None

    def _is_at(self, moment):
        if moment.visit is None:
            return False
        if self.line is not None:
            return moment.phase in (FORWARD, LOSS) and moment.node is not None and _is_line(moment.node, self.line)
        if self.node is None:
            return self._has_phase(moment.phase)
        if self.node == "batch":
            return moment.phase == BATCH
        if moment.node is None or not names(self.node, moment.node):
            return False
        if moment.node.kind != "operation":
            # A parameter runs when it is updated; its gradient is a stop only where the phase backward is chosen.
            return self._has_phase(moment.phase) and (moment.phase == UPDATE or BACKWARD in self.phases)
        return self._has_phase(moment.phase)

    def _has_phase(self, phase):
        return not self.phases or phase in self.phases or phase == LOSS and FORWARD in self.phases


def names(wanted, node):
    """Whether a name means a node: its own name."""
    return node.name == wanted


def _is_line(node, line):
    file, _, number = (node.location or "").rpartition(":")
    wanted = str(line.get("file", ""))
    return number == str(line.get("line")) and (file == wanted or file.endswith("/" + wanted.lstrip("/")))


def _parts(condition):
    (kind, content), = condition.items()
    return kind, content


def _check(condition):
    """Raises where a condition is not one."""
    if condition is None:
        return
    kind, content = _parts(condition)
    if kind in ("and", "or"):
        _check(content["_0"])
        _check(content["_1"])
    elif kind == "comparison":
        _COMPARISONS[content["_1"]], float(content["_2"]), _parts(content["_0"])
    elif kind not in ("nan", "infinite"):
        raise ValueError("unknown condition %r" % kind)


def _references(condition):
    if condition is None:
        return
    kind, content = _parts(condition)
    if kind in ("and", "or"):
        yield from _references(content["_0"])
        yield from _references(content["_1"])
    elif kind == "comparison" and "measure" in content["_0"]:
        yield content["_0"]["measure"]["of"]


def _mentions_any_value(condition):
    if condition is None:
        return False
    kind, content = _parts(condition)
    if kind in ("and", "or"):
        return _mentions_any_value(content["_0"]) or _mentions_any_value(content["_1"])
    return kind in ("nan", "infinite")


def _verdict(condition, moment):
    """Whether a condition holds, and whether because of something that has just been computed."""
    kind, content = _parts(condition)
    if kind in ("and", "or"):
        left = _verdict(content["_0"], moment)
        if kind == "and" and not left[0]:
            return left
        right = _verdict(content["_1"], moment)
        if kind == "and":
            return right[0], right[0] and (left[1] or right[1])
        return left[0] or right[0], left[1] or right[1]
    if kind in ("nan", "infinite"):
        holds = any(_count(tensor, kind) > 0 for tensor, _ in moment.results())
        return holds, holds
    value, is_new = _value(content["_0"], moment)
    holds = value is not None and _COMPARISONS[content["_1"]](value, float(content["_2"]))
    return holds, holds and is_new


def _is_touched(condition, moment):
    kind, content = _parts(condition)
    if kind in ("and", "or"):
        return _is_touched(content["_0"], moment) or _is_touched(content["_1"], moment)
    if kind in ("nan", "infinite"):
        return moment.node is not None
    quantity, details = _parts(content["_0"])
    if quantity == "measure":
        return moment.tensor(details["of"])[1]
    return moment.is_loss if quantity == "loss" else moment.is_start


def _value(quantity, moment):
    """A quantity's number, None where there is none yet, and whether it is new."""
    kind, details = _parts(quantity)
    if kind == "step":
        return float(moment.deck.step), moment.is_start
    if kind == "epoch":
        return float(moment.deck.epoch), moment.is_start
    if kind == "loss":
        return moment.deck.backward.loss(), moment.is_loss
    tensor, is_new = moment.tensor(details["of"])
    if tensor is None:
        return None, is_new
    return _measure(details["_0"], tensor, moment.operation(details["of"])), is_new


def _measure(measure, tensor, operation):
    with Own():
        if measure == "norm":
            return norm(tensor)
        values = plain(tensor)
        if values is None:
            return None
        if measure == "dead":
            return _share_of_units(values.abs() >= 1e-5, lambda active, _: active == 0)
        if measure == "saturated":
            ends = _ENDS.get(operation)
            return None if ends is None else _share_of_units(ends(values), lambda count, total: 2 * count > total)
        if measure == "vanishing":
            return float(float(values.abs().double().mean()) < 1e-7)
        found = statistics(values)
        if measure == "zeros":
            return found[6] / found[0] if found[0] else 0.0
        return found[_MEASURES[measure]]


def _rounded(number, values):
    """A number as the type of some values has it, in single precision at most."""
    kind = torch.float32 if values.dtype == torch.float64 else values.dtype
    return float(torch.tensor(number, dtype=kind))


def _share_of_units(holds, is_counted):
    """The share of units for whose values something holds as often as wanted: of channels of images, else of the last axis."""
    if holds.dim() == 0 or holds.numel() == 0:
        return None
    axis = 1 if holds.dim() >= 4 else holds.dim() - 1
    units = holds.shape[axis]
    counts = holds.movedim(axis, 0).reshape(units, -1).sum(dim=1)
    return float(is_counted(counts, holds.numel() // units).double().mean())


def _count(tensor, kind):
    with Own():
        values = plain(tensor)
        if values is None or is_finite(values):
            return 0
        return int((values.isnan() if kind == "nan" else values.isinf()).sum())


def _measured(condition, moment):
    kind, content = _parts(condition)
    if kind in ("and", "or"):
        return _measured(content["_0"], moment) + _measured(content["_1"], moment)
    if kind in ("nan", "infinite"):
        word = "NaN" if kind == "nan" else "infinite"
        counts = [(_count(tensor, kind), tensor.numel(), whose) for tensor, whose in moment.results()]
        return [
            "%d of %d values%s %s %s" % (count, total, whose, "is" if count == 1 else "are", word)
            for count, total, whose in counts
            if count
        ]
    value, _ = _value(content["_0"], moment)
    if not _verdict(condition, moment)[0] or value is None:
        return []
    return ["%s is %s" % (_quantity_text(content["_0"]), "%.6g" % value if math.isfinite(value) else value)]


def _quantity_text(quantity):
    kind, details = _parts(quantity)
    if kind != "measure":
        return kind
    suffix = ".grad" if details["of"].get("view") == "gradient" and details["_0"] != "vanishing" else ""
    return "%s(%s%s)" % (details["_0"], details["of"].get("node"), suffix)


class Breakpoints:
    """All enabled breakpoints, and how closely the run must be watched for them."""

    def __init__(self, said=(), parameter_names=()):
        enabled = [one for one in said if one.get("isEnabled", True)]
        self.all = [Breakpoint(one) for one in enabled if not one.get("stopsAtFindings")]
        #: Whether findings of the diagnosis stop the run, which is the host's to decide.
        self.stop_at_findings = len(self.all) < len(enabled)
        self._parameters = frozenset(parameter_names)
        #: Whether every value must be checked for NaN.
        self.need_nan = any(one.waits_for_nan for one in self.all)
        #: Whether nodes must be watched in every step.
        self.need_nodes = any(self._needs_nodes(one) for one in self.all)

    def _needs_nodes(self, one):
        if one.has_place:
            return True
        return any(
            reference.get("node") not in self._parameters or reference.get("view") != "gradient"
            for reference in one.references()
        )

    def hits(self, moment):
        """The breakpoints that stop here, as messages have them."""
        return [
            {"breakpoint": one.id, "text": one.text, "measured": one.measured(moment)} for one in self.all if one.is_hit(moment)
        ]


