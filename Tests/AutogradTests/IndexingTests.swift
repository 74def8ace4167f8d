import Autograd
import Testing

struct IndexingTests {
  private let x = Tensor((0..<24).map { Float($0) })

  @Test func placesRangesAndNewDimensionsSelectAsInNumPy() throws {
    let x = try x.reshape(2, 3, 4)
    #expect(try x[1].shape == [3, 4])
    #expect(try x[1, 2, 3].item() == 23)
    #expect(try x[-1, -1, -1].item() == 23)
    #expect(try x[0, 1..<3].shape == [2, 4])
    #expect(try x[.all, 0].array() == [0, 1, 2, 3, 12, 13, 14, 15])
    #expect(try x[0, 0, 1...].array() == [1, 2, 3])
    #expect(try x[0, 0, ..<(-1)].array() == [0, 1, 2])
    #expect(try x[0, 0, .every(2)].array() == [0, 2])
    #expect(try x[.newAxis, 0].shape == [1, 3, 4])
    #expect(try x[0, 0...1].shape == [2, 4])
  }

  @Test func aViewSharesMemoryWithItsTensor() throws {
    let x = try Tensor.zeros([2, 3])
    try x[1].fill(5)
    #expect(x.array() == [0, 0, 0, 5, 5, 5])
    try x.t()[0].copy(from: Tensor([7, 8]))
    #expect(x.array() == [7, 0, 0, 8, 5, 5])
  }

  @Test func theGradientOfASliceIsZeroElsewhere() throws {
    let x = Tensor([1, 2, 3, 4], requiresGrad: true)
    try (x[1..<3] * 2).sum().backward()
    #expect(x.grad?.array() == [0, 2, 2, 0])
  }
}
