import Autograd
import NN
import TestSupport
import Testing

/// The derivative of every module and loss, also of their parameters, against finite differences in float64.
struct ModuleGradientTests {
  /// A module with an input of a shape; in float64.
  private struct Sample {
    let name: String
    let module: any Module
    let shape: Shape
  }

  private func modules() -> [Sample] {
    var generator = Generator(seed: 4)
    let first = Linear(3, 4, dtype: .float64, generator: &generator)
    let dropout = Dropout(p: 0.4)
    dropout.eval()
    return [
      Sample(name: "Linear", module: first, shape: [2, 3]),
      Sample(name: "ReLU", module: ReLU(), shape: [2, 3]),
      Sample(name: "Sigmoid", module: Sigmoid(), shape: [2, 3]),
      Sample(name: "Tanh", module: Tanh(), shape: [2, 3]),
      Sample(name: "GELU", module: GELU(approximate: .tanh), shape: [2, 3]),
      Sample(name: "LeakyReLU", module: LeakyReLU(), shape: [2, 3]),
      Sample(name: "Softmax", module: Softmax(dim: 1), shape: [2, 3]),
      Sample(name: "Dropout", module: dropout, shape: [2, 3]),
      Sample(name: "Flatten", module: Flatten(), shape: [2, 3, 2]),
      Sample(name: "LayerNorm", module: LayerNorm([4], dtype: .float64), shape: [3, 4]),
      Sample(name: "BatchNorm1d", module: BatchNorm1d(3, dtype: .float64), shape: [4, 3]),
      Sample(name: "Sequential", module: Sequential(first, Tanh()), shape: [2, 3]),
      Sample(
        name: "MultilayerPerceptron",
        module: MultilayerPerceptron(sizes: [3, 5, 2], dtype: .float64, generator: &generator), shape: [4, 3]),
    ]
  }

  @Test func everyModulesGradientAgreesWithFiniteDifferences() throws {
    for sample in modules() {
      var generator = Generator(seed: 8)
      let x = try Tensor.randn(sample.shape, dtype: .float64, generator: &generator, requiresGrad: true)
      let inputs = [x] + sample.module.parameters()
      let wrong = try gradientDifference(inputs) { try sample.module($0[0]) }
      #expect(wrong == nil, "\(sample.name): \(wrong ?? "")")
    }
  }

  @Test func anEmbeddingsTableGetsItsGradient() throws {
    var generator = Generator(seed: 4)
    let table = Embedding(4, 3, dtype: .float64, generator: &generator)
    let wrong = try gradientDifference([table.weight]) { _ in try table(Tensor([1, 3, 1])) }
    #expect(wrong == nil)
  }

  @Test func everyLossesGradientAgreesWithFiniteDifferences() throws {
    var generator = Generator(seed: 8)
    let x = try Tensor.randn([3, 4], dtype: .float64, generator: &generator, requiresGrad: true)
    let target = try Tensor.rand([3, 4], dtype: .float64, generator: &generator)
    let labels = Tensor([1, 3, 0])
    let losses: [(name: String, loss: any Loss, target: Tensor)] = [
      ("CrossEntropyLoss", CrossEntropyLoss(labelSmoothing: 0.1), labels), ("NLLLoss", NLLLoss(), labels),
      ("BCEWithLogitsLoss", BCEWithLogitsLoss(positiveWeight: 2), target), ("MSELoss", MSELoss(), target),
      ("L1Loss", L1Loss(), target), ("HuberLoss", HuberLoss(delta: 0.5), target),
      ("SmoothL1Loss", SmoothL1Loss(beta: 0.5), target),
    ]
    for (name, loss, target) in losses {
      let wrong = try gradientDifference([x]) { try loss($0[0], target, file: #fileID, line: #line) }
      #expect(wrong == nil, "\(name): \(wrong ?? "")")
    }
  }
}
