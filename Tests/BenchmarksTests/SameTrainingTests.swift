import Autograd
import Benchmarks
import NN
import Testing

/// The networks of the benchmark end with the same bits on every processor.
@Suite(.serialized) struct SameTrainingTests {
  /// Multiplications that are spent on a network: all of the 100 steps of the small ones, some of those of the others.
  private static let budget = 1e9
  /// What the processor's kernels do for each that the portable ones do in the same time.
  private static let portableShare = 60.0

  /// The parameters and the loss after some steps with kernels that are in use.
  private func train(_ row: BenchmarkRow, steps: Int) throws -> [UInt32] {
    var generator = Generator(seed: 1, purpose: .initialization)
    let model = MultilayerPerceptron(sizes: row.layers, initialization: .standard, generator: &generator)
    let optimizer = row.optimizer.make(
      model.namedParameters(), learningRate: row.learningRate, momentum: 0, weightDecay: 0)
    let batch = min(row.batchSize, 32)
    let x = try Tensor.rand([batch, row.layers[0]], generator: &generator)
    let labels = Tensor((0..<batch).map { $0 % row.layers[row.layers.count - 1] })
    var loss = Tensor(Float(0))
    for _ in 0..<steps {
      optimizer.zeroGrad()
      loss = try CrossEntropyLoss()(model(x), labels)
      try loss.backward()
      try optimizer.step()
    }
    return (model.parameters() + [loss]).flatMap { $0.array().map(\.bitPattern) }
  }

  @Test(arguments: BenchmarkRow.all.map(\.name))
  func stepsGiveTheSameBitsWithAllKernels(_ name: String) throws {
    let row = try #require(BenchmarkRow.all.first { $0.name == name })
    let weights = zip(row.layers, row.layers.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    let cost = Double(3 * weights * min(row.batchSize, 32))
    defer { ArithmeticKernels.useBest() }
    let kinds = ArithmeticKernels.usable.filter { $0 != .portable }
    let steps = max(1, min(100, Int(Self.budget / cost)))
    let results = try kinds.map { kernels in
      #expect(kernels.use())
      return try train(row, steps: steps)
    }
    for result in results { #expect(result == results[0]) }
    // Without instructions for it a fused multiply-add takes very long.
    let few = max(1, min(100, Int(Self.budget / Self.portableShare / cost)))
    ArithmeticKernels.useBest()
    let expected = try train(row, steps: few)
    #expect(ArithmeticKernels.portable.use())
    #expect(try train(row, steps: few) == expected)
  }
}
