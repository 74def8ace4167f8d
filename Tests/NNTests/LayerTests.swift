import Autograd
import NN
import TestSupport
import Testing

struct LayerTests {
  // bn = nn.BatchNorm1d(2); x = torch.tensor([[1.,2],[3,5],[4,-1]]); bn(x); bn(x*2); bn.eval()
  // print(bn.running_mean.tolist(), bn.running_var.tolist(), bn(x).tolist())
  @Test func batchNormKeepsPyTorchsRunningAveragesAndUsesThemInEvaluation() throws {
    let norm = BatchNorm1d(2)
    let x = try Tensor([[1, 2], [3, 5], [4, -1]])
    _ = try norm(x)
    _ = try norm(x * 2)
    norm.eval()
    #expect(difference(norm.runningMean, [0.77333337, 0.57999998], shape: [2]) == nil)
    #expect(difference(norm.runningVariance, [1.95333338, 5.21999979], shape: [2]) == nil)
    #expect(norm.batchCount.integers() == [2])
    let expected = [0.16218036, 0.62151659, 1.59318399, 1.93457973, 2.30868578, -0.69154656]
    #expect(difference(try norm(x), expected, shape: [3, 2]) == nil)
    #expect(norm.batchCount.integers() == [2])
  }

  @Test func dropoutKeepsTheMeanInTrainingAndDoesNothingInEvaluation() throws {
    let dropout = Dropout(p: 0.25)
    let x = try Tensor.ones([100, 100])
    try ExecutionContext(seed: 7).run {
      let y = try dropout(x)
      let kept = y.array().filter { $0 != 0 }
      #expect(kept.allSatisfy { $0 == Float(1 / 0.75) })
      #expect(abs(Double(kept.count) / 10_000 - 0.75) < 0.02)
    }
    dropout.eval()
    #expect(try dropout(x) === x)
  }

  @Test func aStepRunAgainDropsTheSameElements() throws {
    let model = Sequential(Dropout(), Dropout())
    let x = try Tensor.ones([8, 8])
    let context = ExecutionContext(seed: 3)
    func run(_ step: Int) throws -> [Float] {
      context.randomness.begin(step: step)
      return try context.run { try model(x).array() }
    }
    let (first, second) = (try run(5), try run(6))
    #expect(try run(5) == first)
    #expect(first != second)
    #expect(Set(first) == [0, 4])
  }

  @Test func trainAndEvalReachEveryModuleInside() {
    let inner = Dropout()
    let model = Sequential(Sequential(inner), BatchNorm1d(2))
    model.eval()
    #expect(!inner.isTraining)
    model.train()
    #expect(inner.isTraining)
  }

  @Test func flattenKeepsTheBatch() throws {
    #expect(try Flatten()(Tensor.zeros([2, 3, 4])).shape == [2, 12])
  }

  @Test func embeddingGivesEachIndexItsRow() throws {
    var generator = Generator(seed: 0)
    let table = Embedding(4, 3, generator: &generator)
    let rows = try table(Tensor([2, 0, 2]))
    #expect(rows.shape == [3, 3])
    #expect(try rows[0].array() == table.weight[2].array())
    #expect(try rows[2].array() == table.weight[2].array())
  }

  @Test func aLayersErrorNamesTheCallersLine() throws {
    var generator = Generator(seed: 0)
    let model = Sequential(Linear(3, 2, generator: &generator))
    let line = #line + 1
    let error = #expect(throws: AutogradError.self) { try model(Tensor.zeros([4, 5])) }
    #expect(
      error?.description
        == "NNTests/LayerTests.swift:\(line): linear got [4, 5] and [2, 3] and [2]; "
        + "it expects input [..., in] and weight [out, in].")
  }

  // torch.nn.BatchNorm1d(3) raises for torch.zeros(3), (2, 3, 2, 2), (2, 4), and in evaluation for (2, 1)
  @Test(arguments: [[3], [2, 3, 2, 2], [2, 4], [2, 1]], [true, false])
  func batchNormRefusesInputsOfOtherRanksAndWidths(_ shape: [Int], _ isTraining: Bool) throws {
    let layer = BatchNorm1d(3)
    layer.train(isTraining)
    let input = try Tensor.zeros(Shape(shape))
    let error = #expect(throws: AutogradError.self) { try layer(input) }
    #expect(error?.description.hasSuffix("it expects [batch, 3] or [batch, 3, length].") == true)
    #expect(layer.batchCount.integers() == [0])
  }

  /// PyTorch raises when such a layer is made; here it refuses its first input.
  @Test func aLayerOfANegativeSizeRefusesItsInput() throws {
    var generator = Generator(seed: 1)
    let input = try Tensor.zeros([2, 3])
    let layers: [any Module] = [
      Linear(-3, 2, generator: &generator),
      Linear(-3, -2, initialization: .xavierNormal, generator: &generator),
      BatchNorm1d(-3), LayerNorm([-3]), LayerNorm([]), Dropout(p: -0.5),
      MultilayerPerceptron(sizes: [-1, -2], generator: &generator),
    ]
    for layer in layers { #expect(throws: AutogradError.self, "\(layer)") { try layer(input) } }
    #expect(throws: AutogradError.self) { try Embedding(-1, -1, generator: &generator)(Tensor([0])) }
  }
}
