import Localization
import Trace

/// Why a recording cannot be exported as requested.
package enum ExportError: Error, Equatable, CustomStringConvertible {
  /// Bytes that would go to a terminal.
  case terminal(format: String)
  /// The recording itself was named as the file to write.
  case ontoItself(path: String)
  /// A moment without the requested tensor.
  case noTensor(node: String, view: TensorView?, phase: Phase, step: Int)
  /// A step that the recording does not have.
  case step(Int, first: Int, last: Int)
  /// A range of steps that the recording does not have.
  case part(from: Int, to: Int, first: Int, last: Int)

  package var description: String {
    switch self {
    case .terminal(let format):
      localized("--format \(format) writes bytes that a terminal cannot show: use --output FILE, or a pipe.")
    case .ontoItself(let path):
      localized("--output expects a file other than the recording, but got the recording itself, \(path).")
    case .noTensor(let node, let view, let phase, let step):
      localized(
        """
        \(node) has no \((view ?? .value).word) in phase \(phase.name) of step \(step); a later --phase has it.
        """)
    case .step(let step, let first, let last):
      localized(
        "--step expects a step of the recording, from \(first) to \(last), but got \(step).")
    case .part(let from, let to, let first, let last):
      localized(
        """
        --from and --to expect steps of the recording in ascending order, from \(first) to \(last), but got \
        \(from) and \(to).
        """)
    }
  }
}
