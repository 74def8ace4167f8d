import DebuggerUI
import TerminalUI
import Testing

struct SmoothingTests {
  /// The averages as TensorBoard's formula gives them:
  ///
  ///     last, count, out = 0, 0, []
  ///     for v in [1, 2, 3]:
  ///       last = last * 0.6 + 0.4 * v; count += 1; out.append(last / (1 - 0.6 ** count))
  @Test func theAverageIsDebiased() {
    let points = [1.0, 2, 3].enumerated().map { ChartPoint(x: Double($0), y: $1) }
    let values = Smoothing.debiased(points, weight: 0.6).map(\.y)
    let expected = [1.0, 1.625, 2.326530612244898]
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func whatIsNotFinitePassesThrough() {
    let points = [4, .nan, 4, .infinity, 4].map { ChartPoint(x: 0, y: $0) }
    let values = Smoothing.debiased(points, weight: 0.9).map(\.y)
    #expect(values[1].isNaN && values[3] == .infinity)
    #expect([0, 2, 4].allSatisfy { abs(values[$0] - 4) < 1e-12 })
  }
}
