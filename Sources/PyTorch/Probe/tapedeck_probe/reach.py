"""What a call of a model can touch: found out before the model is called, so that all of it can be put back."""

import collections
import enum
import functools
import sys
import types
import warnings

import torch

from .code_names import Refused, code_names
from .frames import is_probe

#: More values than this, or more bytes of tensors, are not kept.
_MOST_VALUES, _MOST_BYTES = 200_000, 1 << 30
_CONTAINERS = (list, dict, set, collections.deque, collections.OrderedDict, collections.defaultdict)
_PLAIN = frozenset(
    (type(None), bool, int, float, complex, str, bytes, range, slice, type(...), type(NotImplemented))
    + (torch.dtype, torch.device, torch.layout, torch.memory_format, torch.finfo, torch.iinfo)
)
#: What reads the parts of a named tuple.
_FIELD = type(collections.namedtuple("_", "field").field)
_METHODS = (types.FunctionType, staticmethod, classmethod, property, functools.cached_property)
#: Modules whose classes and functions have no state beside their objects and arguments, and torch's random numbers.
_STATELESS = tuple(
    """torch.nn torch.functional torch.linalg torch.fft torch.special torch.distributions torch.amp torch.cuda.amp torch._tensor
    torch._jit_internal torch.jit._trace torch.autograd.grad_mode torch.autograd.function torch.utils.checkpoint torch.utils._contextlib
    torch._C._nn torch._C._linalg torch._C._fft torch._C._special math _operator operator typing einops itertools
    collections enum abc argparse""".split()
)
_TORCH = frozenset("is_tensor is_grad_enabled is_autocast_enabled is_inference_mode_enabled get_default_dtype typename".split())
_TORCH_CLASSES = frozenset((torch.Tensor, torch.Size, torch.device, torch.dtype, torch.finfo, torch.iinfo))
_FUNCTIONS = (functools.reduce, tuple.__new__, object.__new__, warnings.warn)
#: Words of Python's own that read an attribute by a name that is known only when they do.
_BY_NAME = frozenset(("getattr", "hasattr"))
_BUILTINS = frozenset(
    """abs all any bool bytes callable chr complex dict divmod enumerate filter float format frozenset getattr hasattr hash id int
    isinstance issubclass iter len list map max min next object ord pow print range repr reversed round set slice sorted str sum super
    tuple type zip""".split()
)
#: Methods of classes that no call of a model runs, except where it makes objects.
_UNCALLED = frozenset(
    """__init__ __new__ __post_init__ __repr__ __str__ __del__ __dir__ __sizeof__ __init_subclass__ __class_getitem__ __subclasshook__
    __reduce__ __reduce_ex__ __getstate__ __setstate__ __getnewargs__ __copy__ __deepcopy__ __annotate__ __annotate_func__ __replace__
    _generate_next_value_""".split()
)
#: What every module has: its parts are looked at, its hooks are called by torch alone.
_OF_MODULES = frozenset(vars(torch.nn.Module())) | {"_flat_weight_refs"}
_MADE_BY_PYTHON = 1 << 9
_PARTS = ("_parameters", "_buffers", "_modules")


class Reach:
    """Goes through everything that calls of a model with some arguments can read, and the code that they can run.

    All values have to be of kinds that are known to be put back: tensors, modules, plain values, lists and dictionaries of
    these, objects of Python classes that hold nothing else, and functions. Anything else is refused with an error.
    """

    def __init__(self, *roots):
        #: The dictionaries, lists and sets, those of attributes among them.
        self.containers = []
        self.tensors = []
        self._seen = {}
        self._count = self._bytes = 0
        self._attributes = {"forward", "setup_context"}  # what torch calls
        self._members = {}  # methods of classes by their names
        self._is_any_attribute = False
        self._waiting = list(roots)
        while self._waiting:
            self._look(self._waiting.pop())

    def _wait(self, values):
        self._count += len(values)
        if self._count > _MOST_VALUES:
            raise Refused("too much")
        self._waiting.extend(values)

    def _look(self, value):
        kind = type(value)
        if kind in _PLAIN or isinstance(value, getattr(sys.modules.get("numpy"), "generic", ())) or id(value) in self._seen:
            return
        self._seen[id(value)] = value
        if isinstance(value, torch.Tensor):
            self._look_at_tensor(value)
        elif kind in _CONTAINERS:
            self.containers.append(value)
            self._wait([*value, *value.values()] if isinstance(value, dict) else list(value))
            self._wait([getattr(value, "default_factory", None)])
        elif isinstance(value, (tuple, frozenset)):
            self._wait(list(value))
            if kind not in (tuple, frozenset):
                self._look_at_class(kind, False)
        elif isinstance(value, type):
            self._look_at_class(value, True)
        elif kind in _METHODS or isinstance(value, (types.MethodType, functools.partial)):
            self._look_at_method(value, False)
        elif isinstance(value, types.BuiltinFunctionType):
            self._look_at_builtin(value)
        elif isinstance(value, enum.Enum):
            self._wait([value.value])
        else:
            self._look_at_object(value)

    def _look_at_tensor(self, tensor):
        is_known = type(tensor) is torch.Tensor or type(tensor).__module__.startswith("torch.nn.")
        if not is_known or tensor.layout != torch.strided or tensor.device.type not in ("cpu", "cuda", "mps"):
            raise Refused(type(tensor))
        self._bytes += tensor.numel() * tensor.element_size()
        if self._bytes > _MOST_BYTES:
            raise Refused("too much")
        self.tensors.append(tensor)
        self._wait(list(vars(tensor).values()))

    def _look_at_object(self, value):
        attributes = getattr(value, "__dict__", None)
        if type(attributes) is not dict:
            raise Refused(type(value))
        self.containers.append(attributes)
        if isinstance(value, torch.nn.Module):
            own = {key: one for key, one in attributes.items() if key not in _OF_MODULES}
            for key in _OF_MODULES & attributes.keys():
                if type(attributes[key]) in _CONTAINERS:
                    self.containers.append(attributes[key])
            for part in _PARTS:
                self._wait(list(attributes[part].values()))
            attributes = own
        self._wait(list(attributes.values()))
        if type(value) is not types.SimpleNamespace:
            self._look_at_class(type(value), False)

    # Classes

    def _look_at_class(self, kind, makes):
        """A class whose objects are reached; with ``makes`` one that code can make objects of."""
        if makes and (_is_stateless(kind) or kind in _TORCH_CLASSES or isinstance(kind, type(torch.FloatTensor))):
            return
        if makes and kind.__module__ == "builtins":
            if kind.__name__ not in _BUILTINS and not issubclass(kind, BaseException):
                raise Refused(kind)
            return
        if ("class", id(kind), makes) in self._seen:
            return
        self._seen["class", id(kind), makes] = kind
        for base in kind.__mro__:
            if base in (object, tuple) or _is_stateless(base) or issubclass(kind, torch.autograd.Function) and base.__module__ == "torch._C":
                continue
            if makes and issubclass(base, BaseException) and base.__module__ == "builtins":
                continue
            if not base.__flags__ & _MADE_BY_PYTHON:
                # Objects of a class that C has made have a state of its own.
                raise Refused(base)
            for name, member in list(vars(base).items()):
                self._look_at_member(name, member, makes)

    def _look_at_member(self, name, member, makes):
        is_special = name[:2] == "__" == name[-2:] or name == "_abc_impl" or type(member) is _FIELD
        if isinstance(member, _METHODS):
            if name in _UNCALLED and not (makes and name in ("__init__", "__new__", "__post_init__")):
                return
            if is_special or name in self._attributes or self._is_any_attribute:
                self._look_at_method(member, True)
            else:
                self._members.setdefault(name, []).append(member)
        elif not is_special:
            self._wait([member])

    def _name(self, attributes):
        """Attributes that code reads: methods of these names can be called."""
        for name in attributes - self._attributes:
            self._attributes.add(name)
            for member in self._members.pop(name, ()):
                self._look_at_method(member, True)

    # Functions

    def _look_at_method(self, value, is_member):
        if isinstance(value, functools.partial):
            self._wait([value.func, value.args, value.keywords])
        elif isinstance(value, property):
            for function in (value.fget, value.fset):
                self._look_at_method(function, True) if function is not None else None
        elif isinstance(value, functools.cached_property):
            self._look_at_method(value.func, True)
        elif isinstance(value, (staticmethod, classmethod)):
            self._look_at_method(value.__func__, isinstance(value, staticmethod))
        elif isinstance(value, types.MethodType):
            self._wait([value.__self__])
            self._look_at_method(value.__func__, not isinstance(value.__self__, type))
        elif isinstance(value, types.FunctionType):
            self._look_at_function(value, is_member)
        else:
            self._wait([value])

    def _look_at_function(self, function, is_member):
        if ("function", id(function)) in self._seen:
            return
        self._seen["function", id(function)] = function
        if is_probe(function.__code__) or _is_of_torch(function):
            return
        if _is_named_stateless(function.__globals__.get("__name__")):
            # What a decorator of torch's wraps is the script's.
            self._wait([getattr(function, "__wrapped__", None)])
            return
        names = code_names(function.__code__, is_member)
        cells = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
        self.containers.append(function.__dict__)
        self._wait(list(function.__dict__.values()))
        self._wait([*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()])
        # Python's own cell for ``super`` has a class that is reached anyway.
        self._wait([_content(cells[name]) for name in names.outer if name != "__class__"])
        for chain in names.chains:
            self._look_at_name(chain, function.__globals__)
        self._name(names.attributes)

    def _look_at_name(self, chain, space):
        name, *rest = chain
        if name not in space:
            self._look_at_word(name, space)
            return
        value = space[name]
        while isinstance(value, types.ModuleType) and rest:
            if rest[0] not in vars(value):
                raise Refused(chain)
            value = vars(value)[rest.pop(0)]
        self._wait([value])

    def _look_at_word(self, name, space):
        """A name of Python's own."""
        words = space.get("__builtins__")
        value = (words if isinstance(words, dict) else vars(words)).get(name, self)
        if name not in _BUILTINS and not (isinstance(value, type) and issubclass(value, BaseException)) and type(value) not in _PLAIN:
            raise Refused(name)
        if name in _BY_NAME:
            self._is_any_attribute = True
            self._name(set(self._members))

    def _look_at_builtin(self, function):
        owner, name = function.__module__, function.__name__
        is_operator = owner == "torch" and function.__self__ is None
        is_word = owner == "builtins" and name in _BUILTINS - _BY_NAME or function in _FUNCTIONS
        if not (is_operator or is_word or _is_stateless(function) or _is_of_torch(function)):
            raise Refused(function)


def _is_stateless(thing):
    return _is_named_stateless(getattr(thing, "__module__", None))


def _is_named_stateless(name):
    return isinstance(name, str) and any(name == one or name.startswith(one + ".") for one in _STATELESS)


def _is_of_torch(function):
    return function.__name__ in _TORCH and vars(torch).get(function.__name__) is function


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:
        raise Refused("an empty cell") from None
