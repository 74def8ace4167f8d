import TerminalUI
import Trace

/// A tensor's statistics in the node pane.
enum NodeStatistics {
  /// The facts in as many lines as the width needs.
  static func lines(_ statistics: TensorStatistics, width: Int) -> [TextLine] {
    let muted = Style.foreground(Accents.muted)
    let bad = Style.foreground(Accents.bad).bold
    func number(_ value: Float) -> String {
      NumberText.trimmed(NumberText.significant(Double(value), digits: 3))
    }
    func count(_ count: Int) -> (String, Style) { (NumberText.grouped(count), count > 0 ? bad : muted) }
    let (nan, infinite) = (count(statistics.nanCount), count(statistics.infiniteCount))
    let facts: [(String, String, Style)] = [
      ("min", number(statistics.minimum), .plain), ("max", number(statistics.maximum), .plain),
      ("mean", number(statistics.mean), .plain), ("σ", number(statistics.deviation), .plain),
      ("norm", number(statistics.norm), .plain),
      ("zero", share(statistics.zeroCount, of: statistics.count), .plain),
      ("NaN", nan.0, nan.1), ("inf", infinite.0, infinite.1),
    ]
    var lines: [TextLine] = [TextLine()]
    for (name, value, style) in facts {
      let fact = TextLine([Span("\(name) ", muted), Span(value, style)])
      let last = lines[lines.count - 1]
      if last.width > 0, last.width + 2 + fact.width > width {
        lines.append(fact)
      } else {
        lines[lines.count - 1] = last.width == 0 ? fact : last + TextLine("  ") + fact
      }
    }
    return lines
  }

  /// A share in percent, never rounded to none or to all of them.
  static func share(_ count: Int, of total: Int) -> String {
    guard count > 0, total > 0 else { return "0 %" }
    guard count < total else { return "100 %" }
    let percent = Double(count) / Double(total) * 100
    if percent < 0.1 { return "<0.1 %" }
    if percent > 99.9 { return ">99.9 %" }
    return "\(NumberText.trimmed(NumberText.fixed(percent, decimals: 1))) %"
  }
}

/// How often a tensor's finite values fall into bins of one width, from the smallest to the greatest.
struct TensorHistogram: Widget {
  let tensor: TensorSnapshot

  /// The counts of that many bins; empty where there is nothing finite.
  static func counts(_ tensor: TensorSnapshot, bins: Int) -> [Int] {
    let (low, high) = (Double(tensor.statistics.minimum), Double(tensor.statistics.maximum))
    guard bins > 0, low.isFinite, high.isFinite else { return [] }
    var counts = [Int](repeating: 0, count: bins)
    let perUnit = high > low ? Double(bins) / (high - low) : 0
    for value in tensor.values where value.isFinite {
      counts[max(0, min(bins - 1, Int((Double(value) - low) * perUnit)))] += 1
    }
    return counts
  }

  /// Draws the columns between their ends in one row, or above their axis in more, and how many values they leave out.
  func draw(into buffer: inout Buffer, area: Rect) {
    let statistics = tensor.statistics
    let muted = Style.foreground(Accents.muted)
    let (low, high) = (Double(statistics.minimum), Double(statistics.maximum))
    // The legend of the picture says that all values are equal.
    guard !area.isEmpty, low.isFinite, high.isFinite, low < high else { return }
    let out = statistics.nanCount + statistics.infiniteCount
    let note =
      out > 0
      ? TextLine("  \(NumberText.grouped(out)) not finite left out", .foreground(Accents.bad)) : TextLine()
    if area.height > 1 {
      let plot = area.inset(top: note.width > 0 ? 1 : 0)
      note.draw(into: &buffer, area: area.row(0))
      let width = min(plot.width, 96)
      Histogram(counts: Self.counts(tensor, bins: width), low: low, high: high)
        .draw(into: &buffer, area: Rect(x: plot.x, y: plot.y, width: width, height: plot.height))
      return
    }
    let left = NumberText.trimmed(NumberText.significant(low, digits: 2))
    let right = NumberText.trimmed(NumberText.significant(high, digits: 2))
    let width = min(48, area.width - left.count - right.count - 2 - note.width)
    guard width >= 6 else { return }
    var x = buffer.draw(left, x: area.x, y: area.y, style: muted) + 1
    Histogram(counts: Self.counts(tensor, bins: width), low: low, high: high)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    x = buffer.draw(right, x: x + width + 1, y: area.y, style: muted)
    buffer.draw(note, x: x, y: area.y, maxWidth: area.maxX - x)
  }
}
