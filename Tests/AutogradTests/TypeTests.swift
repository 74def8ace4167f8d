import Autograd
import Testing

struct TypeTests {
  @Test func aNumberKeepsATensorsType() throws {
    #expect(try (Tensor([1, 2]) * 2.5).dtype == .float32)
    #expect(try (Tensor.zeros([2], dtype: .float64) + 1).dtype == .float64)
    #expect(try (Tensor([1, 2] as [Int]) + 1).integers() == [2, 3])
    #expect(try (Tensor([1, 2] as [Int]) + 1).dtype == .int64)
    #expect(try (Tensor([1, 2] as [Int]) + 0.5).dtype == .float32)
    #expect(try (3 - Tensor([1, 2])).array() == [2, 1])
    #expect(try (Tensor([7, 2] as [Int]) / 2).array() == [3.5, 1])
  }

  @Test func booleansCountAndCompare() throws {
    let predictions = Tensor([1, 2, 3] as [Int])
    let right = try predictions .== Tensor([1, 0, 3] as [Int])
    #expect(right.dtype == .bool)
    #expect(try right.sum().item() == 2)
    #expect(try (Tensor([1, 2, 3]) .> 1.5).integers() == [0, 1, 1])
  }

  @Test func gradientsComeBackInTheirInputsType() throws {
    let a = Tensor([1, 2], requiresGrad: true)
    let b = try Tensor([3.0, 4.0], shape: [2], requiresGrad: true)
    try (a * b).sum().backward()
    #expect(a.grad?.dtype == .float32)
    #expect(b.grad?.dtype == .float64)
  }

  @Test func integersWrapWhereTheyOverflow() throws {
    let big = try Tensor([Int64.max], shape: [1])
    #expect(try (big + 1).integers() == [Int.min])
    #expect(try Tensor.cat([big, big]).sum().integers() == [-2])
  }
}
