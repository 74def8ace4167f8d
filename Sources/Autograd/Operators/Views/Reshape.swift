import Localization

extension OperatorInfo {
  /// Another shape, by a copy where needed.
  package static let reshape = OperatorInfo(
    "reshape", Sentence("y = x's elements in row-major order under another shape"),
    Sentence("∂x = g in x's shape"),
    cells: .same,
    samples: GradientSample([2, 6]) { try $0[0].reshape(3, -1) },
    GradientSample([2, 6]) { try $0[0].t().reshape(4, 3) })

  /// Another shape of the same memory.
  package static let view = OperatorInfo(
    "view", Sentence("y = x's memory under another shape"), Sentence("∂x = g in x's shape"), cells: .same,
    samples: GradientSample([2, 6]) { try $0[0].view(12) })

  /// Several dimensions as one.
  package static let flatten = OperatorInfo(
    "flatten", Sentence("y = several dimensions as one"), Sentence("∂x = g in x's shape"), cells: .same,
    samples: GradientSample([2, 3, 2]) { try $0[0].flatten(startDim: 1) })
}

/// The same elements in row-major order under another shape: a view where memory allows, else a copy.
struct Reshape: Operator {
  /// `reshape`, `view`, `flatten`, `squeeze` or `unsqueeze`.
  let info: OperatorInfo
  let target: Shape
  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let x = inputs[0]
    if let strides = x.shape.strides(x.strides, viewedAs: target) {
      return Tensor(storage: x.storage, shape: target, strides: strides, offset: x.offset)
    }
    guard info !== OperatorInfo.view else {
      throw call.shapeError(
        inputs,
        expected: localized("memory that can be read as \(target) without a copy: use reshape() instead"))
    }
    return call.packed(x).viewed(as: target)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [call.packed(upstream).viewed(as: node.inputs[0].shape)]
  }
}

extension Shape {
  /// Strides with which memory of this shape and `strides` reads as `target`, or nil where no strides do.
  ///
  /// Dimensions of size 1 are passed over; the rest falls into runs that lie evenly in memory, and each run
  /// must be filled by whole dimensions of `target`.
  package func strides(_ strides: Shape, viewedAs target: Shape) -> Shape? {
    guard elementCount > 0 else { return target.contiguousStrides }
    var result = target.contiguousStrides
    var position = target.rank - 1
    var index = rank - 1
    while index >= 0 {
      if self[index] == 1 {
        index -= 1
        continue
      }
      var step = strides[index]
      var run = self[index]
      index -= 1
      while index >= 0, self[index] == 1 || strides[index] == run * step {
        run *= self[index]
        index -= 1
      }
      while position >= 0, run > 1 {
        guard run % target[position] == 0 else { return nil }
        result[position] = step
        step *= target[position]
        run /= target[position]
        position -= 1
      }
    }
    return result
  }

  /// `sizes` with its one −1, if any, replaced by what fills the elements of this shape.
  fileprivate func filling(_ sizes: [Int], _ call: Call) throws -> Shape {
    let expected = localized("sizes whose product is \(elementCount), one of them -1 to be worked out")
    let got = "[\(sizes.map(String.init).joined(separator: ", "))]"
    guard sizes.count <= Shape.maximumRank, sizes.allSatisfy({ $0 >= -1 }),
      sizes.count(where: { $0 == -1 }) <= 1
    else { throw call.argumentError("shape", got, expected: expected) }
    var known = 1
    for size in sizes where size >= 0 {
      let (product, overflow) = known.multipliedReportingOverflow(by: size)
      guard !overflow else { throw call.argumentError("shape", got, expected: expected) }
      known = product
    }
    guard sizes.contains(-1) else {
      guard known == elementCount else { throw call.argumentError("shape", got, expected: expected) }
      return Shape(sizes)
    }
    guard known > 0, elementCount % known == 0 else {
      throw call.argumentError("shape", got, expected: expected)
    }
    return Shape(sizes.map { $0 == -1 ? elementCount / known : $0 })
  }
}

extension Tensor {
  /// The same elements in row-major order under another shape; one size may be −1, to be worked out.
  ///
  /// Shares memory where it can, else copies.
  /// **Shapes**: any → `shape`. **Source**: <https://pytorch.org/docs/stable/generated/torch.reshape.html>
  public func reshape(
    _ shape: [Int], file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    try reshaped(.reshape, shape, SourceLocation(file: file, line: line))
  }

  /// As ``reshape(_:file:line:)`` with the sizes in a row: `x.reshape(2, 6)`.
  public func reshape(_ sizes: Int..., file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try reshaped(.reshape, sizes, SourceLocation(file: file, line: line))
  }

  /// As ``reshape(_:file:line:)``, but always shares memory.
  ///
  /// Throws where only a copy would do, as for a transposed matrix.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.Tensor.view.html>
  public func view(_ shape: [Int], file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try reshaped(.view, shape, SourceLocation(file: file, line: line))
  }

  /// As ``view(_:file:line:)`` with the sizes in a row: `x.view(-1, 784)`.
  public func view(_ sizes: Int..., file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    try reshaped(.view, sizes, SourceLocation(file: file, line: line))
  }

  private func reshaped(_ info: OperatorInfo, _ sizes: [Int], _ location: SourceLocation) throws -> Tensor {
    let call = Call(info, at: location)
    return try apply(Reshape(info: info, target: shape.filling(sizes, call)), to: [self], at: location)
  }

  /// The dimensions from `startDim` to `endDim`, both included, as one.
  ///
  /// **Shapes**: `[a, b, c]` from 1 → `[a, b·c]`; a scalar → `[1]`.
  /// **Source**: <https://pytorch.org/docs/stable/generated/torch.flatten.html>
  public func flatten(
    startDim: Int = 0, endDim: Int = -1, file: StaticString = #fileID, line: UInt = #line
  ) throws -> Tensor {
    let location = SourceLocation(file: file, line: line)
    let call = Call(.flatten, at: location)
    let first = try call.dimension(startDim, of: shape, option: "startDim")
    let last = try call.dimension(endDim, of: shape, option: "endDim")
    guard first <= last else {
      throw call.argumentError(
        "startDim", startDim, expected: localized("a dimension not after endDim \(endDim)"))
    }
    var target = Shape(shape.prefix(first))
    target.append(shape.isEmpty ? 1 : shape[first...last].reduce(1, *))
    for size in shape.dropFirst(last + 1) { target.append(size) }
    return try apply(Reshape(info: .flatten, target: target), to: [self], at: location)
  }
}
