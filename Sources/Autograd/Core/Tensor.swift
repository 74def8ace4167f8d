/// A multi-dimensional array that remembers how it was computed.
///
/// A tensor is a view (``shape``, strides and offset) of storage that other views may share, and, where
/// gradients flow, the end of the graph of operations that made it. It has identity: its ``grad`` is its own.
/// Tensors stay on the thread that runs them.
///
/// ```swift
/// let x = try Tensor([1, 2, 3], requiresGrad: true)
/// try (x * x).sum().backward()
/// x.grad  // [2, 4, 6]
/// ```
/// Source: <https://pytorch.org/docs/stable/tensors.html>
public final class Tensor {
  /// The sizes of the dimensions.
  public let shape: Shape

  /// Elements to skip from one index to the next, per dimension.
  package let strides: Shape

  /// The element of the storage at which the view starts.
  package let offset: Int

  @exclusivity(unchecked) package private(set) var storage: Storage

  // The variables of tensors, storage, pool and nodes are `@exclusivity(unchecked)`: only one thread has them,
  // and no access lasts longer than its line. Checking each at run time took a sixth of a small training step.

  /// The derivative of what `backward()` was called on with respect to this tensor.
  ///
  /// Leaves that require a gradient get one; it accumulates over calls until ``zeroGrad()``. One that is set by hand
  /// has the tensor's shape and type: ``backward(gradient:retainGraph:)`` and optimizers refuse any other.
  @exclusivity(unchecked) public var grad: Tensor?

  /// Whether operations on this tensor are recorded for `backward()`.
  @exclusivity(unchecked) public package(set) var requiresGrad: Bool

  /// The operation that made this tensor, nil for a leaf.
  @exclusivity(unchecked) public internal(set) var node: Node?

  init(storage: Storage, shape: Shape, strides: Shape, offset: Int = 0, requiresGrad: Bool = false) {
    self.storage = storage
    self.shape = shape
    self.strides = strides
    self.offset = offset
    self.requiresGrad = requiresGrad
  }

  /// The type of the elements.
  public var dtype: DType { storage.dtype }

  /// How many dimensions there are; PyTorch's `dim()`.
  public var rank: Int { shape.rank }

  /// How many elements there are; PyTorch's `numel()`.
  public var elementCount: Int { shape.elementCount }

  /// Whether no operation made this tensor.
  public var isLeaf: Bool { node == nil }

  /// Whether the elements lie one after the other in row-major order.
  public var isContiguous: Bool {
    var step = 1
    for index in stride(from: rank - 1, through: 0, by: -1) where shape[index] != 1 {
      if strides[index] != step { return shape.elementCount == 0 }
      step *= shape[index]
    }
    return true
  }

  /// The size of dimension `dim`, counted from the end when negative; nil where there is none.
  public func size(_ dim: Int) -> Int? {
    shape.dimension(dim).flatMap { $0 < rank ? shape[$0] : nil }
  }

  /// Clears the gradient, like PyTorch's `zero_grad(set_to_none=True)`.
  public func zeroGrad() { grad = nil }

  /// The same values outside the graph: shares memory, requires no gradient.
  public func detach() -> Tensor {
    Tensor(storage: storage, shape: shape, strides: strides, offset: offset)
  }

  /// The gradient, where there is one.
  ///
  /// - Throws: ``AutogradError`` where it has another shape or type than the tensor; `user` is who asks for it.
  package func checkedGrad(for user: String) throws -> Tensor? {
    guard let grad else { return nil }
    guard grad.shape == shape, grad.dtype == dtype else {
      throw AutogradError.foreignGradient(
        user: user, got: grad.shape, dtype: grad.dtype, expected: shape, expectedType: dtype)
    }
    return grad
  }

  /// Whether nothing else holds this tensor, nor any other tensor its storage.
  static func isSoleView(_ tensor: inout Tensor) -> Bool {
    isKnownUniquelyReferenced(&tensor) && isKnownUniquelyReferenced(&tensor.storage)
  }

  /// Sets whether operations on this leaf are recorded, and returns it.
  ///
  /// The result of an operation stays as it is: a gradient goes through it, and ``detach()`` gives one without.
  @discardableResult
  public func requiringGrad(_ required: Bool = true) -> Tensor {
    if isLeaf { requiresGrad = required && dtype.isFloatingPoint }
    return self
  }

  deinit {
    if node != nil { Node.release(&node) }
  }
}
