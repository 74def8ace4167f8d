import Autograd

/// The guide's `NeuralNetworkNumPy`, line by line: two layers with backpropagation by hand, on plain arrays.
///
/// Nothing here uses the autograd engine; ``Verification`` compares the two.
///
/// **Shapes**: `[batch, inputSize] → [batch, outputSize]`; W1 `[inputSize, hiddenSize]`, b1 `[1, hiddenSize]`,
/// W2 `[hiddenSize, outputSize]`, b2 `[1, outputSize]`.
public struct HandWrittenNetwork: Sendable {
  private var network: HandWrittenLayers

  /// `self.W1`: the first layer's weights.
  public var w1: Matrix {
    get { network.layers[0].weight }
    set { network.layers[0].weight = newValue }
  }
  /// `self.b1`: the first layer's bias.
  public var b1: Matrix {
    get { network.layers[0].bias ?? Matrix(rows: 1, columns: w1.columns) }
    set { network.layers[0].bias = newValue }
  }
  /// `self.W2`: the second layer's weights.
  public var w2: Matrix {
    get { network.layers[1].weight }
    set { network.layers[1].weight = newValue }
  }
  /// `self.b2`: the second layer's bias.
  public var b2: Matrix {
    get { network.layers[1].bias ?? Matrix(rows: 1, columns: w2.columns) }
    set { network.layers[1].bias = newValue }
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
    let w1 = Matrix(rows: inputSize, columns: hiddenSize) { generator.normal() * first }
    let w2 = Matrix(rows: hiddenSize, columns: outputSize) { generator.normal() * second }
    network = HandWrittenLayers(
      [
        .init(weight: w1, bias: Matrix(rows: 1, columns: hiddenSize), activation: .relu),
        .init(weight: w2, bias: Matrix(rows: 1, columns: outputSize)),
      ], loss: .crossEntropy)
  }

  /// `relu`: max(0, z).
  public func relu(_ z: Matrix) -> Matrix { HandWrittenLayers.Activation.relu.values(z) }

  /// `softmax` of each row, less its greatest number first.
  public func softmax(_ z: Matrix) -> Matrix { z.softmax }

  /// `forward`: the probability of each class, with what backward needs left in the cache.
  public mutating func forward(_ x: Matrix) -> Matrix {
    _ = network.forward(x)
    return network.prediction
  }

  /// `cross_entropy_loss`: the mean of −ln(p + 10⁻⁸) of the true class; `yTrue` is one-hot.
  public func crossEntropyLoss(_ yPredicted: Matrix, _ yTrue: Matrix) -> Double {
    HandWrittenLayers.Loss.crossEntropy.mean(of: yPredicted, yTrue)
  }

  /// `backward`: the gradient of the mean loss with respect to each parameter, from the last forward.
  public func backward(_ yTrue: Matrix) -> Gradients {
    let layers = network.backward(yTrue)
    return Gradients(dW1: layers[0].dw, db1: layers[0].db, dW2: layers[1].dw, db2: layers[1].db)
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
