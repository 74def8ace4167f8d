extension Buffer {
  /// The whole buffer as text, for golden screens: its rows, the runs of styles of each row, and
  /// what each style is.
  ///
  /// A row's runs read `a×3 .×7`: three cells in style `a`, seven plain ones. Rows that are plain
  /// throughout have no line of runs.
  package var dump: String {
    var names: [Style: String] = [.plain: "."]
    var legend: [String] = []
    var runs: [String] = []
    for y in 0..<size.height {
      let row = cells[y * size.width..<(y + 1) * size.width].map(\.style)
      guard row.contains(where: { $0 != .plain }) else { continue }
      var parts: [String] = []
      var start = 0
      while start < row.count {
        let style = row[start]
        let end = row[start...].firstIndex { $0 != style } ?? row.count
        let name = names[style] ?? Self.name(legend.count)
        if names[style] == nil {
          names[style] = name
          legend.append("\(name) = \(style.description)")
        }
        parts.append("\(name)×\(end - start)")
        start = end
      }
      runs.append("\(y): " + parts.joined(separator: " "))
    }
    let head = "\(size.width)×\(size.height)"
    return ([head] + lines.map { "|" + $0 } + ["styles"] + runs + ["legend"] + legend)
      .joined(separator: "\n") + "\n"
  }

  /// a, b, …, z, aa, ab, …
  private static func name(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    var name = ""
    var rest = index + 1
    while rest > 0 {
      rest -= 1
      name = String(letters[rest % 26]) + name
      rest /= 26
    }
    return name
  }
}

extension Style: CustomStringConvertible {
  /// The style in words: `#ff0000 on #202020 bold underline`; `plain` where nothing is set.
  package var description: String {
    var words: [String] = []
    if foreground != .default { words.append(foreground.description) }
    if background != .default { words.append("on " + background.description) }
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
    ]
    words += names.filter { attributes.contains($0.0) }.map(\.1)
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}

extension Color: CustomStringConvertible {
  /// `default`, what it is for, `muted`, or the colour as `#rrggbb`.
  package var description: String {
    switch self {
    case .default: "default"
    case .role(let role): "\(role)"
    case .blend(let role, let other, let amount): "\(role)+\(amount)/255·\(other)"
    case .ansi(let index): "ansi\(index)"
    case .rgb(let red, let green, let blue):
      [red, green, blue].reduce(into: "#") { text, channel in
        text += (channel < 16 ? "0" : "") + String(channel, radix: 16)
      }
    }
  }
}
