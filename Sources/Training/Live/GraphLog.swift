import NN
import Trace

/// Records the graph of a step if it differs from that of the one before.
struct GraphLog {
  /// Graphs kept to be recognized; a run has one or two.
  private static let limit = 32

  private let names: ModelNames
  private var graphs: [UInt64: ComputationGraph] = [:]
  private var last: UInt64?

  /// A log of the graphs of a model with these names.
  init(_ names: ModelNames) { self.names = names }

  /// Whether no graph was recorded yet.
  var isEmpty: Bool { last == nil }

  /// The graph of a whole step; nil where it is that of the one before.
  mutating func changed(by tape: Tape) -> ComputationGraph? {
    let fingerprint = tape.fingerprint
    guard fingerprint != last else { return nil }
    last = fingerprint
    let graph = graphs[fingerprint] ?? TapeReading(tape, names: names).graph
    if graphs.count < GraphLog.limit { graphs[fingerprint] = graph }
    return graph
  }
}
