import TerminalUI

/// A screen, or one pane of it, that is to be saved as a picture.
package struct ScreenPicture: Sendable, Equatable {
  /// What is seen.
  package let screen: Buffer
  /// The file that the user named; nil for one of the name below.
  package let file: String?
  /// What the picture is called.
  package let title: String
  /// The name of the file, without an ending.
  package let name: String
}
