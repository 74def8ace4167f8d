import Testing
import Trace

struct TensorSnapshotTests {
  private func size(_ shape: [Int]) -> [Int] {
    let count = shape.reduce(1, *)
    let snapshot = TensorSnapshot(
      node: "n", view: .value, shape: shape, values: Array(repeating: 1, count: count))
    return [snapshot.matrixSize.rows, snapshot.matrixSize.columns]
  }

  @Test func leadingDimensionsAreFoldedIntoTheRows() {
    #expect(size([64, 10]) == [64, 10])
    #expect(size([2, 3, 4]) == [6, 4])
  }

  @Test func aVectorIsOneRowAndAScalarOneCell() {
    #expect(size([5]) == [1, 5])
    #expect(size([]) == [1, 1])
  }

  @Test func withoutValuesThereAreNoRows() {
    #expect(size([0]) == [0, 0])
    #expect(size([0, 7]) == [0, 7])
    #expect(size([7, 0]) == [0, 0])
  }

  @Test func aSnapshotKnowsItsStatistics() {
    let snapshot = TensorSnapshot(node: "n", view: .value, shape: [2], values: [3, 4])
    #expect(snapshot.statistics == TensorStatistics([3, 4]))
    #expect(snapshot.statistics.norm == 5)
  }
}
