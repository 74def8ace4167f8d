import Autograd
import NN
import Trace

extension FailureFacts {
  /// What an error of a step is about.
  init(_ error: any Error, batchCount: Int?, at position: Position) {
    let cause = (error as? LoopError)?.cause ?? error
    let message = "\(error)"
    let first = message.prefix { $0 != " " }
    self.init(position: position, message: message)
    if first.contains(".swift:") { location = String(first.last == ":" ? first.dropLast() : first) }
    switch cause {
    case AutogradError.element(let name, _, let got, _, _, _, _):
      (operation, label) = (name, got)
      if name.contains("entropy") || name.contains("nll") { kind = .labelOutOfRange }
    case AutogradError.changedInPlace(let name, _, _): (operation, kind) = (name, .changedInPlace)
    case AutogradError.leafChangedInPlace(let name, _, _), AutogradError.resultChangedInPlace(let name, _, _):
      (operation, kind) = (name, .changedInPlace)
    case AutogradError.backwardTwice(let name, _): (operation, kind) = (name, .graphFreed)
    case AutogradError.nothingToDifferentiate: kind = .noGradient
    case AutogradError.shapes(let name, _, _, _), AutogradError.argument(let name, _, _, _, _):
      operation = name
      if name.contains("batch_norm"), batchCount == 1 { kind = .batchOfOneRow }
    case NNError.emptyParameterList: kind = .emptyOptimizer
    default: break
    }
  }
}
