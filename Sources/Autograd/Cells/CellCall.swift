/// A call of an operation that has run, as cell rules read it.
package struct CellCall {
  package let operation: any Operator
  package let inputs: [Tensor]
  package let output: Shape

  /// An operation with what it was given and the shape that it made of it.
  package init(_ operation: any Operator, inputs: [Tensor], output: Shape) {
    self.operation = operation
    self.inputs = inputs
    self.output = output
  }

  func shape(_ input: Int) -> Shape { inputs[input].shape }

  /// How an input repeats in the output.
  func spread(_ input: Int) -> Spread { Spread(shape(input), in: output) }

  /// The operation run on tensors of cell numbers in place of values: which cell went where.
  func moved(_ places: [Tensor]) -> [Int]? {
    let call = Call(
      operation.info, at: SourceLocation(file: #fileID, line: #line), in: ExecutionContext.current.quiet)
    var operation = operation
    return try? operation.forward(places, in: call).integers()
  }

  /// Which cells of the first input a reduction combines, and at which place of the result.
  func reduction(to dimensions: ReducedDimensions) -> Spread? {
    let call = Call(operation.info, at: SourceLocation(file: #fileID, line: #line))
    return (try? dimensions.shapes(for: shape(0), in: call)).map { Spread($0.kept, in: shape(0)) }
  }
}

/// A small shape that is repeated to a large one, as broadcasting does it.
struct Spread {
  private let large: Shape
  private let steps: Shape
  /// How many cells the small shape has.
  let count: Int

  /// The spread of `small` to `large`, to which it must broadcast.
  init(_ small: Shape, in large: Shape) {
    self.large = large
    steps = small.broadcastStrides(small.contiguousStrides, to: large)
    count = small.elementCount
  }

  /// The small shape's cell that is at a cell of the large one.
  func source(of cell: Int) -> Int {
    var (rest, place) = (cell, 0)
    for dimension in stride(from: large.rank - 1, through: 0, by: -1) {
      let size = max(large[dimension], 1)
      place += rest % size * steps[dimension]
      rest /= size
    }
    return place
  }

  /// The cells of the large shape at which a cell of the small one is, in row-major order.
  func copies(of cell: Int) -> [Int] {
    var (cells, rest) = ([0], cell)
    let sizes = large.contiguousStrides
    for dimension in 0..<large.rank {
      guard steps[dimension] != 0 else {
        cells = cells.flatMap { start in (0..<large[dimension]).map { start + $0 * sizes[dimension] } }
        continue
      }
      let place = rest / steps[dimension]
      rest -= place * steps[dimension]
      for index in cells.indices { cells[index] += place * sizes[dimension] }
    }
    return cells
  }
}

extension Shape {
  /// A cell's index in each dimension, from its place in row-major order.
  package func index(of cell: Int) -> [Int] {
    var (rest, index) = (cell, [Int](repeating: 0, count: rank))
    for dimension in stride(from: rank - 1, through: 0, by: -1) {
      let size = Swift.max(self[dimension], 1)
      index[dimension] = rest % size
      rest /= size
    }
    return index
  }
}

extension Lanes {
  /// The lane in which a cell lies.
  func lane(of cell: Int) -> Int { cell / (length * inner) * inner + cell % inner }

  /// The cells of a lane.
  func cells(of lane: Int) -> [Int] {
    let start = lane / inner * length * inner + lane % inner
    return (0..<length).map { start + $0 * inner }
  }
}
