"""What is measured of one watched step, as one message."""

import torch

from .batch_facts import CLASSIFYING, Inputs, Targets, value_of
from .cuts import cut_of
from .graph import BACKWARD
from .measures import equal_rows, real_numbers
from .models import MOST_LISTED
from .operators import LOSSES
from .run_facts import held, trained_roots, unlisted
from .scalars import ABSENT, is_known, number
from .tensors import number_array
from .units import units


class StepFacts:
    """Measures a step: everything is computed first, fetched at once, and then put into words."""

    def __init__(self, deck, watch, loop, measures):
        self._deck, self._watch, self._loop, self._measures = deck, watch, loop, measures
        self._graph = watch.graph
        #: The nodes that are looked up by rows, which are no units of a layer.
        self.tables = {one for node in watch.graph.nodes if node.operation == "embedding" for one in node.inputs}

    def message(self, optimizers, old, roots, taken):
        """The message's header and its arrays."""
        nodes, measures = self._graph.nodes, self._measures
        reached = {visit.node for visit in self._watch.visits if visit.phase == BACKWARD and visit.autograd is not None}
        values = [(node.id, measures.statistics(value_of(node))) for node in nodes if value_of(node) is not None]
        values = [(one, found) for one, found in values if found is not None]
        gradients = [(node.id, *self._of_gradient(node)) for node in nodes if _gradient(node) is not None]
        gradients = [one for one in gradients if one[1] is not None]
        found_units = [one for one in (units(node, self._graph, measures) for node in nodes) if one is not None]
        probabilities = self._probabilities()
        parameters = [_Parameter(self, *one) for one in self._parameters(optimizers, old)]
        call = self._classifying_call()
        targets = Targets(call, measures) if call is not None else None
        inputs = Inputs(self._graph, self._deck.models, measures)
        measures.fetch()
        header = {
            "type": "stepFacts",
            "step": self._watch.step,
            "nodes": len(nodes),
            "values": [one for one, _ in values],
            "gradients": [one for one, _, _ in gradients],
            "reached": sorted(one for one in reached if one is not None),
            "probabilities": [one for one, rows in probabilities if rows[0]],
            "reductions": [[call.node, call.reduction] for call in self._loop.losses if call.node is not None],
            "dimensions": [one for one in map(_dimension, nodes) if one is not None],
            "optimizer": self._optimizer(optimizers),
            "units": [[one.node, one.count, len(one.active()), len(one.saturated())] for one in found_units],
            "parameters": [one.message(reached, roots, taken) for one in parameters],
            "inputs": inputs.message(),
            "targets": targets.message() if targets is not None else None,
            "batchCount": self._batch_count(call, inputs),
            "calls": self._loop.message(held(optimizers)),
        }
        arrays = [
            number_array("loss", "f64", [number(self._watch.losses)] if is_known(self._watch.losses) else []),
            number_array("learningRate", "f64", [number(self._deck.updates.learning_rate())]),
            number_array("valueStatistics", "f64", [one for _, found in values for one in found.numbers()]),
            number_array("gradientStatistics", "f64", [one for _, found, _ in gradients for one in found.numbers()]),
            number_array("gradientMagnitudes", "f64", [found[0] for _, _, found in gradients]),
            number_array("active", "i64", [one for unit in found_units for one in unit.active()]),
            number_array("saturated", "i64", [one for unit in found_units for one in unit.saturated()]),
            number_array("parameterNumbers", "f64", [one for parameter in parameters for one in parameter.numbers()]),
            *(inputs.arrays() + (targets.arrays() if targets is not None else [])),
        ]
        return {key: value for key, value in header.items() if value is not None}, arrays

    def _of_gradient(self, node):
        gradient = _gradient(node)
        return self._measures.statistics(gradient), self._measures.magnitude(gradient)

    def _probabilities(self):
        """Which of what loss functions are given could be rows of probabilities, with what is to be fetched."""
        found = {}
        for node in self._graph.nodes:
            if node.operation not in LOSSES or not node.inputs:
                continue
            given = value_of(self._graph.nodes[node.inputs[0]])
            values = real_numbers(given) if given is not None else None
            if values is None or values.dim() < 2 or values.shape[1] < 2:
                continue
            is_one = (values.sum(1) - 1).abs().max() < 1e-3
            found[node.inputs[0]] = self._measures.later(((values >= 0).all() & is_one).to(torch.int64))
        return list(found.items())

    def _parameters(self, optimizers, old):
        """The trained tensors that this step is to change, as (name, tensor, node, the norm of what its gradient was before)."""
        models, graph = self._deck.models, self._graph
        wanted = {id(one) for _, root in trained_roots(models, optimizers) for one in root.parameters()}
        known = held(optimizers)
        if len(optimizers) > 1:
            # One of them ends this step: the others' parameters have their own steps.
            mine = held(self._deck.updates.done())
            known, wanted = mine, wanted & mine
        found = []
        for name, tensor in models.parameters[:MOST_LISTED]:
            if id(tensor) not in wanted and id(tensor) not in known:
                continue
            place = graph.node_of(tensor)
            node = graph.nodes[place] if place is not None else None
            found.append((name, tensor, node, old.get(id(tensor)) if id(tensor) in known else None))
        return found + [(node.name, tensor, node, None) for node, tensor in unlisted(graph, models)]

    def _optimizer(self, optimizers):
        """Which of several optimizers ended the step, by its place; None where there is one."""
        done = self._deck.updates.done()
        if len(optimizers) < 2 or not done:
            return None
        return next(place for place, one in enumerate(optimizers) if one is done[-1])

    def _classifying_call(self):
        calls = self._loop.losses
        fitting = [call for call in calls if call.name in CLASSIFYING]
        return (fitting or calls or [None])[0]

    def _batch_count(self, call, inputs):
        counts = [one["samples"] for one in self._loop.backwards if one["samples"] is not None]
        return counts[0] if counts else call.samples if call is not None else inputs.count

    @property
    def measures(self):
        """What collects the numbers."""
        return self._measures

    @property
    def graph(self):
        """The step's graph."""
        return self._graph


def _dimension(node):
    """The node of a softmax with the dimension over which it sums, from 0; None for others."""
    if node.operation not in ("softmax", "log_softmax") or not node.arguments:
        return None
    named = [value for name, value in node.arguments if name == "dim"] or [value for _, value in node.arguments[1:2]]
    rank = len(node.shapes[0]) if node.shapes else 0
    if not named or type(named[0]) is not int or rank == 0:
        return None
    return [node.id, named[0] % rank]


class _Parameter:
    """What is measured of a trained tensor."""

    def __init__(self, facts, name, tensor, node, old):
        measures = facts.measures
        self.name, self._tensor, self._node, self._graph = name, tensor, node, facts.graph
        self._old = measures.later(old) if old is not None else None
        self._norm = measures.norm(tensor)
        gradient = tensor.grad
        self._gradient = measures.norm(gradient) if gradient is not None else None
        self._magnitude = measures.magnitude(gradient) if gradient is not None else None
        self._update = self._unchanged = self._equal = None
        change = node.update() if node is not None else None
        if change is not None and real_numbers(change) is not None:
            before = node.before.tensor
            self._update = measures.norm(change)
            self._unchanged = measures.later((change.abs() <= 1e-8 + 1e-5 * before.abs()).all())
            if gradient is not None and node.id not in facts.tables:
                rows = equal_rows(before, gradient)
                self._equal = measures.later(rows) if rows is not None else None

    def message(self, reached, roots, taken):
        """What is no number, for the host."""
        is_reached = self._node is not None and self._node.id in reached
        said = {"name": self.name, "isReached": is_reached}
        if self._old and self._old[0] != 0:
            said["keepsOldGradient"] = True
        if self._unchanged:
            said["isUnchanged"] = bool(self._unchanged[0])
        if self._equal and self._equal[0]:
            said["equalRows"] = [int(one) for one in self._equal[1:]]
        if not is_reached and self._node is not None and self._tensor.requires_grad:
            said["cutNode"], said["cutLocation"] = cut_of(self._graph, self._node.id, roots, taken)
        return said

    def numbers(self):
        """The norms of the tensor, its gradient and its update, and the mean magnitude of its gradient."""
        parts = (self._norm, self._gradient, self._update, self._magnitude)
        return [ABSENT if not part else part[0] for part in parts]


def modules_in_evaluation(models, optimizers):
    """The modules that behave differently in training, of models that are trained in evaluation mode."""
    return [
        module
        for _, root in trained_roots(models, optimizers)
        if not root.training
        for module in root.modules()
        if behaves_differently(module) and not module.training
    ]


def modules_with_modes(models, optimizers):
    """The modules that behave differently in training, of models that are trained."""
    return [
        {
            "name": name_of(module, models),
            "class": type(module).__name__,
            "isDropout": isinstance(module, torch.nn.modules.dropout._DropoutNd),
        }
        for _, root in trained_roots(models, optimizers)
        for module in root.modules()
        if behaves_differently(module)
    ]


def name_of(module, models):
    """What a module is called: its path, or its class where it is a whole model."""
    return models.path(module) or type(module).__name__


def behaves_differently(module):
    """Whether a module does something else in training than in evaluation: dropout and batch norm."""
    if isinstance(module, torch.nn.modules.dropout._DropoutNd):
        return module.p > 0
    return isinstance(module, torch.nn.modules.batchnorm._BatchNorm) and module.track_running_stats


def _gradient(node):
    entries = node.gradients.get(0)
    return entries[-1][1].tensor if entries else None
