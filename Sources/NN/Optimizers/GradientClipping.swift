import Autograd

/// Scales all gradients together so that their norm is at most `maximumNorm`; returns the norm before.
///
/// The norm is √Σ g² over all parameters; each gradient is multiplied by maximumNorm ÷ (norm + 10⁻⁶) where
/// that is below 1.
/// **Source**: <https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html>
@discardableResult
public func clipGradNorm(_ parameters: [Tensor], maximumNorm: Double) -> Double {
  var square = 0.0
  for gradient in parameters.compactMap(\.grad) { square += gradient.sumOfSquares }
  let norm = square.squareRoot()
  let factor = maximumNorm / (norm + 1e-6)
  if !(factor >= 1) { changeGradients(parameters) { $0 * factor } }
  return norm
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
    } else {
      let values = gradient.values(Double.self)
      for index in values.indices { values[index] = change(values[index]) }
    }
    gradient.didChangeInPlace()
    parameter.grad = gradient
  }
}
