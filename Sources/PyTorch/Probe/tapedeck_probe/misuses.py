"""Calls of torch's that do something else than a script seems to want."""

import functools
import sys
import weakref

import torch

from .frames import is_machinery, is_probe, place, script_frame
from .own import Own, alive, guarded, is_compiling
from .run_facts import held, trained_roots

#: Attributes that some set to freeze a module or a tensor; torch reads none of them.
_OF_MODULES = ("requires_grad", "require_grad", "requires_grads", "require_grads")
_OF_TENSORS = ("require_grad", "requires_grads", "require_grads")
#: More of one kind are not told.
_MOST = 64
#: The parameters by which it is told whether anything trains them.
_MOST_SUMS = 16
#: With fewer backwards than this a script may only try them.
_FEWEST_BACKWARDS = 3


class Misuses:
    """Remembers such calls until they are told."""

    def __init__(self, deck):
        self._deck = deck
        self._flags = []  # what was set without an effect: (reference to its owner, the attribute, place)
        self._loads = weakref.WeakKeyDictionary()  # module: (what it has, what was saved, place)
        self._dropouts = {}  # place: the name of a module
        self._backwards = 0
        self._before = None  # the sums of parameters when backward first ran

    def install(self, patches):
        """Sees those calls."""
        deck = self._deck
        flagged = guarded(deck, self._flagged)
        for owner, names in ((torch.nn.Module, _OF_MODULES), (torch.Tensor, _OF_TENSORS)):
            added = [name for name in names if not hasattr(owner, name)]
            for name in added:
                patches.add(owner, name, _Flag(name, flagged))
            patches.replace(owner, "__dir__", _without(added, owner.__dir__))
        load = torch.nn.Module.load_state_dict
        patches.replace(torch.nn.Module, "load_state_dict", _then(load, guarded(deck, self._loaded)))
        functional = torch.nn.functional
        for name in ("dropout", "dropout2d", "dropout3d"):
            patches.replace(functional, name, _before(getattr(functional, name), guarded(deck, self._dropped)))
        clipped = guarded(deck, lambda *_: deck.facts.clipped())
        for name in ("clip_grad_norm_", "clip_grad_value_"):
            clip = _before(getattr(torch.nn.utils, name), clipped)
            for owner in (torch.nn.utils, sys.modules["torch.nn.utils.clip_grad"]):
                patches.replace(owner, name, clip)

    # What happens

    def _flagged(self, owner, name, value):
        frame = script_frame()
        # What a module sets of itself is its own affair.
        if value is False and len(self._flags) < _MOST and frame is not None and frame.f_locals.get("self") is not owner:
            self._flags.append((weakref.ref(owner), name, place(frame)))

    def _loaded(self, result, module, args, kwargs):
        strict = kwargs.get("strict", args[1] if len(args) > 1 else True)
        self._loads.pop(module, None)
        missing, unexpected = getattr(result, "missing_keys", ()), getattr(result, "unexpected_keys", ())
        if not strict and missing and unexpected and set(missing) >= {name for name, _ in module.named_parameters()}:
            self._loads[module] = (missing[0], unexpected[0], len(unexpected), place(script_frame()))

    def _dropped(self, args, kwargs):
        if torch.is_grad_enabled() or len(self._dropouts) >= _MOST:
            return
        frame = script_frame()
        module = frame.f_locals.get("self") if frame is not None else None
        probability = args[1] if len(args) > 1 else kwargs.get("p", 0.5)
        if not isinstance(module, torch.nn.Module) or module.training or not probability > 0:
            return
        if len(args) > 2 or "training" in kwargs:
            # A layer of dropout tells its mode: one that forward makes is in no model, and always in training mode.
            layer = _calling_layer()
            is_on = args[2] if len(args) > 2 else kwargs["training"]
            if layer is None or not is_on or any(one is layer for one in module.modules()):
                return
        self._dropouts.setdefault(place(frame), self._deck.models.path(module) or type(module).__name__)

    def backward_begins(self):
        """Backward is about to run."""
        self._backwards += 1
        if self._before is None:
            self._before = self._sums()

    def _sums(self):
        with Own():
            return {name: float(tensor.sum()) for name, tensor in self._deck.models.parameters[:_MOST_SUMS] if not tensor.is_meta}

    # What is told

    def message(self, optimizers):
        """The calls so far, for the host."""
        flags = {}
        for reference, name, where in self._flags:
            owner = alive(reference) if isinstance(reference(), torch.Tensor) else reference()
            tensors = list(owner.parameters()) if isinstance(owner, torch.nn.Module) else [owner] if owner is not None else []
            known = held(optimizers)
            found = [one for one in tensors if one.requires_grad and one.grad is not None and id(one) in known]
            if found:
                called = self._name(owner, found[0])
                flags.setdefault(where, _misuse("flagWithoutEffect", called, [name], 0, where))["count"] += len(found)
        loads = [
            _misuse("nothingLoaded", type(module).__name__, [own, saved], count, where)
            for module, (own, saved, count, where) in list(self._loads.items())
        ]
        return [
            *flags.values(),
            *loads,
            *(_misuse("dropoutInEvaluation", name, [], 0, where) for where, name in self._dropouts.items()),
        ]

    def _name(self, owner, tensor):
        models = self._deck.models
        path = models.path(owner) if isinstance(owner, torch.nn.Module) else None
        return path or (models.name(tensor) if path is None and owner is tensor else None) or type(owner).__name__

    def never_stepped(self):
        """The optimizer that a script has made and not used at its end, though backward ran and nothing else trained; else None."""
        deck = self._deck
        made = deck.patches.made_optimizers()
        if deck.updates.count or not made or self._backwards < _FEWEST_BACKWARDS:
            return None
        is_training = any(root.training for _, root in trained_roots(deck.models, made))
        if not is_training or not self._before or self._before != self._sums():
            return None
        where = deck.facts.makings.place(made[0])
        return _misuse("neverStepped", type(made[0]).__name__, [], self._backwards, where)


def sequence_first(models, optimizers):
    """The modules of trained models that take the first dimension for time, by their paths."""
    kinds = (torch.nn.RNNBase, torch.nn.MultiheadAttention)
    found = [
        models.path(module)
        for _, root in trained_roots(models, optimizers)
        for module in root.modules()
        if isinstance(module, kinds) and getattr(module, "batch_first", None) is False
    ]
    return [path for path in found if path is not None][:_MOST]


def _calling_layer():
    """The layer of dropout of torch's that has called its function; None where something else has."""
    frame = sys._getframe(2)
    while frame is not None and is_probe(frame.f_code):
        frame = frame.f_back
    caller = frame.f_locals.get("self") if frame is not None and is_machinery(frame.f_code) else None
    return caller if isinstance(caller, torch.nn.modules.dropout._DropoutNd) else None


class _Flag:
    """An attribute that torch does not have: what is set is kept, as without it, and seen."""

    def __init__(self, name, seen):
        self._name, self._seen = name, seen

    def __get__(self, owner, kind=None):
        if owner is None:
            return self
        if self._name not in vars(owner):
            raise AttributeError("'%s' object has no attribute '%s'" % (getattr(kind, "__name__", kind), self._name))
        return vars(owner)[self._name]

    def __set__(self, owner, value):
        vars(owner)[self._name] = value
        self._seen(owner, self._name, value)

    def __delete__(self, owner):
        try:
            del vars(owner)[self._name]
        except KeyError:
            raise AttributeError(self._name) from None


def _without(flags, listed):
    """What an object lists, without flags that it does not have: torch.compile reads all that is listed."""

    @functools.wraps(listed)
    def call(self):
        return [name for name in listed(self) if name not in flags or name in vars(self)]

    return call


def _misuse(kind, name, words, count, where):
    return {"kind": kind, "name": name, "words": words, "count": count, "location": where}


def _then(original, seen):
    """A method after which something is called with its result."""

    @functools.wraps(original)
    def call(self, *args, **kwargs):
        result = original(self, *args, **kwargs)
        seen(result, self, args, kwargs)
        return result

    return call


def _before(original, seen):
    """A function before which something is called."""

    @functools.wraps(original)
    def call(*args, **kwargs):
        if not is_compiling():
            seen(args, kwargs)
        return original(*args, **kwargs)

    # TorchScript compiles what is called: this leads it to the function itself.
    call.__script_if_tracing_wrapper = True
    call.__original_fn = original
    return call
