import Localization

/// Something that only some runs are capable of.
package enum RunCapability: String, Sendable, Equatable, Hashable, Codable, CaseIterable {
  /// Past moments can be computed again, so that one can step back to any of them.
  case recomputePast
  /// Settings and parameters can be changed while the run is paused.
  case changeValues
  /// Epochs can be added, also after the end.
  case addEpochs
  /// A gradient can be compared with a finite difference.
  case checkGradient
  /// A copy of the model can be trained on one batch.
  case overfit
  /// A copy of the model can be trained with one learning rate after another.
  case findLearningRate
  /// Every operator of a graph can be compared with finite differences.
  case checkGraph
  /// The last moment at which a breakpoint was hit can be found.
  case searchBack
  /// The node in which a value became NaN, infinite or zero can be found.
  case findCause
  /// A recording of the run can be begun.
  case record
  /// Another of several processes can be shown.
  case chooseRank
}

/// What a run is capable of, and why it is not capable of the rest.
package struct RunCapabilities: Sendable, Equatable, Codable {
  /// Why a capability is missing, as a sentence; a capability without an entry is present.
  private var reasons: [RunCapability: String]

  /// All capabilities of a run in one process but those with a reason.
  package init(missing reasons: [RunCapability: String] = [:]) {
    let alone = localized("This run has one process; tapedeck torch --nproc-per-node 2 starts two.")
    self.reasons = [.chooseRank: alone].merging(reasons) { $1 }
  }

  /// Every capability of a run in one process.
  package static var all: RunCapabilities { RunCapabilities() }

  /// No capability, all for the same reason.
  package static func none(because reason: String) -> RunCapabilities {
    RunCapabilities(missing: Dictionary(uniqueKeysWithValues: RunCapability.allCases.map { ($0, reason) }))
  }

  /// Why the run lacks a capability, as a sentence; nil where it has it.
  package func obstacle(to capability: RunCapability) -> String? { reasons[capability] }

  /// The same capabilities and one more.
  package func with(_ capability: RunCapability) -> RunCapabilities {
    var result = self
    result.reasons[capability] = nil
    return result
  }

  /// The same capabilities without one.
  package func without(_ capability: RunCapability, because reason: String) -> RunCapabilities {
    var result = self
    result.reasons[capability] = reason
    return result
  }
}
