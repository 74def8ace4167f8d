/// One cell of a parameter as an optimizer finds it before a step.
public struct ParameterCell: Sendable {
  /// The parameter's value.
  public let value: Double
  /// The gradient's.
  public let gradient: Double
  /// What the optimizer remembers of the cell under PyTorch's names, `exp_avg`; empty before the first step.
  public let memory: [String: Double]

  /// A cell before a step.
  public init(value: Double, gradient: Double, memory: [String: Double] = [:]) {
    self.value = value
    self.gradient = gradient
    self.memory = memory
  }
}

extension SGD {
  public func formula(for cell: ParameterCell) -> [String] {
    var lines: [String] = []
    var slope = cell.gradient
    if weightDecay != 0 {
      slope += weightDecay * cell.value
      lines.append(
        "g ← g + λ·w = \(number(cell.gradient)) + \(number(weightDecay)) · \(signed(cell.value)) = \(number(slope))"
      )
    }
    if momentum != 0 {
      if let velocity = cell.memory["momentum_buffer"] {
        let next = momentum * velocity + slope
        lines.append(
          "v ← μ·v + g = \(number(momentum)) · \(signed(velocity)) + \(signed(slope)) = \(number(next))")
        slope = nesterov ? slope + momentum * next : next
      } else {
        lines.append("v ← g = \(number(slope)), the first time")
        slope = nesterov ? slope * (1 + momentum) : slope
      }
      if nesterov { lines.append("d = g + μ·v = \(number(slope))") }
    }
    let direction = momentum == 0 ? "g" : nesterov ? "d" : "v"
    lines.append(
      "w ← w − η·\(direction) = \(number(cell.value)) − \(number(learningRate)) · \(signed(slope))"
        + " = \(number(cell.value - learningRate * slope))")
    return lines
  }
}

extension AdaptiveMoments {
  /// The step's formula with the numbers of one cell, line by line.
  public func formula(for cell: ParameterCell) -> [String] {
    var (value, slope, lines) = (cell.value, cell.gradient, [String]())
    if weightDecay != 0, decaysParameters {
      value *= 1 - learningRate * weightDecay
      lines.append(
        "w ← w·(1 − η·λ) = \(number(cell.value)) · \(number(1 - learningRate * weightDecay)) = \(number(value))"
      )
    } else if weightDecay != 0 {
      slope += weightDecay * value
      lines.append(
        "g ← g + λ·w = \(number(cell.gradient)) + \(number(weightDecay)) · \(signed(value)) = \(number(slope))"
      )
    }
    let step = (cell.memory["step"] ?? 0) + 1
    let (oldMean, oldSquare) = (cell.memory["exp_avg"] ?? 0, cell.memory["exp_avg_sq"] ?? 0)
    let mean = beta1 * oldMean + (1 - beta1) * slope
    let square = beta2 * oldSquare + (1 - beta2) * slope * slope
    let (meanPart, squarePart) = (1 - Double.pow(beta1, step), 1 - Double.pow(beta2, step))
    let (unbiasedMean, unbiasedSquare) = (mean / meanPart, square / squarePart)
    let next = value - learningRate * unbiasedMean / (unbiasedSquare.squareRoot() + epsilon)
    return lines + [
      "m ← β₁·m + (1−β₁)·g = \(number(beta1)) · \(signed(oldMean)) + \(number(1 - beta1)) · \(signed(slope)) = \(number(mean))",
      "v ← β₂·v + (1−β₂)·g² = \(number(beta2)) · \(signed(oldSquare)) + \(number(1 - beta2)) · \(signed(slope))² = \(number(square))",
      "m̂ = m ÷ (1 − β₁ᵗ) = \(number(mean)) ÷ \(number(meanPart)) = \(number(unbiasedMean)), t = \(Int(step))",
      "v̂ = v ÷ (1 − β₂ᵗ) = \(number(square)) ÷ \(number(squarePart)) = \(number(unbiasedSquare))",
      "w ← w − η·m̂ ÷ (√v̂ + ε) = \(number(value)) − \(number(learningRate)) · \(signed(unbiasedMean)) ÷ "
        + "(\(number(unbiasedSquare.squareRoot())) + \(number(epsilon))) = \(number(next))",
    ]
  }
}

extension RMSprop {
  public func formula(for cell: ParameterCell) -> [String] {
    var lines: [String] = []
    var slope = cell.gradient
    if weightDecay != 0 {
      slope += weightDecay * cell.value
      lines.append(
        "g ← g + λ·w = \(number(cell.gradient)) + \(number(weightDecay)) · \(signed(cell.value)) = \(number(slope))"
      )
    }
    let old = cell.memory["square_avg"] ?? 0
    let square = alpha * old + (1 - alpha) * slope * slope
    lines.append(
      "s ← α·s + (1−α)·g² = \(number(alpha)) · \(signed(old)) + \(number(1 - alpha)) · \(signed(slope))² = \(number(square))"
    )
    var spread = square
    if centered {
      let oldMean = cell.memory["grad_avg"] ?? 0
      let mean = oldMean + (slope - oldMean) * (1 - alpha)
      spread -= mean * mean
      lines.append("m ← α·m + (1−α)·g = \(number(mean)); s − m² = \(number(spread))")
    }
    var direction = slope / (spread.squareRoot() + epsilon)
    lines.append(
      "d = g ÷ (√s + ε) = \(signed(slope)) ÷ (\(number(spread.squareRoot())) + \(number(epsilon))) = \(number(direction))"
    )
    if momentum > 0 {
      let velocity = cell.memory["momentum_buffer"] ?? 0
      let next = momentum * velocity + direction
      lines.append(
        "d ← μ·v + d = \(number(momentum)) · \(signed(velocity)) + \(signed(direction)) = \(number(next))")
      direction = next
    }
    lines.append(
      "w ← w − η·d = \(number(cell.value)) − \(number(learningRate)) · \(signed(direction)) = "
        + "\(number(cell.value - learningRate * direction))")
    return lines
  }
}

/// Four significant digits: `0.01634`, `−1.2e−05`.
private func number(_ value: Double) -> String {
  guard value.isFinite, value != 0 else { return value == 0 ? "0" : value.isNaN ? "NaN" : "\(value)" }
  let exponent = (Double.log(value.magnitude) / Double.log(10)).rounded(.down)
  let scale = Double.pow(10, 3 - exponent)
  let rounded = (value * scale).rounded() / scale
  let isWhole = rounded == rounded.rounded() && rounded.magnitude < 1e6
  let text = isWhole ? "\(Int(rounded))" : "\(rounded)"
  return String(text.map { $0 == "-" ? "−" : $0 })
}

/// A number that stands after another, in parentheses where it is negative.
private func signed(_ value: Double) -> String { value < 0 ? "(\(number(value)))" : number(value) }
