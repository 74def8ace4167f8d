import Autograd

/// How an experiment limits its gradients before each update.
public enum GradientClipping: Sendable, Equatable {
  /// All gradients together have at most this norm, as ``clipGradNorm(_:maximumNorm:normType:)`` makes it.
  case norm(Double, type: Double = 2)
  /// Every element is at most this far from 0, as ``clipGradValue(_:limit:)`` makes it.
  case value(Double)

  /// Limits the gradients of some parameters.
  package func clip(_ parameters: [Tensor]) {
    switch self {
    case .norm(let maximum, let type): clipGradNorm(parameters, maximumNorm: maximum, normType: type)
    case .value(let limit): clipGradValue(parameters, limit: limit)
    }
  }

  /// The limit in the words of the debugger's header: `clip norm 1.0`.
  package var summary: String {
    switch self {
    case .norm(let maximum, let type): type == 2 ? "clip norm \(maximum)" : "clip \(type)-norm \(maximum)"
    case .value(let limit): "clip value \(limit)"
    }
  }
}

/// Scales all gradients together so that their norm is at most `maximumNorm`; returns the norm before.
///
/// The norm is (Σ |g|ᵖ)^(1/p) over all parameters with p = `normType`, the greatest magnitude for infinity; each gradient
/// is multiplied by maximumNorm ÷ (norm + 10⁻⁶) where that is below 1.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html>
@discardableResult
public func clipGradNorm(_ parameters: [Tensor], maximumNorm: Double, normType: Double = 2) -> Double {
  let gradients = parameters.compactMap(\.grad)
  let norm =
    normType == 2
    ? gradients.reduce(0) { $0 + $1.sumOfSquares }.squareRoot()
    : vectorNorm(gradients.map { vectorNorm($0.array(Double.self), normType) }, normType)
  let factor = maximumNorm / (norm + 1e-6)
  if !(factor >= 1) { changeGradients(parameters) { $0 * factor } }
  return norm
}

/// (Σ |x|ᵖ)^(1/p); for infinite p the greatest or least magnitude, for 0 how many are not 0.
private func vectorNorm(_ values: [Double], _ p: Double) -> Double {
  let magnitudes = values.map(\.magnitude)
  guard !magnitudes.contains(where: \.isNaN) else { return .nan }
  switch p {
  case .infinity: return magnitudes.max() ?? 0
  case -.infinity: return magnitudes.min() ?? 0
  case 0: return Double(magnitudes.count { $0 != 0 })
  default: return Double.pow(magnitudes.reduce(0) { $0 + Double.pow($1, p) }, 1 / p)
  }
}

/// Limits every element of every gradient to ±`limit`.
///
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html>
public func clipGradValue(_ parameters: [Tensor], limit: Double) {
  changeGradients(parameters) { $0 > limit ? limit : $0 < -limit ? -limit : $0 }
}

/// Replaces each element of each gradient, in its own memory.
private func changeGradients(_ parameters: [Tensor], _ change: (Double) -> Double) {
  for parameter in parameters {
    guard let gradient = parameter.grad?.packed() else { continue }
    if gradient.dtype == .float32 {
      let values = gradient.values(Float.self)
      for index in values.indices { values[index] = Float(change(Double(values[index]))) }
    } else if gradient.dtype == .float64 {
      let values = gradient.values(Double.self)
      for index in values.indices { values[index] = change(values[index]) }
    } else {
      // No parameter has such a gradient: the step refuses it.
      continue
    }
    gradient.didChangeInPlace()
    parameter.grad = gradient
  }
}
