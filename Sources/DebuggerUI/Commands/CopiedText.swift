import Numbers
import Trace

/// What goes to the clipboard.
package enum CopiedText {
  /// **Units**: bytes. What terminals take as one text: many drop a longer one.
  package static let longest = 100_000

  /// A number in full, as other programs read it.
  package static func number(_ value: Float) -> String {
    NumberText.trimmed(NumberText.exact(value)).replacing("−", with: "-")
  }

  /// A tensor's name, shape and statistics, a line each.
  package static func node(_ tensor: TensorSnapshot) -> String {
    let statistics = tensor.statistics
    let shape = tensor.thinning?.shape ?? tensor.shape
    let numbers = [
      ("min", statistics.minimum), ("max", statistics.maximum), ("mean", statistics.mean),
      ("std", statistics.deviation), ("norm", statistics.norm),
    ]
    let counts = [
      ("count", statistics.count), ("zeros", statistics.zeroCount), ("NaN", statistics.nanCount),
      ("inf", statistics.infiniteCount),
    ]
    let lines =
      [("node", tensor.node), ("tensor", tensor.part ?? tensor.view.rawValue), ("shape", "\(shape)")]
      + numbers.map { ($0, number($1)) } + counts.map { ($0, "\($1)") }
    return lines.map { "\($0)\t\($1)\n" }.joined()
  }

  /// A tensor's numbers, a row a line, with tabs between columns; as many whole rows as fit.
  package static func table(_ tensor: TensorSnapshot) -> (text: String, rows: Int, ofRows: Int) {
    let (rows, columns) = tensor.matrixSize
    var text = ""
    for row in 0..<rows {
      let line =
        (0..<columns).map { number(tensor.values[row * columns + $0]) }.joined(separator: "\t") + "\n"
      guard row == 0 || text.utf8.count + line.utf8.count <= longest else { return (text, row, rows) }
      text += line
    }
    return (text, rows, rows)
  }
}
