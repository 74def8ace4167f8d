import Autograd
import Testing

struct MemoryTests {
  @Test func aTrainingStepAllocatesNothingAfterTheFirst() throws {
    var generator = Generator(seed: 1)
    let weights = try [[16, 8], [3, 16]].map {
      try Tensor.randn(Shape($0), generator: &generator, requiresGrad: true)
    }
    let x = try Tensor.randn([4, 8], generator: &generator)
    let labels = Tensor([0, 2, 1, 0])
    let context = ExecutionContext()
    let pool = try #require(context.pool)
    func step() throws {
      try context.run {
        for weight in weights { weight.zeroGrad() }
        let hidden = try x.linear(weight: weights[0]).gelu().layerNorm(normalizedShape: [16]).dropout(p: 0.1)
        try hidden.linear(weight: weights[1]).crossEntropy(labels, labelSmoothing: 0.1).backward()
      }
    }
    for _ in 0..<2 { try step() }
    let before = pool.systemAllocationCount
    for _ in 0..<20 { try step() }
    #expect(pool.systemAllocationCount == before)
  }

  @Test func anOperationThatKeepsItsOwnOutputMakesNoCycle() throws {
    weak var kept: Tensor?
    do {
      let x = Tensor([1, 2, 3], requiresGrad: true)
      let y = try apply(Keeping(), to: [x], at: SourceLocation(file: #fileID, line: #line))
      kept = y
      #expect(kept != nil)
      try y.sum().backward()
    }
    #expect(kept == nil)
  }
}

/// Gives back a tensor that it also keeps.
private struct Keeping: Operator {
  let info = OperatorInfo("keeping")
  private var output: Tensor?

  mutating func forward(_ inputs: [Tensor], in call: Call) throws -> Tensor {
    let result = inputs[0].copied()
    output = result
    return result
  }

  func backward(_ upstream: Tensor, of node: Node, in call: Call) throws -> [Tensor?] { [upstream] }
}
