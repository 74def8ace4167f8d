import Trace

/// Makes lines of what a script writes to one of its streams.
///
/// A carriage return begins the line again, so that a progress bar is one line. What would command a terminal is left out.
package struct OutputLines: Sendable {
  /// The most bytes that are kept of a line.
  static let longestLine = 4_096

  private let stream: OutputLine.Stream
  private var current: [UInt8] = []
  private var restarts = false
  /// Whether the last line that was told is not complete.
  private var isOpen = false

  /// The lines of a stream.
  package init(_ stream: OutputLine.Stream) { self.stream = stream }

  /// The lines that a piece of output completes, and the one that it begins.
  package mutating func add(_ piece: some Sequence<UInt8>, step: Int, seconds: Double? = nil) -> [OutputLine]
  {
    func line(_ step: Int) -> OutputLine { self.line(step, seconds) }
    var lines: [OutputLine] = []
    var isNew = false
    for byte in piece {
      switch byte {
      case UInt8(ascii: "\n"):
        lines.append(line(step))
        isOpen = false
        isNew = false
        restarts = false
        current.removeAll(keepingCapacity: true)
      case UInt8(ascii: "\r"): restarts = true
      default:
        if restarts { current.removeAll(keepingCapacity: true) }
        restarts = false
        if current.count < OutputLines.longestLine { current.append(byte) }
        isNew = true
      }
    }
    if isNew {
      lines.append(line(step))
      isOpen = true
    }
    return lines
  }

  private func line(_ step: Int, _ seconds: Double?) -> OutputLine {
    OutputLine(
      stream, step: step, seconds: seconds, OutputLines.cleaned(String(decoding: current, as: UTF8.self)),
      replacesLast: isOpen)
  }

  /// The text without escape sequences and control characters; a tab becomes spaces.
  static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case "\u{1b}": OutputLines.skipSequence(&scalars)
      case "\t":
        repeat { result.append(" ") } while result.count % 8 != 0
      case "\u{8}": if !result.isEmpty { result.removeLast() }
      default: if scalar.properties.generalCategory != .control { result.append(scalar) }
      }
    }
    return String(result).withVisibleControls
  }

  /// Leaves out what follows an escape: a colour, a movement, a title.
  private static func skipSequence(_ scalars: inout String.UnicodeScalarView.Iterator) {
    guard let kind = scalars.next() else { return }
    switch kind {
    case "[":
      while let next = scalars.next() { if ("@"..."~").contains(next) { return } }
    case "]", "P", "_", "^":
      while let next = scalars.next() {
        if next == "\u{7}" { return }
        if next == "\u{1b}" {
          _ = scalars.next()
          return
        }
      }
    default: return
    }
  }
}
