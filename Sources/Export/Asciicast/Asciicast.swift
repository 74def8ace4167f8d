import Foundation
import TerminalUI

/// An animation of screens that `asciinema play` shows: asciicast version 2.
///
/// **Source**: <https://docs.asciinema.org/manual/asciicast/v2/>
package struct Asciicast {
  private let encoder = JSONEncoder()
  private let size: Size
  private let colors: PictureColors
  private let write: ([UInt8]) throws -> Void
  private var shown: Buffer?

  /// An animation of screens of one size; `begun` is in seconds since 1970.
  ///
  /// - Throws: what `write` throws.
  package init(
    size: Size, title: String, begun: Double, _ colors: PictureColors = PictureColors(.dark),
    write: @escaping ([UInt8]) throws -> Void
  ) throws {
    self.size = size
    self.colors = colors
    self.write = write
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let header = Header(
      version: 2, width: size.width, height: size.height,
      timestamp: (0...1e11).contains(begun) ? Int(begun) : 0, title: title, env: ["TERM": "xterm-256color"])
    try write([UInt8](encoder.encode(header)) + Array("\n".utf8))
  }

  /// Adds a screen, `seconds` after the first; one that equals the last takes no space.
  ///
  /// - Throws: what `write` throws.
  package mutating func add(_ screen: Buffer, at seconds: Double) throws {
    // The format has no word for a time that is not a number.
    guard (seconds * 1_000).isFinite else { return }
    // The cursor is hidden, as in the debugger.
    let text = (shown == nil ? "\u{1b}[?25l" : "") + AnsiText.change(from: shown, to: screen, colors)
    shown = screen
    if !text.isEmpty { try event(text, at: seconds) }
  }

  /// Keeps the last screen until `seconds` after the first, and shows the cursor again on its last row.
  ///
  /// - Throws: what `write` throws.
  package mutating func finish(at seconds: Double) throws {
    guard (seconds * 1_000).isFinite else { return }
    try event("\u{1b}[\(size.height);1H\u{1b}[?25h", at: seconds)
  }

  private func event(_ text: String, at seconds: Double) throws {
    let time = (seconds * 1_000).rounded() / 1_000
    try write(
      Array("[\(time), \"o\", ".utf8) + [UInt8](encoder.encode(text)) + Array("]\n".utf8))
  }

  private struct Header: Encodable {
    let version, width, height, timestamp: Int
    let title: String
    let env: [String: String]
  }
}
