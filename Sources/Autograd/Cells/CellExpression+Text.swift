/// Writes the arithmetic of cells, with names or with numbers.
package struct CellWriting {
  private let name: (CellPlace) -> String
  private let number: (Double) -> String
  private let value: (CellPlace) -> Double
  /// How many terms of a long sum are written with their numbers.
  private let termCount: Int

  /// A writing of cells with their names, their numbers, and how a number is written.
  package init(
    termCount: Int = 5, name: @escaping (CellPlace) -> String, value: @escaping (CellPlace) -> Double,
    number: @escaping (Double) -> String
  ) {
    self.termCount = termCount
    self.name = name
    self.value = value
    self.number = number
  }

  /// The expression with names: `X[3,0]·W1[0,17] + … + b1[17]`.
  package func symbols(_ expression: CellExpression) -> String { text(expression, isSymbolic: true).text }

  /// The expression with numbers: `0.25·0.113 + 0.88·(−0.041) + … + 0.012`.
  package func numbers(_ expression: CellExpression) -> String { text(expression, isSymbolic: false).text }

  /// The places of a sum's terms in the order in which they are written: all of a short sum, the largest of a long one.
  package func shownTerms(_ sum: CellSum, limit: Int) -> [Int] {
    guard sum.count > limit else { return Array(0..<sum.count) }
    var largest: [(place: Int, size: Double)] = []
    for place in 0..<sum.count {
      let size = abs(sum.term(place).value(value))
      let rank = size.isNaN ? .infinity : size
      guard largest.count < limit || rank > (largest.last?.size ?? 0) else { continue }
      let position = largest.firstIndex { $0.size < rank } ?? largest.count
      largest.insert((place, rank), at: position)
      if largest.count > limit { largest.removeLast() }
    }
    return largest.map(\.place)
  }

  /// How tightly the parts of a text hold together.
  private enum Binding: Int, Comparable {
    case sum, product, tight
    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
  }

  private func text(_ expression: CellExpression, isSymbolic: Bool) -> (text: String, binding: Binding) {
    switch expression {
    case .cell(let place):
      return isSymbolic ? (name(place), .tight) : (number(value(place)), .tight)
    case .constant(let value): return (number(value), .tight)
    case .named(let part):
      return isSymbolic ? (part.name, .tight) : (number(part.value(value)), .tight)
    case .sum(let sum): return (text(sum, isSymbolic: isSymbolic), sum.count > 1 ? .sum : .tight)
    case .call(let function, let arguments):
      guard isSymbolic || function.showsNumbers else {
        return (number(expression.value(value)), .tight)
      }
      let texts = arguments.map { text($0, isSymbolic: isSymbolic) }
      return (CellWriting.fill(function.symbols, texts), CellWriting.binding(of: function.symbols))
    }
  }

  private func text(_ sum: CellSum, isSymbolic: Bool) -> String {
    guard sum.count > 0 else { return "0" }
    func term(_ place: Int) -> String { text(sum.term(place), isSymbolic: isSymbolic).text }
    if isSymbolic, sum.count > 3 { return "\(term(0)) + … + \(term(sum.count - 1))" }
    let shown = shownTerms(sum, limit: termCount)
    let terms = shown.map(term)
    let joined = terms.dropFirst().reduce(terms.first ?? "0") { text, term in
      term.hasPrefix("−") ? "\(text) − \(term.dropFirst())" : "\(text) + \(term)"
    }
    return shown.count < sum.count ? joined + " + …" : joined
  }

  /// The function's words with its arguments in their places, in parentheses where these are needed.
  private static func fill(_ words: String, _ arguments: [(text: String, binding: Binding)]) -> String {
    var result = ""
    var rest = Substring(words)
    while let mark = rest.firstIndex(of: "%") {
      let digit = rest.index(after: mark)
      guard digit < rest.endIndex, let index = rest[digit].wholeNumberValue,
        arguments.indices.contains(index - 1)
      else { break }
      result += rest[..<mark]
      let after = rest[rest.index(after: digit)...]
      let argument = arguments[index - 1]
      result +=
        isEnclosed(result, after) || fits(argument, after: result, before: after)
        ? argument.text : "(\(argument.text))"
      rest = after
    }
    return result + rest
  }

  /// Whether an argument lies between parentheses, commas or bars of its function.
  private static func isEnclosed(_ before: String, _ after: Substring) -> Bool {
    let left = before.last { $0 != " " }
    let right = after.first { $0 != " " }
    return (left.map { "(,|[".contains($0) } ?? false) && (right.map { "),|]".contains($0) } ?? false)
  }

  private static func fits(
    _ argument: (text: String, binding: Binding), after before: String, before after: Substring
  ) -> Bool {
    let left = before.last { $0 != " " }
    let right = after.first { $0 != " " }
    // A sign of its own may stand at the start only.
    if argument.text.hasPrefix("−"), left != nil || right.map({ "²³^".contains($0) }) ?? false {
      return false
    }
    switch argument.binding {
    case .tight: return true
    case .product:
      return left.map { "+(,".contains($0) } ?? true && !(right.map { "²³^".contains($0) } ?? false)
        || left == "−" && before.last == " "
    case .sum: return (left.map { "+(".contains($0) } ?? true) && (right.map { "+−)".contains($0) } ?? true)
    }
  }

  /// How tightly a function's words hold together: by the loosest sign outside parentheses.
  private static func binding(of words: String) -> Binding {
    var depth = 0
    var loosest = Binding.tight
    var previous: Character = "("
    for (index, character) in words.enumerated() {
      switch character {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "+", "−", ">", "<", "=", "≥", "≤", "≠":
        if depth == 0, index > 0, previous == " " { loosest = min(loosest, .sum) }
      case "·", "÷": if depth == 0 { loosest = min(loosest, .product) }
      default: break
      }
      previous = character
    }
    return loosest
  }
}
