import Autograd
import NN
import Testing

/// A sample's outputs do not depend on the batch it is in.
struct BatchInvarianceTests {
  private static let networks: [@Sendable (inout Generator) -> any Module] = [
    { MultilayerPerceptron(sizes: [784, 128, 64, 10], generator: &$0) },
    {
      Sequential(
        Linear(784, 37, generator: &$0), GELU(), LayerNorm([37]), Linear(37, 300, generator: &$0), Tanh(),
        Linear(300, 7, generator: &$0), Softmax(dim: 1))
    },
  ]

  @Test(arguments: networks.indices, [true, false])
  func theSameBitsInABatchOf1And7And64(_ index: Int, isTraining: Bool) throws {
    var generator = Generator(seed: 6)
    let model = Self.networks[index](&generator)
    if !isTraining { model.eval() }
    let x = try Tensor.randn([64, 784], generator: &generator)
    let whole = try model(x).array().map(\.bitPattern)
    for size in [1, 7] {
      let parts = try stride(from: 0, to: 64, by: size).flatMap { start in
        try model(x[start..<min(64, start + size)]).array().map(\.bitPattern)
      }
      #expect(parts == whole, "batches of \(size)")
    }
  }
}
