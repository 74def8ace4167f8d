import TerminalUI
import Trace

/// The points of a curve as far as a chart shows them: in view, and no more than a few for each column of dots.
///
/// A chart of a long run has some dozens of times as many points as columns. They are joined before anything is computed
/// from them: each joint keeps the mean and the span of its points, which is what is drawn.
struct CurveBins {
  /// How many points there may be in a column of dots.
  private static let density = 4

  /// The columns of the chart, with two dots in each.
  let columns: Int
  /// The steps in view; nil for all.
  let steps: ClosedRange<Double>?
  /// The step whose values are read, which stays a point of its own; nil for none.
  let pointer: Double?

  /// The points in view, joined.
  func joined(_ points: [ChartPoint]) -> [ChartPoint] {
    let shown = visible(points)
    let most = max(1, 2 * columns * CurveBins.density)
    guard shown.count > most, let first = shown.first, let last = shown.last else { return Array(shown) }
    let size = (shown.count + most - 1) / most
    var joined: [ChartPoint] = [first]
    joined.reserveCapacity(most + 4)
    var open: Joint?
    func close() {
      if let open { joined.append(open.point) }
      open = nil
    }
    let read = pointer.flatMap { pointer in shown.lastIndex { $0.x <= pointer } }
    for index in shown.indices.dropFirst().dropLast() {
      let point = shown[index]
      if index == read || !point.y.isFinite {
        close()
        joined.append(point)
        continue
      }
      if open == nil { open = Joint(point) } else { open?.add(point) }
      if open?.count == size { close() }
    }
    close()
    joined.append(last)
    return joined
  }

  /// Those in view with their neighbours.
  private func visible(_ points: [ChartPoint]) -> ArraySlice<ChartPoint> {
    guard let steps else { return points[...] }
    let start = points.firstIndex { $0.x >= steps.lowerBound } ?? points.count
    let end = points.lastIndex { $0.x <= steps.upperBound } ?? -1
    return points[max(0, start - 1)..<min(points.count, max(start, end + 1) + 1)]
  }

  /// Some points in a row.
  private struct Joint {
    private var (x, sum, low, high) = (0.0, 0.0, 0.0, 0.0)
    private(set) var count = 1

    init(_ point: ChartPoint) { (x, sum, low, high) = (point.x, point.y, point.low, point.high) }

    mutating func add(_ point: ChartPoint) {
      x = point.x
      sum += point.y
      low = min(low, point.low)
      high = max(high, point.high)
      count += 1
    }

    var point: ChartPoint { ChartPoint(x: x, y: sum / Double(count), low: low, high: high) }
  }
}
