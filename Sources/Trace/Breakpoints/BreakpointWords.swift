/// The words that have a meaning of their own in a breakpoint.
enum BreakpointWords {
  /// Any node.
  static let any = "any"
  /// Between a place and its condition.
  static let when = "if"
  /// Forward, loss and backward together.
  static let both = "both"
  /// Before a line of a file.
  static let line = "line"
  /// What the diagnosis finds.
  static let diagnosis = "diagnosis"
  /// The phases that `both` means.
  static let bothPhases: Set<Phase> = [.forward, .loss, .backward]

  /// Words that are not names unless they are quoted.
  static let reserved: Set<String> = [
    any, when, both, diagnosis, "and", "or", "nan", "inf", "step", "epoch", "loss",
  ]

  /// The phases that a word after a name means; nil if it is not a phase.
  static func phases(_ word: String) -> Set<Phase>? {
    word == both ? bothPhases : Phase.allCases.first { $0.name == word }.map { [$0] }
  }

  /// A name as it has to be written, in quotes where necessary.
  static func name(_ name: String) -> String {
    let isPlain =
      !name.isEmpty && name.allSatisfy(BreakpointToken.isWordCharacter) && !reserved.contains(name)
      && !name.hasSuffix(gradientSuffix)
    if isPlain { return name }
    let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }

  /// The suffix of a name that refers to its gradient.
  static let gradientSuffix = ".grad"
}
