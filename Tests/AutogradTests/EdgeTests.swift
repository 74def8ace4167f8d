import Autograd
import Testing

/// Numbers at the ends of their range, as PyTorch 2.15 has them.
struct EdgeTests {
  // x = torch.tensor([nan, inf, 1., -2.]); F.dropout(x, 1.0)  → [nan, nan, 0., -0.]
  @Test func dropoutMultipliesSoThatNothingIsHidden() throws {
    let x = Tensor([.nan, .infinity, 1, -2], requiresGrad: true)
    let y = try x.dropout(p: 1)
    let values = y.array()
    #expect(values[0].isNaN && values[1].isNaN && values[2...] == [0, 0])
    try y.backward(gradient: Tensor([.nan, 1, .infinity, 1]))
    let gradient = try #require(x.grad).array()
    #expect(gradient[0].isNaN && gradient[1] == 0 && gradient[2].isNaN && gradient[3] == 0)
  }

  @Test func everyDroppedInfinityIsNaNAndEveryKeptOneInfinite() throws {
    let x = try Tensor.full([1_000], .infinity)
    let values = try x.dropout(p: 0.5, generator: Generator(seed: 3)).array()
    let kept = try Tensor.ones([1_000]).dropout(p: 0.5, generator: Generator(seed: 3)).array()
    #expect(zip(values, kept).allSatisfy { $1 == 0 ? $0.isNaN : $0 == .infinity })
  }

  // x = torch.tensor([1e20, -1e20, 1e19], requires_grad=True); x.std().backward()
  // → 1.0016653e+20, x.grad [0.48252979, -0.51580769, 0.03327791]; x.var() → inf
  @Test func aDeviationWhoseSquareIsBeyondTheTypeIsFinite() throws {
    let x = Tensor([1e20, -1e20, 1e19], requiresGrad: true)
    let deviation = try x.std()
    #expect(deviation.array() == [1.0016653e20])
    #expect(try x.var().item() == .infinity)
    try deviation.backward()
    for (got, expected) in zip(try #require(x.grad).array(), [0.48252979, -0.51580769, 0.03327791]) {
      #expect(abs(Double(got) - expected) < 1e-6)
    }
  }

  // a, b = torch.tensor([1.]), torch.tensor([1e-40]), both requires_grad
  // (a / b).backward(torch.tensor([0.01]))  → a.grad 1e38, b.grad -inf
  @Test func aGradientIsDividedNotMultipliedByTheInverse() throws {
    let (a, b) = (Tensor([1.0], requiresGrad: true), Tensor([1e-40], requiresGrad: true))
    try (a / b).backward(gradient: Tensor([0.01]))
    #expect(abs((a.grad?.array()[0] ?? 0) / 1e38 - 1) < 1e-3)
    #expect(b.grad?.array() == [-.infinity])
  }

  // torch.tensor([-2., 0., 3.]).clamp(min=nan)  → all nan, gradient 0; of int64 too
  @Test func aBoundThatIsNaNMakesEverythingNaN() throws {
    let x = Tensor([-2, 0, 3], requiresGrad: true)
    let y = try x.clamp(min: .nan)
    #expect(y.array().allSatisfy { $0.isNaN })
    try y.sum().backward()
    #expect(x.grad?.array() == [0, 0, 0])
    #expect(try x.clamp(max: .nan).array().allSatisfy { $0.isNaN })
    #expect(try Tensor([1, 2]).clamp(min: .nan).array().allSatisfy { $0.isNaN })
  }

  // x, lo, hi = torch.tensor([-2., 0., 3., nan, 1.]), torch.tensor([-1., 0., 4., 0., nan]), torch.tensor([1., 0., 2., 1., 2.])
  // y = torch.clamp(x, lo, hi); y.backward(torch.tensor([1., 10., 100., 1000., 10000.]))
  // y → [-1, 0, 2, nan, nan], x.grad → [0, 10, 0, 1000, 10000], lo.grad → [1, 0, 0, 0, 0], hi.grad → [0, 0, 100, 0, 0]
  @Test func eachElementMayHaveBoundsOfItsOwn() throws {
    let x = Tensor([-2, 0, 3, .nan, 1.0], requiresGrad: true)
    let low = Tensor([-1, 0, 4, 0, .nan], requiresGrad: true)
    let high = Tensor([1.0, 0, 2, 1, 2], requiresGrad: true)
    let y = try x.clamp(min: low, max: high)
    #expect(y.array()[..<3] == [-1, 0, 2] && y.array()[3...].allSatisfy { $0.isNaN })
    try y.backward(gradient: Tensor([1.0, 10, 100, 1_000, 10_000]))
    #expect(x.grad?.array() == [0, 10, 0, 1_000, 10_000])
    #expect(low.grad?.array() == [1, 0, 0, 0, 0])
    #expect(high.grad?.array() == [0, 0, 100, 0, 0])
    #expect(try Tensor([1.0, 5]).clamp(max: Tensor(3.0)).array() == [1, 3])
  }

  @Test func rangesMayEndAtTheGreatestInteger() throws {
    let x = Tensor([1.0, 2, 3])
    #expect(try x[0...Int.max].array() == [1, 2, 3])
    #expect(try x[...Int.max].array() == [1, 2, 3])
    #expect(try x[...1].array() == [1, 2])
    #expect(try x[(-2)...(-1)].array() == [2, 3])
    #expect(try x[Int.min..<2].array() == [1, 2])
    #expect(try x[.every(.max)].array() == [1])
    #expect(try x.slice(start: .min, end: .max, step: .max).array() == [1])
  }

  // x = (1000 + i² % 997 / 997).float() for i from 0 to 999; the gradients of x.double().var() and .std() begin with
  @Test func deviationsFromALargeMeanKeepTheirDigits() throws {
    let x = Tensor((0..<1_000).map { Float(1_000 + Double($0 * $0 % 997) / 997) }, requiresGrad: true)
    let expected: [(Tensor, [Double])] = [
      (try x.var(), [-0.000997007017, -0.000995051937, -0.000988942311]),
      (try x.std(), [-0.00169379499, -0.00169047354, -0.00168009402]),
    ]
    for (result, gradients) in expected {
      x.zeroGrad()
      try result.backward()
      for (got, right) in zip(try #require(x.grad).array(Double.self), gradients) {
        #expect(abs(got / right - 1) < 1e-6)
      }
    }
  }

  // x = torch.tensor([[1., 2.], [nan, 3.]]); F.cross_entropy(x, torch.tensor([0, -100]), label_smoothing=…)
  // → 1.3132616, 1.2632616 and x.grad [[-.7310586, .7310586], [nan, nan]], [[-.6810585, .6810586], [nan, nan]]
  @Test func aNaNInARowThatDoesNotCountIsSeenInItsGradient() throws {
    for (smoothing, loss, gradient) in [(0.0, 1.3132616, 0.7310586), (0.1, 1.2632616, 0.6810586)]
      as [(Double, Double, Double)]
    {
      for (broken, expected) in [(.nan, .nan), (.infinity, .nan), (-.infinity, 0), (7, 0)] as [(Float, Float)]
      {
        let x = try Tensor([1, 2, broken, 3] as [Float], shape: [2, 2], requiresGrad: true)
        let value = try x.crossEntropy(Tensor([0, -100]), labelSmoothing: smoothing)
        #expect(try abs(value.item() - loss) < 1e-6)
        try value.backward()
        let got = try #require(x.grad).array()
        #expect(abs(Double(got[1]) - gradient) < 1e-6 && abs(got[0] + got[1]) < 1e-6)
        #expect(got[2...].allSatisfy { expected.isNaN ? $0.isNaN : $0 == expected }, "\(broken)")
      }
    }
  }
}
