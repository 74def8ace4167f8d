import Autograd
import Numbers
import Trace

/// Why a node computes NaN, infinity or 0 from whole tensors that have none, in words.
enum TensorExplanation {
  /// Why an operation's result has the defect.
  static func forward(
    _ node: String, _ info: OperatorInfo, _ inputs: [Tensor], _ defect: Cause.Defect
  ) -> String {
    let reason = info.reasons.reason(for: defect).map { "\($0); its inputs range" } ?? "its inputs range"
    return "\(node) is the first tensor with \(defect.noun): \(reason) \(range(inputs))"
  }

  /// Why an operation's backward passes on a gradient with the defect.
  static func backward(
    _ node: String, _ info: OperatorInfo, _ inputs: [Tensor], upstream: Tensor, _ defect: Cause.Defect
  ) -> String {
    let start = "it starts in the backward pass of \(node)"
    guard defect == .zero else {
      return "\(start): its values are finite, and the largest magnitude of the gradient that it receives is "
        + magnitude(upstream)
    }
    guard let blocked = info.reasons.blocked else {
      return "\(start): the gradient that it receives is not 0, but the gradient that it passes on is"
    }
    return "\(start): \(blocked); its inputs range \(range(inputs))"
  }

  /// The largest magnitude in a tensor, in words.
  static func magnitude(_ tensor: Tensor?) -> String {
    guard let tensor, tensor.dtype.isFloatingPoint else { return "unknown" }
    return NumberText.cell(
      max(abs(TensorMeasure.value(.min, of: tensor)), abs(TensorMeasure.value(.max, of: tensor))))
  }

  private static func range(_ inputs: [Tensor]) -> String {
    let floating = inputs.filter { $0.dtype.isFloatingPoint && $0.elementCount > 0 }
    let least = floating.map { TensorMeasure.value(.min, of: $0) }.min() ?? 0
    let greatest = floating.map { TensorMeasure.value(.max, of: $0) }.max() ?? 0
    return "from \(NumberText.cell(least)) to \(NumberText.cell(greatest))"
  }
}

extension DefectReasons {
  /// Why a result has a defect; nil where nothing special is known.
  func reason(for defect: Cause.Defect) -> String? {
    switch defect {
    case .nan: nan
    case .infinite: infinite
    case .zero: zero
    }
  }
}

extension Cause.Defect {
  /// The defect as the complement of a sentence: `fc1.weight[3,4] is infinite`.
  var word: String {
    switch self {
    case .nan: "NaN"
    case .infinite: "infinite"
    case .zero: "0"
    }
  }

  /// What a tensor with the defect contains.
  var noun: String {
    switch self {
    case .nan: "NaN"
    case .infinite: "infinite values"
    case .zero: "zeros"
    }
  }
}
