/// An option of `tapedeck export` that only some formats take.
package enum ExportOption: String, Sendable, CaseIterable {
  case step = "--step"
  case phase = "--phase"
  case node = "--node"
  case view = "--view"
  case size = "--size"
  case speed = "--speed"
  case from = "--from"
  case to = "--to"
  case idleLimit = "--idle-limit"

  /// What it chooses, for a format that cannot do without it.
  var purpose: String {
    switch self {
    case .step: "the step to write"
    case .phase: "the phase to write"
    case .node: "the node whose tensor is written"
    case .view: "the tensor of the node"
    case .size: "the size of the screen"
    case .speed: "the speed"
    case .from: "the first step"
    case .to: "the last step"
    case .idleLimit: "the longest time that a screen stays"
    }
  }
}
