"""What a run is made of, for its diagnosis: its parameters, its optimizer, its samples."""

import weakref

import torch

from .frames import place, script_frame
from .models import MOST_LISTED
from .own import Own
from .tensors import shape_of

#: More labels than this are not counted.
_MOST_LABELS = 10_000_000
#: More parts of a list are not looked through.
_MOST_PARTS = 10_000
#: More classes than this are not told apart.
MOST_CLASSES = 4096


class Makings:
    """Where in the script things were made."""

    def __init__(self):
        self._places = weakref.WeakKeyDictionary()

    def made(self, thing):
        """An optimizer, a data loader or a module of torch's is being made."""
        try:
            self._places[thing] = place(script_frame())
        except TypeError:
            # It cannot be told from others yet.
            pass

    def place(self, thing):
        """Where something was made; None where that was not seen."""
        try:
            return self._places.get(thing) if thing is not None else None
        except TypeError:
            return None

    def owner(self, tensor):
        """The module of torch's that has a tensor as a parameter; None where there is none."""
        for thing in list(self._places):
            if isinstance(thing, torch.nn.Module) and any(one is tensor for one in vars(thing).get("_parameters", {}).values()):
                return thing
        return None


def held(optimizers):
    """The tensors that optimizers have, by their ids."""
    return {id(tensor) for one in optimizers for group in one.param_groups for tensor in group["params"]}


def trained_roots(models, optimizers):
    """The models that are trained: those of whose parameters an optimizer has one, and those that get gradients though none does.

    A model that an optimizer does not have and that is in evaluation mode helps to train another.
    """
    known = held(optimizers)
    found = []
    for name, root in models.roots():
        parameters = list(root.parameters())
        is_held = any(id(one) in known for one in parameters)
        if is_held or root.training and any(one.grad is not None for one in parameters):
            found.append((name, root))
    return found


def unlisted(graph, models):
    """The nodes of trained tensors that no model lists although they are a module's, as (node, tensor)."""
    found = []
    for node in graph.nodes:
        tensor = node.tensor
        if node.kind != "parameter" or tensor is None or not tensor.requires_grad or models.name(tensor) is not None:
            continue
        if isinstance(tensor, torch.nn.Parameter) or _is_attribute(tensor, models):
            found.append((node, tensor))
    return found


def parameters(models, optimizers, graph, makings):
    """What there is to say of each trained tensor."""
    known = held(optimizers)
    listed = {id(one) for _, root in models.roots() for one in root.parameters()}
    wanted = {id(one) for _, root in trained_roots(models, optimizers) for one in root.parameters()}
    roots = models.roots()
    owners = {id(one): name for name, root in reversed(roots) for one in root.parameters()} if len(roots) > 1 else {}
    holders = {one: place for place, optimizer in enumerate(optimizers) for one in held([optimizer])} if len(optimizers) > 1 else {}
    found = []
    for name, tensor in models.parameters[:MOST_LISTED]:
        is_listed = id(tensor) in listed
        if is_listed and id(tensor) not in wanted:
            continue
        one = _parameter(name, tensor, is_listed, not optimizers or id(tensor) in known)
        one["model"], one["optimizer"] = owners.get(id(tensor)), holders.get(id(tensor))
        found.append(one)
    for node, tensor in unlisted(graph, models) if models.roots() else ():
        one = _parameter(node.name, tensor, False, not optimizers or id(tensor) in known)
        one["location"] = makings.place(makings.owner(tensor)) or _first_use(graph, node)
        found.append(one)
    return found


def samples(loader, makings):
    """What is known of the data that a loader takes its batches from."""
    if loader is None:
        return {}
    found = {"location": makings.place(loader)}
    try:
        count, size = len(loader.dataset), loader.batch_size
        found["sampleCount"] = count
        found["stepsPerEpoch"] = len(loader)
    except (TypeError, NotImplementedError, AttributeError):
        return found
    if isinstance(size, int) and size > 0:
        found["batchSize"] = size
        rest = count % size
        found["lastBatchSize"] = rest if rest and not loader.drop_last else min(size, count)
    labels = _labels(loader.dataset)
    if labels is not None and len(labels) == count:
        with Own():
            found["classCounts"] = torch.bincount(labels.reshape(-1)).tolist()
    names = getattr(loader.dataset, "__dict__", {}).get("classes")
    if isinstance(names, (list, tuple)) and all(isinstance(one, str) for one in names):
        found["classNames"] = list(names)[:MOST_CLASSES]
    return found


def _parameter(name, tensor, is_listed, is_held):
    return {
        "name": name,
        "shape": shape_of(tensor),
        "isListed": is_listed,
        "isHeld": is_held,
        "requiresGradient": tensor.requires_grad,
    }


def _first_use(graph, node):
    return next((one.location for one in graph.nodes if node.id in one.inputs), None)


def _is_attribute(tensor, models):
    """Whether a module has a tensor as a plain attribute, or in a list or a dictionary of its own."""
    for _, root in models.roots():
        for module in root.modules():
            for value in list(vars(module).values()):
                parts = value if type(value) in (list, tuple) else list(value.values()) if type(value) is dict else (value,)
                if len(parts) <= _MOST_PARTS and any(one is tensor for one in parts):
                    return True
    return False


def _labels(dataset):
    """The labels of a data set that has them in one tensor or list; None where they are not at hand."""
    if isinstance(dataset, torch.utils.data.TensorDataset):
        found = dataset.tensors[-1] if len(dataset.tensors) > 1 else None
    else:
        found = getattr(dataset, "__dict__", {}).get("targets")
    if isinstance(found, list) and 0 < len(found) <= _MOST_LABELS and all(type(one) is int for one in found):
        found = torch.tensor(found)
    is_usable = isinstance(found, torch.Tensor) and found.dtype == torch.int64 and found.dim() == 1
    if not is_usable or not 0 < found.numel() <= _MOST_LABELS:
        return None
    with Own():
        found = found.cpu()
        least, most = torch.aminmax(found)
        return found if int(least) >= 0 and int(most) < MOST_CLASSES else None
