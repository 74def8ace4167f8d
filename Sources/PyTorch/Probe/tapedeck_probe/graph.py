"""The graph of one watched step: its nodes, what they were computed from, and the order in which they ran."""

import threading
import weakref

import torch

from .calls import described
from .frames import place
from .models import variable_name
from .operators import backward_word
from .tensors import dtype_word, oddity, shape_of

BATCH, FORWARD, LOSS, BACKWARD, UPDATE = range(5)
PHASES = ("batch", "forward", "loss", "backward", "update")

#: How far a node has come, as the states of a moment say it.
WAITING, COMPUTED, HAS_GRADIENT, UPDATED, FAILED = range(5)


class Node:
    """One node: an operator, a parameter or an input."""

    __slots__ = (
        "id name operation kind group shapes dtype inputs phase location thread remark values gradients before "
        "tensor progress visited updated in_model arguments requires_grad in_place"
    ).split()

    def __init__(self, number, name, operation, kind, group, phase):
        self.id, self.name, self.operation, self.kind, self.group = number, name, operation, kind, group
        self.phase = phase
        self.shapes = []
        self.dtype = None
        self.inputs = []
        self.location = self.thread = self.remark = self.before = self.tensor = self.arguments = None
        self.values = []
        self.gradients = {}
        self.progress = WAITING
        self.visited = self.updated = None
        #: Whether a model's module computed it.
        self.in_model = False
        #: Whether its value is part of autograd's graph, and whether it was written over what was there.
        self.requires_grad = self.in_place = False

    def message(self):
        """The node for the host."""
        said = {
            "id": self.id,
            "name": self.name,
            "operation": self.operation,
            "kind": self.kind,
            "shape": self.shapes[0] if self.shapes else [],
            "inputs": self.inputs,
            "phase": PHASES[self.phase],
        }
        if len(self.shapes) > 1:
            said["outputs"] = self.shapes
        for key in ("group", "dtype", "location", "thread", "remark"):
            if getattr(self, key) is not None:
                said[key] = getattr(self, key)
        return said

    def update(self):
        """What the optimizer added to a parameter; None before it has."""
        if self.updated is None or self.before is None or self.before.tensor is None or not self.values:
            return None
        after = self.values[0].tensor
        return None if after is None else after - self.before.tensor

    def signature(self):
        """What makes a node the same as that of another step."""
        return (self.name, self.kind, tuple(map(tuple, self.shapes)), tuple(self.inputs), self.phase, self.location, self.remark)


class Graph:
    """The nodes of a step, found again by their tensors and by autograd's own nodes."""

    def __init__(self, models, history):
        self.nodes = []
        self.models = models
        self.history = history
        self.owners = {}  # autograd node: the graph node whose operator made it
        self.outputs = {}  # autograd node: [(graph node, which of its outputs, which of the autograd node's)]
        self._by_id = {}
        self._counts = {}

    def node_of(self, tensor):
        """The node that computed a tensor, by its number; None where it is not known."""
        return self.place_of(tensor)[0]

    def place_of(self, tensor):
        """The node that computed a tensor, and which of its outputs it is; (None, 0) where it is not known."""
        known = self._by_id.get(id(tensor))
        if known is not None and known[0]() is tensor:
            return known[1], known[2]
        if tensor.grad_fn is not None:
            for number, place_, nr in self.outputs.get(tensor.grad_fn, ()):
                if nr == tensor.output_nr:
                    return number, place_
        return None, 0

    def named(self, name):
        """The node with a name; None where there is none."""
        return next((node for node in self.nodes if node.name == name), None)

    def add_operator(self, operation, inputs, outputs, path, is_root, phase, frame, call=None):
        """Adds an operator that has run, after what it was computed from.

        ``call`` has the names of its parameters, its arguments and its keyword arguments.
        """
        numbers = [self.input(tensor, phase) for tensor in inputs]
        group = path
        if (is_root or path is None) and phase == FORWARD and len(numbers) == 1:
            # An activation belongs to the layer it follows.
            group = self.nodes[numbers[0]].group or path
        node = self._new(operation, "operation", group, phase)
        node.inputs = list(dict.fromkeys(numbers))
        node.in_model = path is not None
        node.location = place(frame)
        thread = threading.current_thread()
        if thread is not threading.main_thread():
            node.thread = thread.name
        if call is not None:
            # Before an output that is written in place takes the place of what was read.
            node.arguments = described(operation, *call, self)
        self._give(node, outputs)
        return node

    def add_failed(self, operation, inputs, path, is_root, phase, frame):
        """Adds an operator that raised an error."""
        node = self.add_operator(operation, inputs, [], path, is_root, phase, frame)
        node.progress = FAILED
        return node

    def input(self, tensor, phase):
        """The node of an operator's input, which is added where it is not there yet."""
        known = self.node_of(tensor)
        if known is not None:
            return known
        if tensor.grad_fn is not None:
            return self._add_unseen(tensor, phase).id
        return self._add_leaf(tensor, phase).id

    def add_autograd(self, autograd_node):
        """Adds what backward runs for an operator that was not seen."""
        node = self._new(backward_word(autograd_node.name()), "operation", None, FORWARD)
        node.remark = "its operator was not seen"
        self.owners[autograd_node] = node.id
        return node

    def own(self, autograd_node, number):
        """Ties the autograd nodes that an operator made to it."""
        waiting = [autograd_node]
        while waiting:
            one = waiting.pop()
            if one is None or one in self.owners or is_accumulator(one):
                continue
            self.owners[one] = number
            waiting += [following for following, _ in one.next_functions]

    def add_named(self, tensor, name):
        """Adds a tensor whose operator is not known, by the name that the script has for it."""
        if self.node_of(tensor) is None:
            node = self._new(name, "input", None, FORWARD)
            self._give(node, [tensor])

    def let_go(self):
        """Forgets the script's tensors and autograd's nodes, and keeps only the values."""
        self.owners.clear()
        self.outputs.clear()
        self._by_id.clear()
        for node in self.nodes:
            node.tensor = None

    def drop(self):
        """Forgets the values too."""
        self.let_go()
        for node in self.nodes:
            for kept in [*node.values, *(kept for _, kept in _flat(node.gradients)), node.before]:
                self.history.let_go(kept)

    def _give(self, node, outputs):
        for place_, tensor in enumerate(outputs):
            node.shapes.append(shape_of(tensor))
            node.values.append(self.history.keep(tensor))
            self._by_id[id(tensor)] = (weakref.ref(tensor), node.id, place_)
            autograd_node = tensor.grad_fn
            if autograd_node is not None:
                self.own(autograd_node, node.id)
                self.outputs.setdefault(autograd_node, []).append((node.id, place_, tensor.output_nr))
        if outputs:
            node.dtype = dtype_word(outputs[0])
            node.remark = oddity(outputs[0])
            node.progress = COMPUTED
            node.requires_grad = any(tensor.requires_grad for tensor in outputs)

    def _add_unseen(self, tensor, phase):
        """Adds the operator of a tensor that was computed out of sight, by what autograd knows of it."""
        autograd_node = tensor.grad_fn
        inputs, waiting, seen = [], [autograd_node], set()
        while waiting:
            one = waiting.pop()
            for following, _ in one.next_functions:
                if following is None or following in seen:
                    continue
                seen.add(following)
                if following in self.owners:
                    inputs.append(self.owners[following])
                elif is_accumulator(following):
                    inputs.append(self.input(following.variable, phase))
                else:
                    waiting.append(following)
        node = self._new(backward_word(autograd_node.name()), "operation", None, phase)
        node.inputs = sorted(dict.fromkeys(inputs))
        self._give(node, [tensor])
        node.remark = node.remark or "its operator was not seen"
        return node

    def _add_leaf(self, tensor, phase):
        known = self.models.name(tensor)
        is_parameter = tensor.requires_grad or isinstance(tensor, torch.nn.Parameter)
        name = known or variable_name(tensor) or ("parameter" if is_parameter else "input")
        parts = name.split(".")
        node = Node(
            len(self.nodes),
            self._unique(name),
            parts[-1],
            "parameter" if is_parameter else "input",
            ".".join(parts[:-1]) or None,
            phase if phase != BACKWARD else FORWARD,
        )
        self.nodes.append(node)
        self._give(node, [tensor])
        if is_parameter:
            node.tensor = tensor
            if known is None and self.models.roots():
                node.remark = node.remark or "not listed by its module"
        return node

    def _new(self, operation, kind, group, phase):
        name = "%s.%s" % (group, operation) if group else operation
        node = Node(len(self.nodes), self._unique(name), operation, kind, group or None, phase)
        self.nodes.append(node)
        return node

    def _unique(self, name):
        count = self._counts.get(name, 0) + 1
        self._counts[name] = count
        return name if count == 1 else "%s_%d" % (name, count)


def is_accumulator(autograd_node):
    """Whether an autograd node adds to a leaf's gradient."""
    return type(autograd_node).__name__ == "AccumulateGrad"


def _flat(gradients):
    return [entry for entries in gradients.values() for entry in entries]
