import Autograd
import Trace

/// Functions of the elements of two tensors, or of a tensor and a number.
extension TorchOperator {
  static func arithmetic(_ name: String) -> TorchOperator? {
    switch name {
    case "add":
      TorchOperator("add") {
        let (a, b) = try $0.pair()
        return try a.add(b, alpha: $0.number("alpha", at: 9, 1))
      }
    case "sub":
      TorchOperator("sub") {
        let (a, b) = try $0.pair()
        return try a.sub(b, alpha: $0.number("alpha", at: 9, 1))
      }
    case "mul":
      TorchOperator("mul") {
        let (a, b) = try $0.pair()
        return try a.mul(b)
      }
    case "div":
      TorchOperator("div") {
        let (a, b) = try $0.pair()
        guard $0.isGiven("rounding_mode", at: 9) else { return try a.div(b) }
        guard let rounding = DivisionRounding(rawValue: try $0.word("rounding_mode", at: 9, "")) else {
          throw EngineCall.Obstacle.option("rounding_mode")
        }
        return try a.div(b, rounding: rounding)
      }
    case "pow":
      TorchOperator("pow") { call in
        guard case .tensor? = call.value("self", at: 0) else {
          let (a, b) = try call.pair()
          return try a.pow(b)
        }
        switch call.value("exponent", at: 1) ?? call.value("other", at: 1) {
        case .whole(let exponent)?: return try call.x.pow(exponent)
        case .number(let exponent)?: return try call.x.pow(exponent)
        default: return try call.x.pow(call.tensor("exponent", at: 1))
        }
      }
    case "maximum": TorchOperator("maximum") { try $0.x.maximum($0.tensor("other", at: 1)) }
    case "minimum": TorchOperator("minimum") { try $0.x.minimum($0.tensor("other", at: 1)) }
    case "eq", "ne", "lt", "le", "gt", "ge": TorchOperator(name) { try compared($0, name) }
    case "where":
      TorchOperator("where") { call in
        let sample = call.call.tensors.dropFirst().first.map(call.tensor)
        return try Tensor.where(
          call.x, call.operand("input", at: 1, like: sample), call.operand("other", at: 2, like: sample))
      }
    case "masked_fill":
      TorchOperator("where") { call in
        let x = try call.x
        return try Tensor.where(
          call.tensor("mask", at: 1), call.operand("value", at: 2, like: x), x)
      }
    default: nil
    }
  }

  private static func compared(_ call: EngineCall, _ name: String) throws -> Tensor {
    let (a, b) = try call.pair()
    return switch name {
    case "eq": try a.eq(b)
    case "ne": try a.ne(b)
    case "lt": try a.lt(b)
    case "le": try a.le(b)
    case "gt": try a.gt(b)
    default: try a.ge(b)
    }
  }
}

extension EngineCall {
  /// Two operands, of which one may be a number.
  func pair() throws -> (Tensor, Tensor) {
    let sample = call.tensors.first.map(tensor)
    return (
      try operand("input", at: 0, like: sample), try operand("other", at: 1, like: sample)
    )
  }

  /// A tensor, or a number of another tensor's type.
  func operand(_ name: String, at place: Int, like sample: Tensor?) throws -> Tensor {
    switch value(name, at: place) {
    case .tensor(let operand)?: return tensor(operand)
    case .whole(let whole)? where sample?.dtype.isFloatingPoint == false: return Tensor(whole)
    case .number?, .whole?, .flag?:
      let number = try number(name, at: place)
      let dtype = sample.map { $0.dtype.isFloatingPoint ? $0.dtype : .float32 } ?? .float32
      return Tensor.empty([], dtype).filled(with: number)
    default: throw Obstacle.option(name)
    }
  }
}

/// Sums, means and what else makes one number of many.
extension TorchOperator {
  static func reduction(_ name: String) -> TorchOperator? {
    switch name {
    case "sum":
      TorchOperator("sum") {
        try $0.refuse("dtype")
        return try $0.x.sum(dims: $0.wholes("dim", at: 1) ?? [], keepDim: $0.flag("keepdim", at: 2))
      }
    case "mean":
      TorchOperator("mean") {
        try $0.refuse("dtype")
        return try $0.x.mean(dims: $0.wholes("dim", at: 1) ?? [], keepDim: $0.flag("keepdim", at: 2))
      }
    case "amax":
      TorchOperator("amax") {
        try $0.x.amax(dims: $0.wholes("dim", at: 1) ?? [], keepDim: $0.flag("keepdim", at: 2))
      }
    case "amin":
      TorchOperator("amin") {
        try $0.x.amin(dims: $0.wholes("dim", at: 1) ?? [], keepDim: $0.flag("keepdim", at: 2))
      }
    case "logsumexp":
      TorchOperator("logsumexp") {
        try $0.x.logsumexp(dims: $0.wholes("dim", at: 1) ?? [], keepDim: $0.flag("keepdim", at: 2))
      }
    case "var":
      TorchOperator("var") {
        try $0.x.var(dims: $0.wholes("dim", at: 1) ?? [], correction: $0.correction, keepDim: $0.keepsDim)
      }
    case "std":
      TorchOperator("std") {
        try $0.x.std(dims: $0.wholes("dim", at: 1) ?? [], correction: $0.correction, keepDim: $0.keepsDim)
      }
    case "softmax":
      TorchOperator("softmax") {
        try $0.refuse("dtype")
        return try $0.x.softmax(dim: $0.whole("dim", at: 1))
      }
    case "log_softmax":
      TorchOperator("log_softmax") {
        try $0.refuse("dtype")
        return try $0.x.logSoftmax(dim: $0.whole("dim", at: 1))
      }
    case "max", "min": TorchOperator(several: name) { try extreme($0, isGreatest: name == "max") }
    case "argmax", "argmin":
      TorchOperator(name) {
        let (dim, keeps) = (try $0.wholes("dim", at: 1)?.first, try $0.flag("keepdim", at: 2))
        return name == "argmax"
          ? try $0.x.argmax(dim: dim, keepDim: keeps) : try $0.x.argmin(dim: dim, keepDim: keeps)
      }
    case "layer_norm":
      TorchOperator("layer_norm") {
        try $0.x.layerNorm(
          normalizedShape: Shape($0.wholes("normalized_shape", at: 1) ?? []),
          weight: $0.optionalTensor("weight", at: 2), bias: $0.optionalTensor("bias", at: 3),
          epsilon: $0.number("eps", at: 4, 1e-5))
      }
    case "batch_norm":
      TorchOperator("batch_norm") {
        // With running averages it is another computation.
        guard try $0.flag("training", at: 5) else { throw EngineCall.Obstacle.option("training") }
        return try $0.x.batchNorm(
          weight: $0.optionalTensor("weight", at: 3), bias: $0.optionalTensor("bias", at: 4),
          epsilon: $0.number("eps", at: 7, 1e-5))
      }
    default: nil
    }
  }

  /// The greatest element of all, of each lane with its place, or of two tensors.
  private static func extreme(_ call: EngineCall, isGreatest: Bool) throws -> [Tensor] {
    let x = try call.x
    if case .tensor? = call.value("other", at: 1) {
      try call.takesSeveral()
      let other = try call.tensor("other", at: 1)
      return [isGreatest ? try x.maximum(other) : try x.minimum(other)]
    }
    guard call.isGiven("dim", at: 1) else { return [isGreatest ? try x.max() : try x.min()] }
    let (dim, keeps) = (try call.whole("dim", at: 1), try call.flag("keepdim", at: 2))
    let both = isGreatest ? try x.max(dim: dim, keepDim: keeps) : try x.min(dim: dim, keepDim: keeps)
    return [both.values, both.indices]
  }
}

extension EngineCall {
  /// What a variance subtracts from the count.
  fileprivate var correction: Double {
    get throws {
      if isGiven("correction", at: 9) { return try number("correction", at: 9) }
      if case .flag(let isUnbiased)? = call.value("unbiased", at: 1) { return isUnbiased ? 1 : 0 }
      return try flag("unbiased", at: 2, true) ? 1 : 0
    }
  }

  /// Whether a variance keeps the dimensions.
  fileprivate var keepsDim: Bool { get throws { try flag("keepdim", at: 3) } }
}
