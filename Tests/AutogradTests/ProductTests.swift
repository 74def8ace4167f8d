import Autograd
import TestSupport
import Testing

struct ProductTests {
  @Test func aProductLargeEnoughForSeveralThreadsIsRightAndSoIsASmallOneAfterIt() throws {
    let large = try Tensor.ones([512, 512]).matmul(.ones([512, 512]))
    #expect(large.array().allSatisfy { $0 == 512 })
    #expect(try Tensor.eye(2).matmul(Tensor([3.0, 4])).array() == [3, 4])
  }

  @Test func everyLayoutOfAMatrixGivesTheSameProduct() throws {
    var generator = Generator(seed: 2)
    let a = try Tensor.randn([6, 8], dtype: .float64, generator: &generator)
    let b = try Tensor.randn([8, 5], dtype: .float64, generator: &generator)
    let expected = try a.matmul(b)
    let transposed = try a.t().contiguous().t()
    #expect(difference(try transposed.matmul(b), expected, .float64) == nil)
    let columns = try b.t().contiguous().t()
    #expect(difference(try transposed.matmul(columns), expected, .float64) == nil)
    let wide = try Tensor.cat([a, a], dim: 1)
    #expect(difference(try wide[.all, 8...].matmul(b), expected, .float64) == nil)
    let apart = try Tensor.stack([a, a], dim: -1).select(dim: -1, index: 0)
    #expect(difference(try apart.matmul(b), expected, .float64) == nil)
    let repeated = try Tensor.ones([1, 8], dtype: .float64).expand(6, 8)
    let sums = try b.sum(dim: 0, keepDim: true).expand(6, 5)
    #expect(difference(try repeated.matmul(b), sums, .float64) == nil)
  }

  @Test func oneRowAndOneColumnMatricesWorkInEveryLayout() throws {
    let row = try Tensor.arange(from: 1, to: 4).detach()
    let asRow = try row.reshape(1, 3)
    #expect(try asRow.matmul(asRow.t()).item() == 14)
    #expect(try asRow.t().matmul(asRow).shape == [3, 3])
    #expect(try asRow.expand(2, 3).matmul(asRow.t()).array() == [14, 14])
  }
}
