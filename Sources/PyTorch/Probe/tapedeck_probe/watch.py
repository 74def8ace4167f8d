"""Watches one step node by node: forward, backward and the optimizer's updates."""

import sys
import threading

import torch

from .autograd_hooks import BackwardHooks
from .frames import script_frame
from .graph import BACKWARD, BATCH, FORWARD, HAS_GRADIENT, LOSS, UPDATE, UPDATED, Graph, is_accumulator
from .operators import FunctionOperator, operator
from .own import Own, inside_transform, operands, tensors_in

#: More nodes than this are not watched in one step.
MOST_NODES = 50_000


class Visit:
    """A node that has just run."""

    __slots__ = ("number", "phase", "place", "node", "round", "autograd")

    def __init__(self, number, phase, place, node, round_, autograd):
        self.number = number
        self.phase = phase
        self.place = place
        self.node = node
        self.round = round_
        self.autograd = autograd


class Watch:
    """What ran in one step, and what it computed."""

    def __init__(self, deck, step, is_whole=True):
        self.deck = deck
        self.step = step
        #: Whether it saw the step from its beginning.
        self.is_whole = is_whole
        self.graph = Graph(deck.models, deck.history)
        self.visits = []
        #: What a node had from which visit on: (visit, node's id, whether it is its gradient, kept value).
        self.measured = []
        self.is_over = False
        #: What the step's loss is the sum of, once it has ended; None for none.
        self.losses = None
        #: How many times backward was followed by another forward.
        self.round = 0
        #: How many autograd nodes backward ran, and how many of them were seen.
        self.backward_nodes = 0
        self._counts = [0] * 5
        self._leftovers = {}  # before the step's own operators: what was computed of the step before
        self._updates = {}  # optimizer: its parameters' nodes before its step
        self._lock = threading.RLock()
        self.failed_node = None

    # Forward

    def run(self, func, args, kwargs):
        """Runs an operator of the script's, and adds its node."""
        try:
            info = operator(func)
            self._before_write(info, args, kwargs)
            if not info.makes_node:
                self.deck.facts.taken(info.name, args)
            prepared = info.makes_node and not self.deck.here().functions and self._prepare()
        except Exception:
            self.deck.trouble()
            prepared = False
        if not prepared:
            return func(*args, **kwargs)
        try:
            result = func(*args, **kwargs)
        except BaseException:
            self._failed(info, args, kwargs)
            raise
        try:
            self.add(info, args, kwargs, result)
        except Exception:
            self.deck.trouble()
        return result

    def _prepare(self):
        """Whether the operator becomes a node."""
        if not self._is_wanted(self.deck.here()):
            return False
        if not self.visits:
            self._visit(BATCH, None)
        return True

    def _before_write(self, info, args, kwargs):
        """Keeps the values that an operator, of the script or of the optimizer, is about to change in place."""
        written = info.written(args, kwargs)
        if written is None:
            return
        with Own(), self._lock:
            for tensor in tensors_in(written):
                self.deck.history.before_write(tensor)

    def _is_wanted(self, place):
        if len(self.graph.nodes) >= MOST_NODES or place.loading or inside_transform():
            return False
        has_gradients = torch.is_grad_enabled()
        if place.in_backward or place.in_optimizer:
            return has_gradients
        return has_gradients or bool(place.modules)

    def run_function(self, function, args, kwargs, call):
        """Runs an autograd Function of the script's own, whose inside is not looked into."""
        place = self.deck.here()
        if not self._is_wanted(place):
            return call(function, args, kwargs)
        info = FunctionOperator(function)
        place.functions += 1
        try:
            result = call(function, args, kwargs)
        except BaseException:
            self._failed(info, args, kwargs)
            raise
        finally:
            place.functions -= 1
        try:
            if not self.visits:
                self._visit(BATCH, None)
            self.add(info, args, kwargs, result)
        except Exception:
            self.deck.trouble()
        return result

    def add(self, info, args, kwargs, result):
        """Adds an operator that has run."""
        place = self.deck.here()
        with Own(), self._lock:
            inputs = operands(args, kwargs)
            written = info.written(args, kwargs)
            outputs = tensors_in(written) if written is not None else info.computed(inputs, tensors_in(result))
            if not outputs or written is not None and self._is_counter(outputs):
                return
            path, is_root = place.path()
            phase = self._phase(info, inputs, outputs, place, path)
            if phase is None or self._is_leftover(inputs, outputs, path):
                return
            frame = script_frame(sys._getframe(2))
            call = info.call(args, kwargs)
            node = self.graph.add_operator(info.name, inputs, outputs, path, is_root, phase, frame, call)
            node.in_place = written is not None
            if phase == BACKWARD:
                node.remark = node.remark or "computed again in backward"
            visit = self._record(phase, node)
        self.deck.stops.visited(self, visit)

    def _is_counter(self, tensors):
        """Whether only integers of the model's own were changed, as a batch normalization counts its batches."""
        return all(not tensor.is_floating_point() and self.deck.models.name(tensor) for tensor in tensors)

    def add_whole(self, name, remark, args, kwargs, result):
        """Adds one node for what is not looked into: a module's call, or a compiled function's."""
        place = self.deck.here()
        if not self._is_wanted(place):
            return
        with Own(), self._lock:
            if not self.visits:
                self._record(BATCH, None)
            inputs = operands(args, kwargs)
            outputs = [tensor for tensor in tensors_in(result) if not any(tensor is other for other in inputs)]
            if not outputs:
                return
            path, is_root = place.path()
            phase = self._phase(None, inputs, outputs, place, path)
            if phase is None:
                return
            node = self.graph.add_operator(name, inputs, outputs, path, is_root, phase, script_frame(sys._getframe(2)))
            node.remark = remark
            visit = self._record(phase, node)
        self.deck.stops.visited(self, visit)

    def _phase(self, info, inputs, outputs, place, path):
        """The phase that an operator belongs to; None for what is computed after backward without gradients."""
        if place.in_backward:
            return BACKWARD
        after_backward = bool(self.visits) and self.visits[-1].phase >= BACKWARD
        if after_backward and path is None and not any(tensor.requires_grad for tensor in outputs):
            return None
        if info is not None and info.is_loss or place.in_loss:
            return LOSS
        if path is None:
            numbers = (self.graph.node_of(tensor) for tensor in inputs)
            nodes = [self.graph.nodes[number] for number in numbers if number is not None]
            if any(node.phase == LOSS for node in nodes):
                return LOSS
            if any(node.in_model or node.kind == "operation" and node.group for node in nodes):
                return LOSS
        return FORWARD

    def _is_leftover(self, inputs, outputs, path):
        """Whether an operator still looks at what the step before has computed, as metrics do after an update."""
        if self._leftovers is None:
            return False
        if path is not None or any(tensor.requires_grad for tensor in outputs):
            self._leftovers = None
            return False
        if not any(tensor.requires_grad or id(tensor) in self._leftovers for tensor in inputs):
            return False
        self._leftovers.update((id(tensor), tensor) for tensor in outputs)
        return True

    def _failed(self, info, args, kwargs):
        try:
            place = self.deck.here()
            with Own(), self._lock:
                path, is_root = place.path()
                phase = BACKWARD if place.in_backward else FORWARD
                inputs = operands(args, kwargs)
                frame = script_frame(sys._getframe(2))
                self.failed_node = self.graph.add_failed(info.name, inputs, path, is_root, phase, frame)
        except Exception:
            self.deck.trouble()

    def add_failed_frame(self, operation, tensors, path, frame):
        """Adds the node of an error that ended a step which was not watched; the names are those of its frame."""
        with Own(), self._lock:
            for name, tensor in tensors.items():
                if self.deck.models.name(tensor) is None:
                    self.graph.add_named(tensor, name)
            self.failed_node = self.graph.add_failed(operation, list(tensors.values()), path, False, FORWARD, frame)
            return self.failed_node

    # Backward

    def hook_backward(self, tensors):
        """Hooks every autograd node that leads to these tensors; returns the hooks, to be removed."""
        self._leftovers = None
        with Own(), self._lock:
            for tensor in tensors_in(list(tensors)):
                if tensor.grad_fn is not None:
                    self.graph.input(tensor, FORWARD)
            return BackwardHooks(tensors, self.gradient, self._before_backward)

    def _before_backward(self, autograd_node):
        gradient = autograd_node.variable.grad if is_accumulator(autograd_node) else None
        if gradient is not None:
            # Backward adds to it in place.
            self.deck.history.before_write(gradient)

    def gradient(self, autograd_node, _, arrived):
        """Takes the gradient that has arrived at an autograd node, which has just run."""
        if self.is_over or self.deck.is_aside:
            return
        try:
            with Own(), self._lock:
                self.backward_nodes += 1
                node = self._take_gradients(autograd_node, arrived)
                visit = self._record(BACKWARD, node, autograd_node.name())
            self.deck.stops.visited(self, visit)
        except Exception:
            self.deck.trouble()

    def _take_gradients(self, autograd_node, arrived):
        if is_accumulator(autograd_node):
            parameter = autograd_node.variable
            node = self.graph.nodes[self.graph.input(parameter, FORWARD)]
            gradient = parameter.grad
            if gradient is not None:
                self._keep_gradient(node, 0, gradient)
            self.deck.facts.loop.reached(parameter)
            return node
        number = self.graph.owners.get(autograd_node)
        for owner, place, nr in self.graph.outputs.get(autograd_node, ()):
            if nr < len(arrived) and arrived[nr] is not None:
                self._keep_gradient(self.graph.nodes[owner], place, arrived[nr])
        if number is None:
            node = self.graph.add_autograd(autograd_node)
            for place, gradient in enumerate(arrived):
                if gradient is not None:
                    self._keep_gradient(node, place, gradient)
            return node
        return self.graph.nodes[number]

    def _keep_gradient(self, node, place, gradient):
        kept = self.deck.history.keep(gradient)
        node.gradients.setdefault(place, []).append((len(self.visits), kept))
        if place == 0:
            self.measured.append((len(self.visits), node.id, True, kept))
        node.progress = max(node.progress, HAS_GRADIENT)

    # The optimizer

    def before_update(self, optimizer, has_closure):
        """Keeps the parameters that an optimizer is about to change."""
        with Own(), self._lock:
            nodes = []
            for parameter in _changed(optimizer, has_closure):
                node = self.graph.nodes[self.graph.input(parameter, FORWARD)]
                gradients, gradient = node.gradients.get(0), parameter.grad
                if gradient is not None and not (gradients and gradients[-1][1].is_now(gradient)):
                    # It was clipped, or unscaled, since backward.
                    self._keep_gradient(node, 0, gradient)
                self.deck.history.before_write(parameter)
                if node.before is None and node.values:
                    node.before = node.values[0]
                nodes.append((node, parameter))
            self._updates[optimizer] = nodes

    def before(self, parameter):
        """A parameter's value before this step's update; None where it is not known."""
        number = self.graph.node_of(parameter)
        kept = self.graph.nodes[number].before if number is not None else None
        return kept.tensor if kept is not None else None

    def after_update(self, optimizer):
        """Visits the parameters that an optimizer has changed, one by one."""
        for node, parameter in self._updates.pop(optimizer, ()):
            with Own(), self._lock:
                if node.before is not None and node.updated is None:
                    self.measured.append((0, node.id, False, node.before))
                node.values = [self.deck.history.keep(parameter)]
                self.measured.append((len(self.visits), node.id, False, node.values[0]))
                node.progress = UPDATED
                node.updated = len(self.visits)
                visit = self._record(UPDATE, node)
            self.deck.stops.visited(self, visit)

    def seal(self):
        """Keeps the parameters as this step left them, before another step changes them."""
        for node in self.graph.nodes:
            if node.kind == "parameter":
                for kept in node.values:
                    if kept.tensor is not None:
                        self.deck.history.before_write(kept.tensor)

    # Visits

    def _visit(self, phase, node):
        with self._lock:
            visit = self._record(phase, node)
        self.deck.stops.visited(self, visit)

    def _record(self, phase, node, autograd=None):
        if phase in (FORWARD, LOSS) and self.visits and self.visits[-1].phase == BACKWARD:
            self.round += 1
        number = len(self.visits)
        visit = Visit(number, phase, self._counts[phase], node.id if node else None, self.round, autograd)
        self._counts[phase] += 1
        if node is not None and node.visited is None:
            node.visited = number
        self.visits.append(visit)
        return visit


def _changed(optimizer, has_closure):
    """The parameters that an optimizer is about to change; a closure may still give them gradients."""
    parameters = [tensor for group in optimizer.param_groups for tensor in group["params"]]
    return [tensor for tensor in parameters if has_closure or tensor.grad is not None]
