import Localization

/// How a cell of a normalization is computed, with its numbers.
extension Normalize: WorkedOperator {
  func work(of cell: Int, in call: CellCall) -> CellExpression? {
    let spread = Spread(groups, in: call.output)
    let group = spread.copies(of: spread.source(of: cell))
    let parameter = Spread(parameters, in: call.output).source(of: cell)
    let normalized = CellExpression.call(
      CellFunction("(%1 − %2) ÷ √(%3 + %4)") { ($0[0] - $0[1]) / ($0[2] + $0[3]).squareRoot() },
      [.cell(.input(0, cell)), .mean(of: group), variance(group), .constant(epsilon)])
    guard call.inputs.count > 1 else { return normalized }
    let scaled = CellExpression.named("x̂", normalized) * .cell(.input(1, parameter))
    return call.inputs.count > 2 ? scaled + .cell(.input(2, parameter)) : scaled
  }

  func work(ofGradient cell: Int, of input: Int, in call: CellCall) -> CellExpression? {
    let (spread, parameters) = (Spread(groups, in: call.output), Spread(parameters, in: call.output))
    let standard = StandardScores(call, spread, epsilon)
    func score(_ cell: Int) -> CellExpression {
      .call(.result("x̂(%1)") { _ in standard.score(cell) }, [.cell(.input(0, cell))])
    }
    switch input {
    case 0:
      let group = spread.copies(of: spread.source(of: cell))
      func share(_ cell: Int) -> CellExpression {
        let upstream = CellExpression.cell(.upstream(cell))
        return call.inputs.count > 1 ? upstream * .cell(.input(1, parameters.source(of: cell))) : upstream
      }
      let count = CellExpression.constant(Double(group.count))
      let mean = CellExpression.named(
        localized("mean") + " h", .total(group.count) { share(group[$0]) } / count)
      let projection = CellExpression.named(
        "mean h·x̂", .total(group.count) { share(group[$0]) * score(group[$0]) } / count)
      return .call(
        CellFunction("(%1 − %2 − %3·%4) ÷ √(%5 + %6)") {
          ($0[0] - $0[1] - $0[2] * $0[3]) / ($0[4] + $0[5]).squareRoot()
        }, [share(cell), mean, score(cell), projection, variance(group), .constant(epsilon)])
    case 1:
      let cells = parameters.copies(of: cell)
      return .total(cells.count) { score(cells[$0]) * .cell(.upstream(cells[$0])) }
    default:
      let cells = parameters.copies(of: cell)
      return .total(cells.count) { .cell(.upstream(cells[$0])) }
    }
  }

  private func variance(_ group: [Int]) -> CellExpression {
    let square = CellFunction("(%1 − %2)²") { ($0[0] - $0[1]) * ($0[0] - $0[1]) }
    let mean = CellExpression.mean(of: group)
    return .named(
      "var",
      .total(group.count) { .call(square, [.cell(.input(0, group[$0])), mean]) }
        / .constant(Double(group.count)))
  }
}

/// The normalised values of a call's input, group by group as they are asked for.
private final class StandardScores {
  private let input: Tensor
  private let spread: Spread
  private let epsilon: Double
  private var groups: [Int: (mean: Double, deviation: Double)] = [:]

  init(_ call: CellCall, _ spread: Spread, _ epsilon: Double) {
    input = call.inputs[0]
    self.spread = spread
    self.epsilon = epsilon
  }

  func score(_ cell: Int) -> Double {
    let group = spread.source(of: cell)
    let known = groups[group] ?? statistics(of: group)
    groups[group] = known
    return (input.number(at: cell) - known.mean) / known.deviation
  }

  private func statistics(of group: Int) -> (mean: Double, deviation: Double) {
    let values = spread.copies(of: group).map { input.number(at: $0) }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, (variance + epsilon).squareRoot())
  }
}
