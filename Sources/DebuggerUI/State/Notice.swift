/// One sentence in place of the key hints: what a key did, or why it did nothing. The next key removes it.
package struct Notice: Sendable, Equatable {
  /// What kind of sentence it is.
  package enum Kind: Sendable, Equatable {
    /// Something was done.
    case done
    /// Something cannot be done, and what to do instead.
    case problem
    /// The run was asked and has not answered yet.
    case waiting
  }

  /// The sentence.
  package let text: String
  /// What kind of sentence it is.
  package let kind: Kind

  /// A sentence about something that was done.
  init(_ text: String, _ kind: Kind = .done) {
    self.text = text
    self.kind = kind
  }

  /// Why a key did nothing.
  static func problem(_ text: String) -> Notice { Notice(text, .problem) }

  /// What the user asked the run for.
  static func waiting(_ text: String) -> Notice { Notice(text, .waiting) }
}
