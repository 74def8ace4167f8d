import Numbers

/// Points in a plane whose axes have the same scale, with the line on which both numbers are equal.
package struct ScatterPlot: Widget {
  /// A point.
  package struct Point: Hashable, Sendable {
    /// The number to the right.
    package let x: Double
    /// The number upwards.
    package let y: Double

    /// A point.
    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The points; those with a number that is not finite are left out.
  package var points: [Point]
  /// What the numbers to the right are.
  package var xName: String
  /// What the numbers upwards are.
  package var yName: String

  /// A plot of these points.
  package init(_ points: [Point], xName: String, yName: String) {
    self.points = points.filter { $0.x.isFinite && $0.y.isFinite }
    self.xName = xName
    self.yName = yName
  }

  /// Draws the points, the line below them, and the ends of both axes where there is room.
  package func draw(into buffer: inout Buffer, area: Rect) {
    guard !area.isEmpty, !points.isEmpty else { return }
    let numbers = points.flatMap { [$0.x, $0.y] }
    let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
    let margin = high > low ? 0 : max(1, high.magnitude)
    let (least, span) = (low - margin, high - low + 2 * margin)
    guard span > 0, span.isFinite else { return }
    buffer.clipped(to: area) { buffer in
      let labels = (NumberText.brief(least), NumberText.brief(least + span))
      let left = area.width >= 24 ? max(labels.0.count, labels.1.count) + 1 : 0
      let bottom = area.height >= 6 ? 1 : 0
      let top = area.height >= 8 ? 1 : 0
      let plot = area.inset(left: left, top: top, bottom: bottom)
      let isBraille = buffer.capabilities.glyphs.isUnicode
      var canvas = DotCanvas(columns: plot.width, rows: plot.height, isBraille: isBraille, layers: 2)
      func dot(_ x: Double, _ y: Double, layer: Int) {
        canvas.set(
          x: Int(bounded: (x - least) / span * Double(canvas.width - 1), to: 0...max(0, canvas.width - 1)),
          y: Int(
            bounded: (1 - (y - least) / span) * Double(canvas.height - 1), to: 0...max(0, canvas.height - 1)),
          layer: layer)
      }
      for column in 0..<max(0, canvas.width) where column.isMultiple(of: 3) || !isBraille {
        let value = least + span * Double(column) / Double(max(1, canvas.width - 1))
        dot(value, value, layer: 0)
      }
      for point in points { dot(point.x, point.y, layer: 1) }
      let styles = [Style.foreground(Accents.muted), .foreground(Accents.focus)]
      for row in 0..<plot.height {
        for column in 0..<plot.width {
          let content = canvas.content(column: column, row: row, yielding: [true, false], mixes: false)
          guard let content else { continue }
          let sign = isBraille ? DotCanvas.braille(content.bits) : content.layer == 0 ? "." : "o"
          buffer[plot.x + column, plot.y + row] = Cell(sign, style: styles[content.layer])
        }
      }
      drawAxes(into: &buffer, area, plot, labels)
    }
  }

  private func drawAxes(
    into buffer: inout Buffer, _ area: Rect, _ plot: Rect, _ labels: (low: String, high: String)
  ) {
    let muted = Style.foreground(Accents.muted)
    if plot.y > area.y { buffer.draw(yName + " ↑", x: area.x, y: area.y, style: muted, maxWidth: area.width) }
    if plot.x > area.x {
      buffer.draw(labels.high, x: plot.x - 1 - labels.high.count, y: plot.y, style: muted)
      buffer.draw(labels.low, x: plot.x - 1 - labels.low.count, y: plot.maxY - 1, style: muted)
    }
    guard plot.maxY < area.maxY else { return }
    let name = xName + " →"
    buffer.draw(labels.low, x: plot.x, y: plot.maxY, style: muted)
    buffer.draw(labels.high, x: plot.maxX - labels.high.count, y: plot.maxY, style: muted)
    let room = plot.width - labels.low.count - labels.high.count - 2
    if name.count <= room {
      buffer.draw(
        name, x: plot.x + labels.low.count + 1 + (room - name.count) / 2, y: plot.maxY, style: muted)
    }
  }
}
