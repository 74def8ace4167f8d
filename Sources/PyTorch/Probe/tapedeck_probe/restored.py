"""Puts back what a script's model changes where it is run once more for a diagnosis."""

import collections
import contextlib
import io
import logging
import sys
import types
import warnings

import torch

#: More objects than this, or more bytes of tensors, are not kept.
_MOST_OBJECTS, _MOST_BYTES = 20_000, 256 << 20
#: How deep the attributes of objects are followed.
_DEEPEST = 4
_CONTAINERS = (list, dict, set, collections.deque, collections.OrderedDict, collections.defaultdict)
#: What has a state of its own that a copy of its attributes does not have, or is no part of a model.
_FOREIGN = (type, types.ModuleType, types.FunctionType, types.MethodType, types.BuiltinFunctionType, torch.Tensor, io.IOBase)


class TooMuch(Exception):
    """There is more than can be kept."""


class RandomNumbers:
    """The states of all generators of random numbers that a script is likely to use."""

    def __init__(self, spaces):
        self._undo = []
        self._keep(torch.get_rng_state, torch.set_rng_state)
        if torch.cuda.is_initialized():
            self._keep(torch.cuda.get_rng_state_all, torch.cuda.set_rng_state_all)
        if hasattr(torch, "mps") and torch.backends.mps.is_available():
            self._keep(torch.mps.get_rng_state, torch.mps.set_rng_state)
        for name, get, put in (("random", "getstate", "setstate"), ("numpy.random", "get_state", "set_state")):
            if name in sys.modules:
                self._keep(getattr(sys.modules[name], get), getattr(sys.modules[name], put))
        for value in [value for space in spaces for value in list(space.values())]:
            self._keep_generator(value)

    def put_back(self):
        """Gives the generators the states they had."""
        for put, state in self._undo:
            put(state)

    def _keep(self, get, put):
        self._undo.append((put, get()))

    def _keep_generator(self, value):
        kind = type(value)
        if isinstance(value, torch.Generator):
            self._keep(value.get_state, value.set_state)
        elif kind.__name__ in ("Random", "RandomState") and kind.__module__.startswith(("random", "numpy")):
            is_python = kind.__module__ == "random"
            self._keep(value.getstate if is_python else value.get_state, value.setstate if is_python else value.set_state)
        elif kind.__name__ == "Generator" and kind.__module__.startswith("numpy"):
            bits = value.bit_generator
            self._undo.append((lambda state: setattr(bits, "state", state), bits.state))


class Restored:
    """A context in which a model runs in evaluation mode, without gradients and without a word.

    The model's attributes, those of the objects in them, and the names and lists that its code has beside it are as they were
    afterwards. Buffers and other tensors of its own are copies inside, so that not even their counts of changes are others.
    """

    def __init__(self, root, keeps_parameters):
        self._root = root
        self._keeps_parameters = keeps_parameters
        #: Whether the model has changed its own parameters.
        self.has_changed_parameters = False

    def __enter__(self):
        self._undo, self._seen, self._copies, self._bytes, self._parameters = [], set(), {}, 0, []
        self._stack = contextlib.ExitStack()
        try:
            self._keep()
            self._silence()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _keep(self):
        modules = list(self._root.modules())
        spaces = {id(one): one for one in (getattr(type(module).forward, "__globals__", {}) for module in modules if _is_own(module))}
        main = vars(sys.modules["__main__"])
        spaces[id(main)] = main
        self.random = RandomNumbers([*spaces.values(), *map(vars, modules)])
        self._undo.append(self.random.put_back)
        for module in modules:
            self._visit(module, 0, True)
        for space in spaces.values():
            self._contents(space, _DEEPEST - 1, False)
        if self._keeps_parameters:
            self._parameters = [(one, one.data, one.detach().clone()) for one in self._root.parameters()]
        for module in modules:
            module.training = False

    def _silence(self):
        for context in (
            torch.no_grad(),
            _ignored_warnings(),
            contextlib.redirect_stdout(io.StringIO()),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            self._stack.enter_context(context)
        self._stack.callback(logging.disable, logging.root.manager.disable)
        logging.disable(logging.CRITICAL)

    def __exit__(self, *_):
        with torch.no_grad():
            for parameter, data, before in self._parameters:
                if parameter.data_ptr() != data.data_ptr() or not torch.equal(data, before):
                    self.has_changed_parameters = True
                    data.copy_(before)
                    parameter.data = data
        for undo in reversed(self._undo):
            undo()
        self._stack.close()
        self._copies, self._undo, self._parameters = {}, [], []

    def _visit(self, value, depth, copies):
        """Keeps what an object or a list holds."""
        if isinstance(value, torch.nn.Module):
            depth = 0
        if id(value) in self._seen or depth > _DEEPEST:
            return
        is_container = type(value) in _CONTAINERS
        if not is_container and (isinstance(value, _FOREIGN) or type(getattr(value, "__dict__", None)) is not dict):
            return
        self._seen.add(id(value))
        if len(self._seen) > _MOST_OBJECTS:
            raise TooMuch()
        self._contents(value if is_container else vars(value), depth, copies)

    def _contents(self, held, depth, copies):
        """Keeps the parts of a dictionary, a list or a set, and those of its parts; ``copies`` of tensors take their place."""
        is_dictionary = isinstance(held, dict)
        before = dict(held) if is_dictionary else list(held)
        self._undo.append(lambda: _put_back(held, before))
        if depth == _DEEPEST:
            return
        for key, value in list(before.items() if is_dictionary else enumerate(before)):
            if type(value) is not torch.Tensor:
                self._visit(value, depth + 1, copies)
            elif copies and not isinstance(held, set):
                held[key] = self._copy(value)

    def _copy(self, tensor):
        found = self._copies.get(id(tensor))
        if found is None:
            self._bytes += tensor.numel() * tensor.element_size()
            if self._bytes > _MOST_BYTES:
                raise TooMuch()
            found = self._copies[id(tensor)] = (tensor, tensor.detach().clone())
        return found[1]


@contextlib.contextmanager
def _ignored_warnings():
    """No warning is shown, nor counted as shown.

    ``warnings`` is not told of the filter, as it would be by its own functions: it would then forget what the script has
    been warned of, and warn again.
    """
    filters, before = warnings.filters, list(warnings.filters)
    filters.insert(0, ("ignore", None, Warning, None, 0))
    try:
        yield
    finally:
        filters[:] = before


def _put_back(held, before):
    if isinstance(held, dict):
        if list(held) != list(before):
            held.clear()
        for key, value in before.items():
            if key not in held or held[key] is not value:
                held[key] = value
    elif isinstance(held, set):
        if held != set(before):
            held.clear()
            held.update(before)
    elif len(held) != len(before) or any(one is not other for one, other in zip(held, before)):
        held.clear()
        held.extend(before)


def _is_own(module):
    """Whether a module's class is the script's."""
    return not type(module).__module__.startswith("torch.")
