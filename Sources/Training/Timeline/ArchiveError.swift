/// What in a recording does not fit the experiment that it is of.
package enum ArchiveError: Error, Equatable, CustomStringConvertible {
  /// Values that do not fit what they are to be.
  case array(name: String, expected: String, got: String)
  /// Other tensors than the model or the optimizer has.
  case names(of: String, expected: [String], got: [String])
  /// Other samples than the run was recorded with.
  case otherData(name: String)
  /// A recording without a state to begin from.
  case noKeyframe

  package var description: String {
    switch self {
    case .array(let name, let expected, let got):
      "The recording's \(name) expects \(expected), but has \(got)."
    case .names(let owner, let expected, let got):
      "The recording has the \(owner) \(list(got)), but the experiment has \(list(expected))."
    case .otherData(let name):
      "The data \(name) are not those that the run was recorded with: their hash is another."
    case .noKeyframe:
      "The recording holds no keyframe, so there is no state to begin from; its scalars can still be exported."
    }
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(8).joined(separator: ", ")
    return names.isEmpty ? "(none)" : names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
  }
}
