import Testing
import Trace

struct BiasBeforeBatchNormTests {
  /// A convolution with a bias, and what follows it.
  private static func biases(_ following: ComputationGraph.Node...) -> Set<String> {
    ComputationGraph(
      nodes: [
        .init(id: 0, name: "x", operation: "x", kind: .input, shape: [2, 1]),
        .init(id: 1, name: "conv.weight", operation: "weight", kind: .parameter, shape: [4, 1]),
        .init(id: 2, name: "conv.bias", operation: "bias", kind: .parameter, shape: [4]),
        .init(
          id: 3, name: "conv.conv2d", operation: "conv2d", kind: .operation, shape: [2, 4], inputs: [0, 1, 2]),
      ] + following
    ).biasesBeforeBatchNorm
  }

  private static let norm = ComputationGraph.Node(
    id: 4, name: "norm.batch_norm", operation: "batch_norm", kind: .operation, shape: [2, 4], inputs: [3])

  @Test func aBatchNormalizationCancelsTheBiasBeforeIt() {
    #expect(BiasBeforeBatchNormTests.biases(BiasBeforeBatchNormTests.norm) == ["conv.bias"])
  }

  @Test func oneOfSeveralConsumersDoesNot() {
    let other = ComputationGraph.Node(
      id: 5, name: "relu", operation: "relu", kind: .operation, shape: [2, 4], inputs: [3])
    #expect(BiasBeforeBatchNormTests.biases(BiasBeforeBatchNormTests.norm, other).isEmpty)
    #expect(BiasBeforeBatchNormTests.biases().isEmpty)
  }
}
