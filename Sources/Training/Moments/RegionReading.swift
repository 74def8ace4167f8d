import Autograd
import Datasets
import NN
import Trace

/// Asks a model for its class at each point of a grid over the plane.
struct RegionReading {
  /// The points of the set that are shown.
  private static let mostPoints = 2_000
  /// The cells of the grid while the run is paused, and while it plays: then training must not wait for it.
  private static let mostCells = (paused: 24_576, playing: 2_048)
  /// The part of the points' width that stays free around them.
  private static let margin: Float = 0.08

  private let model: any Module
  private let accuracy: Accuracy
  private let points: [DecisionRegions.Point]
  private let x: ClosedRange<Float>
  private let y: ClosedRange<Float>

  /// A reading for data whose samples are points in the plane with classes; nil for others.
  init?(model: any Module, data: any Dataset) {
    guard data.featureCount == 2, !data.classNames.isEmpty, data.count > 0 else { return nil }
    let step = (data.count + RegionReading.mostPoints - 1) / RegionReading.mostPoints
    guard let all = try? data.batch(at: Array(stride(from: 0, to: data.count, by: step))),
      all.inputs.elementCount == 2 * all.targets.elementCount
    else { return nil }
    let (values, labels) = (all.inputs.array(Float.self), all.targets.integers())
    self.model = model
    accuracy = Accuracy(data)
    points = labels.indices.map {
      DecisionRegions.Point(x: values[2 * $0], y: values[2 * $0 + 1], label: labels[$0])
    }
    x = RegionReading.range(points.map(\.x))
    y = RegionReading.range(points.map(\.y))
  }

  /// The regions on a grid of about that many cells; nil where the model cannot take a grid.
  func regions(_ wanted: ScreenNeeds.Dots, isPlaying: Bool) -> DecisionRegions? {
    let limit = isPlaying ? RegionReading.mostCells.playing : RegionReading.mostCells.paused
    let (columns, rows) = RegionReading.size(wanted, limit: limit)
    guard columns > 0, rows > 0 else { return nil }
    // A cell is as high as it is wide.
    let unit = max(
      (x.upperBound - x.lowerBound) / Float(columns), (y.upperBound - y.lowerBound) / Float(rows))
    let left = (x.lowerBound + x.upperBound) / 2 - unit * Float(columns) / 2
    let top = (y.lowerBound + y.upperBound) / 2 + unit * Float(rows) / 2
    var grid: [Float] = []
    grid.reserveCapacity(rows * columns * 2)
    for row in 0..<rows {
      for column in 0..<columns {
        grid.append(left + unit * (Float(column) + 0.5))
        grid.append(top - unit * (Float(row) + 0.5))
      }
    }
    // In training mode the grid would change running means, and what dropout draws next.
    model.eval()
    defer { model.train() }
    // Regions are not worth stopping a run: a model that cannot take a grid shows none.
    guard let output = try? noGrad({ try model(Tensor(grid, shape: [rows * columns, 2])) }),
      accuracy.hasScores(output), output.shape[0] == rows * columns
    else { return nil }
    let (classes, confidences) = RegionReading.predictions(output)
    return DecisionRegions(
      left: left, right: left + unit * Float(columns), bottom: top - unit * Float(rows), top: top,
      columns: columns, rows: rows, classes: classes, confidences: confidences, points: points)
  }

  /// The size that was asked for, or one of its shape within the limit.
  private static func size(_ wanted: ScreenNeeds.Dots, limit: Int) -> (columns: Int, rows: Int) {
    let (columns, rows) = (min(wanted.columns, 1_024), min(wanted.rows, 1_024))
    guard columns > 0, rows > 0 else { return (0, 0) }
    var shrink = 1
    while (columns / shrink) * (rows / shrink) > limit { shrink += 1 }
    return (max(1, columns / shrink), max(1, rows / shrink))
  }

  /// The greatest of each row of outputs, and how sure that is: its softmax, from 0 for all alike to 255.
  private static func predictions(_ output: Tensor) -> (classes: [Int], confidences: [UInt8]) {
    let (scores, count, classes) = (output.array(Float.self), output.shape[0], output.shape[1])
    var (labels, confidences) = ([Int](repeating: 0, count: count), [UInt8](repeating: 0, count: count))
    let least = 1 / Float(classes)
    for row in 0..<count {
      let start = row * classes
      var best = start
      for place in start + 1..<start + classes where !(scores[place] <= scores[best]) {
        if scores[best].isNaN { break }
        best = place
      }
      var total: Float = 0
      for place in start..<start + classes { total += Float.exp(scores[place] - scores[best]) }
      let sureness = (1 / total - least) / (1 - least)
      labels[row] = best - start
      // NaN is sure of nothing.
      confidences[row] = sureness > 0 ? UInt8(min(255, sureness * 255)) : 0
    }
    return (labels, confidences)
  }

  /// The finite values' range, with a margin; never empty.
  private static func range(_ values: [Float]) -> ClosedRange<Float> {
    let finite = values.filter { $0.isFinite && $0.magnitude < 1e30 }
    let (low, high) = (finite.min() ?? -1, finite.max() ?? 1)
    let margin = high > low ? (high - low) * RegionReading.margin : max(1, low.magnitude * 0.1)
    return low - margin...high + margin
  }
}
