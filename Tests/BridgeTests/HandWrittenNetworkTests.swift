import Autograd
import Bridge
import Testing

struct HandWrittenNetworkTests {
  private func network() -> HandWrittenNetwork {
    var generator = Generator(seed: 1)
    var network = HandWrittenNetwork(inputSize: 2, hiddenSize: 3, outputSize: 2, generator: &generator)
    network.w1.values = [0.5, -1, 0.25, 1, 0.5, -0.75]
    network.b1.values = [0.1, 0.2, -0.3]
    network.w2.values = [1, -1, 0.5, 0.5, -0.25, 2]
    network.b2.values = [0.05, -0.05]
    return network
  }

  private func matrix(_ rows: Int, _ columns: Int, _ values: [Double]) -> Matrix {
    var result = Matrix(rows: rows, columns: columns)
    result.values = values
    return result
  }

  // The guide's class with the weights above:
  // X = np.array([[1., 2.], [-1., 0.5]]); y = np.eye(2)[[0, 1]]
  // p = m.forward(X); print(p, m.cross_entropy_loss(p, y)); print(m.backward(y))
  @Test func forwardLossAndBackwardGiveNumPysNumbers() {
    var network = network()
    let x = matrix(2, 2, [1, 2, -1, 0.5])
    let y = matrix(2, 2, [1, 0, 0, 1])
    let p = network.forward(x)
    let loss = network.crossEntropyLoss(p, y)
    let gradients = network.backward(y)
    func isClose(_ got: [Double], _ expected: [Double]) -> Bool {
      zip(got, expected).allSatisfy { abs($0 - $1) < 1e-8 } && got.count == expected.count
    }
    #expect(isClose(p.values, [0.9950331983, 0.00496680165, 0.5744425168, 0.4255574832]))
    #expect(isClose([loss], [0.4296671941]))
    #expect(
      isClose(gradients.dW1.values, [-0.5794093185, -4.488596994e-17, 0, 0.2772876551, -2.038300084e-17, 0]))
    #expect(isClose(gradients.db1.values, [0.5694757152, 1.062518129e-17, 0]))
    #expect(isClose(gradients.dW2.values, [0.0222652837, -0.0222652837, 0.4159741445, -0.4159741445, 0, 0]))
    #expect(isClose(gradients.db2.values, [0.2847378576, -0.2847378576]))
  }

  @Test func trainingStepsMakeTheLossSmaller() {
    var network = network()
    let x = matrix(2, 2, [1, 2, -1, 0.5])
    let y = matrix(2, 2, [1, 0, 0, 1])
    let first = network.trainStep(x, y, learningRate: 0.5)
    for _ in 0..<50 { _ = network.trainStep(x, y, learningRate: 0.5) }
    #expect(network.trainStep(x, y, learningRate: 0.5) < first / 4)
    #expect(network.predict(x) == [0, 1])
  }
}
