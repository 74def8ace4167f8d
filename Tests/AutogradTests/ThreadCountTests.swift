import Autograd
import TestSupport
import Testing

/// Every number is the same to the bit on one thread and on all.
struct ThreadCountTests {
  /// What `body` computes with at most so many threads.
  private func values(_ threads: Int?, _ body: () throws -> [Tensor]) rethrows -> [[UInt64]] {
    try ExecutionContext(seed: 1, productThreads: ProductThreads(maximum: threads)).run {
      try body().map { $0.array(Double.self).map(\.bitPattern) }
    }
  }

  private static let sizes = [
    [64, 784, 128], [64, 128, 64], [24, 512, 16], [23, 700, 40], [48, 500, 48], [130, 64, 70],
    [37, 211, 333],
    [64, 64, 128], [1, 784, 1024], [200, 784, 700], [16, 1024, 4096], [5_000, 300, 70],
  ]

  @Test(arguments: sizes, [DType.float32, .float64])
  func aLayerForwardAndBackward(_ size: [Int], _ dtype: DType) throws {
    let layer = {
      var generator = Generator(seed: 3)
      let x = try Tensor.randn([size[0], size[1]], dtype: dtype, generator: &generator).requiringGrad()
      let weight = try Tensor.randn([size[2], size[1]], dtype: dtype, generator: &generator).requiringGrad()
      let bias = try Tensor.randn([size[2]], dtype: dtype, generator: &generator).requiringGrad()
      let y = try x.linear(weight: weight, bias: bias).relu()
      try y.backward(gradient: .randn(y.shape, dtype: dtype, generator: &generator))
      return [y, x.grad, weight.grad, bias.grad].compactMap { $0 }
    }
    let alone = try values(1, layer)
    #expect(alone.count == 4)
    #expect(try values(nil, layer) == alone)
  }

  @Test(arguments: sizes)
  func aProductInEveryLayout(_ size: [Int]) throws {
    let products = {
      var generator = Generator(seed: 4)
      let a = try Tensor.randn([size[0], size[1]], generator: &generator)
      let b = try Tensor.randn([size[1], size[2]], generator: &generator)
      let (left, right) = (try a.t().contiguous().t(), try b.t().contiguous().t())
      return [
        try a.matmul(b), try left.matmul(b), try a.matmul(right), try left.matmul(right),
      ]
    }
    #expect(try values(nil, products) == values(1, products))
  }

  @Test func theLossOfManyRows() throws {
    let loss = {
      var generator = Generator(seed: 5)
      let scores = try Tensor.randn([20_000, 10], generator: &generator).requiringGrad()
      let labels = Tensor((0..<20_000).map { $0 % 11 == 10 ? -100 : $0 % 10 })
      let value = try scores.crossEntropy(labels, labelSmoothing: 0.1)
      try value.backward()
      return [value, scores.grad].compactMap { $0 }
    }
    #expect(try values(nil, loss) == values(1, loss))
  }

  @Test func sumsOfManyTerms() throws {
    let sums = {
      var generator = Generator(seed: 6)
      let x = try Tensor.randn([3_000, 200], generator: &generator)
      return [
        try x.sum(), try x.sum(dim: 0), try x.sum(dim: 1), try x.mean(), try x.var(), try x.softmax(dim: 0),
      ]
    }
    #expect(try values(nil, sums) == values(1, sums))
    #expect(try values(2, sums) == values(1, sums))
  }
}
