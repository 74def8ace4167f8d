import CNCurses
import TerminalUI

/// The colour pairs of ncurses, made when they are first needed.
struct ColorPairs {
  private let support: ColorSupport
  /// Whether ncurses knows the bright ones of the 16 colours; they are bold otherwise.
  private let hasBright: Bool
  /// What the colours of roles are.
  var theme = Theme.dark {
    didSet { if theme != oldValue { lastLook = nil } }
  }
  private let limit: Int32
  private var known: [UInt64: Int32] = [:]
  private var last: (key: UInt64, pair: Int32) = (0, 0)
  /// What the last style became: most cells have that of the one before.
  private var lastLook: (style: Style, pair: Int32, attributes: attr_t)?
  /// Set when the pairs ran out; from then on new colours are the default ones until `reset`.
  private(set) var isExhausted = false

  init(support: ColorSupport, hasBright: Bool, pairCount: Int) {
    self.support = support
    self.hasBright = hasBright
    limit = Int32(clamping: min(pairCount, 65_536) - 1)
  }

  /// The pair of the style's colours, and the attributes that go with it.
  mutating func look(_ style: Style) -> (pair: Int32, attributes: attr_t) {
    if let lastLook, lastLook.style == style { return (lastLook.pair, lastLook.attributes) }
    let (pair, attributes) = makeLook(style)
    lastLook = (style, pair, attributes)
    return (pair, attributes)
  }

  private mutating func makeLook(_ style: Style) -> (pair: Int32, attributes: attr_t) {
    let style = theme.resolve(style, support)
    guard support != .none else { return (0, Self.bits(style.attributes)) }
    var attributes = Self.bits(style.attributes)
    var foreground = index(style.foreground)
    var background = index(style.background)
    if !hasBright {
      // Bright black is black on many terminals of eight colours.
      if foreground == 8 { foreground = 7 }
      if (8..<16).contains(foreground) {
        foreground -= 8
        attributes |= SHIM_BOLD
      }
      if (8..<16).contains(background) { background -= 8 }
    }
    return (pair(foreground, background), attributes)
  }

  /// Forgets all pairs; everything on the screen must then be drawn again.
  mutating func reset() {
    // Otherwise ncurses searches the screen for every pair that changes its colours.
    reset_color_pairs()
    known.removeAll(keepingCapacity: true)
    last = (0, 0)
    lastLook = nil
    isExhausted = false
  }

  private mutating func pair(_ foreground: Int32, _ background: Int32) -> Int32 {
    guard foreground >= 0 || background >= 0 else { return 0 }
    let key = UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if key == last.key { return last.pair }
    if let pair = known[key] {
      last = (key, pair)
      return pair
    }
    let pair = Int32(clamping: known.count + 1)
    guard pair <= limit, init_extended_pair(pair, foreground, background) == OK else {
      isExhausted = true
      return 0
    }
    known[key] = pair
    last = (key, pair)
    return pair
  }

  /// The number ncurses gives the colour; −1 is the default one.
  private func index(_ color: Color) -> Int32 {
    if case .ansi(let index) = color { return Int32(index) }
    guard case .rgb(let red, let green, let blue) = color else { return -1 }
    switch support {
    case .none: return -1
    case .ansi16: return Int32(Palette16.nearest(red: red, green: green, blue: blue))
    case .palette256: return Int32(Palette256.nearest(red: red, green: green, blue: blue))
    case .trueColor:
      let number = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
      // 0 to 15 would be the ANSI colours; this is as good as black.
      return number < 16 ? 0x01_0101 : number
    }
  }

  private static func bits(_ attributes: Attributes) -> attr_t {
    guard !attributes.isEmpty else { return 0 }
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= SHIM_BOLD }
    if attributes.contains(.dim) { bits |= SHIM_DIM }
    if attributes.contains(.italic) { bits |= SHIM_ITALIC }
    if attributes.contains(.underline) { bits |= SHIM_UNDERLINE }
    if attributes.contains(.reverse) { bits |= SHIM_REVERSE }
    return bits
  }
}
