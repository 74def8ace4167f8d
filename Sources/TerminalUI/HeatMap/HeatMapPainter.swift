import Numbers

/// Turns shades into cells, according to what the screen can show.
struct HeatMapPainter {
  /// How values are shown.
  private enum Mode {
    /// Two to a cell, in colours, with half blocks.
    case halfBlocks
    /// One to a cell, in colours, where there is only ASCII.
    case backgrounds
    /// One to a cell, as a character of its own density.
    case shades
  }

  /// Which part of the marked entry a cell shows.
  enum Edge {
    /// All of it.
    case single
    /// Its left end.
    case left
    /// Its right end.
    case right
    /// What lies between.
    case inner
  }

  let scale: HeatMapScale
  private let mode: Mode
  private let colors: [Color]
  private let capabilities: TerminalCapabilities

  init(scale: HeatMapScale, colorMap: ColorMap, capabilities: TerminalCapabilities) {
    self.scale = scale
    self.capabilities = capabilities
    mode = Self.mode(capabilities)
    colors = colorMap.colors(
      capabilities.colorSupport, on: capabilities.theme, isReversed: scale.high <= 0 && scale.low < 0)
  }

  /// How many levels share a dimmed colour.
  private static let dimStep = 8

  private static func mode(_ capabilities: TerminalCapabilities) -> Mode {
    guard capabilities.colorSupport >= .palette256 else { return .shades }
    return capabilities.glyphs.isUnicode ? .halfBlocks : .backgrounds
  }

  /// How many dots a cell is high.
  static func dotsPerCell(_ capabilities: TerminalCapabilities) -> Int {
    mode(capabilities) == .halfBlocks ? 2 : 1
  }

  /// How many dots a cell is high.
  var dotsPerCell: Int { mode == .halfBlocks ? 2 : 1 }

  /// The cell that shows `upper`, and below it `lower`; nil where the matrix has ended.
  ///
  /// An entry drawn in several cells is marked in one of them: `showsMarks` says whether this is it. What is not lit is
  /// dimmed.
  func cell(
    upper: HeatMapScale.Shade?, lower: HeatMapScale.Shade?, isLit: (upper: Bool, lower: Bool) = (true, true),
    showsMarks: Bool
  ) -> Cell {
    guard let upper else { return .blank }
    guard mode == .halfBlocks else { return isLit.upper ? cell(upper) : dimmedCell(upper) }
    // A mark takes the whole cell, the graver one of the two.
    if showsMarks, max(gravity(upper), lower.map(gravity) ?? 0) > 0 {
      return cell(gravity(upper) >= (lower.map(gravity) ?? 0) ? upper : lower ?? upper)
    }
    let top = isLit.upper ? color(upper) : dimmedColor(upper)
    guard let lower else { return Cell("▀", style: .foreground(top)) }
    let bottom = isLit.lower ? color(lower) : dimmedColor(lower)
    if top == bottom { return Cell(" ", style: .plain.background(top)) }
    return Cell("▀", style: Style(foreground: top, background: bottom))
  }

  /// A cell that shows nothing but `shade`.
  func cell(_ shade: HeatMapScale.Shade) -> Cell {
    switch shade {
    case .level(let level): levelCell(level)
    case .above, .below: markCell(shade, style: markStyle(shade))
    case .infinite, .notANumber: markCell(shade, style: notFiniteStyle)
    }
  }

  /// A cell of an entry that is not lit: in shades a dot, so that the lit ones stand out.
  private func dimmedCell(_ shade: HeatMapScale.Shade) -> Cell {
    guard mode != .shades else { return Cell(capabilities.glyphs.isUnicode ? "·" : ".") }
    return Cell(" ", style: .plain.background(dimmedColor(shade)))
  }

  /// The colour of what is not lit, moved towards a grey: one of few, since pairs of colours are.
  private func dimmedColor(_ shade: HeatMapScale.Shade) -> Color {
    guard case .level(let level) = shade else { return color(shade) }
    let grey: Color = capabilities.theme.isDark ? .rgb(72, 72, 72) : .rgb(184, 184, 184)
    return colors[min(colors.count - 1, level / Self.dimStep * Self.dimStep + Self.dimStep / 2)]
      .mixed(with: grey, 0.7)
  }

  /// A cell of the marked entry.
  func cursorCell(_ shade: HeatMapScale.Shade, _ edge: Edge) -> Cell {
    let cell = cell(shade)
    guard mode != .shades else { return Cell(cell.scalar, style: cell.style.reversed) }
    let background = cell.style.background
    let style = Style(foreground: background.contrasting, background: background, attributes: .bold)
    let isUnicode = capabilities.glyphs.isUnicode
    switch edge {
    case .single: return Cell(isUnicode ? "◆" : "#", style: style)
    case .left: return Cell(isUnicode ? "▌" : "[", style: style)
    case .right: return Cell(isUnicode ? "▐" : "]", style: style)
    case .inner: return cell
    }
  }

  private func levelCell(_ level: Int) -> Cell {
    guard mode == .shades else { return Cell(" ", style: .plain.background(colors[level])) }
    let part = Double(level) / Double(ColorMap.levelCount - 1)
    let glyphs = capabilities.glyphs
    guard scale.isDiverging else { return Cell(Self.pick(glyphs.shades, part)) }
    let signed = part * 2 - 1
    let isNegative = signed < 0
    let scalar = Self.pick(isNegative ? glyphs.negativeShades : glyphs.shades, signed.magnitude)
    guard capabilities.colorSupport == .ansi16 else { return Cell(scalar) }
    return Cell(scalar, style: .foreground(isNegative ? Accents.negative : Accents.positive))
  }

  private static func pick(_ shades: [Unicode.Scalar], _ part: Double) -> Unicode.Scalar {
    shades[Int(bounded: (part * Double(shades.count - 1)).rounded(), to: 0...shades.count - 1)]
  }

  private func color(_ shade: HeatMapScale.Shade) -> Color {
    switch shade {
    case .level(let level): colors[level]
    case .below: colors[0]
    case .above: colors[colors.count - 1]
    case .infinite, .notANumber: Accents.notFinite
    }
  }

  private func gravity(_ shade: HeatMapScale.Shade) -> Int {
    switch shade {
    case .level: 0
    case .above, .below: 1
    case .infinite: 2
    case .notANumber: 3
    }
  }

  private var notFiniteStyle: Style {
    mode == .shades
      ? .reverse.bold
      : Style(foreground: Accents.inverseText, background: Accents.notFinite, attributes: .bold)
  }

  private func markStyle(_ shade: HeatMapScale.Shade) -> Style {
    guard mode != .shades else { return .bold }
    let background = color(shade)
    return Style(foreground: background.contrasting, background: background)
  }

  private func markCell(_ shade: HeatMapScale.Shade, style: Style) -> Cell {
    let isUnicode = capabilities.glyphs.isUnicode
    let scalar: Unicode.Scalar =
      switch shade {
      case .above: isUnicode ? "▴" : "^"
      case .below: isUnicode ? "▾" : "v"
      case .infinite: isUnicode ? "∞" : "I"
      case .notANumber, .level: isUnicode ? "×" : "N"
      }
    return Cell(scalar, style: style)
  }
}
