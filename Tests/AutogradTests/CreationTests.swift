import Autograd
import Testing

struct CreationTests {
  @Test func patternsAreAsInPyTorch() throws {
    #expect(try Tensor.eye(3).array() == [1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(try Tensor.arange(from: 1, to: 2, step: 0.25).array() == [1, 1.25, 1.5, 1.75])
    #expect(try Tensor.arange(from: 1, to: 1).shape == [0])
    #expect(try Tensor.arange(from: 3, to: 0, step: -1).array() == [3, 2, 1])
    #expect(try Tensor.linspace(from: 0, to: 1, count: 5).array() == [0, 0.25, 0.5, 0.75, 1])
    #expect(try Tensor.arange(4, dtype: .int64).integers() == [0, 1, 2, 3])
    let model = try Tensor.full([2, 1], 7, dtype: .float64)
    #expect(Tensor.zerosLike(model).dtype == .float64)
    #expect(Tensor.onesLike(model).array() == [1, 1])
    #expect(model.size() == [2, 1])
    #expect(model.size(-2) == 2)
  }

  @Test func integersMakeAnInt64VectorAndFractionsAFloat32One() {
    #expect(Tensor([1, 2, 3]).dtype == .int64)
    #expect(Tensor([1.0, 2, 3]).dtype == .float32)
  }

  @Test func theSameSeedDrawsTheSameNormalNumbers() throws {
    var (first, second) = (Generator(seed: 9), Generator(seed: 9))
    let values = try Tensor.randn([1000], generator: &first).array(Double.self)
    #expect(try values == Tensor.randn([1000], generator: &second).array(Double.self))
    let mean = values.reduce(0, +) / 1000
    #expect(abs(mean) < 0.1)
    #expect(abs(values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 1000 - 1) < 0.15)
  }

  /// Each raises in PyTorch too.
  @Test func whatCannotBeMadeIsRefused() throws {
    var generator = Generator(seed: 1)
    func isRefused(_ name: String, _ make: () throws -> Tensor) {
      let error = #expect(throws: AutogradError.self, "\(name)") { try make() }
      #expect(error?.description.contains(name) == true)
    }
    isRefused("zeros") { try .zeros([-1]) }
    isRefused("zeros") { try .zeros([-1, -2]) }
    isRefused("ones") { try .ones([2, -3]) }
    isRefused("zeros") { try .zeros([.max, 2]) }
    isRefused("zeros") { try .zeros([1 << 50]) }
    isRefused("zeros") { try .zeros([1, 1, 1, 1, 1, 1, 1, 1, 1]) }
    isRefused("full") { try .full([2], .nan, dtype: .int64) }
    isRefused("full") { try .full([2], 1e30, dtype: .int64) }
    isRefused("full") { try .full([2], 1e300) }
    isRefused("randn") { try .randn([-2], generator: &generator) }
    isRefused("randn") { try .randn([2], dtype: .int64, generator: &generator) }
    isRefused("rand") { try .rand([2, -2], generator: &generator) }
    isRefused("arange") { try .arange(-1) }
    isRefused("arange") { try .arange(from: 0, to: 5, step: -1) }
    isRefused("arange") { try .arange(from: 0, to: 5, step: 0) }
    isRefused("arange") { try .arange(from: 0, to: .nan) }
    isRefused("arange") { try .arange(from: .min, to: .max) }
    isRefused("linspace") { try .linspace(from: 0, to: 1, count: -1) }
    isRefused("eye") { try .eye(-1) }
    isRefused("[-1, -2]") { try Tensor([1, 2] as [Float], shape: [-1, -2]) }
    isRefused("expand") { try Tensor([1.0]).expand(.max) }
    let long = try Tensor([1.0]).expand(1 << 20)
    isRefused("add") { try long.unsqueeze(dim: 1) + long.unsqueeze(dim: 0) + long.view(1, 1, -1) }
    let integers = Tensor([1, 2])
    isRefused("full") {
      try integers.fill(.nan)
      return integers
    }
    isRefused("full") {
      try integers.fill(.infinity)
      return integers
    }
    #expect(integers.integers() == [1, 2])
    #expect(generator.permutation(-3) == [] && generator.below(-1) == 0)
    #expect(try Tensor.full([2], 2.7, dtype: .int64).integers() == [2, 2])
    #expect(try Tensor.full([1], .nan, dtype: .bool).integers() == [1])
    #expect(try Tensor.zeros([.max, 2, 0]).elementCount == 0)
  }

  // torch.linspace(1e20, 1, 3) → [1e20, 5e19, 1]; torch.linspace(-1e16, .3, 3, dtype=torch.float64) → […, 0.3]
  @Test func linspaceReachesItsEnd() throws {
    for dtype in [DType.float32, .float64] {
      #expect(try Tensor.linspace(from: 1e20, to: 1, count: 3, dtype: dtype)[-1].item() == 1)
    }
    #expect(
      try Tensor.linspace(from: -1e16, to: 0.3, count: 3, dtype: .float64).array(Double.self) == [
        -1e16, -5e15, 0.3,
      ])
    #expect(try Tensor.linspace(from: 2, to: 5, count: 1).array() == [2])
    #expect(try Tensor.linspace(from: 2, to: 5, count: 0).shape == [0])
    #expect(try Tensor.linspace(from: 0, to: 9, count: 4, dtype: .int64).integers() == [0, 3, 6, 9])
  }

  /// The first number of this seed is 1 − 2⁻²⁶ or so, which float32 would round to 1.
  @Test func evenNumbersAreBelowOne() throws {
    var generator = Generator(seed: 29_710_534)
    #expect(try Tensor.rand([1], generator: &generator).item() == Double((1 as Float).nextDown))
    generator = Generator(seed: 29_710_534)
    let exact = try Tensor.rand([1], dtype: .float64, generator: &generator).item()
    #expect(exact < 1 && Float(exact) == 1)
  }

  // torch.tensor([[1, 2], [3], [4, 5, 6]])  → expected sequence of length 2 at dim 1 (got 1)
  @Test func rowsAreEquallyLong() throws {
    let error = #expect(throws: AutogradError.self) {
      try Tensor([[1, 2], [3], [4, 5, 6]], file: "M/N.swift", line: 3)
    }
    #expect(
      error?.description
        == "M/N.swift:3: the rows of a matrix are equally long, but row 0 has 2 values and row 1 has 1.")
    #expect(throws: AutogradError.self) { try Tensor([[], [1]]) }
    #expect(try Tensor([[1, 2], [3, 4]]).shape == [2, 2] && Tensor([[], []]).shape == [2, 0])
  }

  /// Sizes that are joined, repeated or chosen may be more than memory holds, as those that are asked for.
  @Test func resultsThatDoNotFitIntoMemoryAreRefused() throws {
    func isRefused(_ name: String, _ make: () throws -> Tensor) {
      let error = #expect(throws: AutogradError.self, "\(name)") { try make() }
      #expect(error?.description.contains(": \(name) got") == true, "\(name)")
      #expect(error?.description.contains("fits into memory") == true, "\(name)")
    }
    let long = try Tensor([1.0]).expand(1 << 28)
    let places = try Tensor([0]).expand(1 << 24)
    isRefused("cat") { try .cat(Array(repeating: long, count: 1 << 14)) }
    isRefused("cat") { try .cat([Tensor.zeros([0, .max]), Tensor.zeros([0, .max])], dim: 1) }
    isRefused("stack") { try .stack(Array(repeating: long, count: 1 << 14)) }
    isRefused("index_select") { try long.view(1, -1).indexSelect(dim: 0, places) }
    isRefused("embedding") { try long.view(1, -1).embedding(places) }
    isRefused("embedding") { try long.view(1, -1).embedding(places.view(1, 1, 1, 1, 1, -1)) }
  }
}
