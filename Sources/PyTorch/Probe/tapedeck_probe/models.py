"""The script's models: which modules they are, and what their parts and parameters are called."""

import sys
import weakref

import torch

from .frames import script_frames
from .own import alive
from .tensors import dtype_word, shape_of

#: How many modules and parameters a message lists at most.
MOST_LISTED = 20_000
#: How many modules in sight are looked at.
_MOST_IN_SIGHT = 50


class Models:
    """Names for modules and tensors. It holds nothing alive."""

    def __init__(self):
        self.revision = 0
        self._roots = []  # (reference to the module, its name in the script)
        self._paths = weakref.WeakKeyDictionary()
        self._names = {}  # id of a tensor: (reference to it, name, whether it is listed as a parameter)
        self._parameters = []
        self._left_out = weakref.WeakSet()

    @property
    def is_known(self):
        """Whether any parameter is known."""
        return bool(self._parameters)

    @property
    def parameters(self):
        """The parameters that are still alive, as (name, tensor), in the models' order."""
        found = [(name, alive(reference)) for name, reference in self._parameters]
        return [(name, tensor) for name, tensor in found if tensor is not None]

    def path(self, module):
        """A module's path in its model, ``layer3.attention``; None for a module of no known model."""
        return self._paths.get(module)

    def name(self, tensor):
        """The name of a parameter or buffer; None for other tensors."""
        known = self._names.get(id(tensor))
        return known[1] if known is not None and known[0]() is tensor else None

    def parameter(self, name):
        """The parameter with a name; None where there is none."""
        return next((tensor for other, tensor in self.parameters if other == name), None)

    def buffers(self):
        """The buffers that a saved model has, as (name, tensor), in the models' order."""
        found = []
        for _, root in self.roots():
            for module in root.modules():
                for key, tensor in module._buffers.items():
                    if tensor is not None and key not in module._non_persistent_buffers_set:
                        name = self.name(tensor)
                        if name is not None:
                            found.append((name, tensor))
        return found

    def roots(self):
        """The models that are still alive, as (name in the script, module)."""
        found = [(name, reference()) for reference, name in self._roots]
        return [(name, module) for name, module in found if module is not None]

    def root_of(self, module):
        """The outermost model that a module belongs to."""
        root = next((root for _, root in self.roots() if _contains(root, module)), None)
        return root if root is not None else _owner(module)[0]

    def meet(self, module):
        """Learns the model of a module that is called outside any other."""
        if module in self._paths:
            return
        root, name = _owner(module)
        if not _has_parameters(root):
            # A loss without parameters is no model; its operators stand by themselves.
            self._paths[module] = None
            return
        self._add_root(root, name or type(root).__name__)
        # The others in sight are learned with it, so that names do not change when they are called.
        for other_name, other in list(_modules_in_sight())[:_MOST_IN_SIGHT]:
            if _has_parameters(other) and not any(_contains(known, other) for _, known in self.roots()):
                self._add_root(other, other_name)
        self._read()

    def leave_out(self, root):
        """Leaves a model out, also where it is called again."""
        # Others may be reading.
        self._left_out = weakref.WeakSet([*self._left_out, root])
        if any(root is known for _, known in self.roots()):
            self._roots = [(reference, name) for reference, name in self._roots if reference() is not root]
            self._read()

    def leave_none_out(self):
        """Leaves no model out any more."""
        self._left_out = weakref.WeakSet()

    def _add_root(self, root, name):
        if root in self._left_out:
            return
        self._roots = [(reference, known) for reference, known in self._roots if not _contains(root, reference())]
        self._roots.append((weakref.ref(root), name))

    def name_replica(self, replica, module):
        """Gives a copy of a module its path."""
        path = self.path(module)
        if path is not None:
            self._paths[replica] = path

    def refresh(self):
        """Reads the models again, after one has got new parts."""
        self._read()

    def meet_parameters(self, tensors):
        """Learns parameters that an optimizer changes and no known model has."""
        unknown = [tensor for tensor in tensors if self.name(tensor) is None]
        if not unknown:
            return
        for _, module in _modules_in_sight():
            if any(parameter is unknown[0] for parameter in module.parameters()):
                self.meet(module)
        loose = [tensor for tensor in unknown if self.name(tensor) is None]
        for tensor in loose:
            name = variable_name(tensor) or "parameter"
            self._add_parameter(self._free(name), tensor)
        if loose:
            self.revision += 1

    def _free(self, name):
        taken = {known for known, _ in self._parameters}
        number = 1
        while (name if number == 1 else "%s_%d" % (name, number)) in taken:
            number += 1
        return name if number == 1 else "%s_%d" % (name, number)

    def _add_parameter(self, name, tensor):
        reference = weakref.ref(tensor)
        self._names[id(tensor)] = (reference, name)
        self._parameters.append((name, reference))

    def _read(self):
        roots = self.roots()
        known = [*(root for _, root in roots), *self._left_out]
        inside = {id(tensor) for root in known for tensor in root.parameters()}
        loose = [(name, tensor) for name, tensor in self.parameters if id(tensor) not in inside]
        # Other threads may read meanwhile.
        paths, names, parameters = weakref.WeakKeyDictionary(), {}, []

        def add(name, tensor):
            if id(tensor) not in names:
                reference = weakref.ref(tensor)
                names[id(tensor)] = (reference, name)
                parameters.append((name, reference))

        for name, root in roots:
            prefix = "" if len(roots) == 1 else name
            for path, module in root.named_modules():
                paths.setdefault(module, _joined(prefix, _own_path(path)))
            for path, parameter in root.named_parameters():
                add(_joined(prefix, _own_path(path)), parameter)
            for path, buffer in root.named_buffers():
                names.setdefault(id(buffer), (weakref.ref(buffer), _joined(prefix, _own_path(path))))
        for name, tensor in loose:
            add(name, tensor)
        self._paths, self._names, self._parameters = paths, names, parameters
        self.revision += 1

    def message(self, optimizers):
        """What the models are, for the host."""
        listed = self.parameters[:MOST_LISTED]
        optimized = {id(tensor) for optimizer in optimizers for tensor in _optimized(optimizer)}
        return {
            "type": "model",
            "revision": self.revision,
            "models": [self._tree(name, root) for name, root in self.roots()],
            "parameters": [
                {
                    "name": name,
                    "shape": shape_of(tensor),
                    "dtype": dtype_word(tensor),
                    "device": str(tensor.device),
                    "obstacle": _obstacle(tensor, optimized, optimizers),
                }
                for name, tensor in listed
            ],
            "optimizers": [describe_optimizer(optimizer) for optimizer in optimizers],
        }

    def are_evaluated(self):
        """Whether all models are in evaluation mode."""
        is_any = False
        for reference, _ in self._roots:
            root = reference()
            if root is not None:
                if root.training:
                    return False
                is_any = True
        return is_any

    def owner(self, optimizer):
        """The name of the model whose parameters an optimizer updates; None where there is one model, or none has them."""
        first = next(iter(_optimized(optimizer)), None)
        roots = self.roots()
        if len(roots) < 2 or first is None:
            return None
        return next((name for name, root in roots if any(tensor is first for tensor in root.parameters())), None)

    def _tree(self, name, root):
        modules = []
        for path, module in root.named_modules():
            if hasattr(module, "_orig_mod"):
                # The module that was compiled comes next, under the same path.
                continue
            modules.append({"path": self._paths.get(module) or path, "class": type(module).__name__, "detail": _detail(module)})
            if len(modules) == MOST_LISTED:
                break
        class_name = type(getattr(root, "_orig_mod", root)).__name__
        return {"name": name, "class": class_name, "training": root.training, "modules": modules}


def _optimized(optimizer):
    return [tensor for group in optimizer.param_groups for tensor in group["params"]]


def _obstacle(tensor, optimized, optimizers):
    """What keeps a parameter from being trained, in a few words; None where nothing does."""
    if not tensor.requires_grad:
        return "requires no gradient"
    if optimizers and id(tensor) not in optimized:
        return "not in %s" % " or ".join(sorted({type(optimizer).__name__ for optimizer in optimizers}))
    return None


def describe_optimizer(optimizer):
    """An optimizer with its settings, those of its first group."""
    groups = optimizer.param_groups
    settings = {}
    for name, value in (groups[0] if groups else {}).items():
        if isinstance(value, torch.Tensor) and value.numel() == 1:
            value = value.item()
        if isinstance(value, bool) or value is None:
            settings[name] = value
        elif isinstance(value, (int, float)) and abs(value) != float("inf") and value == value:
            settings[name] = value
        elif isinstance(value, tuple) and all(isinstance(part, (int, float)) for part in value):
            settings[name] = list(value)
    return {"class": type(optimizer).__name__, "groups": len(groups), "settings": settings}


def _detail(module):
    try:
        return str(module.extra_repr())[:200]
    except Exception:
        return ""


def _joined(prefix, path):
    return "%s.%s" % (prefix, path) if prefix and path else prefix or path


def _own_path(path):
    """A path without the parts that ``torch.compile`` puts into it."""
    return ".".join(part for part in path.split(".") if part != "_orig_mod") if "_orig_mod" in path else path


def _has_parameters(module):
    return next(module.parameters(), None) is not None


def _contains(root, module):
    return module is None or any(part is module for part in root.modules())


def _owner(module):
    """The outermost model in sight that a module belongs to, with its name in the script."""
    best, best_name, best_size = module, None, -1
    for name, candidate in _modules_in_sight():
        size = sum(1 for _ in candidate.modules())
        if size > best_size and _contains(candidate, module):
            best, best_name, best_size = candidate, name, size
    return best, best_name


def _modules_in_sight():
    """The modules that the script's frames and globals name, as (name, module)."""
    spaces = []
    for frame in script_frames():
        spaces.append(frame.f_locals)
        owner = frame.f_locals.get("self")
        if owner is not None:
            spaces.append(getattr(owner, "__dict__", {}))
            spaces.append(getattr(owner, "_modules", {}))
    main = sys.modules.get("__main__")
    spaces.append(getattr(main, "__dict__", {}))
    for space in spaces:
        for name, value in list(space.items()):
            if isinstance(value, torch.nn.Module):
                yield name, value


def object_name(wanted):
    """What the script calls an object: a variable, an attribute of ``self``, or a key of a dictionary; None without a name.

    The outermost name says most: a function calls its argument the same whatever it is given.
    """
    found = None
    for frame in script_frames():
        names = frame.f_locals
        dictionaries = [one for one in names.values() if type(one) is dict]
        for space in [names, getattr(names.get("self"), "__dict__", {}), *dictionaries]:
            here = (name for name, value in list(space.items()) if value is wanted and isinstance(name, str) and name[:1] != "_")
            name = next(here, None)
            if name is not None:
                found = name
                break
    return found


def variable_name(tensor):
    """What the nearest frame of the script calls a tensor; None where it has no name."""
    for place, frame in enumerate(script_frames()):
        for name, value in list(frame.f_locals.items()):
            if value is tensor and not name.startswith("_"):
                return name
        if place == 3:
            break
    return None
