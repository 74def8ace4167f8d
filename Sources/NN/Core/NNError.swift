import Autograd
import Localization

/// What can go wrong in modules and optimizers. Carries data only; ``description`` has the wording.
public enum NNError: Error, Equatable {
  /// A saved state lacks entries, has some that the model does not know, or both.
  case stateNames(of: String, missing: [String], unexpected: [String])
  /// A saved entry has another shape than the model's.
  case stateShape(of: String, name: String, got: Shape, expected: Shape)
  /// An optimizer has no setting of that name.
  case unknownSetting(of: String, name: String, known: [String])
  /// An optimizer was made without parameters; `unlisted` are those that the model has but does not list.
  case emptyParameterList(of: String, unlisted: [String])
  /// A setting was given a value out of its range.
  case settingRange(of: String, name: String, got: Double, expected: String)
  /// An optimizer was given a parameter twice; it would be changed twice in each step.
  case repeatedParameter(of: String, name: String)
}

extension NNError: CustomStringConvertible {
  /// The message: what, where, expected and got.
  public var description: String {
    switch self {
    case .stateNames(let owner, let missing, let unexpected):
      localized(
        """
        The state does not fit \(owner): \(names(missing, unexpected)). Save it from the same model, or pass strict: false.
        """)
    case .stateShape(let owner, let name, let got, let expected):
      localized("The state does not fit \(owner): \(name) has shape \(got), but the model's is \(expected).")
    case .unknownSetting(let owner, let name, let known):
      localized("\(owner) has no setting \(name); it has \(known.joined(separator: ", ")).")
    case .emptyParameterList(let owner, let unlisted):
      switch unlisted.count {
      case 0: localized("\(owner) got an empty parameter list: give it the model's namedParameters().")
      case 1:
        localized(
          """
          \(owner) got an empty parameter list: \(unlisted[0]) is in the model, but no module lists it. Name the layers in \
          children, and tensors in ownParameters.
          """)
      default:
        localized(
          """
          \(owner) got an empty parameter list: \(unlisted.joined(separator: ", ")) are in the model, but no module lists \
          them. Name the layers in children, and tensors in ownParameters.
          """)
      }
    case .settingRange(let owner, let name, let got, let expected):
      localized("\(owner) got \(name) \(got); it expects \(expected).")
    case .repeatedParameter(let owner, let name):
      localized("\(owner) got the parameter \(name) twice; each parameter is given once, in one group.")
    }
  }

  private func names(_ missing: [String], _ unexpected: [String]) -> String {
    let parts = [
      missing.isEmpty ? nil : localized("missing \(missing.joined(separator: ", "))"),
      unexpected.isEmpty ? nil : localized("unexpected \(unexpected.joined(separator: ", "))"),
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }
}
