import Autograd
import Bridge
import Testing

/// The hand-written network of any number of layers, beside the engine.
struct HandWrittenLayersTests {
  private func matrix(_ rows: Int, _ columns: Int, _ generator: inout Generator) -> Matrix {
    Matrix(rows: rows, columns: columns) { Double(Float(generator.normal())) }
  }

  private func tensor(_ matrix: Matrix) throws -> Tensor {
    try Tensor(matrix.values, shape: [matrix.rows, matrix.columns])
  }

  private func apply(_ activation: HandWrittenLayers.Activation, _ x: Tensor) throws -> Tensor {
    switch activation {
    case .relu: try x.relu()
    case .tanh: try x.tanh()
    case .sigmoid: try x.sigmoid()
    case .gelu: try x.gelu()
    case .silu: try x.mul(x.sigmoid())
    }
  }

  private func isClose(_ got: [Double], _ expected: [Double]) -> Bool {
    got.count == expected.count && zip(got, expected).allSatisfy { abs($0 - $1) < 1e-6 }
  }

  @Test(arguments: HandWrittenLayers.Activation.allCases, HandWrittenLayers.Loss.allCases)
  func threeLayersGiveTheEnginesGradients(
    activation: HandWrittenLayers.Activation, loss: HandWrittenLayers.Loss
  ) throws {
    var generator = Generator(seed: 7)
    let sizes = [4, 5, 3, 2]
    var network = HandWrittenLayers(
      (0..<3).map { layer in
        .init(
          weight: matrix(sizes[layer], sizes[layer + 1], &generator),
          bias: layer == 1 ? nil : matrix(1, sizes[layer + 1], &generator),
          activation: layer < 2 ? activation : nil)
      }, loss: loss)
    let x = matrix(6, 4, &generator)
    let labels = [0, 1, 1, 0, 1, 0]
    var y = Matrix(rows: 6, columns: 2)
    for (row, label) in labels.enumerated() { y[row, label] = 1 }

    _ = network.forward(x)
    var (output, weights, biases) = (try tensor(x), [Tensor](), [Tensor?]())
    for layer in network.layers {
      weights.append(try tensor(layer.weight).requiringGrad())
      biases.append(try layer.bias.map { try tensor($0).reshape(-1).detach().requiringGrad() })
      output = try output.matmul(weights[weights.count - 1])
      if let bias = biases[biases.count - 1] { output = try output.add(bias) }
      if let activation = layer.activation { output = try apply(activation, output) }
    }
    let value =
      switch loss {
      case .crossEntropy: try output.crossEntropy(Tensor(labels))
      case .meanSquare: try output.mseLoss(tensor(y))
      case .binary: try output.binaryCrossEntropyWithLogits(tensor(y))
      }
    try value.backward()
    #expect(isClose(network.output.values, output.array(Double.self)))
    #expect(isClose([network.lossValue(y)], [try value.item()]))
    for (gradients, (weight, bias)) in zip(network.backward(y), zip(weights, biases)) {
      #expect(isClose(gradients.dw.values, weight.grad?.array(Double.self) ?? []))
      if let bias { #expect(isClose(gradients.db.values, bias.grad?.array(Double.self) ?? [])) }
    }
  }
}
