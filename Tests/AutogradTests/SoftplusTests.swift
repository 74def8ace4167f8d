import Autograd
import TestSupport
import Testing

/// Against numbers of Python's `math` in double precision, by PyTorch's formula.
struct SoftplusTests {
  private let x: [Double] = [-30, -1.5, 0, 0.75, 1.25, 25]

  // f = lambda x: x if x > 20 else log1p(exp(x))
  // g = lambda x: 1 if x > 20 else exp(x) / (exp(x) + 1)
  @Test func itIsTheLogarithmOfOnePlusTheExponential() throws {
    let input = try Tensor(x, shape: [6], requiresGrad: true)
    let output = try input.softplus()
    #expect(
      output.array(Double.self) == [
        9.357622968839737e-14, 0.2014132779827524, 0.6931471805599453, 1.1368710061148999, 1.501929081345373,
        25,
      ])
    try output.sum().backward()
    #expect(
      input.grad?.array(Double.self) == [
        9.3576229688393e-14, 0.18242552380635632, 0.5, 0.679178699175393, 0.7772998611746912, 1,
      ])
  }

  // f = lambda x: x if 2 * x > 3 else log1p(exp(2 * x)) / 2
  @Test func aboveTheThresholdItIsTheInput() throws {
    let output = try Tensor(x, shape: [6]).softplus(beta: 2, threshold: 3)
    #expect(
      output.array(Double.self) == [
        4.37825538134826e-27, 0.02429367578687103, 0.34657359027997264, 0.8507066389913762,
        1.2894448671462748, 25,
      ])
    #expect(try Tensor([1e4]).softplus().array() == [1e4])
    #expect(try Tensor([.nan]).softplus().array()[0].isNaN)
  }

  // F.softplus(torch.tensor([0, 30]))  → "softplus_cpu" not implemented for 'Long'
  @Test func integersAreRefused() {
    #expect(throws: AutogradError.self) { try Tensor([0, 30]).softplus() }
  }
}
