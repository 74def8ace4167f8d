import Autograd
import Localization
import Numbers
import Trace

/// A condition whose tensors are known, so that nothing is looked up by name while nodes run.
indirect enum ArmedCondition {
  case comparison(Condition.Quantity, TensorSource?, Condition.Comparison, Double)
  case nan
  case infinite
  case and(ArmedCondition, ArmedCondition)
  case or(ArmedCondition, ArmedCondition)

  /// The result of a condition after a node.
  struct Verdict {
    var holds: Bool
    /// Whether it holds because of something that has just been computed.
    var isNew: Bool
  }

  /// Evaluates the condition after a node.
  func verdict(_ context: NodeContext) -> Verdict {
    switch self {
    case .comparison(let quantity, let source, let comparison, let number):
      let holds = context.value(quantity, source).map { comparison.holds($0, number) } ?? false
      return Verdict(holds: holds, isNew: holds && context.isNew(quantity, source))
    case .nan: return context.hasResult { TensorMeasure.value(.nan, of: $0) > 0 }
    case .infinite: return context.hasResult { TensorMeasure.value(.inf, of: $0) > 0 }
    case .and(let left, let right):
      let left = left.verdict(context)
      guard left.holds else { return left }
      let right = right.verdict(context)
      return Verdict(holds: right.holds, isNew: right.holds && (left.isNew || right.isNew))
    case .or(let left, let right):
      let (left, right) = (left.verdict(context), right.verdict(context))
      return Verdict(holds: left.holds || right.holds, isNew: left.isNew || right.isNew)
    }
  }

  /// Whether something in it has just been computed; otherwise it need not be evaluated.
  func isTouched(_ context: NodeContext) -> Bool {
    switch self {
    case .comparison(let quantity, let source, _, _): context.isNew(quantity, source)
    case .nan, .infinite: true
    case .and(let left, let right), .or(let left, let right):
      left.isTouched(context) || right.isTouched(context)
    }
  }

  /// The measured numbers, in words.
  func measured(_ context: NodeContext) -> [String] {
    switch self {
    case .comparison(let quantity, let source, _, _):
      guard verdict(context).holds, let value = context.value(quantity, source) else { return [] }
      return [localized("\(quantity.text) is \(NumberText.cell(value))")]
    case .nan: return context.counted(.nan)
    case .infinite: return context.counted(.inf)
    case .and(let left, let right), .or(let left, let right):
      return left.measured(context) + right.measured(context)
    }
  }
}

extension Condition.Comparison {
  /// Whether the comparison holds for two numbers; for NaN only `!=` does.
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
