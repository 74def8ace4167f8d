import Autograd
import Localization
import Trace

/// Runs a tape's forward again in double precision, to measure how the loss depends on single cells.
struct GradientProbe {
  /// Half the distance between the two points of a finite difference, for values up to 1.
  private static let step = 1e-5
  /// How much smaller that is where the first difference disagrees, since a kink may lie between its points.
  private static let refinement = 1e-2
  /// How many cells are checked besides the chosen one.
  private static let cellCount = 5

  let tape: Tape
  private let reading: TapeReading
  private let isBackwardDone: Bool
  /// Called before each comparison; throws to end the check.
  var proceed: () throws -> Void = {}

  /// A probe of the step on a tape, at a position in it.
  init(_ tape: Tape, at position: Position, _ names: ModelNames) {
    self.tape = tape
    reading = TapeReading(tape, names: names)
    isBackwardDone = position.phase > .backward
  }

  /// Compares the gradient of a parameter with finite differences of the loss: at a cell, and where it is largest.
  ///
  /// - Throws: ``ChangeError`` if backward has sent the parameter nothing, or what an operator throws.
  func check(_ parameter: Tensor, name: String, cell: Int) throws -> GradientCheck {
    // Not its `grad`, which may be clipped, or have the gradients of earlier steps in it.
    let pieces = tape.contributions(to: parameter).map { $0.array(Double.self) }
    guard var gradient = pieces.first else {
      throw isBackwardDone ? ChangeError.gradientNotSent(name: name) : .noGradient(name: name)
    }
    for piece in pieces.dropFirst() { for place in gradient.indices { gradient[place] += piece[place] } }
    guard gradient.indices.contains(cell) else {
      throw ChangeError.cellOutside(name: name, index: [cell], shape: Array(parameter.shape))
    }
    return try noGrad {
      let run = try DoublePrecisionRerun(tape, nameOf: self.name)
      let operators = run.operators(after: parameter)
      let cells = [cell] + GradientProbe.largest(gradient).filter { $0 != cell }
      var check = GradientCheck(
        parameter: name,
        cells: try compare(gradient, of: parameter, name: name, at: cells, in: run, through: operators),
        operators: try operators.filter(\.operation.info.isOfUser).compactMap {
          try worst(of: $0, in: run)?.check
        })
      check.conclude()
      return check
    }
  }

  /// Compares a parameter's gradient at some cells with finite differences of the loss, to which `operators` lead.
  func compare(
    _ gradient: [Double], of parameter: Tensor, name: String, at cells: [Int], in run: DoublePrecisionRerun,
    through operators: [Tape.Forward]
  ) throws -> [GradientComparison] {
    let largest = gradient.lazy.map(\.magnitude).max() ?? 0
    let values = run.value(of: parameter)
    return try cells.map { cell in
      try comparison(gradient, at: cell, of: values, largest: largest) { step in
        guard
          let loss = try run.last(moving: parameter, at: cell, by: step, through: operators),
          loss.elementCount == 1
        else {
          throw ChangeError.notRunAgain(name: name, reason: localized("the loss is not a single number."))
        }
        return try loss.item()
      }
    }
  }

  /// The cells of the largest magnitudes; where all are 0, cells spread evenly, since any is as good.
  static func largest(_ gradient: [Double]) -> [Int] {
    func size(_ place: Int) -> Double { gradient[place].isNaN ? .infinity : gradient[place].magnitude }
    var best: [Int] = []
    for place in gradient.indices where gradient[place] != 0 {
      let rank = best.firstIndex { size($0) < size(place) } ?? best.count
      guard rank < cellCount else { continue }
      best.insert(place, at: rank)
      if best.count > cellCount { best.removeLast() }
    }
    return best.isEmpty ? spread(gradient.count) : best
  }

  /// Cells spread evenly over that many.
  private static func spread(_ count: Int) -> [Int] {
    let number = min(count, cellCount)
    return (0..<number).map { (2 * $0 + 1) * count / (2 * number) }
  }

  /// A gradient at a cell beside the finite difference of `function`, which takes the step by which the cell is moved.
  private func comparison(
    _ gradient: [Double], at cell: Int, of values: Tensor, largest: Double,
    _ function: (_ step: Double) throws -> Double
  ) throws -> GradientComparison {
    try proceed()
    let step = GradientProbe.step * max(1, abs(values.number(at: cell)))
    func comparison(_ step: Double) throws -> GradientComparison {
      let (above, below) = (try function(step), try function(-step))
      // What double precision leaves of a difference of two large numbers, and single precision of the largest gradient.
      let noise = max(abs(above), abs(below), 1) * 1e-10 * (GradientProbe.step / step)
      var result = GradientComparison(
        index: values.shape.index(of: cell), gradient: gradient[cell],
        difference: (above - below) / (2 * step), rounding: max(noise, largest * 1e-6))
      if result.judgement == .differs {
        // At a kink, as that of relu at 0, every number from the derivative on its left to that on its right is one. In
        // single precision the place may be a little beside it.
        let here = try function(0)
        result.rounding = max(result.rounding, abs(above - 2 * here + below) / (2 * step) * 1.01)
      }
      return result
    }
    let first = try comparison(step)
    guard first.judgement == .differs || first.judgement == .isNotFinite else { return first }
    let second = try comparison(step * GradientProbe.refinement)
    let isBetter = first.judgement == .isNotFinite || [.agrees, .provesNothing].contains(second.judgement)
    return isBetter ? second : first
  }

  // MARK: Operators

  /// Checks the derivative of an operator at the values that it read, and counts the cells; nil where backward has not run
  /// through it, and for a conversion, whose rounding is greater than the differences.
  func worst(of entry: Tape.Forward, in run: DoublePrecisionRerun) throws -> (
    check: OperatorCheck, cellCount: Int
  )? {
    guard tape.backward.contains(where: { $0.node === entry.output.node }), !(entry.operation is Convert)
    else { return nil }
    // The sum of its output gives the numbers that are easiest to read, but a softmax always has the same sum.
    let ofSum = entry.operation.info.isOfUser ? try check(entry, in: run) { _ in 1 } : nil
    if let ofSum, ofSum.check.worst.judgement == .differs { return ofSum }
    let weighted = try check(entry, in: run) { 0.5 + Double($0 * 7 % 5) * 0.3 }
    return weighted?.check.worst.judgement == .provesNothing ? ofSum ?? weighted : weighted
  }

  /// Checks the derivative of an operator's output, each element times a weight.
  private func check(
    _ entry: Tape.Forward, in run: DoublePrecisionRerun, weight: (_ place: Int) -> Double
  ) throws -> (check: OperatorCheck, cellCount: Int)? {
    let values = entry.inputs.map(run.value)
    let leaves = zip(entry.inputs, values).map { $1.copied().requiringGrad($0.requiresGrad) }
    try ExecutionContext().run {
      let output = try apply(entry.operation, to: leaves, at: entry.location)
      let weights = (0..<output.elementCount).map(weight)
      try output.backward(gradient: Tensor(weights, shape: output.shape))
    }
    let all = try leaves.indices.filter { leaves[$0].requiresGrad }.flatMap { place in
      let gradient =
        leaves[place].grad?.array(Double.self) ?? Array(repeating: 0, count: values[place].elementCount)
      let cells = GradientProbe.largest(gradient) + GradientProbe.spread(gradient.count)
      let largest = gradient.lazy.map(\.magnitude).max() ?? 0
      return try cells.map { cell in
        let comparison = try comparison(gradient, at: cell, of: values[place], largest: largest) { step in
          var inputs = values
          inputs[place] = try DoublePrecisionRerun.moved(inputs[place], at: cell, by: step)
          let output = try apply(entry.operation, to: inputs, at: entry.location)
          return output.array(Double.self).enumerated().reduce(0) { $0 + $1.element * weight($1.offset) }
        }
        return OperatorCheck(node: name(entry.output), input: name(entry.inputs[place]), worst: comparison)
      }
    }
    return all.max { $0.worst.badness < $1.worst.badness }.map { ($0, all.count) }
  }

  /// The name of a tensor's node.
  func name(_ tensor: Tensor) -> String {
    reading.nodeOfTensor[ObjectIdentifier(tensor)].map { reading.graph.nodes[$0].name }
      ?? localized("a value")
  }
}
