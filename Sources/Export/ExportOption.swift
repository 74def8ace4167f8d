import Localization

/// An option of `tapedeck export` that only some formats take.
package enum ExportOption: String, Sendable, CaseIterable {
  case step = "--step"
  case phase = "--phase"
  case node = "--node"
  case view = "--view"
  case size = "--size"
  case pane = "--pane"
  case theme = "--theme"
  case animate = "--animate"
  case seconds = "--seconds"
  case speed = "--speed"
  case from = "--from"
  case to = "--to"
  case idleLimit = "--idle-limit"

  /// What it chooses, for a format that cannot do without it.
  var purpose: String {
    switch self {
    case .step: localized("the step to write")
    case .phase: localized("the phase to write")
    case .node: localized("the node whose tensor is written")
    case .view: localized("the tensor of the node")
    case .size: localized("the size of the screen")
    case .pane: localized("the pane that is shown alone")
    case .theme: localized("dark or light")
    case .animate: localized("what is animated")
    case .seconds: localized("how long the animation takes")
    case .speed: localized("the speed")
    case .from: localized("the first step")
    case .to: localized("the last step")
    case .idleLimit: localized("the longest time that a screen stays")
    }
  }
}
