"""Hooks on the autograd nodes that a backward will run."""

import functools

from .own import tensors_in


class BackwardHooks:
    """Hooks every autograd node that leads to some tensors, until it is told to remove them.

    It holds the nodes too: where only C++ held one, Python's garbage collector would take its hooks away.
    """

    def __init__(self, tensors, hook, meets=lambda node: None):
        self._hooks = []
        waiting = [tensor.grad_fn for tensor in tensors_in(list(tensors))]
        seen = set()
        while waiting:
            node = waiting.pop()
            if node is None or node in seen:
                continue
            seen.add(node)
            meets(node)
            self._hooks.append((node, node.register_hook(functools.partial(hook, node))))
            waiting += [following for following, _ in node.next_functions]

    def remove(self):
        """Takes the hooks off."""
        for _, handle in self._hooks:
            handle.remove()
        self._hooks = []
