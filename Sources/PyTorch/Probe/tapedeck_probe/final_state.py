"""The parameters and buffers as the script leaves them: a recording ends with them."""

import time

from .own import Own
from .tensors import dtype_word, plain, wire_array

#: How many seconds pass until it is looked again whether a parameter has got other memory.
_INTERVAL = 1.0


class FinalState:
    """Keeps the memory of the trained models of a recorded run, which may be gone when the script ends.

    It holds no module and no parameter, only what their numbers are in, and that of the newest models.
    """

    def __init__(self, deck):
        self._deck = deck
        self._revision = None
        self._due = 0.0
        self._held = {}  # (role, name): a tensor on the same memory
        self._is_sent = False

    def step_ended(self):
        """Keeps the models of a step that has ended, and those before them no longer."""
        if not self._deck.wishes.limit:
            return
        now = time.monotonic()
        if self._revision == self._deck.models.revision and now < self._due:
            return
        self._due = now + _INTERVAL
        found = self._tensors()
        if found:
            self._revision = self._deck.models.revision
            self._held = found

    def send(self):
        """Sends the state after the last step, where the host's limit has room for all of it."""
        deck = self._deck
        if not deck.wishes.limit or deck.step < 2 or self._is_sent:
            return
        self._is_sent = True
        with Own():
            # Those that are gone have kept their last values; of those that are there, the memory may be another by now.
            here = self._tensors()
            found = [(role, name, here.get((role, name), tensor)) for (role, name), tensor in self._held.items()]
            numbers = [plain(tensor) for _, _, tensor in found]
            size = sum(one.numel() * max(4, one.element_size()) for one in numbers if one is not None)
            is_whole = size <= deck.wishes.limit and all(one is not None and not one.is_complex() for one in numbers)
            for (role, name, tensor), one in zip(found, numbers if is_whole else ()):
                word = dtype_word(tensor)
                remark = None if word == "float32" else word
                said = {"type": "state", "role": role, "name": name, "shape": list(one.shape), "remark": remark}
                deck.wire.send(said, [wire_array("values", one)])
        sent = len(found) if is_whole else 0
        deck.wire.send({"type": "stateEnded", "step": deck.step - 1, "tensors": sent, "leftOut": len(found) - sent, "bytes": size})

    def _tensors(self):
        models = self._deck.models
        found = {}
        with Own():
            for role, tensors in (("parameter", models.parameters), ("buffer", models.buffers())):
                for name, tensor in tensors:
                    # Unlike what detach() returns, this never keeps the parameter itself. Of two of a name, the first is in
                    # a model.
                    found.setdefault((role, name), tensor.data)
        return found
