import Autograd
import Testing

struct CreationTests {
  @Test func patternsAreAsInPyTorch() throws {
    #expect(Tensor.eye(3).array() == [1, 0, 0, 0, 1, 0, 0, 0, 1])
    #expect(Tensor.arange(from: 1, to: 2, step: 0.25).array() == [1, 1.25, 1.5, 1.75])
    #expect(Tensor.arange(from: 1, to: 0).shape == [0])
    #expect(Tensor.arange(from: 3, to: 0, step: -1).array() == [3, 2, 1])
    #expect(Tensor.linspace(from: 0, to: 1, count: 5).array() == [0, 0.25, 0.5, 0.75, 1])
    #expect(Tensor.arange(4, dtype: .int64).integers() == [0, 1, 2, 3])
    let model = Tensor.full([2, 1], 7, dtype: .float64)
    #expect(Tensor.zerosLike(model).dtype == .float64)
    #expect(Tensor.onesLike(model).array() == [1, 1])
    #expect(model.size() == [2, 1])
    #expect(model.size(-2) == 2)
  }

  @Test func integersMakeAnInt64VectorAndFractionsAFloat32One() {
    #expect(Tensor([1, 2, 3]).dtype == .int64)
    #expect(Tensor([1.0, 2, 3]).dtype == .float32)
  }

  @Test func theSameSeedDrawsTheSameNormalNumbers() {
    var (first, second) = (Generator(seed: 9), Generator(seed: 9))
    let values = Tensor.randn([1000], generator: &first).array(Double.self)
    #expect(values == Tensor.randn([1000], generator: &second).array(Double.self))
    let mean = values.reduce(0, +) / 1000
    #expect(abs(mean) < 0.1)
    #expect(abs(values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 1000 - 1) < 0.15)
  }
}
