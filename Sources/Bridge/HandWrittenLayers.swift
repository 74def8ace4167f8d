import Autograd
import Foundation

/// The hand-written network for any number of layers: forward and backward one after the other, on plain arrays.
///
/// Nothing here uses the autograd engine. ``HandWrittenNetwork`` is the guide's, with two layers.
///
/// **Shapes**: `[batch, in] → [batch, out]`; the weights of a layer `[in, out]`, its bias `[1, out]`.
public struct HandWrittenLayers: Sendable {
  /// A function that follows a layer.
  public enum Activation: String, Sendable, CaseIterable {
    case relu, tanh, sigmoid, gelu, silu
  }

  /// What the output is compared with the targets by.
  public enum Loss: Sendable, CaseIterable {
    /// Softmax and the mean of −ln(p + 10⁻⁸) of the true class; targets are one-hot.
    case crossEntropy
    /// The mean square of the differences.
    case meanSquare
    /// Sigmoid and the mean of both classes' −ln.
    case binary
  }

  /// A layer's parameters, and what follows it.
  public struct Layer: Sendable {
    /// Its weights.
    public var weight: Matrix
    /// What is added to each row; nil for nothing.
    public var bias: Matrix?
    /// The function after it; nil for none.
    public var activation: Activation?

    /// A layer.
    public init(weight: Matrix, bias: Matrix?, activation: Activation? = nil) {
      (self.weight, self.bias, self.activation) = (weight, bias, activation)
    }
  }

  /// A layer's gradients, those of its sums and results before they are divided by the batch.
  public struct Gradients: Sendable, Equatable {
    /// Of what its activation gives; of the sums where it has none.
    public var da: Matrix
    /// Of its sums.
    public var dz: Matrix
    /// Of its weights, for the mean over the batch.
    public var dw: Matrix
    /// Of its bias, for the mean over the batch.
    public var db: Matrix
  }

  /// The layers, from the input on.
  public var layers: [Layer]
  /// The loss.
  public let loss: Loss

  /// What forward leaves for backward: the input, and each layer's sums and results.
  public private(set) var x = Matrix(rows: 0, columns: 0)
  /// Each layer's sums.
  public private(set) var z: [Matrix] = []
  /// Each layer's results.
  public private(set) var a: [Matrix] = []

  /// A network of these layers.
  public init(_ layers: [Layer], loss: Loss) { (self.layers, self.loss) = (layers, loss) }

  /// The output of the last layer.
  public mutating func forward(_ x: Matrix) -> Matrix {
    (self.x, z, a) = (x, [], [])
    for layer in layers {
      let product = (a.last ?? x).multiplied(by: layer.weight)
      z.append(layer.bias.map { product.adding(row: $0) } ?? product)
      a.append(layer.activation?.values(z[z.count - 1]) ?? z[z.count - 1])
    }
    return output
  }

  /// What forward has given.
  public var output: Matrix { a.last ?? x }

  /// What the loss makes of the output: probabilities, or the output itself.
  public var prediction: Matrix {
    switch loss {
    case .crossEntropy: output.softmax
    case .meanSquare: output
    case .binary: output.map(Activation.logistic)
    }
  }

  /// The mean loss of what forward has given.
  public func lossValue(_ targets: Matrix) -> Double { loss.mean(of: prediction, targets) }

  /// The gradients of all layers, from the first on, for the mean loss of what forward has given.
  public func backward(_ targets: Matrix) -> [Gradients] {
    let m = Double(targets.rows)
    let share = loss == .crossEntropy ? 1 : Double(max(1, targets.columns))
    let scale = (loss == .meanSquare ? 2 : 1) / share
    var slope = prediction.zip(targets) { ($0 - $1) * scale }
    var gradients: [Gradients] = []
    for (place, layer) in layers.enumerated().reversed() {
      let da = slope
      let dz = layer.activation.map { $0.slopes(z[place], a[place]).zip(da, *) } ?? da
      let input = place > 0 ? a[place - 1] : x
      let dw = input.transposed.multiplied(by: dz).map { (1 / m) * $0 }
      gradients.append(Gradients(da: da, dz: dz, dw: dw, db: dz.columnSums.map { (1 / m) * $0 }))
      if place > 0 { slope = dz.multiplied(by: layer.weight.transposed) }
    }
    return gradients.reversed()
  }
}

extension HandWrittenLayers.Loss {
  /// The mean loss of predictions; `addend` keeps the logarithm of the guide's cross-entropy away from 0.
  public func mean(of prediction: Matrix, _ targets: Matrix, addend: Double = 1e-8) -> Double {
    var sum = 0.0
    switch self {
    case .crossEntropy:
      let labels = targets.argmax
      for row in 0..<targets.rows { sum += -Double.log(prediction[row, labels[row]] + addend) }
      return sum / Double(targets.rows)
    case .meanSquare:
      for (p, y) in zip(prediction.values, targets.values) { sum += (p - y) * (p - y) }
    case .binary:
      for (p, y) in zip(prediction.values, targets.values) {
        sum += -(y == 0 ? 0 : y * Double.log(p)) - (y == 1 ? 0 : (1 - y) * Double.log(1 - p))
      }
    }
    return sum / Double(max(1, targets.values.count))
  }
}

extension HandWrittenLayers.Activation {
  /// 1 ÷ (1 + e⁻ˣ).
  static func logistic(_ x: Double) -> Double { 1 / (1 + Double.exp(-x)) }

  private static func normal(_ x: Double) -> Double { 0.5 * (1 + Double.erf(x / 2.0.squareRoot())) }

  /// The function of each number.
  public func values(_ z: Matrix) -> Matrix {
    switch self {
    case .relu: z.map { max(0, $0) }
    case .tanh: z.map(Double.tanh)
    case .sigmoid: z.map(Self.logistic)
    case .gelu: z.map { $0 * Self.normal($0) }
    case .silu: z.map { $0 * Self.logistic($0) }
    }
  }

  /// Its derivative at each number, from the sums `z` and the results `a`.
  public func slopes(_ z: Matrix, _ a: Matrix) -> Matrix {
    switch self {
    case .relu: z.map { $0 > 0 ? 1 : 0 }
    case .tanh: a.map { 1 - $0 * $0 }
    case .sigmoid: a.map { $0 * (1 - $0) }
    case .gelu:
      z.map { Self.normal($0) + $0 * Double.exp(-$0 * $0 / 2) / (2 * Double.pi).squareRoot() }
    case .silu:
      z.map { x in
        let s = Self.logistic(x)
        return s * (1 + x * (1 - s))
      }
    }
  }
}

extension Matrix {
  /// Softmax of each row, less its greatest number first.
  public var softmax: Matrix {
    var result = self
    for row in 0..<rows {
      var greatest = -Double.infinity
      for column in 0..<columns { greatest = max(greatest, self[row, column]) }
      var sum = 0.0
      for column in 0..<columns {
        result[row, column] = Double.exp(self[row, column] - greatest)
        sum += result[row, column]
      }
      for column in 0..<columns { result[row, column] /= sum }
    }
    return result
  }

  /// A matrix of these numbers, row after row.
  public init(rows: Int, columns: Int, values: [Double]) {
    self.init(rows: rows, columns: columns)
    if values.count == rows * columns { self.values = values }
  }
}
