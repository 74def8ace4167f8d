import Localization

/// Something that happened in a run: shown in the events pane, and kept in a recording.
package struct RunEvent: Sendable, Equatable, Codable {
  /// What kind of thing happened.
  package enum Kind: String, Sendable, Codable, CaseIterable {
    /// A breakpoint was hit.
    case breakpoint
    /// The user paused the run.
    case pause
    /// A setting or a weight was changed by hand.
    case change
    /// The past was changed, so that a new future begins.
    case fork
    /// A moment was marked.
    case mark
    /// The user wrote a note.
    case note
    /// A gradient was compared with a finite difference.
    case check
    /// The cause of a value was searched for.
    case cause
    /// What the user must know, such as a step that was not reproduced bit for bit.
    case warning
    /// The run ended with an error.
    case error
    /// The script wrote a line to standard output.
    case output
    /// The script wrote a line to standard error.
    case errorOutput

    /// What the events pane calls it.
    package var word: String {
      switch self {
      case .breakpoint: localized("breakpoint")
      case .pause: localized("pause")
      case .change: localized("change")
      case .fork: localized("fork")
      case .mark: localized("mark")
      case .note: localized("note")
      case .check: localized("check")
      case .cause: localized("cause")
      case .warning: localized("warning")
      case .error: localized("error")
      case .output, .errorOutput: localized("output")
      }
    }
  }

  /// What kind of thing happened.
  package var kind: Kind
  /// Where it happened.
  package var position: Position
  /// The node that it is about; nil for none.
  package var node: String?
  /// What happened, as a sentence for the user.
  package var text: String
  /// What was changed, for events of the kind `change`.
  package var change: Change?

  /// An event.
  package init(
    _ kind: Kind, at position: Position, node: String? = nil, _ text: String, change: Change? = nil
  ) {
    self.kind = kind
    self.position = position
    self.node = node
    self.text = text
    self.change = change
  }
}
