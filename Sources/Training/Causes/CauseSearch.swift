import Autograd
import Trace

/// A search through the past for the update in which a parameter, or one cell of it, became NaN, infinite or 0.
struct CauseSearch {
  let defect: Cause.Defect
  /// The path so far, from what was asked about.
  var path: [Cause.Step]
  /// The parameter that had the defect already when its iteration began.
  var parameter: Tensor
  var name: String
  /// The cell, by its place in row-major order; nil for the whole parameter.
  var cell: Int?
  /// Where the run was paused when it was asked, and will be again.
  let origin: Position

  /// What is asked about, in words: `fc1.weight[3,4]`.
  var subject: String { name + (cell.map { CellExplanation.index(parameter.shape.index(of: $0)) } ?? "") }

  /// Whether an update has just given the parameter its defect.
  func isAnswered(by update: Tape.Update) -> Bool {
    guard update.parameter === parameter,
      let found = CauseTracer.defect(of: parameter, cell: cell), (found == .zero) == (defect == .zero)
    else { return false }
    guard defect == .zero, let cell, let before = update.before else { return true }
    return before.number(at: cell) != 0
  }
}
