import Autograd

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
      "The state does not fit \(owner): "
        + [list("missing", missing), list("unexpected", unexpected)].compactMap { $0 }.joined(separator: "; ")
        + ". Save it from the same model, or pass strict: false."
    case .stateShape(let owner, let name, let got, let expected):
      "The state does not fit \(owner): \(name) has shape \(got), but the model's is \(expected)."
    case .unknownSetting(let owner, let name, let known):
      "\(owner) has no setting \(name); it has \(known.joined(separator: ", "))."
    case .emptyParameterList(let owner, let unlisted):
      "\(owner) got an empty parameter list"
        + (unlisted.isEmpty
          ? ": give it the model's namedParameters()."
          : ": \(unlisted.joined(separator: ", ")) \(unlisted.count == 1 ? "is" : "are") in the model, but no module "
            + "lists \(unlisted.count == 1 ? "it" : "them"). Name the layers in `children`, and tensors in "
            + "`ownParameters`.")
    case .settingRange(let owner, let name, let got, let expected):
      "\(owner) got \(name) \(got); it expects \(expected)."
    case .repeatedParameter(let owner, let name):
      "\(owner) got the parameter \(name) twice; each parameter is given once, in one group."
    }
  }

  private func list(_ title: String, _ names: [String]) -> String? {
    names.isEmpty ? nil : "\(title) \(names.joined(separator: ", "))"
  }
}
