import Localization
import Numbers
import TerminalUI
import Trace

/// A tensor's statistics in the node pane.
enum NodeStatistics {
  /// The facts in as many lines as the width needs; each keeps its place while its number changes.
  static func lines(_ statistics: TensorStatistics, width: Int) -> [TextLine] {
    let bad = Style.foreground(Accents.bad).bold
    let countWidth = NumberText.grouped(statistics.count).count
    func number(_ name: String, _ value: Float) -> Fact {
      let text = statistics.count == 0 ? "—" : NumberText.measure(Double(value))
      return Fact(name: name, value: text, width: NumberText.measureWidth)
    }
    func count(_ name: String, _ count: Int) -> Fact {
      Fact(
        name: name, value: NumberText.grouped(count), width: countWidth,
        style: count > 0 ? bad : .foreground(Accents.muted))
    }
    let zeros = statistics.count == 0 ? 0 : Double(statistics.zeroCount) / Double(statistics.count)
    let facts = [
      number(localized("min"), statistics.minimum), number(localized("max"), statistics.maximum),
      number(localized("mean"), statistics.mean),
      number("σ", statistics.deviation), number(localized("norm"), statistics.norm),
      Fact(name: localized("zero"), value: NumberText.percent(zeros), width: NumberText.percentWidth),
      count("NaN", statistics.nanCount), count("inf", statistics.infiniteCount),
    ]
    var lines: [TextLine] = []
    var room = 0
    for fact in facts {
      let needed = fact.name.count + 1 + max(fact.width, fact.value.count)
      if lines.isEmpty || needed + 2 > room {
        lines.append(fact.line)
        room = width - needed
      } else {
        lines[lines.count - 1] = lines[lines.count - 1] + TextLine("  ") + fact.line
        room -= needed + 2
      }
    }
    return lines
  }

  /// A name with its number, in a field for any number of its kind.
  private struct Fact {
    let name: String
    let value: String
    let width: Int
    var style = Style.plain

    var line: TextLine {
      TextLine([Span("\(name) ", .foreground(Accents.muted)), Span(NumberText.field(value, width), style)])
    }
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
    let last = Double(bins - 1)
    // A large tensor takes most of the time of a frame here.
    counts.withUnsafeMutableBufferPointer { counts in
      tensor.values.withUnsafeBufferPointer { values in
        for value in values where value.isFinite {
          counts[Int(max(0, min(last, (Double(value) - low) * perUnit)))] += 1
        }
      }
    }
    return counts
  }

  /// How many bins there are on that many columns: few values fall into few bins, or most of these would be empty.
  private func bins(_ width: Int) -> Int {
    min(width, max(8, Int(2 * Double(tensor.values.count).squareRoot())))
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
      ? TextLine("  " + localized("\(NumberText.grouped(out)) not finite left out"), .foreground(Accents.bad))
      : TextLine()
    if area.height > 1 {
      let plot = area.inset(top: note.width > 0 ? 1 : 0)
      note.draw(into: &buffer, area: area.row(0))
      let width = min(plot.width, 96)
      Histogram(counts: Self.counts(tensor, bins: bins(width)), low: low, high: high)
        .draw(into: &buffer, area: Rect(x: plot.x, y: plot.y, width: width, height: plot.height))
      return
    }
    let left = NumberText.brief(low)
    let right = NumberText.brief(high)
    let width = min(48, area.width - left.count - right.count - 2 - note.width)
    guard width >= 6 else { return }
    var x = buffer.draw(left, x: area.x, y: area.y, style: muted) + 1
    Histogram(counts: Self.counts(tensor, bins: bins(width)), low: low, high: high)
      .draw(into: &buffer, area: Rect(x: x, y: area.y, width: width, height: 1))
    x = buffer.draw(right, x: x + width + 1, y: area.y, style: muted)
    buffer.draw(note, x: x, y: area.y, maxWidth: area.maxX - x)
  }
}
