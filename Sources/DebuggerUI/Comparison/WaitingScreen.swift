import Localization
import TerminalUI
import Trace

/// The screen while two runs are compared, which may take long.
package struct WaitingScreen: Sendable, Equatable {
  /// The size of the screen.
  package var size: Size
  /// The names of the files.
  private let files: [String]
  /// The share that is done, 0 to 1.
  package var share = 0.0
  /// **Units**: seconds since it began.
  package var seconds = 0.0

  /// The screen of a size, for files.
  package init(size: Size, files: [String]) { (self.size, self.files) = (size, files) }

  /// Takes what the user did; true if that is to leave.
  package mutating func update(_ event: TerminalEvent) -> Bool {
    switch event {
    case .key("q"), .key(.escape), .signal, .endOfInput: return true
    case .resize(let size): self.size = size
    case .key, .mouse, .paste, .wake, .deadline: break
    }
    return false
  }

  /// Draws the whole screen.
  package func draw(into buffer: inout Buffer) {
    let area = buffer.bounds
    let muted = Style.foreground(Accents.muted)
    TextLine([Span(" TAPEDECK", Style(attributes: .bold)), Span(localized("  two runs"), muted)])
      .draw(into: &buffer, area: area.row(0))
    let room = area.centered(Size(width: min(60, area.width - 4), height: min(3, area.height - 2)))
    TextLine(localized("comparing \(files.joined(separator: ", "))"), .foreground(Accents.focus))
      .draw(into: &buffer, area: room.row(0))
    let left = TimeLeft.seconds(share: share, after: seconds).map { "  " + TimeLeft.text($0) } ?? ""
    let percent = " \(Int(share * 100)) %\(left)"
    let bar = room.row(1).inset(right: percent.count)
    ProgressBar(fraction: share).draw(into: &buffer, area: bar)
    buffer.draw(percent, x: bar.maxX, y: bar.y, maxWidth: max(0, room.maxX - bar.maxX))
    KeyHints([.init("q", localized("stop"))]).draw(
      into: &buffer, area: area.row(area.height - 1).inset(left: 1))
  }
}
