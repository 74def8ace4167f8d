import Autograd
import Testing

/// Bounds that are tensors, with the gradients of PyTorch 2.15 at ties and of NaN.
struct ClampToTensorsTests {
  /// y.backward(upstream) of y = torch.clamp(x, min, max); nil for a bound that there is not.
  private func gradients(
    _ x: [Float], min: [Float]? = nil, max: [Float]? = nil, upstream: [Float]? = nil
  ) throws -> [[Float]] {
    let value = Tensor(x, requiresGrad: true)
    let (low, high) = (
      min.map { Tensor($0, requiresGrad: true) }, max.map { Tensor($0, requiresGrad: true) }
    )
    let y =
      if let low {
        try value.clamp(min: low, max: high)
      } else {
        try value.clamp(max: #require(high))
      }
    try y.backward(gradient: upstream.map { Tensor($0) } ?? .onesLike(y))
    return try [value, low, high].compactMap { $0 }.map { try #require($0.grad).array() }
  }

  // torch.clamp(x, min=zeros), torch.clamp(x, max=zeros), torch.clamp(x, zeros, twos)
  @Test func aTieSharesTheGradient() throws {
    #expect(try gradients([-1, 0, 1], min: [0, 0, 0]) == [[0, 0.5, 1], [1, 0.5, 0]])
    #expect(try gradients([-1, 0, 1], max: [0, 0, 0]) == [[1, 0.5, 0], [0, 0.5, 1]])
    #expect(
      try gradients([-1, 0, 1, 2, 3], min: [0, 0, 0, 0, 0], max: [2, 2, 2, 2, 2])
        == [[0, 0.5, 1, 0.5, 0], [1, 0.5, 0, 0, 0], [0, 0, 0, 0.5, 1]])
  }

  // torch.clamp(x, zeros, zeros), torch.clamp(x, ones, zeros)
  @Test func boundsThatMeetOrCross() throws {
    #expect(
      try gradients([-1, 0, 1], min: [0, 0, 0], max: [0, 0, 0]) == [[0, 1, 0], [1, 0, 0], [0, 0, 1]])
    #expect(
      try gradients([-1, 0, 1], min: [1, 1, 1], max: [0, 0, 0]) == [[0, 0, 0], [0, 0, 0], [1, 1, 1]])
  }

  // (x, min, max) of (0, 0, nan), (-1, 0, nan), (2, nan, 1), (2, nan, 2), (nan, 0, -1), (nan, 0, 1)
  @Test func aNaNSendsTheGradientWherePyTorchDoes() throws {
    let got = try gradients(
      [0, -1, 2, 2, .nan, .nan], min: [0, 0, .nan, .nan, 0, 0], max: [.nan, .nan, 1, 2, -1, 1])
    #expect(got == [[1, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0]])
  }

  // y.backward(torch.tensor([nan, nan, nan])): 0 for what was not chosen
  @Test func aNaNUpstreamGoesOnlyToWhatWasChosen() throws {
    func isNaN(_ gradients: [[Float]]) -> [[Bool]] { gradients.map { $0.map(\.isNaN) } }
    let nan = [Float](repeating: .nan, count: 3)
    let both = try gradients([-1, 1, 3], min: [0, 0, 0], max: [2, 2, 2], upstream: nan)
    #expect(
      isNaN(both) == [[false, true, false], [true, false, false], [false, false, true]]
        && both.joined().allSatisfy { $0.isNaN || $0 == 0 })
    let low = try gradients([-1, 1], min: [0, 0], upstream: [.nan, .infinity])
    #expect(isNaN(low) == [[false, false], [true, false]] && low[0] == [0, .infinity] && low[1][1] == 0)
    let high = try gradients([-1, 1], max: [0, 0], upstream: [.infinity, .nan])
    #expect(
      isNaN(high) == [[false, false], [false, true]] && high[0] == [.infinity, 0] && high[1][0] == 0)
  }

  // x = [[-1., 0., 1.], [2., 3., 4.]], min = [0., 0., 0.], max = [[2.], [3.]]
  @Test func boundsAreRepeatedAndTheirGradientsSummed() throws {
    let x = try Tensor([-1.0, 0, 1, 2, 3, 4]).view(2, 3).requiringGrad()
    let low = Tensor([0.0, 0, 0], requiresGrad: true)
    let high = try Tensor([2.0, 3]).view(2, 1).requiringGrad()
    let y = try x.clamp(min: low, max: high)
    #expect(y.array() == [0, 0, 1, 2, 3, 3] && y.node?.operation.name == "clamp")
    try y.sum().backward()
    #expect(x.grad?.array() == [0, 0.5, 1, 1, 0.5, 0])
    #expect(low.grad?.array() == [1, 0.5, 0])
    #expect(high.grad?.array() == [0, 1.5] && high.grad?.shape == [2, 1])
  }

  // torch.tensor([1, 5]).clamp(min=torch.tensor([3])) → [3, 5] int64; with max=torch.tensor([4.]) → [3., 4.]
  @Test func wholeNumbersStayWholeWhereTheBoundsAre() throws {
    let whole = try Tensor([1, 5]).clamp(min: Tensor([3]))
    #expect(whole.integers() == [3, 5] && whole.dtype == .int64)
    let mixed = try Tensor([1, 5]).clamp(min: Tensor([3]), max: Tensor([4.0]))
    #expect(mixed.array() == [3, 4] && mixed.dtype == .float32)
    #expect(throws: AutogradError.self) { try Tensor([1.0, 2]).clamp(min: Tensor([1.0, 2, 3])) }
    #expect(throws: AutogradError.self) {
      try Tensor([1.0, 2]).clamp(min: Tensor([1.0]), max: Tensor([1.0, 2, 3]))
    }
  }

  // torch.maximum and torch.minimum of [-1., 1.] and zeros; torch.tensor([1., 2.]).max(), .min(), .amax();
  // each with backward(nan): what was not chosen gets 0, but nan from amax
  @Test func whatWasNotChosenGetsNothingOfANaN() throws {
    func chosen(_ compute: (Tensor, Tensor) throws -> Tensor) throws -> [[Bool]] {
      let (a, b) = (Tensor([-1.0, 1], requiresGrad: true), Tensor([0.0, 0], requiresGrad: true))
      let y = try compute(a, b)
      try y.backward(gradient: .full(y.shape, .nan))
      return [a, b].map { $0.grad?.array().map(\.isNaN) ?? [] }
    }
    #expect(try chosen { try $0.maximum($1) } == [[false, true], [true, false]])
    #expect(try chosen { try $0.minimum($1) } == [[true, false], [false, true]])
    #expect(try chosen { x, _ in try x.max() }[0] == [false, true])
    #expect(try chosen { x, _ in try x.min() }[0] == [true, false])
    #expect(try chosen { x, _ in try x.amax() }[0] == [true, true])
    #expect(try chosen { x, _ in try x.max(dim: 0).values }[0] == [false, true])
  }
}
