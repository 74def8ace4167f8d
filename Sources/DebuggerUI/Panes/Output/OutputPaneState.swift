import Localization
import TerminalUI
import Trace

/// What the output pane keeps: what the script has written, and which part of it is in view.
package struct OutputPaneState: StatePart {
  /// The most lines that are kept.
  static let limit = 10_000

  /// A search in the output.
  struct Find: Sendable, Equatable {
    /// What a line must contain, in any case.
    var text = ""
    /// Whether keys go into the line.
    var isTyping = true
  }

  /// The lines, the newest last.
  package private(set) var lines: [OutputLine] = []
  /// How many lines were dropped.
  private(set) var dropped = 0
  /// The last line in view; nil to follow the output.
  var last: Int?
  /// The lines of the user's files that led to the error which ended the script, from the outermost.
  private(set) var traceback: [SourceExcerpt] = []
  /// Which of them is shown; nil for the line of the operator.
  var frame: Int?
  /// What is searched for; nil for nothing.
  var find: Find?

  /// No output.
  package init() {}

  /// Takes what was written, now or in a recording.
  mutating func take(_ news: RunUpdate) {
    if !news.traceback.isEmpty { (traceback, frame) = (news.traceback, nil) }
    for line in news.output {
      // A line that is written again, as a progress bar is, is the newest.
      if line.replacesLast,
        let place = lines.lastIndex(where: { $0.stream == line.stream && $0.rank == line.rank })
      {
        lines.remove(at: place)
      }
      lines.append(line)
    }
    for event in news.events {
      switch event.kind {
      case .output: lines.append(OutputLine(.output, step: event.position.step, event.text))
      case .errorOutput: lines.append(OutputLine(.error, step: event.position.step, event.text))
      default: break
      }
    }
    guard lines.count > OutputPaneState.limit else { return }
    let count = lines.count - OutputPaneState.limit
    lines.removeFirst(count)
    dropped += count
    last = last.map { max(0, $0 - count) }
  }

  /// Moves by some lines; at the end the output is followed again.
  mutating func scroll(by rows: Int) {
    let target = (last ?? lines.count - 1) + rows
    last = target >= lines.count - 1 ? nil : max(0, target)
  }

  /// Shows the line that a frame of the traceback names; false where the text names none.
  mutating func showFrame(namedIn text: String) -> Bool {
    let match = traceback.indices.last { place in
      text.contains("line \(traceback[place].line),") && text.contains("\(traceback[place].file)\"")
    }
    if let match { frame = match }
    return match != nil
  }

  /// Shows the frame that called the one that is shown; from the outermost to the innermost.
  mutating func showCaller() {
    guard !traceback.isEmpty else { return }
    let shown = frame ?? traceback.count
    frame = shown > 0 ? shown - 1 : traceback.count - 1
  }

  /// Whether a line is one that was searched for.
  func isFound(_ line: OutputLine) -> Bool {
    guard let find, !find.text.isEmpty else { return false }
    return line.text.lowercased().contains(find.text.lowercased())
  }

  /// Goes to the line before that was searched for; from the first one to the newest. False where there is none.
  mutating func goToMatch() -> Bool {
    let here = last ?? lines.count
    let before = lines.indices.prefix(min(here, lines.count)).last { isFound(lines[$0]) }
    guard let match = before ?? lines.indices.last(where: { isFound(lines[$0]) }) else { return false }
    last = match
    return true
  }
}

extension PaneID {
  /// What the script has written, and the user's file.
  package static let output = PaneID(title: Sentence("Output"))
}

extension DebuggerState {
  /// What the output pane keeps.
  package var output: OutputPaneState {
    get { parts[OutputPaneState.self] }
    set { parts[OutputPaneState.self] = newValue }
  }
}
