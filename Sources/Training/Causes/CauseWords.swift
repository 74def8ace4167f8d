import Autograd
import Trace

/// Why a node makes NaN, infinity or zero of sound inputs, in words.
enum CauseWords {
  /// Why an operation's value is so.
  static func origin(_ node: ComputationGraph.Node, _ inputs: [Tensor], _ defect: Cause.Defect) -> String {
    let made = "\(node.name) is the first that is \(defect.word)"
    guard let reason = reason(node.operation, inputs, defect) else {
      return
        "\(made): \(node.operation) of inputs that are sound, the largest magnitude among them \(magnitude(inputs))"
    }
    return "\(made): \(reason)"
  }

  /// Why an operation's backward passes on what is so.
  static func backward(
    _ node: ComputationGraph.Node, _ entry: Tape.Backward, _ defect: Cause.Defect
  ) -> String {
    let begun = "it begins in the backward of \(node.name)"
    guard defect != .zero else {
      if node.operation == "relu" {
        let on = entry.node.inputs.first.map { 1 - TensorMeasure.shareNotAbove(0, of: $0) } ?? 0
        return "\(begun): relu passes gradient only where its input is above 0, which is \(percent(on)) of it"
      }
      return "\(begun): what comes in is not 0, what it passes on is"
    }
    return
      "\(begun): its values are finite, the largest magnitude that comes in is \(magnitude(entry.upstream))"
  }

  private static func reason(_ operation: String, _ inputs: [Tensor], _ defect: Cause.Defect) -> String? {
    guard let input = inputs.first else { return nil }
    let (least, greatest) = (TensorMeasure.value(.min, of: input), TensorMeasure.value(.max, of: input))
    switch (operation, defect) {
    case ("relu", .zero):
      let off = TensorMeasure.shareNotAbove(0, of: input)
      return
        "relu is 0 where its input is not above 0, which is \(percent(off)) of it; the greatest input is "
        + number(greatest)
    case ("log", _) where least == 0: return "log of 0 is -inf"
    case ("log", _) where least < 0: return "log of \(number(least)) is NaN"
    case ("sqrt", .nan): return "the root of \(number(least)) is NaN"
    case ("exp", _): return "exp of \(number(greatest)) is beyond the greatest number"
    case ("div", _):
      guard inputs.count > 1, TensorMeasure.value(.zeros, of: inputs[1]) > 0 else { return nil }
      return "it divides by 0"
    case ("linear", _) where defect != .zero, ("matmul", _) where defect != .zero:
      return "the products of numbers up to \(magnitude(inputs)) are beyond the greatest number, 3.4e+38"
    default: return nil
    }
  }

  /// The largest magnitude in a tensor, in words.
  static func magnitude(_ tensor: Tensor?) -> String {
    guard let tensor, tensor.dtype.isFloatingPoint else { return "unknown" }
    return number(
      max(abs(TensorMeasure.value(.min, of: tensor)), abs(TensorMeasure.value(.max, of: tensor))))
  }

  private static func magnitude(_ tensors: [Tensor]) -> String {
    let floating = tensors.filter(\.dtype.isFloatingPoint)
    return number(
      floating.map { max(abs(TensorMeasure.value(.min, of: $0)), abs(TensorMeasure.value(.max, of: $0))) }
        .max() ?? 0)
  }

  private static func percent(_ share: Double) -> String {
    "\(NumberWords.text((share * 1_000).rounded() / 10)) %"
  }

  private static func number(_ value: Double) -> String { NumberWords.text(value) }
}

extension TensorMeasure {
  /// The share of values that are not above a number.
  static func shareNotAbove(_ number: Double, of tensor: Tensor) -> Double {
    let values = tensor.array(Double.self)
    return values.isEmpty ? 0 : Double(values.count { $0 <= number }) / Double(values.count)
  }
}
