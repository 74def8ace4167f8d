import Autograd
import Foundation
import Testing

struct KernelTests {
  @Test func exponentialsOfNegativesAreRightToTheLastPlace() {
    let x = (0..<100_000).map { -Float($0) / 1_000 }
    let powers = x.map(Float.exp)
    for (x, power) in zip(x, powers) {
      let exact = Foundation.exp(Double(x))
      // Below the smallest normal number there is less precision to be right to.
      let ulp = max(Double(Float(exact).ulp), Double(Float.leastNonzeroMagnitude))
      #expect(abs(Double(power) - exact) <= 0.51 * ulp, "exp(\(x))")
    }
  }

  @Test func exponentialsOfNegativesStandTheEndsOfTheRange() {
    let values = ([0, -0.0, -.infinity, -104.5, -1e30, .nan] as [Float]).map(Float.exp)
    #expect(values[...4] == [1, 1, 0, 0, 0])
    #expect(values[5].isNaN)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1_024, 5_000], [1e-25, 1, 1e25] as [Float])
  func squaresAddUpToSixDigitsAlsoWhereSinglePrecisionDoesNotReach(_ count: Int, _ scale: Float) throws {
    var generator = Generator(seed: 4, purpose: .data)
    let values = (0..<count).map { _ in Float(generator.normal()) * scale }
    let exact = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    let sum = try Tensor(values, shape: [count]).sumOfSquares
    #expect(abs(sum - exact) <= 5e-7 * exact)
    #expect(try Tensor(values + [.nan], shape: [count + 1]).sumOfSquares.isNaN)
    #expect(try Tensor(values + [-.infinity], shape: [count + 1]).sumOfSquares == .infinity)
  }

  @Test func oneElementOfAnyViewIsReadByItsPlaceInRowMajorOrder() throws {
    let x = try Tensor.arange(24, dtype: .float64).reshape(2, 3, 4)
    for view in [x, try x.permute([2, 0, 1]), try x[.all, 1...], try x.select(dim: 1, index: 2)] {
      let values = view.array(Double.self)
      #expect(values.indices.map { view.number(at: $0) } == values)
    }
    #expect(Tensor([3, 5]).number(at: 1) == 5)
  }

  @Test func aGradientThatTwoInputsShareIsEachOnesOwnMemory() throws {
    let (a, b) = (Tensor([1, 2], requiresGrad: true), Tensor([3, 4], requiresGrad: true))
    try (a + b).sum().backward()
    let first = try #require(a.grad)
    try noGrad { try first.fill(9) }
    #expect(b.grad?.array() == [1, 1])
  }
}
