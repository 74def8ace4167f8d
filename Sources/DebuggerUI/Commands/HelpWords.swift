import Localization

/// Other words for what commands do: a search of the help finds them too.
enum HelpWords {
  /// The words for a command; empty where its help has them all.
  static func of(_ command: String) -> String { words.current[command] ?? "" }

  /// The first of some commands that is also called by a word; nil where none is.
  static func command(called word: String, among names: [String]) -> String? {
    let word = word.lowercased()
    return names.first { name in
      of(name).lowercased().split { !$0.isLetter }.contains { $0 == word }
    }
  }

  private static let words = InEachLanguage { Dictionary(all) { first, _ in first } }

  private static var all: [(String, String)] {
    let zoom = localized("zoom in out magnify enlarge curve chart plot")
    let back = localized("step back backward undo rewind reverse")
    let pane = localized("window panel split size layout")
    return [
      ("zoom-in", zoom), ("zoom-out", zoom), ("all-steps", zoom), ("steps-back", zoom), ("steps-ahead", zoom),
      ("zoom", localized("maximize full screen enlarge one pane")),
      ("images", localized("show a weight as an image, picture, filter, kernel")),
      ("numbers", localized("show a weight or tensor as numbers, values, table, grid")),
      ("entries", localized("show every weight, all values of a tensor")),
      ("colors", localized("color colour map palette of a heat map, weight, image")),
      ("scale", localized("range, contrast, logarithmic colours of a heat map, weight, image")),
      ("theme", localized("theme, color, colour, dark, light, background, contrast")),
      ("save", localized("save picture, image, screenshot, svg, html, export, print")),
      ("copy", localized("clipboard, yank")),
      ("previous-node", back), ("previous-step", back), ("previous-phase", back), ("start", back),
      ("goto", localized("jump seek move to an iteration")),
      ("play", localized("continue, stop, resume, start")), ("pause", localized("stop, halt, interrupt")),
      ("break", localized("breakpoint, watchpoint, condition, stop when")),
      ("break-here", localized("breakpoint at a node, stop")),
      ("grow", pane), ("shrink", pane), ("close-pane", pane), ("open", pane), ("toggle", pane),
      ("layout", pane), ("pane", pane),
      ("faster", localized("speed, pace, rate")), ("slower", localized("speed, pace, rate")),
      ("full-speed", localized("speed, pace, rate")),
      ("ghost", localized("compare two recordings, with another run, diff, overlay its curves")),
      ("plot", localized("chart, graph, curve of a norm, series, metric")),
      ("quit", localized("exit, leave, close the program")),
      ("view", localized("gradient, value, update, memory of the optimizer")),
      ("find", localized("search for a node, layer")),
      ("why", localized("cause of NaN, explain")),
      ("learn", localized("tutorial, course, lesson")),
      ("guide", localized("tutorial, lesson, numpy, pytorch")),
      ("lr", localized("learning rate, change, set")),
    ]
  }
}
