/// How much of a run can be computed again here.
package enum Recomputability: Sendable, Equatable {
  /// All: the experiment and its data are here.
  case all
  /// The steps that have keyframes, whose batch is in the recording; `reason` is a sentence that says why not all.
  case keyframes(reason: String)
  /// Nothing; `reason` says why.
  case nothing(reason: String)

  /// Why some steps cannot be computed again; nil where all can.
  package var reason: String? {
    switch self {
    case .all: nil
    case .keyframes(let reason), .nothing(let reason): reason
    }
  }
}
