/// The words that have a meaning of their own in a breakpoint.
enum BreakpointWords {
  /// Any node.
  static let any = "any"
  /// Between a place and its condition.
  static let when = "if"
  /// Forward, loss and backward together.
  static let both = "both"
  /// The phases that `both` stands for.
  static let bothPhases: Set<Phase> = [.forward, .loss, .backward]

  /// Words that a name in a place must not be mistaken for.
  static let reserved: Set<String> = [any, when, both, "and", "or", "nan", "inf", "step", "epoch", "loss"]

  /// The phases that a word after a name stands for; nil if it is no such word.
  static func phases(_ word: String) -> Set<Phase>? {
    word == both ? bothPhases : Phase.allCases.first { $0.name == word }.map { [$0] }
  }

  /// A name as it has to be written so that it is read again.
  static func name(_ name: String) -> String {
    let isPlain =
      !name.isEmpty && name.allSatisfy(BreakpointToken.isWordCharacter) && !reserved.contains(name)
      && !name.hasSuffix(gradientSuffix)
    if isPlain { return name }
    let escaped = name.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
    return "\"\(escaped)\""
  }

  /// What follows a name where its gradient is meant.
  static let gradientSuffix = ".grad"
}
