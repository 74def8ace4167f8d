import Autograd
import Trace

/// A condition whose tensors are known, so that nothing is looked up by name while nodes run.
indirect enum ArmedCondition {
  case comparison(Condition.Quantity, TensorSource?, Condition.Comparison, Double)
  case nan
  case infinite
  case and(ArmedCondition, ArmedCondition)
  case or(ArmedCondition, ArmedCondition)

  /// What is to be said of a condition after a node.
  struct Verdict {
    var holds: Bool
    /// Whether it holds because of something that has just been computed.
    var isNew: Bool
  }

  /// Judges the condition after a node.
  func verdict(_ facts: Facts) -> Verdict {
    switch self {
    case .comparison(let quantity, let source, let comparison, let number):
      let holds = facts.value(quantity, source).map { comparison.holds($0, number) } ?? false
      return Verdict(holds: holds, isNew: holds && facts.isNew(quantity, source))
    case .nan: return facts.hasResult { TensorMeasure.value(.nan, of: $0) > 0 }
    case .infinite: return facts.hasResult { TensorMeasure.value(.inf, of: $0) > 0 }
    case .and(let left, let right):
      let left = left.verdict(facts)
      guard left.holds else { return left }
      let right = right.verdict(facts)
      return Verdict(holds: right.holds, isNew: right.holds && (left.isNew || right.isNew))
    case .or(let left, let right):
      let (left, right) = (left.verdict(facts), right.verdict(facts))
      return Verdict(holds: left.holds || right.holds, isNew: left.isNew || right.isNew)
    }
  }

  /// Whether something in it has just been computed: else it need not be judged.
  func isTouched(_ facts: Facts) -> Bool {
    switch self {
    case .comparison(let quantity, let source, _, _): facts.isNew(quantity, source)
    case .nan, .infinite: true
    case .and(let left, let right), .or(let left, let right):
      left.isTouched(facts) || right.isTouched(facts)
    }
  }

  /// The numbers for which it holds, in words.
  func measured(_ facts: Facts) -> [String] {
    switch self {
    case .comparison(let quantity, let source, _, _):
      guard verdict(facts).holds, let value = facts.value(quantity, source) else { return [] }
      return ["\(quantity.text) is \(NumberWords.text(value))"]
    case .nan: return facts.counted(.nan, as: "NaN")
    case .infinite: return facts.counted(.inf, as: "infinite")
    case .and(let left, let right), .or(let left, let right):
      return left.measured(facts) + right.measured(facts)
    }
  }
}

extension Condition.Comparison {
  /// Whether two numbers compare so; nothing but `!=` holds for NaN.
  func holds(_ left: Double, _ right: Double) -> Bool {
    switch self {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    case .equal: left == right
    case .notEqual: left != right
    }
  }
}

/// Numbers in the sentences of a run.
enum NumberWords {
  /// As many digits as single precision has; whole numbers without a point.
  static func text(_ number: Double) -> String {
    guard !number.isNaN else { return "NaN" }
    let text = number == 0 ? "0" : "\(Float(number))"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
