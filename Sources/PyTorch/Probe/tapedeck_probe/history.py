"""Keeps the values of watched steps as they were when they were computed, within a budget of memory."""

import collections

from .own import Own
from .tensors import byte_count, norm, oddity, plain, sketch


class Kept:
    """One tensor of a node, as it was at its time."""

    __slots__ = ("tensor", "version", "base", "size", "note", "_norm", "_has_norm", "_sketch", "_has_sketch", "__weakref__")

    def __init__(self, tensor, version, base, size):
        self.tensor = tensor
        self.version = version
        self.base = base
        self.size = size
        self.note = None
        self._norm = None
        self._has_norm = False
        self._sketch = None
        self._has_sketch = False

    @property
    def sketch(self):
        """How its values are spread; None where that is not known."""
        if not self._has_sketch and self.tensor is not None:
            with Own():
                self._sketch = sketch(self.tensor)
            self._has_sketch = True
        return self._sketch

    @property
    def norm(self):
        """The Euclidean norm; None for a tensor without values."""
        if not self._has_norm and self.tensor is not None:
            with Own():
                self._norm = norm(self.tensor)
            self._has_norm = True
        return self._norm

    def is_now(self, tensor):
        """Whether a tensor is still the one that was kept, unchanged."""
        return self.tensor is not None and self.base == base_of(tensor) and self.version == version_of(tensor)

    def remark(self):
        """Why the numbers are missing or not those of its time, as a sentence part; None where they are."""
        if self.tensor is None:
            return self.note
        if self.version is not None and self.tensor._version != self.version:
            return "changed since by an operator that Tapedeck did not see"
        return self.note


def version_of(tensor):
    """The count of changes in place; None where the tensor has none."""
    try:
        return tensor._version
    except (RuntimeError, AttributeError):
        return None


def base_of(tensor):
    """Where the tensor's storage begins, by which views of one storage are known; None without a storage."""
    try:
        address = tensor.data_ptr()
        return address - tensor.storage_offset() * tensor.element_size() if address else None
    except (RuntimeError, NotImplementedError, ValueError):
        return None


class History:
    """All kept values. The oldest are dropped where a new one goes beyond the budget."""

    def __init__(self, budget):
        self.budget = budget
        self._used = 0
        self._order = collections.deque()
        self._by_base = {}
        self._counted = {}  # storage: how many kept values share it

    def keep(self, tensor):
        """Keeps a tensor without its graph."""
        alias = tensor.detach()
        base = base_of(alias)
        kept = Kept(alias, version_of(alias), base, byte_count(alias))
        if base is not None:
            self._by_base.setdefault(base, []).append(kept)
        self._count(kept)
        return kept

    def before_write(self, tensor):
        """Copies all kept values that share a tensor's storage, since it is about to be changed in place."""
        base = base_of(tensor)
        sharing = self._by_base.pop(base, None) if base is not None else None
        for kept in sharing or ():
            # Another thread may let it go meanwhile.
            before = kept.tensor
            if before is None:
                continue
            self._discount(kept)
            if kept.version is not None and before._version != kept.version:
                kept.note = "changed since by an operator that Tapedeck did not see"
            copy = _copy(before)
            kept.tensor, kept.base, kept.version = copy, base_of(copy), version_of(copy)
            self._count(kept)

    def let_go(self, kept):
        """Forgets a value."""
        if kept is None or kept.tensor is None:
            return
        self._discount(kept)
        sharing = self._by_base.get(kept.base)
        if sharing is not None:
            if kept in sharing:
                sharing.remove(kept)
            if not sharing:
                del self._by_base[kept.base]
        kept.tensor = None

    def _count(self, kept):
        key = kept.base if kept.base is not None else id(kept)
        if key not in self._counted:
            self._used += kept.size
        self._counted[key] = self._counted.get(key, 0) + 1
        self._order.append(kept)
        while self._used > self.budget and len(self._order) > 1:
            oldest = self._order.popleft()
            if oldest.tensor is not None and oldest is not kept:
                oldest.norm  # Its magnitude outlives it.
                self.let_go(oldest)
                oldest.note = "let go, since the values kept reached the limit of %d MB" % (self.budget >> 20)
        if len(self._order) > 100_000:
            self._order = collections.deque(one for one in self._order if one.tensor is not None)

    def _discount(self, kept):
        key = kept.base if kept.base is not None else id(kept)
        left = self._counted.get(key, 0) - 1
        if left > 0:
            self._counted[key] = left
        elif left == 0:
            del self._counted[key]
            self._used -= kept.size


def _copy(tensor):
    with Own():
        tensor = tensor.detach()
        if oddity(tensor) is not None and plain(tensor) is None:
            return tensor
        return tensor.clone()
