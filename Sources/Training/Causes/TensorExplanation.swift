import Autograd
import Localization
import Numbers
import Trace

/// Why a node computes NaN, infinity or 0 from whole tensors that have none, in words.
enum TensorExplanation {
  /// Why an operation's result has the defect.
  static func forward(
    _ node: String, _ info: OperatorInfo, _ inputs: [Tensor], _ defect: Cause.Defect
  ) -> String {
    let range = range(inputs)
    let reason = info.reasons.reason(for: defect).map { "\($0); \(range)" } ?? range
    return localized("\(node) is the first tensor with \(defect.noun): \(reason)")
  }

  /// Why an operation's backward passes on a gradient with the defect.
  static func backward(
    _ node: String, _ info: OperatorInfo, _ inputs: [Tensor], upstream: Tensor, _ defect: Cause.Defect
  ) -> String {
    guard defect == .zero else {
      return localized(
        """
        it starts in the backward pass of \(node): its values are finite, and the largest magnitude of the gradient \
        that it receives is \(magnitude(upstream))
        """)
    }
    guard let blocked = info.reasons.blocked else {
      return localized(
        """
        it starts in the backward pass of \(node): the gradient that it receives is not 0, but the gradient that it \
        passes on is
        """)
    }
    return localized("it starts in the backward pass of \(node): \(blocked); \(range(inputs))")
  }

  /// The largest magnitude in a tensor, in words.
  static func magnitude(_ tensor: Tensor?) -> String {
    guard let tensor, tensor.dtype.isFloatingPoint else { return localized("unknown") }
    return NumberText.cell(
      max(abs(TensorMeasure.value(.min, of: tensor)), abs(TensorMeasure.value(.max, of: tensor))))
  }

  private static func range(_ inputs: [Tensor]) -> String {
    let floating = inputs.filter { $0.dtype.isFloatingPoint && $0.elementCount > 0 }
    let least = floating.map { TensorMeasure.value(.min, of: $0) }.min() ?? 0
    let greatest = floating.map { TensorMeasure.value(.max, of: $0) }.max() ?? 0
    return localized("its inputs range from \(NumberText.cell(least)) to \(NumberText.cell(greatest))")
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
    case .infinite: localized("infinite")
    case .zero: "0"
    }
  }

  /// What a tensor with the defect contains.
  var noun: String {
    switch self {
    case .nan: "NaN"
    case .infinite: localized("infinite values")
    case .zero: localized("zeros")
    }
  }
}
