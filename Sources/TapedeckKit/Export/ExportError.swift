import Trace

/// Why what was asked for cannot be exported.
package enum ExportError: Error, Equatable, CustomStringConvertible {
  /// Bytes that would go to a terminal.
  case terminal(ExportFormat)
  /// The recording itself was named as the file to write.
  case ontoItself(path: String)
  /// A moment without the wanted tensor.
  case noTensor(node: String, view: TensorView?, phase: Phase, step: Int)
  /// A part of the recording that is none.
  case part(from: Int, to: Int, first: Int, last: Int)

  package var description: String {
    switch self {
    case .terminal(let format):
      "--format \(format.rawValue) writes bytes that a terminal cannot show: give --output FILE, or a pipe."
    case .ontoItself(let path):
      "--output expects a file beside the recording, but got the recording itself, \(path)."
    case .noTensor(let node, let view, let phase, let step):
      "\(node) has no \(view?.rawValue ?? "value") in the phase \(phase.name) of step \(step); "
        + "a later --phase has it."
    case .part(let from, let to, let first, let last):
      "--from and --to expect steps of the recording in order, from \(first) to \(last), "
        + "but got \(from) and \(to)."
    }
  }
}
