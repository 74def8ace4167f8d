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
    let x = Tensor.ones([100, 100])
    try ExecutionContext(seed: 7).run {
      let y = try dropout(x)
      let kept = y.array().filter { $0 != 0 }
      #expect(kept.allSatisfy { $0 == Float(1 / 0.75) })
      #expect(abs(Double(kept.count) / 10_000 - 0.75) < 0.02)
    }
    dropout.eval()
    #expect(try dropout(x) === x)
  }

  @Test func anIterationRunAgainDropsTheSameElements() throws {
    let model = Sequential(Dropout(), Dropout())
    let x = Tensor.ones([8, 8])
    let context = ExecutionContext(seed: 3)
    func run(_ iteration: Int) throws -> [Float] {
      context.randomness.begin(iteration: iteration)
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
}
