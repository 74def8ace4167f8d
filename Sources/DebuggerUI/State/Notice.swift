/// One sentence in the line of hints: what a key did, or why it did nothing. The next key takes it away.
package struct Notice: Sendable, Equatable {
  /// What the sentence is.
  package enum Kind: Sendable, Equatable {
    /// Something was done.
    case done
    /// Something is not to be had, and what to do instead.
    case problem
    /// The run was asked, and has not answered.
    case waiting
  }

  /// The sentence.
  package let text: String
  package let kind: Kind

  /// A sentence about something that was done.
  init(_ text: String, _ kind: Kind = .done) {
    self.text = text
    self.kind = kind
  }

  /// Why a key did nothing.
  static func problem(_ text: String) -> Notice { Notice(text, .problem) }

  /// What is waited for.
  static func waiting(_ text: String) -> Notice { Notice(text, .waiting) }
}
