import Autograd

/// The guide's `NeuralNetworkNumPy`, line by line: two layers with backpropagation by hand, on plain arrays.
///
/// Nothing here uses the autograd engine; ``Verification`` compares the two.
///
/// **Shapes**: `[batch, inputSize] → [batch, outputSize]`; W1 `[inputSize, hiddenSize]`, b1 `[1, hiddenSize]`,
/// W2 `[hiddenSize, outputSize]`, b2 `[1, outputSize]`.
public struct HandWrittenNetwork: Sendable {
  /// `self.W1`: the first layer's weights.
  public var w1: Matrix
  /// `self.b1`: the first layer's bias.
  public var b1: Matrix
  /// `self.W2`: the second layer's weights.
  public var w2: Matrix
  /// `self.b2`: the second layer's bias.
  public var b2: Matrix

  /// `self.cache`: what forward leaves for backward.
  private var cache = Cache()

  private struct Cache {
    var x = Matrix(rows: 0, columns: 0)
    var z1 = Matrix(rows: 0, columns: 0)
    var a1 = Matrix(rows: 0, columns: 0)
    var z2 = Matrix(rows: 0, columns: 0)
    var a2 = Matrix(rows: 0, columns: 0)
  }

  /// The `grads` dictionary that backward gives.
  public struct Gradients: Equatable, Sendable {
    /// The gradient of W1.
    public var dW1: Matrix
    /// The gradient of b1.
    public var db1: Matrix
    /// The gradient of W2.
    public var dW2: Matrix
    /// The gradient of b2.
    public var db2: Matrix
  }

  /// `__init__`: weights drawn as `randn * sqrt(2 / n)`, biases of zero.
  public init(inputSize: Int, hiddenSize: Int, outputSize: Int, generator: inout Generator) {
    let (first, second) = ((2.0 / Double(inputSize)).squareRoot(), (2.0 / Double(hiddenSize)).squareRoot())
    w1 = Matrix(rows: inputSize, columns: hiddenSize) { generator.normal() * first }
    b1 = Matrix(rows: 1, columns: hiddenSize)
    w2 = Matrix(rows: hiddenSize, columns: outputSize) { generator.normal() * second }
    b2 = Matrix(rows: 1, columns: outputSize)
  }

  /// `relu`: max(0, z).
  public func relu(_ z: Matrix) -> Matrix { z.map { max(0, $0) } }

  /// `relu_derivative`: 1 where z is above 0, else 0.
  public func reluDerivative(_ z: Matrix) -> Matrix { z.map { $0 > 0 ? 1 : 0 } }

  /// `softmax` of each row, less its greatest number first.
  public func softmax(_ z: Matrix) -> Matrix {
    var result = z
    for row in 0..<z.rows {
      var greatest = -Double.infinity
      for column in 0..<z.columns { greatest = max(greatest, z[row, column]) }
      var sum = 0.0
      for column in 0..<z.columns {
        result[row, column] = Double.exp(z[row, column] - greatest)
        sum += result[row, column]
      }
      for column in 0..<z.columns { result[row, column] /= sum }
    }
    return result
  }

  /// `forward`: the probability of each class, with what backward needs left in the cache.
  public mutating func forward(_ x: Matrix) -> Matrix {
    cache.x = x
    cache.z1 = x.multiplied(by: w1).adding(row: b1)
    cache.a1 = relu(cache.z1)
    cache.z2 = cache.a1.multiplied(by: w2).adding(row: b2)
    cache.a2 = softmax(cache.z2)
    return cache.a2
  }

  /// `cross_entropy_loss`: the mean of −ln(p + 10⁻⁸) of the true class; `yTrue` is one-hot.
  public func crossEntropyLoss(_ yPredicted: Matrix, _ yTrue: Matrix) -> Double {
    let m = yTrue.rows
    let labels = yTrue.argmax
    var sum = 0.0
    for row in 0..<m { sum += -Double.log(yPredicted[row, labels[row]] + 1e-8) }
    return sum / Double(m)
  }

  /// `backward`: the gradient of the mean loss with respect to each parameter, from the last forward.
  public func backward(_ yTrue: Matrix) -> Gradients {
    let m = Double(yTrue.rows)
    let dZ2 = cache.a2.zip(yTrue, -)
    let dW2 = cache.a1.transposed.multiplied(by: dZ2).map { (1 / m) * $0 }
    let db2 = dZ2.columnSums.map { (1 / m) * $0 }
    let dA1 = dZ2.multiplied(by: w2.transposed)
    let dZ1 = dA1.zip(reluDerivative(cache.z1), *)
    let dW1 = cache.x.transposed.multiplied(by: dZ1).map { (1 / m) * $0 }
    let db1 = dZ1.columnSums.map { (1 / m) * $0 }
    return Gradients(dW1: dW1, db1: db1, dW2: dW2, db2: db2)
  }

  /// `update_params`: each parameter less its gradient times the learning rate.
  public mutating func updateParameters(_ gradients: Gradients, learningRate: Double) {
    w1 = w1.zip(gradients.dW1) { $0 - learningRate * $1 }
    b1 = b1.zip(gradients.db1) { $0 - learningRate * $1 }
    w2 = w2.zip(gradients.dW2) { $0 - learningRate * $1 }
    b2 = b2.zip(gradients.db2) { $0 - learningRate * $1 }
  }

  /// `train_step`: forward, loss, backward, update; gives back the loss.
  public mutating func trainStep(_ x: Matrix, _ y: Matrix, learningRate: Double) -> Double {
    let yPredicted = forward(x)
    let loss = crossEntropyLoss(yPredicted, y)
    let gradients = backward(y)
    updateParameters(gradients, learningRate: learningRate)
    return loss
  }

  /// `predict`: the most probable class of each row.
  public mutating func predict(_ x: Matrix) -> [Int] { forward(x).argmax }
}
