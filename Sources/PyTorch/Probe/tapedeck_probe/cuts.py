"""Where the way from a parameter to the loss is cut."""

#: Functions and properties that give numbers without their graph.
CUTS = frozenset(("data", "item", "numpy", "tolist", "detach_", "__array__"))
#: Functions that have no gradient by their nature: what uses them is seldom meant to be trained through.
_WITHOUT_GRADIENT = frozenset("argmax argmin eq ne lt le gt ge sort topk round floor sign shape_as_tensor".split())


def cut_of(graph, start, roots, taken):
    """The operator that cuts a parameter off, as (its node, its place); (None, None) where none is known.

    ``roots`` are the nodes that backward was called on. ``taken`` has (node, place) for each tensor whose numbers the
    script took out of the graph.
    """
    live, cut_by, first = {start}, {}, None
    for node in graph.nodes[start + 1 :]:
        sources = [one for one in node.inputs if one in live]
        if sources and node.requires_grad:
            live.add(node.id)
        elif sources and node.operation not in _WITHOUT_GRADIENT and _is_real(node):
            cut_by[node.id] = node
            first = first or node
        else:
            origin = next((cut_by[one] for one in node.inputs if one in cut_by), None)
            if origin is not None:
                cut_by[node.id] = origin
    for root in roots:
        if root in cut_by:
            return cut_by[root].name, cut_by[root].location
    for number, place in taken:
        if number in live:
            return graph.nodes[number].name, place
    if first is not None and first.operation == "detach":
        return first.name, first.location
    return None, None


def _is_real(node):
    return node.dtype is None or node.dtype.startswith(("float", "bfloat", "complex"))
