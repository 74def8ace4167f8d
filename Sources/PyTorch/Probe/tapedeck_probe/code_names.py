"""What a function's code names and writes, as far as that can be told without running it."""

import collections
import dis
import functools
import types

#: What code says: the names that it loads from outside, each with the attributes that are read of it at once; the attributes
#: that it reads of anything; and the names of outer functions that it reads.
CodeNames = collections.namedtuple("CodeNames", "chains attributes outer")

#: Attributes of Python's own that tell no more than what an object is, or that call what a class defines.
_HARMLESS = frozenset(
    """__call__ __class__ __contains__ __enter__ __exit__ __getattr__ __getitem__ __init__ __iter__ __len__ __name__
    __post_init__ __qualname__ __setattr__ __setitem__""".split()
)
#: Attributes of tensors, modules and torch that touch gradients, hooks, memory or files.
_TOUCHING = frozenset(
    """backward compile from_file grad grad_fn numpy register_hook register_post_accumulate_grad_hook requires_grad_ retain_grad
    share_memory share_memory_ storage to_dlpack typed_storage untyped_storage zero_grad gi_frame cr_frame f_globals""".split()
)
_ATTRIBUTES = ("LOAD_ATTR", "LOAD_METHOD", "LOAD_SUPER_ATTR")
_GENERATOR, _COROUTINE = 0x20, 0x80 | 0x100 | 0x200


class Refused(Exception):
    """A call may touch more than can be put back."""


@functools.lru_cache(None)
def code_names(code, may_write=True):
    """What code names, and the code within it.

    It may write its own variables, what it puts into lists and dictionaries, and where ``may_write`` attributes of its first
    argument. Code that writes anything else, imports, waits or goes on later is refused.
    """
    if code.co_flags & _COROUTINE or code.co_flags & _GENERATOR and code.co_name != "<genexpr>":
        raise Refused(code.co_name)
    operations = [one for one in dis.get_instructions(code) if one.opname not in ("EXTENDED_ARG", "CACHE")]
    first = code.co_varnames[0] if may_write and code.co_argcount else None
    chains, attributes, outer = set(), set(), set()
    for place, one in enumerate(operations):
        name = one.opname
        if name == "LOAD_BUILD_CLASS" or name.startswith("STORE_") and first in _stored(one):
            raise Refused(name)
        if name == "LOAD_GLOBAL":
            chains.add((one.argval, *_read_at_once(operations, place + 1)))
        elif name in _ATTRIBUTES or name == "STORE_ATTR" and first is not None and _is_of(first, operations, place):
            attributes.add(one.argval)
        elif one.opcode in dis.hasname:
            raise Refused("%s %s" % (name, one.argval))
        elif one.opcode in dis.hasfree and one.argval in code.co_freevars:
            if name.startswith(("STORE", "DELETE")):
                raise Refused("%s %s" % (name, one.argval))
            outer.add(one.argval)
    for name in attributes:
        if name in _TOUCHING or name[:2] == "__" == name[-2:] and name not in _HARMLESS:
            raise Refused(name)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            inner = code_names(constant, False)
            chains |= inner.chains
            attributes |= inner.attributes
            outer |= inner.outer & set(code.co_freevars)
    return CodeNames(frozenset(chains), frozenset(attributes), frozenset(outer))


def _read_at_once(operations, place):
    while operations[place].opname in _ATTRIBUTES:
        yield operations[place].argval
        place += 1


def _stored(operation):
    """The variables that an operation writes."""
    if operation.opname == "STORE_FAST_LOAD_FAST":
        return operation.argval[:1]
    if operation.opname.startswith(("STORE_FAST", "STORE_DEREF")):
        return operation.argval if isinstance(operation.argval, tuple) else (operation.argval,)
    return ()


def _loads(variable, operation):
    """Whether an operation ends with loading a variable."""
    if "LOAD_FAST" not in operation.opname and operation.opname != "LOAD_DEREF":
        return False
    return variable == (operation.argval[-1] if isinstance(operation.argval, tuple) else operation.argval)


def _is_of(variable, operations, place):
    """Whether an attribute that is written is a variable's: ``self.count = 1`` or ``self.count += 1``."""
    if _loads(variable, operations[place - 1]):
        return True
    if operations[place - 1].opname not in ("SWAP", "ROT_TWO"):
        return False
    for before in range(place - 2, 1, -1):
        duplicate, reading = operations[before - 1], operations[before]
        if duplicate.opname in ("COPY", "DUP_TOP") and reading.opname in _ATTRIBUTES and reading.argval == operations[place].argval:
            return _loads(variable, operations[before - 2])
    return False
