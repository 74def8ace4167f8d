import Autograd
import Trace

/// A search for the update in which a parameter, or one cell of it, became NaN, infinite or zero.
struct Inquiry {
  let defect: Cause.Defect
  /// The way so far, from what was asked about.
  var path: [Cause.Step]
  /// The parameter that was so already when its iteration began.
  var parameter: Tensor
  var name: String
  /// The cell, by its place in row-major order; nil for the whole parameter.
  var cell: Int?
  /// Where the run stood, and stands again.
  let origin: Position

  /// What is asked about, in words: `fc1.weight[3,4]`.
  var subject: String { name + (cell.map { CellWords.index(parameter.shape.index(of: $0)) } ?? "") }

  /// Whether an update has just made the parameter so.
  func isAnswered(by update: Tape.Update) -> Bool {
    guard update.parameter === parameter,
      let found = CauseTracer.defect(of: parameter, cell: cell), (found == .zero) == (defect == .zero)
    else { return false }
    guard defect == .zero, let cell, let before = update.before else { return true }
    return before.number(at: cell) != 0
  }
}
