import Autograd
import TestSupport
import Testing

/// Sums keep their digits however many terms they have, and have one order.
struct SumTests {
  /// How far `sum` is from `exact`, as a share of it.
  private func error(_ sum: Tensor, _ exact: Double) -> Double {
    sum.array(Double.self).map { abs($0 - exact) / exact }.max() ?? .infinity
  }

  /// Exactly what float32 makes of 0.1.
  private let tenth = Double(0.1 as Float)

  // import torch; torch.full([60000, 2], 0.1).sum(dim=0)  → 6000.0010; float64: 6000.0000894
  @Test(arguments: [1, 3, 64, 65, 127, 129, 1_000, 60_000, 1_000_003])
  func theSumOfEqualTermsIsRightToSixDigits(_ count: Int) throws {
    let exact = Double(count) * tenth
    let columns = try Tensor.full([count, 2], 0.1)
    #expect(try error(columns.sum(dim: 0), exact) <= 1e-6)
    #expect(try error(columns.t().contiguous().sum(dim: 1), exact) <= 1e-6)
    #expect(try error(Tensor.full([count], 0.1).sum(), exact) <= 1e-6)
    #expect(try error(columns.sum(), 2 * exact) <= 1e-6)
    #expect(try error(columns.mean(dim: 0), tenth) <= 1e-6)
    #expect(try error(Tensor.full([count, 2, 3], 0.1).sum(dims: [0, 2]), 3 * exact) <= 1e-6)
  }

  @Test func sumsOfTwentyMillionTermsDoNotStall() throws {
    let x = try Tensor.full([20_000_000], 0.1)
    #expect(try error(x.sum(), 2e7 * tenth) <= 1e-6)
    #expect(try error(x.view(-1, 2).sum(dim: 0), 1e7 * tenth) <= 1e-6)
    // A view that repeats one row: 20,000,000 rows without their memory.
    #expect(try error(Tensor.full([1, 2], 0.1).expand(20_000_000, 2).sum(dim: 0), 2e7 * tenth) <= 1e-6)
  }

  // b = torch.tensor([0.1, 0.2], requires_grad=True)
  // l = F.mse_loss(torch.zeros(1000000, 2) + b, torch.zeros(1000000, 2)); l.backward()
  // l → 0.0250000, b.grad → [0.1000000, 0.1999999]
  @Test func theGradientOfAColumnAddedToAMillionRowsKeepsItsDigits() throws {
    let b = Tensor([0.1, 0.2], requiresGrad: true)
    let zeros = try Tensor.zeros([1_000_000, 2])
    let loss = try (zeros + b).mseLoss(zeros)
    try loss.backward()
    #expect(error(loss, 0.025) <= 1e-6)
    let gradient = try #require(b.grad).array(Double.self)
    #expect(abs(gradient[0] - 0.1) <= 2e-7 && abs(gradient[1] - 0.2) <= 4e-7)
  }

  @Test func theBiasOfALayerOfManyRowsGetsTheWholeGradient() throws {
    let (weight, bias) = (try Tensor.zeros([2, 1]), Tensor([0, 0], requiresGrad: true))
    let y = try Tensor.zeros([300_000, 1]).linear(weight: weight, bias: bias)
    try y.backward(gradient: .full([300_000, 2], 0.1))
    #expect(error(try #require(bias.grad), 300_000 * tenth) <= 1e-6)
  }

  // softmax of 300,000 equal scores is 1 ÷ 300,000 each; logsumexp is ln 300,000.
  @Test func softmaxOfManyClassesAddsUpToOne() throws {
    let count = 300_000
    let x = try Tensor.zeros([1, count], requiresGrad: true)
    #expect(try error(x.softmax(dim: 1).amax(), 1 / Double(count)) <= 1e-6)
    #expect(try error(x.logsumexp(dim: 1), 12.611537753638338) <= 1e-6)
    #expect(try error(x.logSoftmax(dim: 1).neg().amax(), 12.611537753638338) <= 1e-6)
    let loss = try x.crossEntropy(Tensor([7]), labelSmoothing: 0.5)
    #expect(error(loss, 12.611537753638338) <= 1e-6)
  }

  @Test func statisticsOfManyRowsKeepTheirDigits() throws {
    let x = try Tensor.cat([.full([500_000, 1], 0.1), .full([500_000, 1], 0.3)])
    // Half of the values lie 0.1 below the mean of 0.2, half as much above.
    #expect(try error(x.var(correction: 0), 0.01) <= 1e-6)
    let y = try x.batchNorm(epsilon: 0)
    #expect(try error(y.abs().amax(), 1) <= 2e-6)
    #expect(try error(y.abs().amin(), 1) <= 2e-6)
  }

  @Test(arguments: [[64, 10], [70, 3], [5, 7, 11], [3, 200, 2], [2, 3, 4, 5], [1_000], [40, 1, 40]])
  func theOrderIsThatOfTheTermsNotOfMemory(_ sizes: [Int]) throws {
    var generator = Generator(seed: 6)
    let x = try Tensor.randn(Shape(sizes), generator: &generator)
    let dims = Array(sizes.indices)
    let scattered = try x.permute(dims.reversed()).contiguous().permute(dims.reversed())
    for mask in 1..<(1 << sizes.count) {
      let summed = dims.filter { mask >> $0 & 1 == 1 }
      let (sum, other) = (try x.sum(dims: summed), try scattered.sum(dims: summed))
      #expect(sum.array().map(\.bitPattern) == other.array().map(\.bitPattern), "\(summed)")
      let exact = try x.to(.float64).sum(dims: summed)
      #expect(difference(sum, exact, Tolerance(relative: 1e-6, absolute: 1e-5)) == nil, "\(summed)")
    }
  }

  /// What `kernels.h` says, word by word: the same bits on every processor.
  @Test(arguments: [1, 7, 64, 65, 128, 129, 1_000])
  func theOrderIsTheDocumentedOne(_ count: Int) throws {
    var generator = Generator(seed: 8)
    let x = try Tensor.randn([count, 3], generator: &generator)
    let (rows, columns) = (x.array(), try x.t().contiguous().array())
    let expected = (0..<3).map { column in blocks((0..<count).map { rows[$0 * 3 + column] }) }
    #expect(try x.sum(dim: 0).array() == expected)
    let lanes = (0..<3).map { contiguous(Array(columns[($0 * count)..<(($0 + 1) * count)])) }
    #expect(try x.t().contiguous().sum(dim: 1).array() == lanes)
  }

  /// The sum of the terms of a column.
  private func blocks(_ terms: [Float]) -> Float {
    let block = terms.count <= 64 ? 64 : 16
    var total = 0.0
    for start in stride(from: 0, to: terms.count, by: block) {
      var sum: Float = 0
      for term in terms[start..<min(start + block, terms.count)] { sum += term }
      total += Double(sum)
    }
    return Float(total)
  }

  /// The sum of the terms of a row.
  private func contiguous(_ terms: [Float]) -> Float {
    var total = 0.0
    for start in stride(from: 0, through: terms.count, by: 128) {
      let block = Array(terms[start..<min(start + 128, terms.count)])
      let whole = block.count / 8 * 8
      var lanes = [Float](repeating: 0, count: 8)
      for index in 0..<whole { lanes[index % 8] += block[index] }
      var sum: Float = 0
      for lane in lanes { sum += lane }
      for term in block[whole...] { sum += term }
      total += Double(sum)
    }
    return Float(total)
  }

  @Test func nothingSumsToZero() throws {
    #expect(try Tensor.zeros([0, 3]).sum(dim: 0).array() == [0, 0, 0])
    #expect(try Tensor.zeros([3, 0]).sum(dim: 1).array() == [0, 0, 0])
    #expect(try Tensor.zeros([0, 3]).sum(dim: 1).shape == [0])
  }
}
