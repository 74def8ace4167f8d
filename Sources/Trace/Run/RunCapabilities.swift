/// Something that only some runs can be asked for.
public enum RunCapability: String, Sendable, Equatable, Hashable, Codable, CaseIterable {
  /// Moments of the past are computed again, so that one can step back to any of them.
  case recomputePast
  /// Settings and parameters can be changed while the run is paused.
  case changeValues
  /// A gradient can be compared with a finite difference.
  case checkGradient
  /// The last moment at which a breakpoint was hit can be found.
  case searchBack
  /// The node in which a value became NaN, infinite or zero can be found.
  case findCause
  /// A recording of the run can be begun.
  case record
}

/// What a run can be asked for, and why it cannot be asked for the rest.
public struct RunCapabilities: Sendable, Equatable, Codable {
  /// Why a capability is missing, as a sentence; a capability without an entry is there.
  private var reasons: [RunCapability: String]

  /// All capabilities but those with a reason.
  public init(missing reasons: [RunCapability: String] = [:]) { self.reasons = reasons }

  /// Every capability.
  public static let all = RunCapabilities()

  /// No capability, all for the same reason.
  public static func none(because reason: String) -> RunCapabilities {
    RunCapabilities(missing: Dictionary(uniqueKeysWithValues: RunCapability.allCases.map { ($0, reason) }))
  }

  /// Why the run lacks a capability, as a sentence; nil where it has it.
  public func obstacle(to capability: RunCapability) -> String? { reasons[capability] }

  /// The same capabilities without one.
  public func without(_ capability: RunCapability, because reason: String) -> RunCapabilities {
    var result = self
    result.reasons[capability] = reason
    return result
  }
}
