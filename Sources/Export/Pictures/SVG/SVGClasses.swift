/// The classes of colours in an SVG file, so that each colour is written once.
struct SVGClasses {
  private var names: [PictureColors.RGB: String] = [:]
  private var rules = ""

  /// The class of a colour.
  mutating func name(_ color: PictureColors.RGB) -> String {
    if let name = names[color] { return name }
    let name = SVGClasses.name(names.count)
    names[color] = name
    rules += ".\(name){color:\(color.hex)}"
    return name
  }

  /// The rules of all classes, and of what is drawn in them.
  var styleSheet: String {
    """
    path{fill:none;stroke:currentColor;shape-rendering:crispEdges}\
    .F{stroke-width:16}.L,.H{shape-rendering:auto;stroke-linecap:square;stroke-width:1}.H{stroke-width:2}\
    .D{shape-rendering:auto;stroke-linecap:round;stroke-width:2.6}\
    text{fill:currentColor}.B{font-weight:700}.I{font-style:italic}.U{text-decoration:underline}\
    .M{text-anchor:middle}\(rules)
    """
  }

  /// a, b, …, z, aa, ab, …
  private static func name(_ index: Int) -> String {
    var (name, rest) = ("", index + 1)
    while rest > 0 {
      rest -= 1
      name = String(UnicodeScalar(UInt8(97 + rest % 26))) + name
      rest /= 26
    }
    return name
  }
}
