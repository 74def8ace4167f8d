"""Prints what a script itself computes, for the tests to compare with what the probe shows."""


def show(name, tensor):
    """Prints every number of a tensor under a node's name; ``name.grad`` is its gradient."""
    print("=", name, tensor.detach().double().flatten().tolist())
