import Localization

/// What in a recording does not fit its experiment.
package enum ArchiveError: Error, Equatable, CustomStringConvertible {
  /// Values that are not of the expected form.
  case array(name: String, expected: String, got: String)
  /// Tensors that the model or the optimizer does not have.
  case names(of: String, expected: [String], got: [String])
  /// Data other than the run was recorded with.
  case otherData(name: String)
  /// A recording without a state to start from.
  case noKeyframe

  package var description: String {
    switch self {
    case .array(let name, let expected, let got):
      localized("The recording's \(name) expects \(expected), but has \(got).")
    case .names(let owner, let expected, let got):
      localized("The recording has the \(owner) \(list(got)), but the experiment has \(list(expected)).")
    case .otherData(let name):
      localized("The data \(name) are not the data that the run was recorded with: their hash differs.")
    case .noKeyframe:
      localized(
        "The recording has no keyframe, so there is no state to start from; its numbers can still be exported."
      )
    }
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.isEmpty
      ? localized("(none)") : names.count > 8 ? localized("\(shown) and \(names.count - 8) more") : shown
  }
}
