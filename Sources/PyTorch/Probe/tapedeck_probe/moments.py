"""What is sent of the run's current position: the watched step's graph, the order of its nodes, and a moment."""

import math

from .graph import PHASES
from .own import Own
from .scalars import ABSENT, number
from .tensors import norm, number_array


#: The largest number in float32.
_LARGEST = 3.4028234663852886e38


class Moments:
    """Tells the host what a watch has seen. What it has already been told is not sent again."""

    def __init__(self, deck):
        self._deck = deck
        self.model_revision = -1
        self._signatures = []
        self._watch = None
        self._visits_sent = self._measured_sent = 0
        self._norms = {}

    def send_moment(self, watch, visit, status, hits=(), phase="update", reason=None):
        """Sends where the run is, with all that is new of the graph before it."""
        deck = self._deck
        deck.send_model()
        deck.figures.send()
        if watch is not None:
            self.send_graph(watch)
            self._send_visits(watch)
        last = visit or (watch.visits[-1] if watch is not None and watch.visits else None)
        # A script that has ended has not begun the step that would be next.
        is_end = status == "ended" and watch is None
        position = _position(max(1, deck.step - 1) if is_end else deck.step, last, phase)
        loss = number(deck.losses) if is_end else deck.backward.loss()
        if watch is not None:
            position["step"] = watch.step
            loss = number(watch.losses) if watch.is_over else loss
        header = {
            "type": "moment",
            "status": status,
            "position": position,
            "node": last.node if last is not None else None,
            "epoch": deck.epoch,
            "isWatched": watch is not None,
            "optimizers": deck.updates.texts(),
            "hits": list(hits),
            "reason": reason,
            "model": deck.models.revision,
            "optimizer": deck.updates.expected(),
            "round": deck.updates.turns.round,
            "backwards": deck.backward.count,
            "backwardNodes": watch.backward_nodes if watch is not None else 0,
        }
        arrays = [number_array("loss", "f64", [number(loss)]), *self._parameter_arrays(watch)]
        if watch is not None:
            arrays += self._state_arrays(watch) + self._sketch_arrays(watch)
        deck.wire.send({key: value for key, value in header.items() if value is not None}, arrays)
        if deck.focus.get("node"):
            deck.answers.send_focus(watch)

    def send_graph(self, watch):
        """Sends the nodes of a watched step that are not those of the one before."""
        nodes = watch.graph.nodes
        signatures = [node.signature() for node in nodes]
        same = 0
        for one, other in zip(signatures, self._signatures):
            if one != other:
                break
            same += 1
        if same == len(signatures) and watch is self._watch:
            return
        is_new = same < len(signatures)
        if is_new:
            self._signatures = signatures
        if is_new or not watch.is_over and watch is not self._watch:
            # Where the nodes are those of the step before so far, its later nodes are still to come.
            self._deck.wire.send(
                {"type": "graph", "step": watch.step, "from": same, "nodes": [node.message() for node in nodes[same:]]}
            )

    def _send_visits(self, watch):
        if watch is not self._watch:
            self._watch = watch
            self._visits_sent = self._measured_sent = 0
        visits = watch.visits[self._visits_sent :]
        measured = watch.measured[self._measured_sent :]
        if not visits and not measured:
            return
        self._deck.wire.send(
            {
                "type": "visits",
                "step": watch.step,
                "from": self._visits_sent,
                "autograd": [visit.autograd for visit in visits],
            },
            [
                number_array("phase", "u8", [visit.phase for visit in visits]),
                number_array("node", "i32", [-1 if visit.node is None else visit.node for visit in visits]),
                number_array("round", "i32", [visit.round for visit in visits]),
                number_array("normVisit", "i32", [visit for visit, _, _, _ in measured]),
                number_array("normNode", "i32", [node for _, node, _, _ in measured]),
                number_array("normView", "u8", [int(is_gradient) for _, _, is_gradient, _ in measured]),
                number_array("norm", "f32", [_sendable(kept.norm) for _, _, _, kept in measured]),
            ],
        )
        self._measured_sent += len(measured)
        self._visits_sent = len(watch.visits)

    def _state_arrays(self, watch):
        nodes = watch.graph.nodes
        values = [node.values[0].norm if node.values else None for node in nodes]
        gradients = [node.gradients[0][-1][1].norm if node.gradients.get(0) else None for node in nodes]
        return [
            number_array("progress", "u8", [node.progress for node in nodes]),
            number_array("valueNorms", "f32", [_sendable(one) for one in values]),
            number_array("gradientNorms", "f32", [_sendable(one) for one in gradients]),
        ]

    def _sketch_arrays(self, watch):
        wanted = self._deck.sketched
        if not wanted:
            return []
        nodes = [node for node in watch.graph.nodes if node.name in wanted and node.values]
        known = [(node.id, node.values[0].sketch) for node in nodes]
        known = [(number, sketch) for number, sketch in known if sketch is not None]
        return [
            number_array("sketchNode", "i32", [number for number, _ in known]),
            number_array("sketchRange", "f32", [end for _, (low, high, _) in known for end in (low, high)]),
            number_array("sketchBins", "u8", [bin_ for _, (_, _, bins) in known for bin_ in bins]),
        ]

    def _parameter_arrays(self, watch):
        weights, gradients, ratios, updates = [], [], [], []
        before = {}
        if watch is not None:
            for node in watch.graph.nodes:
                if node.kind == "parameter" and node.before is not None and node.updated is not None:
                    before[node.name] = node
        with Own():
            for name, tensor in self._deck.models.parameters:
                weight = self._norm(tensor)
                update = before[name].update() if name in before else None
                update_norm = None if update is None else norm(update)
                old = before[name].before.norm if update_norm is not None else None
                weights.append(_sendable(weight))
                gradients.append(_sendable(None if tensor.grad is None else self._norm(tensor.grad)))
                updates.append(_sendable(update_norm))
                ratios.append(_sendable(update_norm / old if old else None))
        return [
            number_array("parameterWeightNorms", "f32", weights),
            number_array("parameterGradientNorms", "f32", gradients),
            number_array("parameterUpdateRatios", "f32", ratios),
            number_array("parameterUpdateNorms", "f32", updates),
        ]

    def _norm(self, tensor):
        """A norm that is measured again only where the tensor has changed."""
        try:
            version = (tensor.data_ptr(), tensor._version)
        except (RuntimeError, NotImplementedError):
            return norm(tensor)
        known = self._norms.get(id(tensor))
        if known is not None and known[0] == version:
            return known[1]
        if len(self._norms) > 100_000:
            self._norms.clear()
        result = norm(tensor)
        self._norms[id(tensor)] = (version, result)
        return result


def _position(step, visit, phase):
    if visit is None:
        return {"step": step, "phase": phase, "node": 0, "round": 0}
    return {"step": step, "phase": PHASES[visit.phase], "node": visit.place, "round": visit.round, "visit": visit.number}


def _sendable(value):
    """A norm as a float32; one that is too large for that is finite all the same."""
    return ABSENT if value is None else min(value, _LARGEST) if math.isfinite(value) else value
