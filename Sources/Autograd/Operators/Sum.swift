/// The sum over some dimensions; every element's derivative is 1.
struct Sum: Operation {
  let name = "sum"
  /// The shape with 1 in the dimensions that are summed over.
  let kept: Shape
  let output: Shape

  var saved: SavedValues { [] }

  func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    guard inputs[0].dtype.isFloatingPoint else {
      throw call.typeError(inputs, expected: "a floating-point tensor: convert it with to(.float32)")
    }
    return Kernels.sum(inputs[0], to: kept, pool: call.context.pool).viewed(as: output)
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] {
    [upstream.viewed(as: kept).expanded(to: node.inputs[0].shape)]
  }
}

extension Tensor {
  /// The sum of all elements.
  ///
  /// **Shapes**: any → `[]`. **Source**: <https://pytorch.org/docs/stable/generated/torch.sum.html>
  public func sum(file: StaticString = #fileID, line: UInt = #line) throws -> Tensor {
    let kept = Shape(repeatElement(1, count: rank))
    return try apply(Sum(kept: kept, output: []), to: [self], at: SourceLocation(file: file, line: line))
  }

  /// The same elements in row-major order under another shape of as many, sharing contiguous memory.
  package func viewed(as shape: Shape) -> Tensor {
    Tensor(storage: storage, shape: shape, strides: shape.contiguousStrides, offset: offset)
  }

  /// A view that repeats this tensor along the dimensions where it has size 1.
  package func expanded(to target: Shape) -> Tensor {
    Tensor(
      storage: storage, shape: target, strides: shape.broadcastStrides(strides, to: target), offset: offset)
  }
}
