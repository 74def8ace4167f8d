import NN

/// The function between the layers of a reference: one for all of them, or none.
struct ReferenceActivation: Equatable {
  /// The function; nil for none.
  let function: Activation?

  /// What is assumed where nothing says otherwise, and what is tried after it.
  static let usual: [ReferenceActivation] =
    [.init(function: .relu)] + Activation.allCases.filter { $0 != .relu }.map { .init(function: $0) }
    + [.init(function: nil)]

  init(function: Activation?) { self.function = function }

  /// The activation that metadata name, as `tanh`, `nn.Tanh()` or `torch.nn.Tanh`.
  ///
  /// - Throws: ``BridgeError/activation(_:)`` for another.
  init(named text: String) throws(BridgeError) {
    let lowered = text.lowercased().filter { !$0.isWhitespace }
    let call = lowered.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
    let name = call.first?.split(separator: ".").last.map(String.init) ?? ""
    // GELU's approximation by tanh gives other numbers.
    guard !(call.dropFirst().first?.contains("tanh") ?? false) else { throw .activation(text) }
    switch name {
    case "none", "identity", "linear": function = nil
    case "swish": function = .silu
    default:
      guard let known = Activation(rawValue: name) else { throw .activation(text) }
      function = known
    }
  }

  /// The word for it in reports.
  var name: String { function?.rawValue ?? "none" }
}
