"""Steps that the host wants whole, with all their values and gradients: for a recording."""

import time

from .cells import call_of
from .own import Own
from .tensors import dtype_word, number_array, oddity, plain, wire_array

#: The share of the script's time that whole steps may take which nobody asked for.
TIME_SHARE = 0.01


class Wishes:
    """Which steps the host wants whole."""

    def __init__(self, message=None):
        self.steps = set()
        self.every = 0
        self.next = self.soon = False
        #: The most bytes of a step; 0 while nothing is recorded.
        self.limit = 0
        self.seconds = 0.0
        self.take(message or {})

    def take(self, message):
        """Adds what a message asks for."""
        self.steps.update(int(step) for step in message.get("steps", ()))
        self.every = int(message.get("every", self.every))
        self.next = bool(message.get("next", False)) or self.next
        self.soon = bool(message.get("soon", False)) or self.soon
        self.limit = int(message.get("limit", self.limit))

    def need_nodes(self, step, seconds):
        """Whether a step must be watched for them, `seconds` after the run began."""
        return self.are_meant(step) or self.soon and self.seconds <= TIME_SHARE * seconds

    def are_meant(self, step):
        """Whether just this step was asked for."""
        return self.next or step in self.steps or bool(self.every) and step % self.every == 0


def send_if_wanted(deck, watch):
    """Sends a step that has ended where that was asked for."""
    wishes = deck.wishes
    is_meant = wishes.are_meant(watch.step)
    if not watch.is_whole or not (is_meant or wishes.soon):
        return
    wishes.next = wishes.soon = False
    wishes.steps.discard(watch.step)
    send(deck, watch, is_meant)


def send_last(deck):
    """Sends the step in which the script fails, as far as it has come."""
    if deck.wishes.limit and deck.watch is not None and hasattr(deck.watch, "graph"):
        send(deck, deck.watch, True)


def send(deck, watch, is_wanted):
    """Sends a step with all its values and gradients, the smallest first, as far as the limit of bytes allows."""
    begun = time.perf_counter()
    limit = deck.wishes.limit or 1 << 30
    deck.moments.send_moment(watch, None, "recorded")
    with Own():
        found = [(node, tensor) for node in watch.graph.nodes for tensor in _tensors(deck, watch, node)]
        numbers = [_plain(tensor[-1]) for _, tensor in found]
        size = 0
        chosen = set()
        for place in sorted((place for place, one in enumerate(numbers) if one is not None), key=lambda place: _bytes(numbers[place])):
            size += _bytes(numbers[place])
            if size > limit:
                break
            chosen.add(place)
        for place in sorted(chosen):
            node, (view, part, visit, tensor) = found[place]
            _send_tensor(deck, watch.step, node.name, view, part, visit, tensor, numbers[place])
    seconds = time.perf_counter() - begun
    deck.wishes.seconds += seconds
    deck.wire.send(
        {
            "type": "recorded",
            "step": watch.step,
            "isWanted": is_wanted,
            "tensors": len(chosen),
            "leftOut": len(found) - len(chosen),
            "seconds": seconds,
            "calls": [call for call in (call_of(node) for node in watch.graph.nodes) if call is not None],
        }
    )


def _send_tensor(deck, step, name, view, part, visit, tensor, values):
    parts = [(part, values)]
    if values.is_complex():
        parts = [(part, values.real), (" ".join(filter(None, (part, "imaginary"))), values.imag)]
    word = dtype_word(tensor)
    remark = ", ".join(filter(None, (None if word == "float32" else word, oddity(tensor))))
    for part_name, one in parts:
        said = {"type": "kept", "step": step, "node": name, "view": view, "visit": visit, "shape": list(one.shape)}
        if part_name:
            said["part"] = part_name
        if remark:
            said["remark"] = remark
        deck.wire.send(said, [wire_array("values", one)])


def _tensors(deck, watch, node):
    """All tensors of a node, as (view, which further one, from which visit on, tensor)."""
    begin = 0 if node.visited is None or node.kind != "operation" else node.visited
    if node.before is not None:
        yield "value", None, 0, node.before.tensor
        begin = node.updated or 0
    for output, kept in enumerate(node.values):
        yield "value", "output %d" % (output + 1) if output else None, begin, kept.tensor
    for output, entries in node.gradients.items():
        for visit, kept in entries:
            yield "gradient", "output %d" % (output + 1) if output else None, visit, kept.tensor
    if node.updated is not None:
        for name, tensor in deck.answers.memory(node.tensor).items():
            yield "value", name, node.updated, tensor


def _plain(tensor):
    return plain(tensor) if tensor is not None else None


def _bytes(values):
    return values.numel() * max(4, values.element_size())


def send_hashes(deck, step):
    """Sends a hash of each parameter, as it is now or was after a step; none where those are not kept."""
    from .ranks import hashes

    found = hashes(deck.models) if step is None else deck.ranks.of_step(step)
    header = {"type": "hashes", "step": deck.step if step is None else step}
    deck.wire.send(header, [number_array("hash", "i64", found or [])])
