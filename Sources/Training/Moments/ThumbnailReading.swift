import Autograd
import Trace

/// Makes small pictures of the parameters and of what a step computed.
struct ThumbnailReading {
  /// Rows and columns of a picture at most.
  private static let side = 32
  /// Pictures taken at once at most.
  private static let limit = 96

  private let names: ModelNames

  /// Pictures of a model's tensors.
  init(names: ModelNames) { self.names = names }

  /// The parameters with their gradients, and where the tape was recorded the values computed in forward.
  func thumbnails(of tape: Tape?) -> [Thumbnail] {
    var result: [Thumbnail] = []
    for (name, tensor) in names.orderedParameters {
      result.append(Self.thumbnail(name, .value, tensor))
      if let gradient = tensor.grad { result.append(Self.thumbnail(name, .gradient, gradient)) }
    }
    if let tape {
      let reading = TapeReading(tape, names: names)
      for (node, tensors) in zip(reading.graph.nodes, reading.tensors) where node.kind == .operation {
        if let value = tensors.value { result.append(Self.thumbnail(node.name, .value, value)) }
      }
    }
    return Array(result.prefix(Self.limit))
  }

  /// A picture whose cells are means of the tensor's; leading dimensions are folded into the rows.
  static func thumbnail(_ node: String, _ view: TensorView, _ tensor: Tensor) -> Thumbnail {
    let values = tensor.array(Float.self)
    let columns = max(1, tensor.shape.last ?? 1)
    let rows = values.count / columns
    let (high, wide) = (min(rows, side), values.isEmpty ? 0 : min(columns, side))
    let means = values.withUnsafeBufferPointer { values in
      (0..<high * wide).map { cell -> Float in
        let (row, column) = (cell / wide, cell % wide)
        let across = column * columns / wide..<(column + 1) * columns / wide
        var sum = 0.0
        let down = row * rows / high..<(row + 1) * rows / high
        for y in down {
          for x in across { sum += Double(values[y &* columns &+ x]) }
        }
        return Float(sum / Double(down.count * across.count))
      }
    }
    let finite = means.filter(\.isFinite)
    let (least, greatest) = (finite.min() ?? .nan, finite.max() ?? .nan)
    return Thumbnail(
      node: node, view: view, shape: Array(tensor.shape), rows: high, columns: wide,
      levels: means.map { level($0, from: least, to: greatest) }, minimum: least, maximum: greatest)
  }

  /// Where a mean lies in the range; infinities lie at their end of it, and NaN at the lower end.
  private static func level(_ mean: Float, from least: Float, to greatest: Float) -> UInt8 {
    guard mean.isFinite else { return mean == .infinity ? 255 : 0 }
    guard greatest > least else { return 0 }
    let share = (Double(mean) - Double(least)) / (Double(greatest) - Double(least))
    return UInt8((min(1, max(0, share)) * 255).rounded())
  }
}
