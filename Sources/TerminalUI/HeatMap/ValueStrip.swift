/// How values are spread, in a few characters of a line: a column for each bin, in the colour of its values.
package enum ValueStrip {
  private static let columns: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The strip of bins from `low` to `high`, whose heights go from 0 to 255, in `width` columns or fewer: neighbouring
  /// bins share a column where there are more. The colours are those of the theme's heat maps.
  package static func line(
    _ heights: [UInt8], low: Float, high: Float, width: Int, colorMap: ColorMap? = nil,
    on theme: Theme = .dark
  ) -> TextLine {
    guard width > 0, !heights.isEmpty else { return TextLine() }
    let colors = ValueColors(
      HeatMapScale([low, high], rule: .full, isDiverging: colorMap?.isDiverging), colorMap: colorMap,
      TerminalCapabilities(theme: theme))
    let count = min(width, heights.count)
    var line = TextLine()
    for column in 0..<count {
      let bins = column * heights.count / count..<(column + 1) * heights.count / count
      let middle = (Float(bins.lowerBound) + Float(bins.count) / 2) / Float(heights.count)
      let height = heights[bins].max() ?? 0
      let sign = height == 0 ? " " : columns[Int(height) * (columns.count - 1) / 255]
      // Halves, because the span of the greatest numbers overflows.
      line.append(String(sign), colors.sign((low / 2 + (high / 2 - low / 2) * middle) * 2))
    }
    return line
  }
}
