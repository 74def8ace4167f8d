"""The node that a script failed in, and what the node was given."""

import traceback

import torch

from .frames import is_machinery, is_probe


def failed_node(deck, error):
    """The keys of the exception message about the node; none where no operator failed."""
    if deck.is_aside:
        return {}
    node = _node(deck, [frame for frame, _ in traceback.walk_tb(error.__traceback__)])
    found = {} if node is None else {"node": node.name, "step": deck.step, "location": node.location}
    return {**found, **deck.facts.changed_in_place(str(error))}


def _node(deck, frames):
    """The node that failed, which is added to the step's graph where the step was not watched."""
    watch = deck.watch
    failed = getattr(watch, "failed_node", None)
    if failed is not None:
        return failed
    inner = _innermost_with_tensors(frames)
    if inner is None:
        return None
    if not hasattr(watch, "graph"):
        watch = deck.watch_from_here()
    module = next((frame.f_locals.get("self") for frame in reversed(frames) if _is_module(frame)), None)
    path = deck.models.path(module) if module is not None else None
    return watch.add_failed_frame(inner.f_code.co_name, _tensors(inner), path, _script_frame(frames))


def _innermost_with_tensors(frames):
    return next((frame for frame in reversed(frames) if not is_probe(frame.f_code) and _tensors(frame)), None)


def _tensors(frame):
    """A frame's tensors by the names it has for them."""
    return {name: value for name, value in list(frame.f_locals.items()) if isinstance(value, torch.Tensor)}


def _is_module(frame):
    return isinstance(frame.f_locals.get("self"), torch.nn.Module)


def _script_frame(frames):
    return next((frame for frame in reversed(frames) if not is_machinery(frame.f_code)), None)


