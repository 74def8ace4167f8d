import Localization

/// Reads a breakpoint from its tokens: `PLACE`, `CONDITION`, or `PLACE if CONDITION`.
///
/// A place is a node's name, or `any`, and the phases that are meant. A condition is made of comparisons,
/// `nan` and `inf`, joined by `or` and `and`, which binds tighter. Parentheses are kept on a stack of their
/// own, and terms are counted, so that no text can exhaust the call stack.
struct BreakpointParser {
  /// Comparisons a condition may have.
  static let termLimit = 64

  private let tokens: [BreakpointToken]
  private var place = 0

  /// A parser of a text.
  init(_ text: String) { tokens = BreakpointToken.tokens(of: text) }

  /// Reads the whole text.
  mutating func breakpoint(id: Int) throws(BreakpointSyntaxError) -> Breakpoint {
    var result = Breakpoint(id: id)
    if beginsCondition {
      result.condition = try condition()
    } else {
      try readPlace(into: &result)
      if accept(word: BreakpointWords.when) { result.condition = try condition() }
    }
    guard next.kind == .end else { throw unexpected(continuation(of: result)) }
    return result
  }

  /// Reads a measure of a tensor alone, `norm(fc1.weight.grad)`.
  mutating func plot() throws(BreakpointSyntaxError) -> PlotSeries {
    let isMeasure = tokens[min(place + 1, tokens.count - 1)].text == "("
    guard isMeasure, case .measure(let measure, let tensor) = try quantity() else {
      let names = (["loss", "accuracy"] + PlotSeries.named.map(\.text)).joined(separator: ", ")
      throw unexpected(localized("\(names) or a measure of a tensor, such as norm(fc1.weight.grad)"))
    }
    guard next.kind == .end else { throw unexpected(localized("the end")) }
    return .measure(measure, of: tensor)
  }

  // MARK: Places

  /// Whether what follows can only be a condition; a node may be called `mean`, but not `mean(`.
  private var beginsCondition: Bool {
    guard next.kind == .word else { return next.kind == .sign && next.text == "(" }
    if ["nan", "inf", "step", "epoch", "loss"].contains(next.text) { return true }
    let after = tokens[min(place + 1, tokens.count - 1)]
    return after.kind == .sign && after.text == "("
  }

  private mutating func readPlace(into result: inout Breakpoint) throws(BreakpointSyntaxError) {
    let isReserved =
      next.kind == .word && next.text != BreakpointWords.any && BreakpointWords.reserved.contains(next.text)
    guard isName, !isReserved else {
      throw unexpected(localized("a node or a condition, such as fc1.relu or loss > 10"))
    }
    let token = take()
    if token.kind == .quoted || token.text != BreakpointWords.any { result.node = token.text }
    while next.kind == .word, let phases = BreakpointWords.phases(next.text) {
      result.phases.formUnion(phases)
      place += 1
    }
  }

  /// What could follow a breakpoint that was read up to here.
  private func continuation(of result: Breakpoint) -> String {
    if result.condition != nil { return localized("'and', 'or' or the end") }
    if next.kind == .sign, Condition.Comparison(rawValue: next.text) != nil, let node = result.node {
      return localized("something to compare, such as norm(\(node))")
    }
    let phases = ["forward", "backward", "update", BreakpointWords.both].map { "'\($0)'" }
    return localized("\(result.phases.isEmpty ? phases.joined(separator: ", ") + ", " : "")'if' or the end")
  }

  // MARK: Conditions

  private enum Joint {
    case parenthesis, or, and

    var strength: Int {
      switch self {
      case .parenthesis: 0
      case .or: 1
      case .and: 2
      }
    }
  }

  /// Operator precedence with two stacks: terms that wait for a joint, and joints that wait for a term.
  private mutating func condition() throws(BreakpointSyntaxError) -> Condition {
    var (terms, joints): ([Condition], [Joint]) = ([], [])
    var count = 0
    while true {
      while accept(sign: "(") { joints.append(.parenthesis) }
      count += 1
      guard count <= BreakpointParser.termLimit else {
        throw unexpected(localized("at most \(BreakpointParser.termLimit) comparisons"))
      }
      terms.append(try term())
      while joints.contains(.parenthesis), accept(sign: ")") {
        BreakpointParser.join(&terms, &joints, from: .or)
        joints.removeLast()
      }
      guard let joint = acceptJoint() else { break }
      BreakpointParser.join(&terms, &joints, from: joint)
      joints.append(joint)
    }
    if joints.contains(.parenthesis) { throw unexpected(localized("'and', 'or' or ')'")) }
    BreakpointParser.join(&terms, &joints, from: .or)
    guard let result = terms.last else { throw unexpected(localized("a condition")) }
    return result
  }

  /// Joins the last terms by the waiting joints that bind at least as tightly as one that follows them.
  private static func join(_ terms: inout [Condition], _ joints: inout [Joint], from follower: Joint) {
    while let joint = joints.last, joint.strength >= follower.strength, terms.count >= 2 {
      joints.removeLast()
      let (right, left) = (terms.removeLast(), terms.removeLast())
      terms.append(joint == .and ? .and(left, right) : .or(left, right))
    }
  }

  private mutating func acceptJoint() -> Joint? {
    accept(word: "and") ? .and : accept(word: "or") ? .or : nil
  }

  private mutating func term() throws(BreakpointSyntaxError) -> Condition {
    let isMeasure = tokens[min(place + 1, tokens.count - 1)].text == "("
    if !isMeasure, accept(word: "nan") { return .nan }
    if !isMeasure, accept(word: "inf") { return .infinite }
    let quantity = try quantity()
    if !isComparison, case .measure(let measure, _) = quantity, let bound = measure.usualBound {
      return .comparison(quantity, .greater, bound)
    }
    guard next.kind == .sign, let comparison = Condition.Comparison(rawValue: next.text) else {
      throw unexpected(
        localized("a comparison (\(Condition.Comparison.allCases.map(\.rawValue).joined(separator: " ")))"))
    }
    place += 1
    return .comparison(quantity, comparison, try number())
  }

  private var isComparison: Bool {
    next.kind == .sign && (Condition.Comparison(rawValue: next.text) != nil || next.text == "=")
  }

  private mutating func quantity() throws(BreakpointSyntaxError) -> Condition.Quantity {
    if accept(word: "step") { return .step }
    if accept(word: "epoch") { return .epoch }
    if accept(word: "loss") { return .loss }
    let measures = Condition.Measure.allCases.map(\.rawValue).joined(separator: ", ")
    guard next.kind == .word, let measure = Condition.Measure(rawValue: next.text) else {
      throw unexpected(
        localized("'loss', 'step', 'epoch', 'nan', 'inf' or a measure of a tensor (\(measures))"))
    }
    place += 1
    guard accept(sign: "(") else { throw unexpected(localized("'(' and the tensor to measure")) }
    var tensor = try tensor()
    if measure == .vanishing { tensor.view = .gradient }
    guard accept(sign: ")") else { throw unexpected("')'") }
    return .measure(measure, of: tensor)
  }

  private mutating func tensor() throws(BreakpointSyntaxError) -> Condition.TensorReference {
    let suffix = BreakpointWords.gradientSuffix
    guard isName else {
      throw unexpected(localized("a tensor, such as fc1.relu or fc1.weight.grad"))
    }
    let token = take()
    if token.kind == .quoted {
      let isGradient = accept(word: suffix)
      return Condition.TensorReference(node: token.text, view: isGradient ? .gradient : .value)
    }
    guard token.text.hasSuffix(suffix), token.text.count > suffix.count else {
      return Condition.TensorReference(node: token.text, view: .value)
    }
    return Condition.TensorReference(node: String(token.text.dropLast(suffix.count)), view: .gradient)
  }

  private mutating func number() throws(BreakpointSyntaxError) -> Double {
    if next.kind == .word, next.text == "nan" {
      throw unexpected(
        localized("a number, since nothing compares with NaN: write 'nan' alone, or nan(fc1.relu) > 0"))
    }
    let isDecimal =
      next.text.allSatisfy { "0123456789.+-eE".contains($0) } || ["inf", "+inf", "-inf"].contains(next.text)
    guard next.kind == .word, isDecimal, let number = Double(next.text) else {
      throw unexpected(localized("a number"))
    }
    place += 1
    return number
  }

  // MARK: Tokens

  private var next: BreakpointToken { tokens[place] }

  /// Whether a name comes: in quotes, or a word without the sign of a number.
  private var isName: Bool {
    next.kind == .quoted || next.kind == .word && next.text.first.map(BreakpointToken.isWordCharacter) == true
  }

  /// Takes the next token; the end is never passed.
  private mutating func take() -> BreakpointToken {
    defer { if next.kind != .end { place += 1 } }
    return next
  }

  private mutating func accept(word: String) -> Bool { accept(.word, word) }

  private mutating func accept(sign: String) -> Bool { accept(.sign, sign) }

  private mutating func accept(_ kind: BreakpointToken.Kind, _ text: String) -> Bool {
    guard next.kind == kind, next.text == text else { return false }
    place += 1
    return true
  }

  private func unexpected(_ expected: String) -> BreakpointSyntaxError {
    BreakpointSyntaxError(column: next.column, expected: expected, got: next.quotation)
  }
}
