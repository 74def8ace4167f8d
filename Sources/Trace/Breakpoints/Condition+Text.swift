extension Condition {
  /// The condition as it is written, with no more parentheses than it needs.
  public var text: String {
    switch self {
    case .comparison(.measure(let measure, let tensor), .greater, let number)
    where number == measure.usualBound:
      Condition.Quantity.measure(measure, of: tensor).text
    case .comparison(let quantity, let comparison, let number):
      "\(quantity.text) \(comparison.rawValue) \(Condition.text(of: number))"
    case .nan: "nan"
    case .infinite: "inf"
    // Joints of one kind are read from the left, so the right one of two needs parentheses.
    case .and(let left, let right): "\(left.text(within: 2)) and \(right.text(within: 3))"
    case .or(let left, let right): "\(left.text(within: 1)) or \(right.text(within: 2))"
    }
  }

  private var strength: Int {
    switch self {
    case .comparison, .nan, .infinite: 3
    case .and: 2
    case .or: 1
    }
  }

  private func text(within strength: Int) -> String { self.strength < strength ? "(\(text))" : text }

  /// The shortest digits that parse to the same number; whole numbers without a point.
  static func text(of number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Condition.Quantity {
  /// The quantity as it is written.
  public var text: String {
    switch self {
    case .step: "step"
    case .epoch: "epoch"
    case .loss: "loss"
    case .measure(.vanishing, let tensor): "vanishing(\(BreakpointWords.name(tensor.node)))"
    case .measure(let measure, let tensor): "\(measure.rawValue)(\(tensor.text))"
    }
  }
}

extension Condition.Measure {
  /// What a measure has to exceed where no comparison is written: `dead(fc1.relu)` is `dead(fc1.relu) > 0.5`; nil where
  /// one must be written.
  package var usualBound: Double? {
    switch self {
    case .dead, .saturated, .vanishing: 0.5
    case .norm, .min, .max, .mean, .std, .zeros, .nan, .inf: nil
    }
  }
}

extension Condition.TensorReference {
  /// The tensor as it is written, `fc1.weight.grad`.
  public var text: String {
    let name = BreakpointWords.name(node)
    return view == .gradient ? name + BreakpointWords.gradientSuffix : name
  }
}
